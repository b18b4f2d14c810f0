//! Graphs called in graphs: one node of the outer graph for each output, inlined as a program.

use super::data::GraphData;
use super::raw::{RawGraph, RawNode};
use super::rule::{Programs, Rule};
use crate::context::{Append, Computed, Context, Entry, Name};
use crate::env::{EnvHandles, EnvVar, Environment};
use crate::graph::EntryHandles;
use crate::op::Var;
use crate::owner::Owner;
use crate::program::{Literal, Prim, Program, ProgramError};
use crate::scalar::{Binary, Semiring};
use crate::shape::Shape;
use core::marker::PhantomData;
use frunk::hlist::{HCons, HNil};
use std::sync::Arc;

/// Handles passed to a graph: values and environment entries, apart.
///
/// ```
/// use cotangent::graph::Arguments;
/// use cotangent::prelude::*;
/// let g = GraphData::<f64, (), context![[2], [3]], _>::nil();
/// let (mut values, mut slots) = (Vec::new(), Vec::new());
/// Arguments::push(&g.inputs(), g.owner(), &mut values, &mut slots); // a list of handles, as `call` takes
/// assert_eq!((values, slots), (vec![0, 1], vec![]));
/// ```
pub trait Arguments {
    /// Adds the ids of the values and the slots of the entries, after their owners have been checked.
    fn push(&self, owner: Owner, values: &mut Vec<usize>, slots: &mut Vec<usize>);
}

impl<S> Arguments for Var<S> {
    #[track_caller]
    fn push(&self, owner: Owner, values: &mut Vec<usize>, _slots: &mut Vec<usize>) {
        owner.demand(self.owner());
        values.push(self.id());
    }
}

impl<E> Arguments for EnvVar<E> {
    #[track_caller]
    fn push(&self, owner: Owner, _values: &mut Vec<usize>, slots: &mut Vec<usize>) {
        owner.demand(self.owner());
        slots.push(self.slot());
    }
}

impl Arguments for HNil {
    fn push(&self, _owner: Owner, _values: &mut Vec<usize>, _slots: &mut Vec<usize>) {}
}

impl<H: Arguments, T: Arguments> Arguments for HCons<H, T> {
    #[track_caller]
    fn push(&self, owner: Owner, values: &mut Vec<usize>, slots: &mut Vec<usize>) {
        self.head.push(owner, values, slots);
        self.tail.push(owner, values, slots);
    }
}

/// The newest `K` entries of a graph's computed shapes: its outputs, where it has several.
///
/// ```
/// use cotangent::graph::{Computed, Newest};
/// use cotangent::prelude::*;
/// // Of three computed shapes, newest first, the newest two: oldest first.
/// type Two = <context![[], [2], [3]] as Newest<2>>::Outputs;
/// assert_eq!(format!("{:?}", Two::dims()), "[[2], []]");
/// // As nodes of another graph that has computed a [4]: newest first.
/// type On = <context![[], [2], [3]] as Newest<2>>::On<context![[4]]>;
/// assert_eq!(format!("{:?}", On::dims()), "[[], [2], [4]]");
/// # fn _is<T: Computed>() {}
/// ```
#[diagnostic::on_unimplemented(
    message = "the graph does not have `{K}` outputs",
    label = "fewer nodes than outputs",
    note = "docs/errors.md#x06"
)]
pub trait Newest<const K: usize>: Computed {
    /// The newest `K` of them, oldest of them first: the order in which they were written.
    type Outputs: Context + EntryHandles;
    /// The same, newest first, onto other computed shapes.
    type On<Ss: Computed>: Computed;
}

macro_rules! newest {
    ($k:literal: $($New:ident)+; $($Old:ident)+) => {
        #[diagnostic::do_not_recommend]
        impl<$($New: Entry + EntryHandles,)+ Rest: Computed> Newest<$k> for newest!(@list Rest $($New)+) {
            type Outputs = newest!(@list HNil $($Old)+);
            type On<Ss: Computed> = newest!(@list Ss $($New)+);
        }
    };
    (@list $End:ident) => { $End };
    (@list $End:ident $First:ident $($More:ident)*) => {
        HCons<$First, newest!(@list $End $($More)*)>
    };
}

newest!(1: A; A);
newest!(2: A B; B A);
newest!(3: A B C; C B A);
newest!(4: A B C D; D C B A);
newest!(5: A B C D E; E D C B A);
newest!(6: A B C D E F; F E D C B A);

