//! An axis taken apart into equal parts.

use crate::dim::{Dim, N, Product};
use crate::op::{Call, Op, Output, Recorder, Var};
use crate::program::primitives;
use crate::scalar::levels;
use crate::shape::{Axis, AxisDim, If, InsertAxis, Is, RemoveAxis, Shape};
use core::marker::PhantomData;
use frunk::hlist::{HCons, HNil};

/// A shape whose axis `I` is `Count` parts of `Part`.
#[diagnostic::on_unimplemented(
    message = "cannot split `{I}` of the shape `{Self}` into `{Count}` parts of `{Part}`",
    label = "expected an axis of that many times that size, and 2 to 8 parts",
    note = "docs/errors.md#j04"
)]
pub trait SplitsInto<I, Count, Part>: AxisDim<I> {
    /// The shape of a part.
    type One: Shape;
    /// As many of it.
    type All: Several<Self::One>;
}

#[diagnostic::do_not_recommend]
impl<I, Count: PartCount, Part: Dim, S> SplitsInto<I, Count, Part> for S
where
    S: RemoveAxis<I, Out: InsertAxis<I, Part>>,
    Product<Count, Part>: Is<<S as AxisDim<I>>::Dim>,
{
    type One = <S::Out as InsertAxis<I, Part>>::Out;
    type All = Count::Of<Self::One>;
}

/// A number of parts: 2 to 8, as many results as an op has.
pub trait PartCount: Dim {
    /// So many results of one shape.
    type Of<S: Shape>: Several<S>;
}

/// Several results of one shape.
pub trait Several<S: Shape>: Output {
    /// Each from its number.
    fn each(part: impl FnMut(usize) -> Var<S>) -> Self::Vars;
}

macro_rules! several {
    ($count:literal: $($part:literal)*) => {
        impl PartCount for N<$count> {
            type Of<S: Shape> = several!(@list $($part)*);
        }
        impl<S: Shape> Several<S> for several!(@list $($part)*) {
            fn each(mut part: impl FnMut(usize) -> Var<S>) -> Self::Vars {
                ($(part($part),)*)
            }
        }
    };
    (@list) => { HNil };
    (@list $first:literal $($more:literal)*) => { HCons<S, several!(@list $($more)*)> };
}

several!(2: 0 1);
several!(3: 0 1 2);
several!(4: 0 1 2 3);
several!(5: 0 1 2 3 4);
several!(6: 0 1 2 3 4 5);
several!(7: 0 1 2 3 4 5 6);
several!(8: 0 1 2 3 4 5 6 7);

/// The op of [`split`]: the axis `I`, into `Count` parts of `Part`.
#[derive(Clone, Copy, Debug)]
pub struct Split<I, Count, Part>(PhantomData<(I, Count, Part)>);

/// The parts of `x` along an axis, equally large and in order: `[.., 3 * D, ..]` is three of `[.., D, ..]`.
///
/// The dim of a part is said, since rustc takes no dim apart that is generic. There are 2 to 8 parts.
/// JVP: the parts of `dx`; VJP: those of `dy`, joined.
///
/// ```
/// use cotangent::prelude::*;
/// graph! {
///     /// Queries, keys and values by one product.
///     fn projections<B: Dim, T: Dim, D: Dim>(x: [B, T, D], w: [D, 3 * D]) -> ([B, T, D], [B, T, D], [B, T, D]) {
///         let (q, k, v) = split(einsum!("btd,de->bte", x, w), 2, 3, { D });
///         (q, k, v)
///     }
/// }
/// let x = tlist![Tensor::from([[[1.0], [2.0]]]), Tensor::from([[1.0, 10.0, 100.0]])];
/// let (q, k, v) = projections::<f64, N<1>, N<2>, N<1>>().value(&x, ());
/// assert_eq!(q, Tensor::from([[[1.0], [2.0]]]));
/// assert_eq!(k, Tensor::from([[[10.0], [20.0]]]));
/// assert_eq!(v, Tensor::from([[[100.0], [200.0]]]));
/// ```
pub fn split<const I: usize, Count: Dim, Part: Dim, S: Shape>(
    x: Var<S>,
    _axis: Axis<I>,
    _count: Count,
    _part: Part,
) -> Call<Split<Axis<I>, Count, Part>, (Var<S>,)> {
    Call::new(Split(PhantomData), (x,))
}

impl<I, Count: Dim, Part: Dim, S> Op<(S,)> for Split<I, Count, Part>
where
    I: Send + Sync + Clone + 'static,
    S: SplitsInto<I, Count, Part>,
{
    type Out = If<S::One, S::All>;
    type Level = levels::Semiring;
    const NAME: &'static str = "split";

    fn forward(&self, r: &Recorder<levels::Semiring>, x: (Var<S>,)) -> <Self::Out as Output>::Vars {
        let (axis, len) = (S::AXIS, Part::SIZE);
        S::All::each(|part| {
            let start = part * len;
            r.prim(primitives::Slice { axis, start, len }, x)
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        split:
        small(|x: [4]| {
            let (a, b) = split(x, 0, 2, 2);
            a * b
        });
        small(|x: [9, 5]| {
            let (a, b, c) = split(x, 0, 3, 3);
            a * b + c
        });
        middle(|x: [3, 4, 20]| {
            let (a, b, c, d) = split(x, 2, 4, 5);
            a * b + c * d
        });
    }

    /// Each part has its own entries, in order: the digits of a number.
    #[test]
    fn eight_parts() {
        let number = graph!(|x: [8]| {
            let (a, b, c, d, e, f, g, h) = split(x, 0, 8, 1);
            ((((((a * 10 + b) * 10 + c) * 10 + d) * 10 + e) * 10 + f) * 10 + g) * 10 + h
        });
        let x = Tensor::from([1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0]);
        let y = number.value(&x, ());
        assert_eq!(y, Tensor::from([12_345_678.0]));
    }
}
