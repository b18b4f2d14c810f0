//! The list of nodes.

use super::error::TapeError;
use super::node::TapeNode;
use crate::scalar::Semiring;
use crate::shape::Shape;
use crate::tensor::{AnyTensor, Dims, Tensor};

/// A list of nodes, each with a value and a pullback to earlier nodes. Ids count the nodes from 0.
///
/// ```
/// use cotangent::prelude::*;
/// use cotangent::lean::tape::{Tape, TapeNode};
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
    pub(super) nodes: Vec<TapeNode<A>>,
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
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let tape = compile_tape(&graph!(|x: [2]| sum(x)), &tlist![Tensor::from([1.0, 2.0])], ());
    /// assert_eq!(tape.size(), 2); // x and its sum
    /// ```
    pub fn size(&self) -> usize {
        self.nodes.len()
    }

    /// The nodes, in order.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let tape = compile_tape(&graph!(|x: [2]| sum(x)), &tlist![Tensor::from([1.0, 2.0])], ());
    /// let ops: Vec<_> = tape.nodes().iter().map(|node| &*node.op).collect();
    /// assert_eq!(ops, ["leaf", "sum"]);
    /// ```
    pub fn nodes(&self) -> &[TapeNode<A>] {
        &self.nodes
    }

    /// The nodes, to be changed: for a pass over the tape, or a fault to test a law with.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let mut tape = compile_tape(&graph!(|x: [2]| sum(x)), &tlist![Tensor::from([1.0, 2.0])], ());
    /// tape.nodes_mut()[1].name = Some("total".into());
    /// assert_eq!(tape.find("total"), Some(1));
    /// ```
    pub fn nodes_mut(&mut self) -> &mut Vec<TapeNode<A>> {
        &mut self.nodes
    }

    /// Says whether the reverse loop visits a node: `false` for data, whose cotangent nobody asks for.
    ///
    /// # Errors
    /// [`TapeError::NoNode`].
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let g = graph!(|x: [2], w: [2]| sum(x * w));
    /// let mut tape = compile_tape(&g, &tlist![Tensor::from([1.0, 2.0]), Tensor::ones()], ());
    /// tape.set_requires_grad(0, false)?; // x is data
    /// let dense = tape.backward_dense(tape.last(), &AnyTensor::scalar(1.0))?;
    /// assert_eq!((&dense[0], &dense[1]), (&None, &Some(Tensor::from([1.0, 2.0]).to_any())));
    /// # Ok::<(), TapeError>(())
    /// ```
    pub fn set_requires_grad(&mut self, id: usize, requires_grad: bool) -> Result<(), TapeError> {
        self.require_node(id)?;
        self.nodes[id].requires_grad = requires_grad;
        Ok(())
    }

    /// The id of the last node: the output of a compiled graph. 0 on an empty tape, where no id is valid.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let tape = compile_tape(&graph!(|x: [2]| sum(x)), &tlist![Tensor::from([1.0, 2.0])], ());
    /// assert_eq!(tape.nodes()[tape.last()].value, AnyTensor::scalar(3.0));
    /// ```
    pub fn last(&self) -> usize {
        self.nodes.len().saturating_sub(1)
    }

    /// The id of the last node of this name.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let g = graph!(|x: [2]| { let square = x * x; sum(square) });
    /// let tape = compile_tape(&g, &tlist![Tensor::from([1.0, 2.0])], ());
    /// assert_eq!((tape.find("x"), tape.find("square"), tape.find("cube")), (Some(0), Some(1), None));
    /// ```
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
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let tape = compile_tape(&graph!(|x: [2]| sum(x)), &tlist![Tensor::from([1.0, 2.0])], ());
    /// assert_eq!(tape.get_node(1).map(|node| node.parents.clone()), Some(vec![0]));
    /// assert!(tape.get_node(2).is_none());
    /// ```
    pub fn get_node(&self, id: usize) -> Option<&TapeNode<A>> {
        self.nodes.get(id)
    }

    /// The value of the node with an id, if there is one. Lean's `getValue?`.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let tape = compile_tape(&graph!(|x: [2]| sum(x)), &tlist![Tensor::from([1.0, 2.0])], ());
    /// assert_eq!(tape.get_value(1), Some(&AnyTensor::scalar(3.0)));
    /// ```
    pub fn get_value(&self, id: usize) -> Option<&AnyTensor<A>> {
        self.get_node(id).map(|node| &node.value)
    }

    /// The node with an id.
    ///
    /// # Errors
    /// [`TapeError::NoNode`].
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let tape = Tape::<f64>::empty();
    /// let error = tape.require_node(0).unwrap_err();
    /// assert_eq!(error.to_string(), "there is no node 0: the tape has 0 nodes");
    /// ```
    pub fn require_node(&self, id: usize) -> Result<&TapeNode<A>, TapeError> {
        let size = self.size();
        self.get_node(id).ok_or(TapeError::NoNode { id, size })
    }

    /// The value of a node, with its shape checked.
    ///
    /// # Errors
    /// [`TapeError::NoNode`]; [`TapeError::ValueDims`].
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let tape = compile_tape(&graph!(|x: [2]| sum(x)), &tlist![Tensor::from([1.0, 2.0])], ());
    /// let x: Tensor<f64, shape![2]> = tape.require_value(0)?;
    /// assert_eq!(x, Tensor::from([1.0, 2.0]));
    /// let error = tape.require_value::<shape![3]>(0).unwrap_err();
    /// assert_eq!(error.to_string(), "the value of node 0 `x` (leaf) has dims [2], expected [3]");
    /// # Ok::<(), TapeError>(())
    /// ```
    pub fn require_value<S: Shape>(&self, id: usize) -> Result<Tensor<A, S>, TapeError> {
        let node = self.require_node(id)?;
        node.value.cast().map_err(|_| TapeError::ValueDims {
            node: node.describe(id),
            expected: Box::new(Dims::of::<S>()),
            got: Box::new(node.value.dims().clone()),
        })
    }

    /// A cotangent for a node, with its shape checked.
    ///
    /// # Errors
    /// [`TapeError::NoNode`]; [`TapeError::CotangentDims`] if it is not of shape `S`.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let tape = compile_tape(&graph!(|x: [2]| sum(x)), &tlist![Tensor::from([1.0, 2.0])], ());
    /// let gradients = tape.backward_scalar(1)?;
    /// let dx: Tensor<f64, shape![2]> = tape.require_grad(0, &gradients[&0])?;
    /// assert_eq!(dx, Tensor::ones());
    /// # Ok::<(), TapeError>(())
    /// ```
    pub fn require_grad<S: Shape>(
        &self,
        id: usize,
        cotangent: &AnyTensor<A>,
    ) -> Result<Tensor<A, S>, TapeError> {
        let node = self.require_node(id)?;
        cotangent.cast().map_err(|_| TapeError::CotangentDims {
            node: node.describe(id),
            expected: Box::new(Dims::of::<S>()),
            got: Box::new(cotangent.dims().clone()),
        })
    }

    /// The values of all nodes, in order.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let tape = compile_tape(&graph!(|x: [2]| sum(x)), &tlist![Tensor::from([1.0, 2.0])], ());
    /// assert_eq!(tape.values()[1], AnyTensor::scalar(3.0));
    /// ```
    pub fn values(&self) -> Vec<AnyTensor<A>>
    where
        A: Semiring,
    {
        self.nodes.iter().map(|node| node.value.clone()).collect()
    }
}
