//! The reference interpreter: any program over any scalar, instruction by instruction.

use crate::program::{Fault, Instruction, Interpreter, Program, ProgramError};
use crate::scalar::{Interpret, Precision, Semiring};
use crate::tensor::{AnyTensor, Type, Value};
use core::any::Any;

/// Results of at least this size are asked of the allocator before a kernel takes them for granted.
const LARGE: u64 = 1 << 26;

/// The interpreter, for the programs of calls and loops.
struct Reference;

impl<A: Semiring> Interpreter<A> for Reference {
    fn run(&self, program: &Program, inputs: Vec<Value<A>>) -> Result<Vec<Value<A>>, ProgramError> {
        interpret(program, inputs)
    }
}

impl Program {
    /// Runs the program and returns its outputs. It is the reference: over any scalar, instruction by instruction.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// use cotangent::program::Program;
    /// use cotangent::tensor::Indices;
    /// let text = "cotangent program 1\n%0: [3, 2]\n%1: [2] < 3\n%2 [2, 2] = gather(0, 0) %0 %1\nreturn %2\n";
    /// let rows: Program = text.parse().unwrap();
    /// let table = Tensor::from([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]).to_any();
    /// let y = rows.run(&[table.into(), Indices::new(&[2], 3, vec![2, 0]).unwrap().into()])?;
    /// assert_eq!(y, [Tensor::from([[5.0, 6.0], [1.0, 2.0]]).to_any().into()]);
    /// # Ok::<(), cotangent::program::ProgramError>(())
    /// ```
    ///
    /// # Errors
    /// Inputs of another number or type, a scalar too low in the tower or without one of the functions, a division by
    /// an exact zero, a comparison that the scalar cannot decide, values that do not fit into memory.
    pub fn run<A: Semiring>(&self, inputs: &[Value<A>]) -> Result<Vec<Value<A>>, ProgramError> {
        self.check_inputs(inputs)?;
        let pairs = inputs.iter().zip(self.input_types());
        let inputs = pairs.map(|(value, ty)| rounded(value.clone(), ty));
        through_table(self, inputs.collect())
    }

    fn check_inputs<A>(&self, inputs: &[Value<A>]) -> Result<(), ProgramError> {
        if inputs.len() != self.inputs().len() {
            return Err(ProgramError::InputCount {
                expected: self.inputs().len(),
                got: inputs.len(),
            });
        }
        for (input, (expected, value)) in self.inputs().iter().zip(inputs).enumerate() {
            if !value.fits(&expected.ty) {
                return Err(ProgramError::InputType {
                    input,
                    name: expected.name.to_string(),
                    expected: Box::new(expected.ty.clone()),
                    got: Box::new(value.ty()),
                });
            }
        }
        Ok(())
    }
}

/// Runs a program at inputs that fit.
fn interpret<A: Semiring>(
    program: &Program,
    inputs: Vec<Value<A>>,
) -> Result<Vec<Value<A>>, ProgramError> {
    let last = program.last_uses();
    let mut values: Vec<Option<Value<A>>> = inputs.into_iter().map(Some).collect();
    values.reserve(program.size());
    for (at, (_, instruction)) in program.numbered().enumerate() {
        let results = {
            let argument = |&id: &usize| match &values[id] {
                Some(value) => value,
                None => unreachable!("a value is kept until its last use"),
            };
            let arguments: Vec<&Value<A>> = instruction.arguments.iter().map(argument).collect();
            results_of(instruction, &arguments)?
        };
        values.extend(results.into_iter().map(Some));
        for &id in &instruction.arguments {
            // The storage of a value that nobody needs any more is free for others.
            if last[id] == at {
                values[id] = None;
            }
        }
    }
    Ok(program
        .outputs()
        .iter()
        .filter_map(|&id| values[id].clone())
        .collect())
}

/// The results of an instruction alone, at arguments that fit.
pub(crate) fn run_instruction<A: Semiring>(
    instruction: &Instruction,
    arguments: &[Value<A>],
) -> Result<Vec<Value<A>>, ProgramError> {
    through_table(instruction, arguments.to_vec())
}

type Results<A> = Result<Vec<Value<A>>, ProgramError>;

/// Runs a program or an instruction by way of the scalar's table: for the scalars of this crate nothing of the interpreter is
/// compiled again where a graph is run.
fn through_table<A: Semiring>(work: &dyn Any, inputs: Vec<Value<A>>) -> Results<A> {
    let results = A::kernels().interpret(work, &mut Some(inputs));
    match results.downcast::<Results<A>>() {
        Ok(results) => *results,
        Err(_) => unreachable!("a table gives the results of its own scalar"),
    }
}

/// For every table.
impl<A: Semiring, K: Sync> Interpret<A> for K {
    fn interpret(&self, work: &dyn Any, inputs: &mut dyn Any) -> Box<dyn Any> {
        let inputs = inputs.downcast_mut::<Option<Vec<Value<A>>>>();
        let Some(inputs) = inputs.and_then(Option::take) else {
            unreachable!("`through_table` gives inputs of its own scalar");
        };
        let results: Results<A> = if let Some(program) = work.downcast_ref::<Program>() {
            interpret(program, inputs)
        } else if let Some(instruction) = work.downcast_ref::<Instruction>() {
            results_of(instruction, &inputs.iter().collect::<Vec<_>>())
        } else {
            unreachable!("`through_table` gives a program or an instruction");
        };
        Box::new(results)
    }
}

fn results_of<A: Semiring>(
    instruction: &Instruction,
    arguments: &[&Value<A>],
) -> Result<Vec<Value<A>>, ProgramError> {
    let prim = &instruction.prim;
    for ty in &instruction.results {
        let bytes = ty.bytes(size_of::<A>());
        if bytes >= LARGE && !there_is_memory(bytes) {
            return Err(ProgramError::Memory {
                prim: prim.to_string(),
                bytes,
            });
        }
    }
    let mut results = prim
        .run(arguments, &instruction.results, &Reference)
        .map_err(|fault| {
            let prim = || prim.to_string();
            match fault {
                Fault::Level => ProgramError::Scalar {
                    prim: prim(),
                    needs: instruction.prim.level(),
                    got: A::kernels().level(),
                },
                Fault::Undefined => ProgramError::Undefined { prim: prim() },
                Fault::Division { element, divisor } => ProgramError::Division {
                    prim: prim(),
                    element,
                    divisor,
                },
                Fault::Undecided { element } => ProgramError::Undecided {
                    prim: prim(),
                    element,
                },
                Fault::Inside(error) => error,
            }
        })?;
    for (value, ty) in results.iter_mut().zip(&instruction.results) {
        if let Type::Scalar(_, Precision::Single | Precision::Double) = ty {
            *value = rounded(value.clone(), ty);
        }
    }
    Ok(results)
}

/// A value in the precision of its type.
pub(super) fn rounded<A: Semiring>(value: Value<A>, ty: &Type) -> Value<A> {
    match (&value, ty) {
        (
            Value::Scalar(x),
            &Type::Scalar(_, precision @ (Precision::Single | Precision::Double)),
        ) => {
            let rounded = x.as_slice().iter().map(|x| x.rounded(precision)).collect();
            Value::Scalar(AnyTensor::from_parts(x.dims().clone(), rounded))
        }
        _ => value,
    }
}

/// Whether the allocator would give so many bytes.
fn there_is_memory(bytes: u64) -> bool {
    match usize::try_from(bytes) {
        Ok(bytes) => Vec::<u8>::new().try_reserve_exact(bytes).is_ok(),
        Err(_) => false,
    }
}
