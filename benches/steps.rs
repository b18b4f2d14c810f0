//! How long a training step takes by the plan that the graph has made unasked: the value and the gradient of some models; and how much
//! of it is saved where the data are in the environment, and have no gradient.
//!
//! ```sh
//! cargo bench --bench steps
//! ```
//!
//! It prints the median of many runs of each, in microseconds. To compare two commits, run it in a checkout of each in turn.

#[path = "../examples/transformer/model.rs"]
mod model;

use cotangent::prelude::*;
use std::hint::black_box;
use std::time::{Duration, Instant};

graph! {
    /// A dense network for the digits of 8 by 8 pixels, as in `examples/digits`.
    fn digits(x: [32, 64], w1: [64, 32], b1: [32], w2: [32, 10], b2: [10]; labels: [32] < 10) -> [] {
        let h = relu(matmul(x, w1) + b1);
        cross_entropy(matmul(h, w2) + b2, labels)
    }

    /// A linear layer by its weights: the data are of the environment. Before, all inputs were differentiated.
    fn by_weights(w: [256, 256], b: [256]; x: [256, 256], y: [256, 256]) -> [] {
        mse(matmul(x, w) + b, y)
    }
    fn by_all(x: [256, 256], y: [256, 256], w: [256, 256], b: [256]) -> [] {
        mse(matmul(x, w) + b, y)
    }

    /// A step of 20 ms of a pendulum, with a soft restoring force.
    fn step(x: [], v: [], u: []) -> ([], []) {
        let w = v + (u - tanh(x)) * 0.02;
        (x + w * 0.02, w)
    }
}

/// 50 steps, each a call.
macro_rules! unrolled {
    ($a:ident $b:ident $u:ident to $c:ident $d:ident: $($x:ident $v:ident, $y:ident $w:ident;)*) => {
        graph! {
            fn pendulum($a: [], $b: [], $u: []) -> [] {
                $(let ($y, $w) = step()($x, $v, $u);)*
                $c * $c + $d * $d
            }
        }
    };
}

unrolled! {
    x0 v0 u to x50 v50:
    x0 v0, x1 v1; x1 v1, x2 v2; x2 v2, x3 v3; x3 v3, x4 v4; x4 v4, x5 v5;
    x5 v5, x6 v6; x6 v6, x7 v7; x7 v7, x8 v8; x8 v8, x9 v9; x9 v9, x10 v10;
    x10 v10, x11 v11; x11 v11, x12 v12; x12 v12, x13 v13; x13 v13, x14 v14; x14 v14, x15 v15;
    x15 v15, x16 v16; x16 v16, x17 v17; x17 v17, x18 v18; x18 v18, x19 v19; x19 v19, x20 v20;
    x20 v20, x21 v21; x21 v21, x22 v22; x22 v22, x23 v23; x23 v23, x24 v24; x24 v24, x25 v25;
    x25 v25, x26 v26; x26 v26, x27 v27; x27 v27, x28 v28; x28 v28, x29 v29; x29 v29, x30 v30;
    x30 v30, x31 v31; x31 v31, x32 v32; x32 v32, x33 v33; x33 v33, x34 v34; x34 v34, x35 v35;
    x35 v35, x36 v36; x36 v36, x37 v37; x37 v37, x38 v38; x38 v38, x39 v39; x39 v39, x40 v40;
    x40 v40, x41 v41; x41 v41, x42 v42; x42 v42, x43 v43; x43 v43, x44 v44; x44 v44, x45 v45;
    x45 v45, x46 v46; x46 v46, x47 v47; x47 v47, x48 v48; x48 v48, x49 v49; x49 v49, x50 v50;
}

/// The median of as many runs as fit into a second, but at least five.
fn median(mut run: impl FnMut()) -> Duration {
    run();
    let (start, mut times) = (Instant::now(), Vec::new());
    while times.len() < 5 || start.elapsed() < Duration::from_secs(1) {
        let before = Instant::now();
        run();
        times.push(before.elapsed());
    }
    times.sort_unstable();
    times[times.len() / 2]
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut rng = fastrand::Rng::with_seed(1);
    let report =
        |name: &str, time: Duration| println!("{name:<12} {:>10.1} µs", time.as_secs_f64() * 1e6);

    let g = digits::<f32>();
    let mut draw = || rng.f32() - 0.5;
    let x = tlist![
        Tensor::from_fn(|_| draw()),
        Tensor::from_fn(|_| draw()),
        Tensor::zeros(),
        Tensor::from_fn(|_| draw()),
        Tensor::zeros()
    ];
    let env = tlist![Labels::<10, shape![32]>::new(
        (0..32).map(|i| i % 10).collect::<Vec<_>>()
    )?];
    report(
        "digits",
        median(|| drop(black_box(g.value_and_vjp(black_box(&x), &env)))),
    );

    let (x, y, w) = (
        Tensor::from_fn(|_| draw()),
        Tensor::from_fn(|_| draw()),
        Tensor::from_fn(|_| draw()),
    );
    let (weights, data) = (tlist![w, Tensor::zeros()], tlist![x, y]);
    let all = data.clone().append(weights.clone());
    let (few, every) = (by_weights::<f32>(), by_all::<f32>());
    let by_weights = median(|| drop(black_box(few.value_and_vjp(black_box(&weights), &data))));
    let by_all = median(|| drop(black_box(every.value_and_vjp(black_box(&all), ()))));
    report("linear", by_weights);
    report("linear, all", by_all);
    // Two matrix products of three, and no cotangent of the data.
    let ratio = by_weights.as_secs_f64() / by_all.as_secs_f64();
    println!("{:<12} {ratio:>10.2}", "ratio");

    let g = pendulum::<f64>();
    let x = tlist![
        Tensor::scalar(0.3),
        Tensor::scalar(-0.1),
        Tensor::scalar(0.2)
    ];
    report(
        "pendulum",
        median(|| drop(black_box(g.value_and_vjp(black_box(&x), ())))),
    );

    let g = model::loss::<f32, N<{ model::BATCH }>>();
    let x = tlist![model::Weights::init(Key::new(0))];
    let letters = |n: usize| (0..n).map(|i| i % 5).collect::<Vec<_>>();
    let n = model::BATCH * model::TIME;
    let env = tlist![Labels::new(letters(n))?, Labels::new(letters(n))?];
    report(
        "transformer",
        median(|| drop(black_box(g.value_and_vjp(black_box(&x), &env)))),
    );
    Ok(())
}
