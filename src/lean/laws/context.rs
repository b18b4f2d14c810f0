//! Laws of lists of tensors as a vector space, and of their two ends. They hold for any [`Algebra`], [`Snoc`] and
//! [`Single`]; the mutants are implementations that break them.

use super::compare::same_scalar;
use crate::context::{Algebra, Single, Snoc, Unsnoc};
use crate::counterexample::Counterexample;
use crate::scalar::Sample;

/// `⟨x, y + z⟩ = ⟨x, y⟩ + ⟨x, z⟩`. Lean's `dotList_add_right`.
///
/// # Errors
/// The two sides, where they differ.
///
/// ```
/// use cotangent::prelude::*;
/// let x = |a, b| tlist![Tensor::from([a, b]), Tensor::scalar(a)];
/// laws::dot_add_right(&x(1.0, 2.0), &x(3.0, 4.0), &x(5.0, 6.0))?;
/// # Ok::<(), Counterexample>(())
/// ```
pub fn dot_add_right<A: Sample, V: Algebra<A>>(x: &V, y: &V, z: &V) -> Result<(), Counterexample> {
    let sum = x.dot(y) + x.dot(z);
    same_scalar("dot_add_right", "the sum", &sum, &x.dot(&y.add(z)))
}

/// `⟨x, 0⟩ = 0`. Lean's `dotList_zero_right`.
///
/// # Errors
/// The inner product, where it is not zero.
///
/// ```
/// use cotangent::prelude::*;
/// laws::dot_zero_right::<f64, _>(&tlist![Tensor::from([1.0, 2.0])])?;
/// # Ok::<(), Counterexample>(())
/// ```
pub fn dot_zero_right<A: Sample, V: Algebra<A>>(x: &V) -> Result<(), Counterexample> {
    same_scalar(
        "dot_zero_right",
        "the zero list",
        &A::zero(),
        &x.dot(&V::zeros()),
    )
}

/// `⟨x ++ [a], y ++ [b]⟩ = ⟨x, y⟩ + ⟨a, b⟩`. Lean's `dotList_snoc`.
///
/// # Errors
/// The two sides, where they differ.
///
/// ```
/// use cotangent::prelude::*;
/// let (x, y) = (tlist![Tensor::from([1.0, 2.0])], tlist![Tensor::from([3.0, 4.0])]);
/// laws::dot_snoc::<f64, _, _>(&x, &y, &Tensor::scalar(5.0), &Tensor::scalar(6.0))?;
/// # Ok::<(), Counterexample>(())
/// ```
pub fn dot_snoc<A, V, T>(x: &V, y: &V, a: &T, b: &T) -> Result<(), Counterexample>
where
    A: Sample,
    V: Algebra<A> + Snoc<T, Out: Algebra<A>> + Clone,
    T: Algebra<A> + Clone,
{
    let apart = x.dot(y) + a.dot(b);
    let joined = x.clone().snoc(a.clone()).dot(&y.clone().snoc(b.clone()));
    same_scalar("dot_snoc", "the last entry", &apart, &joined)
}

/// `⟨dx, single(i, v)⟩ = ⟨dx[i], v⟩`: `single` is the adjoint of reading. Lean's `dotList_single`.
///
/// # Errors
/// The two sides, where they differ.
///
/// ```
/// use cotangent::context::Here;
/// use cotangent::prelude::*;
/// let dx = tlist![Tensor::from([1.0, 2.0]), Tensor::scalar(3.0)];
/// laws::dot_single::<f64, _, Here>(&dx, &Tensor::from([4.0, 5.0]))?;
/// # Ok::<(), Counterexample>(())
/// ```
pub fn dot_single<A, V, I>(dx: &V, value: &V::Entry) -> Result<(), Counterexample>
where
    A: Sample,
    V: Algebra<A> + Single<A, I, Entry: Algebra<A> + Clone>,
{
    let place = format!("entry {}", V::POSITION);
    let single = V::single(value.clone());
    same_scalar("dot_single", &place, &dx.at().dot(value), &dx.dot(&single))
}

/// `unsnoc(snoc(x, a)) = (x, a)`. Lean's `unsnoc_snoc`.
///
/// # Errors
/// Which of the two parts is another.
///
/// ```
/// use cotangent::prelude::*;
/// laws::unsnoc_snoc(&tlist![Tensor::from([1.0, 2.0])], &Tensor::scalar(3.0))?;
/// # Ok::<(), Counterexample>(())
/// ```
pub fn unsnoc_snoc<V, T>(x: &V, a: &T) -> Result<(), Counterexample>
where
    V: Snoc<T> + Clone + PartialEq,
    T: Clone + PartialEq,
{
    let (init, last) = x.clone().snoc(a.clone()).unsnoc();
    let wrong = |part| {
        Err(Counterexample::new(
            "unsnoc_snoc",
            part,
            "what was put in",
            "another",
        ))
    };
    match (init == *x, last == *a) {
        (true, true) => Ok(()),
        (false, _) => wrong("the initial part"),
        (true, false) => wrong("the last entry"),
    }
}

/// `snoc(unsnoc(y)) = y`. Lean's `snoc_unsnoc`.
///
/// # Errors
/// That the list is another.
///
/// ```
/// use cotangent::prelude::*;
/// laws::snoc_unsnoc(&tlist![Tensor::from([1.0, 2.0]), Tensor::scalar(3.0)])?;
/// # Ok::<(), Counterexample>(())
/// ```
pub fn snoc_unsnoc<V>(y: &V) -> Result<(), Counterexample>
where
    V: Unsnoc<Init: Snoc<V::Last, Out = V>> + Clone + PartialEq,
{
    let (init, last) = y.clone().unsnoc();
    if init.snoc(last) == *y {
        Ok(())
    } else {
        Err(Counterexample::new(
            "snoc_unsnoc",
            "the list",
            "the same list",
            "another",
        ))
    }
}
