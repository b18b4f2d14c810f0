//! A function, looped: what `scan` and `repeat` record.

use super::ProgramError;
use super::builder::Builder;
use super::input::Input;
use super::primitives::{Broadcast, FoldInIndex, Iota};
use super::syntax::{Function, Scan, Steps};
use crate::tensor::{Dims, Type};
use std::sync::Arc;

/// What an input of a looped function is, and the values for it.
pub(crate) enum Role {
    /// The same at each step. A key is folded with the number of the step, so that each step draws for itself.
    Constant(usize),
    /// What the step before has given, of any type; this is for the first step.
    Carried(usize),
    /// An entry for each step, along the first axis of a value.
    Stacked(usize),
    /// A value for each step.
    Listed(Vec<usize>),
}

/// What a loop gives, by id.
pub(crate) struct Looped {
    /// The last states, in the order of the carried inputs.
    pub states: Vec<usize>,
    /// The other values of the steps, each stacked along a new first axis.
    pub stacks: Vec<usize>,
}

/// Writes a loop of `length` steps over a function. Its first outputs are the next states, one for each carried input, in
/// their order; the others are what the step gives. With `reverse` the last step is taken first; entries and stacks, and
/// the numbers that keys are folded with, keep their positions.
///
/// # Errors
/// Roles that do not fit to the function, or values that do not fit to the roles.
pub(crate) fn looped(
    b: &mut Builder,
    function: &Arc<Function>,
    roles: &[Role],
    length: usize,
    reverse: bool,
) -> Result<Looped, ProgramError> {
    let types = function.body().input_types();
    demand(roles, types.len(), length)?;
    let step = Type::Index {
        dims: Dims::default(),
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
    let all = 0..types.len();
    let constants: Vec<usize> = all.clone().filter(is_constant).collect();
    let carried: Vec<usize> = all.clone().filter(is_carried).collect();
    let steps: Vec<usize> = all.filter(|i| !is_constant(i) && !is_carried(i)).collect();

    let mut arguments = inputs.clone();
    let mut numbered = false;
    for &i in constants.iter().filter(|&&i| is_key(i)) {
        arguments[i] = folded(&mut body, inputs[i], types[i].dims(), number)?;
        numbered = true;
    }
    let outputs = match function.rule() {
        None => body.inline(function.body(), &arguments)?,
        Some(_) => body.call(function, &arguments)?,
    };
    let mut order = Vec::new();
    let mut kinds: Vec<Steps> = Vec::new();
    let mut values = Vec::new();
    for &i in constants.iter().chain(&carried).chain(&steps) {
        order.push(inputs[i]);
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
    let stacks = outputs.len().saturating_sub(carried.len());
    let scan = Scan {
        body: Function::new(function.name(), body.finish(&order, &outputs)?, None),
        length,
        constants: constants.len(),
        carried: carried.len(),
        inputs: kinds.into(),
        outputs: vec![Steps::Stacked; stacks].into(),
        reverse,
    };
    let mut states = b.push_all(scan, &values)?;
    let stacks = states.split_off(carried.len());
    Ok(Looped { states, stacks })
}

/// Keys of these dims, each folded with the same number.
///
/// # Errors
/// What are no keys, or no number.
pub(crate) fn folded(
    b: &mut Builder,
    keys: usize,
    dims: &Dims,
    number: usize,
) -> Result<usize, ProgramError> {
    let number = match dims.is_empty() {
        true => number,
        false => b.push(Broadcast(dims.clone(), Vec::new()), &[number])?,
    };
    b.push(FoldInIndex, &[keys, number])
}

/// A role for each input, and a value for each step.
fn demand(roles: &[Role], inputs: usize, length: usize) -> Result<(), ProgramError> {
    if roles.len() != inputs {
        return Err(ProgramError::InputCount {
            expected: inputs,
            got: roles.len(),
        });
    }
    for role in roles {
        match role {
            Role::Listed(ids) if ids.len() != length => {
                return Err(ProgramError::Arguments {
                    prim: "scan".to_owned(),
                    expected: format!("a value for each of {length} steps"),
                    got: format!("{} values", ids.len()),
                });
            }
            Role::Constant(_) | Role::Carried(_) | Role::Stacked(_) | Role::Listed(_) => {}
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
