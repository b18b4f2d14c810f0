//! Entries along an axis in the opposite order.

use crate::op::{Call, Op, Recorder, Var};
use crate::program::{Elements, primitives};
use crate::scalar::levels;
use crate::shape::{AxisDim, If, Shape};
use crate::tensor::Dims;
use core::marker::PhantomData;

/// The op of [`flip`]: along the axis `I`.
#[derive(Clone, Copy, Debug)]
pub struct Flip<I>(PhantomData<I>);

/// `y[.., i, ..] = x[.., n - 1 - i, ..]` along one axis of dim `n`: the last entry first. Any semiring.
///
/// JVP: the same of `dx`; VJP: the same of `dy`.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [2, 3]| flip(x, 1));
/// let y = g.value(&Tensor::from([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]), ());
/// assert_eq!(y, Tensor::from([[3.0, 2.0, 1.0], [6.0, 5.0, 4.0]]));
/// ```
pub fn flip<I, S: Shape>(x: Var<S>, _axis: I) -> Call<Flip<I>, (Var<S>,)> {
    Call::new(Flip(PhantomData), (x,))
}

impl<I: Send + Sync + Clone + 'static, S: AxisDim<I>> Op<(S,)> for Flip<I> {
    type Out = If<S::Dim, S>;
    type Level = levels::Semiring;
    const NAME: &'static str = "flip";

    fn forward(&self, r: &Recorder<levels::Semiring>, (x,): (Var<S>,)) -> Var<S> {
        let (axis, below) = (S::AXIS, S::DIMS[S::AXIS]);
        let last_first = primitives::Constant {
            dims: Dims::new(&[below]),
            elements: Elements::Indices {
                below,
                elements: (0..below).rev().collect(),
            },
        };
        let last_first = r.untyped(last_first, &[]);
        r.typed(r.untyped(primitives::Gather { batch: 0, axis }, &[x.id(), last_first]))
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        flip:
        small(|x: [4]| flip(x, 0));
        small(|x: [2, 3]| flip(x, 1));
        middle(|x: [3, 5, 4]| flip(x, 1));
    }

    #[test]
    fn twice_is_nothing() {
        let g = graph!(|x: [2, 3]| flip(flip(x, 0), 0) - x);
        let x: Tensor<f64, shape![2, 3]> = Tensor::from_fn(|[i, j]| (3 * i + j) as f64);
        assert_eq!(g.value(&x, ()), Tensor::zeros());
        let none = graph!(|x: [2, 0]| flip(x, 1));
        let (y, dx) = none.vjp(&Tensor::<f64, _>::zeros(), (), &Tensor::zeros());
        assert_eq!((y, dx), (Tensor::zeros(), Tensor::zeros()));
    }
}
