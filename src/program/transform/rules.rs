//! The rules of a function: its own, or those that follow from its body.

use super::activity::demand;
use super::functions::{TRANSFORM, jvp, vjp};
use super::prune::prune;
use super::zeros::written_at_zeros;
use crate::program::ProgramError;
use crate::program::builder::{Builder, Change};
use crate::program::syntax::{Derived, Function, Program, Request, Rule};
use crate::tensor::Type;
use std::sync::Arc;

/// The rules of a function, as an op writes them: its own, or those that follow from its body. `x… y… dx… -> dy…` and
/// `x… y… dy… -> dx…`, a change for each value that is made of scalars.
///
/// ```
/// use cotangent::program::{Call, Function, Program, Rule, rule_of, vjp};
/// let program = |lines: &str| format!("cotangent program 1\n{lines}").parse::<Program>().unwrap();
/// // sqrt, with a derivative that is 0 at 0, where that of the body is infinite.
/// let rule = Rule {
///     jvp: program("%0: []\n%1: []\n%2: []\n%3 [] = div %2 %1\n%4 [] = scale(1/2) %3\n%5 [] = select %1 %4 %1\nreturn %5\n"),
///     vjp: program("%0: []\n%1: []\n%2: []\n%3 [] = div %2 %1\n%4 [] = scale(1/2) %3\n%5 [] = select %1 %4 %1\nreturn %5\n"),
/// };
/// let body = program("%0: []\n%1 [] = sqrt %0\nreturn %1\n");
/// let plain = Function::new("sqrt", body.clone(), None);
/// let own = Function::new("my_sqrt", body, Some(rule.clone()));
/// assert_eq!(rule_of(&own)?, rule);
/// assert_ne!(rule_of(&plain)?, rule);
/// // A rule holds wherever its function is called.
/// let mut twice = Program::new(own.body().inputs());
/// let y = twice.push(Call { function: own.clone(), checkpoint: false }, &[0])?;
/// let y = twice.push(Call { function: own, checkpoint: false }, &[y])?;
/// twice.set_outputs(&[y])?;
/// let backward = vjp(&twice, &[true], &[true])?.backward.to_string();
/// assert_eq!(backward.matches("select").count(), 2);
/// # Ok::<(), cotangent::program::ProgramError>(())
/// ```
///
/// # Errors
/// None for a program that was built.
pub fn rule_of(function: &Function) -> Result<Rule, ProgramError> {
    match function.rule() {
        Some(rule) => Ok(rule.clone()),
        None => Ok(Rule {
            jvp: tangent_of(function.body())?,
            vjp: cotangent_of(function.body())?,
        }),
    }
}

/// The rules of a function, derived once: the JVP, then the VJP.
pub(crate) fn rules_of(function: &Function) -> Result<Arc<Derived>, ProgramError> {
    function.derived(&Request::Rules, || {
        let rule = rule_of(function)?;
        Ok(Derived {
            programs: vec![rule.jvp, rule.vjp],
            flags: Vec::new(),
        })
    })
}

/// The rules of a function for some of its inputs, derived once: the JVP `x… y… dx… -> dy…` and the VJP
/// `x… y… dy… -> dx…`, with a `dx` for each wanted input that is made of scalars, and a `dy` for each output that is. Of
/// the others no change is computed; in the JVP it is zero. Flags of inputs that are not made of scalars do not count.
///
/// # Errors
/// A number of flags that is not that of the inputs.
pub(crate) fn rules_of_wanted(
    function: &Function,
    wanted: &[bool],
) -> Result<Arc<Derived>, ProgramError> {
    let body = function.body();
    demand(wanted, body.inputs().len(), "inputs")?;
    let types = body.input_types().iter();
    let wanted: Box<[bool]> = wanted
        .iter()
        .zip(types)
        .map(|(&flag, ty)| flag || !ty.is_scalar())
        .collect();
    if wanted.iter().all(|&flag| flag) {
        return rules_of(function);
    }
    function.derived(&Request::RulesWanted(wanted.clone()), || {
        let programs = match function.rule() {
            None => [tangent_at(body, &wanted)?, cotangent_at(body, &wanted)?],
            Some(rule) => [
                tangent_by(body, rule, &wanted)?,
                cotangent_by(body, rule, &wanted)?,
            ],
        };
        Ok(Derived {
            programs: programs.iter().map(prune).collect(),
            flags: Vec::new(),
        })
    })
}

