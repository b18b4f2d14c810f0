//! The derivatives of a graph as graphs, which can be differentiated again.

use super::call::{NoProgram, demand_program};
use super::data::GraphData;
use super::node::built;
use super::nodes::Nodes;
use crate::context::{Append, Computed, Context, Name};
use crate::env::Environment;
use crate::owner::Owner;
use crate::program::{Builder, Function, Input, Literal, Program, TRANSFORM};
use crate::scalar::Semiring;
use crate::shape::{ScalarShape, Shape};
use core::marker::PhantomData;
use frunk::hlist::{HCons, HNil};

/// The entries of a context, last first: those that the gradient of a graph computes, newest first.
///
/// ```
/// use cotangent::graph::Reversed;
/// use cotangent::prelude::*;
/// assert_eq!(format!("{:?}", Reversed::<context![[2], [3], []]>::dims()), "[[], [3], [2]]");
/// ```
pub type Reversed<G> = <G as Computed>::Onto<HNil>;

impl<A, D, G, T, Ss> GraphData<A, D, G, HCons<T, Ss>>
where
    A: Semiring,
    D: Environment,
    G: Context + Computed,
    T: ScalarShape,
{
    /// The gradient of the output, as a graph over the same inputs and environment: one node for each input, its
    /// cotangent; for a group one for each of its tensors.
    ///
    /// It is a graph like others: its VJP in a direction `v` is the Hessian times `v`, by reverse mode over reverse
    /// mode, and it has a gradient in turn once its nodes are made into a scalar.
    ///
    /// # Panics
    /// If a node was made from closures, which cannot be differentiated twice.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let g = graph!(|x: [2], y: [2]| sum(x * x * y));
    /// let gradient = g.gradient();
    /// let x = tlist![Tensor::from([1.0, 2.0]), Tensor::from([3.0, 4.0])];
    /// let v = tlist![Tensor::from([1.0, 0.0]), Tensor::from([0.0, 1.0])];
    /// let (tlist![dx, dy], tlist![hx, hy]) = gradient.values_and_vjp::<2>(&x, &tlist![], &v);
    /// assert_eq!((dx, dy), (Tensor::from([6.0, 16.0]), Tensor::from([1.0, 4.0])));
    /// assert_eq!((hx, hy), (Tensor::from([6.0, 4.0]), Tensor::from([2.0, 0.0])));
    /// ```
    #[track_caller]
    pub fn gradient(&self) -> GraphData<A, D, G, Reversed<G>> {
        match gradient(&self.nodes) {
            Ok(nodes) => GraphData {
                nodes,
                kind: PhantomData,
            },
            Err(error) => panic!("no gradient of {}: {error}", self.nodes.owner),
        }
    }
}

impl<A, D, G, T, Ss> GraphData<A, D, G, HCons<T, Ss>>
where
    A: Semiring,
    D: Environment,
    G: Context + Append<G, Out: Context>,
    T: Shape,
{
    /// The tangent of the output, as a graph over the inputs, then their tangents, and the same environment.
    ///
    /// # Panics
    /// If a node was made from closures, which have no program.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let g = graph!(|x: [2], y: [2]| sum(x * x * y));
    /// let tangent = g.tangent();
    /// let x = Tensor::from([1.0, 2.0]);
    /// let y = Tensor::from([3.0, 4.0]);
    /// let (dx, dy) = (Tensor::from([1.0, 0.0]), Tensor::zero());
    /// assert_eq!(tangent.value(&tlist![x, y, dx, dy], &tlist![]).item(), 6.0);
    /// ```
    #[track_caller]
    pub fn tangent(&self) -> GraphData<A, D, <G as Append<G>>::Out, HCons<T, HNil>> {
        match tangent(&self.nodes) {
            Ok(nodes) => GraphData {
                nodes,
                kind: PhantomData,
            },
            Err(error) => panic!("no tangent of {}: {error}", self.nodes.owner),
        }
    }
}

/// A graph of one instruction: a function of all inputs and entries.
fn graph_of<A, D>(
    nodes: &Nodes<A, D>,
    what: &str,
    context: Vec<Input>,
    names: &[Name],
    program: Program,
) -> Nodes<A, D> {
    let label = Name::from(format!("{what} of {}", nodes.label));
    let function = Function::new(&label, program, None);
    let inputs = context.len();
    let entries = nodes.entries().to_vec();
    let all: Vec<Input> = context.into_iter().chain(entries).collect();
    let owner = Owner::new(nodes.owner.name());
    let mut graph = Nodes::of_program(owner, label, Program::new(&all), inputs);
    let parents: Vec<usize> = (0..inputs).collect();
    let slots: Vec<usize> = (0..nodes.entries().len()).collect();
    if !names.is_empty() {
        graph.push_function(names, what, &function, (&parents, &slots), false);
    }
    graph
}

/// Names of inputs with a letter before them.
fn changes(inputs: &[Input]) -> Vec<Name> {
    let named = inputs
        .iter()
        .enumerate()
        .map(|(i, input)| match &*input.name {
            "" => format!("d{i}").into(),
            name => format!("d{name}").into(),
        });
    named.collect()
}

/// One node for each input of a graph.
fn gradient<A, D>(nodes: &Nodes<A, D>) -> Result<Nodes<A, D>, NoProgram> {
    demand_program(nodes)?;
    let whole = nodes.whole(1);
    let vjp = whole.vjp(&nodes.differentiated());
    let mut b = Builder::new(&TRANSFORM);
    let x: Vec<usize> = whole
        .values
        .inputs()
        .iter()
        .map(|x| b.input(x.clone()))
        .collect();
    let values = built(b.inline(&vjp.forward, &x));
    let one = built(b.full_like(values[0], Literal::ratio(1, 1)));
    let cotangents = built(b.inline(&vjp.backward, &[&values[1..], &[one]].concat()));
    let program = built(b.finish(&x, &cotangents));
    let context = nodes.context();
    Ok(graph_of(
        nodes,
        "gradient",
        context.to_vec(),
        &changes(context),
        program,
    ))
}

/// One node, the tangent of the output.
fn tangent<A, D>(nodes: &Nodes<A, D>) -> Result<Nodes<A, D>, NoProgram> {
    demand_program(nodes)?;
    let whole = nodes.whole(1);
    let jvp = whole.jvp(&nodes.differentiated());
    let context = nodes.context();
    let mut b = Builder::new(&TRANSFORM);
    let x: Vec<usize> = context.iter().map(|x| b.input(x.clone())).collect();
    let mut named = context.to_vec();
    for (input, name) in context.iter().zip(changes(context)) {
        named.push(Input {
            name: name.as_ref().into(),
            ty: input.ty.clone(),
        });
    }
    let dx: Vec<usize> = named[context.len()..]
        .iter()
        .map(|x| b.input(x.clone()))
        .collect();
    let entries: Vec<usize> = nodes.entries().iter().map(|x| b.input(x.clone())).collect();
    let values = built(b.inline(&jvp.program, &[x.as_slice(), &entries, &dx].concat()));
    let dy = match jvp.tangents[0] {
        true => values[1],
        false => built(b.full_like(values[0], Literal::ratio(0, 1))),
    };
    let program = built(b.finish(&[x, dx, entries].concat(), &[dy]));
    Ok(graph_of(nodes, "tangent", named, &["dy".into()], program))
}
