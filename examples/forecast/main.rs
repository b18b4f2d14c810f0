//! Tomorrow's temperature: an LSTM on four years of daily weather in Seattle.
//!
//! `cargo run --release --example forecast` trains on three years, and forecasts each day of the fourth from the 14 before it; `-- 1` is
//! of another seed than 0. `model.rs` is the graph, `train.rs` the training. `README.md` has the numbers.

mod model;
mod train;

use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    const DATA: &str = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/examples/forecast/seattle-weather.csv.gz"
    );
    let seed = std::env::args().nth(1).map_or(Ok(0), |seed| seed.parse())?;
    let (train, test) = train::read(DATA.as_ref())?;
    let trained = train::train(&train, &test, 20, seed)?;
    println!(
        "errors in °C, over {} days  root mean square  mean absolute",
        test.len()
    );
    for (name, of) in [("tomorrow is as today", " of persistence"), ("LSTM", "")] {
        let last = |what| {
            trained
                .last(&format!("valid/{what}{of}"))
                .unwrap_or_default()
        };
        println!("{name:28} {:>17.2} {:>14.2}", last("rmse"), last("mae"));
    }
    Ok(())
}
