//! Comparisons of two scalars.

use core::cmp::Ordering;

/// Comparisons of two scalars of an ordered field. `x > y` is [`Comparison::Less`] of `y` and `x`.
///
/// ```
/// use cotangent::scalar::{Comparison, Kernels, RealScalar};
/// let run = |f| RealScalar.compare(f, &[1.0, 2.0, f64::NAN], &[2.0; 3]).unwrap();
/// assert_eq!(run(Comparison::Less), [Some(true), Some(false), Some(false)]);
/// assert_eq!(run(Comparison::LessEqual), [Some(true), Some(true), Some(false)]);
/// assert_eq!(run(Comparison::Equal), [Some(false), Some(true), Some(false)]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Comparison {
    /// `x < y`.
    Less,
    /// `x ≤ y`.
    LessEqual,
    /// `x = y`.
    Equal,
}

impl Comparison {
    /// All of them.
    pub const ALL: [Comparison; 3] = [Comparison::Less, Comparison::LessEqual, Comparison::Equal];

    /// Its name, as programs have it.
    pub const fn name(self) -> &'static str {
        match self {
            Comparison::Less => "less",
            Comparison::LessEqual => "less_equal",
            Comparison::Equal => "equal",
        }
    }

    /// Whether it holds of two that are ordered so. It does not of two that are unordered, such as NaN and a number.
    pub const fn holds(self, order: Option<Ordering>) -> bool {
        match self {
            Comparison::Less => matches!(order, Some(Ordering::Less)),
            Comparison::LessEqual => matches!(order, Some(Ordering::Less | Ordering::Equal)),
            Comparison::Equal => matches!(order, Some(Ordering::Equal)),
        }
    }
}
