//! Entries along an axis, shifted around its ends.

use crate::op::{Call, Op, Recorder, Var};
use crate::program::primitives;
use crate::scalar::levels;
use crate::shape::{AxisDim, If, Shape};
use core::marker::PhantomData;

/// The op of [`roll`]: along the axis `I`, and how far.
#[derive(Clone, Copy, Debug)]
pub struct Roll<I> {
    shift: i64,
    axis: PhantomData<I>,
}

/// `y[.., i + shift, ..] = x[.., i, ..]` along one axis: what leaves at its end comes in at its beginning. Any semiring.
///
/// The axis is said before the shift, as of every op here; in PyTorch and JAX it is after. A negative shift goes towards the
/// beginning, and one that is as long as the axis is none. JVP: the same of `dx`; VJP: `dy` rolled back.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [2, 3]| roll(x, 1, 1));
/// let x = Tensor::from([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]);
/// assert_eq!(g.value(&x, ()), Tensor::from([[3.0, 1.0, 2.0], [6.0, 4.0, 5.0]]));
/// let back = graph!(|x: [2, 3]| roll(x, 1, -1));
/// assert_eq!(back.value(&x, ()), Tensor::from([[2.0, 3.0, 1.0], [5.0, 6.0, 4.0]]));
/// ```
pub fn roll<I, S: Shape>(x: Var<S>, _axis: I, shift: i64) -> Call<Roll<I>, (Var<S>,)> {
    let axis = PhantomData;
    Call::new(Roll { shift, axis }, (x,))
}

impl<I: Send + Sync + Clone + 'static, S: AxisDim<I>> Op<(S,)> for Roll<I> {
    type Out = If<S::Dim, S>;
    type Level = levels::Semiring;
    const NAME: &'static str = "roll";

    fn forward(&self, r: &Recorder<levels::Semiring>, (x,): (Var<S>,)) -> Var<S> {
        let (axis, entries) = (S::AXIS, S::DIMS[S::AXIS]);
        // No dim is as large as an `i64`.
        let shift = self.shift.checked_rem_euclid(entries as i64).unwrap_or(0) as usize;
        if shift == 0 {
            return x;
        }
        let stay = entries - shift;
        let part = |start, len| r.untyped(primitives::Slice { axis, start, len }, &[x.id()]);
        r.typed(r.untyped(
            primitives::Concat(axis),
            &[part(stay, shift), part(0, stay)],
        ))
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        roll:
        small(|x: [4]| roll(x, 0, 1));
        small(|x: [2, 3]| roll(x, 1, -1));
        middle(|x: [3, 5, 4]| roll(x, 1, 2));
    }

    /// Every shift by the definition, also around the axis more than once.
    #[test]
    fn each_shift() {
        let x: Tensor<f64, shape![5]> = Tensor::from_fn(|[i]| i as f64);
        for shift in [i64::MIN, -11, -5, -4, -1, 0, 1, 4, 5, 6, 12, i64::MAX] {
            let y = graph!(|x: [5]| roll(x, 0, { shift })).value(&x, ());
            let from = |i: usize| (i128::from(i as i64) - i128::from(shift)).rem_euclid(5);
            assert_eq!(y, Tensor::from_fn(|[i]| from(i) as f64), "{shift}");
        }
        let none = graph!(|x: [2, 0]| roll(x, 1, 3));
        let (y, dx) = none.vjp(&Tensor::<f64, _>::zeros(), (), &Tensor::zeros());
        assert_eq!((y, dx), (Tensor::zeros(), Tensor::zeros()));
    }
}
