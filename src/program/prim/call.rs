//! Calls. Their rules transform the function inside, by the transformations that the builder has.

use super::derived::{all_changes, batch_of, changes_at, jvp_of, spread, vjp_of};
use crate::program::builder::Builder;
use crate::program::memory::bytes;
use crate::program::parameter::Parameter;
use crate::program::primitive::{
    AtZeros, Batched, Change, Degrees, Fault, Interpreter, Primitive, Pullback, Site,
};
use crate::program::syntax::{Call, Function, Prim, Program, Rule};
use crate::program::{Degree, Input, ProgramError};
use crate::scalar::{Level, Semiring};
use crate::tensor::{Type, Value};
use std::sync::Arc;

/// The program over a batch with the new axis on all inputs and all outputs.
fn batch_whole(b: &Builder, program: &Program, size: usize) -> Result<Program, ProgramError> {
    let all = vec![true; program.inputs().len()];
    let (program, flags) = b.transform().batch(program, &all, size)?;
    let mut whole = Builder::new(b.transform());
    let inputs: Vec<_> = program
        .inputs()
        .iter()
        .map(|x| whole.input(x.clone()))
        .collect();
    let mut outputs = whole.inline(&program, &inputs)?;
    for (output, batched) in outputs.iter_mut().zip(flags) {
        if !batched {
            *output = whole.repeated(*output, size)?;
        }
    }
    whole.finish(&inputs, &outputs)
}

impl Call {
    /// The function with the pullback computed again from its inputs: `x… dy… -> dx…`.
    fn recomputed(&self, b: &Builder, at: &Pullback<'_>) -> Result<Program, ProgramError> {
        let derived = vjp_of(b, &self.function, at.wanted, at.given)?;
        let (forward, backward) = (&derived.programs[0], &derived.programs[1]);
        let mut whole = Builder::new(b.transform());
        let body = self.function.body();
        let inputs: Vec<_> = body
            .inputs()
            .iter()
            .map(|x| whole.input(x.clone()))
            .collect();
        let values = whole.inline(forward, &inputs)?;
        let mut arguments = values[body.outputs().len()..].to_vec();
        let mut all = inputs;
        for (ty, _) in body
            .output_types()
            .into_iter()
            .zip(at.given)
            .filter(|(_, given)| **given)
        {
            let dy = whole.input(Input::new(ty));
            arguments.push(dy);
            all.push(dy);
        }
        let outputs = whole.inline(backward, &arguments)?;
        whole.finish(&all, &outputs)
    }
}

