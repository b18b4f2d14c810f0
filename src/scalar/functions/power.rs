//! Powers to real exponents.

use super::function::zip;
use crate::scalar::tower::Real;

pub(crate) struct Pow;

impl Pow {
    pub(crate) const NAME: &'static str = "pow";
    pub(crate) fn kernel<A: Real>([x, y]: [&[A]; 2]) -> Option<Vec<A>> {
        zip(x, y, A::pow)
    }
}
