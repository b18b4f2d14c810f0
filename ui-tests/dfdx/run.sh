#!/bin/sh
# What dfdx 0.13 says to the programs of this folder, one `.txt` beside each: `sh ui-tests/dfdx/run.sh FOLDER`.
# FOLDER is an empty folder outside the repository; a small crate is made there. It needs the network, once.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1/src/bin"
cd "$1"
printf '%s\n' '[package]' 'name = "scratch"' 'version = "0.0.0"' 'edition = "2021"' '[workspace]' '[dependencies]' \
    'dfdx = { version = "=0.13.0", default-features = false, features = ["std", "cpu"] }' >Cargo.toml
for program in "$here"/*.rs; do
    name=$(basename "$program" .rs)
    cp "$program" src/bin/program.rs
    touch src/bin/program.rs
    # A mistake may show at `cargo check`, at `cargo build`, or when the program runs.
    : >"$here/$name.txt"
    for step in check build run; do
        if cargo "$step" --quiet --bin program >out 2>&1; then
            printf '`cargo %s`: no error\n\n' "$step" >>"$here/$name.txt"
        else
            printf '`cargo %s`:\n\n' "$step" >>"$here/$name.txt"
            # Without the two lines at the end that are cargo's own, the paths of a machine and the names of its files.
            sed -E -e '/^For more information about/,$d' -e '/the full name for the type/d' -e '/to print the full type name/d' \
                -e 's|/[^ ]*/dfdx-0|dfdx-0|' out >>"$here/$name.txt"
            break
        fi
    done
done
