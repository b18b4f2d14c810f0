//! Nodes over small values as one step: a list over registers, for one step or for all those of a loop.

use super::builder::Builder;
use crate::run::plan::float::Float;
use crate::run::plan::node::Node;
use crate::run::plan::place::Memory;
use crate::run::plan::places::Emit;
use core::ops::Range;
use cotangent_kernels::{Slices, Small};

/// All that is read, then a list over registers, then all that is kept.
#[derive(Clone, Debug)]
pub(in crate::run::plan) struct SmallStep<T>(Small<T>);

impl<T: Float> SmallStep<T> {
    /// The step of some nodes.
    pub fn of(emit: &Emit<'_>, nodes: &[Node]) -> Self {
        SmallStep(Builder::new(emit, nodes).list(nodes))
    }

    /// How many elements its registers are.
    pub fn registers(&self) -> usize {
        self.0.registers
    }

    /// Runs it for these steps of the loop around it, the last first if `reverse`.
    #[inline]
    pub fn run(
        &self,
        memory: &mut Memory<'_, '_, T>,
        room: &mut [T],
        steps: Range<usize>,
        reverse: bool,
    ) {
        let slices = Slices {
            arena: memory.arena,
            inputs: memory.inputs,
            outputs: memory.outputs,
            constants: memory.constants,
        };
        // All that it names is there.
        let done = self.0.run(slices, room, steps, reverse);
        debug_assert_eq!(done, Ok(()));
    }
}
