//! From nested expressions to a list of steps, one for each node, each with a name.

use super::node_names::Names;
use super::normal_form::NormalForm;
use super::state::Lowering;
use crate::syntax::graph::{Form, Graph};
use crate::validation::callees::Callees;
use crate::validation::groups::Groups;
use crate::validation::scope::Scope;

/// Lowers a body. With errors the steps are not complete.
pub(crate) fn lower(graph: &mut Graph, callees: &Callees, groups: &Groups) -> NormalForm {
    let scope = Scope::of(graph);
    let own = match &graph.form {
        Form::Named(signature) => Some(signature.name.clone()),
        Form::Closure => None,
    };
    let mut body = std::mem::take(&mut graph.body);
    let mut lowering = Lowering {
        errors: &mut graph.body_errors,
        scope,
        callees,
        own,
        groups,
        consts: &graph.consts,
        names: Names::default(),
        steps: Vec::new(),
        temporaries: 0,
        error: None,
        newest: Vec::new(),
    };
    let last = body.pop();
    for statement in body {
        lowering.statement(statement);
    }
    let outputs = lowering.last(last, &graph.returned, graph.end);
    NormalForm {
        steps: lowering.steps,
        outputs,
    }
}
