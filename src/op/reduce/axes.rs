//! Reductions along several axes at once.

use super::deviation::root;
use super::mean::over;
use crate::op::{Call, Op, Recorder, Var};
use crate::program::{Reduction, primitives};
use crate::scalar::{ScalarLevel, levels};
use crate::shape::{LargestAlongAxes, RemoveAxes, Shape};
use core::marker::PhantomData;

/// The op of [`sum_axes`]: `P` is a tuple of axes.
#[derive(Clone, Copy, Debug)]
pub struct SumAxes<P>(PhantomData<P>);

/// The op of [`mean_axes`]: `P` is a tuple of axes.
#[derive(Clone, Copy, Debug)]
pub struct MeanAxes<P>(PhantomData<P>);

/// The op of [`variance_axes`]: `P` is a tuple of axes.
#[derive(Clone, Copy, Debug)]
pub struct VarianceAxes<P>(PhantomData<P>);

/// The op of [`std_axes`]: `P` is a tuple of axes.
#[derive(Clone, Copy, Debug)]
pub struct StdAxes<P>(PhantomData<P>);

/// The op of [`max_axes`]: `P` is a tuple of axes.
#[derive(Clone, Copy, Debug)]
pub struct MaxAxes<P>(PhantomData<P>);

/// The op of [`min_axes`]: `P` is a tuple of axes.
#[derive(Clone, Copy, Debug)]
pub struct MinAxes<P>(PhantomData<P>);

/// The sum along several axes, which go: `sum_axes(x, (0, 2))`. Any semiring.
///
/// The axes are a tuple of one to six, each once and in increasing order. One that is `keep(2)` stays as a dim of 1, as in
/// [`Keep`](crate::shape::Keep). VJP: `dy` repeated along them.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [2, 2, 2]| sum_axes(x, (0, 2)));
/// let x = Tensor::from([[[1.0, 2.0], [3.0, 4.0]], [[5.0, 6.0], [7.0, 8.0]]]);
/// assert_eq!(g.value(&x, ()), Tensor::from([14.0, 22.0]));
/// let shares = graph!(|x: [2, 2, 2]| x / sum_axes(x, (keep(1), keep(2))));
/// assert_eq!(shares.value(&x, ())[[0, 1, 1]], 0.4); // of 10
/// ```
pub fn sum_axes<P, S: Shape>(x: Var<S>, _axes: P) -> Call<SumAxes<P>, (Var<S>,)> {
    Call::new(SumAxes(PhantomData), (x,))
}

/// The mean along several axes, which go, as [`sum_axes`] takes them. Any field.
///
/// The mean of each channel of images:
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [1, 2, 1, 2]| mean_axes(x, (0, 2, 3)));
/// let y = g.value(&Tensor::from([[[[1.0, 3.0]], [[5.0, 9.0]]]]), ());
/// assert_eq!(y, Tensor::from([2.0, 7.0]));
/// ```
pub fn mean_axes<P, S: Shape>(x: Var<S>, _axes: P) -> Call<MeanAxes<P>, (Var<S>,)> {
    Call::new(MeanAxes(PhantomData), (x,))
}

/// The [`variance`](crate::op::variance) along several axes, which go, as [`sum_axes`] takes them: divided by the number of
/// elements. Any field.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [2, 2, 2]| variance_axes(x, (0, 1)));
/// let x = Tensor::from([[[1.0, 0.0], [3.0, 0.0]], [[5.0, 0.0], [7.0, 4.0]]]);
/// assert_eq!(g.value(&x, ()), Tensor::from([5.0, 3.0]));
/// ```
pub fn variance_axes<P, S: Shape>(x: Var<S>, _axes: P) -> Call<VarianceAxes<P>, (Var<S>,)> {
    Call::new(VarianceAxes(PhantomData), (x,))
}

/// The [standard deviation](fn@crate::op::std) along several axes, which go, as [`sum_axes`] takes them. Real scalars.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [2, 2, 1]| std_axes(x, (0, 1)));
/// let y = g.value(&Tensor::from([[[1.0], [1.0]], [[5.0], [5.0]]]), ());
/// assert_eq!(y, Tensor::from([2.0]));
/// ```
pub fn std_axes<P, S: Shape>(x: Var<S>, _axes: P) -> Call<StdAxes<P>, (Var<S>,)> {
    Call::new(StdAxes(PhantomData), (x,))
}

