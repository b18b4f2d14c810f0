//! Numbers written in a program, exact where they can be.

use core::fmt;
use core::hash::{Hash, Hasher};

/// A number written in a program. It becomes a scalar when the program runs.
///
/// ```
/// use cotangent::scalar::{Field, Literal};
/// assert_eq!(f64::from_literal(Literal::ratio(1, 10)), 0.1);
/// assert_eq!(Literal::from(0.5), Literal::real(0.5));
/// ```
///
/// Doubles are compared by their bits: `0.0` and `-0.0` are two literals, and a NaN is equal to itself.
#[derive(Clone, Copy, Debug)]
pub enum Literal {
    /// The exact quotient of an integer and a positive integer. (With a denominator of 0 it stands for no number, as an
    /// infinity does; [`Literal::ratio`] does not make such a one.)
    Ratio(i64, u64),
    /// A double; over exact scalars it is the rational number that the double is (infinities and NaN are none, and
    /// become 0 there, or are undefined over scalars that have such a value).
    Real(f64),
}

impl Literal {
    /// `numerator / denominator`. A denominator of 0 gives NaN or an infinity, as division does.
    pub const fn ratio(numerator: i64, denominator: u64) -> Self {
        if denominator == 0 {
            return Literal::Real(numerator as f64 / 0.0);
        }
        Literal::Ratio(numerator, denominator)
    }

    /// A double.
    pub const fn real(value: f64) -> Self {
        Literal::Real(value)
    }

    /// `1 / self`.
    pub fn recip(self) -> Self {
        match self {
            Literal::Ratio(n, d) if n != 0 => match i64::try_from(d) {
                Ok(d) => Literal::Ratio(n.signum() * d, n.unsigned_abs()),
                Err(_) => Literal::Real(self.to_f64().recip()),
            },
            _ => Literal::Real(self.to_f64().recip()),
        }
    }

    /// The nearest double.
    pub fn to_f64(self) -> f64 {
        match self {
            Literal::Ratio(n, d) => n as f64 / d as f64,
            Literal::Real(value) => value,
        }
    }
}

impl Literal {
    /// What tells it from others.
    fn bits(self) -> (u64, u64, bool) {
        match self {
            Literal::Ratio(n, d) => (n.cast_unsigned(), d, false),
            Literal::Real(value) => (value.to_bits(), 0, true),
        }
    }
}

impl PartialEq for Literal {
    fn eq(&self, other: &Self) -> bool {
        self.bits() == other.bits()
    }
}

impl Eq for Literal {}

impl Hash for Literal {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.bits().hash(state);
    }
}

impl fmt::Display for Literal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Literal::Ratio(n, 1) => write!(f, "{n}"),
            Literal::Ratio(n, d) => write!(f, "{n}/{d}"),
            Literal::Real(value) => write!(f, "{value}"),
        }
    }
}

impl From<i32> for Literal {
    fn from(value: i32) -> Self {
        Literal::Ratio(value.into(), 1)
    }
}

impl From<i64> for Literal {
    fn from(value: i64) -> Self {
        Literal::Ratio(value, 1)
    }
}

impl From<f64> for Literal {
    fn from(value: f64) -> Self {
        Literal::Real(value)
    }
}

impl From<f32> for Literal {
    fn from(value: f32) -> Self {
        Literal::Real(value.into())
    }
}
