//! What has no kernel: the interpreter runs it, on copies.

use super::error::PlanError;
use super::float::Float;
use super::place::{Memory, Place};
use crate::program::Instruction;
use crate::run::run_instruction;
use crate::tensor::{AnyTensor, Indices, Key, Type, Value};

#[derive(Clone, Debug)]
pub(super) struct ReferenceStep {
    pub instruction: Instruction,
    pub arguments: Box<[(Place, Type)]>,
    pub to: Box<[Place]>,
}

impl ReferenceStep {
    pub fn run<T: Float>(
        &self,
        scalars: &mut Memory<'_, '_, T>,
        indices: &mut Memory<'_, '_, usize>,
        keys: &mut Memory<'_, '_, Key>,
        step: usize,
    ) -> Result<(), PlanError> {
        let argument = |(place, ty): &(Place, Type)| match ty {
            Type::Scalar(dims, _) => {
                let data = scalars.read(place, step).to_vec();
                Value::Scalar(AnyTensor::from_parts(dims.clone(), data))
            }
            Type::Index { dims, below } => {
                let data = indices.read(place, step).to_vec();
                let tensor = AnyTensor::from_parts(dims.clone(), data);
                Value::Index(Indices::from_parts(*below, tensor))
            }
            Type::Key(dims) => {
                let data = keys.read(place, step).to_vec();
                Value::Key(AnyTensor::from_parts(dims.clone(), data))
            }
        };
        let arguments: Vec<Value<T>> = self.arguments.iter().map(argument).collect();
        let results = run_instruction(&self.instruction, &arguments)?;
        for (to, value) in self.to.iter().zip(&results) {
            let to = core::slice::from_ref(to);
            match value {
                Value::Scalar(x) => scalars.open::<2, _>(to, step, |opened| {
                    opened.written[0].copy_from_slice(x.as_slice());
                }),
                Value::Index(x) => indices.open::<2, _>(to, step, |opened| {
                    opened.written[0].copy_from_slice(x.as_slice());
                }),
                Value::Key(x) => keys.open::<2, _>(to, step, |opened| {
                    opened.written[0].copy_from_slice(x.as_slice());
                }),
            }
        }
        Ok(())
    }
}
