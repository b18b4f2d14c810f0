//! The reference interpreter: any program over any scalar.

use super::{Prim, Program, ProgramError, kernels};
use crate::env::{Indices, Seed};
use crate::scalar::Semiring;
use crate::tensor::AnyTensor;

impl Program {
    /// Runs the program and returns its outputs.
    ///
    /// `environment` has the entries that the primitives read by slot.
    ///
    /// # Errors
    /// Inputs of another number or other dims, a scalar too low in the tower, an environment entry that is missing
    /// or does not fit, a division by an exact zero.
    pub fn run<A: Semiring>(
        &self,
        inputs: &[AnyTensor<A>],
        environment: &[Indices],
    ) -> Result<Vec<AnyTensor<A>>, ProgramError> {
        self.check_inputs(inputs)?;
        let mut values = Vec::with_capacity(self.size());
        values.extend_from_slice(inputs);
        for instruction in self.instructions() {
            let prim = &instruction.prim;
            let data = match kernels::run(
                prim,
                &instruction.arguments,
                &values,
                &instruction.dims,
                environment,
            )? {
                Some(value) => value,
                None => {
                    return Err(ProgramError::Scalar {
                        prim: prim.to_string(),
                        needs: prim.level(),
                        got: A::kernels().level(),
                    });
                }
            };
            values.push(data);
        }
        Ok(self
            .outputs()
            .iter()
            .map(|&id| values[id].clone())
            .collect())
    }

    fn check_inputs<A>(&self, inputs: &[AnyTensor<A>]) -> Result<(), ProgramError> {
        if inputs.len() != self.inputs().len() {
            return Err(ProgramError::InputCount {
                expected: self.inputs().len(),
                got: inputs.len(),
            });
        }
        for (input, (expected, value)) in self.inputs().iter().zip(inputs).enumerate() {
            if value.dims() != expected {
                return Err(ProgramError::InputDims {
                    input,
                    expected: Box::new(expected.clone()),
                    got: Box::new(value.dims().clone()),
                });
            }
        }
        Ok(())
    }
}

/// The halves of the seed that a primitive reads. Two labels are no seed.
pub(super) fn read_seed<'e>(
    prim: &Prim,
    slot: usize,
    environment: &'e [Indices],
) -> Result<&'e [usize], ProgramError> {
    match environment.get(slot) {
        Some(entry) if *entry.dims() == Seed::DIMS && entry.bound() == Seed::BOUND => {
            Ok(entry.as_slice())
        }
        _ => Err(wrong_entry(prim, slot, environment, "a seed".to_owned())),
    }
}

/// What is wrong with the entry that a primitive reads.
fn wrong_entry(
    prim: &Prim,
    slot: usize,
    environment: &[Indices],
    expected: String,
) -> ProgramError {
    let got = match environment.get(slot) {
        None => format!("an environment of {} entries", environment.len()),
        Some(entry) if entry.bound() == Seed::BOUND => "a seed".to_owned(),
        Some(entry) => format!("indices of dims {} below {}", entry.dims(), entry.bound()),
    };
    let prim = prim.to_string();
    ProgramError::Environment {
        prim,
        slot,
        expected,
        got,
    }
}

/// The indices that a primitive reads, checked: one for each row, all below the number of classes.
pub(super) fn read_indices<'e>(
    prim: &Prim,
    slot: usize,
    rows: &[usize],
    classes: usize,
    environment: &'e [Indices],
) -> Result<&'e [usize], ProgramError> {
    match environment.get(slot) {
        Some(entry) if *entry.dims() == *rows && entry.bound() <= classes => Ok(entry.as_slice()),
        _ => {
            let expected = format!("indices of dims {rows:?} below {classes}");
            Err(wrong_entry(prim, slot, environment, expected))
        }
    }
}
