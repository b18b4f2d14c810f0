//! Cotangents to begin and to end a reverse loop with: zeros, a seed at one node, and zeros for what was not reached.

use super::error::TapeError;
use super::node::TapeNode;
use super::tape::Tape;
use crate::scalar::Semiring;
use crate::tensor::AnyTensor;

impl<A: Semiring> TapeNode<A> {
    /// The zeros of the dims of the value. Lean's `zeroCotangent`.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let leaf = TapeNode::leaf(Tensor::from([1.0, 2.0]).to_any());
    /// assert_eq!(leaf.zero_cotangent().as_slice(), [0.0, 0.0]);
    /// ```
    pub fn zero_cotangent(&self) -> AnyTensor<A> {
        AnyTensor::zeros(self.value.dims().clone())
    }
}

impl<A: Semiring> Tape<A> {
    /// A cotangent for each node: the seed at one of them, zeros at the others. Lean's `oneHotGrads`.
    ///
    /// # Errors
    /// No such node, or a seed that is not of its dims.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let tape = compile_tape(&graph!(|x: [2]| sum(x)), &tlist![Tensor::from([1.0, 2.0])], ());
    /// let seeds = tape.one_hot_grads(1, &AnyTensor::scalar(5.0))?;
    /// assert_eq!((seeds[0].as_slice(), seeds[1].as_slice()), (&[0.0, 0.0][..], &[5.0][..]));
    /// # Ok::<(), TapeError>(())
    /// ```
    pub fn one_hot_grads(
        &self,
        output: usize,
        seed: &AnyTensor<A>,
    ) -> Result<Vec<AnyTensor<A>>, TapeError> {
        self.check(output, seed)?;
        let nodes = self.nodes().iter().enumerate();
        let at = |(id, node): (usize, &TapeNode<A>)| match id == output {
            true => seed.clone(),
            false => node.zero_cotangent(),
        };
        Ok(nodes.map(at).collect())
    }

    /// The cotangents that are there, and zeros for the nodes that have none. Lean's `totalizeGrads`.
    ///
    /// Where there are fewer than nodes, the others have none.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let tape = compile_tape(&graph!(|x: [2]| sum(x)), &tlist![Tensor::from([1.0, 2.0])], ());
    /// let total = tape.totalize_grads(vec![None, Some(AnyTensor::scalar(5.0))]);
    /// assert_eq!((total[0].as_slice(), total[1].as_slice()), (&[0.0, 0.0][..], &[5.0][..]));
    /// ```
    pub fn totalize_grads(&self, cotangents: Vec<Option<AnyTensor<A>>>) -> Vec<AnyTensor<A>> {
        let given = cotangents.into_iter().chain(std::iter::repeat(None));
        let pairs = self.nodes().iter().zip(given);
        let total = pairs.map(|(node, given)| given.unwrap_or_else(|| node.zero_cotangent()));
        total.collect()
    }
}
