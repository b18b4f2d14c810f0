//! How long rustc takes over a leaf crate with one graph of 9, 30, 90 and 300 nodes.
//!
//! `cargo bench --bench compile_time` writes the crates below `target/compile_time`, builds their dependencies
//! once, then times `cargo check` and a debug `cargo build` of the leaf alone, from scratch (nothing incremental): the
//! median of five. Two kinds of
//! graph: `shared` has three parameters used by every layer, `own` has a weight and a bias of its own width for each
//! layer. The generated program evaluates the graph and takes its gradient.

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use std::{env, fs};

const RUNS: usize = 5;
const SIZES: [usize; 4] = [9, 30, 90, 300];

fn main() -> Result<(), Box<dyn Error>> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let home = root.join("target/compile_time");
    println!(
        "{:>6} {:>6} {:>10} {:>13}",
        "kind", "nodes", "check", "debug build"
    );
    for (kind, source) in [("shared", shared as fn(usize) -> String), ("own", own)] {
        for nodes in SIZES {
            let leaf = write_leaf(&root, &home, &format!("{kind}{nodes}"), &source(nodes))?;
            let check = time(&leaf, &home, "check")?;
            let build = time(&leaf, &home, "build")?;
            println!(
                "{kind:>6} {nodes:>6} {:>8.2} s {:>11.2} s",
                check.as_secs_f64(),
                build.as_secs_f64()
            );
        }
    }
    Ok(())
}

/// A graph whose layers share their parameters: `relu(matmul(h, w) + b)`, three nodes a layer, then the sum.
fn shared(nodes: usize) -> String {
    let mut body = String::new();
    let mut h = "x".to_owned();
    for layer in 0..(nodes - 1) / 3 {
        let _ = writeln!(body, "        let h{layer} = relu(matmul({h}, w) + b);");
        h = format!("h{layer}");
    }
    for extra in 0..(nodes - 1) % 3 {
        let _ = writeln!(body, "        let e{extra} = tanh({h});");
        h = format!("e{extra}");
    }
    program("x: [32, 64], w: [64, 64], b: [64]", &body, &h)
}

/// A graph whose layers have parameters of their own, each of another width.
fn own(nodes: usize) -> String {
    let (mut inputs, mut body) = ("x: [32, 64]".to_owned(), String::new());
    let (mut h, mut width) = ("x".to_owned(), 64);
    for layer in 0..(nodes - 1) / 3 {
        let next = 16 + layer * 7 % 100;
        let _ = write!(inputs, ", w{layer}: [{width}, {next}], b{layer}: [{next}]");
        let _ = writeln!(
            body,
            "        let h{layer} = relu(matmul({h}, w{layer}) + b{layer});"
        );
        (h, width) = (format!("h{layer}"), next);
    }
    for extra in 0..(nodes - 1) % 3 {
        let _ = writeln!(body, "        let e{extra} = tanh({h});");
        h = format!("e{extra}");
    }
    program(&inputs, &body, &h)
}

fn program(inputs: &str, body: &str, last: &str) -> String {
    let shapes: Vec<String> = inputs
        .split("], ")
        .map(|input| {
            let dims = input.split_once('[').map_or("", |(_, dims)| dims);
            format!("[{}]", dims.trim_end_matches(']'))
        })
        .collect();
    let shapes = shapes.join(", ");
    // 33 layers are 99 nodes; up to 100 nodes need no more than the default.
    let limit = match body.lines().count() {
        0..=33 => "",
        _ => "#![recursion_limit = \"1024\"]\n",
    };
    format!(
        "{limit}use cotangent::prelude::*;\n\
         graph! {{\n    pub fn net({inputs}) -> [] {{\n{body}        sum({last})\n    }}\n}}\n\
         fn main() {{\n    let g = net::<f32>();\n    \
         let x = TList::<f32, context![{shapes}]>::zero();\n    \
         let (y, _gradient) = g.value_and_vjp(&x, &tlist![]);\n    println!(\"{{y}}\");\n}}\n"
    )
}

fn write_leaf(
    root: &Path,
    home: &Path,
    name: &str,
    source: &str,
) -> Result<PathBuf, Box<dyn Error>> {
    let leaf = home.join(name);
    fs::create_dir_all(leaf.join("src"))?;
    fs::write(
        leaf.join("Cargo.toml"),
        format!(
            "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
             [dependencies]\ncotangent = {{ path = {root:?} }}\n\n\
             [profile.dev]\ndebug = \"line-tables-only\"\n\n[workspace]\n"
        ),
    )?;
    fs::copy(root.join("Cargo.lock"), leaf.join("Cargo.lock"))?;
    fs::write(leaf.join("src/main.rs"), source)?;
    Ok(leaf)
}

/// The median time of a cargo command on the leaf alone.
fn time(leaf: &Path, home: &Path, command: &str) -> Result<Duration, Box<dyn Error>> {
    let run = |quiet: bool| -> Result<Duration, Box<dyn Error>> {
        let source = leaf.join("src/main.rs");
        let text = fs::read_to_string(&source)?;
        fs::write(&source, text)?;
        let start = Instant::now();
        let status = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
            .args([command, "--offline", "--quiet"])
            .current_dir(leaf)
            .env("CARGO_TARGET_DIR", home.join("target"))
            .env("CARGO_INCREMENTAL", "0")
            .stderr(if quiet {
                Stdio::null()
            } else {
                Stdio::inherit()
            })
            .status()?;
        if !status.success() {
            return Err(format!("cargo {command} failed in {}", leaf.display()).into());
        }
        Ok(start.elapsed())
    };
    run(false)?;
    let mut times = Vec::new();
    for _ in 0..RUNS {
        times.push(run(true)?);
    }
    times.sort_unstable();
    Ok(times[RUNS / 2])
}
