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
/// It has the arithmetic of numbers: of ratios exact, as long as the result is a ratio that fits, and else that of doubles.
///
/// ```
/// use cotangent::scalar::Literal;
/// assert_eq!(Literal::from(2) / Literal::from(-3), Literal::ratio(-2, 3));
/// assert_eq!(Literal::from(2) * Literal::from(0.25), Literal::real(0.5));
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
    /// A number of Rust, as it is in a graph.
    pub fn of<T: Number>(number: T) -> Self {
        number.literal()
    }

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

    /// `1 / self`: exact where the ratio fits, also that of a double.
    ///
    /// ```
    /// use cotangent::scalar::Literal;
    /// assert_eq!(Literal::ratio(-2, 3).recip(), Literal::ratio(-3, 2));
    /// assert_eq!(Literal::real(1.5).recip(), Literal::ratio(2, 3));
    /// ```
    pub fn recip(self) -> Self {
        let exact = self.exact().filter(|(n, _)| *n != 0);
        let flipped = exact.and_then(|(n, d)| {
            let d = i64::try_from(d).ok()?;
            Some(Literal::Ratio(n.signum() * d, n.unsigned_abs()))
        });
        flipped.unwrap_or_else(|| Literal::Real(self.to_f64().recip()))
    }

    /// The ratio that it is, if that fits.
    fn exact(self) -> Option<(i64, u64)> {
        let value = match self {
            Literal::Ratio(n, d) => return Some((n, d)),
            Literal::Real(value) => value,
        };
        let mut power = 0;
        let mut scaled = value;
        // Doubling is exact, and after 63 times there is no ratio that fits.
        while scaled.fract() != 0.0 && power < 63 {
            scaled *= 2.0;
            power += 1;
        }
        // Below 2^63 a whole double is an `i64`. A negative zero is no ratio.
        let fits = scaled.fract() == 0.0 && scaled.abs() < 9_223_372_036_854_775_808.0;
        let is_negative_zero = value == 0.0 && value.is_sign_negative();
        (fits && !is_negative_zero).then(|| (scaled as i64, 1 << power))
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

macro_rules! from_integers {
    ($($Integer:ty)*) => {
        $(impl From<$Integer> for Literal {
            /// Exact if it fits; else the nearest double.
            fn from(value: $Integer) -> Self {
                match i64::try_from(value) {
                    Ok(value) => Literal::Ratio(value, 1),
                    Err(_) => Literal::Real(value as f64),
                }
            }
        })*
    };
}

from_integers!(i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize);

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

/// A number of Rust that a graph takes: `x * { rate }`, `x * RATE`. What becomes a [`Literal`] is one: `f64`, `f32`, each
/// integer, and a literal itself.
///
/// It is a number of the program, known when the graph is built. An integer is exact over every scalar, and a double is
/// the rational number that it is.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a number for a graph",
    label = "expected `f64`, `f32`, an integer or a `Literal`; a value of the graph has no braces; docs/errors.md#m17"
)]
pub trait Number {
    /// The number.
    fn literal(self) -> Literal;
}

#[diagnostic::do_not_recommend]
impl<T: Into<Literal>> Number for T {
    fn literal(self) -> Literal {
        self.into()
    }
}
