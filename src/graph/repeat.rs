//! A graph repeated: layer upon layer, each with parameters of its own.

use super::call::{InlineError, inline};
use super::data::GraphData;
use super::handles::EntryHandles;
use super::raw::{RawGraph, RawNode};
use super::rule::Rule;
use crate::context::{Context, Entry};
use crate::env::Environment;
use crate::owner::Owner;
use crate::scalar::Semiring;
use crate::shape::Shape;
use core::marker::PhantomData;
use frunk::hlist::{HCons, HNil};
use std::sync::Arc;

/// The graph `x, [p₁, …, p_L], … ↦ f(… f(f(x, p₁, …), p₂, …) …, p_L, …)`, for a graph `f` whose output has the shape of
/// its first input: `L` layers, each with its own `p`. What `f` takes after `p`, and its environment, is the same for
/// all layers.
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
///         sum(repeat(layer())(x, layers))
///     }
/// }
/// let g = network::<f64, 3>();
/// let p = |b: f64| tlist![Tensor::from([[1.0, 1.0], [0.0, 1.0]]), Tensor::from([b, b])];
/// let x = tlist![Tensor::from([[1.0, 0.0]]), [p(0.0), p(1.0), p(-1.0)]];
/// let (y, tlist![_, layers]) = g.value_and_vjp(&x, &tlist![]);
/// assert_eq!(y.item(), 5.0);
/// let [tlist![_, first], _, tlist![_, last]] = layers.into_array();
/// assert_eq!((first, last), (Tensor::from([3.0, 1.0]), Tensor::from([1.0, 1.0])));
/// ```
#[track_caller]
pub fn repeat<const L: usize, A, D, S, T: NextOf<S>, P, R, Ss>(
    layer: GraphData<A, D, HCons<S, HCons<P, R>>, HCons<T, Ss>>,
) -> GraphData<A, D, HCons<S, HCons<[P; L], R>>, HCons<S, HNil>>
where
    A: Semiring,
    D: Environment,
    S: Shape,
    P: Entry + EntryHandles,
    R: Context + EntryHandles,
{
    let mut parameters = Vec::new();
    P::push_dims(&mut parameters);
    match repeated(&layer.raw, parameters.len(), L) {
        Ok(raw) => GraphData {
            raw,
            kind: PhantomData,
        },
        Err(error) => panic!("cannot repeat {}: {error}", layer.raw.owner),
    }
}

/// The judgement of [`repeat`]: a layer returns this shape, and the next one takes it, so it is `S`.
///
/// ```
/// use cotangent::graph::NextOf;
/// use cotangent::prelude::*;
/// fn next<T: NextOf<S>, S>() {}
/// next::<shape![32, 64], shape![32, 64]>(); // another shape would not compile
/// ```
#[diagnostic::on_unimplemented(
    message = "`repeat` of a graph that takes `{S}` and returns `{Self}`",
    label = "the next layer takes what this one returns: the shapes are equal; docs/errors.md#n07"
)]
pub trait NextOf<S> {}

#[diagnostic::do_not_recommend]
impl<S: Shape> NextOf<S> for S {}

/// One node: the layers, each with `own` inputs that follow the first one.
fn repeated<A, D>(
    layer: &RawGraph<A, D>,
    own: usize,
    layers: usize,
) -> Result<RawGraph<A, D>, InlineError> {
    let (carried, rest) = layer.inputs.split_at(1);
    let (parameters, shared) = rest.split_at(own);
    let mut inputs = carried.to_vec();
    for _ in 0..layers {
        inputs.extend_from_slice(parameters);
    }
    let first_shared = inputs.len();
    inputs.extend_from_slice(shared);

    let programs = Arc::new(inline(layer, layer.size() - 1, &[])?);
    let node = |parents| RawNode {
        name: "layer".into(),
        op: layer.label.clone(),
        parents,
        dims: carried[0].clone(),
        rule: Rule::Programs(Arc::clone(&programs)),
    };
    let mut chain = RawGraph::<A, D> {
        owner: Owner::new(layer.owner.name()),
        label: format!("{layers} x {}", layer.label).into(),
        input_names: Vec::new(),
        entry_names: layer.entry_names.clone(),
        inputs,
        nodes: Vec::with_capacity(layers),
    };
    let mut carried = 0;
    for i in 0..layers {
        let own = (0..own).map(|j| 1 + i * own + j);
        let shared = (0..shared.len()).map(|j| first_shared + j);
        let parents = [carried].into_iter().chain(own).chain(shared).collect();
        carried = chain.size();
        chain.nodes.push(node(parents));
    }
    let programs = inline(&chain, carried, &[])?;
    chain.nodes = vec![RawNode {
        name: "layers".into(),
        op: chain.label.clone(),
        parents: (0..chain.inputs.len()).collect(),
        dims: chain.inputs[0].clone(),
        rule: Rule::Programs(Arc::new(programs)),
    }];
    Ok(chain)
}
