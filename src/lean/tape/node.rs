//! One node of a tape.

use super::error::TapeError;
use crate::handle::node_label;
use crate::tensor::AnyTensor;
use core::fmt;
use std::borrow::Cow;
use std::sync::Arc;

/// What a pullback returns: for some parents, by id, a contribution to their cotangent.
///
/// ```
/// use cotangent::prelude::*;
/// use cotangent::lean::tape::Contributions;
/// let tape = compile_tape(&graph!(|x: [], y: []| x * y), &tlist![Tensor::scalar(2.0), Tensor::scalar(5.0)], ());
/// let to_parents: Contributions<f64> = tape.nodes()[2].backward(&AnyTensor::scalar(1.0))?;
/// assert_eq!(to_parents, [(0, AnyTensor::scalar(5.0)), (1, AnyTensor::scalar(2.0))]);
/// # Ok::<(), TapeError>(())
/// ```
pub type Contributions<A> = Vec<(usize, AnyTensor<A>)>;

type Pullback<A> = dyn Fn(&AnyTensor<A>) -> Result<Contributions<A>, TapeError> + Send + Sync;

/// A value, the nodes it came from, and its pullback: a VJP closed over its primals.
///
/// ```
/// use cotangent::prelude::*;
/// let tape = compile_tape(&graph!(|x: []| { let y = x * 3.0; y }), &tlist![Tensor::scalar(2.0)], ());
/// let y: &TapeNode<f64> = &tape.nodes()[1];
/// assert_eq!((y.name.as_deref(), &*y.op), (Some("y"), "scale"));
/// assert_eq!((&y.value, &y.parents, y.requires_grad), (&AnyTensor::scalar(6.0), &vec![0], true));
/// ```
pub struct TapeNode<A> {
    /// The name of the value, for messages and look-up.
    pub name: Option<Cow<'static, str>>,
    /// The operation that made the value; `"leaf"` for a leaf.
    pub op: Cow<'static, str>,
    /// The value.
    pub value: AnyTensor<A>,
    /// Whether the reverse loop visits this node. If not, no cotangent is accumulated here and its pullback does
    /// not run.
    pub requires_grad: bool,
    /// The nodes it came from, by id.
    pub parents: Vec<usize>,
    backward: Arc<Pullback<A>>,
}

impl<A> TapeNode<A> {
    /// A node with a pullback.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let triple = TapeNode::new("y", "triple", AnyTensor::scalar(6.0), vec![0], |dy| {
    ///     Ok(vec![(0, AnyTensor::scalar(3.0 * dy.as_slice()[0]))])
    /// });
    /// assert_eq!(triple.backward(&AnyTensor::scalar(1.0))?, [(0, AnyTensor::scalar(3.0))]);
    /// # Ok::<(), TapeError>(())
    /// ```
    pub fn new(
        name: impl Into<Cow<'static, str>>,
        op: impl Into<Cow<'static, str>>,
        value: AnyTensor<A>,
        parents: Vec<usize>,
        backward: impl Fn(&AnyTensor<A>) -> Result<Contributions<A>, TapeError> + Send + Sync + 'static,
    ) -> Self {
        TapeNode {
            name: Some(name.into()),
            op: op.into(),
            value,
            requires_grad: true,
            parents,
            backward: Arc::new(backward),
        }
    }

    /// A node without parents, name or contributions.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let leaf = TapeNode::leaf(AnyTensor::scalar(1.0));
    /// assert_eq!((&*leaf.op, leaf.name.is_none(), leaf.parents.len()), ("leaf", true, 0));
    /// ```
    pub fn leaf(value: AnyTensor<A>) -> Self {
        TapeNode {
            name: None,
            op: "leaf".into(),
            value,
            requires_grad: true,
            parents: Vec::new(),
            backward: Arc::new(|_| Ok(Vec::new())),
        }
    }

    /// The pullback: contributions to the cotangents of the parents, from the cotangent of the value.
    ///
    /// # Errors
    /// Whatever the pullback returns, such as a cotangent of other dims.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let leaf = TapeNode::leaf(AnyTensor::scalar(1.0));
    /// assert_eq!(leaf.backward(&AnyTensor::scalar(5.0)), Ok(vec![])); // it has no parents
    /// ```
    pub fn backward(&self, cotangent: &AnyTensor<A>) -> Result<Contributions<A>, TapeError> {
        (self.backward)(cotangent)
    }

    /// The same node with another pullback: for a pass over the tape, or a fault to test a law with.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let mut tape = compile_tape(&graph!(|x: []| x * 3.0), &tlist![Tensor::scalar(2.0)], ());
    /// let inner = tape.nodes()[1].clone();
    /// tape.nodes_mut()[1] = tape.nodes()[1].with_backward(move |dy| {
    ///     println!("the pullback of {} runs on {dy}", inner.describe(1));
    ///     inner.backward(dy)
    /// });
    /// assert_eq!(tape.backward_scalar(1)?[&0], AnyTensor::scalar(3.0));
    /// # Ok::<(), TapeError>(())
    /// ```
    pub fn with_backward(
        &self,
        backward: impl Fn(&AnyTensor<A>) -> Result<Contributions<A>, TapeError> + Send + Sync + 'static,
    ) -> Self {
        TapeNode {
            backward: Arc::new(backward),
            ..self.clone()
        }
    }

    /// The node in a message: ``node 3 `h` (relu)``.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let node = TapeNode::new("h", "relu", AnyTensor::scalar(1.0), vec![], |_| Ok(vec![]));
    /// assert_eq!(node.describe(3), "node 3 `h` (relu)");
    /// ```
    pub fn describe(&self, id: usize) -> String {
        node_label(id, self.name.as_deref(), &self.op)
    }
}

impl<A> Clone for TapeNode<A> {
    fn clone(&self) -> Self {
        TapeNode {
            name: self.name.clone(),
            op: self.op.clone(),
            value: self.value.clone(),
            requires_grad: self.requires_grad,
            parents: self.parents.clone(),
            backward: Arc::clone(&self.backward),
        }
    }
}

impl<A> fmt::Debug for TapeNode<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TapeNode")
            .field("name", &self.name)
            .field("op", &self.op)
            .field("dims", self.value.dims())
            .field("requires_grad", &self.requires_grad)
            .field("parents", &self.parents)
            .finish_non_exhaustive()
    }
}
