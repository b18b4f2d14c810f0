//! A program at zeros: what follows from a tangent that is not there is not computed.

use crate::program::builder::Builder;
use crate::program::primitive::Change;
use crate::program::primitives::Reduction;
use crate::program::syntax::{Call, Function, Input, Prim, Program};
use crate::program::{Binary, ProgramError, Unary};
use std::sync::Arc;

/// What a primitive makes of arguments of which some are zero.
enum AtZeros {
    /// Zero, whatever the others are.
    Zero,
    /// This argument.
    Argument(usize),
    /// The negative of this argument.
    Negative(usize),
    /// Something that is to be computed, from zeros.
    Computed,
}

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
    let zero = |i: usize| x[i].is_none();
    let zero_if = |is: bool| match is {
        true => AtZeros::Zero,
        false => AtZeros::Computed,
    };
    if x.iter().all(Option::is_some) {
        return AtZeros::Computed;
    }
    match prim {
        Prim::Unary(f) => zero_if(matches!(f, Unary::Neg | Unary::Stop)),
        Prim::Binary(f) => match (f, zero(0), zero(1)) {
            (Binary::Mul, _, _) => AtZeros::Zero,
            (Binary::Div, first, _) => zero_if(first),
            (Binary::Add | Binary::Sub, true, true) => AtZeros::Zero,
            (Binary::Add | Binary::Sub, false, _) => AtZeros::Argument(0),
            (Binary::Add, true, false) => AtZeros::Argument(1),
            (Binary::Sub, true, false) => AtZeros::Negative(1),
            (Binary::Max | Binary::Pow, _, _) => AtZeros::Computed,
        },
        Prim::Reduce(reduce) => zero_if(match reduce.0 {
            Reduction::Sum => true,
            Reduction::Max => false,
        }),
        // Whichever of the two is chosen.
        Prim::Select(_) => zero_if(zero(1) && zero(2)),
        Prim::Concat(_) => zero_if(x.iter().all(Option::is_none)),
        // Linear in the argument that is zero: of indices none is.
        Prim::Scale(_)
        | Prim::Cast(_)
        | Prim::Contract(_)
        | Prim::CumSum(_)
        | Prim::Reshape(_)
        | Prim::Permute(_)
        | Prim::Broadcast(_)
        | Prim::Slice(_)
        | Prim::Pad(_)
        | Prim::Unfold(_)
        | Prim::Fold(_)
        | Prim::Gather(_)
        | Prim::ScatterAdd(_) => AtZeros::Zero,
        // Not zero at zero, or not known to be; and what takes no scalars.
        Prim::Offset(_)
        | Prim::Full(_)
        | Prim::Constant(_)
        | Prim::Compare(_)
        | Prim::ArgMax(_)
        | Prim::ArgMin(_)
        | Prim::OneHot(_)
        | Prim::Iota(_)
        | Prim::ToScalar(_)
        | Prim::FoldIn(_)
        | Prim::FoldInIndex(_)
        | Prim::Mask(_)
        | Prim::Call(_)
        | Prim::Scan(_) => AtZeros::Computed,
    }
}
