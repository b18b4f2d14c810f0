//! What the steps of a loop only add up, added up after it.

use super::facts::{Facts, Known};
use crate::program::ProgramError;
use crate::program::builder::{Builder, Transform};
use crate::program::input::Label;
use crate::program::primitives::Contract;
use crate::program::syntax::{Function, Prim, Scan, Steps};
use crate::program::transform::copy::{NOWHERE, copy, ids};
use crate::scalar::Binary;
use std::sync::Arc;

/// A loop that adds up less.
pub(super) struct Sums {
    /// Without the terms that are taken out, and with what they are made of as outputs of the steps.
    pub scan: Scan,
    /// Of each carried value, the terms that are taken out, and whether it is carried still.
    carried: Vec<(Vec<Term>, bool)>,
}

/// What is added in each step.
struct Term {
    what: What,
    label: Option<Arc<Label>>,
}

enum What {
    /// A product of two values of each step.
    Product(Contract, [Stack; 2]),
    /// What is computed after the loop.
    Value(Stack),
}

/// Where the values of all steps are.
#[derive(Clone, Copy)]
enum Stack {
    /// An input of the steps.
    Input(usize),
    /// An output of the steps: how many there are of those that were added before it.
    Output(usize),
}

/// The outputs that are added to a loop.
#[derive(Default)]
struct Added(Vec<usize>);

impl Added {
    fn stack(&mut self, facts: &Facts<'_>, id: usize) -> Stack {
        if let Some(input) = facts.input(id) {
            return Stack::Input(input);
        }
        let known = self.0.iter().position(|&other| other == id);
        Stack::Output(known.unwrap_or_else(|| {
            self.0.push(id);
            self.0.len() - 1
        }))
    }
}

/// How a term is added up after the loop, if it is.
fn term(facts: &Facts<'_>, after: &[bool], added: &mut Added, id: usize) -> Option<Term> {
    let is_of_steps = |id: usize| facts.known[id] != Known::Once && facts.fits(id);
    let instruction = facts.producer(id)?;
    let what = match (&instruction.prim, &*instruction.arguments) {
        (Prim::Contract(product), &[x, y])
            if facts.is_used_once(id) && is_of_steps(x) && is_of_steps(y) =>
        {
            What::Product(product.clone(), [x, y].map(|id| added.stack(facts, id)))
        }
        _ if after[id] => What::Value(added.stack(facts, id)),
        _ => return None,
    };
    let label = instruction.label.clone();
    Some(Term { what, label })
}

/// What is left of a loop, if there is anything to take out.
pub(super) fn sums(
    transform: &'static dyn Transform,
    scan: &Scan,
) -> Result<Option<Sums>, ProgramError> {
    let facts = Facts::of(scan);
    let after = facts.after(true);
    let (mut added, mut carried, mut left) = (Added::default(), Vec::new(), Vec::new());
    for i in 0..scan.carried {
        let (mut out, mut stay) = (Vec::new(), Vec::new());
        for id in facts.terms(i).unwrap_or_default() {
            match term(&facts, &after, &mut added, id) {
                Some(term) => out.push(term),
                None => stay.push(id),
            }
        }
        carried.push((out, !stay.is_empty()));
        left.push(stay);
    }
    if carried.iter().all(|(terms, _)| terms.is_empty()) {
        return Ok(None);
    }
    for (terms, is_carried) in &mut carried {
        *is_carried |= terms.is_empty();
    }

    let mut b = Builder::new(transform);
    let inputs = facts.body.inputs().iter();
    let mut inputs: Vec<usize> = inputs.map(|input| b.input(input.clone())).collect();
    let mut here = vec![NOWHERE; facts.body.size()];
    here[..inputs.len()].copy_from_slice(&inputs);
    for (first, instruction) in facts.body.numbered() {
        copy(&mut b, &mut here, first, instruction)?;
    }
    let mut outputs = Vec::new();
    for (i, (terms, is_carried)) in carried.iter().enumerate() {
        match (terms.is_empty(), is_carried) {
            (true, _) => outputs.push(here[facts.body.outputs()[i]]),
            (false, false) => {}
            (false, true) => {
                let mut sum = here[scan.constants + i];
                for &term in &left[i] {
                    sum = b.push(Binary::Add, &[sum, here[term]])?;
                }
                outputs.push(sum);
            }
        }
    }
    let count = outputs.len();
    let of_steps = facts.body.outputs()[scan.carried..].iter();
    outputs.extend(ids(
        &here,
        of_steps
            .chain(&added.0)
            .copied()
            .collect::<Vec<_>>()
            .as_slice(),
    )?);
    inputs = without(&carried, scan.constants, inputs);
    let more = added.0.iter().map(|_| Steps::Stacked);
    let scan = Scan {
        body: Function::new(scan.body.name(), b.finish(&inputs, &outputs)?, None),
        carried: count,
        outputs: scan.outputs.iter().copied().chain(more).collect(),
        ..scan.clone()
    };
    Ok(Some(Sums { scan, carried }))
}

/// What there is for each constant, carried value and input, without that of the values that are not carried any more.
fn without<T>(carried: &[(Vec<Term>, bool)], constants: usize, all: Vec<T>) -> Vec<T> {
    let is_kept = |i: usize| {
        let carried = i.checked_sub(constants).and_then(|i| carried.get(i));
        carried.is_none_or(|(_, is_carried)| *is_carried)
    };
    let kept = all.into_iter().enumerate().filter(|(i, _)| is_kept(*i));
    kept.map(|(_, entry)| entry).collect()
}

impl Sums {
    /// The arguments of what is left of a loop.
    pub fn arguments(&self, old: &Scan, x: &[usize]) -> Vec<usize> {
        without(&self.carried, old.constants, x.to_vec())
    }

    /// Writes the sums, and returns the results of the loop as it was: from its arguments, and from the results of what is left
    /// of it.
    pub fn results(
        &self,
        b: &mut Builder,
        old: &Scan,
        x: &[usize],
        mut results: Vec<usize>,
    ) -> Result<Vec<usize>, ProgramError> {
        let parts = old.parts(x);
        let added = self.scan.outputs.len() - old.outputs.len();
        let stacks = results.split_off(results.len() - added);
        let at = |stack: Stack| match stack {
            Stack::Input(input) => parts.inputs[input][0],
            Stack::Output(output) => stacks[output],
        };
        let mut rest = results.into_iter();
        let mut all = Vec::new();
        for ((terms, is_carried), start) in self.carried.iter().zip(&parts.carried) {
            let left = match is_carried {
                true => rest.next(),
                false => start.first().copied(),
            };
            // A loop has an argument for each carried value, and a result for each that is carried still.
            let (size, id) = (b.size(), all.len());
            let mut sum = left.ok_or(ProgramError::NoValue { size, id })?;
            for term in terms {
                b.set_label(term.label.clone());
                let more = match &term.what {
                    What::Product(product, [x, y]) => {
                        b.push(over_steps(product), &[at(*x), at(*y)])?
                    }
                    What::Value(stack) => b.sum_over(at(*stack), vec![0])?,
                };
                sum = b.push(Binary::Add, &[sum, more])?;
                b.set_label(None);
            }
            all.push(sum);
        }
        all.extend(rest);
        Ok(all)
    }
}

/// The sum of the products of all steps.
fn over_steps(product: &Contract) -> Contract {
    let largest = product.left.iter().chain(&product.right).max();
    let step = largest.map_or(0, |label| label + 1);
    let with = |labels: &[usize]| [&[step], labels].concat();
    Contract::new(with(&product.left), with(&product.right), &product.result)
}
