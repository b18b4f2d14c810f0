//! The tape: values and pullbacks with their shapes forgotten, and the reverse loop over them.
//!
//! It knows nothing of typed graphs. Every check is at run time, and every error names the node, the op, what was
//! expected and what came. Lean's `Runtime.Autograd.Tape`.

mod backward;
mod node;

pub use node::{Contributions, TapeNode};

use crate::scalar::Semiring;
use crate::shape::Shape;
use crate::tensor::{AnyTensor, Dims, Tensor};

/// What can go wrong on a tape.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TapeError {
    /// A node that does not exist.
    #[error("there is no node {id}: the tape has {size} nodes")]
    NoNode {
        /// The id asked for.
        id: usize,
        /// The number of nodes.
        size: usize,
    },
    /// A value asked for with a shape it does not have.
    #[error("the value of {node} has dims {got}, expected {expected}")]
    ValueDims {
        /// The node, with its name and op.
        node: String,
        /// The dims asked for.
        expected: Box<Dims>,
        /// The dims of the value.
        got: Box<Dims>,
    },
    /// A seed or an upstream cotangent of the wrong dims.
    #[error("the cotangent of {node} has dims {got}, expected {expected}")]
    CotangentDims {
        /// The node, with its name and op.
        node: String,
        /// The dims of its value.
        expected: Box<Dims>,
        /// The dims of the cotangent.
        got: Box<Dims>,
    },
    /// A pullback that contributes to a parent with other dims.
    #[error("{node} contributes dims {got} to its parent {parent}, expected {expected}")]
    ContributionDims {
        /// The node whose pullback ran.
        node: String,
        /// The parent, with its name and op.
        parent: String,
        /// The dims of the parent.
        expected: Box<Dims>,
        /// The dims of the contribution.
        got: Box<Dims>,
    },
    /// A pullback that contributes to a node that is not before it.
    #[error("{node} contributes to node {parent}, which is not before it")]
    NotEarlier {
        /// The node whose pullback ran.
        node: String,
        /// The id it contributes to.
        parent: usize,
    },
    /// The wrong number of cotangents.
    #[error("the tape has {expected} nodes, got {got} cotangents")]
    Length {
        /// The number of nodes.
        expected: usize,
        /// The number of cotangents.
        got: usize,
    },
    /// `backward_scalar` from a node that is not a scalar.
    #[error("{node} has dims {got}: only a scalar has a gradient; pass a cotangent to `backward`")]
    NotScalar {
        /// The node, with its name and op.
        node: String,
        /// Its dims.
        got: Box<Dims>,
    },
}

/// A list of nodes, each with a value and a pullback to earlier nodes. Ids count the nodes from 0.
///
/// ```
/// use cotangent::prelude::*;
/// use cotangent::tape::{Tape, TapeNode};
///
/// // y = 3 x, by hand.
/// let mut tape = Tape::empty();
/// let x = tape.leaf(&Tensor::scalar(2.0), Some("x"), true);
/// let y = tape.add_node(TapeNode::new("y", "triple", AnyTensor::scalar(6.0), vec![x], move |dy| {
///     Ok(vec![(x, AnyTensor::scalar(3.0 * dy.as_slice()[0]))])
/// }));
/// let gradients = tape.backward_scalar(y)?;
/// assert_eq!(gradients[&x], AnyTensor::scalar(3.0));
/// # Ok::<(), TapeError>(())
/// ```
#[derive(Debug)]
pub struct Tape<A> {
    nodes: Vec<TapeNode<A>>,
}

impl<A> Clone for Tape<A> {
    fn clone(&self) -> Self {
        Tape {
            nodes: self.nodes.clone(),
        }
    }
}

impl<A> Default for Tape<A> {
    fn default() -> Self {
        Self::empty()
    }
}

impl<A> Tape<A> {
    /// The tape without nodes.
    pub fn empty() -> Self {
        Tape { nodes: Vec::new() }
    }

