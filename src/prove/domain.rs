//! That a graph has a value somewhere.

use super::chosen::Chosen;
use super::equations::{self, Equations};
use super::function_laws::FUEL;
use super::proof_scalar::{ProofScalar, variables};
use crate::counterexample::Counterexample;
use crate::graph::nodes::Nodes;
use crate::graph::steps::Entries;
use crate::scalar::Agreement;
use crate::tensor::Value;

/// The values of a graph of programs.
struct Values<'v> {
    nodes: &'v Nodes,
    chosen: &'v [Chosen],
}

impl Equations for Values<'_> {
    fn check<A: ProofScalar>(
        &self,
        rng: &mut fastrand::Rng,
    ) -> Result<Option<usize>, Counterexample> {
        let dims = self.nodes.input_dims().into_iter().enumerate();
        let x = dims.map(|(i, dims)| variables(&format!("x{i}"), &dims, rng));
        let x = x.collect();
        let entries = self.nodes.entries().iter().zip(self.chosen).enumerate();
        let entries: Vec<Value<A>> = entries
            .map(|(i, (entry, chosen))| chosen.value_or(&format!("e{i}"), entry.ty.dims(), rng))
            .collect();
        let values = self.nodes.eval(x, &Entries::of_values(entries));
        let undefined = |x: &A| x.agreement(x) == Agreement::Undefined;
        let elements = || values.iter().flat_map(|x| x.as_slice());
        Ok((!elements().any(undefined)).then(|| elements().count()))
    }
    fn place(&self) -> String {
        self.nodes.graph_id.name().to_owned()
    }
    /// A point at which a value is defined shows that there is one.
    fn soundness_error(&self) -> Result<f64, Counterexample> {
        Ok(0.0)
    }
}

/// That a graph of programs has a value at some inputs: its nodes alone may have one where the others have none.
///
/// # Errors
/// What is undefined.
pub(super) fn is_defined_somewhere(nodes: &Nodes, chosen: &[Chosen]) -> Result<(), Counterexample> {
    let rng = &mut fastrand::Rng::with_seed(0xd0a1);
    equations::show(&Values { nodes, chosen }, Some(FUEL), 1, rng).map(drop)
}
