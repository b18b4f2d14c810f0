//! A transformer of 12 blocks, from layers of `cotangent::nn`, that learns a text by heart.
//!
//! `cargo run --release --example transformer` trains it and lets it go on from the first letters of the text.
//! `model.rs` is the model, `text.rs` the text, `train.rs` trains it. A number after it is how many steps it is trained; with
//! `--tape` the tape trains it, not a plan.

mod model;
mod text;
mod train;

use cotangent::prelude::*;
use cotangent::program::{inline, simplify};
use model::{BATCH, LETTERS, TIME, Weights};
use std::error::Error;
use std::io::Write;
use text::Text;
use train::Trained;

const STEPS: usize = 300;
/// How many letters it is asked for.
const ASKED: usize = 69;

fn main() -> Result<(), Box<dyn Error>> {
    let (mut steps, mut is_tape) = (STEPS, false);
    for argument in std::env::args().skip(1) {
        match &*argument {
            "--tape" => is_tape = true,
            number => steps = number.parse()?,
        }
    }
    let mut out = std::io::stdout().lock();
    let graph = model::loss::<f32, N<BATCH>>();
    let (summary, forward) = (graph.summary(), graph.program()?);
    let gradient = graph.gradient().program()?;
    let elements: usize = summary.inputs().map(|row| row.elements).sum();
    writeln!(
        out,
        "{} tensors of parameters with {elements} elements",
        summary.inputs().count(),
    )?;
    // With all calls written out; the loop over the blocks counts once.
    writeln!(
        out,
        "{} primitives forward, {} for the gradient",
        simplify(&inline(&forward)?).primitives(),
        simplify(&inline(&gradient)?).primitives(),
    )?;

    let text = Text::of_pangrams(TIME);
    let report = |step, loss| {
        if step % 50 == 0 || step + 1 == steps {
            println!("step {step:>4}: loss {loss:.3}");
        }
    };
    let Trained { weights, step } = if is_tape {
        train::by_tape(&text, steps, 0, report)?
    } else {
        train::by_plan(&text, steps, 0, report)?
    };
    if is_tape {
        writeln!(out, "a step of the tape takes {step:.1?}\n")?;
    } else {
        let by_tape = train::by_tape(&text, 5, 0, |_, _| ())?.step;
        writeln!(
            out,
            "a step of the plan takes {step:.1?}, of the tape {by_tape:.1?}\n"
        )?;
    }

    let expected = &text.all()[..TIME + ASKED];
    let got = go_on(&weights, &expected[..TIME], ASKED)?;
    let right = got
        .iter()
        .zip(expected)
        .skip(TIME)
        .filter(|(a, b)| a == b)
        .count();
    writeln!(
        out,
        "{}|{}",
        text.read(&got[..TIME]),
        text.read(&got[TIME..])
    )?;
    writeln!(out, "{right} of {ASKED} letters are those of the text")?;
    Ok(())
}

/// The letters that the model finds the most probable, one after the other.
fn go_on(weights: &Weights, start: &[usize], more: usize) -> Result<Vec<usize>, Box<dyn Error>> {
    let graph = model::scores::<f32, N<1>>();
    let mut letters = start.to_vec();
    for _ in 0..more {
        let last = &letters[letters.len() - TIME..];
        let scores = graph.value(weights, &Labels::new(last.to_vec())?);
        let of_next = &scores.as_slice()[(TIME - 1) * LETTERS..];
        letters.extend((0..LETTERS).max_by(|&a, &b| of_next[a].total_cmp(&of_next[b])));
    }
    Ok(letters)
}
