//! What a plan carries from run to run, put into an arena and read from it.

use super::arena::Arena;
use super::error::PlanError;
use super::float::Float;
use super::plan::{Carried, Plan};
use crate::tensor::{AnyTensor, Indices, Type, Value};
use core::ops::Range;

impl<T: Float> Plan<T> {
    /// Sets all that is carried.
    ///
    /// # Errors
    /// Values of another number or type; no memory.
    pub fn set(&self, arena: &mut Arena<T>, values: &[Value<T>]) -> Result<(), PlanError> {
        let (expected, got) = (self.carried.len(), values.len());
        if expected != got {
            let what = "carried values";
            return Err(PlanError::Count {
                what,
                expected,
                got,
            });
        }
        for (input, (carried, value)) in self.carried.iter().zip(values).enumerate() {
            if !value.fits(&carried.ty) {
                let (expected, got) = (Box::new(carried.ty.clone()), Box::new(value.ty()));
                return Err(PlanError::Input {
                    input,
                    expected,
                    got,
                });
            }
        }
        arena.fit(self.sizes, self.registers)?;
        for (Carried { offset, .. }, value) in self.carried.iter().zip(values) {
            match value {
                Value::Scalar(x) => put(&mut arena.scalars, *offset, x.as_slice()),
                Value::Index(x) => put(&mut arena.indices, *offset, x.as_slice()),
                Value::Key(x) => put(&mut arena.keys, *offset, x.as_slice()),
            }
        }
        Ok(())
    }

    /// How many values are carried.
    pub fn carried(&self) -> usize {
        self.carried.len()
    }

    /// Copies of some of what is carried, of an arena in which it was set.
    pub fn get(&self, arena: &Arena<T>, which: Range<usize>) -> Vec<Value<T>> {
        let value = |Carried { ty, offset }: &Carried| {
            let len = ty.dims().count();
            match ty {
                Type::Scalar(dims, _) => {
                    let data = taken(&arena.scalars, *offset, len);
                    Value::Scalar(AnyTensor::from_parts(dims.clone(), data))
                }
                Type::Index { dims, below } => {
                    let data = taken(&arena.indices, *offset, len);
                    let tensor = AnyTensor::from_parts(dims.clone(), data);
                    Value::Index(Indices::from_parts(*below, tensor))
                }
                Type::Key(dims) => {
                    let data = taken(&arena.keys, *offset, len);
                    Value::Key(AnyTensor::from_parts(dims.clone(), data))
                }
            }
        };
        self.carried[which].iter().map(value).collect()
    }
}

fn put<E: Copy>(memory: &mut [E], offset: usize, values: &[E]) {
    memory[offset..][..values.len()].copy_from_slice(values);
}

fn taken<E: Copy>(memory: &[E], offset: usize, len: usize) -> Vec<E> {
    memory[offset..][..len].to_vec()
}
