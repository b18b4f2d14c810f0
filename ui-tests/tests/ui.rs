//! Compiles every program. `TRYBUILD=overwrite` writes the messages; read each before you commit it.

use ui_tests::{repository, subjects};

/// Apart from the programs that run: with those in the list, trybuild would `cargo build` these, and a mistake has
/// to be found by `cargo check`.
#[test]
fn fail() {
    let tests = trybuild::TestCases::new();
    for subject in subjects(&repository()).expect("the folders of programs") {
        tests.compile_fail(format!("{subject}/fail/*.rs"));
    }
    tests.compile_fail("../examples/custom_op/wrong_shape.rs");
}

#[test]
fn pass() {
    let tests = trybuild::TestCases::new();
    for subject in subjects(&repository()).expect("the folders of programs") {
        tests.pass(format!("{subject}/pass/*.rs"));
    }
}