/// The largest entry along several axes, which go, as [`sum_axes`] takes them. Any ordered field.
///
/// The compiler checks that each of the axes has an entry. The derivative is shared evenly among those that are the largest, as
/// by [`max`](crate::op::max()).
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [2, 1, 2]| max_axes(x, (0, 2)));
/// let (y, dx) = g.vjp(&Tensor::from([[[1.0, 4.0]], [[4.0, 2.0]]]), (), &Tensor::ones());
/// assert_eq!((y, dx), (Tensor::from([4.0]), Tensor::from([[[0.0, 0.5]], [[0.5, 0.0]]])));
/// ```
pub fn max_axes<P, S: Shape>(x: Var<S>, _axes: P) -> Call<MaxAxes<P>, (Var<S>,)> {
    Call::new(MaxAxes(PhantomData), (x,))
}

/// The smallest entry along several axes: what [`max_axes`] is for the largest.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [2, 1, 2]| min_axes(x, (0, 2)));
/// let y = g.value(&Tensor::from([[[3.0, 4.0]], [[4.0, 2.0]]]), ());
/// assert_eq!(y, Tensor::from([2.0]));
/// ```
pub fn min_axes<P, S: Shape>(x: Var<S>, _axes: P) -> Call<MinAxes<P>, (Var<S>,)> {
    Call::new(MinAxes(PhantomData), (x,))
}

impl<P: Send + Sync + Clone + 'static, S: RemoveAxes<P>> Op<(S,)> for SumAxes<P> {
    type Out = S::Out;
    type Level = levels::Semiring;
    const NAME: &'static str = "sum_axes";

    fn forward(&self, r: &Recorder<levels::Semiring>, (x,): (Var<S>,)) -> Var<S::Out> {
        r.reduced_over::<P, S>(Reduction::Sum, x)
    }
}

impl<P: Send + Sync + Clone + 'static, S: RemoveAxes<P>> Op<(S,)> for MeanAxes<P> {
    type Out = S::Out;
    type Level = levels::Field;
    const NAME: &'static str = "mean_axes";

    fn forward(&self, r: &Recorder<levels::Field>, (x,): (Var<S>,)) -> Var<S::Out> {
        let count = S::AXES.iter().map(|&axis| S::DIMS[axis]).product();
        r.scale(r.reduced_over::<P, S>(Reduction::Sum, x), over(1, count))
    }
}

impl<P: Send + Sync + Clone + 'static, S: RemoveAxes<P>> Op<(S,)> for VarianceAxes<P> {
    type Out = S::Out;
    type Level = levels::Field;
    const NAME: &'static str = "variance_axes";

    fn forward(&self, r: &Recorder<levels::Field>, (x,): (Var<S>,)) -> Var<S::Out> {
        let mean = |x| r.record(Call::new(MeanAxes::<P>(PhantomData), (x,)));
        let deviation = r.sub_same(x, r.along_axes::<P, S>(mean(x)));
        mean(r.mul_same(deviation, deviation))
    }
}

impl<P: Send + Sync + Clone + 'static, S: RemoveAxes<P>> Op<(S,)> for StdAxes<P> {
    type Out = S::Out;
    type Level = levels::Real;
    const NAME: &'static str = "std_axes";

    fn forward(&self, r: &Recorder, (x,): (Var<S>,)) -> Var<S::Out> {
        root(r, r.record(Call::new(VarianceAxes::<P>(PhantomData), (x,))))
    }
}

impl<P: Send + Sync + Clone + 'static, S: LargestAlongAxes<P>> Op<(S,)> for MaxAxes<P> {
    type Out = S::Largest;
    type Level = levels::OrderedField;
    const NAME: &'static str = "max_axes";

    fn forward(&self, r: &Recorder<levels::OrderedField>, (x,): (Var<S>,)) -> Var<S::Largest> {
        r.typed(r.reduced_over::<P, S>(Reduction::Max, x).id())
    }
}

