//! The largest few along an axis, and their places.

use crate::dim::{Dim, SubDim};
use crate::env::LabelsOf;
use crate::op::{Call, Discrete, Op, Output, Recorder, Var};
use crate::program::{Prim, primitives};
use crate::scalar::levels;
use crate::shape::{Axis, AxisDim, InsertAxis, RemoveAxis, Shape};
use core::marker::PhantomData;
use frunk::hlist::{HCons, HNil};

/// A shape whose axis `I` has `K` entries or more.
#[diagnostic::on_unimplemented(
    message = "the shape `{Self}` has no `{K}` entries along `{I}`",
    label = "expected an axis with as many entries: `topk(x, axis, k)`",
    note = "axes are counted from 0; of a generic dim `D` a graph says `where D - K: Dim`",
    note = "docs/errors.md#j08"
)]
pub trait HasTop<I, K: Dim>: AxisDim<I> {
    /// The shape with `K` entries there.
    type Top: Shape;
    /// The values, and labels below the dim of the axis.
    type Results: Output<Vars = (Var<Self::Top>, Discrete<LabelsOf<Self::Dim, Self::Top>>)>;
}

#[diagnostic::do_not_recommend]
impl<I, K: Dim, S> HasTop<I, K> for S
where
    S: RemoveAxis<I, Dim: SubDim<K>, Out: InsertAxis<I, K>>,
{
    type Top = <S::Out as InsertAxis<I, K>>::Out;
    type Results = HCons<Self::Top, HCons<LabelsOf<<S as AxisDim<I>>::Dim, Self::Top>, HNil>>;
}

/// The op of [`topk`]: along the axis `I`, so many as `K`.
#[derive(Clone, Copy, Debug)]
pub struct TopK<I, K>(PhantomData<(I, K)>);

/// The `k` largest entries along an axis, the largest first, and where they are: `[.., D, ..]` gives values `[.., k, ..]` and labels
/// of that shape below `D`. Any ordered field.
///
/// The axis is said before the number, as of every op here; in PyTorch it is after. Of entries that are equally large the first
/// comes first, and a NaN is larger than all, as in JAX. The compiler checks that there are so many. VJP: each cotangent to
/// the entry that has been chosen, 0 to the others; no derivative goes through the labels. Source: `jax.lax.top_k`.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [2, 4]| -> ([2, 2], [2, 2] < 4) {
///     let (values, places) = topk(x, 1, 2);
///     (values, places)
/// });
/// let x = Tensor::from([[1.0, 4.0, 2.0, 3.0], [5.0, 5.0, 8.0, 0.0]]);
/// let (values, places) = g.value(&x, ());
/// assert_eq!(values, Tensor::from([[4.0, 3.0], [8.0, 5.0]]));
/// assert_eq!(places.as_slice(), [1, 3, 2, 0]);
/// ```
pub fn topk<const I: usize, K: Dim, S: Shape>(
    x: Var<S>,
    _axis: Axis<I>,
    _k: K,
) -> Call<TopK<Axis<I>, K>, (Var<S>,)> {
    Call::new(TopK(PhantomData), (x,))
}

impl<I, K: Dim, S> Op<(S,)> for TopK<I, K>
where
    I: Send + Sync + Clone + 'static,
    S: HasTop<I, K>,
{
    type Out = S::Results;
    type Level = levels::OrderedField;
    const NAME: &'static str = "topk";

    fn forward(
        &self,
        r: &Recorder<levels::OrderedField>,
        (x,): (Var<S>,),
    ) -> (Var<S::Top>, Discrete<LabelsOf<S::Dim, S::Top>>) {
        let (axis, count, last) = (S::AXIS, K::SIZE, S::RANK - 1);
        let places = r.prim_labels(primitives::TopK { axis, count }, (x,));
        // The values are read with the axis last, where each row has its own indices.
        let mut swap: Vec<usize> = (0..S::RANK).collect();
        swap.swap(axis, last);
        let swapped = |id| r.untyped(Prim::from(primitives::Permute(swap.clone())), &[id]);
        let (batch, axis) = (last, last);
        let gather = primitives::Gather { batch, axis };
        let values = r.untyped(gather, &[swapped(x.id()), swapped(places.id())]);
        (r.typed(swapped(values)), places)
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        topk:
        small(|x: [5]| {
            let (values, _) = topk(x, 0, 3);
            values
        });
        small(|x: [4, 2]| {
            let (values, _) = topk(x, 0, 3);
            sum_axis(values, 0)
        });
        middle(|x: [3, 5, 4], t: [5]| {
            let (values, places) = topk(x, 1, 2);
            sum(values) * gather(t, places)
        });
    }

    /// Against a stable sort, with ties, infinities and NaN.
    #[test]
    fn as_a_stable_sort() {
        let (inf, nan) = (f64::INFINITY, f64::NAN);
        let rng = &mut fastrand::Rng::with_seed(7);
        let some = [-inf, -1.0, -1.0, 0.0, 2.0, 2.0, 3.0, inf, nan];
        let g = graph!(|x: [6, 5, 7]| -> ([6, 4, 7], [6, 4, 7] < 5) {
            let (values, places) = topk(x, 1, 4);
            (values, places)
        });
        for _ in 0..20 {
            let x: Tensor<f64, shape![6, 5, 7]> = Tensor::from_fn(|_| some[rng.usize(..9)]);
            let (values, places) = g.value(&x, ());
            for (i, j) in (0..6).flat_map(|i| (0..7).map(move |j| (i, j))) {
                let mut order: Vec<usize> = (0..5).collect();
                let key = |k: &usize| {
                    let x = x[[i, *k, j]];
                    if x.is_nan() { (1, 0.0) } else { (0, x) }
                };
                order.sort_by(|a, b| key(b).partial_cmp(&key(a)).expect("no NaN"));
                for (rank, &place) in order[..4].iter().enumerate() {
                    assert_eq!(places.as_slice()[(i * 4 + rank) * 7 + j], place);
                    assert_eq!(values[[i, rank, j]].to_bits(), x[[i, place, j]].to_bits());
                }
            }
        }
    }

    #[test]
    fn cotangents_go_to_what_was_chosen() {
        let g = graph!(|x: [2, 4]| {
            let (values, _) = topk(x, 1, 2);
            values
        });
        let x = Tensor::from([[1.0, 4.0, 2.0, 3.0], [5.0, 5.0, 8.0, 0.0]]);
        let (_, dx) = g.vjp(&x, (), &Tensor::from([[1.0, 2.0], [3.0, 4.0]]));
        assert_eq!(
            dx,
            Tensor::from([[0.0, 1.0, 0.0, 2.0], [4.0, 0.0, 3.0, 0.0]])
        );
    }

    graph! {
        fn best<B: Dim, C: Dim>(x: [B, C]) -> ([B, 2], [B, 2] < C)
        where
            A: OrderedField,
            C - 2: Dim,
        {
            let (values, places) = topk(x, 1, 2);
            (values, places)
        }
    }

    #[test]
    fn over_generic_dims() {
        let x = tlist![Tensor::from([[1.0, 2.0, 0.0]])];
        let (values, places) = best::<f64, N<1>, N<3>>().value(&x, ());
        assert_eq!(
            (values, places.as_slice()),
            (Tensor::from([[2.0, 1.0]]), [1, 0].as_slice())
        );
    }
}
