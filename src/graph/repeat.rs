//! A graph repeated: layer upon layer, each with parameters of its own.

use super::call::{NoProgram, demand_program};
use super::data::GraphData;
use super::handles::EntryHandles;
use super::node::built;
use super::nodes::Nodes;
use crate::context::{Context, Entry, Name};
use crate::env::Environment;
use crate::owner::Owner;
use crate::program::{Builder, Call, Function, Input, Program, Role, TRANSFORM, looped};
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
    match repeated(&layer.nodes, parameters.len(), L) {
        Ok(nodes) => GraphData {
            nodes,
            kind: PhantomData,
        },
        Err(error) => panic!("cannot repeat {}: {error}", layer.nodes.owner),
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
    layer: &Nodes<A, D>,
    own: usize,
    layers: usize,
) -> Result<Nodes<A, D>, NoProgram> {
    demand_program(layer)?;
    let values = layer.whole(1).values.clone();
    let function = match layer.checkpoint {
        false => Function::new(&layer.label, values, None),
        true => checkpointed(&layer.label, values),
    };
    let mut b = Builder::new(&TRANSFORM);
    let mut values = Vec::new();
    let mut input = |b: &mut Builder, input: &Input| {
        let id = b.input(Input::new(input.ty.clone()));
        values.push(id);
        id
    };
    let context = layer.context();
    let carried = input(&mut b, &context[0]);
    let mut listed: Vec<Vec<usize>> = vec![Vec::with_capacity(layers); own];
    for _ in 0..layers {
        for (parameter, ids) in context[1..=own].iter().zip(&mut listed) {
            ids.push(input(&mut b, parameter));
        }
    }
    let mut roles = vec![Role::Carried(carried)];
    roles.extend(listed.into_iter().map(Role::Listed));
    for shared in &context[1 + own..] {
        roles.push(Role::Constant(input(&mut b, shared)));
    }
    let inputs = 1 + own * layers + context.len() - 1 - own;
    for entry in layer.entries() {
        roles.push(Role::Constant(input(&mut b, entry)));
    }
    let looped = built(looped(&mut b, &function, &roles, layers, false));
    let program = built(b.finish(&values, &looped.states));

    let label = Name::from(format!("{layers} x {}", layer.label));
    let all = Function::new(&label, program, None);
    let entries = layer
        .entries()
        .iter()
        .map(|entry| entry.ty.clone())
        .collect();
    let context = all.body().inputs()[..inputs].to_vec();
    let mut nodes = Nodes::new(
        Owner::new(layer.owner.name()),
        label.clone(),
        context,
        entries,
    );
    let parents: Vec<usize> = (0..inputs).collect();
    let slots: Vec<usize> = (0..layer.entries().len()).collect();
    nodes.push_function(&["layers".into()], &label, &all, (&parents, &slots), false);
    Ok(nodes)
}

/// A function that calls a program as a checkpoint.
fn checkpointed(label: &str, program: Program) -> Arc<Function> {
    let mut around = Program::new(program.inputs());
    let inputs: Vec<usize> = (0..program.inputs().len()).collect();
    let function = Function::new(label, program, None);
    let checkpoint = true;
    let y = built(around.push(
        Call {
            function,
            checkpoint,
        },
        &inputs,
    ));
    built(around.set_outputs(&[y]));
    Function::new(label, around, None)
}

/// The same graph, of which a call keeps the inputs only: the backward pass computes the rest again. It trades time for
/// memory, in values and in derivatives nothing changes.
///
/// ```
/// use cotangent::prelude::*;
/// graph! {
///     fn block(x: [2]) -> [2] { tanh(exp(x) * x) }
///     fn network(x: [2]) -> [] { sum(checkpoint(block())(x)) }
///     fn plain(x: [2]) -> [] { sum(block()(x)) }
/// }
/// let x = tlist![Tensor::from([0.5, -1.0])];
/// assert_eq!(network::<f64>().value_and_vjp(&x, &tlist![]), plain().value_and_vjp(&x, &tlist![]));
/// ```
pub fn checkpoint<A, D, G, Ss>(graph: GraphData<A, D, G, Ss>) -> GraphData<A, D, G, Ss> {
    let mut graph = graph;
    graph.nodes.checkpoint = true;
    graph
}
