//! The operators of a field.

use super::function::{Domain, Function, Sign, map, zip};
use crate::scalar::tower::{Field, Ring, Semiring};

pub(crate) struct Stop;

impl Function for Stop {
    const NAME: &'static str = "stop";
    const DOMAIN: Domain = Domain::All;
    fn at_integer(n: i64) -> Option<i64> {
        Some(n)
    }
}

impl Stop {
    pub(crate) fn kernel<A: Semiring>(x: &[A]) -> Option<Vec<A>> {
        Some(x.to_vec())
    }
}

pub(crate) struct Neg;

impl Function for Neg {
    const NAME: &'static str = "neg";
    const DOMAIN: Domain = Domain::All;
    fn at_integer(n: i64) -> Option<i64> {
        n.checked_neg()
    }
}

impl Neg {
    pub(crate) fn kernel<A: Ring>(x: &[A]) -> Option<Vec<A>> {
        map(x, |x| -x.clone())
    }
}

pub(crate) struct Recip;

impl Function for Recip {
    const NAME: &'static str = "recip";
    const DOMAIN: Domain = Domain::NotZero;
    fn at_integer(n: i64) -> Option<i64> {
        matches!(n, 1 | -1).then_some(n)
    }
    fn sign(x: Sign) -> Sign {
        match x {
            Sign::NotNegative | Sign::Positive => Sign::Positive,
            Sign::Unknown => Sign::Unknown,
        }
    }
}

impl Recip {
    pub(crate) fn kernel<A: Field>(x: &[A]) -> Option<Vec<A>> {
        map(x, |x| A::one() / x.clone())
    }
}

pub(crate) struct Add;

impl Add {
    pub(crate) const NAME: &'static str = "add";
    pub(crate) fn kernel<A: Semiring>([x, y]: [&[A]; 2]) -> Option<Vec<A>> {
        zip(x, y, |x, y| x.clone() + y.clone())
    }
}

pub(crate) struct Mul;

impl Mul {
    pub(crate) const NAME: &'static str = "mul";
    pub(crate) fn kernel<A: Semiring>([x, y]: [&[A]; 2]) -> Option<Vec<A>> {
        zip(x, y, |x, y| x.clone() * y.clone())
    }
}

pub(crate) struct Sub;

impl Sub {
    pub(crate) const NAME: &'static str = "sub";
    pub(crate) fn kernel<A: Ring>([x, y]: [&[A]; 2]) -> Option<Vec<A>> {
        zip(x, y, |x, y| x.clone() - y.clone())
    }
}

pub(crate) struct Div;

impl Div {
    pub(crate) const NAME: &'static str = "div";
    pub(crate) fn kernel<A: Field>([x, y]: [&[A]; 2]) -> Option<Vec<A>> {
        zip(x, y, |x, y| x.clone() / y.clone())
    }
}
