//! Standard deviations: of all elements, along one axis.

use super::variance::{VarianceAxis, variance};
use crate::op::{Call, Op, Recorder, Var};
use crate::program::primitives;
use crate::scalar::{Unary, levels};
use crate::shape::{RemoveAxis, Shape};
use core::marker::PhantomData;

/// The standard deviation of all elements.
#[derive(Clone, Copy, Debug)]
pub struct Std;

/// `y = √(Σ (x - m)² / n)`, a scalar, for the `n` elements of `x` and their mean `m`. Real scalars.
///
/// It is the root of [`variance`](crate::op::variance), which divides by `n`, as in NumPy and JAX; the default of PyTorch is
/// `√(n / (n - 1))` times as large. Of no element it is NaN.
///
/// JVP `Σ (x - m) dx / (n y)`; VJP `(x - m) dy / (n y)`. Where all elements are equal the deviation is 0 and has no
/// derivative; there it is 0, as in PyTorch (JAX has NaN).
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [2]| std(x));
/// let (y, dx) = g.value_and_vjp(&Tensor::from([1.0, 7.0]), ());
/// assert_eq!((y.item(), dx), (3.0, Tensor::from([-0.5, 0.5])));
/// let (y, dx) = g.value_and_vjp(&Tensor::from([4.0, 4.0]), ());
/// assert_eq!((y.item(), dx), (0.0, Tensor::zeros()));
/// ```
pub fn std<S: Shape>(x: Var<S>) -> Call<Std, (Var<S>,)> {
    Call::new(Std, (x,))
}

impl<S: Shape> Op<(S,)> for Std {
    type Out = ();
    type Level = levels::Real;
    const NAME: &'static str = "std";

    fn forward(&self, r: &Recorder, (x,): (Var<S>,)) -> Var<()> {
        root(r, r.record(variance(x)))
    }
}

/// The root of a variance, whose derivative counts as 0 at 0.
pub(super) fn root<S: Shape>(r: &Recorder, variance: Var<S>) -> Var<S> {
    // The root of 1 in place of that of 0, whose derivative is infinite. Then the variance itself, which is 0 or NaN.
    let positive = r.prim::<S>(primitives::Select, (variance, variance, r.ones::<S>()));
    let root = r.prim::<S>(Unary::Sqrt, (positive,));
    r.prim(primitives::Select, (variance, root, variance))
}

/// The standard deviation along the axis `I`.
#[derive(Clone, Copy, Debug)]
pub struct StdAxis<I>(PhantomData<I>);

/// The [standard deviation](fn@std) along one axis of dim `n`, which goes: it divides by `n`. Real scalars.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [2, 2]| std_axis(x, 1));
/// let y = g.value(&Tensor::from([[1.0, 3.0], [4.0, 8.0]]), ());
/// assert_eq!(y, Tensor::from([1.0, 2.0]));
/// ```
pub fn std_axis<I, S: Shape>(x: Var<S>, _axis: I) -> Call<StdAxis<I>, (Var<S>,)> {
    Call::new(StdAxis(PhantomData), (x,))
}

impl<I: Send + Sync + Clone + 'static, S: RemoveAxis<I>> Op<(S,)> for StdAxis<I> {
    type Out = S::Out;
    type Level = levels::Real;
    const NAME: &'static str = "std_axis";

    fn forward(&self, r: &Recorder, (x,): (Var<S>,)) -> Var<S::Out> {
        root(r, r.record(Call::new(VarianceAxis::<I>(PhantomData), (x,))))
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        std_of_all:
        small(|x: [4]| std(x));
        small(|x: [2, 3]| std(x));
        middle(|x: [3, 4, 2]| std(x));
    }

    law_tests! {
        std_axis:
        small(|x: [2, 4]| std_axis(x, 0));
        small(|x: [3]| std_axis(x, 0));
        middle(|x: [3, 4, 5]| std_axis(x, 1));
    }

    /// Rows without a deviation have no part in the gradient, and spoil none.
    #[test]
    fn of_equal_elements() {
        let g = graph!(|x: [3, 2]| std_axis(x, 1));
        let x = Tensor::from([[1.0, 3.0], [5.0, 5.0], [1.0, f64::NAN]]);
        let (y, dx) = g.vjp(&x, (), &Tensor::ones());
        assert_eq!(y.as_slice()[..2], [1.0, 0.0]);
        assert!(y[[2]].is_nan());
        assert_eq!(dx.as_slice()[..4], [-0.5, 0.5, 0.0, 0.0]);
    }

    #[test]
    fn of_no_element_and_kept() {
        let y = graph!(|x: [0]| std(x)).value(&Tensor::<f64, _>::zeros(), ());
        assert!(y.item().is_nan());
        let scaled = graph!(|x: [2, 2]| x / std_axis(x, keep(1)));
        let y = scaled.value(&Tensor::from([[1.0, 3.0], [0.0, 8.0]]), ());
        assert_eq!(y, Tensor::from([[1.0, 3.0], [0.0, 2.0]]));
    }
}
