//! `cargo run -p mutants`: all mutants, or those whose names begin as said; with `--list` it only says what they are.

#![forbid(unsafe_code)]

use lexopt::{Arg, ValueExt};
use mutants::mutant::{Mutant, all};
use mutants::scratch::{Judged, Scratch};
use mutants::verdict::Verdict;
use std::error::Error;
use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

/// What the command was asked for.
#[derive(Default)]
struct Arguments {
    /// Only mutants whose names begin with one of these.
    names: Vec<String>,
    /// To say what the mutants are, and to run nothing.
    list: bool,
}

impl Arguments {
    fn parse() -> Result<Self, lexopt::Error> {
        let (mut arguments, mut parser) = (Self::default(), lexopt::Parser::from_env());
        while let Some(argument) = parser.next()? {
            match argument {
                Arg::Long("list") => arguments.list = true,
                Arg::Value(name) => arguments.names.push(name.string()?),
                Arg::Long(_) | Arg::Short(_) => return Err(argument.unexpected()),
            }
        }
        Ok(arguments)
    }
}

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let arguments = Arguments::parse()?;
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("..")
        .canonicalize()?;
    let wanted = |mutant: &Mutant| {
        let mut names = arguments.names.iter();
        arguments.names.is_empty() || names.any(|name| mutant.name.starts_with(name))
    };
    let mutants: Vec<Mutant> = all(&root)?.into_iter().filter(wanted).collect();
    if mutants.is_empty() {
        return Err("there is no such mutant".into());
    }
    // A mutant that fits no more is an error, whatever the others are.
    let texts: Vec<String> = mutants
        .iter()
        .map(|mutant| mutant.applied(&root))
        .collect::<Result<_, _>>()?;
    if arguments.list {
        for mutant in &mutants {
            println!(
                "{}: {} ({})",
                mutant.name,
                mutant.breaks,
                mutant.laws.join(", ")
            );
        }
        return Ok(ExitCode::SUCCESS);
    }

    let start = Instant::now();
    let scratch = Scratch::of(&root)?;
    match scratch.judge(&[])? {
        Judged::Findings(findings) if findings.is_empty() => {}
        Judged::Findings(findings) => {
            return Err(format!("without a mistake, these do not hold: {findings:?}").into());
        }
        Judged::NotBuilt(why) | Judged::Crashed(why) => return Err(why.into()),
        Judged::TimedOut => return Err("without a mistake, the judge does not end".into()),
    }
    println!("| mutant | file | caught by | at | seconds |");
    println!("| --- | --- | --- | --- | --- |");
    let mut caught = 0;
    for (mutant, text) in mutants.iter().zip(&texts) {
        let start = Instant::now();
        let verdict = Verdict::of(
            mutant,
            scratch.judge_with(&mutant.file, text, &mutant.laws)?,
        );
        let seconds = start.elapsed().as_secs();
        println!(
            "| {} | `{}` | {verdict} | {seconds} |",
            mutant.name,
            mutant.file.display()
        );
        caught += usize::from(verdict.is_caught());
    }
    println!();
    println!(
        "{caught} of {} mutants are caught by a law that they name; {} seconds.",
        mutants.len(),
        start.elapsed().as_secs()
    );
    Ok(match caught == mutants.len() {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    })
}
