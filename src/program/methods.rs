//! Making and reading programs.

use super::ProgramError;
use super::input::{Input, Label};
use super::syntax::{Instruction, Prim, Program};
use crate::scalar::Level;
use crate::tensor::{Dims, Type};
use std::sync::{Arc, OnceLock};

impl From<Type> for Input {
    fn from(ty: Type) -> Self {
        Input::new(ty)
    }
}

/// Scalars of these dims.
impl From<Dims> for Input {
    fn from(dims: Dims) -> Self {
        Input::new(Type::scalar(dims))
    }
}

impl Program {
    /// A program with these inputs, that does nothing yet: dims stand for scalars of the run.
    pub fn new<I: Into<Input> + Clone>(inputs: &[I]) -> Self {
        let mut program = Program::default();
        for input in inputs {
            program.push_input(input.clone().into());
        }
        program
    }

    /// Adds a primitive, and returns the id of its result; of the first, if it has several.
    ///
    /// # Errors
    /// Arguments that do not exist, or that the primitive does not take.
    pub fn push(
        &mut self,
        prim: impl Into<Prim>,
        arguments: &[usize],
    ) -> Result<usize, ProgramError> {
        self.push_labelled(prim.into(), arguments, None)
    }

    /// [`push`](Self::push), with what a user calls it.
    pub(crate) fn push_labelled(
        &mut self,
        prim: Prim,
        arguments: &[usize],
        label: Option<Arc<Label>>,
    ) -> Result<usize, ProgramError> {
        let types = arguments.iter().map(|&id| self.ty(id).cloned());
        let results = prim.types(&types.collect::<Result<Vec<_>, _>>()?)?.into();
        let first = self.size();
        let arguments = arguments.into();
        self.push_checked(Instruction {
            prim,
            arguments,
            results,
            label,
        });
        Ok(first)
    }

    /// For each value, the instruction by position that takes it last. An output is taken at the end; what nothing takes,
    /// never.
    pub(crate) fn last_uses(&self) -> &[usize] {
        self.last.get_or_init(|| {
            let mut last = vec![usize::MAX; self.size()];
            for (at, instruction) in self.instructions.iter().enumerate() {
                for &id in &instruction.arguments {
                    last[id] = at;
                }
            }
            for &id in &self.outputs {
                last[id] = usize::MAX;
            }
            last.into()
        })
    }

    /// Which inputs an instruction takes, or are outputs.
    pub(crate) fn read_inputs(&self) -> Vec<bool> {
        let mut read = vec![false; self.inputs.len()];
        let taken = self
            .instructions
            .iter()
            .flat_map(|instruction| &instruction.arguments);
        for &id in taken.chain(&self.outputs) {
            if let Some(read) = read.get_mut(id) {
                *read = true;
            }
        }
        read
    }

    /// Says which values are the outputs, for callers that know that they exist.
    pub(super) fn put_outputs(&mut self, outputs: Vec<usize>) {
        self.last = OnceLock::new();
        self.outputs = outputs;
    }

    /// Adds an input. For callers that have added no instruction yet.
    pub(super) fn push_input(&mut self, input: Input) {
        debug_assert!(self.instructions.is_empty());
        self.last = OnceLock::new();
        self.types.push(input.ty.clone());
        self.inputs.push(input);
    }

    /// Adds an instruction whose types were found before.
    pub(super) fn push_checked(&mut self, instruction: Instruction) {
        self.first.push(self.types.len());
        self.last = OnceLock::new();
        self.types.extend(instruction.results.iter().cloned());
        self.instructions.push(instruction);
    }

    /// The number of values: inputs and results.
    pub fn size(&self) -> usize {
        self.types.len()
    }

    /// The type of a value.
    ///
    /// # Errors
    /// [`ProgramError::NoValue`].
    pub fn ty(&self, id: usize) -> Result<&Type, ProgramError> {
        let size = self.size();
        self.types.get(id).ok_or(ProgramError::NoValue { size, id })
    }

    /// The types of all values, by id.
    pub fn types(&self) -> &[Type] {
        &self.types
    }

    /// The dims of a value.
    ///
    /// # Errors
    /// [`ProgramError::NoValue`].
    pub fn dims(&self, id: usize) -> Result<&Dims, ProgramError> {
        self.ty(id).map(Type::dims)
    }

    /// Says which values are the outputs.
    ///
    /// # Errors
    /// [`ProgramError::NoValue`].
    pub fn set_outputs(&mut self, outputs: &[usize]) -> Result<(), ProgramError> {
        for &id in outputs {
            self.ty(id)?;
        }
        self.put_outputs(outputs.to_vec());
        Ok(())
    }

    /// The inputs.
    pub fn inputs(&self) -> &[Input] {
        &self.inputs
    }

    /// The types of the inputs.
    pub fn input_types(&self) -> &[Type] {
        &self.types[..self.inputs.len()]
    }

    /// The instructions, in order.
    pub fn instructions(&self) -> &[Instruction] {
        &self.instructions
    }

    /// The instructions, each with the id of its first result.
    pub fn numbered(
        &self,
    ) -> impl DoubleEndedIterator<Item = (usize, &Instruction)> + ExactSizeIterator {
        self.first.iter().copied().zip(&self.instructions)
    }

    /// The ids of the outputs.
    pub fn outputs(&self) -> &[usize] {
        &self.outputs
    }

