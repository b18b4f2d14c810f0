//! Tomorrow's temperature: an LSTM on four years of daily weather in Seattle.
//!
//! `cargo run --release --example forecast` trains on three years, and forecasts each day of the fourth from the 14 before it; `-- 1`
//! begins and shuffles by another seed than 0. `model.rs` has the graphs, `train.rs` the training, `README.md` the numbers.

mod model;
mod train;

use cotangent::prelude::*;
use cotangent::train::Record;
use model::{LastDay, Recurrent, last_day, recurrent};
use std::error::Error;
use train::optimiser;

const DATA: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/examples/forecast/seattle-weather.csv.gz"
);
const EPOCHS: usize = 10;

fn main() -> Result<(), Box<dyn Error>> {
    let seed = std::env::args().nth(1).map_or(Ok(0), |seed| seed.parse())?;
    let (train, test) = train::read(DATA.as_ref())?;
    let (key, updates) = (Key::new(seed), EPOCHS * (train.len() / 32));

    let (optimiser_of_linear, judge) = (optimiser(3e-2, 0.01, updates), last_day());
    let trainer = last_day().trainer(&optimiser_of_linear, &LastDay::init(key));
    let says = |p: &_, test: &_| judge.value(p, test);
    let linear = train::train(trainer, says, (&train, &test), EPOCHS, key)?;

    let (optimiser_of_lstm, judge) = (optimiser(3e-3, 0.5, updates), recurrent());
    let trainer = recurrent().trainer(&optimiser_of_lstm, &Recurrent::init(key));
    let says = |p: &_, test: &_| judge.value(p, test);
    let lstm = train::train(trainer, says, (&train, &test), EPOCHS, key)?;

    let last = |records: &[Record]| {
        let value = |name| records.last().and_then(|record| record.value(name));
        ["valid/rmse", "valid/mae"].map(|name| value(name).unwrap_or(f64::NAN))
    };
    println!(
        "{:28}{:>18}{:>16}",
        "errors in °C", "root mean square", "mean absolute"
    );
    for (name, [rmse, mae]) in [
        (
            "tomorrow is as today",
            train::as_today(&test)?.map(f64::from),
        ),
        ("linear, by the last day", last(&linear.records)),
        ("LSTM, by the last 14 days", last(&lstm.records)),
    ] {
        println!("{name:28}{rmse:>18.2}{mae:>16.2}");
    }
    Ok(())
}
