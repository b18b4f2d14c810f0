//! After a loop: products by a fixed factor that no later step needs, for all steps at once, with what follows from them.

use super::facts::{Facts, Known};
use crate::program::ProgramError;
use crate::program::builder::{Builder, Transform};
use crate::program::syntax::{Function, Program, Scan, Steps};
use crate::program::transform::copy::{NOWHERE, copy, ids};

/// A loop that computes less.
pub(super) struct After {
    /// Without the outputs that are computed after it, and with what they are made of as outputs of the steps.
    pub scan: Scan,
    /// What is computed after it, for all steps.
    part: Program,
    /// Where the inputs of that are.
    inputs: Vec<Place>,
    /// Of each output of the steps, whether it is computed after the loop.
    is_after: Vec<bool>,
}

/// Where something is that is used after the loop.
enum Place {
    /// A constant, or a carried value that no step changes: an argument, by the number of the body's input.
    Fixed(usize),
    /// An input of the steps, by its number.
    Input(usize),
    /// An output of the steps: how many there are of those that were added before it.
    Output(usize),
}

/// What is left of a loop, if there is anything to take out.
pub(super) fn after(
    transform: &'static dyn Transform,
    scan: &Scan,
) -> Result<Option<After>, ProgramError> {
    let facts = Facts::of(scan);
    let after = facts.after(false);
    let (carried, of_step) = facts.body.outputs().split_at(scan.carried);
    let is_after: Vec<bool> = of_step.iter().map(|&id| after[id]).collect();
    if !is_after.contains(&true) {
        return Ok(None);
    }
    // What is written after the loop: also what is the same at every step, where that is no input. It is a literal then, or
    // lays out elements anew, since the rest of it was taken before the loop.
    let mut written = after;
    let inputs = facts.body.inputs().len();
    for (first, instruction) in facts.body.numbered().rev() {
        if written[first] {
            for &id in &instruction.arguments {
                written[id] |= id >= inputs && facts.known[id] == Known::Once;
            }
        }
    }

    let mut b = Builder::new(transform);
    let (mut inputs, mut places, mut flags) = (Vec::new(), Vec::new(), Vec::new());
    let mut here = vec![NOWHERE; facts.body.size()];
    let mut added = Vec::new();
    for (first, instruction) in facts.body.numbered().filter(|(first, _)| written[*first]) {
        for &id in &instruction.arguments {
            if here[id] != NOWHERE {
                continue;
            }
            // What is not written, and not seen before, is given.
            here[id] = b.input(facts.body.types()[id].clone().into());
            inputs.push(here[id]);
            flags.push(facts.known[id] != Known::Once);
            places.push(match facts.input(id) {
                _ if facts.known[id] == Known::Once => Place::Fixed(id),
                Some(input) => Place::Input(input),
                None => {
                    added.push(id);
                    Place::Output(added.len() - 1)
                }
            });
        }
        copy(&mut b, &mut here, first, instruction)?;
    }
    let outputs = of_step.iter().zip(&is_after);
    let outputs = outputs.filter(|(_, is_after)| **is_after);
    let outputs: Vec<usize> = outputs.map(|(&id, _)| id).collect();
    let part = b.finish(&inputs, &ids(&here, &outputs)?)?;
    // All of it follows from products of values of the steps, so that all of its outputs have the axis of the steps.
    let (part, _) = transform.batch(&part, &flags, scan.length)?;

    let stay = of_step.iter().zip(&scan.outputs).zip(&is_after);
    let stay = stay.filter(|(_, is_after)| !**is_after).map(|(of, _)| of);
    let stay = stay.map(|(&id, &steps)| (id, steps));
    let of_step: Vec<(usize, Steps)> = stay
        .chain(added.iter().map(|&id| (id, Steps::Stacked)))
        .collect();
    let mut body = facts.body.clone();
    let results = carried.iter().copied();
    let results: Vec<usize> = results.chain(of_step.iter().map(|of| of.0)).collect();
    body.set_outputs(&results)?;
    let scan = Scan {
        body: Function::new(scan.body.name(), body, None),
        outputs: of_step.iter().map(|of| of.1).collect(),
        ..scan.clone()
    };
    Ok(Some(After {
        scan,
        part,
        inputs: places,
        is_after,
    }))
}

impl After {
    /// Writes what is computed after the loop, and returns the results of the loop as it was: from its arguments, and from the
    /// results of what is left of it.
    pub fn results(
        &self,
        b: &mut Builder,
        old: &Scan,
        x: &[usize],
        mut results: Vec<usize>,
    ) -> Result<Vec<usize>, ProgramError> {
        let inputs = old.parts(x).inputs;
        let is_added = |place: &&Place| matches!(place, Place::Output(_));
        let added = self.inputs.iter().filter(is_added).count();
        let stacks = results.split_off(results.len() - added);
        let arguments = self.inputs.iter().map(|place| match *place {
            // Constants and carried values are one argument each, and come first.
            Place::Fixed(id) => x[id],
            Place::Input(input) => inputs[input][0],
            Place::Output(output) => stacks[output],
        });
        let mut computed = b
            .inline(&self.part, &arguments.collect::<Vec<_>>())?
            .into_iter();
        let mut rest = results.into_iter();
        let mut all: Vec<usize> = rest.by_ref().take(old.carried).collect();
        for (&steps, &is_after) in old.outputs.iter().zip(&self.is_after) {
            match is_after {
                true => all.extend(computed.next()),
                false => all.extend(rest.by_ref().take(old.width(steps))),
            }
        }
        Ok(all)
    }
}
