//! Programs: what a graph does, as data.
//!
//! A program is a list of primitives over values of known dims. It knows no scalar and no static shape. Everything
//! that runs or prints a graph interprets this data: the reference interpreter here, the tape, later the planned
//! executor and the exporters. A new op needs no change here.
//!
//! ```
//! use cotangent::prelude::*;
//! use cotangent::program::{Prim, Program};
//! use cotangent::scalar::Binary;
//! use cotangent::tensor::Dims;
//! let mut program = Program::new(&[Dims::of::<shape![2]>()]);
//! let square = program.push(Prim::Binary(Binary::Mul), &[0, 0])?;
//! program.set_outputs(&[square])?;
//! assert_eq!(program.to_string(), "%0 [2] = input\n%1 [2] = mul %0 %0\nreturn %1");
//! assert_eq!(program.run(&[Tensor::from([3.0, 4.0]).to_any()], &[])?[0].as_slice(), [9.0, 16.0]);
//! # Ok::<(), cotangent::program::ProgramError>(())
//! ```

mod cost;
mod degree;
mod derive;
mod dims;
mod kernels;
mod mutate;
mod prim;
mod run;
mod window;

pub use crate::scalar::Literal;
pub use degree::Degree;
pub use mutate::Mutant;
pub use prim::{Prim, Reduction};
pub use window::Window;

use crate::scalar::Level;
use crate::tensor::Dims;
use core::fmt;

/// What is wrong with a program, or with what it is run on.
///
/// ```
/// use cotangent::prelude::*;
/// use cotangent::program::{Prim, Program, ProgramError};
/// use cotangent::scalar::{Modular, Unary};
/// use cotangent::tensor::Dims;
/// let mut program = Program::new(&[Dims::of::<shape![1]>(), Dims::of::<shape![1, 3]>()]);
/// let add = Prim::Binary(cotangent::scalar::Binary::Add);
/// let error = program.push(add.clone(), &[0, 1]).unwrap_err();
/// assert!(matches!(error, ProgramError::Dims { .. }));
/// assert_eq!(error.to_string(), "`add` cannot take [1] and [1, 3]: expected two values of the same dims");
/// assert!(matches!(program.push(add, &[0, 7]), Err(ProgramError::NoValue { size: 2, id: 7 })));
/// // A run of 1 / x, of exp(x) and of a look-up:
/// let run = |prim: Prim, input: usize, x: &[AnyTensor<Modular>]| {
///     let mut program = Program::new(&program.inputs()[input..=input]);
///     program.push(prim, &[0]).unwrap();
///     program.run(x, &[]).unwrap_err()
/// };
/// let zero = Tensor::from([Modular::from(0u64)]).to_any();
/// let row = AnyTensor::zero(Dims::of::<shape![1, 3]>());
/// let recip = || Prim::Unary(Unary::Recip);
/// assert!(matches!(run(recip(), 0, &[]), ProgramError::InputCount { expected: 1, got: 0 }));
/// assert!(matches!(run(recip(), 0, &[row.clone()]), ProgramError::InputDims { input: 0, .. }));
/// assert!(matches!(run(recip(), 0, &[zero.clone()]), ProgramError::Division { element: 0, .. }));
/// assert!(matches!(run(Prim::Unary(Unary::Exp), 0, &[zero]), ProgramError::Scalar { .. }));
/// assert!(matches!(run(Prim::Pick { slot: 0 }, 1, &[row]), ProgramError::Environment { slot: 0, .. }));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProgramError {
    /// A primitive cannot take arguments of these dims.
    #[error("`{prim}` cannot take {got}: expected {expected}")]
    Dims {
        /// The primitive.
        prim: String,
        /// What it takes.
        expected: String,
        /// The dims of the arguments.
        got: String,
    },
    /// An argument or output that does not exist.
    #[error("the program has {size} values, there is no value {id}")]
    NoValue {
        /// The number of values so far.
        size: usize,
        /// The id asked for.
        id: usize,
    },
    /// A run with the wrong number of inputs.
    #[error("the program takes {expected} inputs, got {got}")]
    InputCount {
        /// The number of inputs of the program.
        expected: usize,
        /// The number given.
        got: usize,
    },
    /// A run with an input of the wrong dims.
    #[error("input {input} of the program has dims {expected}, got {got}")]
    InputDims {
        /// Which input.
        input: usize,
        /// Its dims in the program.
        expected: Box<Dims>,
        /// The dims given.
        got: Box<Dims>,
    },
    /// A scalar too low in the algebra tower.
    #[error("`{prim}` needs a {needs:?} scalar, got a {got:?} scalar")]
    Scalar {
        /// The primitive.
        prim: String,
        /// What it needs.
        needs: Level,
        /// What the scalar is.
        got: Level,
    },
    /// A division by an element that the scalar cannot divide by, such as an exact zero.
    #[error("`{prim}` cannot divide by {divisor}, which is element {element} of the divisor")]
    Division {
        /// The primitive.
        prim: String,
        /// Which element, in row-major order.
        element: usize,
        /// The element.
        divisor: String,
    },
    /// An environment without the entry a primitive reads, or with one of other dims or bound.
    #[error("`{prim}` reads entry {slot} of the environment: expected {expected}, got {got}")]
    Environment {
        /// The primitive.
        prim: String,
        /// Which entry.
        slot: usize,
        /// What it reads.
        expected: String,
        /// What is there.
        got: String,
    },
}

