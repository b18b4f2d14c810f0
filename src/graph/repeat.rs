//! A graph repeated: layer upon layer, each with parameters of its own. And checkpoints.

use super::callee::NoProgram;
use super::data::GraphData;
use super::looped::{Taken, looped, tensors};
use super::results::Results;
use super::returns::{Computes, Returns};
use crate::context::{Context, Entry, Name};
use crate::env::Environment;
use crate::scalar::Semiring;
use core::marker::PhantomData;
use frunk::hlist::{HCons, HNil};

/// The graph `x, [p₁, …, p_L], … ↦ f(… f(f(x, p₁, …), p₂, …) …, p_L, …)`, for a graph `f` whose result is what its
/// first input is, a tensor or a group: `L` layers, each with its own `p`. What `f` takes after `p`, and its environment,
/// is the same for all layers; a key is folded with the number of the layer.
///
/// In [`graph!`](crate::graph!) it is called as other graphs are, and the number of layers is that of the parameters.
/// The compiler sees one layer, however many there are. With no layers the value is `x`.
///
/// # Panics
/// If a node of `f` was made from closures: it has no program.
///
/// ```
/// use cotangent::prelude::*;
/// graph! {
///     struct Layer { weight: [2, 2], bias: [2] }
///
///     fn layer(x: [1, 2], p: Layer) -> [1, 2] {
///         relu(matmul(x, p.weight) + p.bias)
///     }
///
///     fn network<const L: usize>(x: [1, 2], layers: [Layer; L]) -> [] {
///         sum(repeat(layer)(x, layers))
///     }
/// }
/// let g = network::<f64, 3>();
/// let p = |b: f64| Layer::of(Tensor::from([[1.0, 1.0], [0.0, 1.0]]), Tensor::from([b, b]));
/// let x = tlist![Tensor::from([[1.0, 0.0]]), [p(0.0), p(1.0), p(-1.0)]];
/// let (y, tlist![_, layers]) = g.value_and_vjp(&x, ());
/// assert_eq!(y.item(), 5.0);
/// assert_eq!(layers[0].bias, Tensor::from([3.0, 1.0]));
/// assert_eq!(layers[2].bias, Tensor::from([1.0, 1.0]));
/// ```
#[track_caller]
#[rustfmt::skip]
pub fn repeat<const L: usize, A: Semiring, D: Environment, S: Entry, P: Entry, R: Context, Y: Results + RepeatLayer<S, <Y as Results>::First>, Ss: Computes<Results = Y>>(
    layer: GraphData<A, D, HCons<S, HCons<P, R>>, Ss>,
) -> GraphData<A, D, HCons<S, HCons<[P; L], R>>, Returns<HCons<<Y as RepeatLayer<S, <Y as Results>::First>>::State, HNil>>> {
    let context = [
        (Taken::Carried, tensors(S::push_dims)),
        (Taken::Listed, tensors(P::push_dims)),
        (Taken::Constant, tensors(R::push_dims)),
    ];
    let entries = vec![Taken::Constant; layer.nodes.entries().len()];
    let label = Name::from(format!("{L} x {}", layer.nodes.label));
    graph(&layer, looped(&layer.nodes, label, (&context, &entries), L, false))
}

/// The judgement of [`repeat`]: a layer takes `S` and returns one value, `T`, which the next layer takes; so `T` is `S`.
#[diagnostic::on_unimplemented(
    message = "this is no layer of `repeat`: it takes `{S}`, and returns `{T}` first",
    label = "a layer returns one value, which the next layer takes: the shapes are equal; docs/errors.md#n07"
)]
pub trait RepeatLayer<S, T>: Results {
    /// `S`. What a loop returns depends on the judgement, and then rustc says it once.
    type State: Entry;
}

#[diagnostic::do_not_recommend]
impl<R: Results + ReturnsState<S, T>, S, T> RepeatLayer<S, T> for R {
    type State = R::State;
}

/// The case in which it is one.
#[doc(hidden)]
pub trait ReturnsState<S, T> {
    /// `S`.
    type State: Entry;
}

impl<S: Entry> ReturnsState<S, S> for HCons<S, HNil> {
    type State = S;
}

/// A graph of a loop, or the reason that there is none.
#[track_caller]
pub(super) fn graph<A, D, G, Ss, D2, G2, Ss2>(
    body: &GraphData<A, D, G, Ss>,
    nodes: Result<super::nodes::Nodes, NoProgram>,
) -> GraphData<A, D2, G2, Ss2> {
    match nodes {
        Ok(nodes) => GraphData {
            nodes: nodes.into(),
            kind: PhantomData,
        },
        Err(error) => panic!("cannot repeat {}: {error}", body.nodes.graph_id),
    }
}

/// The same graph, of which a call keeps the inputs only: the backward pass computes the rest again. It trades time for
/// memory, in values and in derivatives nothing changes.
///
/// ```
/// use cotangent::prelude::*;
/// graph! {
///     fn block(x: [2]) -> [2] { tanh(exp(x) * x) }
///     fn network(x: [2]) -> [] { sum(checkpoint(block)(x)) }
///     fn plain(x: [2]) -> [] { sum(block(x)) }
/// }
/// let x = tlist![Tensor::from([0.5, -1.0])];
/// assert_eq!(network::<f64>().value_and_vjp(&x, ()), plain().value_and_vjp(&x, ()));
/// ```
pub fn checkpoint<A, D, G, Ss>(graph: GraphData<A, D, G, Ss>) -> GraphData<A, D, G, Ss> {
    let mut graph = graph;
    graph.nodes.checkpoint = true;
    graph
}
