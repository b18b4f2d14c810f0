//! Laws of `add_leaves`.

use super::compare::{all_identical, all_identical_at, same_contributions, same_count};
use super::trials::{cotangents_of, of_other_dims};
use crate::context::{Context, TList};
use crate::counterexample::Counterexample;
use crate::lean::link::add_leaves;
use crate::lean::tape::{Tape, TapeNode};
use crate::scalar::Semiring;
use crate::tensor::AnyTensor;

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
/// A leaf has the op `leaf`, no name and no parents, asks for a cotangent, and contributes nothing, whatever its
/// cotangent is.
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
        same_node(LAW, id, old, new)?;
    }
    let leaves = after.nodes().iter().enumerate().skip(before.size());
    for ((id, leaf), value) in leaves.zip(x.to_any_list()) {
        same_node(LAW, id, &leaf_of(value), leaf)?;
    }
    Ok(())
}

/// What a leaf is, said here once more: the law does not take the word of what it judges.
fn leaf_of<A>(value: AnyTensor<A>) -> TapeNode<A> {
    let mut leaf = TapeNode::new("", "leaf", value, Vec::new(), |_| Ok(Vec::new()));
    leaf.name = None;
    leaf.requires_grad = true;
    leaf
}

/// Two nodes that should be equal. Functions cannot be compared: the two pullbacks are, at several cotangents, one of them
/// of other dims.
fn same_node<A: Semiring>(
    law: &'static str,
    id: usize,
    expected: &TapeNode<A>,
    got: &TapeNode<A>,
) -> Result<(), Counterexample> {
    let wrong = |what: &str, expected: String, got: String| {
        let place = format!("the {what} of node {id}");
        Err(Counterexample::new(law, place, expected, got))
    };
    let name = |node: &TapeNode<A>| node.name.as_deref().unwrap_or("none").to_owned();
    if expected.name != got.name {
        return wrong("name", name(expected), name(got));
    }
    if expected.op != got.op {
        return wrong("op", expected.op.to_string(), got.op.to_string());
    }
    if expected.parents != got.parents {
        let parents = |node: &TapeNode<A>| format!("{:?}", node.parents);
        return wrong("parents", parents(expected), parents(got));
    }
    if expected.requires_grad != got.requires_grad {
        let flag = |node: &TapeNode<A>| node.requires_grad.to_string();
        return wrong("flag `requires_grad`", flag(expected), flag(got));
    }
    let value = |_| format!("the value of node {id}");
    let values = [&expected.value, &got.value].map(std::slice::from_ref);
    all_identical_at(law, value, values[0], values[1])?;
    let dims = expected.value.dims();
    for cotangent in cotangents_of(dims).into_iter().chain([of_other_dims(dims)]) {
        same_contributions(
            law,
            &format!("node {id}"),
            &cotangent,
            &expected.backward(&cotangent),
            &got.backward(&cotangent),
        )?;
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
