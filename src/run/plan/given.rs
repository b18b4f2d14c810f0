//! Whether what a run is given is what its plan takes.

use super::error::PlanError;
use super::float::Float;
use super::node::Kind;
use super::plan::{Inputs, Outputs, Plan};
use crate::tensor::Type;

impl<T: Float> Plan<T> {
    /// # Errors
    /// Inputs or outputs of another number or length, indices that are too large.
    pub(super) fn check(
        &self,
        inputs: &Inputs<'_, T>,
        outputs: &Outputs<'_, '_, T>,
    ) -> Result<(), PlanError> {
        let all = self.inputs();
        fits(
            "inputs of scalars",
            all,
            Kind::Scalar,
            inputs.scalars.iter().map(|x| x.len()),
        )?;
        fits(
            "inputs of indices",
            all,
            Kind::Index,
            inputs.indices.iter().map(|x| x.len()),
        )?;
        fits(
            "inputs of keys",
            all,
            Kind::Key,
            inputs.keys.iter().map(|x| x.len()),
        )?;
        let all = self.outputs();
        fits(
            "outputs of scalars",
            all,
            Kind::Scalar,
            outputs.scalars.iter().map(|x| x.len()),
        )?;
        fits(
            "outputs of indices",
            all,
            Kind::Index,
            outputs.indices.iter().map(|x| x.len()),
        )?;
        fits(
            "outputs of keys",
            all,
            Kind::Key,
            outputs.keys.iter().map(|x| x.len()),
        )?;
        let bounds = self.inputs().iter().filter_map(|ty| match ty {
            Type::Index { below, .. } => Some(*below),
            Type::Scalar(..) | Type::Key(_) => None,
        });
        for (place, (below, given)) in bounds.zip(inputs.indices).enumerate() {
            if let Some(&index) = given.iter().find(|index| **index >= below) {
                return Err(PlanError::Index {
                    place,
                    index,
                    below,
                });
            }
        }
        Ok(())
    }
}

/// Whether there is a run of the right length for each type of a kind.
fn fits(
    what: &'static str,
    types: &[Type],
    kind: Kind,
    given: impl ExactSizeIterator<Item = usize>,
) -> Result<(), PlanError> {
    let of_kind = || types.iter().filter(|ty| Kind::of(ty) == kind);
    let (expected, got) = (of_kind().count(), given.len());
    if expected != got {
        return Err(PlanError::Count {
            what,
            expected,
            got,
        });
    }
    for (place, (ty, got)) in of_kind().zip(given).enumerate() {
        let expected = ty.dims().count();
        if expected != got {
            return Err(PlanError::Length {
                what,
                place,
                expected,
                got,
            });
        }
    }
    Ok(())
}
