//! What a plan carries from run to run, put into an arena and read from it.

use super::arena::Arena;
use super::error::PlanError;
use super::float::Float;
use super::plan::{Carried, Plan};
use super::values::{check, value};
use crate::tensor::Value;
use core::ops::Range;

impl<T: Float> Plan<T> {
    /// Sets all that is carried.
    ///
    /// # Errors
    /// Values of another number or type; no memory.
    pub fn set(&self, arena: &mut Arena<T>, values: &[Value<T>]) -> Result<(), PlanError> {
        let types = self.carried.iter().map(|carried| &carried.ty);
        check("carried values", types, values)?;
        arena.fit(self.sizes, self.room(1))?;
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
        let values = self.carried[which].iter().map(|Carried { ty, offset }| {
            let len = ty.dims().count();
            value(
                ty,
                || taken(&arena.scalars, *offset, len),
                || taken(&arena.indices, *offset, len),
                || taken(&arena.keys, *offset, len),
            )
        });
        values.collect()
    }
}

fn put<E: Copy>(memory: &mut [E], offset: usize, values: &[E]) {
    memory[offset..][..values.len()].copy_from_slice(values);
}

fn taken<E: Copy>(memory: &[E], offset: usize, len: usize) -> Vec<E> {
    memory[offset..][..len].to_vec()
}
