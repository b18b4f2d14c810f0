//! How many values a graph takes, where the macro knows: of the graphs of the same invocation.

use std::collections::HashMap;

use proc_macro2::Span;
use syn::ext::IdentExt;
use syn::{Error, Expr, ExprCall, Path};

use crate::syntax::expression::unparenthesized;
use crate::syntax::graph::{Form, Graph};
use crate::tokens::ends;

/// The names of what each graph takes, by the name of the graph.
pub(crate) struct Arities(HashMap<String, Vec<String>>);

impl Arities {
    pub(crate) fn of(graphs: &[Graph]) -> Self {
        let mut arities = HashMap::new();
        for graph in graphs {
            let Form::Named(signature) = &graph.form else {
                continue;
            };
            let inputs = graph.inputs.iter().map(|input| &input.name);
            let environment = graph.environment.iter().map(|entry| &entry.name);
            let names = inputs
                .chain(environment)
                .map(|name| name.unraw().to_string());
            // What has an error in its header is not held against its callers.
            if graph.header_errors.is_empty() {
                arities.insert(signature.name.to_string(), names.collect());
            }
        }
        Self(arities)
    }

    /// The error of a call with too few or too many values, `at` the name of the graph.
    pub(crate) fn check(&self, call: &ExprCall, at: Span) -> Option<Error> {
        let Expr::Call(inner) = unparenthesized(&call.func) else {
            return None;
        };
        let Expr::Path(path) = unparenthesized(&inner.func) else {
            return None;
        };
        // `repeat(layer())(x, layers)` and `scan(step())(state, inputs)` take as many as what they repeat.
        let (combinator, path) = match (
            combinator(&path.path),
            inner.args.first().map(unparenthesized),
        ) {
            (Some(combinator), Some(Expr::Call(layer))) if inner.args.len() == 1 => {
                match unparenthesized(&layer.func) {
                    Expr::Path(path) => (Some(combinator), path),
                    _ => return None,
                }
            }
            _ => (None, path),
        };
        // `layer` or `layer::<A, N<3>>`, which is the graph of this invocation; not `other::layer`.
        let mut segments = path.path.segments.iter();
        let (Some(segment), None) = (segments.next(), segments.next()) else {
            return None;
        };
        let name = segment.ident.to_string();
        let names = self.0.get(&name)?;
        let (takes, has) = (names.len(), call.args.len());
        if let Some((combinator, second)) = combinator
            && takes < 2
        {
            let message = format!(
                "`{combinator}` needs a graph with {second}, its second value, and `{name}` takes {takes}"
            );
            return Some(Error::new(segment.ident.span(), message));
        }
        if takes == has {
            return None;
        }
        let values = if takes == 1 { "value" } else { "values" };
        let names = names.join(", ");
        let (called, callee) = match combinator {
            Some((combinator, _)) => (
                format!("{combinator}({name}())"),
                format!("{combinator}({name}())"),
            ),
            None => (name.clone(), format!("{name}()")),
        };
        let message = format!(
            "`{called}` takes {takes} {values}, and this call has {has}: write `{callee}({names})`"
        );
        let extra = call.args.iter().nth(takes);
        Some(Error::new(extra.map_or(at, |extra| ends(extra).0), message))
    }
}

/// The function that calls a graph for each entry of an array, and what that graph has besides its state; with generic
/// arguments or without.
fn combinator(path: &Path) -> Option<(&'static str, &'static str)> {
    let mut segments = path.segments.iter();
    let (Some(segment), None) = (segments.next(), segments.next()) else {
        return None;
    };
    const SCANS: [&str; 4] = ["scan", "scan_each", "scan_reverse", "scan_each_reverse"];
    if segment.ident == "repeat" {
        return Some(("repeat", "parameters"));
    }
    let scan = SCANS.into_iter().find(|scan| segment.ident == scan)?;
    Some((scan, "inputs"))
}
