//! Loops: their tangents, and their batches. Their pullback is in a file of its own.

use super::derived::{batch_of, changes_at, jvp_of, spread};
use crate::program::builder::Builder;
use crate::program::parameter::Parameter;
use crate::program::primitive::{
    AtZeros, Batched, Change, Degrees, Fault, Interpreter, Primitive, Pullback, Site,
};
use crate::program::syntax::{Function, Prim, Scan, Steps};
use crate::program::{Degree, ProgramError};
use crate::scalar::{Level, Semiring};
use crate::tensor::{Type, Value};
use std::sync::Arc;

impl Primitive for Scan {
    fn name(&self) -> String {
        "scan".to_owned()
    }
    fn parameters(&self) -> Vec<Parameter> {
        let steps = |all: &[Steps]| {
            let all: Vec<usize> = all
                .iter()
                .map(|&steps| usize::from(steps == Steps::Listed))
                .collect();
            Parameter::List(all)
        };
        let mut all = vec![
            Parameter::Function(Arc::clone(&self.body)),
            self.length.into(),
            self.constants.into(),
            self.carried.into(),
            steps(&self.inputs),
            steps(&self.outputs),
        ];
        if self.reverse {
            all.push("reverse".into());
        }
        all
    }
    fn parse(name: &str, parameters: &[Parameter]) -> Option<Self> {
        let steps = |list: &Parameter| -> Option<Box<[Steps]>> {
            let of = |&number: &usize| match number {
                0 => Some(Steps::Stacked),
                1 => Some(Steps::Listed),
                _ => None,
            };
            list.list()?.iter().map(of).collect()
        };
        let (
            "scan",
            [
                Parameter::Function(body),
                length,
                constants,
                carried,
                inputs,
                outputs,
                rest @ ..,
            ],
        ) = (name, parameters)
        else {
            return None;
        };
        let reverse = match rest {
            [] => false,
            [Parameter::Word(word)] if word == "reverse" => true,
            _ => return None,
        };
        Some(Scan {
            body: Arc::clone(body),
            length: length.number()?,
            constants: constants.number()?,
            carried: carried.number()?,
            inputs: steps(inputs)?,
            outputs: steps(outputs)?,
            reverse,
        })
    }
    fn types(&self, x: &[Type]) -> Result<Vec<Type>, String> {
        self.result_types(x)
    }
    fn level(&self) -> Level {
        self.body.body().level()
    }
    fn run<A: Semiring>(
        &self,
        x: &[&Value<A>],
        y: &[Type],
        interpreter: &impl Interpreter<A>,
    ) -> Result<Vec<Value<A>>, Fault> {
        self.run_steps(x, y, interpreter)
    }
    fn jvp(
        &self,
        b: &mut Builder,
        x: &[usize],
        dx: &[Change],
    ) -> Result<(Vec<usize>, Vec<Change>), ProgramError> {
        let (parts, changes) = (self.parts(x), self.parts(dx));
        if dx.iter().all(Option::is_none) {
            let y = b.push_all(self.clone(), x)?;
            let none = vec![None; y.len()];
            return Ok((y, none));
        }
        let some = |group: &Vec<Change>| group.iter().any(Option::is_some);
        let mut active: Vec<bool> = changes.groups().map(some).collect();
        self.close(&mut active, |active| {
            Ok(b.transform().active(self.body.body(), active))
        })?;
        let (c, k) = (self.constants, self.carried);
        let derived = jvp_of(b, &self.body, &active)?;

        // The body: constants, their tangents, the carried, theirs, the inputs, theirs.
        let mut body = Builder::new(b.transform());
        let types = self.body.body().input_types();
        let (mut primals, mut tangents, mut inputs) = (Vec::new(), Vec::new(), Vec::new());
        for range in [0..c, c..c + k, c + k..types.len()] {
            for i in range.clone() {
                primals.push(body.input(types[i].clone().into()));
            }
            inputs.extend(&primals[range.clone()]);
            for i in range.filter(|&i| active[i]) {
                tangents.push(body.input(types[i].clone().into()));
                inputs.extend(tangents.last());
            }
        }
        let name = format!("jvp of {}", self.body.name());
        let all = body.apply(&name, &derived.programs[0], &[primals, tangents].concat())?;
        let (values, given) = all.split_at(k + self.outputs.len());
        let given = spread(&derived.flags, given.iter().copied());
        let mut outputs = values[..k].to_vec();
        for i in (0..k).filter(|&i| active[c + i]) {
            outputs.push(body.change_or_zeros(given[i], values[i])?);
        }
        outputs.extend(&values[k..]);
        outputs.extend(given[k..].iter().flatten());
        let body = Function::new(&name, body.finish(&inputs, &outputs)?, None);

        // The loop.
        let count = |range: core::ops::Range<usize>| range.filter(|&i| active[i]).count();
        let with = |steps: &[Steps], flags: &[bool]| -> Box<[Steps]> {
            let more = steps.iter().zip(flags).filter(|(_, flag)| **flag);
            steps
                .iter()
                .chain(more.map(|(steps, _)| steps))
                .copied()
                .collect()
        };
        let (active_carried, active_outputs) = (count(c..c + k), &derived.flags[k..]);
        let scan = Scan {
            body,
            length: self.length,
            constants: c + count(0..c),
            carried: k + active_carried,
            inputs: with(&self.inputs, &active[c + k..]),
            outputs: with(&self.outputs, active_outputs),
            reverse: self.reverse,
        };
        let mut arguments = Vec::new();
        let kinds = [
            (&parts.constants, &changes.constants, 0),
            (&parts.carried, &changes.carried, c),
            (&parts.inputs, &changes.inputs, c + k),
        ];
        for (values, changes, first) in kinds {
            arguments.extend(values.iter().flatten());
            for (i, (values, changes)) in values.iter().zip(changes).enumerate() {
                if active[first + i] {
                    arguments.extend(changes_at(b, values, changes, &vec![true; values.len()])?);
                }
            }
        }
        let results = b.push_all(scan, &arguments)?;
        let mut results = results.into_iter();
        let mut take = |n: usize| -> Vec<usize> { results.by_ref().take(n).collect() };
        let mut y = take(k);
        let mut dy = spread(&active[c..c + k], take(active_carried));
        y.extend(take(
            self.outputs.iter().map(|&steps| self.width(steps)).sum(),
        ));
        for (&steps, &has) in self.outputs.iter().zip(active_outputs) {
            match has {
                true => dy.extend(take(self.width(steps)).into_iter().map(Some)),
                false => dy.extend(vec![None; self.width(steps)]),
            }
        }
        Ok((y, dy))
    }
    fn split(
        &self,
        b: &mut Builder,
        x: &[usize],
        wanted: &[bool],
        given: &[bool],
    ) -> Result<(Vec<usize>, Vec<usize>), ProgramError> {
        let reverse = self.reversed(b, wanted, given)?;
        reverse.forward(self, b, &self.parts(x))
    }
    fn vjp(
        &self,
        b: &mut Builder,
        at: &Pullback<'_>,
        dy: &[Change],
    ) -> Result<Vec<Change>, ProgramError> {
        let reverse = self.reversed(b, at.wanted, at.given)?;
        reverse.backward(self, b, at, dy)
    }
    fn batch(
        &self,
        b: &mut Builder,
        x: &[Batched],
        size: usize,
    ) -> Result<Vec<Batched>, ProgramError> {
        let parts = self.parts(x);
        let mut flags: Vec<bool> = parts
            .groups()
            .map(|group| group.iter().any(|x| x.batched))
            .collect();
        self.close(&mut flags, |flags| {
            Ok(batch_of(b, &self.body, flags, size)?.flags.clone())
        })?;
        let derived = batch_of(b, &self.body, &flags, size)?;
        let (c, k) = (self.constants, self.carried);

        let program = &derived.programs[0];
        let mut body = Builder::new(b.transform());
        let inputs: Vec<_> = program
            .inputs()
            .iter()
            .map(|x| body.input(x.clone()))
            .collect();
        let mut outputs = body.inline(program, &inputs)?;
        for i in (0..k).filter(|&i| flags[c + i] && !derived.flags[i]) {
            outputs[i] = body.repeated(outputs[i], size)?;
        }
        let body = Function::new(self.body.name(), body.finish(&inputs, &outputs)?, None);

        let mut arguments = Vec::with_capacity(x.len());
        for (i, group) in parts.groups().enumerate() {
            let stacked = i >= c + k && self.inputs[i - c - k] == Steps::Stacked;
            for x in group {
                arguments.push(match (flags[i], x.batched, stacked) {
                    (false, _, _) => x.id,
                    (true, true, false) => x.id,
                    (true, false, false) => b.repeated(x.id, size)?,
                    // The steps come first.
                    (true, _, true) => swapped(b, x.id)?,
                });
            }
        }
        let scan = Scan {
            body,
            ..self.clone()
        };
        let results = b.push_all(scan, &arguments)?;
        let mut all = Vec::with_capacity(results.len());
        let mut results = results.into_iter();
        for (i, id) in results.by_ref().take(k).enumerate() {
            all.push(Batched {
                id,
                batched: flags[c + i],
            });
        }
        for (i, &steps) in self.outputs.iter().enumerate() {
            for id in results.by_ref().take(self.width(steps)) {
                let batched = derived.flags[k + i];
                let id = match batched && steps == Steps::Stacked {
                    true => swapped(b, id)?,
                    false => id,
                };
                all.push(Batched { id, batched });
            }
        }
        Ok(all)
    }
    fn degrees(&self, x: &[Degree], _site: &Site<'_>) -> Degrees {
        self.step_degrees(x)
    }
    fn multiply_adds(&self, _site: &Site<'_>) -> u64 {
        self.body
            .body()
            .multiply_adds()
            .saturating_mul(self.length as u64)
    }
    fn inside(&self) -> Option<&Function> {
        Some(&self.body)
    }
    fn bytes_inside(&self, site: &Site<'_>, scalar: usize) -> u64 {
        self.step_bytes(site.y, scalar)
    }
    fn is_drawn(&self) -> bool {
        false
    }

    fn at_zeros(&self, _zero: &[bool]) -> AtZeros {
        AtZeros::Computed
    }

    fn mutants(&self, _site: &Site<'_>) -> Vec<(String, Prim)> {
        let mutants = self.body.body().mutants().into_iter();
        let scan = |program| Scan {
            body: Function::new(self.body.name(), program, None),
            ..self.clone()
        };
        let mut all: Vec<(String, Prim)> = mutants
            .map(|mutant| {
                (
                    format!("inside, {}", mutant.mistake),
                    scan(mutant.program).into(),
                )
            })
            .collect();
        if self.length > 1 {
            let other = Scan {
                reverse: !self.reverse,
                ..self.clone()
            };
            all.push(("direction".to_owned(), other.into()));
        }
        all
    }
}

/// A value with its first two axes exchanged.
fn swapped(b: &mut Builder, id: usize) -> Result<usize, ProgramError> {
    let rank = b.ty(id)?.dims().len();
    let axes = [1, 0].into_iter().chain(2..rank).collect();
    b.push(crate::program::primitives::Permute(axes), &[id])
}
