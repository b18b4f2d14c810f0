//! The command line.

use crate::data::SEED;
use std::ffi::OsString;
use std::path::PathBuf;

/// What `--help` prints.
pub const USAGE: &str = "usage: digits [--data PATH] [--split N] [--seed N]

Trains a classifier of handwritten digits and tests it.

  --data PATH   read the digits from another gzip file of the same form
  --split N     another split into training and test (0)
  --seed N      another start of the training (0)
  --tape        train by the tape, not by a plan
  --help        print this text";
/// The digits that come with the example, found from any directory.
const DATA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data/digits.csv.gz");

/// What the command line asks for.
pub enum Command {
    Train(Options),
    Help,
}

/// What a training run depends on.
pub struct Options {
    /// The file with the digits.
    pub path: PathBuf,
    /// The seed of the split into training and test.
    pub split: u64,
    /// The seed of the training.
    pub seed: u64,
    /// Whether the tape trains.
    pub tape: bool,
}

impl Command {
    /// Reads the arguments after the name of the program; the error is one sentence.
    pub fn parse(mut arguments: impl Iterator<Item = OsString>) -> Result<Self, String> {
        let mut options = Options {
            path: PathBuf::from(DATA),
            split: SEED,
            seed: SEED,
            tape: false,
        };
        while let Some(argument) = arguments.next() {
            let mut number = |name| {
                let number = arguments
                    .next()
                    .and_then(|value| value.to_str()?.parse().ok());
                number.ok_or(format!("{name} needs a number"))
            };
            match argument.to_str() {
                Some("--split") => options.split = number("--split")?,
                Some("--seed") => options.seed = number("--seed")?,
                Some("--tape") => options.tape = true,
                Some("--data") => {
                    options.path = arguments.next().ok_or("--data needs a path")?.into();
                }
                Some("--help" | "-h") => return Ok(Command::Help),
                _ => return Err(format!("unknown argument {argument:?}")),
            }
        }
        Ok(Command::Train(options))
    }
}
