//! The reverse loop, in the forms of the Lean runtime: from one output over the nodes that it reaches, and from a seed
//! for each node over all of them.

use super::error::TapeError;
use super::node::TapeNode;
use super::tape::Tape;
use crate::scalar::Semiring;
use crate::tensor::AnyTensor;
use std::collections::BTreeMap;

impl<A: Semiring> Tape<A> {
    /// Refuses a cotangent that is not of the dims of the node's value.
    pub(super) fn check(
        &self,
        id: usize,
        cotangent: &AnyTensor<A>,
    ) -> Result<&TapeNode<A>, TapeError> {
        let node = self.require_node(id)?;
        if cotangent.dims() == node.value.dims() {
            Ok(node)
        } else {
            Err(TapeError::CotangentDims {
                node: node.describe(id),
                expected: Box::new(node.value.dims().clone()),
                got: Box::new(cotangent.dims().clone()),
            })
        }
    }

    /// Runs the pullback of one node, and hands each contribution to a parent that wants it to `add`.
    fn step(
        &self,
        id: usize,
        cotangent: &AnyTensor<A>,
        mut add: impl FnMut(usize, AnyTensor<A>) -> Result<(), TapeError>,
    ) -> Result<(), TapeError> {
        let node = self.check(id, cotangent)?;
        if !node.requires_grad {
            return Ok(());
        }
        for (parent_id, contribution) in node.backward(cotangent)? {
            if parent_id >= id {
                return Err(TapeError::NotEarlier {
                    node: node.describe(id),
                    parent: parent_id,
                });
            }
            let parent = self.require_node(parent_id)?;
            if contribution.dims() != parent.value.dims() {
                return Err(TapeError::ContributionDims {
                    node: node.describe(id),
                    parent: parent.describe(parent_id),
                    expected: Box::new(parent.value.dims().clone()),
                    got: Box::new(contribution.dims().clone()),
                });
            }
            if parent.requires_grad {
                add(parent_id, contribution)?;
            }
        }
        Ok(())
    }

    /// The sum of what a node has and what is added, both of the dims of its value.
    fn sum(
        &self,
        id: usize,
        so_far: &AnyTensor<A>,
        more: &AnyTensor<A>,
    ) -> Result<AnyTensor<A>, TapeError> {
        self.check(id, so_far)?;
        so_far.add(more).map_err(|_| TapeError::CotangentDims {
            node: self.nodes()[id].describe(id),
            expected: Box::new(so_far.dims().clone()),
            got: Box::new(more.dims().clone()),
        })
    }

    /// The cotangent of each node that the output reaches, `None` for the others. Their pullbacks do not run.
    ///
    /// # Errors
    /// No such output, a seed of other dims, or a pullback that breaks its promises.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let g = graph!(|x: [2], unused: [3]| sum(x * x));
    /// let tape = compile_tape(&g, &tlist![Tensor::from([1.0, 2.0]), Tensor::zeros()], ());
    /// let dense = tape.backward_dense(tape.last(), &AnyTensor::scalar(1.0))?;
    /// assert_eq!(dense[0], Some(Tensor::from([2.0, 4.0]).to_any()));
    /// assert_eq!(dense[1], None);
    /// # Ok::<(), TapeError>(())
    /// ```
    pub fn backward_dense(
        &self,
        output: usize,
        seed: &AnyTensor<A>,
    ) -> Result<Vec<Option<AnyTensor<A>>>, TapeError> {
        self.check(output, seed)?;
        let mut cotangents = vec![None; self.size()];
        cotangents[output] = Some(seed.clone());
        for id in (0..=output).rev() {
            let Some(cotangent) = cotangents[id].clone() else {
                continue;
            };
            self.step(id, &cotangent, |parent, contribution| {
                let total = match &cotangents[parent] {
                    Some(so_far) => self.sum(parent, so_far, &contribution)?,
                    None => contribution,
                };
                cotangents[parent] = Some(total);
                Ok(())
            })?;
        }
        Ok(cotangents)
    }

