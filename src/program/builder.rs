//! Building programs in any order: inputs may follow instructions, and what no output needs is left out in the end.

use super::ProgramError;
use super::input::{Input, Label};
use super::primitives::{Broadcast, Full, Reduce, Reduction};
use super::syntax::{Call, Function, Instruction, Prim, Program};
use crate::scalar::{Binary, Literal};
use crate::tensor::{Dims, Type};
use std::sync::Arc;

/// A tangent or a cotangent, by id; `None` is zero.
pub(crate) type Change = Option<usize>;

/// The transformations, for the rules of calls and loops: they transform their bodies.
pub(crate) trait Transform: Sync {
    /// The program `x… dx… -> y… dy…`, with a `dx` for each active input, and for which outputs there is a `dy`.
    fn jvp(&self, program: &Program, active: &[bool])
    -> Result<(Program, Vec<bool>), ProgramError>;
    /// The programs `x… -> y… r…` and `r… dy… -> dx…`, with a `dy` for each given output and a `dx` for each wanted input.
    fn vjp(
        &self,
        program: &Program,
        wanted: &[bool],
        given: &[bool],
    ) -> Result<(Program, Program), ProgramError>;
    /// The program over inputs of which some have a new leading axis, and which outputs have it.
    fn batch(
        &self,
        program: &Program,
        batched: &[bool],
        size: usize,
    ) -> Result<(Program, Vec<bool>), ProgramError>;
    /// For which outputs there is a tangent, if there is one for the active inputs.
    fn active(&self, program: &Program, active: &[bool]) -> Vec<bool>;
}

/// A program that is being built. Values have ids of their own, in the order in which they were added.
pub(crate) struct Builder {
    transform: &'static dyn Transform,
    steps: Vec<Step>,
    /// For each value: its step, and which result of it.
    origins: Vec<(usize, usize)>,
    types: Vec<Type>,
    /// What instructions are called that come without a label.
    label: Option<Arc<Label>>,
}

enum Step {
    Input(Input),
    Instruction {
        prim: Prim,
        arguments: Vec<usize>,
        first: usize,
        results: usize,
        label: Option<Arc<Label>>,
    },
}

/// A function whose body has no more instructions than this is written out where it is called.
const SMALL: usize = 6;

impl Builder {
    /// A program without inputs and instructions.
    pub fn new(transform: &'static dyn Transform) -> Self {
        Builder {
            transform,
            steps: Vec::new(),
            origins: Vec::new(),
            types: Vec::new(),
            label: None,
        }
    }

    /// Says what the instructions from here on are called, if they come without a label.
    pub fn set_label(&mut self, label: Option<Arc<Label>>) {
        self.label = label;
    }

