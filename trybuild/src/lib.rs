//! Tests that wrong programs of a crate do not compile, and with which sentence.
//!
//! A crate that is built on `cotangent` has shape errors of its own: of its layers, its losses, its models. Such a mistake
//! is found by rustc, so a test of it is a program that must not compile. [`refused`] compiles each of some, with
//! [`trybuild`], and holds it to two things:
//!
//! - the whole message is that of the `.stderr` beside the program, as `trybuild` has it;
//! - the first error says the sentence that the program has after `//~`, at that line.
//!
//! The second is what keeps the test honest. `TRYBUILD=overwrite` writes whatever rustc says, and after a renaming that is
//! ``cannot find function `layer` ``: the program still fails, and tests nothing.
//!
//! ```no_run
//! #[test]
//! fn wrong_programs_do_not_compile() {
//!     cotangent_trybuild::refused("tests/wrong/*.rs");
//! }
//! # fn main() {}
//! ```
//!
//! where `tests/wrong/features.rs` is
//!
//! ```ignore
//! use cotangent::prelude::*;
//! use my_crate::layer;
//!
//! graph! {
//!     fn model(x: [2, 4], w: [5, 3]) -> [2, 3] {
//!         layer()(x, w) //~ expected `4`, found `5`
//!     }
//! }
//!
//! fn main() {}
//! ```

#![forbid(unsafe_code)]
#![deny(missing_docs)]

mod expectation;

pub use expectation::{Mistake, Program};

use std::path::{Path, PathBuf};

/// Compiles every program that the pattern names, such as `tests/wrong/*.rs`, from the folder of the crate; each must be
/// refused with its sentence. `TRYBUILD=overwrite cargo test` writes the messages beside them.
///
/// # Panics
///
/// As a test does: where a program compiles, has another message than its `.stderr`, has no sentence, or another one; where
/// the pattern names no program. It says all that is wrong.
pub fn refused(pattern: &str) {
    let programs = match named(pattern) {
        Ok(programs) => programs,
        Err(why) => panic!("{why}"),
    };
    let tests = trybuild::TestCases::new();
    tests.compile_fail(pattern);
    // They run when it is dropped. Where messages are written anew, those are judged.
    drop(tests);
    let mistakes: Vec<String> = programs
        .iter()
        .filter_map(|path| judge(path).err())
        .collect();
    assert!(mistakes.is_empty(), "\n{}", mistakes.join("\n"));
}

/// The programs that a pattern names.
fn named(pattern: &str) -> Result<Vec<PathBuf>, String> {
    let paths = glob::glob(pattern).map_err(|error| format!("`{pattern}`: {error}"))?;
    let paths: Result<Vec<PathBuf>, _> = paths.collect();
    let paths = paths.map_err(|error| format!("`{pattern}`: {error}"))?;
    match paths.is_empty() {
        true => Err(format!("`{pattern}` names no program")),
        false => Ok(paths),
    }
}

/// Holds one program against the message beside it.
fn judge(path: &Path) -> Result<(), String> {
    let read = |path: &Path| {
        std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
    };
    let program = Program::of(&read(path)?);
    let message = read(&path.with_extension("stderr"))?;
    let held = program.and_then(|program| program.hold(&message));
    held.map_err(|mistake| format!("{}: {mistake}", path.display()))
}
