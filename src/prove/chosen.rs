//! What is chosen of an environment: labels and keys. Its tensors are indeterminates.

use super::proof_scalar::{ProofScalar, variables};
use crate::tensor::{AnyTensor, Dims, Indices, Key, Value};

/// Labels or keys that were chosen, for a run over any scalar; of a tensor nothing is chosen, a proof has indeterminates.
#[derive(Clone, Debug)]
pub(crate) enum Chosen {
    Tensor,
    Indices(Indices),
    Keys(AnyTensor<Key>),
}

impl Chosen {
    /// As a value; none for a tensor.
    pub(crate) fn value<A>(&self) -> Option<Value<A>> {
        match self {
            Chosen::Tensor => None,
            Chosen::Indices(indices) => Some(Value::Index(indices.clone())),
            Chosen::Keys(keys) => Some(Value::Key(keys.clone())),
        }
    }

    /// What was chosen of a value.
    pub(crate) fn of<A>(value: &Value<A>) -> Chosen {
        match value {
            Value::Scalar(_) => Chosen::Tensor,
            Value::Index(indices) => Chosen::Indices(indices.clone()),
            Value::Key(keys) => Chosen::Keys(keys.clone()),
        }
    }

    /// As a value of a type, with an indeterminate for each element of a tensor.
    pub(crate) fn value_or<A: ProofScalar>(
        &self,
        name: &str,
        dims: &Dims,
        rng: &mut fastrand::Rng,
    ) -> Value<A> {
        match self.value() {
            Some(value) => value,
            None => Value::Scalar(variables(name, dims, rng)),
        }
    }
}

/// What was chosen at some slots.
pub(crate) fn at_slots(slots: &[usize], chosen: &[Chosen]) -> Vec<Chosen> {
    let at = |&slot: &usize| chosen.get(slot).cloned();
    slots.iter().filter_map(at).collect()
}
