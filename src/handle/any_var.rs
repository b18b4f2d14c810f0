//! A handle with its type forgotten.

use super::graph_id::GraphId;

/// The graph and the number of a value. What is not generic over shapes takes handles as these.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AnyVar {
    /// The graph it belongs to.
    pub graph_id: GraphId,
    /// Its number there.
    pub id: usize,
}

impl AnyVar {
    /// Adds it to a list. Compiled once, where a `push` is compiled for each shape.
    pub(crate) fn add_to(self, list: &mut Vec<AnyVar>) {
        list.push(self);
    }
}
