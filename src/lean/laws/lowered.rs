//! Laws of the nodes that compiling makes, one by one: what they are called, whose children they are, and what their
//! pullbacks are.

use super::compare::{same_contributions, same_count};
use super::trials::{cotangents_of, of_other_dims};
use crate::context::Context;
use crate::counterexample::Counterexample;
use crate::env::{Environment, Given};
use crate::graph::GraphData;
use crate::graph::nodes::Nodes;
use crate::graph::steps::Entries;
use crate::lean::link::compile_tape;
use crate::lean::tape::{Tape, TapeError};
use crate::scalar::Semiring;
use crate::tensor::AnyTensor;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// A compiled tape has the inputs of its graph as leaves and its nodes as nodes: in order, with their names, their ops and
/// the parents that they are wired to, one for each argument. Lean's `lowerNode`, which has no parents and one name.
///
/// # Errors
/// The first node that is called otherwise, has another op, or other parents.
///
/// ```
/// use cotangent::prelude::*;
/// laws::lower_node(&graph!(|x: [2]| sum(x * x)), &tlist![Tensor::from([1.0, 2.0])], ())?;
/// # Ok::<(), Counterexample>(())
/// ```
pub fn lower_node<A, D, G, Ss>(
    graph: &GraphData<A, D, G, Ss>,
    x: impl Given<A, G>,
    env: impl Given<A, D>,
) -> Result<(), Counterexample>
where
    A: Semiring,
    D: Environment,
    G: Context,
{
    lower_node_of(&compile_tape(graph, x, env), graph)
}

/// [`lower_node`] for a tape.
///
/// # Errors
/// As [`lower_node`].
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [2]| sum(x * x));
/// let mut tape = compile_tape(&g, &tlist![Tensor::from([1.0, 2.0])], ());
/// tape.nodes_mut()[1].parents = vec![0]; // x * x takes x twice
/// let found = laws::lower_node_of(&tape, &g).unwrap_err();
/// assert_eq!((found.expected.as_str(), found.got.as_str()), ("[0, 0]", "[0]"));
/// ```
pub fn lower_node_of<A, D, G, Ss>(
    tape: &Tape<A>,
    graph: &GraphData<A, D, G, Ss>,
) -> Result<(), Counterexample> {
    lowered(tape, &graph.nodes)
}

/// The same, of a graph whose types are forgotten.
pub(crate) fn lowered<A>(tape: &Tape<A>, nodes: &Nodes) -> Result<(), Counterexample> {
    const LAW: &str = "lower_node";
    let leaves = nodes.context().iter().enumerate();
    let leaves = leaves.map(|(id, input)| (id, &*input.name, "leaf", Vec::new()));
    let computed = nodes.nodes();
    let computed = computed
        .iter()
        .map(|node| (node.id, node.name, node.op, node.parents()));
    let expected: Vec<_> = leaves.chain(computed).collect();
    same_count(LAW, "the size of the tape", expected.len(), tape.size())?;
    for ((id, name, op, parents), node) in expected.into_iter().zip(tape.nodes()) {
        let wrong = |what: &str, expected: &str, got: &str| {
            let place = format!("the {what} of node {id}");
            Err(Counterexample::new(LAW, place, expected, got))
        };
        // An input without a name is a leaf without one.
        let got = node.name.as_deref().unwrap_or_default();
        if name != got {
            return wrong("name", name, got);
        }
        if op != node.op {
            return wrong("op", op, &node.op);
        }
        if parents != node.parents {
            return wrong(
                "parents",
                &format!("{parents:?}"),
                &format!("{:?}", node.parents),
            );
        }
    }
    Ok(())
}

/// The pullback of each node of a compiled tape is the typed VJP: to each parent, in order, what it makes of the cotangent.
/// Lean's `lowerNode_backward_of_shape`.
///
/// It is tried at zeros, ones, unit vectors (eight of a large tensor) and elements that all differ. The VJP itself is that
/// of the graph on both sides: whether it is right is [`backprop_correct`](super::backprop_correct).
///
/// # Errors
/// The first contribution that is another.
///
/// ```
/// use cotangent::prelude::*;
/// let x = tlist![Tensor::from([1.0, 2.0])];
/// laws::lower_node_backward_of_shape(&graph!(|x: [2]| sum(x * x)), &x, ())?;
/// # Ok::<(), Counterexample>(())
/// ```
pub fn lower_node_backward_of_shape<A, D, G, Ss>(
    graph: &GraphData<A, D, G, Ss>,
    x: impl Given<A, G>,
    env: impl Given<A, D>,
) -> Result<(), Counterexample>
where
    A: Semiring,
    D: Environment,
    G: Context,
{
    lower_node_backward_of_shape_of(&compile_tape(graph, x, env), graph, x, env)
}

