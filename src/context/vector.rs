//! What all values of contexts can do.

use super::{Algebra, Elementwise, Erase, Named, Tensors, random};
use crate::scalar::{Field, Literal};
use core::ops::Range;
use fastrand::Rng;

/// What tensors, lists, arrays and groups of tensors can do, whatever their shapes: form a vector space, be mapped, forget
/// their shapes, be compared, and name their tensors.
///
/// ```
/// use cotangent::prelude::*;
/// // One bound for whatever parameters a model has.
/// fn norm<V: Vector<f64>>(x: &V) -> f64 {
///     x.dot(x).sqrt()
/// }
/// assert_eq!(norm(&tlist![Tensor::from([3.0]), tlist![Tensor::scalar(4.0)]]), 5.0);
/// ```
pub trait Vector<A>:
    Algebra<A>
    + Elementwise<A>
    + Erase<A>
    + Named<A>
    + Clone
    + PartialEq
    + Send
    + Sync
    + Sized
    + 'static
{
    /// `f` of each element, depth first.
    fn map(&self, mut f: impl FnMut(&A) -> A) -> Self {
        self.map_each(&mut f)
    }

    /// `f` of each pair of elements of two of one structure, depth first.
    fn zip_map(&self, other: &Self, mut f: impl FnMut(&A, &A) -> A) -> Self {
        self.zip_each(other, &mut f)
    }

    /// Independent draws, uniform from `range.start` to `range.end`, of a generator that the caller has seeded: one seed, one
    /// result. `range.end` is met only where the scalar rounds to it.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// use cotangent::fastrand::Rng;
    /// graph! { struct Linear { weight: [3, 2], bias: [2] } }
    /// let p = Parameters::<f32, Linear>::uniform(-0.5..0.5, &mut Rng::with_seed(7));
    /// assert!(p.weight.iter().all(|w| w.abs() <= 0.5));
    /// assert_eq!(p, Parameters::<f32, Linear>::uniform(-0.5..0.5, &mut Rng::with_seed(7)));
    /// ```
    fn uniform(range: Range<f64>, rng: &mut Rng) -> Self
    where
        A: Field,
    {
        drawn(&mut || random::uniform(&range, rng))
    }

    /// Independent draws, normal with this mean and this standard deviation, of a generator that the caller has seeded.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// use cotangent::fastrand::Rng;
    /// let mut rng = Rng::with_seed(7);
    /// let w: Tensor<f64, shape![100, 100]> = Tensor::normal(1.0, 0.1, &mut rng);
    /// assert!((w.mean() - 1.0).abs() < 0.01);
    /// ```
    fn normal(mean: f64, deviation: f64, rng: &mut Rng) -> Self
    where
        A: Field,
    {
        drawn(&mut || random::normal(mean, deviation, rng))
    }

    /// Every tensor, depth first: its name, its dims, and its elements, row major.
    fn names(&self) -> Tensors<'_, A> {
        let mut all = Vec::new();
        self.walk(&Default::default(), &mut |name, dims, elements| {
            all.push((name, dims, elements));
        });
        all
    }
}

/// A draw for each element.
fn drawn<A: Field, V: Algebra<A> + Elementwise<A>>(draw: &mut dyn FnMut() -> f64) -> V {
    V::zeros().map_each(&mut |_| A::from_literal(Literal::real(draw())))
}

impl<A, T> Vector<A> for T where
    T: Algebra<A>
        + Elementwise<A>
        + Erase<A>
        + Named<A>
        + Clone
        + PartialEq
        + Send
        + Sync
        + Sized
        + 'static
{
}
