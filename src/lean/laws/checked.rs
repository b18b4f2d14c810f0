//! Laws of the derivatives that users call on a graph: they run one program for the whole graph, and give what the
//! specification gives node by node.

use super::compare::{same_count, same_scalar};
use super::zero::zero_preserving_of;
use crate::context::Context;
use crate::counterexample::Counterexample;
use crate::env::{Environment, Given};
use crate::graph::nodes::Nodes;
use crate::graph::steps::Entries;
use crate::graph::{Computes, GraphData, Results, Seeded, erased};
use crate::lean::link::tape_of;
use crate::scalar::{Sample, Semiring};
use crate::tensor::{AnyTensor, Position};

/// `vjp`, which runs the pullback of the whole graph as one program, gives the input block of `backprop_all` for the
/// cotangents of the results, and zeros elsewhere. Lean's `vjpChecked_eq`.
///
/// The program runs nothing that no result depends on, so its premise is that of the loops:
/// [`zero_preserving`](super::zero_preserving). A graph with closures has no program, and `vjp` is `backprop_all` there.
/// Floats are compared up to rounding: the program adds in an order of its own.
///
/// # Errors
/// Where the premise fails, its counterexample; otherwise the first cotangent that is another.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [2], w: [2]| -> ([2], []) { let y = x * w; (y, sum(y * y)) });
/// let x = tlist![Tensor::from([1.0, 2.0]), Tensor::from([3.0, -1.0])];
/// let dy = (Tensor::from([1.0, 10.0]), Tensor::scalar(2.0));
/// laws::vjp_checked_eq(&g, &x, (), &dy)?;
/// # Ok::<(), Counterexample>(())
/// ```
pub fn vjp_checked_eq<A, D, G, Ss>(
    graph: &GraphData<A, D, G, Ss>,
    x: impl Given<A, G>,
    env: impl Given<A, D>,
    dy: &<Ss::Results as Results>::Tangents<A>,
) -> Result<(), Counterexample>
where
    A: Sample,
    D: Environment,
    G: Context,
    Ss: Computes,
{
    same_as_all(graph, x, env, dy, &graph.cotangents_of(x, env, dy))
}

/// [`vjp_checked_eq`] for the cotangents of the inputs that were made elsewhere.
///
/// # Errors
/// As [`vjp_checked_eq`].
///
/// ```
/// use cotangent::prelude::*;
/// let (g, x) = (graph!(|x: [2]| sum(x * x)), tlist![Tensor::from([1.0, 2.0])]);
/// let half = tlist![Tensor::from([1.0, 2.0])]; // one of the two contributions
/// let found = laws::vjp_checked_eq_of(&g, &x, (), &Tensor::scalar(1.0), &half).unwrap_err();
/// assert_eq!((found.place.as_str(), found.expected.as_str()), ("the cotangent of input 0[0]", "2"));
/// ```
pub fn vjp_checked_eq_of<A, D, G, Ss>(
    graph: &GraphData<A, D, G, Ss>,
    x: impl Given<A, G>,
    env: impl Given<A, D>,
    dy: &<Ss::Results as Results>::Tangents<A>,
    dx: impl Given<A, G>,
) -> Result<(), Counterexample>
where
    A: Sample,
    D: Environment,
    G: Context,
    Ss: Computes,
{
    same_as_all(graph, x, env, dy, &dx.tensors())
}

/// Holds cotangents of the inputs against those of every value.
fn same_as_all<A, D, G, Ss>(
    graph: &GraphData<A, D, G, Ss>,
    x: impl Given<A, G>,
    env: impl Given<A, D>,
    dy: &<Ss::Results as Results>::Tangents<A>,
    dx: &[AnyTensor<A>],
) -> Result<(), Counterexample>
where
    A: Sample,
    Ss: Computes,
{
    let (nodes, x, d) = (&graph.nodes, x.tensors(), Entries::of(&graph.nodes, env));
    zero_preserving_of(&tape_of(nodes, x.clone(), &d))?;
    let of_results = erased::<A, Ss::Results>(dy);
    let values = nodes.eval(x, &d);
    same_pullback(nodes, &values, &d, &of_results, dx)
}

/// The pullback of the whole graph, of a graph whose types are forgotten, for a cotangent of each tensor that is returned.
pub(crate) fn pullback_of_whole<A: Sample>(
    nodes: &Nodes,
    values: &[AnyTensor<A>],
    d: &Entries<A>,
    seed: &[AnyTensor<A>],
) -> Result<(), Counterexample> {
    let x = values[..nodes.inputs].to_vec();
    let of_results: Vec<AnyTensor<A>> = returned(nodes, seed);
    let (_, dx) = nodes.values_and_cotangents(x, d, Seeded::All, of_results.clone());
    same_pullback(nodes, values, d, &of_results, &dx)
}

/// For each tensor that is returned, one of the tensors of the graph: a cotangent, or a tangent. Of a tensor of the
/// environment, zeros.
fn returned<A: Semiring>(nodes: &Nodes, all: &[AnyTensor<A>]) -> Vec<AnyTensor<A>> {
    let outputs = nodes.outputs();
    let of = |id: &usize| nodes.tangent_at(*id, all);
    outputs.iter().filter_map(of).collect()
}

