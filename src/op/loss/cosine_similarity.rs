//! The cosine of vectors.

use crate::op::{Call, Op, Recorder, Var, abs};
use crate::program::{Literal, Reduction, Select};
use crate::scalar::{Unary, levels};
use crate::shape::{If, RemoveAxis, SameShape, Shape};
use core::marker::PhantomData;

/// The op of [`cosine_similarity`]: along the axis `I`.
#[derive(Clone, Copy, Debug)]
pub struct CosineSimilarity<I>(PhantomData<I>);

/// The op of [`cosine_loss`]: along the axis `I`.
#[derive(Clone, Copy, Debug)]
pub struct CosineLoss<I>(PhantomData<I>);

/// `y[.., ..] = Σᵢ a[.., i, ..] b[.., i, ..] / (|a| |b|)` along one axis, which goes: the cosine of the vectors along it. Real
/// scalars.
///
/// Each vector is first divided by its largest entry, so no square overflows or vanishes. A zero vector has the cosine 0, and
/// derivatives as if its length were 1: `da = b / |b|`, which is finite, and tells the zero where to go; `db = 0`. So there is no
/// `eps`. A vector with an infinite entry or a NaN has the cosine NaN. VJP of `a`: `(b / |b| - y a / |a|) dy / |a|`.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|a: [3, 2], b: [3, 2]| cosine_similarity(a, b, 1));
/// let a = Tensor::from([[3.0, 0.0], [0.0, 1e300], [0.0, 0.0]]);
/// let b = Tensor::from([[3.0, 4.0], [0.0, -1e-300], [5.0, 0.0]]);
/// let (y, tlist![da, _]) = g.vjp(&tlist![a, b], (), &Tensor::ones());
/// assert!((y[[0]] - 0.6_f64).abs() < 1e-15);
/// assert_eq!(y.as_slice()[1..], [-1.0, 0.0]);
/// assert_eq!(da.row(2), Some(Tensor::from([1.0, 0.0])));
/// ```
pub fn cosine_similarity<I, S: Shape, T: Shape>(
    a: Var<S>,
    b: Var<T>,
    _axis: I,
) -> Call<CosineSimilarity<I>, (Var<S>, Var<T>)> {
    Call::new(CosineSimilarity(PhantomData), (a, b))
}

/// `y = Σ (1 - cosine) / n`, a scalar: the mean of one minus the [`cosine_similarity`] of the `n` pairs of vectors along an axis.
/// Real scalars.
///
/// It is 0 where all pairs point the same way, 1 where they are orthogonal or one of them is zero, and 2 where they are opposite.
/// Undefined for `n = 0`, as `mean`.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|a: [2, 2], b: [2, 2]| cosine_loss(a, b, 1));
/// let a = Tensor::from([[2.0, 0.0], [0.0, 1.0]]);
/// let b = Tensor::from([[5.0, 0.0], [3.0, 0.0]]);
/// assert_eq!(g.value(&tlist![a, b], ()).item(), 0.5);
/// ```
pub fn cosine_loss<I, S: Shape, T: Shape>(
    a: Var<S>,
    b: Var<T>,
    _axis: I,
) -> Call<CosineLoss<I>, (Var<S>, Var<T>)> {
    Call::new(CosineLoss(PhantomData), (a, b))
}

impl<I, S, T> Op<(S, T)> for CosineSimilarity<I>
where
    I: Send + Sync + Clone + 'static,
    S: RemoveAxis<I> + SameShape<T>,
    T: Shape,
{
    type Out = If<S::Checked, S::Out>;
    type Level = levels::Real;
    const NAME: &'static str = "cosine_similarity";

    fn forward(&self, r: &Recorder, (a, b): (Var<S>, Var<T>)) -> Var<S::Out> {
        if S::SIZE == 0 {
            // No element, so no largest either.
            return r.zeros();
        }
        let (a, b) = (unit::<I, S>(r, a), unit::<I, S>(r, r.typed(b.id())));
        r.sum_along::<I, S>(r.mul_same(a, b))
    }
}

