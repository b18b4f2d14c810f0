//! Chains over one element: one list over registers, for one step or for all those of a loop.

use super::elements::call;
use super::float::Float;
use super::member::{Chain, Element, Part, Source};
use super::place::{Memory, Place};
use super::places::Emit;
use crate::program::Reduction;
use crate::scalar::Unary;
use core::ops::Range;
use cotangent_kernels::{Binary, Call, Cell, Region, Scalars, Slices, Source as Operand};

/// All that is read, then a list over registers of one element, then all that is written.
#[derive(Clone, Debug)]
pub(super) struct OneStep<T>(Scalars<T>);

impl<T: Float> OneStep<T> {
    /// The step of a chain; nothing if that has more elements, or reads keys.
    pub fn of(emit: &Emit<'_>, chain: &Chain) -> Option<Self> {
        if !chain.is_one() {
            return None;
        }
        let buffers = &emit.lowered.buffers;
        let mut scalars = Scalars {
            numbers: Vec::new(),
            once: Vec::new(),
            loads: Vec::new(),
            list: Vec::new(),
            stores: Vec::new(),
            registers: 0,
        };
        let views = chain.reads();
        for view in &views {
            let cell = cell(&emit.read(view, &[]));
            // What no step writes is read before the first.
            let is_fixed = matches!(cell.region, Region::Input(_) | Region::Constant(_));
            let loads = match is_fixed && cell.advance == 0 {
                true => &mut scalars.once,
                false => &mut scalars.loads,
            };
            loads.push((cell, scalars.registers as u32)); // fewer than 2^32
            scalars.registers += 1;
        }
        let mut results: Vec<u32> = Vec::new();
        for member in &chain.members {
            let x = member.sources.iter().map(|source| match source {
                Source::Member(member) => Operand::Register(results[*member]),
                Source::Number(number) => Operand::Number(T::of(*number)),
                Source::View(view) => {
                    // Each source of the chain is among its views.
                    let place = views.iter().position(|other| *other == view);
                    Operand::Register(place.unwrap_or(0) as u32)
                }
            });
            let x: Vec<Operand<T>> = x.collect();
            let joined = |f, first| Call::Binary(f, Operand::Number(first), x[0]);
            let call = match member.part {
                Part::Draw(_) => return None,
                Part::Element(element) => call(element, &x),
                Part::Reduce { how, .. } => match how {
                    Reduction::Sum => joined(Binary::Add, T::zero()),
                    Reduction::Max => joined(Binary::Max, T::LOWEST),
                },
            };
            let result = match (&member.part, x[0]) {
                // The same number is in its register already.
                (Part::Element(Element::Unary(Unary::Stop)), Operand::Register(x)) => x,
                _ => {
                    let call = call.map(|source| scalars.register(source));
                    let result = scalars.registers as u32;
                    scalars.registers += 1;
                    scalars.list.push((call, result));
                    result
                }
            };
            results.push(result);
            if buffers[member.result].stored {
                let to = cell(&emit.write(member.result));
                scalars.stores.push((to, result));
            }
        }
        Some(OneStep(scalars))
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

fn cell(place: &Place) -> Cell {
    Cell {
        region: place.region,
        offset: place.offset,
        advance: place.advance,
    }
}

/// Lists that are made.
trait Making<T> {
    /// The register of a source: of a number, one that is filled before the list runs.
    fn register(&mut self, source: Operand<T>) -> u32;
}

impl<T: Float> Making<T> for Scalars<T> {
    fn register(&mut self, source: Operand<T>) -> u32 {
        let number = match source {
            Operand::Register(register) => return register,
            Operand::Number(number) => number,
            // Chains over one element have registers and numbers.
            Operand::Read(_) | Operand::Written(_) | Operand::First(_) => T::zero(),
        };
        let register = self.registers as u32;
        self.registers += 1;
        self.numbers.push((number, register));
        register
    }
}
