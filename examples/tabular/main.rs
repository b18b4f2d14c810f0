//! Late flights: a network that learns a vector for each class, beside logistic regression, on 20,449 flights out of New York.
//!
//! `cargo run --release --example tabular` trains both on four days of five, and measures them on the others; `-- 1` splits, begins and
//! shuffles by another seed than 0. `data.rs` reads the table, `model.rs` has the graphs, `train.rs` the training, `README.md` the
//! numbers.

mod data;
mod model;
mod train;

use cotangent::prelude::*;
use model::{Network, Regression, network, regression};
use std::error::Error;
use train::optimiser;

const DATA: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/examples/tabular/flights.csv.gz"
);
const EPOCHS: usize = 10;

fn main() -> Result<(), Box<dyn Error>> {
    let seed = std::env::args().nth(1).map_or(Ok(0), |seed| seed.parse())?;
    let key = Key::new(seed);
    let (train, test) = data::read(DATA.as_ref(), key)?;
    let updates = EPOCHS * (train.len() / 64);

    let trainer = regression().trainer(&optimiser(1e-2, 0.1, updates), &Regression::init(key));
    let mut judge = regression().plan();
    let says = |p: &_, flight: &_| judge.value(p, flight);
    let of_regression = train::train(trainer, says, (&train, &test), EPOCHS, key)?;

    let trainer = network().trainer(&optimiser(2e-3, 0.5, updates), &Network::init(key));
    let mut judge = network().plan();
    let says = |p: &_, flight: &_| judge.value(p, flight);
    let of_network = train::train(trainer, says, (&train, &test), EPOCHS, key)?;

    println!(
        "{} flights for training, {} for the test\n",
        train.len(),
        test.len()
    );
    let late = test.examples().map(|flight| flight.get::<8>().item());
    let in_time = 100.0 * (1.0 - late.sum::<f32>() / test.len() as f32);
    println!("{:20}{:>9}{:>10}{:>8}", "", "loss", "accuracy", "AUC");
    println!("{:20}{:>9}{in_time:>9.1}%{:>8.3}", "none is late", "", 0.5);
    for (name, records) in [
        ("logistic regression", of_regression.records),
        ("network", of_network.records),
    ] {
        let last = |name| records.last().and_then(|record| record.value(name));
        let [loss, accuracy, auc] = ["valid/loss", "valid/accuracy", "valid/auc"]
            .map(|name| last(name).unwrap_or(f64::NAN));
        println!("{name:20}{loss:>9.4}{:>9.1}%{auc:>8.3}", 100.0 * accuracy);
    }
    Ok(())
}
