//! Ops: values and derivatives against JAX, against plain loops and against differences.

#[path = "../common/mod.rs"]
mod common;
#[allow(dead_code)] // of tangents `derivatives.rs` has a table
#[path = "../common/interpreted.rs"]
mod interpreted;

mod classifier;
mod derivatives;
mod distributions;
mod draws;
mod einsum;
mod empty;
mod ieee;
mod reference;
mod reference_programs;
mod rules_of_ops;
mod several_results;
