//! The reference interpreter: any program over any scalar.

use super::{Prim, Program, ProgramError, kernels};
use crate::env::Indices;
use crate::scalar::Semiring;
use crate::tensor::{AnyTensor, Dims};

impl Program {
    /// Runs the program and returns its outputs.
    ///
    /// `environment` has the entries that the primitives read by slot.
    ///
    /// # Errors
    /// Inputs of another number or other dims, a scalar too low in the tower, an environment entry that is missing
    /// or does not fit.
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
                instruction.dims,
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
        for (input, (&expected, value)) in self.inputs().iter().zip(inputs).enumerate() {
            if value.dims() != expected {
                return Err(ProgramError::InputDims {
                    input,
                    expected: Box::new(expected),
                    got: Box::new(value.dims()),
                });
            }
        }
        Ok(())
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
    let wrong = |got: String| ProgramError::Environment {
        prim: prim.to_string(),
        slot,
        expected: match Dims::new(rows) {
            Some(rows) => format!("indices of dims {rows} below {classes}"),
            None => format!("indices below {classes}"),
        },
        got,
    };
    let Some(indices) = environment.get(slot) else {
        return Err(wrong(format!("{} entries", environment.len())));
    };
    if *indices.dims() == *rows && indices.bound() <= classes {
        Ok(indices.as_slice())
    } else {
        Err(wrong(format!(
            "indices of dims {} below {}",
            indices.dims(),
            indices.bound()
        )))
    }
}
