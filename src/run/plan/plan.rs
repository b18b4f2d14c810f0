//! Plans: a program with its memory and its kernels chosen.

use super::arena::Arena;
use super::check::{Checker, Look};
use super::error::PlanError;
use super::float::Float;
use super::lower::{Form, Lowering};
use super::memory::MemoryPlan;
use super::place::Memory;
use super::places::Emit;
use super::report::Explained;
use super::step::{Machine, Step};
use super::threads::Threads;
use super::watch::{Unwatched, Watch};
use crate::program::{Program, recompute};
use crate::tensor::{Key, Type};
use std::borrow::Cow;

/// A program, ready to be run any number of times, over `f32` or `f64`. It is shared by those that run it; each brings an
/// [`Arena`].
#[derive(Debug)]
pub(crate) struct Plan<T> {
    inputs: Vec<Type>,
    outputs: Vec<Type>,
    steps: Vec<Step<T>>,
    scalars: Vec<Box<[T]>>,
    indices: Vec<Box<[usize]>>,
    keys: Vec<Box<[Key]>>,
    pub(super) sizes: [usize; 3],
    /// How many elements the registers of a thread are, and how many the parts of a chain make of their own.
    registers: usize,
    own: usize,
    /// How many elements of windows each thread holds.
    held: usize,
    /// Whether some step is worth more than one thread.
    is_large: bool,
    pub(super) carried: Vec<Carried>,
    explained: Explained,
    /// What is looked at around each step, if the plan is checked.
    looks: Option<Vec<Look>>,
}

/// A value that stays in the arena from run to run.
#[derive(Debug)]
pub(super) struct Carried {
    pub ty: Type,
    pub offset: usize,
}

/// The inputs of a run: of each kind in the order of the program.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Inputs<'i, T> {
    pub scalars: &'i [&'i [T]],
    pub indices: &'i [&'i [usize]],
    pub keys: &'i [&'i [Key]],
}

/// Where the outputs of a run go: of each kind in the order of the program.
#[derive(Debug)]
pub(crate) struct Outputs<'m, 'o, T> {
    pub scalars: &'m mut [&'o mut [T]],
    pub indices: &'m mut [&'o mut [usize]],
    pub keys: &'m mut [&'o mut [Key]],
}

/// So many elements the values of nodes have at most that share a step.
#[cfg(not(test))]
const SMALL: usize = 512;
/// Most programs of the tests are small, and are to have steps of all kinds.
#[cfg(test)]
const SMALL: usize = 1;

/// A value of fewer elements is still in a cache when it is read again, and is not computed again.
#[cfg(not(test))]
const FAR: usize = 1 << 16;
/// The programs of the tests are small, and are to be computed again.
#[cfg(test)]
const FAR: usize = 1;

impl<T: Float> Plan<T> {
    /// The plan of a program.
    ///
    /// # Errors
    /// [`PlanError::Memory`] if its values do not fit into memory.
    pub fn new(program: &Program) -> Result<Self, PlanError> {
        Plan::carrying(program, 0)
    }

    /// The plan of a program whose first `carried` outputs are its first inputs in the next run: they stay in the arena, and are
    /// among neither [`inputs`](Self::inputs) nor [`outputs`](Self::outputs).
    ///
    /// # Errors
    /// As [`new`](Self::new); fewer inputs or outputs; a value that is carried to one of another type.
    pub fn carrying(program: &Program, carried: usize) -> Result<Self, PlanError> {
        Plan::of(program, carried, Form::Grouped(SMALL))
    }

    /// The same, with a step for each instruction: a run ends at the first that makes a NaN or an infinity from finite values.
    ///
    /// # Errors
    /// As [`carrying`](Self::carrying).
    pub fn checked(program: &Program, carried: usize) -> Result<Self, PlanError> {
        Plan::of(program, carried, Form::Single)
    }

    pub(super) fn of(program: &Program, carried: usize, form: Form) -> Result<Self, PlanError> {
        let (inputs, outputs) = (program.input_types(), program.output_types());
        for (what, expected) in [("inputs", inputs.len()), ("outputs", outputs.len())] {
            if expected < carried {
                let got = carried;
                return Err(PlanError::Count {
                    what,
                    expected,
                    got,
                });
            }
        }
        let (kept, inputs) = inputs.split_at(carried);
        for (input, (ty, next)) in kept.iter().zip(&outputs).enumerate() {
            if ty != next {
                let (expected, got) = (Box::new(ty.clone()), Box::new(next.clone()));
                return Err(PlanError::Input {
                    input,
                    expected,
                    got,
                });
            }
        }
        let is_checked = form == Form::Single;
        let program = match is_checked {
            false => Cow::Owned(recompute(program, FAR)?),
            true => Cow::Borrowed(program),
        };
        let lowered = Lowering::lower(&program, carried, T::WIDTH.0, form)?;
        let memory = MemoryPlan::of(&lowered);
        let offsets = lowered.carried.iter().map(|&buffer| memory.offsets[buffer]);
        let kept = kept.iter().zip(offsets).map(|(ty, offset)| Carried {
            ty: ty.clone(),
            offset,
        });
        let emit = Emit {
            lowered: &lowered,
            memory: &memory,
        };
        let steps = emit.steps(&lowered.nodes);
        let registers = most(&steps, Step::registers);
        let own = most(&steps, Step::own);
        let held = most(&steps, Step::held);
        let numbers = lowered.scalars.iter();
        let numbers = numbers.map(|all| all.iter().map(|&number| T::of(number)).collect());
        Ok(Plan {
            carried: kept.collect(),
            inputs: inputs.to_vec(),
            outputs: outputs[carried..].to_vec(),
            scalars: numbers.collect(),
            indices: lowered
                .indices
                .iter()
                .map(|all| all.as_slice().into())
                .collect(),
            keys: lowered
                .keys
                .iter()
                .map(|all| all.as_slice().into())
                .collect(),
            sizes: memory.sizes,
            looks: is_checked.then(|| emit.looks::<T>(&lowered.nodes)),
            registers,
            own,
            held,
            is_large: steps.iter().any(Step::is_large),
            explained: Explained::new(&lowered, &memory, registers + own + held, size_of::<T>()),
            steps,
        })
    }

