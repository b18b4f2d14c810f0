//! The error function.

use super::function::{Domain, Function, RealFunction, Relation};
use super::unary::Unary;
use crate::scalar::interval::{Interval, widened};

pub(crate) struct Erf;

impl Function for Erf {
    const NAME: &'static str = "erf";
    const DOMAIN: Domain = Domain::All;
    fn at_integer(n: i64) -> Option<i64> {
        (n == 0).then_some(0)
    }
}

impl RealFunction for Erf {
    const UNARY: Unary = Unary::Erf;
    const RELATION: Relation = Relation::Opaque;
    fn single(x: f32) -> f32 {
        libm::erff(x)
    }
    fn double(x: f64) -> f64 {
        libm::erf(x)
    }
    fn bounds(x: Interval) -> Interval {
        widened(libm::erf(x.lo()), libm::erf(x.hi()), -1.0, 1.0)
    }
}
