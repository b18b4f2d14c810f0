//! The rows here.

mod door;
mod w1_tiny;
mod w2_digits;
mod w3_wide;
mod w4_chain;
mod w5_convolutions;
mod w6_transformer;
mod w7_pendulum;
mod w8_lstm;
mod w9_serving;

use crate::rows::{Built, Engine, Failure, Row};

/// This library.
pub struct Cotangent;

impl Engine for Cotangent {
    fn name(&self) -> &'static str {
        "cotangent 0.1"
    }

    fn build(&self, row: &Row) -> Result<Built, Failure> {
        let step = match &*row.name {
            "W1" => w1_tiny::build(row),
            "W2" => w2_digits::build(row),
            "W3" => w3_wide::build(row),
            "W4" => w4_chain::build(row),
            "W5" => w5_convolutions::build(row),
            "W6" => w6_transformer::build(row),
            "W7" => w7_pendulum::build(row),
            "W8" => w8_lstm::build(row),
            "W9-block-1" => w9_serving::block_of::<cotangent::N<1>>(row),
            "W9-block-64" => w9_serving::block_of::<cotangent::N<64>>(row),
            "W9-digits-1" => w9_serving::digits_of::<cotangent::N<1>>(row),
            "W9-digits-64" => w9_serving::digits_of::<cotangent::N<64>>(row),
            _ => return Ok(Built::Missing("not written")),
        };
        Ok(Built::Step(step?))
    }
}
