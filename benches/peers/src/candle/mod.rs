//! The rows in candle.

mod door;
mod layers;
mod models;

use crate::rows::{Built, Engine, Failure, Row};

/// candle, on the CPU.
pub struct Candle;

impl Engine for Candle {
    fn name(&self) -> &'static str {
        "candle 0.11.1"
    }

    fn build(&self, row: &Row) -> Result<Built, Failure> {
        let step = match &*row.name {
            "W1" => door::training(row, models::tiny),
            "W2" => door::training(row, models::digits),
            "W3" => door::training(row, models::wide),
            "W4" => door::training(row, models::chain),
            "W5" => door::training(row, models::convolutions),
            "W6" => door::training(row, models::transformer),
            "W7" => door::training(row, models::pendulum),
            "W8" => door::training(row, models::lstm),
            "W9-block-1" | "W9-block-64" => door::serving(row, models::served_block),
            "W9-digits-1" | "W9-digits-64" => door::serving(row, models::scores),
            _ => return Ok(Built::Missing("not written")),
        };
        Ok(Built::Step(step?))
    }
}
