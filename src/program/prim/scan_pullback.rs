//! The pullback of a loop: a loop that also stacks residuals, and one the other way.

use super::derived::{spread, vjp_of};
use super::steps::Parts;
use crate::program::ProgramError;
use crate::program::builder::Builder;
use crate::program::primitive::{Change, Pullback};
use crate::program::syntax::{Derived, Function, Scan, Steps};
use crate::tensor::Type;
use std::sync::Arc;

/// Where the value of a residual of a loop's body comes from.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Residual {
    /// A constant of the loop.
    Constant(usize),
    /// An input for the steps.
    Input(usize),
    /// A value of each step, stacked by the forward loop.
    Step(usize),
}

/// How a loop is split in two.
pub(super) struct Reversed {
    derived: Arc<Derived>,
    /// For which inputs of the body a cotangent is computed.
    wanted: Vec<bool>,
    /// For which outputs of the body a cotangent is given.
    given: Vec<bool>,
    residuals: Vec<Residual>,
    /// The ids, in the forward program, of the values that the forward loop stacks.
    kept: Vec<usize>,
}

impl Scan {
    pub(super) fn reversed(
        &self,
        b: &Builder,
        wanted: &[bool],
        given: &[bool],
    ) -> Result<Reversed, ProgramError> {
        let any = |group: &Vec<bool>| group.iter().any(|&flag| flag);
        let mut wanted: Vec<bool> = self.parts(wanted).groups().map(any).collect();
        let transform = b.transform();
        self.close(&mut wanted, |wanted| {
            Ok(transform.active(self.body.body(), wanted))
        })?;
        let (c, k) = (self.constants, self.carried);
        // Of a carried value that has a cotangent, each step takes one.
        let mut flags = wanted[c..c + k].to_vec();
        let mut rest = given[k..].iter();
        for &steps in &self.outputs {
            let group: Vec<bool> = rest.by_ref().take(self.width(steps)).copied().collect();
            flags.push(any(&group));
        }
        let derived = vjp_of(b, &self.body, &wanted, &flags)?;
        let forward = &derived.programs[0];
        let (mut residuals, mut kept) = (Vec::new(), Vec::new());
        for &id in &forward.outputs()[k + self.outputs.len()..] {
            residuals.push(if id < c {
                Residual::Constant(id)
            } else if (c + k..forward.inputs().len()).contains(&id) {
                Residual::Input(id - c - k)
            } else {
                kept.push(id);
                Residual::Step(kept.len() - 1)
            });
        }
        Ok(Reversed {
            derived,
            wanted,
            given: flags,
            residuals,
            kept,
        })
    }
}

impl Reversed {
    /// The loop that also stacks residuals; its results, and all residuals.
    pub(super) fn forward(
        &self,
        scan: &Scan,
        b: &mut Builder,
        x: &Parts<usize>,
    ) -> Result<(Vec<usize>, Vec<usize>), ProgramError> {
        let mut program = self.derived.programs[0].clone();
        let results = scan.carried + scan.outputs.len();
        let outputs = [&program.outputs()[..results], &self.kept].concat();
        program.set_outputs(&outputs)?;
        let name = format!("forward of {}", scan.body.name());
        let kept = vec![Steps::Stacked; self.kept.len()];
        let forward = Scan {
            body: Function::new(&name, program, None),
            outputs: scan.outputs.iter().copied().chain(kept).collect(),
            ..scan.clone()
        };
        let arguments: Vec<usize> = x.groups().flatten().copied().collect();
        let mut y = b.push_all(forward, &arguments)?;
        let stacked = y.split_off(y.len() - self.kept.len());
        let mut residuals = Vec::new();
        for residual in &self.residuals {
            match *residual {
                Residual::Constant(i) => residuals.extend(&x.constants[i]),
                Residual::Input(i) => residuals.extend(&x.inputs[i]),
                Residual::Step(i) => residuals.push(stacked[i]),
            }
        }
        Ok((y, residuals))
    }

