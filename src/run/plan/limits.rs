//! How fast this machine is, measured.

use super::float::Float;
use super::node::Width;
use cotangent_kernels::{Matrix, MatrixMut, Product, matmul, sum};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

/// What one thread of this machine reaches with the kernels of the plans: measured once for each scalar, when it is first asked
/// for. That takes 64 MiB, while it is measured.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    /// Operations each second of a product of matrices of 512 by 512: the best of five.
    pub operations: f64,
    /// Bytes read each second by a sum over 64 MiB: the best of five.
    pub bytes: f64,
}

/// The side of the matrices.
const SIDE: usize = 512;
/// The bytes of the sum: more than caches hold.
const STREAM: usize = 64 << 20;
const ROUNDS: usize = 5;

static SINGLE: OnceLock<Limits> = OnceLock::new();
static DOUBLE: OnceLock<Limits> = OnceLock::new();

impl Limits {
    /// Those of a scalar.
    pub fn of<T: Float>() -> Limits {
        let limits = match T::WIDTH.0 {
            Width::Single => &SINGLE,
            Width::Double => &DOUBLE,
        };
        *limits.get_or_init(|| Limits {
            operations: operations::<T>(),
            bytes: bytes::<T>(),
        })
    }

    /// The least time that so much work takes at these limits.
    pub fn least(&self, operations: u64, bytes: u64) -> Duration {
        let (computing, moving) = (
            operations as f64 / self.operations,
            bytes as f64 / self.bytes,
        );
        let seconds = f64::max(computing, moving);
        Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX)
    }
}

/// The shortest of some rounds, in seconds and never 0.
fn best(mut round: impl FnMut()) -> f64 {
    let each = (0..ROUNDS).map(|_| {
        let start = Instant::now();
        round();
        start.elapsed().as_secs_f64()
    });
    each.fold(f64::INFINITY, f64::min).max(1e-9)
}

fn operations<T: Float>() -> f64 {
    let x = vec![T::one(); SIDE * SIDE];
    let mut y = vec![T::zero(); SIDE * SIDE];
    let size = Product {
        m: SIDE,
        k: SIDE,
        n: SIDE,
    };
    let seconds = best(|| {
        let (a, b) = (Matrix::rows(&x, SIDE), Matrix::rows(&x, SIDE));
        // The matrices fit their slices.
        let done = matmul(size, a, b, MatrixMut::rows(&mut y, SIDE), false);
        debug_assert_eq!(done, Ok(()));
        core::hint::black_box(&mut y);
    });
    2.0 * (SIDE as f64).powi(3) / seconds
}

fn bytes<T: Float>() -> f64 {
    let x = vec![T::one(); STREAM / size_of::<T>()];
    let seconds = best(|| {
        core::hint::black_box(sum(core::hint::black_box(&x)));
    });
    STREAM as f64 / seconds
}
