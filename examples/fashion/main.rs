//! Clothes: a convolutional network on Fashion-MNIST.
//!
//! `cargo run --release --example fashion -- FOLDER` trains on the 60,000 images of a folder with the four files of the set, and
//! tests on its 10,000 others. Without a folder it takes the 2,000 and 500 that are in the repository. `README.md` has the numbers.

mod model;
mod train;

use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let few = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/fashion/data");
    let folder = std::env::args().nth(1).unwrap_or(few.into());
    let trained = train::train(folder.as_ref(), 8, Some("target/fashion".as_ref()))?;
    let accuracy = 100.0 * trained.last("valid/accuracy").unwrap_or_default();
    let steps = trained.trainer.steps();
    println!("{accuracy:.2}% of the test after {steps} steps; see target/fashion/report.html");
    Ok(())
}
