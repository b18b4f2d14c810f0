//! Laws of forgetting shapes: the bookkeeping of Lean's `Any.lean`.

use super::compare::{all_identical, same_count, same_scalar};
use crate::context::{Algebra, Context, Erase, Snoc, TList, TensorList};
use crate::counterexample::Counterexample;
use crate::scalar::{Sample, Semiring};
use crate::tensor::{AnyTensor, only_tensors};

/// `to_any_list` has an entry for each tensor of Γ. Lean's `length_toAnyList`.
///
/// # Errors
/// The two lengths.
///
/// ```
/// use cotangent::prelude::*;
/// type Gamma = context![[2], []];
/// laws::length_to_any_list::<f64, Gamma>(&tlist![Tensor::from([1.0, 2.0]), Tensor::scalar(3.0)])?;
/// # Ok::<(), Counterexample>(())
/// ```
pub fn length_to_any_list<A: Semiring, G: Context>(x: &TList<A, G>) -> Result<(), Counterexample> {
    length_to_any_list_of::<A, G>(&x.to_any_list())
}

/// [`length_to_any_list`] for a list that claims to be the erasure of one over `G`.
///
/// # Errors
/// The two lengths.
///
/// ```
/// use cotangent::prelude::*;
/// let list = [AnyTensor::scalar(1.0)];
/// let found = laws::length_to_any_list_of::<f64, context![[], []]>(&list).unwrap_err();
/// assert_eq!((found.expected.as_str(), found.got.as_str()), ("2", "1"));
/// ```
pub fn length_to_any_list_of<A, G: Context>(list: &[AnyTensor<A>]) -> Result<(), Counterexample> {
    same_count(
        "length_to_any_list",
        "the list",
        G::dims().len(),
        list.len(),
    )
}

/// Every id of `to_indexed_any_list(start)` is from `start` and below `start + length`, in order.
/// Lean's `mem_toIndexedAnyList_lt`.
///
/// # Errors
/// The first id that is another.
///
/// ```
/// use cotangent::prelude::*;
/// laws::mem_to_indexed_any_list_lt::<f64, _>(&tlist![Tensor::scalar(1.0), Tensor::scalar(2.0)], 7)?;
/// # Ok::<(), Counterexample>(())
/// ```
pub fn mem_to_indexed_any_list_lt<A, L: Erase<A>>(
    x: &TensorList<L>,
    start: usize,
) -> Result<(), Counterexample> {
    mem_to_indexed_any_list_lt_of(&x.to_indexed_any_list(start), start)
}

/// [`mem_to_indexed_any_list_lt`] for a list with ids.
///
/// # Errors
/// The first id that is another.
///
/// ```
/// use cotangent::prelude::*;
/// let list = [(7, AnyTensor::scalar(1.0)), (9, AnyTensor::scalar(2.0))];
/// let found = laws::mem_to_indexed_any_list_lt_of(&list, 7).unwrap_err();
/// assert_eq!((found.place.as_str(), found.expected.as_str(), found.got.as_str()), ("entry 1", "8", "9"));
/// ```
pub fn mem_to_indexed_any_list_lt_of<A>(
    list: &[(usize, AnyTensor<A>)],
    start: usize,
) -> Result<(), Counterexample> {
    for (entry, (id, _)) in list.iter().enumerate() {
        same_count(
            "mem_to_indexed_any_list_lt",
            &format!("entry {entry}"),
            start + entry,
            *id,
        )?;
    }
    Ok(())
}

/// `to_any_list(snoc(x, a)) = to_any_list(x) ++ [a]`. Lean's `toAnyList_snoc`.
///
/// # Errors
/// The first entry that is another.
///
/// ```
/// use cotangent::prelude::*;
/// laws::to_any_list_snoc::<f64, _, _>(&tlist![Tensor::from([1.0, 2.0])], &Tensor::scalar(3.0))?;
/// # Ok::<(), Counterexample>(())
/// ```
pub fn to_any_list_snoc<A, V, T>(x: &V, a: &T) -> Result<(), Counterexample>
where
    A: Semiring,
    V: Erase<A> + Snoc<T, Out: Erase<A>> + Clone,
    T: Erase<A> + Clone,
{
    let (mut apart, mut joined) = (Vec::new(), Vec::new());
    x.push_any(&mut apart);
    a.push_any(&mut apart);
    x.clone().snoc(a.clone()).push_any(&mut joined);
    all_identical(
        "to_any_list_snoc",
        &only_tensors(apart),
        &only_tensors(joined),
    )
}

/// A cast changes no entry. Lean's `toAnyList_cast`.
///
/// # Errors
/// The first entry that is another, or that the shapes are not the same.
///
/// ```
/// use cotangent::frunk::HList;
/// use cotangent::prelude::*;
/// let x = tlist![Tensor::from([1.0, 2.0])];
/// laws::to_any_list_cast::<f64, _, HList![Tensor<f64, shape![2]>]>(&x)?;
/// // Not to other shapes:
/// assert!(laws::to_any_list_cast::<f64, _, HList![Tensor<f64, shape![2, 1]>]>(&x).is_err());
/// # Ok::<(), Counterexample>(())
/// ```
pub fn to_any_list_cast<A: Semiring, L: Erase<A>, M: Erase<A>>(
    x: &TensorList<L>,
) -> Result<(), Counterexample> {
    let cast = cast::<A, L, M>("to_any_list_cast", x)?;
    all_identical("to_any_list_cast", &x.to_any_list(), &cast.to_any_list())
}

/// Casting there and back is the identity. Lean's `cast_symm`.
///
/// # Errors
/// The first entry that is another, or that the shapes are not the same.
///
/// ```
/// use cotangent::frunk::HList;
/// use cotangent::prelude::*;
/// let x = tlist![Tensor::from([1.0, 2.0])];
/// laws::cast_symm::<f64, _, HList![Tensor<f64, shape![2]>]>(&x)?;
/// # Ok::<(), Counterexample>(())
/// ```
pub fn cast_symm<A: Semiring, L: Erase<A>, M: Erase<A>>(
    x: &TensorList<L>,
) -> Result<(), Counterexample> {
    let there = cast::<A, L, M>("cast_symm", x)?;
    let back = cast::<A, M, L>("cast_symm", &there)?;
    all_identical("cast_symm", &x.to_any_list(), &back.to_any_list())
}

/// `⟨cast(x), y⟩ = ⟨x, cast(y)⟩`. Lean's `dotList_cast_left`.
///
/// # Errors
/// The two sides, where they differ, or that the shapes are not the same.
///
/// ```
/// use cotangent::prelude::*;
/// laws::dot_cast_left::<f64, _, _>(&tlist![Tensor::from([1.0, 2.0])], &tlist![Tensor::from([3.0, 4.0])])?;
/// # Ok::<(), Counterexample>(())
/// ```
pub fn dot_cast_left<A, L, M>(x: &TensorList<L>, y: &TensorList<M>) -> Result<(), Counterexample>
where
    A: Sample,
    L: Erase<A> + Algebra<A>,
    M: Erase<A> + Algebra<A>,
{
    let left = cast::<A, L, M>("dot_cast_left", x)?.dot(y);
    let right = x.dot(&cast::<A, M, L>("dot_cast_left", y)?);
    same_scalar("dot_cast_left", "the cast", &left, &right)
}

fn cast<A, L: Erase<A>, M: Erase<A>>(
    law: &'static str,
    x: &TensorList<L>,
) -> Result<TensorList<M>, Counterexample> {
    x.cast()
        .map_err(|error| Counterexample::new(law, "the cast", "the same shapes", error))
}
