//! Ops: values and derivatives against JAX, against plain loops and against differences.

#[path = "../common/mod.rs"]
mod common;
#[path = "../common/interpreted.rs"]
mod interpreted;

mod classifier;
mod derivatives;
mod draws;
mod einsum;
mod empty;
mod ieee;
mod reference;
mod reference_programs;
mod rules_of_ops;
mod several_results;
