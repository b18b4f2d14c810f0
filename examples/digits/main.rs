//! Handwritten digits: a 64-48-10 classifier, with parameters and gradients by name.
//!
//! `cargo run --release --example digits` trains on 1,437 real digits and tests on 360 others.
//! `data.rs` reads them, `model.rs` is the graph, `train.rs` trains it, `show.rs` prints what came of it.

mod command;
mod data;
mod model;
mod show;
mod train;

use command::{Command, Options};
use show::{Confusion, Picture, Progress};
use std::error::Error;
use std::io::Write;
use std::process::ExitCode;
use train::{EPOCHS, Trained};

fn main() -> ExitCode {
    let result = match Command::parse(std::env::args_os().skip(1)) {
        Ok(Command::Train(options)) => run(&options),
        Ok(Command::Help) => writeln!(std::io::stdout(), "{}", command::USAGE).map_err(Into::into),
        Err(wrong) => {
            eprintln!("error: {wrong}\n{}", command::USAGE);
            return ExitCode::from(2);
        }
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(options: &Options) -> Result<(), Box<dyn Error>> {
    let (training, test) = data::split(data::read(&options.path)?, options.split);
    let mut out = std::io::stdout().lock();
    let (n, of_test) = (training.len(), test.len());
    writeln!(out, "{n} digits for training, {of_test} for the test")?;

    let progress = Progress::new()?;
    let (seed, report) = (options.seed, |epoch| progress.step(epoch));
    let Trained { weights, step } = if options.tape {
        train::by_tape(&training, EPOCHS, seed, report)?
    } else {
        train::by_plan(&training, EPOCHS, seed, report)?
    };
    progress.finish();
    if options.tape {
        writeln!(
            out,
            "{EPOCHS} epochs; a step of the tape takes {step:.1?}\n"
        )?;
    } else {
        let by_tape = train::by_tape(&training, 1, seed, |_| ())?.step;
        writeln!(
            out,
            "{EPOCHS} epochs; a step of the plan takes {step:.1?}, of the tape {by_tape:.1?}\n"
        )?;
    }

    let (probabilities, answers) =
        model::predict::<{ data::ROWS - data::TRAINING }>(&test, &weights)?;
    let mut confusion = Confusion::default();
    for (digit, &answer) in test.iter().zip(answers.as_slice()) {
        confusion.count(digit.label, answer);
    }
    let (percent, right) = (100.0 * confusion.accuracy(), confusion.right());
    writeln!(out, "test accuracy {percent:.1}%: {right} of {of_test}\n")?;
    writeln!(out, "{confusion}")?;

    // The digit whose answer has the smallest probability.
    let rows = probabilities.as_slice().chunks(10);
    let all = test.iter().zip(rows).zip(answers.as_slice());
    let doubtful = all.min_by(|((_, p), a), ((_, q), b)| p[**a].total_cmp(&q[**b]));
    if let Some(((digit, probabilities), answer)) = doubtful {
        let label = digit.label;
        let picture = Picture {
            digit,
            probabilities,
        };
        writeln!(
            out,
            "the most doubtful: an image of {label}, taken for {answer}\n"
        )?;
        write!(out, "{picture}")?;
    }
    Ok(())
}
