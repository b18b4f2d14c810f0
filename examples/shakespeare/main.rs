//! A transformer that learns to write as Shakespeare, letter by letter.
//!
//! `cargo run --release --example shakespeare` trains it on two plays that are in the repository, and lets it write; with a path, on
//! the text of that file. With `--sample N` it is not trained, but writes N letters by what was learnt before. `README.md` has the
//! numbers.

mod model;
mod sample;
mod text;
mod train;

use cotangent::checkpoint::load_parameters;
use cotangent::prelude::*;
use model::Model;
use std::error::Error;
use std::path::PathBuf;
use std::time::{Instant, SystemTime, UNIX_EPOCH};
use train::Length;

const OUT: &str = "target/shakespeare";

fn main() -> Result<(), Box<dyn Error>> {
    let mut path = PathBuf::from(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/examples/shakespeare/data/plays.txt.gz"
    ));
    let (mut letters, mut is_trained) = (500, false);
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match &*argument {
            "--sample" => {
                letters = arguments
                    .next()
                    .ok_or("--sample N: how many letters")?
                    .parse()?;
                is_trained = true;
            }
            other => path = other.into(),
        }
    }
    if !is_trained {
        let length = Length {
            epochs: 10,
            updates: 400,
        };
        let trained = train::train(&path, length, Some(OUT.as_ref()))?;
        let (loss, steps) = (trained.best.unwrap_or_default(), trained.trainer.steps());
        println!(
            "{loss:.3} nats a letter of the held-out text, after at most {steps} steps; see {OUT}/report.html\n"
        );
    }
    let p = load_parameters::<f32, Model>(format!("{OUT}/best.safetensors"))?;
    let now = SystemTime::now().duration_since(UNIX_EPOCH)?;
    let begun = Instant::now();
    sample::go_on(&p, "\n", letters, Key::new(now.as_secs()), |letter| {
        print!("{letter}")
    })?;
    let each = begun.elapsed().div_f64(letters.max(1) as f64);
    println!("\n\n{letters} letters, {each:.1?} each");
    Ok(())
}