    /// The transformations of programs.
    pub fn transform(&self) -> &'static dyn Transform {
        self.transform
    }

    /// A new input.
    pub fn input(&mut self, input: Input) -> usize {
        self.origins.push((self.steps.len(), 0));
        self.types.push(input.ty.clone());
        self.steps.push(Step::Input(input));
        self.types.len() - 1
    }

    /// The type of a value.
    pub fn ty(&self, id: usize) -> Result<&Type, ProgramError> {
        let size = self.types.len();
        self.types.get(id).ok_or(ProgramError::NoValue { size, id })
    }

    /// The dims of a value.
    pub fn dims(&self, id: usize) -> Result<Dims, ProgramError> {
        Ok(self.ty(id)?.dims().clone())
    }

    /// How many values there are.
    pub fn size(&self) -> usize {
        self.types.len()
    }

    /// The primitive of a value that takes no arguments, if this is one.
    pub fn constant(&self, id: usize) -> Option<Prim> {
        match self.origins.get(id).map(|&(step, _)| &self.steps[step]) {
            Some(Step::Instruction {
                prim,
                arguments,
                results: 1,
                ..
            }) if arguments.is_empty() => Some(prim.clone()),
            Some(Step::Input(_) | Step::Instruction { .. }) | None => None,
        }
    }

    /// Adds an instruction, and returns the ids of its results.
    pub fn push_all(
        &mut self,
        prim: impl Into<Prim>,
        arguments: &[usize],
    ) -> Result<Vec<usize>, ProgramError> {
        self.push_labelled(prim.into(), arguments, None)
    }

    /// The same, with what a user calls it.
    pub fn push_labelled(
        &mut self,
        prim: Prim,
        arguments: &[usize],
        label: Option<Arc<Label>>,
    ) -> Result<Vec<usize>, ProgramError> {
        let types = arguments.iter().map(|&id| self.ty(id).cloned());
        let results = prim.types(&types.collect::<Result<Vec<_>, _>>()?)?;
        let first = self.types.len();
        let step = self.steps.len();
        for result in 0..results.len() {
            self.origins.push((step, result));
        }
        self.steps.push(Step::Instruction {
            prim,
            arguments: arguments.to_vec(),
            first,
            results: results.len(),
            label: label.or_else(|| self.label.clone()),
        });
        self.types.extend(results);
        Ok((first..self.types.len()).collect())
    }

    /// Adds an instruction with one result, and returns its id.
    pub fn push(
        &mut self,
        prim: impl Into<Prim>,
        arguments: &[usize],
    ) -> Result<usize, ProgramError> {
        // Every instruction has a result: `types` refuses a call or a loop that gives nothing.
        self.push_all(prim, arguments).map(|ids| ids[0])
    }

    /// Writes a program at some arguments, and returns the ids of its outputs.
    pub fn inline(
        &mut self,
        program: &Program,
        arguments: &[usize],
    ) -> Result<Vec<usize>, ProgramError> {
        let types = arguments.iter().map(|&id| self.ty(id));
        program.check_arguments(&types.collect::<Result<Vec<_>, _>>()?)?;
        let mut here = arguments.to_vec();
        for instruction in &program.instructions {
            let arguments: Vec<_> = instruction.arguments.iter().map(|&id| here[id]).collect();
            let label = instruction.label.clone();
            here.extend(self.push_labelled(instruction.prim.clone(), &arguments, label)?);
        }
        Ok(program.outputs.iter().map(|&id| here[id]).collect())
    }

    /// The outputs of a function at some arguments. One that is a single primitive is that primitive.
    pub fn call(
        &mut self,
        function: &Arc<Function>,
        arguments: &[usize],
    ) -> Result<Vec<usize>, ProgramError> {
        let is_plain = function.rule().is_none() && function.kernel().is_none();
        if is_plain && function.body().instructions.len() <= 1 {
            return self.inline(function.body(), arguments);
        }
        let function = Arc::clone(function);
        self.push_all(
            Call {
                function,
                checkpoint: false,
            },
            arguments,
        )
    }

    /// The outputs of a program at some arguments: written out if it is small, else called. What it does not use is
    /// not passed.
    pub fn apply(
        &mut self,
        name: &str,
        program: &Program,
        arguments: &[usize],
    ) -> Result<Vec<usize>, ProgramError> {
        if program.instructions.len() <= SMALL {
            return self.inline(program, arguments);
        }
        let (program, used) = program.with_used_inputs();
        let arguments: Vec<_> = used.iter().map(|&input| arguments[input]).collect();
        let function = Function::new(name, program, None);
        self.push_all(
            Call {
                function,
                checkpoint: false,
            },
            &arguments,
        )
    }

    /// The program with these inputs and outputs, without the instructions that no output needs. Inputs that are not
    /// listed must not be used.
    pub fn finish(self, inputs: &[usize], outputs: &[usize]) -> Result<Program, ProgramError> {
        let size = self.types.len();
        let mut needed = self.needed(outputs)?;
        let mut ids: Vec<Option<usize>> = vec![None; size];
        let mut program = Program::default();
        for &id in inputs {
            match self.origins.get(id).map(|&(step, _)| &self.steps[step]) {
                Some(Step::Input(input)) => {
                    ids[id] = Some(program.types.len());
                    program.push_input(input.clone());
                }
                Some(Step::Instruction { .. }) | None => {
                    return Err(ProgramError::NoValue { size, id });
                }
            }
        }
        for step in self.steps {
            let Step::Instruction {
                prim,
                arguments,
                first,
                results,
                label,
            } = step
            else {
                continue;
            };
            if !needed[first..first + results].iter().any(|needed| *needed) {
                continue;
            }
            needed[first] = true;
            let here = |&id: &usize| ids[id].ok_or(ProgramError::NoValue { size, id });
            let arguments = arguments.iter().map(here).collect::<Result<_, _>>()?;
            for (result, id) in ids[first..first + results].iter_mut().enumerate() {
                *id = Some(program.types.len() + result);
            }
            let results = self.types[first..first + results].into();
            program.push_checked(Instruction {
                prim,
                arguments,
                results,
                label,
            });
        }
        let here = |&id: &usize| ids[id].ok_or(ProgramError::NoValue { size, id });
        program.put_outputs(outputs.iter().map(here).collect::<Result<_, _>>()?);
        Ok(program)
    }

    /// Which values the outputs need.
    pub fn needed(&self, outputs: &[usize]) -> Result<Vec<bool>, ProgramError> {
        let mut needed = vec![false; self.types.len()];
        for &id in outputs {
            self.ty(id)?;
            needed[id] = true;
        }
        for step in self.steps.iter().rev() {
            if let Step::Instruction {
                arguments,
                first,
                results,
                ..
            } = step
                && needed[*first..first + results].iter().any(|needed| *needed)
            {
                for &id in arguments {
                    needed[id] = true;
                }
            }
        }
        Ok(needed)
    }

    /// The same number everywhere, of the type of a value of scalars.
    pub fn full_like(&mut self, id: usize, c: Literal) -> Result<usize, ProgramError> {
        let ty = self.ty(id)?.clone();
        self.full(&ty, c)
    }

    /// The same number everywhere.
    pub fn full(&mut self, ty: &Type, c: Literal) -> Result<usize, ProgramError> {
        let full = self.push(Full(ty.dims().clone(), c), &[])?;
        match ty {
            Type::Scalar(_, precision) if *precision != crate::scalar::Precision::Run => {
                self.push(super::primitives::Cast(*precision), &[full])
            }
            Type::Scalar(..) | Type::Index { .. } | Type::Key(_) => Ok(full),
        }
    }

    /// Zeros of this type.
    pub fn zeros(&mut self, ty: &Type) -> Result<usize, ProgramError> {
        self.full(ty, Literal::ratio(0, 1))
    }

    /// The change, or zeros of the type of a value.
    pub fn change_or_zeros(&mut self, change: Change, like: usize) -> Result<usize, ProgramError> {
        match change {
            Some(id) => Ok(id),
            None => {
                let ty = self.ty(like)?.clone();
                self.zeros(&ty)
            }
        }
    }

    /// The sum of two changes.
    pub fn sum(&mut self, x: Change, y: Change) -> Result<Change, ProgramError> {
        Ok(match (x, y) {
            (Some(x), Some(y)) => Some(self.push(Binary::Add, &[x, y])?),
            (one, None) | (None, one) => one,
        })
    }

    /// A value repeated along a new leading axis of `size` entries.
    pub fn repeated(&mut self, id: usize, size: usize) -> Result<usize, ProgramError> {
        let dims = self.dims(id)?;
        let axes = (1..=dims.len()).collect();
        let large: Dims = core::iter::once(size).chain(dims.iter().copied()).collect();
        self.push(Broadcast(large, axes), &[id])
    }

    /// The sum over some axes.
    pub fn sum_over(&mut self, id: usize, axes: Vec<usize>) -> Result<usize, ProgramError> {
        self.push(Reduce(Reduction::Sum, axes), &[id])
    }
}
