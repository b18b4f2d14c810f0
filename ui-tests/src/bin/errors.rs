//! Writes `docs/errors.md`, `docs/errors/` and `src/errors.rs`, and what is counted and quoted in `docs/book/src/coming-from.md`.

use std::fs;
use std::process::ExitCode;
use ui_tests::{COMING, ENTRIES, Index, Sources, coming_from, entries, repository};

fn main() -> ExitCode {
    match write() {
        Ok(()) => ExitCode::SUCCESS,
        Err(mistakes) => {
            eprintln!("{mistakes}\n\nnot all is written");
            ExitCode::FAILURE
        }
    }
}

fn write() -> Result<(), String> {
    let root = repository();
    let sources = Sources::read(&root)?;
    let failed = |path: &str, error: std::io::Error| format!("{path}: {error}");
    let page = fs::read_to_string(root.join(COMING)).map_err(|error| failed(COMING, error))?;
    let page = coming_from(&page, &sources.programs)?;
    fs::write(root.join(COMING), page).map_err(|error| failed(COMING, error))?;
    let files = Index::of(&sources)?.files();
    fs::create_dir_all(root.join(ENTRIES)).map_err(|error| failed(ENTRIES, error))?;
    for old in entries(&root)? {
        if files.iter().all(|(path, _)| *path != old) {
            fs::remove_file(root.join(&old)).map_err(|error| failed(&old, error))?;
        }
    }
    for (path, text) in files {
        fs::write(root.join(&path), text).map_err(|error| failed(&path, error))?;
    }
    Ok(())
}
