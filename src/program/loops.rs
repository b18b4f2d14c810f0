//! A function, looped: what `scan` and `repeat` record.

use super::ProgramError;
use super::builder::Builder;
use super::primitives::{FoldInIndex, Iota};
use super::syntax::{Function, Input, Scan, Steps};
use crate::tensor::{Dims, Type};
use std::sync::Arc;

/// What an input of a looped function is, and the values for it.
pub(crate) enum Role {
    /// The same at each step. A key is folded with the number of the step, so that each step draws for itself.
    Constant(usize),
    /// What the step before has given. There is one such input, for the only output.
    Carried(usize),
    /// An entry for each step, along the first axis of a value.
    Stacked(usize),
    /// A value for each step.
    Listed(Vec<usize>),
}

/// Writes a loop of `length` steps over a function with one output, and returns the id of its last state. With `emit`, of
/// the stack of all states instead.
pub(crate) fn looped(
    b: &mut Builder,
    function: &Arc<Function>,
    roles: &[Role],
    length: usize,
    emit: bool,
) -> Result<usize, ProgramError> {
    let types = function.body().input_types();
    let scalar = Dims::default;
    let step = Type::Index {
        dims: scalar(),
        below: length,
    };
    let mut body = Builder::new(b.transform());
    let inputs: Vec<usize> = types
        .iter()
        .map(|ty| body.input(ty.clone().into()))
        .collect();
    let number = body.input(Input::new(step));
    let is_key = |i: usize| matches!(types[i], Type::Key(_));
    let is_constant = |i: &usize| matches!(roles[*i], Role::Constant(_));
    let is_carried = |i: &usize| matches!(roles[*i], Role::Carried(_));
    let all = 0..types.len().min(roles.len());
    let constants: Vec<usize> = all.clone().filter(is_constant).collect();
    let carried: Vec<usize> = all.clone().filter(is_carried).collect();
    let steps: Vec<usize> = all.filter(|i| !is_constant(i) && !is_carried(i)).collect();

    let mut arguments = inputs.clone();
    let mut numbered = false;
    for &i in constants.iter().filter(|&&i| is_key(i)) {
        let number = match types[i].dims().is_empty() {
            true => number,
            false => body.push(
                super::primitives::Broadcast(types[i].dims().clone(), Vec::new()),
                &[number],
            )?,
        };
        arguments[i] = body.push(FoldInIndex, &[inputs[i], number])?;
        numbered = true;
    }
    let next = match function.rule() {
        None => body.inline(function.body(), &arguments)?,
        Some(_) => body.call(function, &arguments)?,
    };
    let mut order: Vec<usize> = [&constants, &carried, &steps]
        .into_iter()
        .flatten()
        .map(|&i| inputs[i])
        .collect();
    let mut kinds: Vec<Steps> = Vec::new();
    let mut values = Vec::new();
    for &i in constants.iter().chain(&carried).chain(&steps) {
        match &roles[i] {
            Role::Constant(id) | Role::Carried(id) => values.push(*id),
            Role::Stacked(id) => {
                kinds.push(Steps::Stacked);
                values.push(*id);
            }
            Role::Listed(ids) => {
                kinds.push(Steps::Listed);
                values.extend(ids);
            }
        }
    }
    if numbered {
        order.push(number);
        kinds.push(Steps::Stacked);
        values.push(b.push(Iota(Dims::new(&[length]), 0), &[])?);
    }
    let outputs = match emit {
        true => [next.as_slice(), &next].concat(),
        false => next,
    };
    let scan = Scan {
        body: Function::new(function.name(), body.finish(&order, &outputs)?, None),
        length,
        constants: constants.len(),
        carried: carried.len(),
        inputs: kinds.into(),
        outputs: if emit {
            [Steps::Stacked].into()
        } else {
            [].into()
        },
        reverse: false,
    };
    let results = b.push_all(scan, &values)?;
    Ok(results[usize::from(emit)])
}
