//! The corner of nodes made from closures: the Lean file's `NodeData`. They have no program, and neither has a graph with one.

use crate::context::Name;
use crate::program::Function;
use crate::tensor::{AnyTensor, Type};
use core::any::Any;
use std::sync::Arc;

/// An environment of any type, as closures take it.
pub(crate) type AnyEnv = Arc<dyn Any + Send + Sync>;

/// A node from the first one on that is made from closures.
#[derive(Clone)]
pub(crate) struct ClosureNode {
    pub name: Name,
    pub op: Name,
    /// Values of the graph, by their ids.
    pub arguments: Vec<usize>,
    pub ty: Type,
    pub work: Corner,
}

/// What it does: ops follow closures.
#[derive(Clone)]
pub(crate) enum Corner {
    Function(Arc<Function>),
    /// [`Closures`] over the scalar of the graph.
    Closures(Arc<dyn Any + Send + Sync>),
}

/// The three rules of a node as closures over a whole context.
pub(crate) struct Closures<A> {
    pub forward: Forward<A>,
    pub jvp: Jvp<A>,
    pub vjp: Vjp<A>,
}

pub(crate) type Forward<A> = Box<dyn Fn(&[AnyTensor<A>], &AnyEnv) -> AnyTensor<A> + Send + Sync>;
pub(crate) type Jvp<A> =
    Box<dyn Fn(&[AnyTensor<A>], &[AnyTensor<A>], &AnyEnv) -> AnyTensor<A> + Send + Sync>;
pub(crate) type Vjp<A> =
    Box<dyn Fn(&[AnyTensor<A>], &AnyEnv, &AnyTensor<A>) -> Vec<AnyTensor<A>> + Send + Sync>;

impl ClosureNode {
    /// A node made from closures over all values so far.
    pub(crate) fn of_closures<A: 'static>(name: Name, ty: Type, closures: Closures<A>) -> Self {
        ClosureNode {
            name,
            op: "closures".into(),
            arguments: Vec::new(),
            ty,
            work: Corner::Closures(Arc::new(closures)),
        }
    }
}
