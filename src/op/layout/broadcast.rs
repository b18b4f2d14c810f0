//! Repetition along axes that a tensor lacks.

use crate::dim::Dim;
use crate::op::{Call, Op, Recorder, Var};
use crate::program::primitives;
use crate::scalar::{Includes, ScalarLevel, levels};
use crate::shape::{Axis, BroadcastsWith, Combined, HasSuffix, If, InsertAxis, RemoveAxis, Shape};
use crate::tensor::Dims;
use core::marker::PhantomData;

/// Repetition along leading axes, up to the shape `Large`.
#[derive(Clone, Copy, Debug)]
pub struct Broadcast<Large>(PhantomData<Large>);

/// `y[i.., j..] = x[j..]`: `x` repeated along the leading axes of `Large` that it lacks.
///
/// Say the shape, `broadcast::<shape![32, 10], _>(b)`, or let an annotation say it. VJP: the sum over those axes.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|b: [3]| broadcast::<shape![2, 3], _>(b));
/// let y = g.value(&Tensor::from([1.0, 2.0, 3.0]), ());
/// assert_eq!(y, Tensor::from([[1.0, 2.0, 3.0], [1.0, 2.0, 3.0]]));
/// ```
pub fn broadcast<Large: Shape, S: Shape>(x: Var<S>) -> Call<Broadcast<Large>, (Var<S>,)> {
    Call::new(Broadcast(PhantomData), (x,))
}

impl<S: Shape, Large: HasSuffix<S>> Op<(S,)> for Broadcast<Large> {
    type Out = If<Large::Checked, Large>;
    type Level = levels::Semiring;
    const NAME: &'static str = "broadcast";

    fn forward(&self, r: &Recorder<levels::Semiring>, (x,): (Var<S>,)) -> Var<Large> {
        r.repeated(x)
    }
}

/// Repetition along a new axis `I` of dim `D`.
#[derive(Clone, Copy, Debug)]
pub struct BroadcastAxis<I, D>(PhantomData<(I, D)>);

/// `y` is `x` repeated `D` times along a new axis `I`. VJP: the sum over that axis.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [2]| broadcast_axis(x, 1, 3));
/// let y = g.value(&Tensor::from([1.0, 2.0]), ());
/// assert_eq!(y, Tensor::from([[1.0, 1.0, 1.0], [2.0, 2.0, 2.0]]));
/// ```
pub fn broadcast_axis<const I: usize, D: Dim, S: Shape>(
    x: Var<S>,
    _axis: Axis<I>,
    _dim: D,
) -> Call<BroadcastAxis<Axis<I>, D>, (Var<S>,)> {
    Call::new(BroadcastAxis(PhantomData), (x,))
}

impl<I: Send + Sync + Clone + 'static, D: Dim, S: InsertAxis<I, D>> Op<(S,)>
    for BroadcastAxis<I, D>
{
    type Out = S::Out;
    type Level = levels::Semiring;
    const NAME: &'static str = "broadcast_axis";

    fn forward(&self, r: &Recorder<levels::Semiring>, (x,): (Var<S>,)) -> Var<S::Out> {
        let axes = (0..=S::RANK).filter(|&axis| axis != S::AXIS).collect();
        r.prim(primitives::Broadcast(Dims::of::<S::Out>(), axes), (x,))
    }
}

impl<N: ScalarLevel> Recorder<N> {
    /// Records [`broadcast`].
    #[track_caller]
    pub fn broadcast<Large: HasSuffix<S>, S: Shape>(&self, x: Var<S>) -> Var<Large>
    where
        N: Includes<levels::Semiring>,
    {
        self.record(broadcast(x))
    }

    /// The handle itself where the shapes are equal, otherwise a broadcast: along leading axes, or along those that are kept.
    #[track_caller]
    pub fn repeated<Large: HasSuffix<S>, S: Shape>(&self, x: Var<S>) -> Var<Large> {
        self.repeated_to(x)
    }

    /// Two values that are combined element by element, both of the larger of their shapes.
    #[track_caller]
    pub fn combined<S: Shape + BroadcastsWith<R>, R: Shape>(
        &self,
        a: Var<S>,
        b: Var<R>,
    ) -> (Var<Combined<S, R>>, Var<Combined<S, R>>) {
        (self.repeated_to(a), self.repeated_to(b))
    }

    #[track_caller]
    fn repeated_to<Large: Shape, S: Shape>(&self, x: Var<S>) -> Var<Large> {
        Var::of(self.record_of().repeated(S::DIMS, x.any(), Large::DIMS))
    }

    /// `x`, which lacks the axis `I` of `S` or has kept it, repeated along it.
    #[track_caller]
    pub fn along<I, S: RemoveAxis<I>>(&self, x: Var<S::Out>) -> Var<S> {
        let lacks = |axis| axis != S::AXIS;
        let record = self.record_of();
        Var::of(record.over_axes(<S::Out as Shape>::DIMS, x.any(), S::DIMS, &lacks))
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        broadcast:
        small(|x: [2]| broadcast::<shape![3, 2], _>(x));
        small(|x: []| broadcast::<shape![4], _>(x));
        middle(|x: [3, 5]| broadcast::<shape![4, 3, 5], _>(x));
    }

    law_tests! {
        broadcast_axis:
        small(|x: [2]| broadcast_axis(x, 0, 3));
        small(|x: [4, 5]| broadcast_axis(x, 2, 7));
        middle(|x: [2, 5, 3]| broadcast_axis(x, 1, 4));
    }

    mod kept {
        use crate::prelude::*;

        law_tests! {
            sub:
            small(|x: [3, 4]| x * x - sum_axis(x, keep(0)));
            small(|x: [2, 5, 7]| mean_axis(x, keep(1)) * x);
            middle(|x: [3, 4, 2, 5]| x - mean_axis(mean_axis(x, keep(3)), keep(2)));
        }
    }

    /// On both sides, and of an axis that has one entry or none.
    #[test]
    fn an_axis_that_is_kept() {
        let g = graph!(|x: [2, 3]| max_axis(x, keep(0)) - x);
        let x = tlist![Tensor::from([[1.0, 5.0, 3.0], [4.0, 2.0, 6.0]])];
        let (y, tlist![dx]) = g.vjp(&x, (), &Tensor::ones());
        assert_eq!(y, Tensor::from([[3.0, 0.0, 3.0], [0.0, 3.0, 0.0]]));
        assert_eq!(dx, Tensor::from([[-1.0, 1.0, -1.0], [1.0, -1.0, 1.0]]));
        let one = graph!(|x: [1, 2]| x + sum_axis(x, keep(0)));
        let y = one.value(&Tensor::from([[1.0, 2.0]]), ());
        assert_eq!(y, Tensor::from([[2.0, 4.0]]));
        let none = graph!(|x: [2, 0]| x + sum_axis(x, keep(1)));
        let (y, dx) = none.vjp(&Tensor::<f64, _>::zeros(), (), &Tensor::zeros());
        assert_eq!((y, dx), (Tensor::zeros(), Tensor::zeros()));
    }
}
