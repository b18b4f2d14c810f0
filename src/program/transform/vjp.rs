//! Reverse mode: a program split into its values with what the pullback needs, and the pullback.

use super::activity::{active, demand, reached};
use crate::program::ProgramError;
use crate::program::builder::{Builder, Transform};
use crate::program::input::Input;
use crate::program::primitive::{Change, Pullback};
use crate::program::syntax::Program;
use std::sync::Arc;

/// A program and its pullback: see [`vjp`](crate::program::vjp()).
#[derive(Clone, Debug)]
pub struct Vjp {
    /// `x… -> y… r…`: the outputs, then the residuals.
    pub forward: Program,
    /// `r… dy… -> dx…`: from the residuals and the cotangents of the given outputs to those of the wanted inputs.
    pub backward: Program,
}

impl Vjp {
    /// How many residuals there are.
    pub fn residuals(&self, outputs: usize) -> usize {
        self.forward.outputs().len() - outputs
    }
}

/// What stands for each value of the program in the two halves.
struct Halves<'p> {
    program: &'p Program,
    forward: Builder,
    backward: Builder,
    /// Each value in the forward half.
    here: Vec<usize>,
    /// Values of the forward half as inputs of the backward half: these, and their ids there.
    residuals: Vec<(usize, usize)>,
    /// For each value of the forward half, its id in the backward half.
    there: Vec<Option<usize>>,
}

impl Halves<'_> {
    /// A value of the forward half, in the backward half.
    fn residual(&mut self, id: usize) -> Result<usize, ProgramError> {
        if self.there.len() < self.forward.size() {
            self.there.resize(self.forward.size(), None);
        }
        if let Some(there) = self.there[id] {
            return Ok(there);
        }
        let there = match self.forward.constant(id) {
            // What takes no arguments is made again.
            Some(prim) => self.backward.push(prim, &[])?,
            None => {
                let there = self
                    .backward
                    .input(Input::new(self.forward.ty(id)?.clone()));
                self.residuals.push((id, there));
                there
            }
        };
        self.there[id] = Some(there);
        Ok(there)
    }

    fn all_residuals(&mut self, ids: &[usize]) -> Result<Vec<usize>, ProgramError> {
        ids.iter().map(|&id| self.residual(id)).collect()
    }
}

/// [`vjp`](crate::program::vjp()), with these transformations for calls and loops.
pub(super) fn halves(
    program: &Program,
    wanted: &[bool],
    given: &[bool],
    transform: &'static dyn Transform,
) -> Result<Vjp, ProgramError> {
    demand(wanted, program.inputs().len(), "inputs")?;
    demand(given, program.outputs().len(), "outputs")?;
    let active = active(program, wanted);
    let reached = reached(program, &active, given);
    let mut b = Halves {
        program,
        forward: Builder::new(transform),
        backward: Builder::new(transform),
        here: Vec::with_capacity(program.size()),
        residuals: Vec::new(),
        there: Vec::new(),
    };

    // Forward. What each instruction leaves, where it is differentiated.
    let inputs: Vec<_> = program
        .inputs()
        .iter()
        .map(|x| b.forward.input(x.clone()))
        .collect();
    b.here.extend(&inputs);
    let mut left = Vec::with_capacity(program.instructions().len());
    for (first, instruction) in program.numbered() {
        let x: Vec<_> = instruction.arguments.iter().map(|&id| b.here[id]).collect();
        let range = first..first + instruction.results.len();
        if reached[range.clone()].iter().any(|&flag| flag) {
            let wanted: Vec<_> = instruction.arguments.iter().map(|&id| active[id]).collect();
            b.forward.set_label(instruction.label.clone());
            let (y, residuals) =
                instruction
                    .prim
                    .split(&mut b.forward, &x, &wanted, &reached[range])?;
            b.forward.set_label(None);
            b.here.extend(y);
            left.push(Some((wanted, residuals)));
        } else {
            let label = instruction.label.clone();
            let y = b
                .forward
                .push_labelled(instruction.prim.clone(), &x, label)?;
            b.here.extend(y);
            left.push(None);
        }
    }

    // Backward.
    let mut cotangents: Vec<Change> = vec![None; program.size()];
    let mut seeds = Vec::new();
    for (&id, &flag) in program.outputs().iter().zip(given) {
        let ty = program.ty(id)?;
        if flag && ty.is_scalar() {
            let seed = b.backward.input(Input::new(ty.clone()));
            seeds.push(seed);
            if active[id] {
                cotangents[id] = b.backward.sum(cotangents[id], Some(seed))?;
            }
        }
    }
    for ((first, instruction), left) in b.program.numbered().zip(left).rev() {
        let range = first..first + instruction.results.len();
        let dy = &cotangents[range.clone()];
        let Some((wanted, residuals)) = left.filter(|_| dy.iter().any(Option::is_some)) else {
            continue;
        };
        let dy = dy.to_vec();
        let x: Vec<_> = instruction.arguments.iter().map(|&id| b.here[id]).collect();
        let y = b.here[range.clone()].to_vec();
        let (x, y) = (b.all_residuals(&x)?, b.all_residuals(&y)?);
        let residuals = b.all_residuals(&residuals)?;
        let at = Pullback {
            x: &x,
            y: &y,
            residuals: &residuals,
            wanted: &wanted,
            given: &reached[range],
        };
        let label = instruction.label.as_ref();
        b.backward
            .set_label(label.map(|label| Arc::new(label.pulled_back())));
        let dx = instruction.prim.vjp(&mut b.backward, &at, &dy)?;
        for ((&id, change), wanted) in instruction.arguments.iter().zip(dx).zip(&wanted) {
            if *wanted {
                cotangents[id] = b.backward.sum(cotangents[id], change)?;
            }
        }
    }
    b.backward.set_label(None);
    let mut dx = Vec::new();
    for (id, (&wanted, ty)) in wanted.iter().zip(program.input_types()).enumerate() {
        if wanted && ty.is_scalar() {
            dx.push(match cotangents[id] {
                Some(id) => id,
                None => b.backward.zeros(ty)?,
            });
        }
    }

    // What the backward half uses of the forward half.
    let needed = b.backward.needed(&dx)?;
    b.residuals.retain(|&(_, there)| needed[there]);
    let mut outputs: Vec<usize> = program.outputs().iter().map(|&id| b.here[id]).collect();
    outputs.extend(b.residuals.iter().map(|(id, _)| id));
    let arguments: Vec<usize> = b
        .residuals
        .iter()
        .map(|&(_, there)| there)
        .chain(seeds)
        .collect();
    Ok(Vjp {
        forward: b.forward.finish(&inputs, &outputs)?,
        backward: b.backward.finish(&arguments, &dx)?,
    })
}
