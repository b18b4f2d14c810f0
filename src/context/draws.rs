//! Draws from the bits of a key, one after the other.

use crate::tensor::Key;
use core::f64::consts::TAU;

/// A distribution of mean 0 and deviation 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Distribution {
    Uniform,
    Normal,
    /// Normal, without what is farther from 0 than twice the deviation that it had.
    Truncated,
}

/// `√Var` of a normal distribution with deviation 1, of which nothing is farther from 0 than 2.
const TRUNCATED: f64 = 0.879_625_661_034_239_8;

/// What is drawn next. All is in doubles and from `libm`, so that a key gives the same numbers on every machine.
pub(super) struct Draws {
    key: Key,
    next: u64,
}

impl Draws {
    pub(super) fn new(key: Key) -> Self {
        Draws { key, next: 0 }
    }

    /// Uniform in the open interval from 0 to 1: the middle of one of 2^52 parts.
    fn unit(&mut self) -> f64 {
        let [high, low] = [0, 1].map(|i| u64::from(self.key.bits(self.next + i)));
        self.next += 2;
        ((high << 20 | low >> 12) as f64 + 0.5) / (1_u64 << 52) as f64
    }

    /// Source: Box and Muller, *A Note on the Generation of Random Normal Deviates* (1958), without the second number.
    fn normal(&mut self) -> f64 {
        let (u, v) = (self.unit(), self.unit());
        libm::sqrt(-2.0 * libm::log(u)) * libm::cos(TAU * v)
    }

    pub(super) fn one(&mut self, of: Distribution) -> f64 {
        match of {
            Distribution::Uniform => 3.0_f64.sqrt() * (2.0 * self.unit() - 1.0),
            Distribution::Normal => self.normal(),
            Distribution::Truncated => loop {
                let x = self.normal();
                if x.abs() <= 2.0 {
                    break x / TRUNCATED;
                }
            },
        }
    }

    /// `gain` times a matrix whose rows are orthonormal, or its columns if there are fewer of them: uniform among these.
    ///
    /// Source: Mezzadri, *How to generate random matrices from the classical compact groups* (2007): the orthogonal factor of a
    /// normal matrix, where the diagonal of the other is positive. It is found by the Gram–Schmidt process, twice, as rounding
    /// asks for.
    pub(super) fn orthogonal(&mut self, rows: usize, columns: usize, gain: f64) -> Vec<f64> {
        let (count, size) = (rows.min(columns), rows.max(columns));
        let mut vectors: Vec<Vec<f64>> = Vec::with_capacity(count);
        for _ in 0..count {
            let mut v: Vec<f64> = (0..size).map(|_| self.normal()).collect();
            for _ in 0..2 {
                for u in &vectors {
                    let along = dot(u, &v);
                    v.iter_mut().zip(u).for_each(|(v, u)| *v -= along * u);
                }
            }
            let length = dot(&v, &v).sqrt();
            v.iter_mut().for_each(|v| *v /= length);
            vectors.push(v);
        }
        let entry = |i: usize| match (i / columns, i % columns) {
            (row, column) if rows <= columns => vectors[row][column],
            (row, column) => vectors[column][row],
        };
        (0..rows * columns).map(|i| gain * entry(i)).collect()
    }
}

fn dot(x: &[f64], y: &[f64]) -> f64 {
    x.iter().zip(y).map(|(x, y)| x * y).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Mean and variance of 40,000 draws, and that none is out of bounds. The mean of so many has a deviation of 1/200, their
    /// variance at most one of √2/200: four of them.
    #[test]
    fn moments() {
        for (of, bound) in [
            (Distribution::Uniform, 3.0_f64.sqrt()),
            (Distribution::Normal, 6.0),
            (Distribution::Truncated, 2.0 / TRUNCATED),
        ] {
            let mut draws = Draws::new(Key::new(3));
            let x: Vec<f64> = (0..40_000).map(|_| draws.one(of)).collect();
            let mean = x.iter().sum::<f64>() / 4e4;
            let variance = dot(&x, &x) / 4e4 - mean * mean;
            assert!(mean.abs() < 0.02, "{of:?}: mean {mean}");
            assert!((variance - 1.0).abs() < 0.03, "{of:?}: variance {variance}");
            let largest = x.iter().fold(0.0_f64, |largest, x| largest.max(x.abs()));
            assert!(
                largest <= bound && largest > 0.9 * bound.min(4.0),
                "{of:?}: {largest}"
            );
        }
    }

    /// `QᵀQ = 1` to rounding, of a tall matrix and a wide one; and both signs occur on the diagonal.
    #[test]
    fn is_orthonormal() {
        for (rows, columns) in [(40, 30), (30, 40)] {
            let q = Draws::new(Key::new(5)).orthogonal(rows, columns, 2.0);
            let of = |i: usize| -> Vec<f64> {
                match rows < columns {
                    true => (0..columns).map(|j| q[i * columns + j]).collect(),
                    false => (0..rows).map(|j| q[j * columns + i]).collect(),
                }
            };
            for i in 0..30 {
                for j in 0..=i {
                    let expected = if i == j { 4.0 } else { 0.0 };
                    let got = dot(&of(i), &of(j));
                    assert!((got - expected).abs() < 1e-14, "{i} {j}: {got}");
                }
            }
            let negative = (0..30).filter(|i| q[i * columns + i] < 0.0).count();
            assert!((5..25).contains(&negative), "{negative} of 30");
        }
    }
}
