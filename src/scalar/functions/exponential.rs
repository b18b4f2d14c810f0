//! The exponential, the logarithm, both near 1, and the softplus.

use super::function::{Domain, Function, RealFunction, Relation, Sign, floats, map};
use super::unary::Unary;
use crate::scalar::interval::{Interval, widened};
use crate::scalar::tower::Real;

pub(crate) struct Exp;

impl Function for Exp {
    const NAME: &'static str = "exp";
    const DOMAIN: Domain = Domain::All;
    fn at_integer(n: i64) -> Option<i64> {
        (n == 0).then_some(1)
    }
    fn sign(_x: Sign) -> Sign {
        Sign::Positive
    }
}

impl RealFunction for Exp {
    const UNARY: Unary = Unary::Exp;
    const RELATION: Relation = Relation::Exponential;
    floats!(|x| x.exp());
    fn bounds(x: Interval) -> Interval {
        widened(x.lo().exp(), x.hi().exp(), 0.0, f64::INFINITY)
    }
    fn kernel<A: Real>(x: &[A]) -> Option<Vec<A>> {
        map(x, A::exp)
    }
}

pub(crate) struct Log;

impl Function for Log {
    const NAME: &'static str = "log";
    const DOMAIN: Domain = Domain::Positive;
    fn at_integer(n: i64) -> Option<i64> {
        (n == 1).then_some(0)
    }
}

impl RealFunction for Log {
    const UNARY: Unary = Unary::Log;
    const RELATION: Relation = Relation::Logarithm;
    floats!(|x| x.ln());
    fn bounds(x: Interval) -> Interval {
        let lo = x.lo().max(0.0).ln();
        widened(lo, x.hi().ln(), f64::NEG_INFINITY, f64::INFINITY)
    }
    fn kernel<A: Real>(x: &[A]) -> Option<Vec<A>> {
        map(x, A::log)
    }
}

pub(crate) struct Expm1;

impl Function for Expm1 {
    const NAME: &'static str = "expm1";
    const DOMAIN: Domain = Domain::All;
    fn at_integer(n: i64) -> Option<i64> {
        (n == 0).then_some(0)
    }
}

impl RealFunction for Expm1 {
    const UNARY: Unary = Unary::Expm1;
    const RELATION: Relation = Relation::Opaque;
    floats!(|x| x.exp_m1());
    fn bounds(x: Interval) -> Interval {
        widened(x.lo().exp_m1(), x.hi().exp_m1(), -1.0, f64::INFINITY)
    }
}

pub(crate) struct Log1p;

impl Function for Log1p {
    const NAME: &'static str = "log1p";
    const DOMAIN: Domain = Domain::AboveMinusOne;
    fn at_integer(n: i64) -> Option<i64> {
        (n == 0).then_some(0)
    }
}

impl RealFunction for Log1p {
    const UNARY: Unary = Unary::Log1p;
    const RELATION: Relation = Relation::Opaque;
    floats!(|x| x.ln_1p());
    fn bounds(x: Interval) -> Interval {
        let lo = x.lo().max(-1.0).ln_1p();
        widened(lo, x.hi().ln_1p(), f64::NEG_INFINITY, f64::INFINITY)
    }
}

pub(crate) struct Softplus;

impl Function for Softplus {
    const NAME: &'static str = "softplus";
    const DOMAIN: Domain = Domain::All;
    fn at_integer(_n: i64) -> Option<i64> {
        None
    }
    fn sign(_x: Sign) -> Sign {
        Sign::Positive
    }
}

impl RealFunction for Softplus {
    const UNARY: Unary = Unary::Softplus;
    const RELATION: Relation = Relation::Opaque;
    // exp of a number that is not positive cannot overflow.
    floats!(|x| if x > 0.0 {
        x + (-x).exp().ln_1p()
    } else {
        x.exp().ln_1p()
    });
    fn bounds(x: Interval) -> Interval {
        // It increases, so the ends are enough. An end that is infinite is none of an interval by itself.
        let at = |x: f64| {
            let e = Exp::enclosure(Interval::bounds(-x.abs(), -x.abs()));
            Interval::bounds(x.max(0.0), x.max(0.0)) + Log1p::enclosure(e)
        };
        let lo = match x.lo().is_finite() {
            true => at(x.lo()).lo(),
            false => 0.0,
        };
        let hi = match x.hi().is_finite() {
            true => at(x.hi()).hi(),
            false => f64::INFINITY,
        };
        Interval::bounds(lo, hi).clamped(0.0, f64::INFINITY)
    }
}
