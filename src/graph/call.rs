//! Graphs called in graphs: one instruction, with a value of the outer graph for each result.

use super::callee::{NoProgram, demand_program, function_of};
use super::data::GraphData;
use super::nodes::Nodes;
use super::results::{Results, names};
use super::returns::Computes;
use crate::context::{Append, Entry, Growing, Name};
use crate::env::{EnvHandles, Environment};
use crate::handle::{Arguments, Handle};
use crate::program::Program;
use crate::scalar::Semiring;
use core::marker::PhantomData;

impl<A: Semiring, D: Environment, G, Ss> GraphData<A, D, G, Ss> {
    /// Adds the results of another graph, called on handles of this one: its inputs, then its environment. Of several results
    /// the handles are a tuple, and their names are separated by commas: `"a, b"`.
    ///
    /// The call is one instruction of the program. Each tensor of the results is a node here and on the tape.
    ///
    /// # Panics
    /// If a handle belongs to another graph, or if `graph` has nodes made from closures.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let both = graph!(|x: [2]| -> ([2], []) { (x * 2.0, sum(x)) });
    /// let g = GraphData::<f64, (), context![[2]], _>::nil();
    /// let cotangent::frunk::hlist_pat![x] = g.inputs();
    /// let (g, (double, total)) = g.call("double, total", both, cotangent::frunk::hlist![x]);
    /// let (g, _) = g.node("out", mul(double, total));
    /// assert_eq!(g.value(&Tensor::from([1.0, 2.0]), ()), Tensor::from([6.0, 12.0]));
    /// ```
    #[track_caller]
    pub fn call<D2, G2, Ss2>(
        self,
        name: &'static str,
        graph: GraphData<A, D2, G2, Ss2>,
        arguments: <G2::Vars as Append<D2::Vars>>::Out,
    ) -> (
        GraphData<A, D, G, <Ss2::Results as Results>::Onto<Ss>>,
        <Ss2::Results as Results>::Vars,
    )
    where
        D2: EnvHandles,
        // A graph over any shape: what it is called with says which.
        G2: Entry<Vars: Append<D2::Vars, Out: Arguments> + Handle<Entry = G2>>,
        Ss2: Computes,
        Ss: Growing,
    {
        let mut nodes = self.nodes;
        let each = names(name, Ss2::Results::COUNT);
        let mut names_of_values = Vec::new();
        Ss2::Results::push_names(&each, &mut names_of_values);
        // Names for the values themselves, of a list that is taken apart.
        if each.len() == names_of_values.len() {
            names_of_values = each;
        }
        let vars = Ss2::Results::vars(nodes.graph_id, nodes.next_id());
        let mut ids = Vec::new();
        arguments.push(nodes.graph_id, &mut ids);
        push_call(&mut nodes, &names_of_values, &graph.nodes, &ids);
        let kind = PhantomData;
        (GraphData { nodes, kind }, vars)
    }
}

impl<A, D, G, Ss> GraphData<A, D, G, Ss> {
    /// The program of the graph: from its inputs and the entries of its environment to the values of its results.
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
    /// let product: GraphData<f64, _, _, _> = graph!(|x: [2], y: [2]| sum(x * y));
    /// let gradient = product.gradient().program()?;
    /// assert_eq!((gradient.instructions().len(), gradient.outputs().len()), (1, 2)); // a call with two results
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn program(&self) -> Result<Program, NoProgram> {
        demand_program(&self.nodes)?;
        Ok(self.nodes.whole().values.clone())
    }
}

/// Adds a value for each of those that `callee` returns.
#[track_caller]
fn push_call(nodes: &mut Nodes, names: &[Name], callee: &Nodes, arguments: &[usize]) {
    match function_of(callee, nodes.place()) {
        Ok(function) => {
            nodes.push_function(
                names,
                &callee.label,
                &function,
                arguments,
                callee.checkpoint,
            );
        }
        Err(error) => panic!(
            "cannot call {} in {}: {error}",
            callee.graph_id, nodes.graph_id
        ),
    }
}
