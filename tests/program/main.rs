//! Programs: what they compute, what they refuse, their loops and batches.

#[path = "../common/panics.rs"]
mod panics;

mod bad_input;
mod batching;
mod by_hand;
mod errors;
mod loops;
mod values;
