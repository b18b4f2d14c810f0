//! How many values a graph takes, where the macro knows: of the graphs of the same invocation.

use std::collections::HashMap;

use proc_macro2::Span;
use syn::ext::IdentExt;
use syn::{Error, Expr, ExprCall};

use super::lower::peel;
use super::parse::{Form, Graph};
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
    pub(super) fn check(&self, call: &ExprCall, at: Span) -> Option<Error> {
        let Expr::Call(inner) = peel(&call.func) else {
            return None;
        };
        let Expr::Path(path) = peel(&inner.func) else {
            return None;
        };
        // `repeat(layer())(x, layers)` takes as many as `layer()(x, p)`.
        let (repeated, path) = match inner.args.first().map(peel) {
            Some(Expr::Call(layer)) if inner.args.len() == 1 && path.path.is_ident("repeat") => {
                match peel(&layer.func) {
                    Expr::Path(path) => (true, path),
                    _ => return None,
                }
            }
            _ => (false, path),
        };
        // `layer` or `layer::<A, N<3>>`, which is the graph of this invocation; not `other::layer`.
        let mut segments = path.path.segments.iter();
        let (Some(segment), None) = (segments.next(), segments.next()) else {
            return None;
        };
        let name = segment.ident.to_string();
        let names = self.0.get(&name)?;
        let (takes, has) = (names.len(), call.args.len());
        if repeated && takes < 2 {
            let message = format!(
                "`repeat` needs a graph with parameters, its second value, and `{name}` takes {takes}"
            );
            return Some(Error::new(segment.ident.span(), message));
        }
        if takes == has {
            return None;
        }
        let values = if takes == 1 { "value" } else { "values" };
        let names = names.join(", ");
        let (called, callee) = if repeated {
            (format!("repeat({name}())"), format!("repeat({name}())"))
        } else {
            (name.clone(), format!("{name}()"))
        };
        let message = format!(
            "`{called}` takes {takes} {values}, and this call has {has}: write `{callee}({names})`"
        );
        let extra = call.args.iter().nth(takes);
        Some(Error::new(extra.map_or(at, |extra| ends(extra).0), message))
    }
}
