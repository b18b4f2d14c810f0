//! Before a loop: what is the same at every step, once; products by a fixed factor, for all steps at once.

use super::facts::{Facts, Known, computes};
use crate::program::ProgramError;
use crate::program::builder::Builder;
use crate::program::input::Input;
use crate::program::syntax::{Function, Scan, Steps};
use crate::program::transform::copy::{NOWHERE, copy, ids};

/// Which values are computed before the loop, which of them the loop takes then, and which it computes still: what lays out
/// elements anew may be in both.
struct Split {
    outside: Vec<bool>,
    taken: Vec<usize>,
    inside: Vec<bool>,
}

fn split(facts: &Facts<'_>) -> Split {
    let body = facts.body;
    // Whether there is room for it and for all that leads to it.
    let mut fits = vec![true; body.inputs().len()];
    for (first, instruction) in body.numbered() {
        let arguments = instruction.arguments.iter().all(|&id| fits[id]);
        let results = first..first + instruction.results.len();
        let all = arguments && results.clone().all(|id| facts.fits(id));
        fits.extend(results.map(|_| all));
    }
    let mut outside = vec![false; body.size()];
    for (first, instruction) in body.numbered().rev() {
        let results = first..first + instruction.results.len();
        let is_wanted = match facts.known[first] {
            Known::Once => computes(instruction),
            Known::EachStep => fits[first] && facts.has_fixed_factor(instruction),
            Known::InStep => false,
        };
        if is_wanted || outside[results.clone()].contains(&true) {
            outside[results].fill(true);
            for &id in &instruction.arguments {
                outside[id] = true;
            }
        }
    }
    let mut needed = vec![false; body.size()];
    for &id in body.outputs() {
        needed[id] = true;
    }
    let (mut taken, mut inside) = (Vec::new(), vec![false; body.size()]);
    for (first, instruction) in body.numbered().rev() {
        let results = first..first + instruction.results.len();
        if outside[first] && computes(instruction) {
            taken.extend(results.rev().filter(|&id| needed[id]));
        } else if needed[results.clone()].contains(&true) {
            inside[results].fill(true);
            for &id in &instruction.arguments {
                needed[id] = true;
            }
        }
    }
    taken.reverse();
    Split {
        outside,
        taken,
        inside,
    }
}

/// The loop and its arguments, with what it does not need to compute as constants and inputs of its steps.
pub(super) fn before(
    b: &mut Builder,
    scan: &Scan,
    x: &[usize],
) -> Result<(Scan, Vec<usize>), ProgramError> {
    let facts = Facts::of(scan);
    let Split {
        outside,
        taken,
        inside,
    } = split(&facts);
    if taken.is_empty() {
        return Ok((scan.clone(), x.to_vec()));
    }
    let values = computed(b, &facts, x, &outside, &taken)?;

    // The body, with inputs for what is taken.
    let mut body = Builder::new(b.transform());
    let inputs = facts.body.inputs().iter();
    let mut inputs: Vec<usize> = inputs.map(|input| body.input(input.clone())).collect();
    let mut here = vec![NOWHERE; facts.body.size()];
    here[..inputs.len()].copy_from_slice(&inputs);
    let (mut constants, mut steps) = (Vec::new(), Vec::new());
    for (&id, (value, is_stacked)) in taken.iter().zip(values) {
        here[id] = body.input(Input::new(facts.body.types()[id].clone()));
        let list = match is_stacked {
            true => &mut steps,
            false => &mut constants,
        };
        list.push((here[id], value));
    }
    for (first, instruction) in facts.body.numbered() {
        if inside[first] {
            copy(&mut body, &mut here, first, instruction)?;
        }
    }
    let outputs = ids(&here, facts.body.outputs())?;

    // The loop.
    let mut x = x.to_vec();
    let at = scan.constants..scan.constants;
    for (list, of) in [
        (&mut inputs, (|pair| pair.0) as fn(&(usize, usize)) -> usize),
        (&mut x, |pair| pair.1),
    ] {
        list.splice(at.clone(), constants.iter().map(of));
        list.extend(steps.iter().map(of));
    }
    let more = steps.iter().map(|_| Steps::Stacked);
    let scan = Scan {
        body: Function::new(scan.body.name(), body.finish(&inputs, &outputs)?, None),
        constants: scan.constants + constants.len(),
        inputs: scan.inputs.iter().copied().chain(more).collect(),
        ..scan.clone()
    };
    Ok((scan, x))
}

/// Writes what is computed before a loop, and returns the values that the loop takes, each with whether it has an entry for
/// each step.
fn computed(
    b: &mut Builder,
    facts: &Facts<'_>,
    x: &[usize],
    outside: &[bool],
    taken: &[usize],
) -> Result<Vec<(usize, bool)>, ProgramError> {
    let (scan, body) = (facts.scan, facts.body);
    let mut part = Builder::new(b.transform());
    let (mut inputs, mut arguments, mut flags) = (Vec::new(), Vec::new(), Vec::new());
    let mut here = vec![NOWHERE; body.size()];
    let parts = scan.parts(x);
    for (i, (input, group)) in body.inputs().iter().zip(parts.groups()).enumerate() {
        // What is outside needs no list: such inputs are known in their steps.
        if let (true, &[value]) = (outside[i], group.as_slice()) {
            here[i] = part.input(input.clone());
            inputs.push(here[i]);
            arguments.push(value);
            flags.push(facts.known[i] == Known::EachStep);
        }
    }
    for (first, instruction) in body.numbered() {
        if outside[first] {
            copy(&mut part, &mut here, first, instruction)?;
        }
    }
    let part = part.finish(&inputs, &ids(&here, taken)?)?;
    let (part, stacked) = b.transform().batch(&part, &flags, scan.length)?;
    let values = b.inline(&part, &arguments)?;
    Ok(values.into_iter().zip(stacked).collect())
}
