//! Certified digits: for how many no change of the pixels up to a radius can change the answer of the classifier.
//!
//! `cargo run --release --example certified_digits` trains the classifier of the example `digits`, and runs its graph
//! over intervals. `certify.rs` has the bounds; `attack.rs` tries to leave them; `report.rs` counts.
//!
//! What is certified is the network over the real numbers, with the weights that were trained in `f32`. A computation
//! in floats rounds beside it: that of the scores in `f64` by less than 1e-12.

mod attack;
mod certify;
#[allow(dead_code)]
#[path = "../digits/model.rs"]
mod model;
mod report;
#[path = "../digits/train.rs"]
mod train;

use std::error::Error;
use train::{EPOCHS, TEST};

/// Of a pixel from 0 to 1.
const RADII: [f64; 4] = [0.003, 0.01, 0.03, 0.1];

fn main() -> Result<(), Box<dyn Error>> {
    const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data/digits.csv.gz");
    let (training, test) = train::read(PATH.as_ref(), 0)?;
    let trained = train::train(&training, &test, EPOCHS, 0)?;
    let parameters = trained.trainer.parameters();
    let rounds = 10_000usize.div_ceil(TEST * RADII.len());
    println!("{TEST} test digits; a change of each pixel, from 0 to 1, by at most the radius\n");
    println!("{}", report::HEAD);
    let mut tried = 0;
    for radius in RADII {
        let row = report::row::<TEST>(&test, &parameters, radius, rounds)?;
        println!("{row}");
        tried += row.tried;
        assert_eq!(row.outside, 0, "a score outside its bounds");
        assert_eq!(row.broken, 0, "a certified digit taken for another");
    }
    println!("\n{tried} random changes: no score left its bounds");
    Ok(())
}
