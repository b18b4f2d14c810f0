//! How long rustc takes over a leaf crate with one graph of 9, 30, 90 and 300 nodes, and of 100, 300 and 1,000 that call
//! each other.
//!
//! `cargo bench --bench compile_time` writes the crates below `target/compile_time`, builds their dependencies
//! once, then times `cargo check`, a debug and a release `cargo build` of the leaf alone, from scratch (nothing
//! incremental): the median of five. Three kinds of graph: `shared` has three parameters used by every layer, `own` has a
//! weight and a bias of its own width for each layer, `called` is a block of 10 nodes that a stage calls 10 times, and
//! the graph calls the stage. The generated program evaluates the graph and takes its gradient.

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use std::{env, fs};

const RUNS: usize = 5;
const SIZES: &[usize] = &[9, 30, 90, 300];
const CALLED_SIZES: &[usize] = &[100, 300, 1000];

fn main() -> Result<(), Box<dyn Error>> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let home = root.join("target/compile_time");
    println!(
        "{:>6} {:>6} {:>10} {:>13} {:>15}",
        "kind", "nodes", "check", "debug build", "release build"
    );
    let kinds: [(&str, fn(usize) -> String, &[usize]); 3] = [
        ("shared", shared, SIZES),
        ("own", own, SIZES),
        ("called", called, CALLED_SIZES),
    ];
    for (kind, source, sizes) in kinds {
        for &nodes in sizes {
            let leaf = write_leaf(&root, &home, &format!("{kind}{nodes}"), &source(nodes))?;
            let check = time(&leaf, &home, &["check"])?;
            let debug = time(&leaf, &home, &["build"])?;
            let release = time(&leaf, &home, &["build", "--release"])?;
            println!(
                "{kind:>6} {nodes:>6} {:>8.2} s {:>11.2} s {:>13.2} s",
                check.as_secs_f64(),
                debug.as_secs_f64(),
                release.as_secs_f64()
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

/// A block of 10 nodes, called 10 times by a stage, which the graph calls once for each hundred nodes.
fn called(nodes: usize) -> String {
    let mut block = "        let h0 = relu(matmul(x, w) + b);\n".to_owned();
    for layer in 1..3 {
        let _ = writeln!(
            block,
            "        let h{layer} = relu(matmul(h{}, w) + b);",
            layer - 1
        );
    }
    let calls = |callee: &str, n: usize| {
        let mut body = String::new();
        for i in 0..n {
            let from = if i == 0 {
                "x".to_owned()
            } else {
                format!("c{}", i - 1)
            };
            let _ = writeln!(body, "        let c{i} = {callee}()({from}, w, b);");
        }
        body
    };
    let stages = nodes / 100;
    let graph = |head: &str, body: &str, last: &str| {
        format!(
            "    pub fn {head}\n    where\n        A: OrderedField,\n    {{\n{body}        {last}\n    }}\n"
        )
    };
    let inputs = "(x: [32, 64], w: [64, 64], b: [64])";
    let graphs = [
        graph(&format!("block{inputs} -> [32, 64]"), &block, "h2 + x"),
        graph(
            &format!("stage{inputs} -> [32, 64]"),
            &calls("block", 10),
            "c9 * x",
        ),
        graph(
            &format!("net{inputs} -> []"),
            &calls("stage", stages),
            &format!("sum(c{})", stages - 1),
        ),
    ];
    format!(
        "use cotangent::prelude::*;\ngraph! {{\n{}}}\nfn main() {{\n    let g = net::<f32>();\n    \
         let x = TList::<f32, context![[32, 64], [64, 64], [64]]>::zero();\n    \
         let (y, _gradient) = g.value_and_vjp(&x, &tlist![]);\n    println!(\"{{y}}\");\n}}\n",
        graphs.concat()
    )
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
fn time(leaf: &Path, home: &Path, command: &[&str]) -> Result<Duration, Box<dyn Error>> {
    let run = |quiet: bool| -> Result<Duration, Box<dyn Error>> {
        let source = leaf.join("src/main.rs");
        let text = fs::read_to_string(&source)?;
        fs::write(&source, text)?;
        let start = Instant::now();
        let status = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
            .args(command)
            .args(["--offline", "--quiet"])
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
            return Err(format!("cargo {} failed in {}", command.join(" "), leaf.display()).into());
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
