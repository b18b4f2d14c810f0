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
            self.run_checked(arena, inputs, outputs)
        })
    }

    /// The outputs that a run writes at some inputs. What it is called with is as the plan says.
    ///
    /// # Errors
    /// As [`run_values`](Self::run_values).
    pub(super) fn with_values(
        &self,
        inputs: &[Value<T>],
        run: &mut Run<'_, T>,
    ) -> Result<Vec<Value<T>>, PlanError> {
        check("inputs", self.inputs().iter(), inputs)?;
        let mut scalars = SmallVec::<[&[T]; FEW]>::new();
        let mut indices = SmallVec::<[&[usize]; FEW]>::new();
        let mut keys = SmallVec::<[&[Key]; FEW]>::new();
        for value in inputs {
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
        let values = self.outputs().iter().map(|ty| {
            value(
                ty,
                || x.next().unwrap_or_default(),
                || i.next().unwrap_or_default(),
                || k.next().unwrap_or_default(),
            )
        });
        Ok(values.collect())
    }
}

/// # Errors
/// Values of another number or type.
pub(super) fn check<'t, T: Float>(
    what: &'static str,
    types: impl ExactSizeIterator<Item = &'t Type>,
    values: &[Value<T>],
) -> Result<(), PlanError> {
    let (expected, got) = (types.len(), values.len());
    if expected != got {
        return Err(PlanError::Count {
            what,
            expected,
            got,
        });
    }
    for (input, (ty, value)) in types.zip(values).enumerate() {
        if !value.fits(ty) {
            return Err(PlanError::Input {
                input,
                expected: Box::new(ty.clone()),
                got: Box::new(value.ty()),
            });
        }
    }
    Ok(())
}

/// A value of a type, of elements of its kind.
pub(super) fn value<T: Float>(
    ty: &Type,
    scalars: impl FnOnce() -> Vec<T>,
    indices: impl FnOnce() -> Vec<usize>,
    keys: impl FnOnce() -> Vec<Key>,
) -> Value<T> {
    match ty {
        Type::Scalar(dims, _) => Value::Scalar(AnyTensor::from_parts(dims.clone(), scalars())),
        Type::Index { dims, below } => {
            let tensor = AnyTensor::from_parts(dims.clone(), indices());
            Value::Index(Indices::from_parts(*below, tensor))
        }
        Type::Key(dims) => Value::Key(AnyTensor::from_parts(dims.clone(), keys())),
    }
}

fn slices<E>(of: &mut [Vec<E>]) -> SmallVec<[&mut [E]; FEW]> {
    let mut all = SmallVec::new();
    for each in of {
        all.push(each.as_mut_slice());
    }
    all
}
