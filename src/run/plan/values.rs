//! Plans over values, for callers that have those and no slices.

use super::arena::Arena;
use super::error::PlanError;
use super::float::Float;
use super::plan::{Inputs, Outputs, Plan};
use crate::tensor::{AnyTensor, Indices, Key, Type, Value};

impl<T: Float> Plan<T> {
    /// The outputs at some inputs, as values. They are allocated.
    ///
    /// # Errors
    /// Inputs of another number or type, and those of [`Plan::run`].
    pub fn run_values(
        &self,
        arena: &mut Arena<T>,
        inputs: &[Value<T>],
    ) -> Result<Vec<Value<T>>, PlanError> {
        if inputs.len() != self.inputs().len() {
            return Err(PlanError::Count {
                what: "inputs",
                expected: self.inputs().len(),
                got: inputs.len(),
            });
        }
        let (mut scalars, mut indices, mut keys) = (Vec::new(), Vec::new(), Vec::new());
        for (input, (value, ty)) in inputs.iter().zip(self.inputs()).enumerate() {
            if !value.fits(ty) {
                return Err(PlanError::Input {
                    input,
                    expected: Box::new(ty.clone()),
                    got: Box::new(value.ty()),
                });
            }
            match value {
                Value::Scalar(x) => scalars.push(x.as_slice()),
                Value::Index(x) => indices.push(x.as_slice()),
                Value::Key(x) => keys.push(x.as_slice()),
            }
        }
        let inputs = Inputs {
            scalars: &scalars,
            indices: &indices,
            keys: &keys,
        };
        let (mut x, mut i, mut k) = (Vec::new(), Vec::new(), Vec::new());
        for ty in self.outputs() {
            let count = ty.dims().count();
            match ty {
                Type::Scalar(..) => x.push(vec![T::zero(); count]),
                Type::Index { .. } => i.push(vec![0; count]),
                Type::Key(_) => k.push(vec![Key::new(0); count]),
            }
        }
        let outputs = Outputs {
            scalars: &mut x.iter_mut().map(Vec::as_mut_slice).collect::<Vec<_>>(),
            indices: &mut i.iter_mut().map(Vec::as_mut_slice).collect::<Vec<_>>(),
            keys: &mut k.iter_mut().map(Vec::as_mut_slice).collect::<Vec<_>>(),
        };
        self.run(arena, inputs, outputs)?;
        let (mut x, mut i, mut k) = (x.into_iter(), i.into_iter(), k.into_iter());
        let value = |ty: &Type| match ty {
            Type::Scalar(dims, _) => {
                let data = x.next().unwrap_or_default();
                Value::Scalar(AnyTensor::from_parts(dims.clone(), data))
            }
            Type::Index { dims, below } => {
                let tensor = AnyTensor::from_parts(dims.clone(), i.next().unwrap_or_default());
                Value::Index(Indices::from_parts(*below, tensor))
            }
            Type::Key(dims) => {
                let data = k.next().unwrap_or_default();
                Value::Key(AnyTensor::from_parts(dims.clone(), data))
            }
        };
        Ok(self.outputs().iter().map(value).collect())
    }
}
