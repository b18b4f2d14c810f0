//! A loop written out: what [`looped`](super::looped) has to compute.

use super::ProgramError;
use super::builder::Builder;
use super::loops::{Looped, Role};
use super::primitives::{Concat, FoldIn, Reshape, Slice};
use super::syntax::{Call, Function};
use crate::tensor::{Dims, Type};
use std::sync::Arc;

/// Writes a call of a function for each of these steps, in the order in which they run. They are numbered from 0 on, and
/// each is one of them: entries, stacks, and the numbers that keys are folded with, are by number.
///
/// # Errors
/// Roles that do not fit to the function or to the steps, or values that do not fit to the roles; steps that are not all
/// numbers; and a stack of no steps.
pub(crate) fn unrolled(
    b: &mut Builder,
    function: &Arc<Function>,
    roles: &[Role],
    steps: &[usize],
) -> Result<Looped, ProgramError> {
    let types = function.body().input_types();
    if roles.len() != types.len() {
        return Err(ProgramError::InputCount {
            expected: types.len(),
            got: roles.len(),
        });
    }
    let wrong = |got: String| ProgramError::Arguments {
        prim: "scan".to_owned(),
        expected: format!("each of {} steps once, with its values", steps.len()),
        got,
    };
    let mut states: Vec<usize> = roles
        .iter()
        .filter_map(|role| match role {
            Role::Carried(id) => Some(*id),
            Role::Constant(_) | Role::Stacked(_) | Role::Listed(_) => None,
        })
        .collect();
    let carried = states.len();
    let mut given: Vec<Option<Vec<usize>>> = vec![None; steps.len()];
    for &step in steps {
        let mut before = states.iter();
        let mut arguments = Vec::with_capacity(roles.len());
        for (role, ty) in roles.iter().zip(types) {
            arguments.push(match role {
                Role::Constant(id) if matches!(ty, Type::Key(_)) => {
                    b.push(FoldIn(step as u32), &[*id])?
                }
                Role::Constant(id) => *id,
                Role::Carried(_) => *before
                    .next()
                    .ok_or_else(|| wrong("fewer states".to_owned()))?,
                Role::Listed(ids) => *ids
                    .get(step)
                    .ok_or_else(|| wrong(format!("no value for step {step}")))?,
                Role::Stacked(id) => {
                    let (axis, start, len) = (0, step, 1);
                    let part = b.push(Slice { axis, start, len }, &[*id])?;
                    b.push(Reshape(ty.dims().clone()), &[part])?
                }
            });
        }
        let call = Call {
            function: Arc::clone(function),
            checkpoint: false,
        };
        states = b.push_all(call, &arguments)?;
        let of_step = states.split_off(carried.min(states.len()));
        match given.get_mut(step) {
            Some(place @ None) => *place = Some(of_step),
            Some(Some(_)) | None => return Err(wrong(format!("step {step}"))),
        }
    }
    let given: Vec<Vec<usize>> = given.into_iter().flatten().collect();
    let stacks = function.body().outputs().len().saturating_sub(carried);
    let mut stack = |output: usize| {
        let row = |of_step: &Vec<usize>| {
            let id = of_step[output];
            let dims = b.dims(id)?;
            let row: Dims = core::iter::once(1).chain(dims.iter().copied()).collect();
            b.push(Reshape(row), &[id])
        };
        let rows = given.iter().map(row).collect::<Result<Vec<_>, _>>()?;
        b.push(Concat(0), &rows)
    };
    Ok(Looped {
        stacks: (0..stacks).map(&mut stack).collect::<Result<_, _>>()?,
        states,
    })
}
