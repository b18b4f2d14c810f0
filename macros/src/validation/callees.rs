//! The graphs that a macro knows by their names: those of the same invocation, and those that a `use` in it names.

use std::collections::{HashMap, HashSet};

use proc_macro2::Span;
use syn::ext::IdentExt;
use syn::{Error, Expr, ExprCall, Ident, Path};

use super::undetermined::undetermined;
use crate::syntax::consts::param_name;
use crate::syntax::expression::unparenthesized;
use crate::syntax::graph::{Form, Graph};
use crate::tokens::ends;

/// What a graph of this invocation is called with.
struct Takes {
    /// The names of its inputs and of the entries of its environment.
    values: Vec<String>,
    /// Its parameters that no value has.
    params: Vec<String>,
}

/// The graphs that are known by name.
pub(crate) struct Callees {
    /// Of this invocation. What has an error in its header is not held against its callers.
    declared: HashMap<String, Option<Takes>>,
    /// Of a `use`.
    named: HashSet<String>,
}

impl Callees {
    pub(crate) fn of(graphs: &[Graph], named: &[Ident]) -> Self {
        let mut declared = HashMap::new();
        for graph in graphs {
            let Form::Named(signature) = &graph.form else {
                continue;
            };
            let inputs = graph.inputs.iter().map(|input| &input.name);
            let environment = graph.environment.iter().map(|entry| &entry.name);
            let values = inputs.chain(environment);
            let params = undetermined(&signature.generics, graph);
            let takes = graph.header_errors.is_empty().then(|| Takes {
                values: values.map(|name| name.unraw().to_string()).collect(),
                params: params
                    .into_iter()
                    .filter_map(param_name)
                    .map(Ident::to_string)
                    .collect(),
            });
            declared.insert(signature.name.to_string(), takes);
        }
        let named = named.iter().map(Ident::to_string).collect();
        Self { declared, named }
    }

    /// The name of a graph that is known: `layer` or `layer::<A, N<3>>`; not `other::layer`.
    pub(crate) fn name<'e>(&self, callee: &'e Expr) -> Option<&'e Ident> {
        let Expr::Path(path) = unparenthesized(callee) else {
            return None;
        };
        let name = only_segment(&path.path)?;
        let text = name.to_string();
        (self.declared.contains_key(&text) || self.named.contains(&text)).then_some(name)
    }

    /// The error of a call with other values or parameters than the graph takes. `extra` is the first value too many.
    pub(crate) fn check(&self, name: &Ident, values: &[&Expr], params: usize) -> Option<Error> {
        let takes = self.declared.get(&name.to_string())?.as_ref()?;
        if takes.values.len() == values.len() && takes.params.len() == params {
            return None;
        }
        let markers = takes.params.iter().map(|_| "4".to_owned());
        let all: Vec<String> = takes.values.iter().cloned().chain(markers).collect();
        let write = format!("write `{name}({})`", all.join(", "));
        if takes.params.len() > params {
            let missing = takes.params[params..].join("`, `");
            let message = format!(
                "`{name}` has a parameter that no value has, `{missing}`: {write}, with its size"
            );
            return Some(Error::new(name.span(), message));
        }
        if takes.params.len() < params {
            let message = format!("`{name}` takes values of the graph only: {write}");
            return Some(Error::new(name.span(), message));
        }
        Some(wrong_count(
            &name.to_string(),
            name.span(),
            &takes.values,
            values,
            &write,
        ))
    }

    /// The error of a call of `repeat(layer)` or `scan(step)`, which take as many values as what they repeat.
    pub(crate) fn check_loop(&self, call: &ExprCall, at: Span) -> Option<Error> {
        let Expr::Call(inner) = unparenthesized(&call.func) else {
            return None;
        };
        let Expr::Path(path) = unparenthesized(&inner.func) else {
            return None;
        };
        let (combinator, needs) = combinator(&path.path)?;
        if inner.args.len() != 1 {
            return None;
        }
        let body = match inner.args.first().map(unparenthesized)? {
            Expr::Call(body) => &body.func,
            body => body,
        };
        let name = self.name(body)?;
        let takes = &self.declared.get(&name.to_string())?.as_ref()?.values;
        if takes.len() < needs.len() {
            let message = match needs {
                [_, second] => format!(
                    "`{combinator}` needs a graph with {second}, its second value, and `{name}` takes {}",
                    takes.len()
                ),
                _ => format!("`{combinator}` needs a graph with an input, and `{name}` takes none"),
            };
            return Some(Error::new(name.span(), message));
        }
        if takes.len() == call.args.len() {
            return None;
        }
        let called = format!("{combinator}({name})");
        let write = format!("write `{called}({})`", takes.join(", "));
        let values: Vec<&Expr> = call.args.iter().collect();
        Some(wrong_count(&called, at, takes, &values, &write))
    }

    /// How a graph that is known is called, for a message.
    pub(crate) fn example(&self, name: &Ident) -> String {
        match self.declared.get(&name.to_string()) {
            Some(Some(takes)) => format!("{name}({})", takes.values.join(", ")),
            _ => format!("{name}(…)"),
        }
    }
}

fn wrong_count(called: &str, at: Span, takes: &[String], has: &[&Expr], write: &str) -> Error {
    let count = takes.len();
    let values = if count == 1 { "value" } else { "values" };
    let extra = has.get(count).map_or(at, |extra| ends(extra).0);
    let has = has.len();
    Error::new(
        extra,
        format_args!("`{called}` takes {count} {values}, and this call has {has}: {write}"),
    )
}

fn only_segment(path: &Path) -> Option<&Ident> {
    let mut segments = path.segments.iter();
    match (segments.next(), segments.next()) {
        (Some(segment), None) => Some(&segment.ident),
        _ => None,
    }
}

/// The function that calls a graph for each entry of an array, and the first values that this graph takes; with generic
/// arguments or without.
fn combinator(path: &Path) -> Option<(&'static str, &'static [&'static str])> {
    const MAPS: [&str; 2] = ["vmap", "vmap_each"];
    const SCANS: [&str; 4] = ["scan", "scan_each", "scan_reverse", "scan_each_reverse"];
    let name = only_segment(path)?;
    if name == "repeat" {
        return Some(("repeat", &["a state", "parameters"]));
    }
    if let Some(map) = MAPS.into_iter().find(|map| name == map) {
        return Some((map, &["an input"]));
    }
    let scan = SCANS.into_iter().find(|scan| name == scan)?;
    Some((scan, &["a state", "inputs"]))
}
