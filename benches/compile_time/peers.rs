//! The same two-layer classifier here, in dfdx and in candle: 32 images of 784 pixels, 128 hidden units, 10 classes, the mean
//! cross entropy, its gradient and one step down it. What it prints, the loss before and after the step, must agree.

use crate::measure::{self, Costs, Leaf, STEPS};
use crate::{Failure, mebibytes};
use std::collections::BTreeSet;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

/// How far apart the losses may be.
const CLOSE: f64 = 1e-5;

const NAMES: [&str; 3] = ["cotangent", "dfdx 0.13.0", "candle 0.11.1"];

/// `cold` says whether the dependencies are built anew, and timed.
pub fn run(root: &Path, home: &Path, runs: usize, cold: bool) -> Result<(), Failure> {
    let home = home.join("peers");
    let ours = measure::write_ours(
        root,
        &home,
        "target-ours",
        "ours",
        include_str!("peers/cotangent.rs"),
        ("relu(", "abs("),
    )?;
    let dfdx =
        "dfdx = { version = \"=0.13.0\", default-features = false, features = [\"std\", \"cpu\"] }";
    let dfdx = measure::write(
        &home,
        "target-dfdx",
        "with_dfdx",
        dfdx,
        include_str!("peers/dfdx.rs"),
        ("ReLU", "Tanh"),
    )?;
    let candle = "candle-core = \"=0.11.1\"\ncandle-nn = \"=0.11.1\"";
    let candle = measure::write(
        &home,
        "target-candle",
        "with_candle",
        candle,
        include_str!("peers/candle.rs"),
        (".relu()", ".abs()"),
    )?;
    let leaves = [ours, dfdx, candle];
    for leaf in &leaves {
        succeed(measure::cargo(leaf).args(["fetch", "--quiet"]))?;
    }
    if cold {
        print_cold(&leaves)?;
    }

    println!("the loss before and after a step:\n");
    let mut losses = Vec::new();
    for (leaf, name) in leaves.iter().zip(NAMES) {
        let printed = measure::output(leaf, &[])?;
        println!("{name}: {printed}");
        let pair: Result<Vec<f64>, _> = printed.split(' ').map(str::parse).collect();
        losses.push(pair?);
    }
    if losses.iter().any(|pair| !close(pair, &losses[0])) {
        return Err("the programs are not the same: their losses differ".into());
    }

    let costs = measure::measure(&leaves, runs)?;
    println!("\nthe leaf alone, and in brackets as a multiple of ours:\n");
    println!(
        "| classifier in | check | debug build | release build | memory: check | debug build | release build |"
    );
    println!("| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
    for (name, row) in NAMES.iter().zip(&costs) {
        print_row(name, row, &costs[0]);
    }
    Ok(())
}

/// What a clean build takes, once: it is mostly the dependencies.
fn print_cold(leaves: &[Leaf]) -> Result<(), Failure> {
    println!("from nothing, dependencies and all:\n");
    println!("| classifier in | crates | check | debug build | release build |");
    println!("| --- | ---: | ---: | ---: | ---: |");
    for (leaf, name) in leaves.iter().zip(NAMES) {
        print!("| {name} | {} |", crates(leaf)?);
        for step in STEPS {
            print!(" {:.1} s |", empty_and_run(leaf, step)?);
            std::io::stdout().flush()?;
        }
        println!();
    }
    println!();
    Ok(())
}

fn print_row(name: &str, row: &Costs, ours: &Costs) {
    print!("| {name} |");
    for (cost, ours) in row.iter().zip(ours) {
        print!(" {:.2} s ({:.1}) |", cost.wall, cost.wall / ours.wall);
    }
    for (cost, ours) in row.iter().zip(ours) {
        print!(
            " {} ({:.1}) |",
            mebibytes(cost.memory),
            cost.memory / ours.memory
        );
    }
    println!();
}

/// Two losses each, both close. A NaN is close to nothing.
fn close(a: &[f64], b: &[f64]) -> bool {
    a.len() == 2 && b.len() == 2 && a.iter().zip(b).all(|(a, b)| (a - b).abs() < CLOSE)
}

/// The seconds of a step with an empty target folder.
fn empty_and_run(leaf: &Leaf, step: &[&str]) -> Result<f64, Failure> {
    if leaf.target.exists() {
        fs::remove_dir_all(&leaf.target)?;
    }
    let start = Instant::now();
    succeed(
        measure::cargo(leaf)
            .args(step)
            .args(["--offline", "--quiet"]),
    )?;
    Ok(start.elapsed().as_secs_f64())
}

/// How many crates the leaf needs on this system, build scripts and macros included, itself not.
fn crates(leaf: &Leaf) -> Result<usize, Failure> {
    let arguments = [
        "tree",
        "--offline",
        "--edges",
        "normal,build",
        "--prefix",
        "none",
        "--format",
        "{p}",
    ];
    let output = measure::cargo(leaf).args(arguments).output()?;
    let text = String::from_utf8(output.stdout)?;
    let names: BTreeSet<&str> = text
        .lines()
        .map(|line| line.trim_end_matches(" (*)"))
        .collect();
    Ok(names.len().saturating_sub(1))
}

fn succeed(command: &mut Command) -> Result<(), Failure> {
    match command.status()?.success() {
        true => Ok(()),
        false => Err(format!("{command:?} failed").into()),
    }
}
