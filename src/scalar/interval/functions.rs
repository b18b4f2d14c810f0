//! Functions on intervals. All but powers, sines and cosines are monotone, so their bounds are at the bounds of the argument.

use super::Interval;
use super::rounding::{div_down, div_up, sqrt_down, sqrt_up};
use crate::scalar::{Real, Unary};
use num_traits::{One, Zero};

/// How many doubles a result of a function such as `exp` is moved outward.
///
/// Rust does not say how exact they are. The assumption is an error below 2 units in the last place, which the usual C
/// libraries keep. A step below a power of two is half a unit, so 8 steps are at least 4 units.
const STEPS: usize = 8;

fn down(x: f64) -> f64 {
    (0..STEPS).fold(x, |x, _| x.next_down())
}

fn up(x: f64) -> f64 {
    (0..STEPS).fold(x, |x, _| x.next_up())
}

impl Interval {
    /// The value at a point that is an integer, where that is an integer.
    fn at_integer(self, f: Unary) -> Option<Self> {
        let x = self.point()?;
        // The cast saturates, and then is not equal.
        let n = x as i32;
        let value = f.at_integer(n.into()).filter(|_| f64::from(n) == x)?;
        Some(Self::integer(value.into()))
    }

    /// From the values of a function at both bounds, within its range `[least, greatest]`.
    fn widened(lo: f64, hi: f64, least: f64, greatest: f64) -> Self {
        // The true values lie in the range, so its ends are bounds wherever the steps go past them.
        Self::bounds(
            down(lo).clamp(least, greatest),
            up(hi).clamp(least, greatest),
        )
    }

    /// `max(x, 0)`.
    #[must_use]
    pub fn relu(&self) -> Self {
        Self::bounds(self.lo.max(0.0), self.hi.max(0.0))
    }

    /// 1 where `x > 0`, else 0; from 0 to 1 where that is undecided.
    #[must_use]
    pub fn step(&self) -> Self {
        let step = |x: f64| if x > 0.0 { 1.0 } else { 0.0 };
        Self::bounds(step(self.lo), step(self.hi))
    }

    /// The largest of one or more: both bounds are the largest of theirs.
    #[must_use]
    pub fn largest(first: &Self, rest: &[&Self]) -> Self {
        rest.iter()
            .fold(*first, |x, y| Self::bounds(x.lo.max(y.lo), x.hi.max(y.hi)))
    }

    /// `x` where `c > 0`, else `y`; the hull of both where that is undecided.
    #[must_use]
    pub fn select(c: &Self, x: &Self, y: &Self) -> Self {
        if c.lo > 0.0 {
            *x
        } else if c.hi <= 0.0 {
            *y
        } else {
            x.hull(*y)
        }
    }

