//! The rules of a function: its own, or those that follow from its body.

use super::functions::{TRANSFORM, jvp, vjp};
use crate::program::ProgramError;
use crate::program::builder::Builder;
use crate::program::syntax::{Derived, Function, Program, Request, Rule};
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
fn changes(b: &mut Builder, types: &[crate::tensor::Type]) -> Vec<usize> {
    let scalars = types.iter().filter(|ty| ty.is_scalar());
    scalars.map(|ty| b.input(ty.clone().into())).collect()
}

/// `x… y… dx… -> dy…`, from the body.
pub(crate) fn tangent_of(program: &Program) -> Result<Program, ProgramError> {
    let mut b = Builder::new(&TRANSFORM);
    let (x, y) = primals(&mut b, program);
    let dx = changes(&mut b, program.input_types());
    let jvp = jvp(program, &vec![true; x.len()])?;
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

/// `x… y… dy… -> dx…`, from the body.
pub(crate) fn cotangent_of(program: &Program) -> Result<Program, ProgramError> {
    let mut b = Builder::new(&TRANSFORM);
    let (x, y) = primals(&mut b, program);
    let dy = changes(&mut b, &program.output_types());
    let all = |n: usize| vec![true; n];
    let vjp = vjp(program, &all(x.len()), &all(y.len()))?;
    let values = b.inline(&vjp.forward, &x)?;
    let dx = b.inline(&vjp.backward, &[&values[y.len()..], &dy].concat())?;
    b.finish(&[x, y, dy].concat(), &dx)
}
