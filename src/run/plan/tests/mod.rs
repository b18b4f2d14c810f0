//! Plans against the interpreter.

mod carried;
mod graphs;
mod keys;
mod patches;
mod plans;
mod pools;
mod random;
#[path = "../../../../tests/common/random_program.rs"]
mod random_program;
mod threads;