    /// What the plan needs, and what it is made of.
    pub fn explained(&self) -> &Explained {
        &self.explained
    }

    /// Whether some step is worth more than one thread.
    pub fn is_large(&self) -> bool {
        self.is_large
    }

    /// How many elements its steps work with.
    pub(super) fn room(&self, threads: usize) -> usize {
        self.registers * threads + self.own
    }

    /// The types of the inputs.
    pub fn inputs(&self) -> &[Type] {
        &self.inputs
    }

    /// The types of the outputs.
    pub fn outputs(&self) -> &[Type] {
        &self.outputs
    }

    /// Runs the plan. Inputs are read where they are, outputs are written where they go; an arena that has run the plan before
    /// is not enlarged, and then nothing is allocated.
    ///
    /// # Errors
    /// Inputs or outputs of another number or length, indices that are too large; of a checked plan
    /// [`PlanError::NotFinite`].
    pub fn run(
        &self,
        arena: &mut Arena<T>,
        inputs: Inputs<'_, T>,
        outputs: Outputs<'_, '_, T>,
    ) -> Result<(), PlanError> {
        self.check(&inputs, &outputs)?;
        self.run_checked(arena, inputs, outputs)
    }

    /// The same, of inputs and outputs that are as the plan says.
    pub(super) fn run_checked(
        &self,
        arena: &mut Arena<T>,
        inputs: Inputs<'_, T>,
        outputs: Outputs<'_, '_, T>,
    ) -> Result<(), PlanError> {
        match &self.looks {
            None => self.run_watched(arena, inputs, outputs, &mut Unwatched),
            Some(looks) => {
                let mut checker = Checker::new(&self.explained.steps, looks);
                self.run_watched(arena, inputs, outputs, &mut checker)
            }
        }
    }

    /// Runs the plan of scalars only.
    ///
    /// # Errors
    /// As [`run`](Self::run).
    pub fn run_slices(
        &self,
        arena: &mut Arena<T>,
        inputs: &[&[T]],
        outputs: &mut [&mut [T]],
    ) -> Result<(), PlanError> {
        let inputs = Inputs {
            scalars: inputs,
            indices: &[],
            keys: &[],
        };
        let outputs = Outputs {
            scalars: outputs,
            indices: &mut [],
            keys: &mut [],
        };
        self.run(arena, inputs, outputs)
    }

    /// Runs the plan while something looks on, of inputs and outputs that are as the plan says.
    ///
    /// # Errors
    /// Of a checked plan [`PlanError::NotFinite`].
    pub(super) fn run_watched<W: Watch<T> + Send>(
        &self,
        arena: &mut Arena<T>,
        inputs: Inputs<'_, T>,
        outputs: Outputs<'_, '_, T>,
        watch: &mut W,
    ) -> Result<(), PlanError> {
        let threads = match self.is_large() {
            true => arena.threads.count(),
            false => 1,
        };
        arena.fit(self.sizes, self.room(threads))?;
        arena.hold(threads, self.held)?;
        let pool = match threads {
            1 => Threads::Caller,
            _ => arena.threads.clone(),
        };
        let mut machine = Machine {
            scalars: Memory {
                arena: &mut arena.scalars,
                inputs: inputs.scalars,
                outputs: outputs.scalars,
                constants: &self.scalars,
            },
            indices: Memory {
                arena: &mut arena.indices,
                inputs: inputs.indices,
                outputs: outputs.indices,
                constants: &self.indices,
            },
            keys: Memory {
                arena: &mut arena.keys,
                inputs: inputs.keys,
                outputs: outputs.keys,
                constants: &self.keys,
            },
            room: &mut arena.room,
            held: &mut arena.held,
            threads,
        };
        pool.enter(|| machine.run(&self.steps, 0, watch))
    }
}

/// The most that a step has of something, those inside of loops among them.
fn most<T>(steps: &[Step<T>], of: fn(&Step<T>) -> usize) -> usize {
    let each = |step: &Step<T>| match step {
        Step::Loop { steps, .. } => most(steps, of),
        step => of(step),
    };
    steps.iter().map(each).max().unwrap_or(0)
}
