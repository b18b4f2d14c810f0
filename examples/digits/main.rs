//! Handwritten digits: a 64-48-10 classifier, from a file of numbers to the digit that it doubts most.
//!
//! `cargo run --release --example digits` trains on 1,437 real digits and tests on 360 others; `-- 1` splits, begins and shuffles by
//! another seed than 0. `model.rs` is the graph, `train.rs` the training, `show.rs` draws a digit.

mod model;
mod show;
mod train;

use std::error::Error;
use train::EPOCHS;

const DATA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data/digits.csv.gz");

fn main() -> Result<(), Box<dyn Error>> {
    let seed = std::env::args().nth(1).map_or(Ok(0), |seed| seed.parse())?;
    let (train, test) = train::read(DATA.as_ref(), seed)?;
    println!(
        "{} digits for training, {} for the test",
        train.len(),
        test.len()
    );
    let trained = train::train(&train, &test, EPOCHS, seed)?;
    if let Some(confusion) = &trained.confusion {
        let percent = 100.0 * confusion.accuracy().unwrap_or_default();
        let right: u64 = (0..10).map(|digit| confusion.count(digit, digit)).sum();
        println!(
            "test accuracy {percent:.1}%: {right} of {}\n\n{confusion}\n",
            test.len()
        );
    }
    if let Some(picture) = show::most_doubtful(&test, &trained.trainer.parameters())? {
        let (label, answer) = (picture.label, picture.answer);
        println!("the most doubtful: an image of {label}, taken for {answer}\n\n{picture}");
    }
    Ok(())
}
