//! Random scalars for laws, and when two results count as equal.

use super::Semiring;
use num_bigint::{BigInt, BigUint};
use num_rational::BigRational;

/// How two results compare that a law says are equal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Agreement {
    /// They are equal; for floats, up to rounding.
    Equal,
    /// They differ.
    Differ,
    /// One of them is not a number: the point lies outside the domain of the graph.
    Undefined,
}

/// Scalars that laws can be tried on.
///
/// ```
/// use cotangent::scalar::{Agreement, Sample};
/// // A law, tried at a random point of any scalar.
/// fn commutes<A: Sample>(rng: &mut fastrand::Rng) -> Agreement {
///     let (x, y) = (A::sample(rng), A::sample_positive(rng));
///     (x.clone() + y.clone()).agreement(&(y + x))
/// }
/// let mut rng = fastrand::Rng::with_seed(1);
/// assert_eq!(commutes::<f64>(&mut rng), Agreement::Equal);
/// assert_eq!(commutes::<num_rational::BigRational>(&mut rng), Agreement::Equal);
/// ```
pub trait Sample: Semiring {
    /// A random scalar, not zero, of moderate size.
    fn sample(rng: &mut fastrand::Rng) -> Self;

    /// A random scalar that is positive, where the scalar has a sign: inside the domain of `log`.
    fn sample_positive(rng: &mut fastrand::Rng) -> Self;

    /// Compares two results.
    fn agreement(&self, other: &Self) -> Agreement {
        if self == other {
            Agreement::Equal
        } else {
            Agreement::Differ
        }
    }
}

macro_rules! float {
    ($($F:ident up_to $tolerance:literal;)*) => {$(
        impl Sample for $F {
            fn sample(rng: &mut fastrand::Rng) -> Self {
                let size = Self::sample_positive(rng);
                if rng.bool() { size } else { -size }
            }
            fn sample_positive(rng: &mut fastrand::Rng) -> Self {
                0.25 + 1.5 * rng.f64() as $F
            }
            /// Equal up to a share of the size of both: the two sides of a law are sums in another order, so
            /// they differ by a few roundings for each of their terms.
            fn agreement(&self, other: &Self) -> Agreement {
                if !(self.is_finite() && other.is_finite()) {
                    Agreement::Undefined
                } else if (self - other).abs() <= $tolerance * (1.0 + self.abs() + other.abs()) {
                    Agreement::Equal
                } else {
                    Agreement::Differ
                }
            }
        }
    )*};
}

float! {
    f32 up_to 1e-3;
    f64 up_to 1e-9;
}

impl Sample for BigRational {
    fn sample(rng: &mut fastrand::Rng) -> Self {
        let size = Self::sample_positive(rng);
        if rng.bool() { size } else { -size }
    }
    fn sample_positive(rng: &mut fastrand::Rng) -> Self {
        BigRational::new(BigInt::from(rng.i64(1..10)), BigInt::from(rng.i64(1..5)))
    }
}

impl Sample for BigUint {
    fn sample(rng: &mut fastrand::Rng) -> Self {
        Self::sample_positive(rng)
    }
    fn sample_positive(rng: &mut fastrand::Rng) -> Self {
        BigUint::from(rng.u64(1..10))
    }
}