impl<A: Semiring, D: Environment, G, Ss> GraphData<A, D, G, Ss> {
    /// Adds the output of another graph, called on handles of this one: its inputs, then its environment.
    ///
    /// The call is one node here and on the tape; in the untyped program it is inlined.
    ///
    /// # Panics
    /// If a handle belongs to another graph, or if `graph` has nodes made from closures.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let square = graph!(|x: [2]| x * x);
    /// let g = GraphData::<f64, (), context![[2]], _>::nil();
    /// let cotangent::frunk::hlist_pat![x] = g.inputs();
    /// let (g, y) = g.call("once", square.clone(), cotangent::frunk::hlist![x]);
    /// let (g, _) = g.call("twice", square, cotangent::frunk::hlist![y]);
    /// assert_eq!(g.value(&tlist![Tensor::from([2.0, 3.0])], &()), Tensor::from([16.0, 81.0]));
    /// ```
    #[track_caller]
    pub fn call<D2, G2, T, Ss2>(
        self,
        name: &'static str,
        graph: GraphData<A, D2, G2, HCons<T, Ss2>>,
        arguments: <G2::Vars as Append<D2::Vars>>::Out,
    ) -> (GraphData<A, D, G, HCons<T, Ss>>, Var<T>)
    where
        D2: EnvHandles,
        G2: EntryHandles<Vars: Append<D2::Vars, Out: Arguments>>,
        T: Shape,
    {
        let mut raw = self.raw;
        let first = add_calls(&mut raw, &[name.into()], &graph.raw, &arguments);
        let var = Var::new(raw.owner, first);
        let kind = PhantomData;
        (GraphData { raw, kind }, var)
    }