fn same_pullback<A: Sample>(
    nodes: &Nodes,
    values: &[AnyTensor<A>],
    d: &Entries<A>,
    of_results: &[AnyTensor<A>],
    dx: &[AnyTensor<A>],
) -> Result<(), Counterexample> {
    let zeros = values.iter().map(|x| AnyTensor::zeros(x.dims().clone()));
    let mut seeds: Vec<_> = zeros.collect();
    let outputs = nodes.outputs();
    let tensors = outputs.iter().filter(|&&id| nodes.ty(id).is_scalar());
    for (&id, dy) in tensors.zip(of_results) {
        nodes.add_seed(id, &mut seeds, dy);
    }
    let typed = nodes.backprop_all(values, seeds, d);
    let name = |input| format!("the cotangent of input {input}");
    same_tensors("vjp_checked_eq", name, &typed[..nodes.inputs], dx)
}

/// `value_and_jvp`, which runs the whole graph with its tangents as one program, gives the tangents of the results that
/// `jvp` gives node by node. Lean's `jvpChecked_eq`.
///
/// # Errors
/// The first tangent that is another.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [2], w: [2]| sum(x * w));
/// let x = || tlist![Tensor::from([1.0, 2.0]), Tensor::from([3.0, -1.0])];
/// laws::jvp_checked_eq(&g, &x(), &x(), ())?;
/// # Ok::<(), Counterexample>(())
/// ```
pub fn jvp_checked_eq<A, D, G, Ss>(
    graph: &GraphData<A, D, G, Ss>,
    x: impl Given<A, G>,
    dx: impl Given<A, G>,
    env: impl Given<A, D>,
) -> Result<(), Counterexample>
where
    A: Sample,
    D: Environment,
    G: Context,
    Ss: Computes,
{
    let dy = graph.tangents_of(x, dx, env);
    same_as_node_by_node(graph, x, dx, env, &dy)
}

/// [`jvp_checked_eq`] for the tangents of the results that were made elsewhere.
///
/// # Errors
/// As [`jvp_checked_eq`].
///
/// ```
/// use cotangent::prelude::*;
/// let (g, x) = (graph!(|x: [2]| sum(x * x)), tlist![Tensor::from([1.0, 2.0])]);
/// assert!(laws::jvp_checked_eq_of(&g, &x, &x, (), &Tensor::scalar(5.0)).is_err()); // it is 10
/// ```
pub fn jvp_checked_eq_of<A, D, G, Ss>(
    graph: &GraphData<A, D, G, Ss>,
    x: impl Given<A, G>,
    dx: impl Given<A, G>,
    env: impl Given<A, D>,
    dy: &<Ss::Results as Results>::Tangents<A>,
) -> Result<(), Counterexample>
where
    A: Sample,
    D: Environment,
    G: Context,
    Ss: Computes,
{
    same_as_node_by_node(graph, x, dx, env, &erased::<A, Ss::Results>(dy))
}

/// Holds tangents of the results against those of every value.
fn same_as_node_by_node<A: Sample, D, G, Ss>(
    graph: &GraphData<A, D, G, Ss>,
    x: impl Given<A, G>,
    dx: impl Given<A, G>,
    env: impl Given<A, D>,
    of_results: &[AnyTensor<A>],
) -> Result<(), Counterexample> {
    let (nodes, d) = (&graph.nodes, Entries::of(&graph.nodes, env));
    let values = nodes.eval(x.tensors(), &d);
    same_tangents(nodes, &values, dx.tensors(), &d, of_results)
}

/// The tangents of the whole graph, of a graph whose types are forgotten.
pub(crate) fn tangents_of_whole<A: Sample>(
    nodes: &Nodes,
    values: &[AnyTensor<A>],
    d: &Entries<A>,
    dx: &[AnyTensor<A>],
) -> Result<(), Counterexample> {
    let x = values[..nodes.inputs].to_vec();
    let (_, dy) = nodes.values_and_tangents(x, dx.to_vec(), d);
    same_tangents(nodes, values, dx.to_vec(), d, &dy)
}

fn same_tangents<A: Sample>(
    nodes: &Nodes,
    values: &[AnyTensor<A>],
    dx: Vec<AnyTensor<A>>,
    d: &Entries<A>,
    dy: &[AnyTensor<A>],
) -> Result<(), Counterexample> {
    let typed = returned(nodes, &nodes.jvp(values, dx, d));
    let name = |result| format!("the tangent of result {result}");
    same_tensors("jvp_checked_eq", name, &typed, dy)
}

/// Two lists of tensors; floats up to rounding.
fn same_tensors<A: Sample>(
    law: &'static str,
    name: impl Fn(usize) -> String,
    expected: &[AnyTensor<A>],
    got: &[AnyTensor<A>],
) -> Result<(), Counterexample> {
    same_count(law, "the number of tensors", expected.len(), got.len())?;
    for (i, (expected, got)) in expected.iter().zip(got).enumerate() {
        let dims = expected.dims();
        if dims != got.dims() {
            return Err(Counterexample::new(law, name(i), dims, got.dims()));
        }
        let pairs = expected.as_slice().iter().zip(got.as_slice());
        for (at, (expected, got)) in pairs.enumerate() {
            let place = format!("{}{}", name(i), Position { dims, at });
            same_scalar(law, &place, expected, got)?;
        }
    }
    Ok(())
}
