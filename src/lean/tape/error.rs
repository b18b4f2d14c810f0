//! What can go wrong on a tape.

use crate::tensor::Dims;

/// What can go wrong on a tape.
///
/// ```
/// use cotangent::prelude::*;
/// let x = || AnyTensor::scalar(1.0);
/// let mut tape = Tape::empty();
/// tape.add_node(TapeNode::leaf(x()));
/// // What a caller can ask for in vain:
/// assert!(matches!(tape.require_node(5), Err(TapeError::NoNode { id: 5, size: 1 })));
/// assert!(matches!(tape.require_value::<shape![2]>(0), Err(TapeError::ValueDims { .. })));
/// let two = Tensor::from([1.0, 2.0]).to_any();
/// assert!(matches!(tape.backward(0, &two), Err(TapeError::CotangentDims { .. })));
/// assert!(matches!(tape.backward_dense_from(vec![]), Err(TapeError::Length { expected: 1, got: 0 })));
/// tape.add_node(TapeNode::leaf(two.clone()));
/// assert!(matches!(tape.backward_scalar(1), Err(TapeError::NotScalar { .. })));
/// // And what a pullback can do wrong:
/// let y = tape.add_node(TapeNode::new("y", "op", x(), vec![0], move |_| Ok(vec![(0, two.clone())])));
/// assert!(matches!(tape.backward_scalar(y), Err(TapeError::ContributionDims { .. })));
/// let z = tape.add_node(TapeNode::new("z", "op", x(), vec![], move |dz| Ok(vec![(9, dz.clone())])));
/// let error = tape.backward_scalar(z).unwrap_err();
/// assert!(matches!(error, TapeError::NotEarlier { parent: 9, .. }));
/// assert_eq!(error.to_string(), "node 3 `z` (op) contributes to node 9, which is not before it");
/// ```
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