    /// The types of the outputs.
    pub fn output_types(&self) -> Vec<Type> {
        self.outputs
            .iter()
            .map(|&id| self.types[id].clone())
            .collect()
    }

    /// The lowest level of the algebra tower over which the program runs.
    pub fn level(&self) -> Level {
        let levels = self.instructions.iter().map(|i| i.prim.level());
        levels.max().unwrap_or(Level::Semiring)
    }

    /// How many primitives it has, those of calls and loops counted once each, calls and loops not.
    pub fn primitives(&self) -> usize {
        let of = |prim: &Prim| match prim.inside() {
            Some(function) => function.body().primitives(),
            None => 1,
        };
        self.instructions.iter().map(|i| of(&i.prim)).sum()
    }

    /// How many multiply-adds a run takes: products and quotients of elements, each with the addition that may follow.
    ///
    /// A contraction counts the product of the dims of all its labels. An elementwise product, quotient, reciprocal or scaling
    /// counts one for each element of its result. Sums, comparisons, copies and functions such as `exp` count nothing. A loop
    /// counts its body for each step. `u64::MAX` where they do not fit.
    pub fn multiply_adds(&self) -> u64 {
        let each = self.instructions.iter().map(|instruction| {
            let x = self.argument_types(instruction);
            instruction.prim.multiply_adds(&x, &instruction.results)
        });
        each.fold(0, u64::saturating_add)
    }

    /// The types of the arguments of an instruction.
    pub(crate) fn argument_types(&self, instruction: &Instruction) -> Vec<Type> {
        instruction
            .arguments
            .iter()
            .map(|&id| self.types[id].clone())
            .collect()
    }

    /// Whether it can be called at arguments of these types.
    pub(super) fn check_arguments(&self, arguments: &[&Type]) -> Result<(), ProgramError> {
        if arguments.len() != self.inputs.len() {
            return Err(ProgramError::InputCount {
                expected: self.inputs.len(),
                got: arguments.len(),
            });
        }
        for (input, (expected, &got)) in self.inputs.iter().zip(arguments).enumerate() {
            if !takes(&expected.ty, got) {
                return Err(ProgramError::InputType {
                    input,
                    name: expected.name.to_string(),
                    expected: Box::new(expected.ty.clone()),
                    got: Box::new(got.clone()),
                });
            }
        }
        Ok(())
    }

    /// The program with some of its outputs, by position, without the instructions that these do not need.
    pub(crate) fn with_outputs(&self, positions: &[usize]) -> Result<Program, ProgramError> {
        let size = self.outputs.len();
        let output = |&at: &usize| {
            let id = self.outputs.get(at).copied();
            id.ok_or(ProgramError::NoValue { size, id: at })
        };
        let outputs = positions
            .iter()
            .map(output)
            .collect::<Result<Vec<_>, _>>()?;
        let mut needed = vec![false; self.size()];
        for &id in &outputs {
            needed[id] = true;
        }
        for (first, instruction) in self.numbered().rev() {
            if needed[first..first + instruction.results.len()]
                .iter()
                .any(|&flag| flag)
            {
                for &id in &instruction.arguments {
                    needed[id] = true;
                }
            }
        }
        let mut program = Program::new(&self.inputs);
        let mut ids: Vec<usize> = (0..self.inputs.len()).collect();
        for (first, instruction) in self.numbered() {
            let results = instruction.results.len();
            let here = program.size();
            ids.extend(here..here + results);
            if needed[first..first + results].iter().any(|&flag| flag) {
                let mut instruction = instruction.clone();
                instruction.arguments = instruction.arguments.iter().map(|&id| ids[id]).collect();
                program.push_checked(instruction);
            }
        }
        program.put_outputs(outputs.iter().map(|&id| ids[id]).collect());
        Ok(program)
    }

    /// The same program without the inputs that it does not use, and which inputs are left.
    pub(crate) fn with_used_inputs(&self) -> (Program, Vec<usize>) {
        let mut used = vec![false; self.inputs.len()];
        let arguments = self.instructions.iter().flat_map(|i| i.arguments.iter());
        for &id in arguments.chain(&self.outputs) {
            if let Some(used) = used.get_mut(id) {
                *used = true;
            }
        }
        let left: Vec<usize> = (0..used.len()).filter(|&input| used[input]).collect();
        let mut ids = vec![0; self.inputs.len()];
        for (new, &old) in left.iter().enumerate() {
            ids[old] = new;
        }
        let gone = self.inputs.len() - left.len();
        let moved = |id: &usize| match ids.get(*id) {
            Some(&new) => new,
            None => id - gone,
        };
        let mut program = Program::default();
        for &input in &left {
            program.push_input(self.inputs[input].clone());
        }
        for instruction in &self.instructions {
            let mut instruction = instruction.clone();
            instruction.arguments = instruction.arguments.iter().map(moved).collect();
            program.push_checked(instruction);
        }
        program.put_outputs(self.outputs.iter().map(moved).collect());
        (program, left)
    }
}

/// Whether an input of one type takes a value of another: the same, or indices of a lower bound.
pub(crate) fn takes(expected: &Type, got: &Type) -> bool {
    match (expected, got) {
        (
            Type::Index { dims, below },
            Type::Index {
                dims: other,
                below: bound,
            },
        ) => dims == other && bound <= below,
        (expected, got) => expected == got,
    }
}
