//! Clothes: a convolutional network on Fashion-MNIST.
//!
//! `cargo run --release --example fashion -- FOLDER` trains on the 60,000 images of a folder with the four files of the set, and
//! tests on its 10,000 others. Without a folder it takes the 2,000 and 500 that are in the repository. `README.md` has the numbers.
//! After the folder may stand a seed, 0, and how many epochs, 8.

mod model;
mod train;

use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let few = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/fashion/data");
    let folder = arguments.next().unwrap_or(few.into());
    let seed = arguments.next().map_or(Ok(0), |seed| seed.parse())?;
    let epochs = arguments.next().map_or(Ok(8), |epochs| epochs.parse())?;
    let out = format!("target/fashion/{seed}");
    let trained = train::train(folder.as_ref(), epochs, seed, Some(out.as_ref()))?;
    let accuracy = 100.0 * trained.last("valid/accuracy").unwrap_or_default();
    let steps = trained.trainer.steps();
    println!("{accuracy:.2}% of the test after {steps} steps; see {out}/report.html");
    Ok(())
}
