//! Sums of ones and of products, by `+` and `*` alone.

use core::ops::Mul;
use num_traits::{One, Zero};

/// `n` as a sum of ones, by doubling.
pub(super) fn natural<A: Zero + One + Clone>(n: u64) -> A {
    let mut sum = A::zero();
    let mut power = A::one();
    for bit in 0..u64::BITS - n.leading_zeros() {
        if n >> bit & 1 == 1 {
            sum = sum + power.clone();
        }
        power = power.clone() + power;
    }
    sum
}

/// The reference product: three plain loops, for everything with `+` and `*`.
pub(super) fn matmul<A: Zero + Mul<Output = A> + Clone>(
    a: &[A],
    b: &[A],
    [m, k, n]: [usize; 3],
    ta: bool,
    tb: bool,
) -> Vec<A> {
    let mut out = Vec::with_capacity(m * n);
    for row in 0..m {
        for column in 0..n {
            let mut sum = A::zero();
            for i in 0..k {
                let x = if ta { &a[i * m + row] } else { &a[row * k + i] };
                let y = if tb {
                    &b[column * k + i]
                } else {
                    &b[i * n + column]
                };
                sum = sum + x.clone() * y.clone();
            }
            out.push(sum);
        }
    }
    out
}