/// Vectors along the axis `I`, divided by their length; a zero vector is divided by 1.
fn unit<I, S: RemoveAxis<I>>(r: &Recorder, x: Var<S>) -> Var<S> {
    // A cosine does not depend on this factor, so it is a constant for the derivatives.
    let largest = r.reduced_along::<I, S>(Reduction::Max, r.record(abs(x)));
    let largest = r.prim::<S::Out>(Unary::Stop, (largest,));
    let ones = r.ones::<S::Out>();
    // Where the largest is 0, also before the root, whose derivative there is infinite.
    let or_one = |x| r.prim::<S::Out>(Select, (largest, x, ones));
    let x = r.div_same(x, r.along::<I, S>(or_one(largest)));
    let square = r.sum_along::<I, S>(r.mul_same(x, x));
    r.div_same(x, r.along::<I, S>(r.sqrt(or_one(square))))
}

impl<I, S, T> Op<(S, T)> for CosineLoss<I>
where
    I: Send + Sync + Clone + 'static,
    S: RemoveAxis<I> + SameShape<T>,
    T: Shape,
{
    type Out = If<S::Checked, If<S::Out, ()>>;
    type Level = levels::Real;
    const NAME: &'static str = "cosine_loss";

    fn forward(&self, r: &Recorder, (a, b): (Var<S>, Var<T>)) -> Var<()> {
        let op = CosineSimilarity::<I>(PhantomData);
        let cosine: Var<S::Out> = r.record(Call::new(op, (a, r.typed::<S>(b.id()))));
        r.mean(r.offset(r.neg(cosine), Literal::from(1)))
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        cosine_similarity:
        small(|a: [2], b: [2]| cosine_similarity(a, b, 0));
        small(|a: [3, 4], b: [3, 4]| cosine_similarity(a, b, 1));
        middle(|a: [3, 4, 2], b: [3, 4, 2]| cosine_similarity(a, b, 1));
    }

    law_tests! {
        cosine_loss:
        small(|a: [2], b: [2]| cosine_loss(a, b, 0));
        small(|a: [4, 3], b: [4, 3]| cosine_loss(a, b, 0));
        middle(|a: [3, 4, 2], b: [3, 4, 2]| cosine_loss(a, b, 1));
    }

    /// Squares of these are infinite or zero in a single; no cosine is.
    #[test]
    fn large_and_small() {
        let g = graph!(|a: [3, 2], b: [3, 2]| cosine_similarity(a, b, 1));
        let a = Tensor::<f32, _>::from([[3e30, 4e30], [3e-30, -4e-30], [1e38, 1e38]]);
        let b = Tensor::from([[3e-30, 4e-30], [3e30, -4e30], [-1e-38, 0.0]]);
        let (y, tlist![da, db]) = g.vjp(&tlist![a, b], (), &Tensor::ones());
        let expected = [1.0, 1.0, -0.5_f32.sqrt()];
        let near = |(y, e): (&f32, &f32)| (y - e).abs() < 1e-6;
        assert!(y.as_slice().iter().zip(&expected).all(near), "{y}");
        let all = da.as_slice().iter().chain(db.as_slice());
        assert!(all.clone().all(|d| d.is_finite()), "{da} {db}");
    }

    /// Two zero vectors, and a zero beside another: in both places.
    #[test]
    fn of_zero_vectors() {
        let g = graph!(|a: [3, 2], b: [3, 2]| cosine_similarity(a, b, 1));
        let a = Tensor::from([[0.0, 0.0], [0.0, 0.0], [0.0, -8.0]]);
        let b = Tensor::from([[0.0, 0.0], [0.0, -2.0], [0.0, 0.0]]);
        let (y, tlist![da, db]) = g.vjp(&tlist![a, b], (), &Tensor::ones());
        assert_eq!(y, Tensor::<f64, _>::zeros());
        assert_eq!(da, Tensor::from([[0.0, 0.0], [0.0, -1.0], [0.0, 0.0]]));
        assert_eq!(db, Tensor::from([[0.0, 0.0], [0.0, 0.0], [0.0, -1.0]]));
    }

    #[test]
    fn infinite_and_no_numbers() {
        let g = graph!(|a: [2, 2], b: [2, 2]| cosine_similarity(a, b, 1));
        let a = Tensor::from([[f64::INFINITY, 1.0], [1.0, f64::NAN]]);
        let y = g.value(&tlist![a, Tensor::ones()], ());
        assert!(y.as_slice().iter().all(|y| y.is_nan()), "{y}");
    }
}