    /// The loop the other way: it carries the cotangents of the carried values, and the sums of those of the constants.
    pub(super) fn backward(
        &self,
        scan: &Scan,
        b: &mut Builder,
        at: &Pullback<'_>,
        dy: &[Change],
    ) -> Result<Vec<Change>, ProgramError> {
        let (c, k) = (scan.constants, scan.carried);
        let types = scan.body.body().input_types();
        let forward = &self.derived.programs[0];
        let outputs = scan.body.body().output_types();
        let chosen = |range: core::ops::Range<usize>| -> Vec<usize> {
            range.filter(|&i| self.wanted[i]).collect()
        };
        let (constants, carried, inputs) =
            (chosen(0..c), chosen(c..c + k), chosen(c + k..types.len()));
        let given: Vec<usize> = (k..outputs.len()).filter(|&i| self.given[i]).collect();

        // The body.
        let mut body = Builder::new(b.transform());
        let residual_types = &forward.output_types()[outputs.len()..];
        let mut residuals = vec![0; residual_types.len()];
        let is_constant = |i: &usize| matches!(self.residuals[*i], Residual::Constant(_));
        let (outside, inside): (Vec<usize>, Vec<usize>) =
            (0..residuals.len()).partition(is_constant);
        let mut all = Vec::new();
        let mut input = |body: &mut Builder, ty: &Type| {
            let id = body.input(ty.clone().into());
            all.push(id);
            id
        };
        for &i in &outside {
            residuals[i] = input(&mut body, &residual_types[i]);
        }
        let dcarried: Vec<_> = carried
            .iter()
            .map(|&i| input(&mut body, &types[i]))
            .collect();
        let sums: Vec<_> = constants
            .iter()
            .map(|&i| input(&mut body, &types[i]))
            .collect();
        for &i in &inside {
            residuals[i] = input(&mut body, &residual_types[i]);
        }
        let dsteps: Vec<_> = given
            .iter()
            .map(|&i| input(&mut body, &outputs[i]))
            .collect();
        let name = format!("backward of {}", scan.body.name());
        let arguments = [residuals, dcarried, dsteps].concat();
        let dx = body.apply(&name, &self.derived.programs[1], &arguments)?;
        let (dconstants, rest) = dx.split_at(constants.len());
        let mut results = rest[..carried.len()].to_vec();
        for (&sum, &more) in sums.iter().zip(dconstants) {
            results.push(body.push(crate::scalar::Binary::Add, &[sum, more])?);
        }
        results.extend(&rest[carried.len()..]);
        let body = Function::new(&name, body.finish(&all, &results)?, None);

        // The loop.
        let mut widths = self.residuals.iter().map(|residual| match *residual {
            Residual::Constant(_) | Residual::Step(_) => Steps::Stacked,
            Residual::Input(i) => scan.inputs[i],
        });
        let mut values = at.residuals.iter().copied();
        let groups: Vec<(Steps, Vec<usize>)> = widths
            .by_ref()
            .map(|steps| (steps, values.by_ref().take(scan.width(steps)).collect()))
            .collect();
        let mut arguments: Vec<usize> = outside.iter().flat_map(|&i| groups[i].1.clone()).collect();
        for &i in &carried {
            arguments.push(b.change_or_zeros(dy[i - c], at.y[i - c])?);
        }
        for &i in &constants {
            arguments.push(b.zeros(&types[i])?);
        }
        arguments.extend(inside.iter().flat_map(|&i| groups[i].1.clone()));
        let mut first = k;
        for (i, &steps) in scan.outputs.iter().enumerate() {
            let range = first..first + scan.width(steps);
            first = range.end;
            if self.given[k + i] {
                for at_y in range {
                    arguments.push(b.change_or_zeros(dy[at_y], at.y[at_y])?);
                }
            }
        }
        let backward = Scan {
            body,
            length: scan.length,
            constants: outside.len(),
            carried: carried.len() + constants.len(),
            inputs: inside
                .iter()
                .map(|&i| groups[i].0)
                .chain(given.iter().map(|&i| scan.outputs[i - k]))
                .collect(),
            outputs: inputs.iter().map(|&i| scan.inputs[i - c - k]).collect(),
            reverse: !scan.reverse,
        };
        let results = b.push_all(backward, &arguments)?;
        let mut results = results.into_iter();
        let dcarried: Vec<_> = results.by_ref().take(carried.len()).collect();
        let dconstants: Vec<_> = results.by_ref().take(constants.len()).collect();
        let mut dx = spread(&self.wanted[..c], dconstants);
        dx.extend(spread(&self.wanted[c..c + k], dcarried));
        for (i, &steps) in scan.inputs.iter().enumerate() {
            match self.wanted[c + k + i] {
                true => dx.extend(results.by_ref().take(scan.width(steps)).map(Some)),
                false => dx.extend(vec![None; scan.width(steps)]),
            }
        }
        Ok(dx)
    }
}
