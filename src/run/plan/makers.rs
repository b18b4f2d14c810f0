//! What makes each value of a program, and who reads it.

use crate::program::{Instruction, Prim, Program};
use crate::scalar::Precision;
use crate::tensor::Type;

/// What is known of a program while instructions are sought that are one node together.
pub(super) struct Makers<'p> {
    program: &'p Program,
    /// The instruction that makes each value, by number, if it has one result.
    makers: Vec<Option<usize>>,
    /// How many read each value; an output is read.
    uses: Vec<usize>,
}

impl<'p> Makers<'p> {
    pub fn new(program: &'p Program) -> Self {
        let mut makers = vec![None; program.inputs().len()];
        for (number, instruction) in program.instructions().iter().enumerate() {
            match instruction.results.len() {
                1 => makers.push(Some(number)),
                several => makers.resize(makers.len() + several, None),
            }
        }
        let mut uses = vec![0; makers.len()];
        let read = program
            .instructions()
            .iter()
            .flat_map(|of| of.arguments.iter());
        for &value in read.chain(program.outputs()) {
            uses[value] += 1;
        }
        Makers {
            program,
            makers,
            uses,
        }
    }

    /// The instruction that makes a value, and its number.
    pub fn maker(&self, value: usize) -> Option<(usize, &'p Instruction)> {
        let number = self.makers[value]?;
        Some((number, &self.program.instructions()[number]))
    }

    /// How many read a value.
    pub fn uses(&self, value: usize) -> usize {
        self.uses[value]
    }

    /// The value that an instruction with one result makes.
    pub fn result(&self, number: usize) -> usize {
        let is_it = |maker: &Option<usize>| *maker == Some(number);
        self.makers.iter().position(is_it).unwrap_or(0)
    }

    /// The reshapes of a value.
    pub fn reshapes_of(&self, value: usize) -> impl Iterator<Item = usize> + use<'_, 'p> {
        let all = self.program.instructions().iter().enumerate();
        all.filter(move |(_, of)| matches!(of.prim, Prim::Reshape(_)) && *of.arguments == [value])
            .map(|(number, _)| number)
    }

    pub fn dims(&self, value: usize) -> Vec<usize> {
        self.program.types()[value].dims().to_vec()
    }
}

/// Whether nothing is rounded to another precision.
pub(super) fn are_exact<const N: usize>(types: [&Type; N]) -> bool {
    let is_exact = |ty: &&Type| matches!(ty, Type::Scalar(_, Precision::Run));
    types.iter().all(is_exact)
}
