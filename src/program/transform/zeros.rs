//! A program at zeros: what follows from a tangent that is not there is not computed.

use crate::program::builder::Builder;
use crate::program::input::Input;
use crate::program::primitive::{AtZeros, Change};
use crate::program::syntax::{Call, Function, Prim, Program};
use crate::program::{ProgramError, Unary};
use std::sync::Arc;

/// Writes a program at arguments of which some are zero: `None`, for values made of scalars. Returns the outputs likewise.
///
/// It is the program at zeros, and not its derivative: the rules of functions that it calls, which may stop a tangent,
/// take no part in it.
pub(super) fn written_at_zeros(
    b: &mut Builder,
    program: &Program,
    arguments: &[Change],
) -> Result<Vec<Change>, ProgramError> {
    let mut here = arguments.to_vec();
    for instruction in program.instructions() {
        let x: Vec<Change> = instruction.arguments.iter().map(|&id| here[id]).collect();
        if let Prim::Call(call) = &instruction.prim
            && call.function.rule().is_none()
            && x.contains(&None)
        {
            here.extend(called_at_zeros(b, call, &x)?);
            continue;
        }
        let result = match at_zeros(&instruction.prim, &x) {
            AtZeros::Zero => None,
            AtZeros::Argument(i) => x[i],
            AtZeros::Negative(i) => match x[i] {
                Some(id) => Some(b.push(Unary::Neg, &[id])?),
                None => None,
            },
            AtZeros::Computed => {
                let mut all = Vec::with_capacity(x.len());
                for (&id, x) in instruction.arguments.iter().zip(x) {
                    all.push(match x {
                        Some(id) => id,
                        None => b.zeros(program.ty(id)?)?,
                    });
                }
                let label = instruction.label.clone();
                let results = b.push_labelled(instruction.prim.clone(), &all, label)?;
                here.extend(results.into_iter().map(Some));
                continue;
            }
        };
        here.push(result);
    }
    Ok(program.outputs().iter().map(|&id| here[id]).collect())
}

/// A call without the arguments that are zero.
fn called_at_zeros(
    b: &mut Builder,
    call: &Call,
    x: &[Change],
) -> Result<Vec<Change>, ProgramError> {
    let body = call.function.body();
    let mut inside = Builder::new(b.transform());
    let mut arguments = Vec::with_capacity(x.len());
    for (input, x) in body.inputs().iter().zip(x) {
        arguments.push(x.map(|_| inside.input(Input::clone(input))));
    }
    let outputs = written_at_zeros(&mut inside, body, &arguments)?;
    let inputs: Vec<usize> = arguments.into_iter().flatten().collect();
    let left: Vec<usize> = outputs.iter().flatten().copied().collect();
    if left.is_empty() {
        return Ok(vec![None; outputs.len()]);
    }
    let body = inside.finish(&inputs, &left)?;
    let function: Arc<Function> = Function::new(call.function.name(), body, None);
    let call = Call {
        function,
        checkpoint: call.checkpoint,
    };
    let x: Vec<usize> = x.iter().flatten().copied().collect();
    let mut results = b.push_all(call, &x)?.into_iter();
    let pairs = outputs.into_iter();
    Ok(pairs
        .map(|output| output.and_then(|_| results.next()))
        .collect())
}

/// What a primitive makes of its arguments.
fn at_zeros(prim: &Prim, x: &[Change]) -> AtZeros {
    let zero: Vec<bool> = x.iter().map(Option::is_none).collect();
    match zero.contains(&true) {
        true => prim.at_zeros(&zero),
        false => AtZeros::Computed,
    }
}