    /// The number of nodes.
    pub fn size(&self) -> usize {
        self.nodes.len()
    }

    /// The nodes, in order.
    pub fn nodes(&self) -> &[TapeNode<A>] {
        &self.nodes
    }

    /// The nodes, to be changed: for a pass over the tape, or a fault to test a law with.
    pub fn nodes_mut(&mut self) -> &mut Vec<TapeNode<A>> {
        &mut self.nodes
    }

    /// Says whether the reverse loop visits a node: `false` for data, whose cotangent nobody asks for.
    ///
    /// # Errors
    /// [`TapeError::NoNode`].
    pub fn set_requires_grad(&mut self, id: usize, requires_grad: bool) -> Result<(), TapeError> {
        self.require_node(id)?;
        self.nodes[id].requires_grad = requires_grad;
        Ok(())
    }

    /// The id of the last node: the output of a compiled graph. 0 on an empty tape, where no id is valid.
    pub fn last(&self) -> usize {
        self.nodes.len().saturating_sub(1)
    }

    /// The id of the last node of this name.
    pub fn find(&self, name: &str) -> Option<usize> {
        self.nodes
            .iter()
            .rposition(|node| node.name.as_deref() == Some(name))
    }

    /// Adds a node and returns its id, the size before.
    pub fn add_node(&mut self, node: TapeNode<A>) -> usize {
        self.nodes.push(node);
        self.nodes.len() - 1
    }

    /// Adds a node without parents and returns its id.
    pub fn leaf<S: Shape>(
        &mut self,
        value: &Tensor<A, S>,
        name: Option<&str>,
        requires_grad: bool,
    ) -> usize {
        let mut leaf = TapeNode::leaf(value.to_any());
        leaf.name = name.map(|name| name.to_owned().into());
        leaf.requires_grad = requires_grad;
        self.add_node(leaf)
    }

    /// The node with an id, if there is one. Lean's `getNode?`.
    pub fn get_node(&self, id: usize) -> Option<&TapeNode<A>> {
        self.nodes.get(id)
    }

    /// The value of the node with an id, if there is one. Lean's `getValue?`.
    pub fn get_value(&self, id: usize) -> Option<&AnyTensor<A>> {
        self.get_node(id).map(|node| &node.value)
    }

    /// The node with an id.
    ///
    /// # Errors
    /// [`TapeError::NoNode`].
    pub fn require_node(&self, id: usize) -> Result<&TapeNode<A>, TapeError> {
        let size = self.size();
        self.get_node(id).ok_or(TapeError::NoNode { id, size })
    }

    /// The value of a node, with its shape checked.
    ///
    /// # Errors
    /// [`TapeError::NoNode`]; [`TapeError::ValueDims`].
    pub fn require_value<S: Shape>(&self, id: usize) -> Result<Tensor<A, S>, TapeError> {
        let node = self.require_node(id)?;
        node.value.cast().map_err(|_| TapeError::ValueDims {
            node: node.describe(id),
            expected: Box::new(Dims::of::<S>()),
            got: Box::new(node.value.dims()),
        })
    }

    /// A cotangent for a node, with its shape checked.
    ///
    /// # Errors
    /// [`TapeError::NoNode`]; [`TapeError::CotangentDims`] if it is not of shape `S`.
    pub fn require_grad<S: Shape>(
        &self,
        id: usize,
        cotangent: &AnyTensor<A>,
    ) -> Result<Tensor<A, S>, TapeError> {
        let node = self.require_node(id)?;
        cotangent.cast().map_err(|_| TapeError::CotangentDims {
            node: node.describe(id),
            expected: Box::new(Dims::of::<S>()),
            got: Box::new(cotangent.dims()),
        })
    }

    /// The values of all nodes, in order.
    pub fn values(&self) -> Vec<AnyTensor<A>>
    where
        A: Semiring,
    {
        self.nodes.iter().map(|node| node.value.clone()).collect()
    }
}
