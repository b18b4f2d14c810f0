//! Laws of `add_leaves`.

use super::compare::{all_identical, identical, same_count};
use crate::context::{Context, TList};
use crate::counterexample::Counterexample;
use crate::lean::link::add_leaves;
use crate::lean::tape::Tape;
use crate::scalar::Semiring;

/// The tape after `add_leaves`.
fn after<A: Semiring, G: Context>(tape: &Tape<A>, x: &TList<A, G>) -> Tape<A> {
    let mut after = tape.clone();
    add_leaves(&mut after, x);
    after
}

/// Adding the leaves of Γ makes the tape longer by the length of Γ. Lean's `size_addLeaves`.
///
/// # Errors
/// The two sizes.
///
/// ```
/// use cotangent::prelude::*;
/// laws::size_add_leaves::<f64, context![[2]]>(&Tape::empty(), &tlist![Tensor::from([1.0, 2.0])])?;
/// # Ok::<(), Counterexample>(())
/// ```
pub fn size_add_leaves<A: Semiring, G: Context>(
    tape: &Tape<A>,
    x: &TList<A, G>,
) -> Result<(), Counterexample> {
    size_add_leaves_of::<A, G>(tape, &after::<A, G>(tape, x))
}

/// [`size_add_leaves`] for a tape before and a tape after.
///
/// # Errors
/// The two sizes.
///
/// ```
/// use cotangent::prelude::*;
/// let (before, after) = (Tape::<f64>::empty(), Tape::empty());
/// let found = laws::size_add_leaves_of::<f64, context![[2]]>(&before, &after).unwrap_err();
/// assert_eq!((found.expected.as_str(), found.got.as_str()), ("1", "0")); // no leaf was added
/// ```
pub fn size_add_leaves_of<A, G: Context>(
    before: &Tape<A>,
    after: &Tape<A>,
) -> Result<(), Counterexample> {
    let expected = before.size() + G::dims().len();
    same_count(
        "size_add_leaves",
        "the size of the tape",
        expected,
        after.size(),
    )
}

/// Adding leaves appends, in order, a leaf for each entry and changes no other node. Lean's `nodes_addLeaves`.
///
/// # Errors
/// The first node that is another.
///
/// ```
/// use cotangent::prelude::*;
/// laws::nodes_add_leaves::<f64, context![[2]]>(&Tape::empty(), &tlist![Tensor::from([1.0, 2.0])])?;
/// # Ok::<(), Counterexample>(())
/// ```
pub fn nodes_add_leaves<A: Semiring, G: Context>(
    tape: &Tape<A>,
    x: &TList<A, G>,
) -> Result<(), Counterexample> {
    nodes_add_leaves_of::<A, G>(tape, x, &after::<A, G>(tape, x))
}

/// [`nodes_add_leaves`] for a tape before and a tape after.
///
/// # Errors
/// The first node that is another.
///
/// ```
/// use cotangent::prelude::*;
/// let x = tlist![Tensor::from([1.0, 2.0])];
/// let mut after = Tape::empty();
/// add_leaves(&mut after, &x);
/// let law = |after: &Tape<f64>| laws::nodes_add_leaves_of::<f64, context![[2]]>(&Tape::empty(), &x, after);
/// law(&after)?;
/// after.nodes_mut()[0].requires_grad = false; // no leaf any more
/// assert!(law(&after).is_err());
/// # Ok::<(), Counterexample>(())
/// ```
pub fn nodes_add_leaves_of<A: Semiring, G: Context>(
    before: &Tape<A>,
    x: &TList<A, G>,
    after: &Tape<A>,
) -> Result<(), Counterexample> {
    const LAW: &str = "nodes_add_leaves";
    size_add_leaves_of::<A, G>(before, after)?;
    for (id, (old, new)) in before.nodes().iter().zip(after.nodes()).enumerate() {
        let same = old.name == new.name
            && old.op == new.op
            && old.parents == new.parents
            && old.requires_grad == new.requires_grad
            && identical(&old.value, &new.value);
        if !same {
            let (old, new) = (old.describe(id), new.describe(id));
            return Err(Counterexample::new(LAW, format!("node {id}"), old, new));
        }
    }
    let leaves = after.nodes().iter().enumerate().skip(before.size());
    for ((id, leaf), value) in leaves.zip(x.to_any_list()) {
        // Functions cannot be compared; a leaf is told by what its pullback returns.
        let contributes = leaf
            .backward(&value)
            .map_or(1, |contributions| contributions.len());
        let is_leaf = leaf.parents.is_empty() && leaf.requires_grad && contributes == 0;
        if !(is_leaf && identical(&leaf.value, &value)) {
            let (expected, got) = (format!("a leaf of {value}"), leaf.describe(id));
            return Err(Counterexample::new(
                LAW,
                format!("node {id}"),
                expected,
                got,
            ));
        }
    }
    Ok(())
}

/// The values after adding leaves are those before, then the entries. Lean's `addLeaves_values`.
///
/// # Errors
/// The first value that is another.
///
/// ```
/// use cotangent::prelude::*;
/// laws::add_leaves_values::<f64, context![[2]]>(&Tape::empty(), &tlist![Tensor::from([1.0, 2.0])])?;
/// # Ok::<(), Counterexample>(())
/// ```
pub fn add_leaves_values<A: Semiring, G: Context>(
    tape: &Tape<A>,
    x: &TList<A, G>,
) -> Result<(), Counterexample> {
    add_leaves_values_of::<A, G>(tape, x, &after::<A, G>(tape, x))
}

/// [`add_leaves_values`] for a tape before and a tape after.
///
/// # Errors
/// The first value that is another.
///
/// ```
/// use cotangent::prelude::*;
/// let mut after = Tape::empty();
/// add_leaves(&mut after, &tlist![Tensor::from([1.0, 5.0])]);
/// let x = tlist![Tensor::from([1.0, 2.0])];
/// assert!(laws::add_leaves_values_of::<f64, context![[2]]>(&Tape::empty(), &x, &after).is_err());
/// ```
pub fn add_leaves_values_of<A: Semiring, G: Context>(
    before: &Tape<A>,
    x: &TList<A, G>,
    after: &Tape<A>,
) -> Result<(), Counterexample> {
    let expected = [before.values(), x.to_any_list()].concat();
    all_identical("add_leaves_values", &expected, &after.values())
}
