//! Products of `f32`, single-threaded, beside those of other crates: GFLOP/s of the best of the rounds, in which they take turns.
//! `cargo bench --manifest-path kernels/peers/Cargo.toml --bench matmul`
//!
//! `ours` is [`matmul`]; the others are called as their documents say. Sizes are m × k × n; `aT`, `bT`: that factor is stored
//! by columns. "x 64": so many products in turn, each with matrices of its own.
#![allow(unsafe_code)]

use cotangent_kernels::{Matrix, MatrixMut, Product, matmul};
use faer::{Accum, MatMut, MatRef, Par};
use std::hint::black_box;
use std::time::Instant;

const CASES: &[(usize, usize, usize, bool, bool, usize)] = &[
    (1, 4, 16, false, false, 1),
    (1, 16, 16, false, false, 1),
    (1, 16, 16, false, true, 1),
    (1, 16, 2, false, false, 1),
    (16, 1, 16, true, false, 1),
    (1, 128, 128, false, false, 1),
    (1, 1024, 1024, false, false, 1),
    (1, 1024, 1024, false, true, 1),
    (1024, 1024, 1, false, false, 1),
    (1024, 1024, 1, true, false, 1),
    (8, 8, 8, false, false, 1),
    (16, 16, 16, false, false, 1),
    (16, 16, 16, false, true, 1),
    (16, 16, 16, true, false, 1),
    (32, 32, 32, false, false, 1),
    (32, 32, 32, false, true, 1),
    (48, 48, 48, false, false, 1),
    (64, 64, 64, false, false, 1),
    (64, 64, 64, false, true, 1),
    (96, 96, 96, false, false, 1),
    (128, 64, 128, false, false, 16),
    (128, 64, 128, false, true, 16),
    (128, 128, 64, true, false, 16),
    (16, 128, 512, false, false, 1),
    (16, 128, 512, false, true, 1),
    (4, 1024, 1024, false, false, 1),
    (32, 784, 128, false, false, 1),
    (784, 32, 128, true, false, 1),
    (32, 128, 784, false, true, 1),
    (32, 128, 10, false, false, 1),
    (256, 256, 256, false, false, 1),
    (512, 256, 1024, false, false, 1),
    (512, 1024, 256, false, true, 1),
    (256, 512, 1024, true, false, 1),
    (256, 1024, 1024, false, false, 1),
    (256, 1024, 1024, false, true, 1),
    (1024, 256, 1024, true, false, 1),
    (1024, 1024, 1024, false, false, 1),
];

const NAMES: [&str; 4] = ["ours", "gemm", "faer", "matrixmultiply"];

fn main() {
    println!("| m × k × n | {} |", NAMES.join(" | "));
    println!("| --- |{}", " ---: |".repeat(NAMES.len()));
    for &(m, k, n, ta, tb, batch) in CASES {
        let numbers = |len: usize| -> Vec<f32> {
            let mut state = 1u32;
            let next = |_| {
                state = state.wrapping_mul(1664525).wrapping_add(1013904223);
                (state >> 8) as f32 / 8388608.0 - 1.0
            };
            (0..len).map(next).collect()
        };
        let (a, b) = (numbers(m * k * batch), numbers(k * n * batch));
        let mut c = vec![0.0f32; m * n * batch];
        let (ars, acs) = if ta { (1, m) } else { (k, 1) };
        let (brs, bcs) = if tb { (1, k) } else { (n, 1) };
        let flops = (2 * m * k * n * batch) as f64;
        let calls = (2e6 / flops).ceil() as usize;
        let mut best = [f64::INFINITY; NAMES.len()];
        let mut sums = [0.0; NAMES.len()];
        let rounds = if flops > 1e8 { 12 } else { 40 };
        for _ in 0..rounds {
            for which in 0..NAMES.len() {
                let start = Instant::now();
                for _ in 0..calls {
                    let lines = a
                        .chunks(m * k)
                        .zip(b.chunks(k * n))
                        .zip(c.chunks_mut(m * n));
                    for ((a, b), c) in lines {
                        let (a, b) = (black_box(a), black_box(b));
                        match which {
                            0 => {
                                let a = Matrix {
                                    data: a,
                                    row: ars,
                                    column: acs,
                                };
                                let b = Matrix {
                                    data: b,
                                    row: brs,
                                    column: bcs,
                                };
                                matmul(Product { m, k, n }, a, b, MatrixMut::rows(c, n), false)
                                    .expect("they fit");
                            }
                            // SAFETY: the slices have the sizes, by `chunks`.
                            1 => unsafe {
                                gemm::gemm(
                                    m,
                                    n,
                                    k,
                                    c.as_mut_ptr(),
                                    1,
                                    n as isize,
                                    false,
                                    a.as_ptr(),
                                    acs as isize,
                                    ars as isize,
                                    b.as_ptr(),
                                    bcs as isize,
                                    brs as isize,
                                    1.0f32,
                                    1.0,
                                    false,
                                    false,
                                    false,
                                    gemm::Parallelism::None,
                                )
                            },
                            2 => {
                                let view = |x, r, c, t| match t {
                                    true => MatRef::from_column_major_slice(x, r, c),
                                    false => MatRef::from_row_major_slice(x, r, c),
                                };
                                let c = MatMut::from_row_major_slice_mut(c, m, n);
                                let (a, b) = (view(a, m, k, ta), view(b, k, n, tb));
                                faer::linalg::matmul::matmul(
                                    c,
                                    Accum::Replace,
                                    a,
                                    b,
                                    1.0f32,
                                    Par::Seq,
                                );
                            }
                            // SAFETY: the slices have the sizes, by `chunks`.
                            _ => unsafe {
                                matrixmultiply::sgemm(
                                    m,
                                    k,
                                    n,
                                    1.0,
                                    a.as_ptr(),
                                    ars as isize,
                                    acs as isize,
                                    b.as_ptr(),
                                    brs as isize,
                                    bcs as isize,
                                    0.0,
                                    c.as_mut_ptr(),
                                    n as isize,
                                    1,
                                )
                            },
                        }
                        black_box(c);
                    }
                }
                best[which] = best[which].min(start.elapsed().as_secs_f64() / calls as f64);
                sums[which] = c.iter().map(|&x| f64::from(x)).sum();
            }
        }
        assert!(
            sums.iter()
                .all(|s| (s - sums[0]).abs() < 1e-2 * (1.0 + flops.sqrt())),
            "{sums:?}"
        );
        let marks = [if ta { " aT" } else { "" }, if tb { " bT" } else { "" }].concat();
        let times = if batch > 1 {
            format!(" x {batch}")
        } else {
            String::new()
        };
        let cells = best.map(|t| match flops < 20_000.0 {
            true => format!("{:.1} ({:.0} ns)", flops / t / 1e9, t * 1e9),
            false => format!("{:.1}", flops / t / 1e9),
        });
        println!("| {m} × {k} × {n}{marks}{times} | {} |", cells.join(" | "));
    }
}
