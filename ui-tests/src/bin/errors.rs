//! Writes `docs/errors.md`.

use std::process::ExitCode;
use ui_tests::{Index, PAGE, Sources, repository};

fn main() -> ExitCode {
    let sources = match Sources::read() {
        Ok(sources) => sources,
        Err(mistakes) => return refuse(&mistakes),
    };
    let page = match Index::of(&sources) {
        Ok(index) => index.page(),
        Err(mistakes) => return refuse(&mistakes),
    };
    if let Err(error) = std::fs::write(repository().join(PAGE), page) {
        return refuse(&[format!("{PAGE}: {error}")]);
    }
    ExitCode::SUCCESS
}

fn refuse(mistakes: &[String]) -> ExitCode {
    eprintln!("{}\n{PAGE} is not written", mistakes.join("\n"));
    ExitCode::FAILURE
}
