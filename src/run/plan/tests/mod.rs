//! Plans against the interpreter.

mod graphs;
mod random;
#[path = "../../../../tests/common/random_program.rs"]
mod random_program;
