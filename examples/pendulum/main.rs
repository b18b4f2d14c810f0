//! A pendulum that learns to stand up: gradients through a loop over 50 steps, and over 5,000.
//!
//! `cargo run --release --example pendulum` trains a policy of three numbers, once with each number of steps. `model.rs` has
//! the graph, `train.rs` the training. The graph is the same for both: only its `T` differs, and its program has one
//! instruction for all steps.

mod model;
mod train;

use cotangent::prelude::*;
use cotangent::program::inline;
use std::error::Error;
use std::time::Instant;

const ROUNDS: usize = 200;

fn main() -> Result<(), Box<dyn Error>> {
    learn::<N<50>>()?;
    learn::<N2<5, 0>>()?;
    Ok(())
}

fn learn<T: Dim>() -> Result<(), Box<dyn Error>> {
    let program = inline(&model::loss::<f64, T>().program()?)?;
    let start = Instant::now();
    let trained = train::train::<T>(ROUNDS)?;
    let seconds = start.elapsed().as_secs_f64();
    println!("{} steps: {} primitives", T::SIZE, program.primitives());
    println!("  {ROUNDS} rounds in {seconds:.2} s");
    for round in [0, ROUNDS / 4, ROUNDS - 1] {
        println!("  round {round:>3}: loss {:.4}", trained.losses[round]);
    }
    for (name, _, value) in trained.policy.names() {
        println!("  {name:<9} {:>7.3}", value[0]);
    }
    let (angle, speed) = (trained.last.angle.item(), trained.last.speed.item());
    let off = (angle - std::f64::consts::PI).to_degrees();
    println!("  at the end {off:.1} degrees from the top, turning with {speed:.3} a second\n");
    Ok(())
}
