//! The type of intervals.

use super::rounding;
use core::cmp::Ordering;
use core::fmt;

/// All real numbers from `lo` to `hi`. Operations round outward, so every result contains the true one.
///
/// That is the inclusion law: for members `x` of `a` and `y` of `b`, the exact `x + y` is in `a + b`, and so for each
/// operation and each graph. The other laws hold only as far as it says. `x - x` is not 0 but contains it, because
/// nothing says that both sides are the same member; `a * (b + c)` lies inside `a * b + a * c` up to rounding, and is
/// often smaller. So intervals are no ring in the strict sense, and [`Sample::agreement`](crate::scalar::Sample::agreement) asks whether two results
/// overlap.
///
/// Sums, products, quotients and square roots are rounded only where they are not exact: `0`, `1` and small integers
/// stay points. A bound may be infinite; 0 times an infinite bound is 0. There is no empty interval. What cannot be
/// bounded (NaN, a divisor that contains 0, the logarithm of a negative number) is [`Interval::WHOLE`].
///
/// ```
/// use cotangent::prelude::*;
/// use cotangent::scalar::Interval;
/// // How far can the output move if each input is known up to a hundredth?
/// let g = graph!(|x: [2], w: [2]| tanh(sum(x * w)));
/// let x = Tensor::from([0.5, -1.0]).map(|&x| Interval::around(x, 0.01));
/// let w = Tensor::from([2.0, 0.5]).map(|&w| Interval::from(w));
/// let y = g.value(&tlist![x, w], ()).item();
/// assert!(y.contains(0.5f64.tanh()));
/// assert!(y.width() < 0.05);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    // Not NaN, lo <= hi, lo < ∞ and hi > -∞; zeros are positive.
    pub(super) lo: f64,
    pub(super) hi: f64,
}

/// Bounds that are not those of an interval.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
#[error("no real number lies between {lo} and {hi}")]
pub struct IntervalError {
    /// The lower bound given.
    pub lo: f64,
    /// The upper bound given.
    pub hi: f64,
}

impl Interval {
    /// All real numbers: what is known of a result of which nothing is known.
    pub const WHOLE: Self = Interval {
        lo: f64::NEG_INFINITY,
        hi: f64::INFINITY,
    };

    /// The interval from `lo` to `hi`, both included.
    ///
    /// # Errors
    /// [`IntervalError`] if no real number lies between them: `lo > hi`, one is NaN, or both are the same infinity.
    ///
    /// ```
    /// use cotangent::scalar::Interval;
    /// assert!(Interval::new(1.0, 2.0)?.contains(1.5));
    /// let error = Interval::new(2.0, 1.0).unwrap_err();
    /// assert_eq!(error.to_string(), "no real number lies between 2 and 1");
    /// # Ok::<(), cotangent::scalar::IntervalError>(())
    /// ```
    pub fn new(lo: f64, hi: f64) -> Result<Self, IntervalError> {
        if lo <= hi && lo < f64::INFINITY && hi > f64::NEG_INFINITY {
            Ok(Self::bounds(lo, hi))
        } else {
            Err(IntervalError { lo, hi })
        }
    }

    /// From bounds that hold the invariant up to the sign of zero.
    pub(in crate::scalar) fn bounds(lo: f64, hi: f64) -> Self {
        debug_assert!(lo <= hi && lo < f64::INFINITY && hi > f64::NEG_INFINITY);
        Interval {
            lo: lo + 0.0,
            hi: hi + 0.0,
        }
    }

    /// The numbers at most `radius` from `x`, rounded outward. The sign of `radius` does not count.
    ///
    /// ```
    /// use cotangent::scalar::Interval;
    /// let x = Interval::around(0.3, 0.1);
    /// assert!(x.contains(0.2) && x.contains(0.4) && !x.contains(0.41));
    /// ```
    pub fn around(x: f64, radius: f64) -> Self {
        let radius = Self::from(radius.abs()).hi;
        let (x, radius) = (
            Self::from(x),
            Interval {
                lo: -radius,
                hi: radius,
            },
        );
        x + radius
    }

    /// The lower bound.
    pub const fn lo(self) -> f64 {
        self.lo
    }

    /// The upper bound.
    pub const fn hi(self) -> f64 {
        self.hi
    }

    /// Whether the real number `x` is in it. Infinities and NaN are in none.
    pub fn contains(self, x: f64) -> bool {
        x.is_finite() && self.lo <= x && x <= self.hi
    }

    /// Whether the two have a member in common.
    pub fn overlaps(self, other: Self) -> bool {
        self.lo <= other.hi && other.lo <= self.hi
    }

    /// `hi - lo`, rounded up.
    pub fn width(self) -> f64 {
        rounding::add_up(self.hi, -self.lo) + 0.0
    }

    /// A double halfway between the bounds, up to rounding; a finite member even where a bound is infinite.
    pub fn midpoint(self) -> f64 {
        let (lo, hi) = (self.lo.max(f64::MIN), self.hi.min(f64::MAX));
        // The sum may overflow, the halves may lose a bit of a subnormal: the bounds decide.
        lo.midpoint(hi).clamp(lo, hi)
    }

    /// The smallest interval that contains both.
    #[must_use]
    pub fn hull(self, other: Self) -> Self {
        Interval {
            lo: self.lo.min(other.lo),
            hi: self.hi.max(other.hi),
        }
    }

    /// The one member, if there is only one.
    pub(super) fn point(self) -> Option<f64> {
        (self.lo == self.hi).then_some(self.lo)
    }

    /// The integer `n`, exactly, or the doubles around it. `|n|` is at most 2^64.
    pub(super) fn integer(n: i128) -> Self {
        let nearest = n as f64;
        // Doubles below 2^65 are exact as i128.
        let (lo, hi) = match (nearest as i128).cmp(&n) {
            Ordering::Less => (nearest, nearest.next_up()),
            Ordering::Equal => (nearest, nearest),
            Ordering::Greater => (nearest.next_down(), nearest),
        };
        Self::bounds(lo, hi)
    }
}

impl From<f64> for Interval {
    /// The point `x`. NaN becomes [`Interval::WHOLE`]. An infinity stands for what is too large to be a double, and
    /// becomes the numbers from the largest double on.
    fn from(x: f64) -> Self {
        if x.is_nan() {
            Self::WHOLE
        } else {
            Self::bounds(x.min(f64::MAX), x.max(f64::MIN))
        }
    }
}

/// The bounds in brackets, or the number of a point. A precision rounds the printed bounds to nearest, not outward.
impl fmt::Display for Interval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bound = |f: &mut fmt::Formatter<'_>, x: f64| match x {
            f64::INFINITY => f.write_str("∞"),
            f64::NEG_INFINITY => f.write_str("-∞"),
            _ => x.fmt(f),
        };
        if let Some(x) = self.point() {
            return x.fmt(f);
        }
        f.write_str("[")?;
        bound(f, self.lo)?;
        f.write_str(", ")?;
        bound(f, self.hi)?;
        f.write_str("]")
    }
}