    /// The cotangent of each node, from a cotangent given for each. Every pullback runs.
    ///
    /// This is the loop that the law `backward_dense_from_compile_eq_backprop_all` compares to the typed VJPs.
    ///
    /// # Errors
    /// The wrong number of cotangents, one of other dims, or a pullback that breaks its promises.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let tape = compile_tape(&graph!(|x: [2]| sum(x * x)), &tlist![Tensor::from([1.0, 2.0])], ());
    /// // A seed for x, for x * x and for the sum: x itself counts once more.
    /// let seeds = vec![Tensor::from([1.0, 1.0]).to_any(), Tensor::from([0.0, 0.0]).to_any(), AnyTensor::scalar(1.0)];
    /// assert_eq!(tape.backward_dense_from(seeds)?[0].as_slice(), [3.0, 5.0]);
    /// # Ok::<(), TapeError>(())
    /// ```
    pub fn backward_dense_from(
        &self,
        cotangents: Vec<AnyTensor<A>>,
    ) -> Result<Vec<AnyTensor<A>>, TapeError> {
        if cotangents.len() != self.size() {
            return Err(TapeError::Length {
                expected: self.size(),
                got: cotangents.len(),
            });
        }
        for (id, cotangent) in cotangents.iter().enumerate() {
            self.check(id, cotangent)?;
        }
        let mut cotangents = cotangents;
        for id in (0..self.size()).rev() {
            let cotangent = cotangents[id].clone();
            self.step(id, &cotangent, |parent, contribution| {
                cotangents[parent] = self.sum(parent, &cotangents[parent], &contribution)?;
                Ok(())
            })?;
        }
        Ok(cotangents)
    }

    /// The cotangent of each node: [`backward_dense`](Self::backward_dense), with zeros for the nodes that the output does
    /// not reach. Their pullbacks do not run.
    ///
    /// # Errors
    /// As [`backward_dense`](Self::backward_dense).
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let g = graph!(|x: [2], unused: [3]| sum(x * x));
    /// let tape = compile_tape(&g, &tlist![Tensor::from([1.0, 2.0]), Tensor::zeros()], ());
    /// let dense = tape.backward_dense_all(tape.last(), &AnyTensor::scalar(1.0))?;
    /// assert_eq!(dense[0].as_slice(), [2.0, 4.0]);
    /// assert_eq!(dense[1].as_slice(), [0.0, 0.0, 0.0]); // zeros, not `None`
    /// # Ok::<(), TapeError>(())
    /// ```
    pub fn backward_dense_all(
        &self,
        output: usize,
        seed: &AnyTensor<A>,
    ) -> Result<Vec<AnyTensor<A>>, TapeError> {
        Ok(self.totalize_grads(self.backward_dense(output, seed)?))
    }

    /// The cotangents of the reached nodes, by id.
    ///
    /// # Errors
    /// As [`backward_dense`](Self::backward_dense).
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let tape = compile_tape(&graph!(|x: [2]| x * x), &tlist![Tensor::from([1.0, 2.0])], ());
    /// let cotangents = tape.backward(tape.last(), &Tensor::from([1.0, 10.0]).to_any())?;
    /// assert_eq!(cotangents[&0].as_slice(), [2.0, 40.0]);
    /// # Ok::<(), TapeError>(())
    /// ```
    pub fn backward(
        &self,
        output: usize,
        seed: &AnyTensor<A>,
    ) -> Result<BTreeMap<usize, AnyTensor<A>>, TapeError> {
        let dense = self.backward_dense(output, seed)?.into_iter().enumerate();
        Ok(dense
            .filter_map(|(id, cotangent)| Some((id, cotangent?)))
            .collect())
    }

    /// The gradient of a scalar: [`backward`](Self::backward) with the seed 1.
    ///
    /// # Errors
    /// [`TapeError::NotScalar`]; otherwise as [`backward_dense`](Self::backward_dense).
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let tape = compile_tape(&graph!(|x: [2]| sum(x * x)), &tlist![Tensor::from([1.0, 2.0])], ());
    /// assert_eq!(tape.backward_scalar(tape.last())?[&0].as_slice(), [2.0, 4.0]);
    /// # Ok::<(), TapeError>(())
    /// ```
    pub fn backward_scalar(
        &self,
        output: usize,
    ) -> Result<BTreeMap<usize, AnyTensor<A>>, TapeError> {
        let node = self.require_node(output)?;
        if !node.value.dims().is_empty() {
            return Err(TapeError::NotScalar {
                node: node.describe(output),
                got: Box::new(node.value.dims().clone()),
            });
        }
        self.backward(output, &AnyTensor::scalar(A::one()))
    }
}