/// One step of a program: a primitive, the values it takes, and the dims of the value it gives.
///
/// ```
/// use cotangent::prelude::*;
/// use cotangent::program::{Instruction, Prim, Program};
/// use cotangent::scalar::Unary;
/// use cotangent::tensor::Dims;
/// let mut program = Program::new(&[Dims::of::<shape![2]>()]);
/// program.push(Prim::Unary(Unary::Neg), &[0])?;
/// let expected = Instruction {
///     prim: Prim::Unary(Unary::Neg),
///     arguments: vec![0],
///     dims: Dims::of::<shape![2]>(),
/// };
/// assert_eq!(program.instructions(), [expected]);
/// # Ok::<(), cotangent::program::ProgramError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Instruction {
    /// The primitive.
    pub prim: Prim,
    /// The values it takes, by id.
    pub arguments: Vec<usize>,
    /// The dims of its result.
    pub dims: Dims,
}

/// A straight-line program. The values are the inputs, then the result of each instruction; ids count them from 0.
///
/// ```
/// use cotangent::program::{Prim, Program};
/// use cotangent::scalar::Unary;
/// use cotangent::tensor::{AnyTensor, Dims};
///
/// let mut program = Program::new(&[Dims::new(&[2])]);
/// let negative = program.push(Prim::Unary(Unary::Neg), &[0])?;
/// program.set_outputs(&[negative])?;
/// let x = AnyTensor::new(&[2], vec![1.0, -2.0]).unwrap();
/// assert_eq!(program.run(&[x], &[])?[0].as_slice(), [-1.0, 2.0]);
/// # Ok::<(), cotangent::program::ProgramError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Program {
    inputs: Vec<Dims>,
    instructions: Vec<Instruction>,
    outputs: Vec<usize>,
}

/// ```
/// use cotangent::prelude::*;
/// use cotangent::program::{Prim, Program};
/// use cotangent::scalar::{Binary, Level, Unary};
/// use cotangent::tensor::Dims;
/// // x², and a value that nobody needs.
/// let mut program = Program::new(&[Dims::of::<shape![2]>()]);
/// let square = program.push(Prim::Binary(Binary::Mul), &[0, 0])?;
/// program.push(Prim::Unary(Unary::Exp), &[0])?;
/// program.set_outputs(&[square])?;
/// assert_eq!((program.size(), program.dims(square)?.to_string().as_str()), (3, "[2]"));
/// assert_eq!((program.inputs().len(), program.instructions().len(), program.outputs()), (1, 2, &[square][..]));
/// let pruned = program.pruned();
/// assert_eq!((program.level(), pruned.level()), (Level::Real, Level::Semiring));
/// // x⁴ by two copies of it.
/// let mut fourth = Program::new(program.inputs());
/// let once = fourth.inline(&pruned, &[0], &[])?;
/// let twice = fourth.inline(&pruned, &once, &[])?;
/// fourth.set_outputs(&twice)?;
/// assert_eq!(fourth.run(&[Tensor::from([1.0, 2.0]).to_any()], &[])?[0].as_slice(), [1.0, 16.0]);
/// # Ok::<(), cotangent::program::ProgramError>(())
/// ```
impl Program {
    /// A program with inputs of these dims, that does nothing yet.
    pub fn new(inputs: &[Dims]) -> Self {
        Program {
            inputs: inputs.to_vec(),
            instructions: Vec::new(),
            outputs: Vec::new(),
        }
    }

    /// Adds a primitive, and returns the id of its result.
    ///
    /// # Errors
    /// Arguments that do not exist, or whose dims the primitive does not take.
    pub fn push(&mut self, prim: Prim, arguments: &[usize]) -> Result<usize, ProgramError> {
        let dims = arguments
            .iter()
            .map(|&id| self.dims(id))
            .collect::<Result<Vec<_>, _>>()?;
        let dims = prim.result_dims(&dims)?;
        self.instructions.push(Instruction {
            prim,
            arguments: arguments.to_vec(),
            dims,
        });
        Ok(self.size() - 1)
    }

