//! Chains over one element: one list of instructions, without blocks.

use super::elements::call;
use super::float::Float;
use super::node::{Chain, Part, Source};
use super::place::{Memory, Place};
use super::places::Emit;
use crate::program::Reduction;
use cotangent_kernels::{Binary, Block, Call, Instruction, Source as Operand, Target};

/// All that is read, then a list over registers of one element, then all that is written.
#[derive(Clone, Debug)]
pub(super) struct OneStep<T> {
    /// Each into a register: the first into the first.
    reads: Box<[Place]>,
    list: Box<[Instruction<T>]>,
    /// With the registers that hold it.
    writes: Box<[(Place, u32)]>,
    pub registers: usize,
}

impl<T: Float> OneStep<T> {
    pub fn new(emit: &Emit<'_>, chain: &Chain) -> Self {
        let buffers = &emit.lowered.buffers;
        let views = chain.reads();
        // The results of the members lie behind what is read. There are fewer than 2^32 of either.
        let register = |member: usize| (views.len() + member) as u32;
        let (mut list, mut writes) = (Vec::new(), Vec::new());
        for (number, member) in chain.members.iter().enumerate() {
            let x = member.sources.iter().map(|source| match source {
                Source::Member(member) => Operand::Register(register(*member)),
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
                Part::Element(element) => call(element, &x),
                Part::Reduce { how, .. } => match how {
                    Reduction::Sum => joined(Binary::Add, T::zero()),
                    Reduction::Max => joined(Binary::Max, T::LOWEST),
                },
            };
            let to = Target::Register(register(number));
            list.push(Instruction { call, to });
            if buffers[member.result].stored {
                writes.push((emit.write(member.result), register(number)));
            }
        }
        OneStep {
            reads: views.iter().map(|view| emit.read(view, &[])).collect(),
            list: list.into(),
            writes: writes.into(),
            registers: views.len() + chain.members.len(),
        }
    }

    #[inline]
    pub fn run(&self, memory: &mut Memory<'_, '_, T>, room: &mut [T], step: usize) {
        let registers = &mut room[..self.registers];
        for (register, place) in registers.iter_mut().zip(&self.reads) {
            *register = memory.get(place, step);
        }
        let mut block = Block {
            registers,
            reads: &[],
            written: &mut [],
            read_at: 0,
            write_at: 0,
            len: 1,
        };
        // There is a register for all that it names.
        let done = block.run(&self.list);
        debug_assert_eq!(done, Ok(()));
        for (place, register) in &self.writes {
            memory.set(place, step, registers[*register as usize]);
        }
    }
}
