//! Writes `docs/errors.md`.

use std::process::ExitCode;
use ui_tests::{Index, PAGE, Sources, repository};

fn main() -> ExitCode {
    match write() {
        Ok(()) => ExitCode::SUCCESS,
        Err(mistakes) => {
            eprintln!("{mistakes}\n\n{PAGE} is not written");
            ExitCode::FAILURE
        }
    }
}

fn write() -> Result<(), String> {
    let sources = Sources::read(&repository())?;
    let page = Index::of(&sources)?.page();
    std::fs::write(repository().join(PAGE), page).map_err(|error| format!("{PAGE}: {error}"))
}
