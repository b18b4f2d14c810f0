//! Plans over values, for callers that have those and no slices.

use super::arena::Arena;
use super::error::PlanError;
use super::float::Float;
use super::plan::{Inputs, Outputs, Plan};
use crate::tensor::{AnyTensor, Indices, Key, Type, Value};
use smallvec::SmallVec;

/// So many slices of a kind take no memory of their own.
const FEW: usize = 16;

/// A run over slices.
type Run<'r, T> = dyn FnMut(Inputs<'_, T>, Outputs<'_, '_, T>) -> Result<(), PlanError> + 'r;

impl<T: Float> Plan<T> {
    /// The outputs at some inputs, as values. They are allocated, with a list of them; if inputs and outputs are few, nothing
    /// else is.
    ///
    /// # Errors
    /// Inputs of another number or type, and those of [`Plan::run`].
    pub fn run_values(
        &self,
        arena: &mut Arena<T>,
        inputs: &[Value<T>],
    ) -> Result<Vec<Value<T>>, PlanError> {
        self.with_values(inputs, &mut |inputs, outputs| {
            self.run(arena, inputs, outputs)
        })
    }

    /// The outputs that a run writes at some inputs.
    ///
    /// # Errors
    /// As [`run_values`](Self::run_values).
    pub(super) fn with_values(
        &self,
        inputs: &[Value<T>],
        run: &mut Run<'_, T>,
    ) -> Result<Vec<Value<T>>, PlanError> {
        if inputs.len() != self.inputs().len() {
            return Err(PlanError::Count {
                what: "inputs",
                expected: self.inputs().len(),
                got: inputs.len(),
            });
        }
        let mut scalars = SmallVec::<[&[T]; FEW]>::new();
        let mut indices = SmallVec::<[&[usize]; FEW]>::new();
        let mut keys = SmallVec::<[&[Key]; FEW]>::new();
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
        let mut x = SmallVec::<[Vec<T>; FEW]>::new();
        let mut i = SmallVec::<[Vec<usize>; FEW]>::new();
        let mut k = SmallVec::<[Vec<Key>; FEW]>::new();
        for ty in self.outputs() {
            let count = ty.dims().count();
            match ty {
                Type::Scalar(..) => x.push(vec![T::zero(); count]),
                Type::Index { .. } => i.push(vec![0; count]),
                Type::Key(_) => k.push(vec![Key::new(0); count]),
            }
        }
        run(
            inputs,
            Outputs {
                scalars: &mut slices(&mut x),
                indices: &mut slices(&mut i),
                keys: &mut slices(&mut k),
            },
        )?;
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

fn slices<E>(of: &mut [Vec<E>]) -> SmallVec<[&mut [E]; FEW]> {
    of.iter_mut().map(Vec::as_mut_slice).collect()
}
