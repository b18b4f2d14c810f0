//! The hyperbolic tangent, and the sigmoid, which is one.

use super::exponential::Exp;
use super::function::{Domain, Function, RealFunction, Relation, Sign, floats, map};
use super::unary::Unary;
use crate::scalar::interval::{Interval, widened};
use crate::scalar::tower::Real;
use num_traits::One;

pub(crate) struct Tanh;

impl Function for Tanh {
    const NAME: &'static str = "tanh";
    const DOMAIN: Domain = Domain::All;
    fn at_integer(n: i64) -> Option<i64> {
        (n == 0).then_some(0)
    }
}

impl RealFunction for Tanh {
    const UNARY: Unary = Unary::Tanh;
    const RELATION: Relation = Relation::Opaque;
    floats!(|x| x.tanh());
    fn bounds(x: Interval) -> Interval {
        widened(x.lo().tanh(), x.hi().tanh(), -1.0, 1.0)
    }
    fn kernel<A: Real>(x: &[A]) -> Option<Vec<A>> {
        map(x, A::tanh)
    }
}

pub(crate) struct Sigmoid;

impl Function for Sigmoid {
    const NAME: &'static str = "sigmoid";
    const DOMAIN: Domain = Domain::All;
    fn at_integer(_n: i64) -> Option<i64> {
        None
    }
    fn sign(_x: Sign) -> Sign {
        Sign::Positive
    }
}

impl RealFunction for Sigmoid {
    const UNARY: Unary = Unary::Sigmoid;
    const RELATION: Relation = Relation::Opaque;
    // exp of a number that is not positive cannot overflow.
    floats!(|x| if x >= 0.0 {
        1.0 / (1.0 + (-x).exp())
    } else {
        let e = x.exp();
        e / (1.0 + e)
    });
    fn bounds(x: Interval) -> Interval {
        let sigmoid = Interval::one() / (Interval::one() + Exp::enclosure(-x));
        sigmoid.clamped(0.0, 1.0)
    }
    fn kernel<A: Real>(x: &[A]) -> Option<Vec<A>> {
        map(x, A::sigmoid)
    }
}
