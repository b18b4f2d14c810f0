//! Sums: of all elements, along one axis, along leading axes.

use crate::op::{Call, Op, Recorder, Var};
use crate::program::{Reduction, primitives};
use crate::scalar::{Includes, ScalarLevel, levels};
use crate::shape::{HasSuffix, If, RemoveAxis, Shape};
use crate::tensor::Dims;
use core::marker::PhantomData;

/// The sum of all elements.
#[derive(Clone, Copy, Debug)]
pub struct Sum;

/// `y = Σ x`, a scalar. JVP `Σ dx`; VJP: `dy` everywhere.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [2, 2]| sum(x));
/// let (y, dx) = g.value_and_vjp(&Tensor::from([[1.0, 2.0], [3.0, 4.0]]), ());
/// assert_eq!((y.item(), dx), (10.0, Tensor::ones()));
/// ```
pub fn sum<S: Shape>(x: Var<S>) -> Call<Sum, (Var<S>,)> {
    Call::new(Sum, (x,))
}

impl<S: Shape> Op<(S,)> for Sum {
    type Out = ();
    type Level = levels::Semiring;
    const NAME: &'static str = "sum";

    fn forward(&self, r: &Recorder<levels::Semiring>, (x,): (Var<S>,)) -> Var<()> {
        r.prim(
            primitives::Reduce(Reduction::Sum, (0..S::RANK).collect()),
            (x,),
        )
    }
}

/// The sum along the axis `I`.
#[derive(Clone, Copy, Debug)]
pub struct SumAxis<I>(PhantomData<I>);

/// `y[.., ..] = Σᵢ x[.., i, ..]`: the sum along one axis, which goes. VJP: `dy` repeated along it.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [2, 3]| sum_axis(x, 1));
/// let y = g.value(&Tensor::from([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]), ());
/// assert_eq!(y, Tensor::from([6.0, 15.0]));
/// ```
pub fn sum_axis<I, S: Shape>(x: Var<S>, _axis: I) -> Call<SumAxis<I>, (Var<S>,)> {
    Call::new(SumAxis(PhantomData), (x,))
}

impl<I: Send + Sync + Clone + 'static, S: RemoveAxis<I>> Op<(S,)> for SumAxis<I> {
    type Out = S::Out;
    type Level = levels::Semiring;
    const NAME: &'static str = "sum_axis";

    fn forward(&self, r: &Recorder<levels::Semiring>, (x,): (Var<S>,)) -> Var<S::Out> {
        r.sum_along::<I, S>(x)
    }
}

/// The sum along leading axes, down to the shape `Small`.
#[derive(Clone, Copy, Debug)]
pub struct SumLeading<Small>(PhantomData<Small>);

/// `y[j..] = Σ x[i.., j..]`: the sum along the leading axes that `Small` lacks. The adjoint of `broadcast`.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [2, 3]| sum_leading::<shape![3], _>(x));
/// let y = g.value(&Tensor::from([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]), ());
/// assert_eq!(y, Tensor::from([5.0, 7.0, 9.0]));
/// ```
pub fn sum_leading<Small: Shape, S: Shape>(x: Var<S>) -> Call<SumLeading<Small>, (Var<S>,)> {
    Call::new(SumLeading(PhantomData), (x,))
}

impl<S: HasSuffix<Small>, Small: Shape> Op<(S,)> for SumLeading<Small> {
    type Out = If<S::Checked, Small>;
    type Level = levels::Semiring;
    const NAME: &'static str = "sum_leading";

    fn forward(&self, r: &Recorder<levels::Semiring>, (x,): (Var<S>,)) -> Var<Small> {
        r.sum_leading(x)
    }
}

impl<N: ScalarLevel> Recorder<N> {
    /// Records [`sum`].
    #[track_caller]
    pub fn sum<S: Shape>(&self, x: Var<S>) -> Var<()>
    where
        N: Includes<levels::Semiring>,
    {
        self.record(sum(x))
    }

    /// The sum along the axis `I`, which goes, or is [kept](crate::shape::Keep): records [`sum_axis`].
    #[track_caller]
    pub fn sum_along<I, S: RemoveAxis<I>>(&self, x: Var<S>) -> Var<S::Out> {
        self.reduced_along::<I, S>(Reduction::Sum, x)
    }

    /// A reduction along the axis `I`.
    #[track_caller]
    pub(crate) fn reduced_along<I, S>(&self, reduction: Reduction, x: Var<S>) -> Var<S::Out>
    where
        S: RemoveAxis<I>,
    {
        let reduce = primitives::Reduce(reduction, vec![S::AXIS]);
        if <S::Out as Shape>::RANK < S::RANK {
            return self.prim(reduce, (x,));
        }
        self.prim_reshaped(reduce, (x,))
    }

    /// The sum along the leading axes that `Small` lacks, or along those that it has kept; the handle itself where it is as
    /// large.
    #[track_caller]
    pub fn sum_leading<S: HasSuffix<Small>, Small: Shape>(&self, x: Var<S>) -> Var<Small> {
        if S::DIMS == Small::DIMS {
            return Var::new(x.graph_id(), x.id());
        }
        if S::RANK == Small::RANK {
            let axes = (0..S::RANK).filter(|&axis| S::DIMS[axis] != Small::DIMS[axis]);
            let sum = primitives::Reduce(Reduction::Sum, axes.collect());
            return self.prim_reshaped(sum, (x,));
        }
        let axes = (0..S::RANK - Small::RANK).collect();
        self.prim(primitives::Reduce(Reduction::Sum, axes), (x,))
    }

    /// A scalar, everywhere in a tensor of shape `S`.
    #[track_caller]
    pub fn full_like<S: Shape>(&self, x: Var<()>) -> Var<S> {
        self.prim(primitives::Broadcast(Dims::of::<S>(), vec![]), (x,))
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        sum:
        small(|x: [4]| sum(x));
        small(|x: [2, 3]| sum(x));
        middle(|x: [3, 4, 2]| sum(x));
    }

    law_tests! {
        sum_axis:
        small(|x: [5, 7]| sum_axis(x, 0));
        small(|x: [2, 3, 4]| sum_axis(x, 2));
        middle(|x: [3, 4, 5, 2]| sum_axis(x, 1));
    }

    law_tests! {
        sum_leading:
        small(|x: [5, 7]| sum_leading::<shape![7], _>(x));
        small(|x: [2, 3, 4]| sum_leading::<shape![4], _>(x));
        middle(|x: [3, 2, 4, 5]| sum_leading::<shape![4, 5], _>(x));
    }
}
