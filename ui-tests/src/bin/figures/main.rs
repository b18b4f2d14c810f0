//! Prints the figures of `docs/figures.md`: `cargo run -p ui-tests --bin figures [FOLDER]`, of this repository or of
//! another checkout.

#[path = "../../../../tests/house/floors/imports.rs"]
mod imports;
mod lines;
mod order;
mod public;
#[path = "../../../../tests/house/floors/tokens.rs"]
mod tokens;

use imports::{Crate, circles};
use lines::Lines;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, io};

/// The folders of sources.
const SOURCES: [&str; 2] = ["src", "macros/src"];

fn main() -> ExitCode {
    let root = env::args_os().nth(1).map(PathBuf::from);
    match print(&root.unwrap_or_else(ui_tests::repository)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn print(root: &Path) -> io::Result<()> {
    println!("| folder | files | code | tests | documents | largest file |");
    println!("| --- | ---: | ---: | ---: | ---: | --- |");
    for folder in SOURCES {
        let Lines {
            files,
            code,
            tests,
            documents,
            largest: (length, file),
        } = Lines::of(&root.join(folder))?;
        println!("| `{folder}` | {files} | {code} | {tests} | {documents} | `{file}`, {length} |");
    }
    println!(
        "| `docs` | | | | {} | |\n",
        lines::of_pages(&root.join("docs"))?
    );

    for folder in SOURCES {
        let all = Crate::read(&root.join(folder))?;
        let circles = circles(&all);
        let files: usize = circles.iter().map(Vec::len).sum();
        println!(
            "Circles of imports in `{folder}`: {}, of {files} files",
            circles.len()
        );
        for circle in &circles {
            println!("  {}", circle.join(", "));
        }
        let (files, lists) = (all.files().len(), all.lists.len());
        println!("\nReading order of `{folder}`, {files} files, {lists} of them lists:\n");
        println!("{}", order::table(&all));
    }
    println!(
        "Public items in the index of the documents: {}",
        public::items(root)?
    );
    Ok(())
}
