//! What a proof of batching tries: which inputs have the new axis, how many samples there are, and values.

use super::chosen::Chosen;
use super::drawn_environments::drawn;
use super::proof_scalar::ProofScalar;
use crate::tensor::{Type, Value};

/// How many random choices there are where not all are tried.
const SOME_CHOICES: usize = 6;

/// How many samples.
const SAMPLES: usize = 3;

/// Which inputs have the new axis, and its size.
#[derive(Clone, Debug)]
pub(super) struct Case {
    pub batched: Vec<bool>,
    pub size: usize,
}

/// Every choice of the inputs with the new axis, if there are at most so many inputs; else all of them, each alone, and
/// some random ones.
pub(super) fn cases(inputs: usize, all_choices: usize, rng: &mut fastrand::Rng) -> Vec<Case> {
    let whole = vec![true; inputs];
    let alone = (0..inputs).map(|one| (0..inputs).map(|i| i == one).collect());
    let mut first: Vec<Vec<bool>> = core::iter::once(whole).chain(alone).collect();
    first.dedup(); // of one input
    let rest: Vec<Vec<bool>> = match inputs <= all_choices {
        true => {
            let flags = |number: usize| (0..inputs).map(|i| number >> i & 1 == 1).collect();
            let all = (0..1 << inputs).map(flags);
            all.filter(|flags| !first.contains(flags)).collect()
        }
        false => {
            let mut random = |_| (0..inputs).map(|_| rng.bool()).collect();
            (0..SOME_CHOICES).map(&mut random).collect()
        }
    };
    let of_size = |batched: &Vec<bool>, size| Case {
        batched: batched.clone(),
        size,
    };
    let large = first
        .iter()
        .chain(&rest)
        .map(|flags| of_size(flags, SAMPLES));
    let small = first
        .iter()
        .flat_map(|flags| [1, 0].map(|size| of_size(flags, size)));
    large.chain(small).collect()
}

impl Case {
    /// Types with the new axis, where there is one.
    pub(super) fn with_axes(&self, types: &[Type]) -> Vec<Type> {
        let with = |(ty, &batched): (&Type, &bool)| match batched {
            true => ty.with_leading(self.size),
            false => ty.clone(),
        };
        types.iter().zip(&self.batched).map(with).collect()
    }

    /// `f over 3 samples, batched inputs 0, 2`.
    pub(super) fn place(&self, name: &str) -> String {
        let inputs = (0..self.batched.len()).filter(|&input| self.batched[input]);
        let inputs: Vec<_> = inputs.map(|input| input.to_string()).collect();
        let size = self.size;
        match inputs.as_slice() {
            [] => format!("`{name}` over {size} samples, no input batched"),
            inputs => format!(
                "`{name}` over {size} samples, batched inputs {}",
                inputs.join(", ")
            ),
        }
    }
}

/// Values of these types: indeterminates, and indices and keys that are drawn. `None` if there is no index below a bound.
pub(super) fn draw<A: ProofScalar>(
    types: &[Type],
    rng: &mut fastrand::Rng,
) -> Option<Vec<Value<A>>> {
    let chosen = drawn(types, &mut |below| rng.usize(..below))?;
    let values = types.iter().zip(chosen).enumerate();
    let value = |(i, (ty, chosen)): (usize, (&Type, Chosen))| {
        chosen.value_or(&format!("x{i}"), ty.dims(), rng)
    };
    Some(values.map(value).collect())
}
