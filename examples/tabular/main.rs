//! Late flights: a network with a vector for each class, beside logistic regression, on 20,449 flights out of New York.
//!
//! `cargo run --release --example tabular` trains both on four days of five, and measures them on the others; `-- 1` splits, begins and
//! shuffles by another seed than 0. `data.rs` reads the table, `model.rs` has the graphs, `train.rs` the trainings. `README.md` has the
//! numbers.

mod data;
mod model;
mod train;

use cotangent::tensor::Key;
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    const DATA: &str = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/examples/tabular/flights.csv.gz"
    );
    let seed = std::env::args().nth(1).map_or(Ok(0), |seed| seed.parse())?;
    let (train, test) = data::read(DATA.as_ref(), Key::new(seed))?;
    println!(
        "{} flights for training, {} for the test",
        train.len(),
        test.len()
    );
    let regression = train::train_regression(&train, &test, 10, seed)?;
    let network = train::train_network(&train, &test, 10, seed)?;
    println!("{:20} {:>8} {:>8} {:>8}", "", "loss", "accuracy", "AUC");
    for (name, s) in [("logistic regression", regression), ("network", network)] {
        println!(
            "{name:20} {:>8.4} {:>7.1}% {:>8.3}",
            s.loss,
            100.0 * s.accuracy,
            s.auc
        );
    }
    Ok(())
}