impl<P: Send + Sync + Clone + 'static, S: LargestAlongAxes<P>> Op<(S,)> for MinAxes<P> {
    type Out = S::Largest;
    type Level = levels::OrderedField;
    const NAME: &'static str = "min_axes";

    fn forward(&self, r: &Recorder<levels::OrderedField>, (x,): (Var<S>,)) -> Var<S::Largest> {
        let largest = r.reduced_over::<P, S>(Reduction::Max, r.neg(x));
        r.typed(r.neg(largest).id())
    }
}

impl<N: ScalarLevel> Recorder<N> {
    /// A reduction along the axes `P`.
    #[track_caller]
    fn reduced_over<P, S: RemoveAxes<P>>(&self, reduction: Reduction, x: Var<S>) -> Var<S::Out> {
        let reduce = primitives::Reduce(reduction, S::AXES.to_vec());
        match <S::Out as Shape>::RANK + S::AXES.len() == S::RANK {
            true => self.prim(reduce, (x,)),
            false => self.prim_reshaped(reduce, (x,)),
        }
    }

    /// A value without the axes `P`, or with them kept, repeated along them.
    #[track_caller]
    fn along_axes<P, S: RemoveAxes<P>>(&self, x: Var<S::Out>) -> Var<S> {
        let lacks = |axis| !S::AXES.contains(&axis);
        let record = self.record_of();
        Var::of(record.over_axes(<S::Out as Shape>::DIMS, x.any(), S::DIMS, &lacks))
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        sum_axes:
        small(|x: [2, 3, 5]| sum_axes(x, (0, 2)));
        small(|x: [4, 7]| sum_axes(x, (0, 1)));
        middle(|x: [3, 4, 2, 5]| x * sum_axes(x, (keep(1), keep(2))));
    }

    law_tests! {
        mean_axes:
        small(|x: [2, 3, 5]| mean_axes(x, (1, 2)));
        small(|x: [4, 7]| x * mean_axes(x, (keep(1),)));
        middle(|x: [3, 4, 2, 5]| mean_axes(x, (0, 2, 3)));
    }

    law_tests! {
        variance_axes:
        small(|x: [2, 3, 5]| variance_axes(x, (0, 2)));
        small(|x: [4, 7]| variance_axes(x, (0,)));
        middle(|x: [3, 4, 2, 5]| x * variance_axes(x, (keep(1), keep(3))));
    }

    law_tests! {
        std_axes:
        small(|x: [2, 3, 4]| std_axes(x, (0, 2)));
        small(|x: [5, 7]| std_axes(x, (1,)));
        middle(|x: [3, 4, 2, 5]| std_axes(x, (0, 1, 3)));
    }

    law_tests! {
        max_axes:
        small(|x: [2, 3, 5]| max_axes(x, (0, 2)));
        small(|x: [4, 7]| x - max_axes(x, (keep(1),)));
        middle(|x: [3, 4, 2, 5]| max_axes(x, (1, 2)));
    }

    law_tests! {
        min_axes:
        small(|x: [2, 3, 5]| min_axes(x, (1, 2)));
        small(|x: [4, 7]| min_axes(x, (0,)));
        middle(|x: [3, 4, 2, 5]| x - min_axes(x, (keep(0), keep(3))));
    }

    graph! {
        /// What stays may be generic, and may have no entry.
        fn peaks<B: Dim, C: Dim>(x: [B, C, 2, 3]) -> [B, C] where A: OrderedField {
            max_axes(x, (2, 3))
        }
    }

    #[test]
    fn over_generic_dims() {
        let x: Tensor<f64, shape![1, 2, 2, 3]> =
            Tensor::from_fn(|[_, c, i, j]| (10 * c + 3 * i + j) as f64);
        let y = peaks::<f64, N<1>, N<2>>().value(&tlist![x], ());
        assert_eq!(y, Tensor::from([[5.0, 15.0]]));
        let none = tlist![Tensor::<f64, _>::zeros()];
        assert_eq!(peaks::<f64, N<0>, N<2>>().value(&none, ()).dims(), [0, 2]);
    }
}
