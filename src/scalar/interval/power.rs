//! Powers of intervals.

use super::enclosure::widened;
use super::interval::Interval;
use num_traits::One;

impl Interval {
    /// `x` to the power of a member of `exponent`, for each `x` that has one; [`Interval::WHOLE`] if none has.
    ///
    /// A negative `x` has powers to integers only, and 0 to what is not negative. To the power of 0 each `x` is 1, as
    /// for floats.
    #[must_use]
    pub fn pow(&self, exponent: &Self) -> Self {
        match exponent.point() {
            Some(0.0) => Self::one(),
            Some(1.0) => *self,
            Some(n) if n.fract() == 0.0 && (n > 0.0 || self.lo <= 0.0) => self.integer_pow(n),
            _ if self.lo < 0.0 && exponent.lo.ceil() <= exponent.hi.floor() => {
                // A negative base to an integer among the exponents has either sign.
                let size = self.magnitude().positive_pow(exponent);
                size.hull(-size)
            }
            _ if self.hi < 0.0 || (self.hi == 0.0 && exponent.hi < 0.0) => Self::WHOLE,
            _ => self.positive_pow(exponent),
        }
    }

    /// For an integer `n` that is not 0.
    fn integer_pow(&self, n: f64) -> Self {
        if n < 0.0 {
            return Self::one() / self.integer_pow(-n);
        }
        let of = |x: f64| x.powf(n);
        if n % 2.0 != 0.0 {
            widened(of(self.lo), of(self.hi), f64::NEG_INFINITY, f64::INFINITY)
        } else {
            let size = self.magnitude();
            widened(of(size.lo), of(size.hi), 0.0, f64::INFINITY)
        }
    }

    /// For a base of which some members are not negative. A power of such a base is monotone in the base for each
    /// exponent, and in the exponent for each base, so its bounds are at two of the four corners.
    fn positive_pow(&self, exponent: &Self) -> Self {
        let base = [self.lo.max(0.0), self.hi];
        let corners = base.map(|x| [exponent.lo, exponent.hi].map(|y| x.powf(y)));
        let corners = corners.as_flattened().iter().copied();
        let lo = corners.clone().fold(f64::INFINITY, f64::min);
        let hi = corners.fold(0.0, f64::max);
        widened(lo, hi, 0.0, f64::INFINITY)
    }

    /// The absolute values of its members.
    fn magnitude(self) -> Self {
        if self.lo >= 0.0 {
            self
        } else if self.hi <= 0.0 {
            -self
        } else {
            Self::bounds(0.0, self.hi.max(-self.lo))
        }
    }
}
