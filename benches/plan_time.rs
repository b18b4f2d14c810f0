//! From a graph to a plan: how long it takes until the first step of a transformer of 12 blocks, and of a small network, can run.
//!
//! ```sh
//! cargo bench --bench plan_time
//! ```
//!
//! It prints medians in milliseconds of five graphs of each kind: what building one takes, and what its plan of the value takes,
//! and that of the value with its cotangents, each with the passes before it.

use cotangent::graph::{Plan, repeat};
use cotangent::prelude::*;
use std::hint::black_box;
use std::time::{Duration, Instant};

graph! {
    struct Block {
        gain1: [256], shift1: [256],
        query: [256, 4, 64], key: [256, 4, 64], value: [256, 4, 64],
        out: [256, 256], out_bias: [256],
        gain2: [256], shift2: [256],
        up: [256, 1024], up_bias: [1024],
        down: [1024, 256], down_bias: [256],
    }

    fn block(x: [4, 128, 256], p: Block) -> [4, 128, 256] {
        let h = layer_norm(x, p.gain1, p.shift1, 1e-5);
        let query = einsum!("btd,dhk->bthk", h, p.query);
        let key = einsum!("btd,dhk->bthk", h, p.key);
        let value = einsum!("btd,dhk->bthk", h, p.value);
        let mixed = merge_axes(causal_attention(query, key, value), 2);
        let x = x + matmul(mixed, p.out) + p.out_bias;
        let h = layer_norm(x, p.gain2, p.shift2, 1e-5);
        x + matmul(tanh(matmul(h, p.up) + p.up_bias), p.down) + p.down_bias
    }

    fn transformer<const L: usize>(blocks: [Block; L]; x: [4, 128, 256]) -> [] {
        mean(square(repeat(block)(x, blocks)))
    }

    struct Net { w1: [784, 128], b1: [128], w2: [128, 10], b2: [10] }

    fn net(p: Net; x: [32, 784], labels: [32] < 10) -> [] {
        let h = relu(matmul(x, p.w1) + p.b1);
        cross_entropy(matmul(h, p.w2) + p.b2, labels)
    }
}

const ROUNDS: usize = 5;

/// The median of what each round takes for each of its parts.
fn print<const N: usize>(name: &str, rounds: &[[Duration; N]]) {
    let median = |part: usize| {
        let mut times: Vec<Duration> = rounds.iter().map(|round| round[part]).collect();
        times.sort_unstable();
        times[times.len() / 2].as_secs_f64() * 1e3
    };
    let medians: Vec<String> = (0..N).map(|part| format!("{:8.2}", median(part))).collect();
    println!("{name:24} {}", medians.join(" "));
}

fn timed<T>(run: impl FnOnce() -> T) -> (Duration, T) {
    let start = Instant::now();
    let made = black_box(run());
    (start.elapsed(), made)
}

macro_rules! times {
    ($name:expr, $graph:expr) => {{
        let round = |_| {
            let (building, graph) = timed(|| $graph);
            let plan: Plan<f32, _, _, _> = graph.plan();
            let (value, _) = timed(|| plan.memory());
            let (vjp, _) = timed(|| plan.memory_of_vjp());
            [building, value, vjp]
        };
        let rounds: Vec<_> = (0..ROUNDS).map(round).collect();
        print($name, &rounds);
    }};
}

fn main() {
    println!(
        "{:24} {:>8} {:>8} {:>8}",
        "milliseconds", "graph", "value", "vjp"
    );
    times!("a net of two layers", net::<f32>());
    times!("a transformer, 1 block", transformer::<f32, 1>());
    times!("a transformer, 12 blocks", transformer::<f32, 12>());
}
