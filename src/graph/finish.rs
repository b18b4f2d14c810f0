//! The end of a `graph!`: what is returned.

use super::data::GraphData;
use super::results::Results;
use super::returns::{Hidden, Returns};
use crate::handle::{Arguments, Handle, Var};
use core::marker::PhantomData;
use frunk::hlist::HCons;

impl<T> Var<T> {
    /// Ends a graph with this value as its output. `graph!` writes it as a method of the handle, because rustc is
    /// silent about methods of a value that already has an error: a wrong shape is reported once.
    ///
    /// # Panics
    /// If this is not the newest value of the graph.
    #[doc(hidden)]
    #[track_caller]
    pub fn ending<A, D, G, Ss>(
        self,
        graph: GraphData<A, D, G, HCons<T, Ss>>,
    ) -> GraphData<A, D, G, HCons<T, Ss>> {
        graph.nodes.graph_id.demand(self.graph_id());
        let (newest, id) = (graph.nodes.next_id() - 1, self.id());
        assert!(
            id == newest,
            "the output of {} must be its newest value: expected value {newest}, got value {id}",
            graph.nodes.graph_id
        );
        graph
    }
}

impl<A, D, G, Ss> GraphData<A, D, G, Ss> {
    /// Ends a graph: a list of the handles of what it returns, any of its values. Its nodes are then no longer in its type.
    ///
    /// # Panics
    /// If a handle belongs to another graph.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let g = GraphData::<f64, environment![], context![[2]], _>::nil();
    /// let frunk::hlist_pat![x] = g.inputs();
    /// let (g, y) = g.node("y", mul(x, x));
    /// let (g, total) = g.node("total", sum(y));
    /// let g: GraphData<_, _, _, Returns<context![[], [2]]>> = g.returning(frunk::hlist![total, y]);
    /// let (total, y) = g.value(&Tensor::from([1.0, 2.0]), ());
    /// assert_eq!((total.item(), y), (5.0, Tensor::from([1.0, 4.0])));
    /// ```
    #[track_caller]
    pub fn returning<R: Arguments + Handle<Entry: Results>>(
        self,
        results: R,
    ) -> GraphData<A, D, G, Returns<R::Entry>> {
        self.ended(&results)
    }

    /// The same, with the nodes in the type: a closure form.
    #[doc(hidden)]
    #[track_caller]
    pub fn returning_all<R: Arguments + Handle<Entry: Results>>(
        self,
        results: R,
    ) -> GraphData<A, D, G, Returns<R::Entry, Ss>> {
        self.ended(&results)
    }

    /// The same graph, with a type that says nothing of it but its scalar: what `graph!` builds a graph with a name in.
    /// Each statement then costs rustc the same, however many inputs and nodes there are.
    #[doc(hidden)]
    pub fn hidden(self) -> GraphData<A, (), (), Hidden> {
        GraphData {
            nodes: self.nodes,
            kind: PhantomData,
        }
    }

    #[track_caller]
    fn ended<D2, G2, T>(self, results: &impl Arguments) -> GraphData<A, D2, G2, T> {
        let mut nodes = self.nodes;
        let mut outputs = Vec::new();
        results.push(nodes.graph_id, &mut outputs);
        nodes.set_outputs(outputs);
        GraphData {
            nodes,
            kind: PhantomData,
        }
    }
}

impl<A> GraphData<A, (), (), Hidden> {
    /// Ends a graph that [`hidden`](Self::hidden) began: its inputs and its environment are those of the function that
    /// `graph!` writes around it.
    #[doc(hidden)]
    #[track_caller]
    pub fn returning_named<D, G, R: Arguments + Handle<Entry: Results>>(
        self,
        results: R,
    ) -> GraphData<A, D, G, Returns<R::Entry>> {
        self.ended(&results)
    }
}
