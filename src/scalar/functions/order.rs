//! What the order of a field gives.

use super::function::{Domain, Function, Sign, map, zip};
use crate::scalar::tower::OrderedField;

pub(crate) struct Relu;

impl Function for Relu {
    const NAME: &'static str = "relu";
    const DOMAIN: Domain = Domain::All;
    fn at_integer(n: i64) -> Option<i64> {
        Some(n.max(0))
    }
    fn sign(x: Sign) -> Sign {
        x.max(Sign::NotNegative)
    }
}

impl Relu {
    pub(crate) fn kernel<A: OrderedField>(x: &[A]) -> Option<Vec<A>> {
        map(x, A::relu)
    }
}

pub(crate) struct Step;

impl Function for Step {
    const NAME: &'static str = "step";
    const DOMAIN: Domain = Domain::All;
    fn at_integer(n: i64) -> Option<i64> {
        Some(i64::from(n > 0))
    }
    fn sign(_x: Sign) -> Sign {
        Sign::NotNegative
    }
}

impl Step {
    pub(crate) fn kernel<A: OrderedField>(x: &[A]) -> Option<Vec<A>> {
        map(x, A::step)
    }
}

pub(crate) struct Max;

impl Max {
    pub(crate) const NAME: &'static str = "max";
    pub(crate) fn kernel<A: OrderedField>([x, y]: [&[A]; 2]) -> Option<Vec<A>> {
        zip(x, y, |x, y| A::largest(x, &[y]))
    }
}
