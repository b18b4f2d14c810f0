//! A graph of one instruction: a loop over another graph.

use super::callee::{NoProgram, demand_program};
use super::node::built;
use super::nodes::Nodes;
use crate::context::Name;
use crate::env::{EachEnvironment, Environment};
use crate::handle::GraphId;
use crate::program::{
    Builder, Call, Function, Input, Program, Role, TRANSFORM, looped as loop_over,
};
use crate::tensor::{Dims, Type};
use std::sync::Arc;

/// How a loop takes some consecutive inputs of its body.
#[derive(Clone, Copy, Debug)]
pub(super) enum Taken {
    /// The state: what the step before has returned.
    Carried,
    /// Values of their own for each step, one step after the other.
    Listed,
    /// An entry for each step, along a new first axis.
    Stacked,
    /// The same for all steps.
    Constant,
}

/// How the entries of an environment are taken that is one for all steps.
pub(super) fn same<D: Environment>() -> Vec<Taken> {
    vec![Taken::Constant; D::types().len()]
}

/// How the entries of an environment are taken that is one for each step.
pub(super) fn each<D: EachEnvironment<T>, T>() -> Vec<Taken> {
    let taken = |stacked| match stacked {
        true => Taken::Stacked,
        false => Taken::Constant,
    };
    D::stacked().into_iter().map(taken).collect()
}

/// How many tensors an entry has.
pub(super) fn tensors(push_dims: fn(&mut Vec<Dims>)) -> usize {
    let mut dims = Vec::new();
    push_dims(&mut dims);
    dims.len()
}

/// A loop over a graph, as a graph: how many inputs of the context are taken how, in their order, and how each entry of the
/// environment is.
pub(super) fn looped(
    body: &Nodes,
    label: Name,
    (context, entries): (&[(Taken, usize)], &[Taken]),
    length: usize,
    reverse: bool,
) -> Result<Nodes, NoProgram> {
    demand_program(body)?;
    let function = body_of(body);
    let mut b = Builder::new(&TRANSFORM);
    let mut all = Vec::new();
    let mut roles = Vec::new();
    let mut input = |b: &mut Builder, ty: Type| {
        let id = b.input(Input::new(ty));
        all.push(id);
        id
    };
    let mut inputs = body.program().inputs();
    let of_context = context.iter().map(|&(taken, count)| match taken {
        Taken::Listed => count * length,
        Taken::Carried | Taken::Stacked | Taken::Constant => count,
    });
    let of_context: usize = of_context.sum();
    let entries = entries.iter().map(|&taken| (taken, 1));
    for (taken, count) in context.iter().copied().chain(entries) {
        let (these, rest) = inputs.split_at(count);
        inputs = rest;
        match taken {
            Taken::Carried => {
                roles.extend(
                    these
                        .iter()
                        .map(|x| Role::Carried(input(&mut b, x.ty.clone()))),
                );
            }
            Taken::Constant => {
                roles.extend(
                    these
                        .iter()
                        .map(|x| Role::Constant(input(&mut b, x.ty.clone()))),
                );
            }
            Taken::Stacked => roles.extend(
                these
                    .iter()
                    .map(|x| Role::Stacked(input(&mut b, x.ty.with_leading(length)))),
            ),
            Taken::Listed => {
                let mut listed = vec![Vec::with_capacity(length); count];
                for _ in 0..length {
                    for (x, ids) in these.iter().zip(&mut listed) {
                        ids.push(input(&mut b, x.ty.clone()));
                    }
                }
                roles.extend(listed.into_iter().map(Role::Listed));
            }
        }
    }
    let results = built(loop_over(&mut b, &function, &roles, length, reverse));
    let results = [results.states, results.stacks].concat();
    let program = built(b.finish(&all, &results));
    let names = match results.len() {
        1 => vec!["layers".into()],
        n => (0..n).map(|i| format!("steps.{i}").into()).collect(),
    };
    Ok(one_instruction(body, label, program, of_context, &names))
}

/// What a graph computes, as the body of another: a checkpoint stays one.
pub(super) fn body_of(body: &Nodes) -> Arc<Function> {
    let values = body.whole().values.clone();
    match body.checkpoint {
        false => Function::new(&body.label, values, None),
        true => checkpointed(&body.label, values),
    }
}

/// A graph of one instruction, the call of a program that was made of another graph: how many of its inputs are of the
/// context, and the names of its results.
pub(super) fn one_instruction(
    body: &Nodes,
    label: Name,
    program: Program,
    of_context: usize,
    names: &[Name],
) -> Nodes {
    let inputs = program.inputs().to_vec();
    let function = Function::new(&label, program, None);
    let graph_id = GraphId::new(body.graph_id.name());
    let mut nodes = Nodes::of_program(graph_id, label.clone(), Program::new(&inputs), of_context);
    let arguments: Vec<usize> = (0..nodes.next_id()).collect();
    let first = nodes.next_id();
    nodes.push_function(names, &label, &function, &arguments, false);
    nodes.set_outputs((first..nodes.next_id()).collect());
    nodes
}

/// A function that calls a program as a checkpoint.
fn checkpointed(label: &str, program: Program) -> Arc<Function> {
    let mut around = Program::new(program.inputs());
    let inputs: Vec<usize> = (0..program.inputs().len()).collect();
    let results = program.outputs().len();
    let function = Function::new(label, program, None);
    let checkpoint = true;
    let call = Call {
        function,
        checkpoint,
    };
    let y = built(around.push(call, &inputs));
    built(around.set_outputs(&(y..y + results).collect::<Vec<_>>()));
    Function::new(label, around, None)
}
