//! The end of a `graph!`: the output is the newest node.

use super::data::GraphData;
use crate::op::Var;
use crate::owner::Owner;
use core::marker::PhantomData;
use frunk::hlist::{HCons, HNil};

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
        demand_newest(&graph, &[(self.owner(), self.id())]);
        graph
    }
}

/// The shapes of several handles, newest first, in place of the newest shapes of a graph.
#[doc(hidden)]
pub trait Returned<Ss> {
    /// The computed shapes with the declared ones at the head.
    type Declared;
    /// Owner and id of each, newest first.
    fn push(&self, outputs: &mut Vec<(Owner, usize)>);
}

impl<Ss> Returned<Ss> for HNil {
    type Declared = Ss;
    fn push(&self, _outputs: &mut Vec<(Owner, usize)>) {}
}

impl<T, R: Returned<Ss>, T0, Ss> Returned<HCons<T0, Ss>> for HCons<Var<T>, R> {
    type Declared = HCons<T, R::Declared>;
    fn push(&self, outputs: &mut Vec<(Owner, usize)>) {
        outputs.push((self.head.owner(), self.head.id()));
        self.tail.push(outputs);
    }
}

impl<A, D, G, Ss> GraphData<A, D, G, Ss> {
    /// Declares several outputs, newest first.
    ///
    /// # Panics
    /// If they are not the newest values of this graph.
    #[doc(hidden)]
    #[track_caller]
    pub fn returning_all<R: Returned<Ss>>(self, outputs: R) -> GraphData<A, D, G, R::Declared> {
        let mut all = Vec::new();
        outputs.push(&mut all);
        demand_newest(&self, &all);
        GraphData {
            nodes: self.nodes,
            kind: PhantomData,
        }
    }
}

/// The handles must be the newest values: then the declared shapes are those of the values.
#[track_caller]
fn demand_newest<A, D, G, Ss>(graph: &GraphData<A, D, G, Ss>, outputs: &[(Owner, usize)]) {
    for (back, (owner, id)) in outputs.iter().enumerate() {
        graph.nodes.owner.demand(*owner);
        let newest = graph.nodes.size() - 1 - back;
        assert!(
            *id == newest,
            "the outputs of {} must be its newest values: expected value {newest}, got value {id}",
            graph.nodes.owner
        );
    }
}
