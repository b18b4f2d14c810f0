//! Random masks of 1,024 elements in the cache and of 4 MiB, ns for an element, the best of the rounds, in which they take turns with
//! the same written for one element after another.
//! `cargo bench --manifest-path kernels/peers/Cargo.toml --bench mask`

use cotangent_kernels::{Float, mask};
use std::hint::black_box;
use std::time::Instant;

const KEEP: u64 = 3 << 30;

/// A word after the other, as rustc makes it of the definition.
fn word(key: [u32; 2], counter: u64) -> u32 {
    let keys = [key[0], key[1], key[0] ^ key[1] ^ 0x1bd1_1bda];
    let mut x = ((counter >> 32) as u32).wrapping_add(keys[0]);
    let mut y = (counter as u32).wrapping_add(keys[1]);
    for group in 0..5 {
        for bits in [[13, 15, 26, 6], [17, 29, 16, 24]][group % 2] {
            x = x.wrapping_add(y);
            y = y.rotate_left(bits) ^ x;
        }
        x = x.wrapping_add(keys[(group + 1) % 3]);
        let number = group as u32 + 1; // at most 5
        y = y.wrapping_add(keys[(group + 2) % 3].wrapping_add(number));
    }
    x ^ y
}

fn each<T: Float>(key: [u32; 2], first: u64, out: &mut [T]) {
    for (i, out) in out.iter_mut().enumerate() {
        let is_kept = u64::from(word(key, first + i as u64)) < KEEP;
        *out = if is_kept { T::ONE } else { T::ZERO };
    }
}

fn best<T: Float>(y: &mut [T], mut f: impl FnMut(&mut [T])) -> f64 {
    let rounds = (1 << 21) / y.len();
    let mut best = f64::INFINITY;
    for _ in 0..rounds.max(5) {
        let start = Instant::now();
        f(black_box(y));
        best = best.min(start.elapsed().as_secs_f64() * 1e9);
        black_box(&y);
    }
    best / y.len() as f64
}

fn row<T: Float>(name: &str, len: usize) {
    let mut y = vec![T::ZERO; len];
    let mut cells = [f64::INFINITY; 2];
    for _ in 0..5 {
        cells[0] = cells[0].min(best(&mut y, |y| mask([7, 11], 0, KEEP, y)));
        cells[1] = cells[1].min(best(&mut y, |y| each([7, 11], 0, y)));
    }
    println!("| {name} | {:.2} | {:.2} |", cells[0], cells[1]);
}

fn main() {
    println!("| | ours | one by one |\n| --- | ---: | ---: |");
    row::<f32>("`f32`, 1,024", 1024);
    row::<f32>("`f32`, 1,048,576", 1 << 20);
    row::<f64>("`f64`, 1,024", 1024);
    row::<f64>("`f64`, 524,288", 1 << 19);
    row::<f32>("`f32`, 64", 64);
    row::<f32>("`f32`, 10", 10);
}