    /// The square root of the members that have one; [`Interval::WHOLE`] if none has.
    #[must_use]
    pub fn sqrt(&self) -> Self {
        if self.hi < 0.0 {
            return Self::WHOLE;
        }
        Self::bounds(sqrt_down(self.lo.max(0.0)), sqrt_up(self.hi))
    }

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
            Self::widened(of(self.lo), of(self.hi), f64::NEG_INFINITY, f64::INFINITY)
        } else {
            let size = self.magnitude();
            Self::widened(of(size.lo), of(size.hi), 0.0, f64::INFINITY)
        }
    }

    //// For a base of which some members are not negative. A power of such a base is monotone in the base for each
    /// exponent, and in the exponent for each base, so its bounds are at two of the four corners.
    fn positive_pow(&self, exponent: &Self) -> Self {
        let base = [self.lo.max(0.0), self.hi];
        let corners = base.map(|x| [exponent.lo, exponent.hi].map(|y| x.powf(y)));
        let corners = corners.as_flattened().iter().copied();
        let lo = corners.clone().fold(f64::INFINITY, f64::min);
        let hi = corners.fold(0.0, f64::max);
        Self::widened(lo, hi, 0.0, f64::INFINITY)
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

/// `exp`, `log`, `tanh` and their relatives of the standard library, and `erf` of libm, widened by 8 doubles on both
/// sides. That contains the true result as long as their error is below 4 units in the last place; it is below 2 in the
/// usual C libraries.
#[diagnostic::do_not_recommend]
impl Real for Interval {
    fn exp(&self) -> Self {
        if self.is_zero() {
            return Self::one();
        }
        Self::widened(self.lo.exp(), self.hi.exp(), 0.0, f64::INFINITY)
    }
    /// Of the members that have a logarithm; [`Interval::WHOLE`] if none has.
    fn log(&self) -> Self {
        if self.is_one() {
            return Self::zero();
        }
        if self.hi <= 0.0 {
            return Self::WHOLE;
        }
        let lo = self.lo.max(0.0).ln();
        Self::widened(lo, self.hi.ln(), f64::NEG_INFINITY, f64::INFINITY)
    }
    fn tanh(&self) -> Self {
        if self.is_zero() {
            return *self;
        }
        Self::widened(self.lo.tanh(), self.hi.tanh(), -1.0, 1.0)
    }
    fn sigmoid(&self) -> Self {
        let sigmoid = Self::one() / (Self::one() + (-*self).exp());
        Self::bounds(sigmoid.lo.clamp(0.0, 1.0), sigmoid.hi.clamp(0.0, 1.0))
    }
    fn sqrt(&self) -> Self {
        Interval::sqrt(self)
    }
    fn pow(&self, exponent: &Self) -> Self {
        Interval::pow(self, exponent)
    }
    fn function(&self, f: Unary) -> Option<Self> {
        if let Some(value) = self.at_integer(f) {
            return Some(value);
        }
        let (lo, hi) = (self.lo, self.hi);
        Some(match f {
            Unary::Rsqrt => rsqrt(*self),
            Unary::Expm1 => Self::widened(lo.exp_m1(), hi.exp_m1(), -1.0, f64::INFINITY),
            // Of the members that have one.
            Unary::Log1p if hi <= -1.0 => Self::WHOLE,
            Unary::Log1p => {
                let lo = lo.max(-1.0).ln_1p();
                Self::widened(lo, hi.ln_1p(), f64::NEG_INFINITY, f64::INFINITY)
            }
            Unary::Sin => wave(*self, f64::sin, f64::cos),
            Unary::Cos => wave(*self, f64::cos, |x| -x.sin()),
            Unary::Erf => Self::widened(libm::erf(lo), libm::erf(hi), -1.0, 1.0),
            // These have methods.
            Unary::Stop
            | Unary::Neg
            | Unary::Recip
            | Unary::Relu
            | Unary::Step
            | Unary::Exp
            | Unary::Log
            | Unary::Tanh
            | Unary::Sigmoid
            | Unary::Sqrt => return None,
        })
    }
}

/// `1 / √x` of the members that have one; [`Interval::WHOLE`] if none has.
fn rsqrt(x: Interval) -> Interval {
    if x.hi <= 0.0 {
        return Interval::WHOLE;
    }
    let hi = match x.lo > 0.0 {
        true => div_up(1.0, sqrt_down(x.lo)),
        false => f64::INFINITY,
    };
    Interval::bounds(div_down(1.0, sqrt_up(x.hi)), hi)
}

/// A sine or a cosine, from its derivative.
///
/// The derivative has its zeros a multiple of π apart, so an interval narrower than π has at most one, and the signs at
/// its bounds say whether a greatest or a least value lies within. A wider one is cut in two.
fn wave(x: Interval, f: fn(f64) -> f64, derivative: fn(f64) -> f64) -> Interval {
    const BELOW_PI: f64 = 3.125;
    let all = Interval { lo: -1.0, hi: 1.0 };
    if x.width() > 2.0 * BELOW_PI {
        return all;
    }
    if x.width() > BELOW_PI {
        let middle = x.midpoint();
        let halves = [(x.lo, middle), (middle, x.hi)].map(|(lo, hi)| Interval::bounds(lo, hi));
        // Doubles may be so far apart that a half is hardly narrower.
        return match halves.iter().all(|half| half.width() <= BELOW_PI) {
            true => wave(halves[0], f, derivative).hull(wave(halves[1], f, derivative)),
            false => all,
        };
    }
    let (a, b) = (f(x.lo), f(x.hi));
    let mut bounds = Interval::widened(a.min(b), a.max(b), -1.0, 1.0);
    // Among doubles only 0 is a zero of a sine or a cosine; of the derivative it is one at a bound, and not within.
    let (left, right) = (derivative(x.lo), derivative(x.hi));
    if left > 0.0 && right < 0.0 {
        bounds.hi = 1.0;
    }
    if left < 0.0 && right > 0.0 {
        bounds.lo = -1.0;
    }
    bounds
}
