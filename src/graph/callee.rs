//! A graph as a function that others can call: the program of its results.

use super::node::built;
use super::nodes::Nodes;
use crate::program::{Builder, FoldIn, Function, Input, TRANSFORM};
use crate::tensor::Type;
use std::sync::Arc;

/// A graph with a node made from closures has no program, and so cannot become a node of another.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("its node `{node}` is made from closures, which have no program")]
pub struct NoProgram {
    /// The first node that is made from closures, by its name.
    pub node: String,
}

/// Refuses a graph with closures.
pub(super) fn demand_program(nodes: &Nodes) -> Result<(), NoProgram> {
    match nodes.closure_name() {
        None => Ok(()),
        Some(name) => Err(NoProgram {
            node: name.to_owned(),
        }),
    }
}

/// The place with which keys are folded that a call returns: that of no op, so that what is drawn from them here is none of what
/// the callee has drawn from them.
const RETURNED: u32 = u32::MAX;

/// The results of a graph as a function. Keys are folded with the place of the call, so that two calls draw two times.
pub(super) fn function_of(callee: &Nodes, place: u32) -> Result<Arc<Function>, NoProgram> {
    demand_program(callee)?;
    let program = &callee.whole().values;
    let is_key = |input: &Input| matches!(input.ty, Type::Key(_));
    if !program.inputs().iter().any(is_key) {
        return Ok(Function::new(&callee.label, program.clone(), None));
    }
    let mut b = Builder::new(&TRANSFORM);
    let inputs: Vec<usize> = program
        .inputs()
        .iter()
        .map(|input| b.input(input.clone()))
        .collect();
    let mut folded = Vec::with_capacity(inputs.len());
    for (&id, input) in inputs.iter().zip(program.inputs()) {
        folded.push(match is_key(input) {
            true => built(b.push(FoldIn(place), &[id])),
            false => id,
        });
    }
    let mut outputs = built(b.inline(program, &folded));
    for output in &mut outputs {
        if matches!(built(b.ty(*output)), Type::Key(_)) {
            *output = built(b.push(FoldIn(RETURNED), &[*output]));
        }
    }
    Ok(Function::new(
        &callee.label,
        built(b.finish(&inputs, &outputs)),
        None,
    ))
}
