//! What the file of a family says of each of its functions.

use super::unary::Unary;
use crate::scalar::interval::Interval;
use crate::scalar::tower::Real;

/// What is said of every function of one scalar. Beside it stands its kernel, of a slice over each scalar that is high enough:
/// `fn kernel<A: Ring>(x: &[A]) -> Option<Vec<A>>`, with its level for `Ring`.
pub(crate) trait Function {
    /// Its name, as ops and programs have it: that of the variant, in lower case.
    const NAME: &'static str;

    /// Where it is defined over the reals.
    const DOMAIN: Domain;

    /// What it makes of an integer, where that is an integer over the reals and simple: all that terms and oracles know of
    /// functions of numbers. Intervals take it, too, so that such points stay points.
    fn at_integer(n: i64) -> Option<i64>;

    /// What is known of the sign of its values, from that of its argument. Proofs read it.
    fn sign(_x: Sign) -> Sign {
        Sign::Unknown
    }
}

/// What is said of a function of real numbers besides.
pub(crate) trait RealFunction: Function {
    /// Which one it is.
    const UNARY: Unary;

    /// What equations it has over terms and oracles.
    const RELATION: Relation;

    /// Its value over `f32`.
    fn single(x: f32) -> f32;

    /// Its value over `f64`.
    fn double(x: f64) -> f64;

    /// Bounds of its values at the members of an interval that have one; one at least has.
    fn bounds(x: Interval) -> Interval;

    /// What it is over an interval: the integer at an integer where it is one, else its bounds; [`Interval::WHOLE`] if it is
    /// defined at no member.
    fn enclosure(x: Interval) -> Interval {
        match x.at_integer(Self::at_integer) {
            Some(integer) => integer,
            None if !Self::DOMAIN.meets(x.lo(), x.hi()) => Interval::WHOLE,
            None => Self::bounds(x),
        }
    }

    /// Of each element: what [`Real::function`] says. A function for which [`Real`] has a method takes it instead.
    fn kernel<A: Real>(x: &[A]) -> Option<Vec<A>> {
        x.iter().map(|x| x.function(Self::UNARY)).collect()
    }
}

/// Where a function of a real number is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Domain {
    All,
    NotZero,
    Positive,
    /// The positive numbers and 0, where its derivative may be infinite.
    NotNegative,
    /// Above -1.
    AboveMinusOne,
}

impl Domain {
    /// Whether an integer is in it.
    pub(crate) const fn has(self, n: i64) -> bool {
        match self {
            Domain::All => true,
            Domain::NotZero => n != 0,
            Domain::Positive => n > 0,
            Domain::NotNegative => n >= 0,
            Domain::AboveMinusOne => n > -1,
        }
    }

    /// Whether a number from `lo` to `hi` is in it.
    pub(crate) const fn meets(self, lo: f64, hi: f64) -> bool {
        match self {
            Domain::All => true,
            Domain::NotZero => lo < 0.0 || hi > 0.0,
            Domain::Positive => hi > 0.0,
            Domain::NotNegative => hi >= 0.0,
            Domain::AboveMinusOne => hi > -1.0,
        }
    }
}

/// What is known of a sign, wherever there is a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Sign {
    Unknown,
    NotNegative,
    Positive,
}

/// The equations of a function over the free algebra, where it is uninterpreted: nothing else holds of it there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Relation {
    /// None: of equal arguments it is equal, and at an integer it is what [`Function::at_integer`] says.
    Opaque,
    /// `f(x + y) = f(x) f(y)`, and `f(log(x)) = x`.
    Exponential,
    /// `exp(f(x)) = x`, and no other.
    Logarithm,
}

/// The values over both floats, by one expression.
macro_rules! floats {
    (|$x:ident| $value:expr) => {
        fn single($x: f32) -> f32 {
            $value
        }
        fn double($x: f64) -> f64 {
            $value
        }
    };
}
pub(super) use floats;

/// `f` of each element.
pub(super) fn map<A>(x: &[A], f: impl Fn(&A) -> A) -> Option<Vec<A>> {
    Some(x.iter().map(f).collect())
}

/// `f` of each pair of elements.
pub(super) fn zip<A>(x: &[A], y: &[A], f: impl Fn(&A, &A) -> A) -> Option<Vec<A>> {
    Some(x.iter().zip(y).map(|(x, y)| f(x, y)).collect())
}
