//! Graphs called in graphs: one instruction, with a node of the outer graph for each output.

use super::arguments::Arguments;
use super::data::GraphData;
use super::handles::EntryHandles;
use super::node::built;
use super::nodes::Nodes;
use crate::context::{Append, Computed, Context, Entry, Name};
use crate::env::{EnvHandles, Environment};
use crate::op::Var;
use crate::program::{Builder, FoldIn, Function, Input, Program, TRANSFORM};
use crate::scalar::Semiring;
use crate::shape::Shape;
use crate::tensor::Type;
use core::marker::PhantomData;
use frunk::hlist::{HCons, HNil};
use std::sync::Arc;

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
    /// The call is one node here and on the tape, and one instruction of the program.
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
        let mut nodes = self.nodes;
        let first = push_call(&mut nodes, &[name.into()], &graph.nodes, &arguments);
        let var = Var::new(nodes.owner, first);
        let kind = PhantomData;
        (GraphData { nodes, kind }, var)
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
        let mut nodes = self.nodes;
        let entries = names.map(Name::from);
        let mut names = Vec::new();
        Ss2::Outputs::push_entry_names(&entries, &mut names);
        let mut first = push_call(&mut nodes, &names, &graph.nodes, &arguments);
        let vars = Ss2::Outputs::vars(nodes.owner, &mut first);
        let kind = PhantomData;
        (GraphData { nodes, kind }, vars)
    }
}

impl<A: Semiring, D, G, T: Shape, Ss> GraphData<A, D, G, HCons<T, Ss>> {
    /// The program of the graph: from its inputs and the entries of its environment to its output.
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
    /// let program = four.program()?;
    /// assert_eq!(program.instructions().len(), 2); // two calls
    /// let inlined = cotangent::program::inline(&program)?;
    /// assert_eq!(inlined.instructions().len(), 2); // two additions
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn program(&self) -> Result<Program, NoProgram> {
        demand_program(&self.nodes)?;
        Ok(self.nodes.whole(1).values.clone())
    }
}

impl<A: Semiring, D, G, Ss> GraphData<A, D, G, Ss> {
    /// [`program`](Self::program) of a graph with `K` outputs: with an output for each tensor of the newest `K` values.
    ///
    /// # Errors
    /// As [`program`](Self::program).
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let g: GraphData<f64, _, _, _> = graph!(|x: [2], y: [2]| sum(x * y));
    /// let gradient = g.gradient().program_of::<2>()?;
    /// assert_eq!((gradient.instructions().len(), gradient.outputs().len()), (1, 2)); // a call with two results
    /// # Ok::<(), cotangent::graph::NoProgram>(())
    /// ```
    pub fn program_of<const K: usize>(&self) -> Result<Program, NoProgram>
    where
        Ss: Newest<K>,
    {
        demand_program(&self.nodes)?;
        Ok(self.nodes.whole(Ss::Outputs::dims().len()).values.clone())
    }
}

/// A graph with a node made from closures has no program, and so cannot become a node of another.
///
/// ```
/// use cotangent::graph::NoProgram;
/// use cotangent::prelude::*;
/// let same = NodeData::<f64, (), context![[]], ()>::from_closures(
///     "same",
///     |x, ()| x.get::<0>().clone(),
///     |_, dx, ()| dx.get::<0>().clone(),
///     |_, (), dy| tlist![dy.clone()],
/// );
/// let g = GraphData::<_, _, context![[]], _>::nil().snoc(same);
/// assert_eq!(g.program().unwrap_err(), NoProgram { node: "same".to_owned() });
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("its node `{node}` is made from closures, which have no program")]
pub struct NoProgram {
    /// The first node that is made from closures, by its name.
    pub node: String,
}

/// Refuses a graph with closures.
pub(super) fn demand_program<A, D>(nodes: &Nodes<A, D>) -> Result<(), NoProgram> {
    match nodes.closure_name() {
        None => Ok(()),
        Some(name) => Err(NoProgram {
            node: name.to_owned(),
        }),
    }
}

/// The newest values of a graph as a function. Keys are folded with the place of the call, so that two calls draw two
/// times.
pub(super) fn function_of<A, D>(
    callee: &Nodes<A, D>,
    outputs: usize,
    place: u32,
) -> Result<Arc<Function>, NoProgram> {
    demand_program(callee)?;
    let program = &callee.whole(outputs).values;
    let is_key = |input: &Input| matches!(input.ty, Type::Key(_));
    if !program.inputs().iter().any(is_key) {
        return Ok(Function::new(&callee.label, program.clone(), None));
    }
    let mut b = Builder::new(&TRANSFORM);
    let inputs: Vec<usize> = program
        .inputs()
        .iter()
        .map(|input| b.input(input.clone()))
        .collect();
    let mut folded = Vec::with_capacity(inputs.len());
    for (&id, input) in inputs.iter().zip(program.inputs()) {
        folded.push(match is_key(input) {
            true => built(b.push(FoldIn(place), &[id])),
            false => id,
        });
    }
    let outputs = built(b.inline(program, &folded));
    Ok(Function::new(
        &callee.label,
        built(b.finish(&inputs, &outputs)),
        None,
    ))
}

/// Adds a node for each of the newest `names.len()` values of `callee`, and returns the id of the first.
#[track_caller]
fn push_call<A, D, D2>(
    nodes: &mut Nodes<A, D>,
    names: &[Name],
    callee: &Nodes<A, D2>,
    arguments: &impl Arguments,
) -> usize {
    let (mut parents, mut slots) = (Vec::new(), Vec::new());
    arguments.push(nodes.owner, &mut parents, &mut slots);
    let first = nodes.size();
    match function_of(callee, names.len(), first as u32) {
        Ok(function) => {
            nodes.push_function(
                names,
                &callee.label,
                &function,
                (&parents, &slots),
                callee.checkpoint,
            );
        }
        Err(error) => panic!("cannot call {} in {}: {error}", callee.owner, nodes.owner),
    }
    first
}
