//! The link: typed graphs compiled to tapes. The only file that sees both.
//!
//! The typed graph is the specification; the laws of [`laws`](crate::lean::laws) say that the tape agrees with it.
//!
//! ```
//! use cotangent::prelude::*;
//! let g = graph!(|x: [2]| sum(x * x));
//! let x = tlist![Tensor::from([1.0, 2.0])];
//! let (tape, context) = compile_data(&g, &x, ());
//! assert_eq!(context.to_any_list(), tape.values());
//! laws::compile_data_ctx_eq_eval(&g, &x, ())?;
//! # Ok::<(), Counterexample>(())
//! ```

use super::certified::Graph;
use crate::context::{Context, Erase, TensorList};
use crate::env::{Environment, Given};
use crate::graph::nodes::Nodes;
use crate::graph::steps::Entries;
use crate::graph::{AllValues, Body, GraphData};
use crate::lean::tape::{Tape, TapeError, TapeNode};
use crate::scalar::Semiring;
use crate::tensor::AnyTensor;

/// A value as a node without parents, name or contributions. Lean's `leafNodeOfAny`.
///
/// ```
/// use cotangent::prelude::*;
/// let node = leaf_node_of_any(AnyTensor::scalar(2.0));
/// assert_eq!((&*node.op, node.value), ("leaf", AnyTensor::scalar(2.0)));
/// ```
pub fn leaf_node_of_any<A>(value: AnyTensor<A>) -> TapeNode<A> {
    TapeNode::leaf(value)
}

/// Adds a leaf for each tensor of a list, depth first. Lean's `addLeaves`.
///
/// ```
/// use cotangent::prelude::*;
/// let mut tape = Tape::empty();
/// add_leaves(&mut tape, &tlist![Tensor::scalar(1.0), Tensor::from([2.0, 3.0])]);
/// assert_eq!(tape.size(), 2);
/// ```
pub fn add_leaves<A, L: Erase<A>>(tape: &mut Tape<A>, x: &TensorList<L>) {
    for value in x.to_any_list() {
        tape.add_node(leaf_node_of_any(value));
    }
}

/// Compiles a graph at some inputs: a tape with a node for each value, and the whole context, typed.
/// Lean's `compileAuxData`.
///
/// Each node keeps its name and its true parents, and its pullback is the typed VJP closed over its primals. Where
/// the Lean compiler emits a contribution for every earlier node, this emits one for each parent.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [2], y: [2]| sum(x * y));
/// let x = tlist![Tensor::from([1.0, 2.0]), Tensor::from([3.0, 4.0])];
/// let (tape, context) = compile_data(&g, &x, ());
/// let tlist![_, _, _, total] = context;
/// assert_eq!(total.item(), 11.0);
/// let dense = tape.backward_dense(tape.last(), &AnyTensor::scalar(1.0))?;
/// assert_eq!(dense[0].as_ref().map(|dx| dx.as_slice()), Some(&[3.0, 4.0][..]));
/// # Ok::<(), TapeError>(())
/// ```
pub fn compile_data<A, D, G, Ss>(
    graph: &GraphData<A, D, G, Ss>,
    x: impl Given<A, G>,
    env: impl Given<A, D>,
) -> (Tape<A>, Ss::All<A, G>)
where
    A: Semiring,
    D: Environment,
    G: Context,
    Ss: Body,
{
    let tape = compile_tape(graph, x, env);
    let context = AllValues::typed(tape.values());
    (tape, context)
}

/// [`compile_data`] for a certified graph. Lean's `compileAux`.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [2]| sum(x * x)).certify()?;
/// let (tape, tlist![_, _, total]) = compile(&g, &tlist![Tensor::from([1.0, 2.0])], ());
/// assert_eq!((tape.size(), total.item()), (3, 5.0));
/// # Ok::<(), Counterexample>(())
/// ```
pub fn compile<A, D, G, Ss>(
    graph: &Graph<A, D, G, Ss>,
    x: impl Given<A, G>,
    env: impl Given<A, D>,
) -> (Tape<A>, Ss::All<A, G>)
where
    A: Semiring,
    D: Environment,
    G: Context,
    Ss: Body,
{
    compile_data(graph, x, env)
}

/// The tape of [`compile_data`] alone: nothing here walks the context, so it costs the compiler nothing.
///
/// ```
/// use cotangent::prelude::*;
/// let tape = compile_tape(&graph!(|x: [2]| sum(x * x)), &tlist![Tensor::from([1.0, 2.0])], ());
/// assert_eq!(tape.backward_scalar(tape.last())?[&0].as_slice(), [2.0, 4.0]);
/// # Ok::<(), TapeError>(())
/// ```
pub fn compile_tape<A, D, G, Ss>(
    graph: &GraphData<A, D, G, Ss>,
    x: impl Given<A, G>,
    env: impl Given<A, D>,
) -> Tape<A>
where
    A: Semiring,
    D: Environment,
    G: Context,
{
    tape_of(&graph.nodes, x.tensors(), &Entries::of(&graph.nodes, env))
}

/// The tape of a graph whose types are forgotten.
pub(crate) fn tape_of<A: Semiring>(
    nodes: &Nodes,
    x: Vec<AnyTensor<A>>,
    entries: &Entries<A>,
) -> Tape<A> {
    let mut tape = Tape::empty();
    for (value, input) in x.into_iter().zip(nodes.context()) {
        let mut leaf = leaf_node_of_any(value);
        if !input.name.is_empty() {
            leaf.name = Some(input.name.to_string().into());
        }
        tape.add_node(leaf);
    }
    let values = nodes.eval(tape.values(), entries);
    for node in nodes.nodes() {
        let value = values[node.id].clone();
        let (pullback, parents) = (node.pullback(&values, entries), node.parents());
        let (description, dims) = (node.describe(), node.dims.clone());
        let backward = move |cotangent: &AnyTensor<A>| {
            if *cotangent.dims() != dims {
                return Err(TapeError::CotangentDims {
                    node: description.clone(),
                    expected: Box::new(dims.clone()),
                    got: Box::new(cotangent.dims().clone()),
                });
            }
            let contributions = pullback.run(cotangent);
            Ok(parents.iter().copied().zip(contributions).collect())
        };
        tape.add_node(TapeNode::new(
            node.name.to_owned(),
            node.op.to_owned(),
            value,
            node.parents(),
            backward,
        ));
    }
    tape
}
