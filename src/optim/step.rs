//! The program of a step: values, gradients, and the parameters after them.

use super::carried::Carried;
use super::updates::{Updates, What, settings};
use crate::graph::{Planned, Seeded, Whole};
use crate::program::{Builder, Program, ProgramError, TRANSFORM, simplify};

/// The program of a step: what is carried to the next, then the environment, the rate and the number of the update, to what is
/// carried, then the other results. Carried is what [`Updates::carried`] says, then the first `state` values of the environment, which
/// the second and following values of the graph replace.
pub(super) fn step(
    whole: &Whole,
    updates: &Updates,
    what: What,
    state: usize,
) -> Result<Program, ProgramError> {
    let joint = whole.planned(Planned::Cotangents(Seeded::First));
    let mut b = Builder::new(&TRANSFORM);
    let carried = updates.carried().map(|input| b.input(input.clone()));
    let parameters = updates.parameters.len();
    let environment = &joint.inputs()[parameters..];
    let environment: Vec<usize> = environment.iter().map(|e| b.input(e.clone())).collect();
    let settings = settings(&mut b);

    let (values, gradients) = joint.outputs().split_at(whole.values.outputs().len());
    let ready = match (updates.needs_all(), what) {
        (true, What::Update) => at_the_end(&joint, gradients),
        _ => when(&joint, gradients),
    };
    let mut next: Carried<usize> = carried.clone();
    let mut here: Vec<usize> = [carried.parameters.as_slice(), &environment].concat();
    let instructions = joint.instructions().iter().map(Some);
    for (instruction, ready) in instructions.chain([None]).zip(ready) {
        if let Some(instruction) = instruction {
            let x: Vec<usize> = instruction.arguments.iter().map(|&id| here[id]).collect();
            let label = instruction.label.clone();
            here.extend(b.push_labelled(instruction.prim.clone(), &x, label)?);
        }
        let ready: Vec<(usize, usize)> = ready.iter().map(|&i| (i, here[gradients[i]])).collect();
        if !ready.is_empty() {
            updates.add(&mut b, what, &mut next, &ready, settings)?;
        }
    }
    let values: Vec<usize> = values.iter().map(|&id| here[id]).collect();

    let (first, rest) = values.split_at(1);
    let (replaced, rest) = rest.split_at(state);
    let (replacing, environment) = environment.split_at(state);
    let inputs = [&carried.all(), replacing, environment, &settings].concat();
    let outputs = [&next.all(), replaced, first, rest].concat();
    Ok(simplify(&b.finish(&inputs, &outputs)?))
}

/// All parameters at the end.
fn at_the_end(joint: &Program, gradients: &[usize]) -> Vec<Vec<usize>> {
    let end = joint.instructions().len();
    let mut updates = vec![Vec::new(); end + 1];
    updates[end] = (0..gradients.len()).collect();
    updates
}

/// Which parameters are updated after each instruction, and at the end: as soon as the gradient is there and nothing reads the
/// parameter any more. So the gradient is still near, its memory is free for the next, and the parameter is updated in place.
fn when(joint: &Program, gradients: &[usize]) -> Vec<Vec<usize>> {
    let end = joint.instructions().len();
    let mut last = vec![end; gradients.len()];
    for (at, (first, instruction)) in joint.numbered().enumerate() {
        let results = first..first + instruction.results.len();
        for (i, gradient) in gradients.iter().enumerate() {
            if results.contains(gradient) || instruction.arguments.contains(&i) {
                last[i] = at;
            }
        }
    }
    let mut updates = vec![Vec::new(); end + 1];
    for (i, at) in last.into_iter().enumerate() {
        updates[at].push(i);
    }
    updates
}
