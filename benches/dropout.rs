//! What dropout costs a training step: of a network of three layers with dropout after the two hidden ones, and of the same without,
//! in one run, on one thread.
//!
//! ```sh
//! cargo bench --bench dropout
//! ```
//!
//! It prints the least time of a step of each over rounds in which they take turns, in microseconds, their ratio, and what dropout
//! takes for an element that it draws. To compare two commits, run it in a checkout of each in turn.

use cotangent::optim::{Trainer, sgd};
use cotangent::prelude::*;
use std::hint::black_box;
use std::time::{Duration, Instant};

const ROUNDS: usize = 40;
const IMAGES: usize = 128;
const WIDTH: usize = 512;

graph! {
    struct Net { first: [784, WIDTH], second: [WIDTH, WIDTH], third: [WIDTH, 10] }

    fn plain(p: Net; x: [IMAGES, 784], labels: [IMAGES] < 10, _key) -> [] {
        let h = relu(matmul(x, p.first));
        let h = relu(matmul(h, p.second));
        cross_entropy(matmul(h, p.third), labels)
    }

    fn dropped(p: Net; x: [IMAGES, 784], labels: [IMAGES] < 10, key) -> [] {
        let h = dropout(relu(matmul(x, p.first)), key, { 0.5 });
        let h = dropout(relu(matmul(h, p.second)), key, { 0.5 });
        cross_entropy(matmul(h, p.third), labels)
    }

    /// Nothing else: of the width that a layer has, and of one that is not in the cache.
    fn alone(x: [IMAGES, WIDTH]; key) -> [] { sum(dropout(x, key, { 0.5 })) }
    fn alone_large(x: [2048, WIDTH]; key) -> [] { sum(dropout(x, key, { 0.5 })) }
}

fn timed(run: impl FnOnce()) -> Duration {
    let start = Instant::now();
    run();
    start.elapsed()
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut rng = fastrand::Rng::with_seed(1);
    let p = Parameters::<f32, Net>::uniform(-0.05..0.05, &mut rng);
    let x = Tensor::uniform(0.0..1.0, &mut rng);
    let labels = Labels::new((0..IMAGES).map(|i| i % 10).collect::<Vec<_>>())?;
    let mut trainers = [
        plain::<f32>().trainer(&sgd(0.01), &p),
        dropped::<f32>().trainer(&sgd(0.01), &p),
    ];
    let mut best = [Duration::MAX; 2];
    for trainer in &mut trainers {
        trainer.set_threads(1)?;
    }
    for round in 0..ROUNDS {
        let key = Key::new(7).fold_in(round as u64);
        for (best, trainer) in best.iter_mut().zip(&mut trainers) {
            let trainer: &mut Trainer<_, _, _, _> = trainer;
            let step = || drop(black_box(trainer.step((&x, &labels, &key))));
            *best = timed(step).min(*best);
        }
    }
    let [plain, with] = best.map(|time| time.as_secs_f64() * 1e6);
    let drawn = 2.0 * (IMAGES * WIDTH) as f64;
    let each = (with - plain) * 1e3 / drawn;
    println!("step without dropout {plain:10.1} µs");
    println!(
        "step with dropout    {with:10.1} µs, {:.2} of it",
        with / plain
    );
    println!("for an element       {each:10.2} ns");

    let key = Key::new(3);
    macro_rules! alone {
        ($($graph:ident $rows:expr;)*) => {$({
            let x = Tensor::uniform(0.0..1.0, &mut rng);
            let mut plan = $graph::<f32>().plan();
            plan.set_threads(1)?;
            let mut best = [Duration::MAX; 2];
            for _ in 0..ROUNDS {
                best[0] = best[0].min(timed(|| drop(black_box(plan.value(&x, &key)))));
                best[1] = best[1].min(timed(|| drop(black_box(plan.value_and_vjp(&x, &key)))));
            }
            let [value, vjp] = best.map(|time| time.as_secs_f64() * 1e9 / ($rows * WIDTH) as f64);
            println!("{:20} {value:10.2} ns for an element, {vjp:.2} with the gradient", stringify!($graph));
        })*};
    }
    alone! {
        alone IMAGES;
        alone_large 2048;
    }
    Ok(())
}
