//! Calls written out.

use super::copy::ids;
use super::inside::with_inside;
use crate::program::ProgramError;
use crate::program::syntax::{Call, Function, Instruction, Prim, Program};
use crate::tensor::Type;
use std::borrow::Cow;
use std::collections::HashMap;

/// The program with the body of each function in place of its calls, to any depth, also inside of loops. Calls that are
/// checkpoints stay calls, or they would be none, and so do those of functions that have a kernel; what is inside of them is
/// written out. A rule of a function goes with
/// its call: who wants derivatives by it takes them before.
///
/// The instructions of a body keep their names; those without a name get that of the call.
///
/// ```
/// use cotangent::program::{Program, inline};
/// let text = "cotangent program 1
/// function 0 square {
///   %0: [2]
///   %1 [2] = mul %0 %0
///   return %1
/// }
/// %0 x: [2]
/// %1 [2] = call(f0) %0
/// %2 [2] = call(f0) %1
/// return %2
/// ";
/// let program = inline(&text.parse()?)?;
/// assert_eq!(program.to_string(), "cotangent program 1
/// %0 x: [2]
/// %1 [2] = mul %0 %0
/// %2 [2] = mul %1 %1
/// return %2
/// ");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// None for a program that was built: [`ProgramError::NoValue`] for one that uses values it does not have.
pub fn inline(program: &Program) -> Result<Program, ProgramError> {
    let mut bodies: Bodies<'_> = HashMap::new();
    // Those inside first: each body is written out once, and nothing is recursive.
    for function in program.functions() {
        let body = written_out(function.body(), &bodies)?;
        bodies.insert(core::ptr::from_ref(function), (function, body));
    }
    written_out(program, &bodies)
}

/// The functions that were seen, with their bodies written out.
type Bodies<'p> = HashMap<*const Function, (&'p Function, Program)>;

fn written_out(program: &Program, bodies: &Bodies<'_>) -> Result<Program, ProgramError> {
    let mut out = Program::default();
    for input in program.inputs() {
        out.push_input(input.clone());
    }
    let mut here: Vec<usize> = (0..program.inputs().len()).collect();
    for instruction in program.instructions() {
        let inside = instruction.prim.inside();
        let body = inside.and_then(|function| bodies.get(&core::ptr::from_ref(function)));
        let arguments = ids(&here, &instruction.arguments)?;
        match (&instruction.prim, body) {
            (
                Prim::Call(Call {
                    checkpoint: false, ..
                }),
                Some((function, body)),
            ) if function.kernel().is_none() => {
                here.extend(write_body(&mut out, body, instruction, arguments)?);
            }
            (prim, body) => {
                let prim = match body {
                    Some((function, body)) => {
                        let rule = function.rule().cloned();
                        with_inside(prim, function.rewritten(body.clone(), rule))
                    }
                    None => prim.clone(),
                };
                push(
                    &mut out,
                    &mut here,
                    Instruction {
                        prim,
                        arguments: arguments.into(),
                        ..instruction.clone()
                    },
                );
            }
        }
    }
    out.put_outputs(ids(&here, program.outputs())?);
    Ok(out)
}

/// Writes a body in place of its call, and returns the ids of its outputs.
fn write_body(
    out: &mut Program,
    body: &Program,
    call: &Instruction,
    arguments: Vec<usize>,
) -> Result<Vec<usize>, ProgramError> {
    let types: Vec<Type> = arguments
        .iter()
        .map(|&id| out.types()[id].clone())
        .collect();
    // An index of a lower bound than that of the input: what follows from it may have lower bounds, too.
    let body = match body.input_types() == types {
        true => Some(Cow::Borrowed(body)),
        false => retyped(body, &types)
            .filter(|body| body.output_types() == *call.results)
            .map(Cow::Owned),
    };
    let mut here = arguments.clone();
    let Some(body) = body else {
        // Its results would have other types, for which those that use them were not made. It stays a call.
        let first = out.size();
        push(
            out,
            &mut here,
            Instruction {
                arguments: arguments.into(),
                ..call.clone()
            },
        );
        return Ok((first..out.size()).collect());
    };
    for instruction in body.instructions() {
        let mut instruction = instruction.clone();
        instruction.arguments = ids(&here, &instruction.arguments)?.into();
        instruction.label = instruction.label.or_else(|| call.label.clone());
        push(out, &mut here, instruction);
    }
    ids(&here, body.outputs())
}

/// The body with inputs of these types. `None` where it cannot be.
fn retyped(body: &Program, types: &[Type]) -> Option<Program> {
    let mut out = Program::new(types);
    for instruction in body.instructions() {
        out.push(instruction.prim.clone(), &instruction.arguments)
            .ok()?;
        let last = out.instructions.last_mut()?;
        last.label = instruction.label.clone();
    }
    out.put_outputs(body.outputs().to_vec());
    Some(out)
}

/// Adds an instruction, and says where its results are.
fn push(out: &mut Program, here: &mut Vec<usize>, instruction: Instruction) {
    let first = out.size();
    here.extend(first..first + instruction.results.len());
    out.push_checked(instruction);
}
