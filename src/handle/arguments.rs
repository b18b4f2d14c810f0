//! Handles in lists: what a graph is called with, and what it returns.

use super::discrete::Discrete;
use super::graph_id::GraphId;
use super::var::Var;
use frunk::hlist::{HCons, HNil};

/// Handles passed to a graph.
pub trait Arguments {
    /// Adds the ids of the values, after their owners have been checked.
    fn push(&self, graph_id: GraphId, ids: &mut Vec<usize>);
}

/// A handle, or a structure of handles, that knows what it is the handle of.
pub trait Handle {
    /// A shape for a `Var` of it, a group, an array or a list of them.
    type Entry: 'static;
}

macro_rules! one {
    ($Var:ident) => {
        impl<T> Arguments for $Var<T> {
            #[track_caller]
            fn push(&self, graph_id: GraphId, ids: &mut Vec<usize>) {
                graph_id.demand(self.graph_id());
                ids.push(self.id());
            }
        }

        impl<T: 'static> Handle for $Var<T> {
            type Entry = T;
        }
    };
}

one!(Var);
one!(Discrete);

impl Arguments for HNil {
    fn push(&self, _owner: GraphId, _ids: &mut Vec<usize>) {}
}

impl Handle for HNil {
    type Entry = HNil;
}

impl<H: Arguments, T: Arguments> Arguments for HCons<H, T> {
    #[track_caller]
    fn push(&self, graph_id: GraphId, ids: &mut Vec<usize>) {
        self.head.push(graph_id, ids);
        self.tail.push(graph_id, ids);
    }
}

impl<H: Handle, T: Handle> Handle for HCons<H, T> {
    type Entry = HCons<H::Entry, T::Entry>;
}
