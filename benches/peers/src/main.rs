//! The same training steps here and in other Rust libraries: equal losses first, then times and ratios as a table.
//!
//! ```sh
//! cargo run --release -- --rows W1,W7 --seconds 5
//! ```
//!
//! `README.md` says what the rows are, and what the other programs here are for.

mod arguments;
mod data;
mod engines;
mod losses;
mod measure;
mod report;
mod rows;

#[cfg(feature = "burn")]
mod burn;
#[cfg(feature = "candle")]
mod candle;
#[cfg(feature = "cotangent")]
mod cotangent;
#[cfg(feature = "dfdx")]
mod dfdx;

use arguments::Arguments;
use clap::Parser;
use report::Report;
use rows::{Built, Engine, Failure, Row};
use std::process::{Command, ExitCode};

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let done = match arguments.child {
        true => run(&arguments),
        false => run_children(&arguments),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// Libraries read the number of threads once, from the environment: a process for each number.
fn run_children(arguments: &Arguments) -> Result<(), Failure> {
    for threads in &arguments.threads {
        let count = threads.to_string();
        println!("\nThreads: {count}\n");
        let mut child = Command::new(std::env::current_exe()?);
        child.args(std::env::args_os().skip(1)).arg("--child");
        for variable in ["RAYON_NUM_THREADS", "MATMUL_NUM_THREADS"] {
            child.env(variable, &count);
        }
        if !child.status()?.success() {
            return Err(format!("with {count} threads: failed").into());
        }
    }
    Ok(())
}

fn run(arguments: &Arguments) -> Result<(), Failure> {
    let engines = arguments.engines()?;
    let names = engines.iter().map(|engine| engine.name()).collect();
    let mut report = Report::begin(names);
    for row in arguments.rows()? {
        let mut built = built(&engines, &row)?;
        losses::check(&row, &mut built)?;
        let times = measure::interleaved(&mut built, arguments.seconds)?;
        report.row(&row.name, &times)?;
    }
    report.end();
    Ok(())
}

/// What each engine makes of a row.
fn built(engines: &[Box<dyn Engine>], row: &Row) -> Result<Vec<(&'static str, Built)>, Failure> {
    let mut all = Vec::with_capacity(engines.len());
    for engine in engines {
        let built = engine.build(row);
        let built = built.map_err(|error| format!("{}: {}: {error}", row.name, engine.name()))?;
        all.push((engine.name(), built));
    }
    Ok(all)
}