/// Adds inputs of the types of `x… y…`, and returns the ids of both.
fn primals(b: &mut Builder, program: &Program) -> (Vec<usize>, Vec<usize>) {
    let x = program
        .inputs()
        .iter()
        .map(|x| b.input(x.clone()))
        .collect();
    let y = program
        .output_types()
        .into_iter()
        .map(|ty| b.input(ty.into()))
        .collect();
    (x, y)
}

/// Adds an input for the change of each value that is made of scalars.
fn changes<'t>(b: &mut Builder, types: impl IntoIterator<Item = &'t Type>) -> Vec<usize> {
    let scalars = types.into_iter().filter(|ty| ty.is_scalar());
    scalars.map(|ty| b.input(ty.clone().into())).collect()
}

/// The entries that are marked.
fn marked<'a, T>(all: &'a [T], flags: &'a [bool]) -> impl Iterator<Item = &'a T> {
    let pairs = all.iter().zip(flags);
    pairs.filter(|(_, flag)| **flag).map(|(entry, _)| entry)
}

/// `x… y… dx… -> dy…`, from the body.
pub(crate) fn tangent_of(program: &Program) -> Result<Program, ProgramError> {
    tangent_at(program, &vec![true; program.inputs().len()])
}

/// `x… y… dy… -> dx…`, from the body.
pub(crate) fn cotangent_of(program: &Program) -> Result<Program, ProgramError> {
    cotangent_at(program, &vec![true; program.inputs().len()])
}

/// The same, with a `dx` for each wanted input.
fn tangent_at(program: &Program, wanted: &[bool]) -> Result<Program, ProgramError> {
    let mut b = Builder::new(&TRANSFORM);
    let (x, y) = primals(&mut b, program);
    let dx = changes(&mut b, marked(program.input_types(), wanted));
    let jvp = jvp(program, wanted)?;
    let values = b.inline(&jvp.program, &[x.as_slice(), &dx].concat())?;
    let mut tangents = values[y.len()..].iter();
    let mut dy = Vec::new();
    for (&flag, ty) in jvp.tangents.iter().zip(program.output_types()) {
        match (flag, ty.is_scalar()) {
            (true, _) => dy.extend(tangents.next()),
            (false, true) => dy.push(b.zeros(&ty)?),
            (false, false) => {}
        }
    }
    b.finish(&[x, y, dx].concat(), &dy)
}

/// The same, with a `dx` for each wanted input.
fn cotangent_at(program: &Program, wanted: &[bool]) -> Result<Program, ProgramError> {
    let mut b = Builder::new(&TRANSFORM);
    let (x, y) = primals(&mut b, program);
    let dy = changes(&mut b, &program.output_types());
    let vjp = vjp(program, wanted, &vec![true; y.len()])?;
    let values = b.inline(&vjp.forward, &x)?;
    let dx = b.inline(&vjp.backward, &[&values[y.len()..], &dy].concat())?;
    b.finish(&[x, y, dy].concat(), &dx)
}

/// The JVP of a rule, with a `dx` for each wanted input: the others are zero.
fn tangent_by(body: &Program, rule: &Rule, wanted: &[bool]) -> Result<Program, ProgramError> {
    let mut b = Builder::new(&TRANSFORM);
    let (x, y) = primals(&mut b, body);
    let mut arguments: Vec<Change> = x.iter().chain(&y).copied().map(Some).collect();
    let mut dx = Vec::new();
    for (ty, &wanted) in body.input_types().iter().zip(wanted) {
        if ty.is_scalar() {
            let change = wanted.then(|| b.input(ty.clone().into()));
            dx.extend(change);
            arguments.push(change);
        }
    }
    let mut dy = Vec::new();
    let outputs = written_at_zeros(&mut b, &rule.jvp, &arguments)?;
    for (output, ty) in outputs.into_iter().zip(rule.jvp.output_types()) {
        dy.push(match output {
            Some(id) => id,
            None => b.zeros(&ty)?,
        });
    }
    b.finish(&[x, y, dx].concat(), &dy)
}

/// The VJP of a rule, with a `dx` for each wanted input.
fn cotangent_by(body: &Program, rule: &Rule, wanted: &[bool]) -> Result<Program, ProgramError> {
    let types = body.input_types().iter().zip(wanted);
    let scalars = types.filter(|(ty, _)| ty.is_scalar()).enumerate();
    let positions = scalars.filter(|(_, (_, wanted))| **wanted);
    let positions: Vec<usize> = positions.map(|(position, _)| position).collect();
    rule.vjp.with_outputs(&positions)
}

#[cfg(test)]
mod tests;
