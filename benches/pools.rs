//! What pools cost: 32 images of 8 channels, 24 by 24 pixels, `f32`, on one thread.
//!
//! ```sh
//! cargo bench --bench pools
//! ```
//!
//! It prints the least time of a run over rounds in which all take turns, in microseconds, and what that is of the time of a ReLU of
//! the same images: of the sum of squares of what is pooled, and of it with its gradient. To compare two commits, run it in a checkout
//! of each in turn.

use cotangent::prelude::*;
use std::hint::black_box;
use std::time::{Duration, Instant};

const ROUNDS: usize = 60;

graph! {
    fn relu_of(x: [32, 8, 24, 24]) -> [] { sum(square(relu(x))) }
    fn max_2_by_2(x: [32, 8, 24, 24]) -> [] { sum(square(max_pool2d(x, 2))) }
    fn max_3_by_1(x: [32, 8, 24, 24]) -> [] {
        sum(square(max_pool2d(x, PoolWindow::of::<3, 3>().stride::<1, 1>())))
    }
    fn max_3_by_2_padded(x: [32, 8, 24, 24]) -> [] {
        sum(square(max_pool2d(x, PoolWindow::of::<3, 3>().stride::<2, 2>().padding::<1, 1>())))
    }
    fn average_2_by_2(x: [32, 8, 24, 24]) -> [] { sum(square(avg_pool2d(x, 2))) }
    fn average_3_by_1_padded(x: [32, 8, 24, 24]) -> [] {
        sum(square(avg_pool2d(x, PoolWindow::of::<3, 3>().stride::<1, 1>().padding::<1, 1>())))
    }
    fn max_2_by_2_small(x: [64, 16, 8, 8]) -> [] { sum(square(max_pool2d(x, 2))) }
}

fn timed(best: &mut Duration, run: impl FnOnce()) {
    let start = Instant::now();
    run();
    *best = start.elapsed().min(*best);
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut rng = fastrand::Rng::with_seed(1);
    macro_rules! all {
        ($($graph:ident)*) => {{
            $(
                let mut $graph = {
                    let mut plan = $graph::<f32>().plan();
                    plan.set_threads(1)?;
                    (plan, Tensor::uniform(-1.0..1.0, &mut rng))
                };
            )*
            let mut best = vec![[Duration::MAX; 2]; [$(stringify!($graph)),*].len()];
            for _ in 0..ROUNDS {
                let mut all = best.iter_mut();
                $(
                    let ((plan, x), Some([value, vjp])) = (&mut $graph, all.next()) else { continue };
                    timed(value, || drop(black_box(plan.value(&*x, ()))));
                    timed(vjp, || drop(black_box(plan.value_and_vjp(&*x, ()))));
                )*
            }
            let names = [$(stringify!($graph)),*];
            let micros = |time: Duration| time.as_secs_f64() * 1e6;
            let relu = best[0].map(micros);
            for (name, times) in names.iter().zip(best) {
                let [value, vjp] = times.map(micros);
                println!(
                    "{name:24} {value:9.1} µs, {:5.2} of a ReLU; with the gradient {vjp:9.1} µs, {:5.2}",
                    value / relu[0],
                    vjp / relu[1],
                );
            }
        }};
    }
    all!(relu_of max_2_by_2 max_3_by_1 max_3_by_2_padded average_2_by_2 average_3_by_1_padded max_2_by_2_small);
    Ok(())
}
