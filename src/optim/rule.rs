//! What an optimiser does with one tensor: a graph over scalars for each of its numbers, or a program for the whole of it.

use crate::program::{Broadcast, Builder, Input, Program, ProgramError, Reshape, TRANSFORM, batch};
use crate::tensor::{Dims, Type};
use core::fmt;
use std::sync::Arc;

/// From the dims of a tensor to its update.
pub(super) type OfTensors = dyn Fn(&Dims) -> Result<Program, ProgramError> + Send + Sync;

/// What becomes of a tensor in an update.
#[derive(Clone)]
pub(super) enum AnyRule {
    /// `p gradient kept… rate step -> p kept…`, of scalars, perhaps without the step: for each number.
    Numbers(Program),
    /// The same for a whole tensor of some dims. What is kept may have others.
    Tensors(Arc<OfTensors>),
}

impl fmt::Debug for AnyRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            AnyRule::Numbers(program) => f.debug_tuple("Numbers").field(program).finish(),
            AnyRule::Tensors(_) => f.debug_tuple("Tensors").finish_non_exhaustive(),
        }
    }
}

/// The update of a tensor of known dims: `p gradient kept… rate step -> p kept…`.
#[derive(Clone, Debug)]
pub(super) struct Update {
    program: Program,
}

impl Update {
    /// What is kept of the tensor: the name and the type of each.
    pub fn kept(&self) -> &[Input] {
        let inputs = self.program.inputs();
        &inputs[2..inputs.len() - 2]
    }

    pub fn program(&self) -> &Program {
        &self.program
    }
}

impl AnyRule {
    /// The update of a tensor of these dims.
    ///
    /// # Errors
    /// What is wrong with what a user's function gives: what it should be, and what it is.
    pub fn of(&self, dims: &Dims) -> Result<Update, (String, String)> {
        let program = match self {
            AnyRule::Numbers(rule) => over_tensor(rule, dims),
            AnyRule::Tensors(of) => of(dims),
        };
        let expected = || {
            format!(
                "a program `p: {dims}, gradient: {dims}, kept.., rate: [], step: [] -> p, kept..`"
            )
        };
        let program = program.map_err(|error| (expected(), format!("an error, {error}")))?;
        match is_update(&program, dims) {
            true => Ok(Update { program }),
            false => {
                let words = |types: Vec<Type>| {
                    let all: Vec<String> = types.iter().map(ToString::to_string).collect();
                    all.join(", ")
                };
                let (from, to) = (program.input_types().to_vec(), program.output_types());
                Err((expected(), format!("`{} -> {}`", words(from), words(to))))
            }
        }
    }
}

fn is_update(program: &Program, dims: &Dims) -> bool {
    let (inputs, outputs) = (program.input_types(), program.output_types());
    let tensor = Type::scalar(dims.clone());
    let number = Type::scalar(Dims::default());
    let count = inputs.len();
    count >= 4
        && inputs[..2].iter().all(|ty| *ty == tensor)
        && inputs[count - 2..].iter().all(|ty| *ty == number)
        && outputs.first() == Some(&tensor)
        && outputs[1..] == inputs[2..count - 2]
        && outputs.iter().all(Type::is_scalar)
}

/// The rule of each number, for all numbers of a tensor.
fn over_tensor(rule: &Program, dims: &Dims) -> Result<Program, ProgramError> {
    let mut b = Builder::new(&TRANSFORM);
    // The parameter, its gradient and what is kept; each of these is a result, but the gradient.
    let count = rule.outputs().len() + 1;
    let of_each = &rule.inputs()[..count];
    let x: Vec<usize> = of_each
        .iter()
        .map(|input| {
            b.input(Input {
                name: input.name.clone(),
                ty: Type::scalar(dims.clone()),
            })
        })
        .collect();
    let settings = ["rate", "step"].map(|name| {
        b.input(Input {
            name: name.into(),
            ty: Type::scalar(Dims::default()),
        })
    });
    let taken = &settings[..rule.inputs().len() - count];
    let outputs = match dims.is_empty() {
        true => b.inline(rule, &[&x, taken].concat())?,
        false => {
            let flat = Dims::new(&[dims.count()]);
            let mut arguments = Vec::with_capacity(count + taken.len());
            for &id in &x {
                arguments.push(b.push(Reshape(flat.clone()), &[id])?);
            }
            arguments.extend(taken);
            let has_axis: Vec<bool> = (0..arguments.len()).map(|i| i < count).collect();
            let all = batch(rule, &has_axis, dims.count())?;
            let y = b.inline(&all.program, &arguments)?;
            let mut outputs = Vec::with_capacity(y.len());
            for (id, batched) in y.into_iter().zip(all.batched) {
                outputs.push(match batched {
                    true => b.push(Reshape(dims.clone()), &[id])?,
                    false => b.push(Broadcast(dims.clone(), Vec::new()), &[id])?,
                });
            }
            outputs
        }
    };
    let inputs: Vec<usize> = x.iter().chain(&settings).copied().collect();
    b.finish(&inputs, &outputs)
}
