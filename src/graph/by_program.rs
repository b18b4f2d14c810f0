//! All values of a graph at once, by its whole program.

use super::node::{Argument, built};
use super::nodes::Nodes;
use super::steps::{Entries, run};
use crate::scalar::Semiring;
use crate::tensor::{AnyTensor, only_tensors};

impl Nodes {
    /// Every value, from the inputs: the program runs as a whole, with each tensor as an output, where
    /// [`eval`](Self::eval) runs node by node and computes labels once for each reader. Nothing of a graph with closures,
    /// which has no program.
    pub(crate) fn eval_by_program<A: Semiring>(
        &self,
        inputs: Vec<AnyTensor<A>>,
        d: &Entries<A>,
    ) -> Option<Vec<AnyTensor<A>>> {
        if self.closure_name().is_some() {
            return None;
        }
        let mut program = self.program().clone();
        let is_value = |id: &usize| matches!(self.argument(*id), Some(Argument::Value(_)));
        let outputs: Vec<usize> = (0..program.size()).filter(is_value).collect();
        // They are ids of the program.
        built(program.set_outputs(&outputs));
        let inputs = inputs.into_iter().map(Into::into);
        let inputs: Vec<_> = inputs.chain(d.values.iter().cloned()).collect();
        Some(only_tensors(run(&program, &inputs)))
    }
}
