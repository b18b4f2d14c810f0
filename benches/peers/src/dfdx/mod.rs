//! The rows in dfdx.

mod door;
mod layers;
mod w1_tiny;
mod w2_digits;
mod w3_wide;
mod w4_chain;
mod w7_pendulum;

use crate::rows::{Built, Engine, Failure, Row};

/// dfdx, on the CPU.
pub struct Dfdx;

impl Engine for Dfdx {
    fn name(&self) -> &'static str {
        "dfdx 0.13.0"
    }

    fn build(&self, row: &Row) -> Result<Built, Failure> {
        let step = match &*row.name {
            "W1" => w1_tiny::build(row),
            "W2" => w2_digits::build(row),
            "W3" => w3_wide::build(row),
            "W4" => w4_chain::build(row),
            "W7" => w7_pendulum::build(row),
            _ => return Ok(Built::Missing("not written")),
        };
        Ok(Built::Step(step?))
    }
}
