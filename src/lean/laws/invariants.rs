//! Invariants of a compiled tape: every node asks for a cotangent, and contributions go to earlier nodes.

use super::compare::same_count;
use super::trials::{cotangents_of, of_other_dims};
use crate::context::Context;
use crate::counterexample::Counterexample;
use crate::env::{Environment, Given};
use crate::graph::GraphData;
use crate::lean::link::compile_tape;
use crate::lean::tape::{Tape, TapeNode};
use crate::scalar::Semiring;
use crate::tensor::AnyTensor;

/// Every node of a compiled tape asks for a cotangent. Lean's
/// `compileAux_all_requires_grad_true`.
///
/// # Errors
/// The first node that does not.
///
/// ```
/// use cotangent::prelude::*;
/// let x = tlist![Tensor::from([1.0, 2.0])];
/// laws::all_requires_grad_true(&graph!(|x: [2]| sum(x)), &x, ())?;
/// # Ok::<(), Counterexample>(())
/// ```
pub fn all_requires_grad_true<A, D, G, Ss>(
    graph: &GraphData<A, D, G, Ss>,
    x: impl Given<A, G>,
    env: impl Given<A, D>,
) -> Result<(), Counterexample>
where
    A: Semiring,
    D: Environment,
    G: Context,
{
    all_requires_grad_true_of(&compile_tape(graph, x, env))
}

/// [`all_requires_grad_true`] for a tape.
///
/// # Errors
/// The first node that does not.
///
/// ```
/// use cotangent::prelude::*;
/// let mut tape = compile_tape(&graph!(|x: [2]| sum(x)), &tlist![Tensor::from([1.0, 2.0])], ());
/// laws::all_requires_grad_true_of(&tape)?;
/// tape.set_requires_grad(0, false)?;
/// let found = laws::all_requires_grad_true_of(&tape).unwrap_err();
/// assert_eq!(found.place, "node 0 `x` (leaf)");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn all_requires_grad_true_of<A>(tape: &Tape<A>) -> Result<(), Counterexample> {
    match tape
        .nodes()
        .iter()
        .enumerate()
        .find(|(_, node)| !node.requires_grad)
    {
        None => Ok(()),
        Some((id, node)) => {
            let law = "all_requires_grad_true";
            Err(Counterexample::new(law, node.describe(id), true, false))
        }
    }
}

/// A pullback of a compiled tape contributes to earlier nodes only, which is why the reverse loop ends.
/// Lean's `compileAux_backward_pids_lt_id`.
///
/// Lean says it of every cotangent. It is tried at zeros, ones, unit vectors (eight of a large tensor), elements that all
/// differ, and ones of other dims, which a pullback may refuse; [`backward_pids_lt_id_at`] takes any, and `prove` gives
/// it indeterminates.
///
/// # Errors
/// The first node that contributes to itself or to a later one, or whose pullback fails.
///
/// ```
/// use cotangent::prelude::*;
/// let x = tlist![Tensor::from([1.0, 2.0])];
/// laws::backward_pids_lt_id(&graph!(|x: [2]| sum(x)), &x, ())?;
/// # Ok::<(), Counterexample>(())
/// ```
pub fn backward_pids_lt_id<A, D, G, Ss>(
    graph: &GraphData<A, D, G, Ss>,
    x: impl Given<A, G>,
    env: impl Given<A, D>,
) -> Result<(), Counterexample>
where
    A: Semiring,
    D: Environment,
    G: Context,
{
    backward_pids_lt_id_of(&compile_tape(graph, x, env))
}

/// [`backward_pids_lt_id`] for a tape. Lean's `BackwardPidsLt`.
///
/// # Errors
/// As [`backward_pids_lt_id`].
///
/// ```
/// use cotangent::prelude::*;
/// let mut tape = Tape::empty();
/// tape.add_node(TapeNode::new("y", "op", AnyTensor::scalar(1.0), vec![], |dy| Ok(vec![(0, dy.clone())])));
/// let found = laws::backward_pids_lt_id_of(&tape).unwrap_err(); // a loop
/// assert_eq!((found.expected.as_str(), found.got.as_str()), ("contributions below 0", "one to node 0"));
/// ```
pub fn backward_pids_lt_id_of<A: Semiring>(tape: &Tape<A>) -> Result<(), Counterexample> {
    for (id, node) in tape.nodes().iter().enumerate() {
        for cotangent in cotangents_of(node.value.dims()) {
            pids_below(id, node, &cotangent)?;
        }
        let other = of_other_dims(node.value.dims());
        if node.backward(&other).is_ok() {
            pids_below(id, node, &other)?;
        }
    }
    Ok(())
}

/// [`backward_pids_lt_id`] for a tape, at a cotangent given for each node.
///
/// # Errors
/// As [`backward_pids_lt_id`]; also the wrong number of cotangents.
///
/// ```
/// use cotangent::prelude::*;
/// let mut tape = Tape::empty();
/// // Of a cotangent of 100, it contributes to itself.
/// tape.add_node(TapeNode::new("y", "op", AnyTensor::scalar(1.0), vec![], |dy: &AnyTensor<f64>| {
///     Ok(if dy.as_slice() == [100.0] { vec![(0, dy.clone())] } else { vec![] })
/// }));
/// laws::backward_pids_lt_id_of(&tape)?; // it was not tried
/// assert!(laws::backward_pids_lt_id_at(&tape, &[AnyTensor::scalar(100.0)]).is_err());
/// # Ok::<(), Counterexample>(())
/// ```
pub fn backward_pids_lt_id_at<A: Semiring>(
    tape: &Tape<A>,
    cotangents: &[AnyTensor<A>],
) -> Result<(), Counterexample> {
    let (expected, got) = (tape.size(), cotangents.len());
    same_count(
        "backward_pids_lt_id",
        "the number of cotangents",
        expected,
        got,
    )?;
    let mut pairs = tape.nodes().iter().zip(cotangents).enumerate();
    pairs.try_for_each(|(id, (node, cotangent))| pids_below(id, node, cotangent))
}

/// The pullback of a node at one cotangent.
fn pids_below<A>(
    id: usize,
    node: &TapeNode<A>,
    cotangent: &AnyTensor<A>,
) -> Result<(), Counterexample> {
    let expected = format!("contributions below {id}");
    let wrong = |got| Counterexample::new("backward_pids_lt_id", node.describe(id), &expected, got);
    let contributions = node
        .backward(cotangent)
        .map_err(|error| wrong(error.to_string()))?;
    match contributions.iter().find(|(parent, _)| *parent >= id) {
        Some((parent, _)) => Err(wrong(format!("one to node {parent}"))),
        None => Ok(()),
    }
}