impl Primitive for Call {
    fn name(&self) -> String {
        "call".to_owned()
    }
    fn parameters(&self) -> Vec<Parameter> {
        let mut all = vec![Parameter::Function(Arc::clone(&self.function))];
        if self.checkpoint {
            all.push("checkpoint".into());
        }
        all
    }
    fn parse(name: &str, parameters: &[Parameter]) -> Option<Self> {
        let (function, checkpoint) = match (name, parameters) {
            ("call", [Parameter::Function(function)]) => (function, false),
            ("call", [Parameter::Function(function), Parameter::Word(word)]) => {
                (word == "checkpoint").then_some((function, true))?
            }
            _ => return None,
        };
        Some(Call {
            function: Arc::clone(function),
            checkpoint,
        })
    }
    fn types(&self, x: &[Type]) -> Result<Vec<Type>, String> {
        let body = self.function.body();
        let types: Vec<_> = x.iter().collect();
        body.check_arguments(&types)
            .map_err(|error| format!("what it takes: {error}"))?;
        match body.outputs() {
            [] => Err("a function that returns something".to_owned()),
            _ => Ok(body.output_types()),
        }
    }
    fn level(&self) -> Level {
        self.function.body().level()
    }
    fn run<A: Semiring>(
        &self,
        x: &[&Value<A>],
        _y: &[Type],
        interpreter: &impl Interpreter<A>,
    ) -> Result<Vec<Value<A>>, Fault> {
        let inputs = x.iter().map(|&x| x.clone()).collect();
        Ok(interpreter.run(self.function.body(), inputs)?)
    }
    fn jvp(
        &self,
        b: &mut Builder,
        x: &[usize],
        dx: &[Change],
    ) -> Result<(Vec<usize>, Vec<Change>), ProgramError> {
        let outputs = self.function.body().outputs().len();
        if dx.iter().all(Option::is_none) {
            return Ok((b.push_all(self.clone(), x)?, vec![None; outputs]));
        }
        if let Some(rule) = self.function.rule() {
            let y = b.push_all(self.clone(), x)?;
            let arguments = [x, &y, &all_changes(b, x, dx)?].concat();
            let name = format!("jvp of {}", self.function.name());
            let dy = b.apply(&name, &rule.jvp, &arguments)?;
            let scalars: Result<Vec<bool>, _> =
                y.iter().map(|&y| Ok(b.ty(y)?.is_scalar())).collect();
            return Ok((y, spread(&scalars?, dy)));
        }
        let active: Vec<bool> = dx.iter().map(Option::is_some).collect();
        let derived = jvp_of(b, &self.function, &active)?;
        let arguments: Vec<usize> = x
            .iter()
            .copied()
            .chain(dx.iter().flatten().copied())
            .collect();
        let name = format!("jvp of {}", self.function.name());
        let all = match self.checkpoint {
            true => {
                let function = Function::new(&name, derived.programs[0].clone(), None);
                b.push_all(
                    Call {
                        function,
                        checkpoint: true,
                    },
                    &arguments,
                )?
            }
            false => b.apply(&name, &derived.programs[0], &arguments)?,
        };
        let (y, dy) = all.split_at(outputs);
        Ok((y.to_vec(), spread(&derived.flags, dy.iter().copied())))
    }
    fn split(
        &self,
        b: &mut Builder,
        x: &[usize],
        wanted: &[bool],
        given: &[bool],
    ) -> Result<(Vec<usize>, Vec<usize>), ProgramError> {
        if self.function.rule().is_some() || self.checkpoint {
            return Ok((b.push_all(self.clone(), x)?, Vec::new()));
        }
        let derived = vjp_of(b, &self.function, wanted, given)?;
        let name = format!("forward of {}", self.function.name());
        let forward = &derived.programs[0];
        let mut y = b.apply(&name, forward, x)?;
        let mut residuals = y.split_off(given.len());
        // An input that is kept is the argument itself: in a loop it may be a constant, which is not stacked.
        for (residual, id) in residuals.iter_mut().zip(&forward.outputs()[given.len()..]) {
            *residual = x.get(*id).copied().unwrap_or(*residual);
        }
        Ok((y, residuals))
    }
    fn vjp(
        &self,
        b: &mut Builder,
        at: &Pullback<'_>,
        dy: &[Change],
    ) -> Result<Vec<Change>, ProgramError> {
        if let Some(rule) = self.function.rule() {
            let arguments = [at.x, at.y, &all_changes(b, at.y, dy)?].concat();
            let types = self.function.body().input_types();
            let scalars: Vec<usize> = (0..types.len()).filter(|&i| types[i].is_scalar()).collect();
            let wanted: Vec<usize> = (0..scalars.len())
                .filter(|&i| at.wanted[scalars[i]])
                .collect();
            let program = rule.vjp.with_outputs(&wanted)?;
            let name = format!("vjp of {}", self.function.name());
            let dx = b.apply(&name, &program, &arguments)?;
            return Ok(spread(at.wanted, dx));
        }
        let dy = changes_at(b, at.y, dy, at.given)?;
        let name = format!("backward of {}", self.function.name());
        let dx = if self.checkpoint {
            let function = Function::new(&name, self.recomputed(b, at)?, None);
            let arguments = [at.x, &dy].concat();
            b.push_all(
                Call {
                    function,
                    checkpoint: true,
                },
                &arguments,
            )?
        } else {
            let derived = vjp_of(b, &self.function, at.wanted, at.given)?;
            b.apply(&name, &derived.programs[1], &[at.residuals, &dy].concat())?
        };
        Ok(spread(at.wanted, dx))
    }
    fn batch(
        &self,
        b: &mut Builder,
        x: &[Batched],
        size: usize,
    ) -> Result<Vec<Batched>, ProgramError> {
        let (name, checkpoint) = (self.function.name(), self.checkpoint);
        if let Some(rule) = self.function.rule() {
            // All inputs: then the rules need to know nothing of those that were not.
            let mut arguments = Vec::with_capacity(x.len());
            for x in x {
                arguments.push(match x.batched {
                    true => x.id,
                    false => b.repeated(x.id, size)?,
                });
            }
            let body = batch_whole(b, self.function.body(), size)?;
            let rule = Rule {
                jvp: batch_whole(b, &rule.jvp, size)?,
                vjp: batch_whole(b, &rule.vjp, size)?,
            };
            let function = Function::new(name, body, Some(rule));
            let y = b.push_all(
                Call {
                    function,
                    checkpoint,
                },
                &arguments,
            )?;
            return Ok(y.into_iter().map(Batched::yes).collect());
        }
        let flags: Vec<bool> = x.iter().map(|x| x.batched).collect();
        let derived = batch_of(b, &self.function, &flags, size)?;
        let function = Function::new(name, derived.programs[0].clone(), None);
        let arguments: Vec<_> = x.iter().map(|x| x.id).collect();
        let y = b.push_all(
            Call {
                function,
                checkpoint,
            },
            &arguments,
        )?;
        let pairs = y.into_iter().zip(&derived.flags);
        Ok(pairs
            .map(|(id, &batched)| Batched { id, batched })
            .collect())
    }
    fn degrees(&self, x: &[Degree], _site: &Site<'_>) -> Degrees {
        self.function.body().output_degrees(x)
    }
    fn multiply_adds(&self, _site: &Site<'_>) -> u64 {
        self.function.body().multiply_adds()
    }
    fn inside(&self) -> Option<&Function> {
        Some(&self.function)
    }
    fn bytes_inside(&self, site: &Site<'_>, scalar: usize) -> u64 {
        // The results are values of the body, too.
        let results = bytes(site.y, scalar);
        self.function
            .body()
            .computed_bytes(scalar)
            .saturating_sub(results)
    }
    fn is_drawn(&self) -> bool {
        false
    }

    fn at_zeros(&self, _zero: &[bool]) -> AtZeros {
        AtZeros::Computed
    }

    fn mutants(&self, _site: &Site<'_>) -> Vec<(String, Prim)> {
        let mutants = self.function.body().mutants().into_iter();
        let call = |program| {
            let function =
                Function::new(self.function.name(), program, self.function.rule().cloned());
            Call {
                function,
                checkpoint: self.checkpoint,
            }
        };
        mutants
            .map(|mutant| {
                (
                    format!("inside, {}", mutant.mistake),
                    call(mutant.program).into(),
                )
            })
            .collect()
    }
}