    /// [`call`](Self::call) for a graph with `K` outputs: one node for each, in the order they were written.
    ///
    /// # Panics
    /// As [`call`](Self::call).
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let both = graph!(|x: [2]| -> ([2], []) { (x * 2.0, sum(x)) });
    /// let g = GraphData::<f64, (), context![[2]], _>::nil();
    /// let cotangent::frunk::hlist_pat![x] = g.inputs();
    /// let (g, outputs) = g.call_all(&["double", "total"], both, cotangent::frunk::hlist![x]);
    /// let cotangent::frunk::hlist_pat![double, total] = outputs;
    /// let (g, _) = g.node("out", mul(double, total));
    /// assert_eq!(g.value(&tlist![Tensor::from([1.0, 2.0])], &()), Tensor::from([6.0, 12.0]));
    /// ```
    #[track_caller]
    #[allow(clippy::type_complexity)]
    pub fn call_all<const K: usize, D2, G2, Ss2>(
        self,
        names: &[&'static str; K],
        graph: GraphData<A, D2, G2, Ss2>,
        arguments: <G2::Vars as Append<D2::Vars>>::Out,
    ) -> (
        GraphData<A, D, G, Ss2::On<Ss>>,
        <Ss2::Outputs as EntryHandles>::Vars,
    )
    where
        D2: EnvHandles,
        G2: EntryHandles<Vars: Append<D2::Vars, Out: Arguments>>,
        Ss: Computed,
        Ss2: Newest<K>,
    {
        let mut raw = self.raw;
        let entries = names.map(Name::from);
        let mut names = Vec::new();
        Ss2::Outputs::push_entry_names(&entries, &mut names);
        let mut first = add_calls(&mut raw, &names, &graph.raw, &arguments);
        let vars = Ss2::Outputs::vars(raw.owner, &mut first);
        let kind = PhantomData;
        (GraphData { raw, kind }, vars)
    }
}

impl<A: Semiring, D, G, T: Shape, Ss> GraphData<A, D, G, HCons<T, Ss>> {
    /// The rules of the whole graph, for its output: what a node has that calls it. Graphs that it calls are inlined.
    ///
    /// # Errors
    /// A node made from closures: it has no program.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let double: GraphData<f64, _, _, _> = graph!(|x: [2]| x + x);
    /// let four: GraphData<f64, _, _, _> = graph!(|x: [2]| {
    ///     let y = { double.clone() }(x);
    ///     { double }(y)
    /// });
    /// let forward = four.programs()?.forward;
    /// assert_eq!(forward.instructions().len(), 2);
    /// # Ok::<(), cotangent::graph::InlineError>(())
    /// ```
    pub fn programs(&self) -> Result<Programs, InlineError> {
        inline(&self.raw, self.raw.size() - 1, &[])
    }
}

/// Adds a node for each of the newest `names.len()` values of `callee`, and returns the id of the first.
#[track_caller]
fn add_calls<A, D, D2>(
    raw: &mut RawGraph<A, D>,
    names: &[Name],
    callee: &RawGraph<A, D2>,
    arguments: &impl Arguments,
) -> usize {
    let (mut parents, mut slots) = (Vec::new(), Vec::new());
    arguments.push(raw.owner, &mut parents, &mut slots);
    let first = raw.size();
    for (i, name) in names.iter().enumerate() {
        let output = callee.size() - names.len() + i;
        let programs = match inline(callee, output, &slots) {
            Ok(programs) => programs,
            Err(error) => panic!("cannot call {} in {}: {error}", callee.owner, raw.owner),
        };
        raw.nodes.push(RawNode {
            name: name.clone(),
            op: callee.label.clone(),
            parents: parents.clone(),
            dims: callee.dims(output).clone(),
            rule: Rule::Programs(Arc::new(programs)),
        });
    }
    first
}

/// Why a graph has no program, and so cannot become one node of another.
///
/// ```
/// use cotangent::graph::InlineError;
/// use cotangent::prelude::*;
/// let same = NodeData::<f64, (), context![[]], ()>::from_closures(
///     "same",
///     |x, ()| x.get::<0>().clone(),
///     |_, dx, ()| dx.get::<0>().clone(),
///     |_, (), dy| tlist![dy.clone()],
/// );
/// let g = GraphData::<_, _, context![[]], _>::nil().snoc(same);
/// match g.programs() {
///     Err(InlineError::Closures(name)) => assert_eq!(name, "same"),
///     Err(InlineError::Program(error)) => panic!("what an op records is right: {error}"),
///     Ok(_) => panic!("closures have no program"),
/// }
/// ```
#[derive(Debug, thiserror::Error)]
pub enum InlineError {
    /// A node made from closures, by its name.
    #[error("its node `{0}` is made from closures, which have no program")]
    Closures(String),
    /// What cannot be recorded.
    #[error(transparent)]
    Program(#[from] ProgramError),
}

/// The rules of a whole graph, for one of its values.
pub(super) fn inline<A, D>(
    graph: &RawGraph<A, D>,
    output: usize,
    slots: &[usize],
) -> Result<Programs, InlineError> {
    let x = &graph.inputs;
    let n = x.len();
    let y = graph.dims(output).clone();

    let mut forward = Program::new(x);
    let values = eval(graph, &mut forward, slots)?;
    forward.set_outputs(&[values[output]])?;

    let mut jvp = Program::new(&[x.as_slice(), std::slice::from_ref(&y), x].concat());
    let values = eval(graph, &mut jvp, slots)?;
    let mut tangents: Vec<usize> = (n + 1..2 * n + 1).collect();
    for (id, node) in graph.numbered() {
        let mut arguments = pick(&values, &node.parents);
        arguments.push(values[id]);
        arguments.extend(pick(&tangents, &node.parents));
        let tangent = jvp.inline(&programs(node)?.jvp, &arguments, slots)?;
        tangents.extend(tangent);
    }
    jvp.set_outputs(&[tangents[output]])?;

    let mut vjp = Program::new(&[x.as_slice(), &[y.clone(), y]].concat());
    let values = eval(graph, &mut vjp, slots)?;
    let mut cotangents = vec![None; graph.size()];
    cotangents[output] = Some(n + 1);
    for (id, node) in graph.numbered().rev() {
        let Some(dy) = cotangents[id] else { continue };
        let mut arguments = pick(&values, &node.parents);
        arguments.extend([values[id], dy]);
        let contributions = vjp.inline(&programs(node)?.vjp, &arguments, slots)?;
        for (&parent, contribution) in node.parents.iter().zip(contributions) {
            let total = match cotangents[parent] {
                Some(so_far) => vjp.push(Prim::Binary(Binary::Add), &[so_far, contribution])?,
                None => contribution,
            };
            cotangents[parent] = Some(total);
        }
    }
    let mut outputs = Vec::with_capacity(n);
    for (dims, cotangent) in x.iter().zip(&cotangents) {
        outputs.push(match *cotangent {
            Some(id) => id,
            None => vjp.push(Prim::Full(dims.clone(), Literal::ratio(0, 1)), &[])?,
        });
    }
    vjp.set_outputs(&outputs)?;

    Ok(Programs {
        forward: forward.pruned(),
        jvp: jvp.pruned(),
        vjp: vjp.pruned(),
    })
}

/// Writes the values of a graph into a program whose first values are its inputs.
fn eval<A, D>(
    graph: &RawGraph<A, D>,
    program: &mut Program,
    slots: &[usize],
) -> Result<Vec<usize>, InlineError> {
    let mut values: Vec<usize> = (0..graph.inputs.len()).collect();
    for node in &graph.nodes {
        let arguments = pick(&values, &node.parents);
        values.extend(program.inline(&programs(node)?.forward, &arguments, slots)?);
    }
    Ok(values)
}

fn programs<A, D>(node: &RawNode<A, D>) -> Result<&Programs, InlineError> {
    match &node.rule {
        Rule::Programs(programs) => Ok(programs),
        Rule::Closures(_) => Err(InlineError::Closures(node.name.to_string())),
    }
}

fn pick(values: &[usize], ids: &[usize]) -> Vec<usize> {
    ids.iter().map(|&id| values[id]).collect()
}
