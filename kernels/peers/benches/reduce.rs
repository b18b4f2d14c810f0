//! Reductions of blocks of 1,024 `f32` in the cache, ns for an element, the best of the rounds.
//! `cargo bench --manifest-path kernels/peers/Cargo.toml --bench reduce`

use cotangent_kernels::{axpy, dot, max, sum};
use std::hint::black_box;
use std::time::Instant;

fn best<R>(name: &str, mut f: impl FnMut() -> R) {
    let mut best = f64::INFINITY;
    for _ in 0..2000 {
        let start = Instant::now();
        for _ in 0..8 {
            black_box(f());
        }
        best = best.min(start.elapsed().as_secs_f64() * 1e9 / 8.0);
    }
    println!("| `{name}` | {:.3} |", best / 1024.0);
}

fn main() {
    let x: Vec<f32> = (0..1024).map(|i| 0.01 + i as f32 / 256.0).collect();
    let mut y = x.clone();
    println!("| | ns |\n| --- | ---: |");
    best("sum", || sum(black_box(&x)));
    best("max", || max(black_box(&x)));
    best("dot", || dot(black_box(&x), black_box(&x)));
    best("axpy", || axpy(1e-3, black_box(&x), black_box(&mut y)));
}
