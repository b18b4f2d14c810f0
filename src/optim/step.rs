//! The program of a step: values, gradients, and the parameters after them.

use super::optimiser::Optimiser;
use crate::graph::{Float, Planned, Seeded, Whole};
use crate::program::{
    Broadcast, Builder, Input, Program, ProgramError, Reshape, TRANSFORM, batch, simplify,
};
use crate::tensor::{Dims, Type};
use std::sync::Arc;

/// The program of a step: what is carried to the next, then the environment, the rate and the number of the step, to what is
/// carried, then the other results. Carried are the parameters; what the optimiser keeps of them, in as many runs; and the first
/// `state` values of the environment, which the second and following values of the graph replace.
pub(super) fn step<A: Float>(
    whole: &Whole,
    parameters: usize,
    optimiser: &Optimiser<A>,
    state: usize,
) -> Result<Program, ProgramError> {
    let joint = whole.planned(Planned::Cotangents(Seeded::First));
    let mut b = Builder::new(&TRANSFORM);
    let (parameters, environment) = joint.inputs().split_at(parameters);
    let p: Vec<usize> = parameters.iter().map(|p| b.input(p.clone())).collect();
    let mut kept: Vec<Vec<usize>> = Vec::new();
    for input in &optimiser.rule().inputs()[2..][..optimiser.kept()] {
        let of = |p: &Input| Input {
            name: name_of(&input.name, &p.name),
            ty: p.ty.clone(),
        };
        kept.push(parameters.iter().map(|p| b.input(of(p))).collect());
    }
    let environment: Vec<usize> = environment.iter().map(|e| b.input(e.clone())).collect();
    let settings = ["rate", "step"].map(|name| {
        b.input(Input {
            name: name.into(),
            ty: Type::scalar(Dims::default()),
        })
    });

    let arguments: Vec<usize> = p.iter().chain(&environment).copied().collect();
    let (values, gradients) = joint.outputs().split_at(whole.values.outputs().len());
    let updates = when(&joint, gradients);
    let mut next: Vec<Vec<usize>> = vec![vec![0; p.len()]; 1 + kept.len()];
    let mut here = arguments;
    let instructions = joint.instructions().iter().map(Some);
    for (instruction, updates) in instructions.chain([None]).zip(updates) {
        if let Some(instruction) = instruction {
            let x: Vec<usize> = instruction.arguments.iter().map(|&id| here[id]).collect();
            let label = instruction.label.clone();
            here.extend(b.push_labelled(instruction.prim.clone(), &x, label)?);
        }
        for i in updates {
            let mut x = vec![p[i], here[gradients[i]]];
            x.extend(kept.iter().map(|of| of[i]));
            let updated = updated(&mut b, optimiser.rule(), &x, settings)?;
            for (next, y) in next.iter_mut().zip(updated) {
                next[i] = y;
            }
        }
    }
    let values: Vec<usize> = values.iter().map(|&id| here[id]).collect();

    let (first, rest) = values.split_at(1);
    let (replaced, rest) = rest.split_at(state);
    let (replacing, environment) = environment.split_at(state);
    let carried = p.iter().chain(kept.iter().flatten()).chain(replacing);
    let inputs: Vec<usize> = carried
        .chain(environment)
        .chain(&settings)
        .copied()
        .collect();
    let outputs = [
        next.concat(),
        replaced.to_vec(),
        first.to_vec(),
        rest.to_vec(),
    ]
    .concat();
    Ok(simplify(&b.finish(&inputs, &outputs)?))
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

/// What is kept of a parameter: `m of w.weight`.
fn name_of(kept: &str, parameter: &str) -> Arc<str> {
    match (kept, parameter) {
        ("", _) | (_, "") => "".into(),
        _ => format!("{kept} of {parameter}").into(),
    }
}

/// The rule for each number of some tensors of one shape.
fn updated(
    b: &mut Builder,
    rule: &Program,
    x: &[usize],
    settings: [usize; 2],
) -> Result<Vec<usize>, ProgramError> {
    let dims = b.dims(x[0])?;
    let mut arguments = x.to_vec();
    arguments.extend(&settings[..rule.inputs().len() - x.len()]);
    if dims.is_empty() {
        return b.inline(rule, &arguments);
    }
    let flat = Dims::new(&[dims.count()]);
    for id in &mut arguments[..x.len()] {
        *id = b.push(Reshape(flat.clone()), &[*id])?;
    }
    let of_each: Vec<bool> = (0..arguments.len()).map(|i| i < x.len()).collect();
    let all = batch(rule, &of_each, dims.count())?;
    let y = b.inline(&all.program, &arguments)?;
    let mut out = Vec::with_capacity(y.len());
    for (id, batched) in y.into_iter().zip(all.batched) {
        out.push(match batched {
            true => b.push(Reshape(dims.clone()), &[id])?,
            false => b.push(Broadcast(dims.clone(), Vec::new()), &[id])?,
        });
    }
    Ok(out)
}