    /// The number of values: inputs and results.
    pub fn size(&self) -> usize {
        self.inputs.len() + self.instructions.len()
    }

    /// The dims of a value.
    ///
    /// # Errors
    /// [`ProgramError::NoValue`].
    pub fn dims(&self, id: usize) -> Result<Dims, ProgramError> {
        let size = self.size();
        match id.checked_sub(self.inputs.len()) {
            None => Ok(self.inputs[id].clone()),
            Some(i) => match self.instructions.get(i) {
                Some(instruction) => Ok(instruction.dims.clone()),
                None => Err(ProgramError::NoValue { size, id }),
            },
        }
    }

    /// Says which values are the outputs.
    ///
    /// # Errors
    /// [`ProgramError::NoValue`].
    pub fn set_outputs(&mut self, outputs: &[usize]) -> Result<(), ProgramError> {
        for &id in outputs {
            self.dims(id)?;
        }
        self.outputs = outputs.to_vec();
        Ok(())
    }

    /// The dims of the inputs.
    pub fn inputs(&self) -> &[Dims] {
        &self.inputs
    }

    /// The instructions, in order.
    pub fn instructions(&self) -> &[Instruction] {
        &self.instructions
    }

    /// The ids of the outputs.
    pub fn outputs(&self) -> &[usize] {
        &self.outputs
    }

    /// The lowest level of the algebra tower over which the program runs.
    pub fn level(&self) -> Level {
        let levels = self.instructions.iter().map(|i| i.prim.level());
        levels.max().unwrap_or(Level::Semiring)
    }

    /// Writes the instructions of `other` into this program, its inputs being the values `arguments` here and its
    /// environment slots being `slots` here. Returns the ids of its outputs.
    ///
    /// # Errors
    /// The wrong number of arguments, or arguments of other dims.
    pub fn inline(
        &mut self,
        other: &Program,
        arguments: &[usize],
        slots: &[usize],
    ) -> Result<Vec<usize>, ProgramError> {
        if arguments.len() != other.inputs.len() {
            return Err(ProgramError::InputCount {
                expected: other.inputs.len(),
                got: arguments.len(),
            });
        }
        for (input, (expected, &id)) in other.inputs.iter().zip(arguments).enumerate() {
            let got = self.dims(id)?;
            if got != *expected {
                return Err(ProgramError::InputDims {
                    input,
                    expected: Box::new(expected.clone()),
                    got: Box::new(got),
                });
            }
        }
        let mut here = arguments.to_vec();
        for instruction in &other.instructions {
            let arguments: Vec<_> = instruction.arguments.iter().map(|&id| here[id]).collect();
            here.push(self.push(instruction.prim.with_slots(slots), &arguments)?);
        }
        Ok(other.outputs.iter().map(|&id| here[id]).collect())
    }

    /// The same program without the instructions that no output needs.
    pub fn pruned(&self) -> Program {
        let mut needed = vec![false; self.size()];
        for &id in &self.outputs {
            needed[id] = true;
        }
        let first = self.inputs.len();
        for (i, instruction) in self.instructions.iter().enumerate().rev() {
            if needed[first + i] {
                for &id in &instruction.arguments {
                    needed[id] = true;
                }
            }
        }
        let mut new_ids: Vec<usize> = (0..first).collect();
        let mut instructions = Vec::new();
        for (i, instruction) in self.instructions.iter().enumerate() {
            new_ids.push(first + instructions.len());
            if needed[first + i] {
                let mut instruction = instruction.clone();
                for id in &mut instruction.arguments {
                    *id = new_ids[*id];
                }
                instructions.push(instruction);
            }
        }
        Program {
            inputs: self.inputs.clone(),
            instructions,
            outputs: self.outputs.iter().map(|&id| new_ids[id]).collect(),
        }
    }
}

/// One line for each value: `%2 [2, 4] = matmul %0 %1`.
impl fmt::Display for Program {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (id, dims) in self.inputs.iter().enumerate() {
            writeln!(f, "%{id} {dims} = input")?;
        }
        for (i, instruction) in self.instructions.iter().enumerate() {
            let id = self.inputs.len() + i;
            write!(f, "%{id} {} = {}", instruction.dims, instruction.prim)?;
            for argument in &instruction.arguments {
                write!(f, " %{argument}")?;
            }
            writeln!(f)?;
        }
        write!(f, "return")?;
        for id in &self.outputs {
            write!(f, " %{id}")?;
        }
        Ok(())
    }
}
