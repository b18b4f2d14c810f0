//! Numbers of any size: exact rationals, and the naturals as the plainest semiring.

use super::{
    Field, Kernels, Literal, OrderedField, OrderedFieldScalar, Ring, Semiring, SemiringScalar,
};
use num_bigint::{BigInt, BigUint};
use num_rational::BigRational;
use num_traits::Zero;

/// Exact rationals of any size: an ordered field. Every law of this crate holds over them to the letter.
#[diagnostic::do_not_recommend]
impl Semiring for BigRational {
    const EXACT: bool = true;
    #[inline(never)] // the table is made in this crate
    fn kernels() -> &'static dyn Kernels<Self> {
        &OrderedFieldScalar
    }
}
#[diagnostic::do_not_recommend]
impl Ring for BigRational {}
#[diagnostic::do_not_recommend]
impl Field for BigRational {
    fn from_literal(literal: Literal) -> Self {
        match literal {
            // Infinities and NaN are not rational numbers; zero is what is left, as documented at `Literal`.
            Literal::Ratio(_, 0) => Self::zero(),
            Literal::Ratio(n, d) => BigRational::new(BigInt::from(n), BigInt::from(d)),
            Literal::Real(value) => BigRational::from_float(value).unwrap_or_else(Self::zero),
        }
    }
    fn is_divisor(&self) -> bool {
        !self.is_zero()
    }
}
#[diagnostic::do_not_recommend]
impl OrderedField for BigRational {}

/// Natural numbers of any size: a semiring, and no more.
#[diagnostic::do_not_recommend]
impl Semiring for BigUint {
    const EXACT: bool = true;
    #[inline(never)] // the table is made in this crate
    fn kernels() -> &'static dyn Kernels<Self> {
        &SemiringScalar
    }
}
