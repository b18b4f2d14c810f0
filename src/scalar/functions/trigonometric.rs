//! The sine, the cosine and the arctangent.

use super::function::{Domain, Function, RealFunction, Relation, floats};
use super::unary::Unary;
use crate::scalar::interval::{Interval, widened};

pub(crate) struct Sin;

impl Function for Sin {
    const NAME: &'static str = "sin";
    const DOMAIN: Domain = Domain::All;
    fn at_integer(n: i64) -> Option<i64> {
        (n == 0).then_some(0)
    }
}

impl RealFunction for Sin {
    const UNARY: Unary = Unary::Sin;
    const RELATION: Relation = Relation::Opaque;
    floats!(|x| x.sin());
    fn bounds(x: Interval) -> Interval {
        wave(x, f64::sin, f64::cos)
    }
}

pub(crate) struct Cos;

impl Function for Cos {
    const NAME: &'static str = "cos";
    const DOMAIN: Domain = Domain::All;
    fn at_integer(n: i64) -> Option<i64> {
        (n == 0).then_some(1)
    }
}

impl RealFunction for Cos {
    const UNARY: Unary = Unary::Cos;
    const RELATION: Relation = Relation::Opaque;
    floats!(|x| x.cos());
    fn bounds(x: Interval) -> Interval {
        wave(x, f64::cos, |x| -x.sin())
    }
}

pub(crate) struct Atan;

impl Function for Atan {
    const NAME: &'static str = "atan";
    const DOMAIN: Domain = Domain::All;
    fn at_integer(n: i64) -> Option<i64> {
        (n == 0).then_some(0)
    }
}

impl RealFunction for Atan {
    const UNARY: Unary = Unary::Atan;
    const RELATION: Relation = Relation::Opaque;
    floats!(|x| x.atan());
    fn bounds(x: Interval) -> Interval {
        // The double nearest to π/2 is below it.
        let limit = core::f64::consts::FRAC_PI_2.next_up();
        widened(x.lo().atan(), x.hi().atan(), -limit, limit)
    }
}

/// A sine or a cosine, from its derivative.
///
/// The derivative has its zeros a multiple of π apart, so an interval narrower than π has at most one, and the signs at
/// its bounds say whether a greatest or a least value lies within. A wider one is cut in two.
fn wave(x: Interval, f: fn(f64) -> f64, derivative: fn(f64) -> f64) -> Interval {
    const BELOW_PI: f64 = 3.125;
    let all = Interval::bounds(-1.0, 1.0);
    if x.width() > 2.0 * BELOW_PI {
        return all;
    }
    if x.width() > BELOW_PI {
        let middle = x.midpoint();
        let halves = [(x.lo(), middle), (middle, x.hi())].map(|(lo, hi)| Interval::bounds(lo, hi));
        // Doubles may be so far apart that a half is hardly narrower.
        return match halves.iter().all(|half| half.width() <= BELOW_PI) {
            true => wave(halves[0], f, derivative).hull(wave(halves[1], f, derivative)),
            false => all,
        };
    }
    let (a, b) = (f(x.lo()), f(x.hi()));
    let bounds = widened(a.min(b), a.max(b), -1.0, 1.0);
    // Among doubles only 0 is a zero of a sine or a cosine; of the derivative it is one at a bound, and not within.
    let (left, right) = (derivative(x.lo()), derivative(x.hi()));
    let hi = if left > 0.0 && right < 0.0 {
        1.0
    } else {
        bounds.hi()
    };
    let lo = if left < 0.0 && right > 0.0 {
        -1.0
    } else {
        bounds.lo()
    };
    Interval::bounds(lo, hi)
}
