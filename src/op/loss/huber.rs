//! The Huber loss.

use crate::op::{Call, Op, Recorder, Var, abs};
use crate::program::{Literal, primitives};
use crate::scalar::levels;
use crate::shape::{If, SameShape, Shape};

/// The op of [`huber`]: where the square ends.
#[derive(Clone, Copy, Debug)]
pub struct Huber(Literal);

/// `y = Σ h(a - b) / n`, a scalar, for two tensors of one shape with `n` elements, where `h(e) = e² / 2` for `|e| ≤ delta`,
/// and `delta (|e| - delta / 2)` beyond. Any ordered field.
///
/// A square for small errors, and a line for large ones, that pull no harder than `delta`. JVP and VJP have `e` cut at
/// `-delta` and `delta`: both sides agree there, so there is no kink. An infinite error has an infinite loss, and the derivative
/// of the line. `delta = 1` is PyTorch's `SmoothL1Loss`. Undefined for `n = 0`, as `mean`.
/// Source: Huber, *Robust Estimation of a Location Parameter* (1964).
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|a: [2], b: [2]| huber(a, b, 2.0));
/// let x = tlist![Tensor::from([1.0, 7.0]), Tensor::from([0.0, 2.0])];
/// let (y, tlist![da, _]) = g.value_and_vjp(&x, ());
/// assert_eq!(y.item(), (0.5 + 2.0 * (5.0 - 1.0)) / 2.0);
/// assert_eq!(da, Tensor::from([0.5, 1.0]));
/// ```
///
/// # Panics
/// If `delta` is not positive and finite.
#[track_caller]
pub fn huber<S: Shape, T: Shape>(
    a: Var<S>,
    b: Var<T>,
    delta: impl Into<Literal>,
) -> Call<Huber, (Var<S>, Var<T>)> {
    let delta = delta.into();
    let size = delta.to_f64();
    assert!(
        size > 0.0 && size.is_finite(),
        "huber with delta = {delta}: expected a number that is positive and finite"
    );
    Call::new(Huber(delta), (a, b))
}

impl<S: SameShape<T>, T: Shape> Op<(S, T)> for Huber {
    type Out = If<S::Checked, ()>;
    type Level = levels::OrderedField;
    const NAME: &'static str = "huber";

    fn forward(&self, r: &Recorder<levels::OrderedField>, (a, b): (Var<S>, Var<T>)) -> Var<()> {
        let (delta, half) = (self.0, Literal::ratio(1, 2));
        let size = r.record(abs(r.sub_same(a, r.typed::<S>(b.id()))));
        // Positive within, and a NaN is not.
        let within = r.offset(r.neg(size), delta);
        // Before the square, so that it is not infinite where it is not chosen.
        let small = r.prim::<S>(primitives::Select, (within, size, r.zeros::<S>()));
        let square = r.scale(r.mul_same(small, small), half);
        let line = r.offset(
            r.scale(size, delta),
            Literal::from(-1) * half * delta * delta,
        );
        r.mean(r.prim::<S>(primitives::Select, (within, square, line)))
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        huber:
        small(|a: [4], b: [4]| huber(a, b, 1));
        small(|a: [2, 3], b: [2, 3]| huber(a, b, 0.5));
        middle(|a: [2, 3, 4], b: [2, 3, 4]| huber(a, b, 1.25));
    }

    /// On both sides of each end, at the ends and in the middle. All numbers are exact.
    #[test]
    fn a_square_and_two_lines() {
        let g = graph!(|e: [8], zero: [8]| huber(e, zero, 2));
        let e = Tensor::from([-6.0, -2.0, -1.0, 0.0, 1.0, 2.0, 3.0, 10.0]);
        let (y, tlist![de, _]) = g.value_and_vjp(&tlist![e, Tensor::zeros()], ());
        let sum = 10.0 + 2.0 + 0.5 + 0.0 + 0.5 + 2.0 + 4.0 + 18.0;
        assert_eq!(y.item(), sum / 8.0);
        let cut = Tensor::from([-2.0, -2.0, -1.0, 0.0, 1.0, 2.0, 2.0, 2.0]);
        assert_eq!(de, cut * 0.125);
    }

    /// What is not chosen would be NaN: the difference of two infinities, or zero times one.
    #[test]
    fn infinite_and_no_numbers() {
        let g = graph!(|a: [2], b: [2]| huber(a, b, { 0.5 }));
        let a = Tensor::from([f64::INFINITY, 1e300]);
        let (y, tlist![da, db]) = g.value_and_vjp(&tlist![a, Tensor::zeros()], ());
        assert_eq!(y.item(), f64::INFINITY);
        assert_eq!((da, db), (Tensor::full(0.25), Tensor::full(-0.25)));
        let nan = tlist![Tensor::from([f64::NAN, 0.0]), Tensor::zeros()];
        assert!(g.value(&nan, ()).item().is_nan());
    }

    #[test]
    #[should_panic(
        expected = "huber with delta = 0: expected a number that is positive and finite"
    )]
    fn no_width_is_refused() {
        let _ = graph!(|a: [3], b: [3]| huber(a, b, { 0.0 }))
            .value(&tlist![Tensor::<f64, _>::ones(), Tensor::ones()], ());
    }

    #[test]
    #[should_panic(expected = "huber with delta = NaN")]
    fn nan_is_refused() {
        let _ = graph!(|a: [3], b: [3]| huber(a, b, { f64::NAN }))
            .value(&tlist![Tensor::<f64, _>::ones(), Tensor::ones()], ());
    }
}
