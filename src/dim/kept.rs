//! A dim of 1 that stands where another was.

use super::number::{Dim, Natural};
use core::marker::PhantomData;

/// 1, in the place of `D`: what [`Keep`](crate::shape::Keep) leaves of an axis. Only there is a dim of 1 repeated.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [2, 3]| mean_axis(x, keep(1)));
/// let y: Tensor<f64, (N<2>, Kept<N<3>>)> = g.value(&Tensor::ones(), ());
/// assert_eq!(y.dims(), [2, 1]);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Kept<D>(PhantomData<D>);

#[diagnostic::do_not_recommend]
impl<D: Dim> Dim for Kept<D> {
    const SIZE: usize = 1;
    type Nat = typenum::U1;
    type Exact = Self::Nat;
    type Times<E: Dim> = E::TimesNumber<Self>;
    type Plus<E: Dim> = E::PlusNumber<Self>;
    type TimesNumber<L: Dim> = <<L::Nat as Natural>::Times<Self::Nat> as Natural>::Dim;
    type PlusNumber<L: Dim> = <<L::Nat as Natural>::Plus<Self::Nat> as Natural>::Dim;
}
