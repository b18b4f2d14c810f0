//! An axis taken apart.

use crate::dim::{Dim, N, Product, Sum};
use crate::op::{Call, Op, Output, Recorder, Var};
use crate::program::primitives;
use crate::scalar::levels;
use crate::shape::{AxisDim, InsertAxis, Is, RemoveAxis, Shape};
use core::marker::PhantomData;
use frunk::hlist::{HCons, HNil};

/// A shape whose axis `I` is the parts `Parts`: `[D; n]`, or a tuple of dims.
#[diagnostic::on_unimplemented(
    message = "cannot split `{I}` of the shape `{Self}` into the parts `{Parts}`",
    label = "expected `[D; n]` or `(D, E)`: 2 to 8 parts, which are the whole axis",
    note = "docs/errors.md#j04"
)]
pub trait SplitsInto<I, Parts>: AxisDim<I> {
    /// The shapes of the parts.
    type All: Output;
    /// Records the parts.
    fn parts(
        r: &Recorder<levels::Semiring>,
        x: Var<Self>,
    ) -> <<Self as SplitsInto<I, Parts>>::All as Output>::Vars;
}

#[diagnostic::do_not_recommend]
impl<I, Parts, S> SplitsInto<I, Parts> for S
where
    S: RemoveAxis<I>,
    Parts: PartList<S, I, Whole: Is<<S as AxisDim<I>>::Dim>>,
{
    type All = Parts::All;
    fn parts(r: &Recorder<levels::Semiring>, x: Var<S>) -> <Parts::All as Output>::Vars {
        Parts::record(r, x)
    }
}

/// Parts of the axis `I` of the shape `S`: 2 to 8, as many results as an op has.
pub trait PartList<S, I> {
    /// Their sum.
    type Whole: Dim;
    /// Their shapes.
    type All: Output;
    /// Records them, one after the other.
    fn record(r: &Recorder<levels::Semiring>, x: Var<S>) -> <Self::All as Output>::Vars;
}

/// The shape `S` with `Part` for the dim of its axis `I`.
type With<S, I, Part> = <<S as RemoveAxis<I>>::Out as InsertAxis<I, Part>>::Out;

macro_rules! parts {
    ($count:literal: $($part:literal $D:ident)*; $whole:ty) => {
        impl<I, Part: Dim, S> PartList<S, I> for [Part; $count]
        where
            S: RemoveAxis<I, Out: InsertAxis<I, Part>>,
        {
            type Whole = Product<N<$count>, Part>;
            type All = parts!(@list $({ $part With<S, I, Part> })*);
            fn record(r: &Recorder<levels::Semiring>, x: Var<S>) -> <Self::All as Output>::Vars {
                let (axis, len) = (S::AXIS, Part::SIZE);
                let part = |start| r.prim::<With<S, I, Part>>(primitives::Slice { axis, start, len }, (x,));
                ($(part($part * len),)*)
            }
        }

        impl<I, $($D: Dim,)* S> PartList<S, I> for ($($D,)*)
        where
            S: RemoveAxis<I, Out: $(InsertAxis<I, $D> +)*>,
        {
            type Whole = $whole;
            type All = parts!(@list $({ $part With<S, I, $D> })*);
            fn record(r: &Recorder<levels::Semiring>, x: Var<S>) -> <Self::All as Output>::Vars {
                let (axis, mut start) = (S::AXIS, 0);
                let mut next = |len| {
                    start += len;
                    primitives::Slice { axis, start: start - len, len }
                };
                ($(r.prim::<With<S, I, $D>>(next($D::SIZE), (x,)),)*)
            }
        }
    };
    (@list) => { HNil };
    (@list { $part:literal $first:ty } $($more:tt)*) => { HCons<$first, parts!(@list $($more)*)> };
}

// Sums from the left, as `[D + E + F]` is.
parts!(2: 0 A 1 B; Sum<A, B>);
parts!(3: 0 A 1 B 2 C; Sum<Sum<A, B>, C>);
parts!(4: 0 A 1 B 2 C 3 D; Sum<Sum<Sum<A, B>, C>, D>);
parts!(5: 0 A 1 B 2 C 3 D 4 E; Sum<Sum<Sum<Sum<A, B>, C>, D>, E>);
parts!(6: 0 A 1 B 2 C 3 D 4 E 5 F; Sum<Sum<Sum<Sum<Sum<A, B>, C>, D>, E>, F>);
parts!(7: 0 A 1 B 2 C 3 D 4 E 5 F 6 G; Sum<Sum<Sum<Sum<Sum<Sum<A, B>, C>, D>, E>, F>, G>);
parts!(8: 0 A 1 B 2 C 3 D 4 E 5 F 6 G 7 H; Sum<Sum<Sum<Sum<Sum<Sum<Sum<A, B>, C>, D>, E>, F>, G>, H>);

/// The op of [`split`]: the axis `I`, into `Parts`.
#[derive(Clone, Copy, Debug)]
pub struct Split<I, Parts>(PhantomData<(I, Parts)>);

