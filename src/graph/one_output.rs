//! A function with one of its outputs, and with the rule that it has of its own.

use super::node::built;
use crate::program::{Builder, Function, Program, Rule, TRANSFORM};
use crate::tensor::Type;
use std::sync::Arc;

/// The function that gives one of the outputs.
pub(super) fn output_of(function: &Arc<Function>, output: usize) -> Arc<Function> {
    let body = function.body();
    if body.outputs().len() == 1 {
        return Arc::clone(function);
    }
    let types = body.output_types();
    let rule = function
        .rule()
        .filter(|_| types[output].is_scalar())
        .map(|rule| Rule {
            jvp: tangent_of(body, rule, &types, output),
            vjp: cotangents_of(body, rule, &types, output),
        });
    let one = built(body.with_outputs(&[output]));
    Function::new(function.name(), one, rule)
}

/// The inputs of a rule of one output: `x…`, then all `y…`, of which that output is given and the others are computed.
fn primals(b: &mut Builder, body: &Program, output: usize) -> (Vec<usize>, Vec<usize>, usize) {
    let x: Vec<usize> = body.inputs().iter().map(|x| b.input(x.clone())).collect();
    let given = b.input(body.output_types()[output].clone().into());
    let mut y = built(b.inline(body, &x));
    y[output] = given;
    (x, y, given)
}

/// Which of the tensors among the outputs it is.
fn place(types: &[Type], output: usize) -> usize {
    types[..output].iter().filter(|ty| ty.is_scalar()).count()
}

/// `x… y dx… -> dy`.
fn tangent_of(body: &Program, rule: &Rule, types: &[Type], output: usize) -> Program {
    let mut b = Builder::new(&TRANSFORM);
    let (x, y, given) = primals(&mut b, body, output);
    let scalars = body.inputs().iter().filter(|x| x.ty.is_scalar());
    let dx: Vec<usize> = scalars.map(|x| b.input(x.ty.clone().into())).collect();
    let dy = built(b.inline(&rule.jvp, &[x.as_slice(), &y, &dx].concat()));
    let inputs = [x, vec![given], dx].concat();
    built(b.finish(&inputs, &[dy[place(types, output)]]))
}

/// `x… y dy -> dx…`: the cotangents of the other outputs are zero.
fn cotangents_of(body: &Program, rule: &Rule, types: &[Type], output: usize) -> Program {
    let mut b = Builder::new(&TRANSFORM);
    let (x, y, given) = primals(&mut b, body, output);
    let seed = b.input(types[output].clone().into());
    let mut dy = Vec::new();
    for (i, ty) in types.iter().enumerate().filter(|(_, ty)| ty.is_scalar()) {
        dy.push(match i == output {
            true => seed,
            false => built(b.zeros(ty)),
        });
    }
    let dx = built(b.inline(&rule.vjp, &[x.as_slice(), &y, &dy].concat()));
    built(b.finish(&[x, vec![given, seed]].concat(), &dx))
}
