//! The command line.

use std::ffi::OsString;
use std::path::PathBuf;

/// What `--help` prints.
pub const USAGE: &str = "usage: digits [--data PATH]

Trains a classifier of handwritten digits and tests it.

  --data PATH   read the digits from another gzip file of the same form
  --help        print this text";
/// The digits that come with the example, found from any directory.
const DATA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data/digits.csv.gz");

/// What the command line asks for.
pub enum Command {
    Train(PathBuf),
    Help,
}

impl Command {
    /// Reads the arguments after the name of the program; the error is one sentence.
    pub fn parse(mut arguments: impl Iterator<Item = OsString>) -> Result<Self, String> {
        let mut path = PathBuf::from(DATA);
        while let Some(argument) = arguments.next() {
            match argument.to_str() {
                Some("--data") => path = arguments.next().ok_or("--data needs a path")?.into(),
                Some("--help" | "-h") => return Ok(Command::Help),
                _ => return Err(format!("unknown argument {argument:?}")),
            }
        }
        Ok(Command::Train(path))
    }
}
