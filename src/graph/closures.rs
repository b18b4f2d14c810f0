//! The corner of nodes made from closures: the Lean file's `NodeData`. They have no program, and neither has a graph with one.

use super::node::{Argument, Closures, Node, Work};
use crate::context::Name;
use crate::program::Function;
use crate::tensor::Dims;
use std::sync::Arc;

/// A node from the first one on that is made from closures.
pub(crate) struct ClosureNode<A, D> {
    pub name: Name,
    pub op: Name,
    pub arguments: Vec<Argument>,
    pub dims: Dims,
    work: Corner<A, D>,
}

/// What it does: ops follow closures.
enum Corner<A, D> {
    Function(Arc<Function>),
    Closures(Arc<Closures<A, D>>),
}

impl<A, D> ClosureNode<A, D> {
    /// A node made from closures over `context` values.
    pub(crate) fn of_closures(name: Name, dims: Dims, closures: Closures<A, D>) -> Self {
        ClosureNode {
            name,
            op: "closures".into(),
            arguments: Vec::new(),
            dims,
            work: Corner::Closures(Arc::new(closures)),
        }
    }

    /// A node made from a function with one output, after closures.
    pub(crate) fn of_function(
        name: &Name,
        op: &str,
        function: Arc<Function>,
        arguments: Vec<Argument>,
    ) -> Self {
        let dims = function
            .body()
            .output_types()
            .first()
            .map(|ty| ty.dims().clone());
        ClosureNode {
            name: name.clone(),
            op: op.to_owned().into(),
            arguments,
            dims: dims.unwrap_or_default(),
            work: Corner::Function(function),
        }
    }

    /// The node as all nodes are seen.
    pub(crate) fn view(&self, id: usize) -> Node<'_, A, D> {
        Node {
            id,
            name: &self.name,
            op: &self.op,
            dims: &self.dims,
            work: match &self.work {
                Corner::Function(function) => Work::Function(function, &self.arguments),
                Corner::Closures(closures) => Work::Closures(closures),
            },
        }
    }
}

impl<A, D> Clone for ClosureNode<A, D> {
    fn clone(&self) -> Self {
        ClosureNode {
            name: self.name.clone(),
            op: self.op.clone(),
            arguments: self.arguments.clone(),
            dims: self.dims.clone(),
            work: match &self.work {
                Corner::Function(function) => Corner::Function(Arc::clone(function)),
                Corner::Closures(closures) => Corner::Closures(Arc::clone(closures)),
            },
        }
    }
}
