//! The rows in dfdx.

mod door;
mod layers;
mod w1_tiny;
mod w2_digits;
mod w3_wide;
mod w4_chain;
mod w6_transformer;
mod w7_pendulum;
mod w8_lstm;
mod w9_serving;

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
            "W5" => {
                return Ok(Built::Missing(
                    "convolutions and pools need a nightly compiler",
                ));
            }
            "W6" => w6_transformer::build(row),
            "W7" => w7_pendulum::build(row),
            "W8" => w8_lstm::build(row),
            "W9-block-1" => w9_serving::block_of::<1>(row),
            "W9-block-64" => w9_serving::block_of::<64>(row),
            "W9-digits-1" => w9_serving::digits_of::<1>(row),
            "W9-digits-64" => w9_serving::digits_of::<64>(row),
            _ => return Ok(Built::Missing("not written")),
        };
        Ok(Built::Step(step?))
    }
}
