//! The derivatives of a graph as graphs, which can be differentiated again.

use super::callee::{NoProgram, demand_program};
use super::node::built;
use super::nodes::Nodes;
use super::planned::Seeded;
use super::results::Results;
use crate::context::{Context, Name};
use crate::handle::GraphId;
use crate::program::{Builder, Function, Input, Literal, Program, TRANSFORM};

/// Results that all have tangents: no labels, no keys.
#[diagnostic::on_unimplemented(
    message = "a graph that returns labels or keys has no tangent, as a graph",
    label = "`value_and_jvp` gives the tangents of what else it returns; docs/errors.md#x08"
)]
pub trait Differentiable: Results {}

#[diagnostic::do_not_recommend]
impl<R: Results + Context> Differentiable for R {}

/// A graph of one instruction: a function of all inputs and entries.
fn graph_of(
    nodes: &Nodes,
    what: &str,
    context: Vec<Input>,
    names: &[Name],
    program: Program,
) -> Nodes {
    let label = Name::from(format!("{what} of {}", nodes.label));
    let function = Function::new(&label, program, None);
    let inputs = context.len();
    let entries = nodes.entries().to_vec();
    let all: Vec<Input> = context.into_iter().chain(entries).collect();
    let graph_id = GraphId::new(nodes.graph_id.name());
    let mut graph = Nodes::of_program(graph_id, label, Program::new(&all), inputs);
    let arguments: Vec<usize> = (0..graph.next_id()).collect();
    let first = graph.next_id();
    if !names.is_empty() {
        graph.push_function(names, what, &function, &arguments, false);
    }
    graph.set_outputs((first..graph.next_id()).collect());
    graph
}

/// Names of inputs with a letter before them.
fn changes(inputs: &[Input]) -> Vec<Name> {
    let named = inputs
        .iter()
        .enumerate()
        .map(|(i, input)| match &*input.name {
            "" => format!("d{i}").into(),
            name => format!("d{name}").into(),
        });
    named.collect()
}

/// One node for each input of a graph.
pub(super) fn gradient(nodes: &Nodes) -> Result<Nodes, NoProgram> {
    demand_program(nodes)?;
    let whole = nodes.whole();
    let vjp = whole.vjp(Seeded::First);
    let mut b = Builder::new(&TRANSFORM);
    let x: Vec<usize> = whole
        .values
        .inputs()
        .iter()
        .map(|x| b.input(x.clone()))
        .collect();
    let values = built(b.inline(&vjp.forward, &x));
    let one = built(b.full_like(values[0], Literal::ratio(1, 1)));
    let residuals = &values[whole.values.outputs().len()..];
    let cotangents = built(b.inline(&vjp.backward, &[residuals, &[one]].concat()));
    let program = built(b.finish(&x, &cotangents));
    let context = nodes.context();
    Ok(graph_of(
        nodes,
        "gradient",
        context.to_vec(),
        &changes(context),
        program,
    ))
}

/// One node for each tensor that is returned, its tangent.
pub(super) fn tangent(nodes: &Nodes) -> Result<Nodes, NoProgram> {
    demand_program(nodes)?;
    let whole = nodes.whole();
    let jvp = whole.jvp();
    let context = nodes.context();
    let mut b = Builder::new(&TRANSFORM);
    let x: Vec<usize> = context.iter().map(|x| b.input(x.clone())).collect();
    let mut named = context.to_vec();
    for (input, name) in context.iter().zip(changes(context)) {
        named.push(Input {
            name: name.as_ref().into(),
            ty: input.ty.clone(),
        });
    }
    let dx: Vec<usize> = named[context.len()..]
        .iter()
        .map(|x| b.input(x.clone()))
        .collect();
    let entries: Vec<usize> = nodes.entries().iter().map(|x| b.input(x.clone())).collect();
    let values = built(b.inline(&jvp.program, &[x.as_slice(), &entries, &dx].concat()));
    let mut tangents = values[jvp.tangents.len()..].iter();
    let mut dy = Vec::with_capacity(jvp.tangents.len());
    for (&value, &has) in values.iter().zip(&jvp.tangents) {
        dy.push(match tangents.as_slice() {
            [tangent, ..] if has => {
                tangents.next();
                *tangent
            }
            _ => built(b.full_like(value, Literal::ratio(0, 1))),
        });
    }
    let names: Vec<Name> = match dy.len() {
        1 => vec!["dy".into()],
        n => (0..n).map(|i| format!("dy.{i}").into()).collect(),
    };
    let program = built(b.finish(&[x, dx, entries].concat(), &dy));
    Ok(graph_of(nodes, "tangent", named, &names, program))
}
