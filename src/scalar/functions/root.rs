//! The square root and its reciprocal.

use super::function::{Domain, Function, RealFunction, Relation, Sign, floats, map};
use super::unary::Unary;
use crate::scalar::interval::Interval;
use crate::scalar::interval::rounding::{div_down, div_up, sqrt_down, sqrt_up};
use crate::scalar::tower::Real;

pub(crate) struct Sqrt;

impl Function for Sqrt {
    const NAME: &'static str = "sqrt";
    const DOMAIN: Domain = Domain::NotNegative;
    fn at_integer(n: i64) -> Option<i64> {
        matches!(n, 0 | 1).then_some(n)
    }
    fn sign(x: Sign) -> Sign {
        x.max(Sign::NotNegative)
    }
}

impl RealFunction for Sqrt {
    const UNARY: Unary = Unary::Sqrt;
    const RELATION: Relation = Relation::Opaque;
    floats!(|x| x.sqrt());
    fn bounds(x: Interval) -> Interval {
        Interval::bounds(sqrt_down(x.lo().max(0.0)), sqrt_up(x.hi()))
    }
    fn kernel<A: Real>(x: &[A]) -> Option<Vec<A>> {
        map(x, A::sqrt)
    }
}

pub(crate) struct Rsqrt;

impl Function for Rsqrt {
    const NAME: &'static str = "rsqrt";
    const DOMAIN: Domain = Domain::Positive;
    fn at_integer(n: i64) -> Option<i64> {
        (n == 1).then_some(1)
    }
    fn sign(_x: Sign) -> Sign {
        Sign::Positive
    }
}

impl RealFunction for Rsqrt {
    const UNARY: Unary = Unary::Rsqrt;
    const RELATION: Relation = Relation::Opaque;
    floats!(|x| 1.0 / x.sqrt());
    fn bounds(x: Interval) -> Interval {
        let hi = match x.lo() > 0.0 {
            true => div_up(1.0, sqrt_down(x.lo())),
            false => f64::INFINITY,
        };
        Interval::bounds(div_down(1.0, sqrt_up(x.hi())), hi)
    }
}