/// [`lower_node_backward_of_shape`] for a tape.
///
/// # Errors
/// As [`lower_node_backward_of_shape`].
///
/// ```
/// use cotangent::prelude::*;
/// let (g, x) = (graph!(|x: [2]| sum(x * x)), tlist![Tensor::from([1.0, 2.0])]);
/// let mut tape = compile_tape(&g, &x, ());
/// let inner = tape.nodes()[1].clone();
/// // It contributes once, where x * x takes x twice.
/// tape.nodes_mut()[1] = tape.nodes()[1].with_backward(move |dy| Ok(inner.backward(dy)?[..1].to_vec()));
/// let found = laws::lower_node_backward_of_shape_of(&tape, &g, &x, ()).unwrap_err();
/// assert_eq!((found.expected.as_str(), found.got.as_str()), ("2", "1"));
/// ```
pub fn lower_node_backward_of_shape_of<A, D, G, Ss>(
    tape: &Tape<A>,
    graph: &GraphData<A, D, G, Ss>,
    x: impl Given<A, G>,
    env: impl Given<A, D>,
) -> Result<(), Counterexample>
where
    A: Semiring,
    D: Environment,
    G: Context,
{
    let d = Entries::of(&graph.nodes, env);
    let values = graph.nodes.eval(x.tensors(), &d);
    lowered_backward(tape, &graph.nodes, &values, &d, |id| {
        cotangents_of(values[id].dims())
    })
}

/// The same, of a graph whose types are forgotten, at some cotangents for each node.
pub(crate) fn lowered_backward<A: Semiring>(
    tape: &Tape<A>,
    nodes: &Nodes,
    values: &[AnyTensor<A>],
    d: &Entries<A>,
    cotangents: impl Fn(usize) -> Vec<AnyTensor<A>>,
) -> Result<(), Counterexample> {
    const LAW: &str = "lower_node_backward_of_shape";
    same_count(LAW, "the size of the tape", values.len(), tape.size())?;
    // A leaf has no VJP, and contributes nothing.
    for (id, leaf) in tape.nodes().iter().enumerate().take(nodes.inputs) {
        for cotangent in cotangents(id) {
            let (name, got) = (leaf.describe(id), leaf.backward(&cotangent));
            same_contributions(LAW, &name, &cotangent, &Ok(Vec::new()), &got)?;
        }
    }
    for node in nodes.nodes() {
        let (pullback, parents) = (node.pullback(values, d), node.parents());
        for cotangent in cotangents(node.id) {
            let typed = parents.iter().copied().zip(pullback.run(&cotangent));
            let got = tape.nodes()[node.id].backward(&cotangent);
            let expected = Ok(typed.collect());
            same_contributions(LAW, &node.describe(), &cotangent, &expected, &got)?;
        }
    }
    Ok(())
}

/// The pullback of a node that is no leaf refuses a cotangent of other dims than its value. Lean's
/// `lowerNode_backward_of_ne`.
///
/// # Errors
/// The first node that takes one, says something else of it, or panics.
///
/// ```
/// use cotangent::prelude::*;
/// let x = tlist![Tensor::from([1.0, 2.0])];
/// laws::lower_node_backward_of_ne(&graph!(|x: [2]| sum(x * x)), &x, ())?;
/// # Ok::<(), Counterexample>(())
/// ```
pub fn lower_node_backward_of_ne<A, D, G, Ss>(
    graph: &GraphData<A, D, G, Ss>,
    x: impl Given<A, G>,
    env: impl Given<A, D>,
) -> Result<(), Counterexample>
where
    A: Semiring,
    D: Environment,
    G: Context,
{
    lower_node_backward_of_ne_of(&compile_tape(graph, x, env), G::dims().len())
}

/// [`lower_node_backward_of_ne`] for a tape that begins with a number of leaves.
///
/// # Errors
/// As [`lower_node_backward_of_ne`].
///
/// ```
/// use cotangent::prelude::*;
/// let mut tape = compile_tape(&graph!(|x: [2]| sum(x)), &tlist![Tensor::from([1.0, 2.0])], ());
/// laws::lower_node_backward_of_ne_of(&tape, 1)?;
/// tape.nodes_mut()[1] = tape.nodes()[1].with_backward(|dy| Ok(vec![(0, dy.clone())])); // it does not look
/// assert!(laws::lower_node_backward_of_ne_of(&tape, 1).is_err());
/// # Ok::<(), Counterexample>(())
/// ```
pub fn lower_node_backward_of_ne_of<A: Semiring>(
    tape: &Tape<A>,
    leaves: usize,
) -> Result<(), Counterexample> {
    const LAW: &str = "lower_node_backward_of_ne";
    for (id, node) in tape.nodes().iter().enumerate().skip(leaves) {
        let dims = node.value.dims();
        let wrong = |expected: &str, got: String| {
            Err(Counterexample::new(LAW, node.describe(id), expected, got))
        };
        // A pullback that does not look may panic where it computes: that is no refusal.
        let cotangent = of_other_dims(dims);
        match catch_unwind(AssertUnwindSafe(|| node.backward(&cotangent))) {
            Ok(Err(TapeError::CotangentDims { expected, .. })) if *expected == *dims => {}
            Ok(Err(error)) => return wrong("`CotangentDims`", error.to_string()),
            Ok(Ok(_)) => return wrong("an error", "contributions".to_owned()),
            Err(_) => return wrong("an error", "a panic".to_owned()),
        }
    }
    Ok(())
}