/// The parts of `x` along an axis, in order: `[.., 3 * D, ..]` is three of `[.., D, ..]`.
///
/// `[D; 3]` is three parts of `D`, and `(D, E)` a part of `D` and one of `E`: 2 to 8, which are the whole axis. The dim of a
/// part is said, as in PyTorch, since rustc takes no dim apart that is generic. JVP: the parts of `dx`; VJP: those of `dy`,
/// joined.
///
/// ```
/// use cotangent::prelude::*;
/// graph! {
///     /// Queries, keys and values by one product.
///     fn projections<B: Dim, T: Dim, D: Dim>(x: [B, T, D], w: [D, 3 * D]) -> ([B, T, D], [B, T, D], [B, T, D]) {
///         let (q, k, v) = split(einsum!("btd,de->bte", x, w), 2, [D; 3]);
///         (q, k, v)
///     }
/// }
/// let x = tlist![Tensor::from([[[1.0], [2.0]]]), Tensor::from([[1.0, 10.0, 100.0]])];
/// let (q, k, v) = projections::<f64, N<1>, N<2>, N<1>>().value(&x, ());
/// assert_eq!(q, Tensor::from([[[1.0], [2.0]]]));
/// assert_eq!(k, Tensor::from([[[10.0], [20.0]]]));
/// assert_eq!(v, Tensor::from([[[100.0], [200.0]]]));
/// ```
///
/// Parts that are not equal:
///
/// ```
/// use cotangent::prelude::*;
/// graph! {
///     /// The first entry of each row, and the others.
///     fn head_and_tail<B: Dim, D: Dim>(x: [B, 1 + D]) -> ([B, 1], [B, D]) {
///         let (head, tail) = split(x, 1, (1, D));
///         (head, tail)
///     }
/// }
/// let x = tlist![Tensor::from([[1.0, 2.0, 3.0]])];
/// let (head, tail) = head_and_tail::<f64, N<1>, N<2>>().value(&x, ());
/// assert_eq!((head, tail), (Tensor::from([[1.0]]), Tensor::from([[2.0, 3.0]])));
/// ```
pub fn split<I, Parts, S: Shape>(
    x: Var<S>,
    _axis: I,
    _parts: Parts,
) -> Call<Split<I, Parts>, (Var<S>,)> {
    Call::new(Split(PhantomData), (x,))
}

impl<I, Parts, S> Op<(S,)> for Split<I, Parts>
where
    I: Send + Sync + Clone + 'static,
    Parts: Send + Sync + Clone + 'static,
    S: SplitsInto<I, Parts>,
{
    type Out = S::All;
    type Level = levels::Semiring;
    const NAME: &'static str = "split";

    fn forward(&self, r: &Recorder<levels::Semiring>, (x,): (Var<S>,)) -> <S::All as Output>::Vars {
        S::parts(r, x)
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        split:
        small(|x: [4]| {
            let (a, b) = split(x, 0, [2; 2]);
            a * b
        });
        small(|x: [9, 5]| {
            let (a, b, c) = split(x, 0, [3; 3]);
            a * b + c
        });
        middle(|x: [3, 4, 20]| {
            let (a, b, c, d) = split(x, 2, [5; 4]);
            a * b + c * d
        });
    }

    law_tests! {
        split_unequally:
        small(|x: [5]| {
            let (a, b) = split(x, 0, (2, 3));
            sum(a) * b
        });
        small(|x: [9, 4]| {
            let (a, b, c) = split(x, 0, (1, 7, 1));
            sum_axis(b, 0) * sum_axis(a * c, 0)
        });
        middle(|x: [3, 4, 14]| {
            let (a, b, c, d) = split(x, 2, (5, 2, 5, 2));
            sum(b * d) * (a * c)
        });
    }

    /// Each part has its own entries, in order: the digits of a number.
    #[test]
    fn eight_parts() {
        let number = graph!(|x: [8]| {
            let (a, b, c, d, e, f, g, h) = split(x, 0, [1; 8]);
            ((((((a * 10 + b) * 10 + c) * 10 + d) * 10 + e) * 10 + f) * 10 + g) * 10 + h
        });
        let x = Tensor::from([1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0]);
        let y = number.value(&x, ());
        assert_eq!(y, Tensor::from([12_345_678.0]));
    }

    #[test]
    fn eight_unequal_parts() {
        let g = graph!(|x: [10]| {
            let (a, b, c, d, e, f, g, h) = split(x, 0, (1, 1, 1, 2, 1, 1, 0, 3));
            let first = (((a * 10 + b) * 10 + c) * 10 + sum(d)) * 10;
            ((first + e) * 10 + f) * 10 + sum(h) + sum(g)
        });
        let x: Tensor<f64, shape![10]> = Tensor::from_fn(|[i]| if i < 7 { i as f64 } else { 1.0 });
        assert_eq!(g.value(&x, ()), Tensor::from([127_563.0]));
    }
}
