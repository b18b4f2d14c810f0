//! The values that a graph has at each place, and what is said of a name that is none of them.

use proc_macro2::Span;
use syn::ext::IdentExt;
use syn::{Error, Ident};

use super::edit_distance::distance;
use crate::syntax::graph::{Form, Graph};
use crate::syntax::statement::Statement;

/// The names of a graph's values.
pub(crate) struct Scope {
    /// Whether only braces hold Rust. A closure form also sees the variables around it.
    is_closed: bool,
    /// Those bound so far, first to last.
    bound: Vec<String>,
    /// Those that stand for a group or an array: they have fields and entries.
    groups: Vec<String>,
    /// Those that are no values and get no error: sizes, and what an error is already about.
    silent: Vec<String>,
    /// Those that statements below bind, last to first.
    below: Vec<(String, Span)>,
}

impl Scope {
    /// The scope at the beginning of a graph's body.
    pub(crate) fn of(graph: &Graph) -> Self {
        let inputs = graph.inputs.iter().map(|input| &input.name);
        let environment = graph.environment.iter().map(|entry| &entry.name);
        let names = inputs.chain(environment).chain(&graph.unreadable);
        let (is_closed, consts) = match &graph.form {
            Form::Named(signature) => {
                let consts = signature.generics.const_params();
                (
                    graph.has_inputs,
                    consts.map(|param| text(&param.ident)).collect(),
                )
            }
            Form::Closure => (false, Vec::new()),
        };
        let inputs_that_are_groups = graph
            .inputs
            .iter()
            .filter(|input| !input.entry.is_tensor())
            .map(|input| text(&input.name));
        let entries_that_are = graph
            .environment
            .iter()
            .filter(|entry| entry.ty.is_group())
            .map(|entry| text(&entry.name));
        Self {
            is_closed,
            bound: names.map(text).collect(),
            groups: inputs_that_are_groups.chain(entries_that_are).collect(),
            silent: consts,
            below: graph
                .body
                .iter()
                .rev()
                .flat_map(|statement| statement.names().into_iter().rev())
                .map(|name| (text(name), name.span()))
                .collect(),
        }
    }

    /// Begins a statement. The names that it binds are returned: they are not below it, and not yet bound.
    pub(crate) fn enter(&mut self, statement: &Statement) -> Vec<String> {
        let names: Vec<_> = statement.names().into_iter().map(text).collect();
        self.below.truncate(self.below.len() - names.len());
        names
    }

    /// Whether a name stands for a group or an array.
    pub(crate) fn is_group(&self, name: &Ident) -> bool {
        self.groups.contains(&text(name))
    }

    /// Says of a name whether it stands for a group or an array from now on.
    pub(crate) fn set_group(&mut self, name: &Ident, is_group: bool) {
        let text = text(name);
        self.groups.retain(|other| *other != text);
        if is_group {
            self.groups.push(text);
        }
    }

    /// Binds the names of a statement.
    pub(crate) fn bind(&mut self, names: Vec<String>) {
        self.bound.extend(names);
    }

    /// Notes that an error is about a name: it is not reported again.
    pub(crate) fn report(&mut self, name: &Ident) {
        self.silent.push(text(name));
    }

    /// Whether a name stands for a value of the graph.
    pub(crate) fn is_bound(&self, name: &Ident) -> bool {
        self.bound.contains(&text(name))
    }

    /// Whether a name is that of a constant of Rust: it has capitals, and no value has it.
    pub(crate) fn is_constant(&self, name: &Ident) -> bool {
        let text = text(name);
        !is_lower(&text) && !self.bound.contains(&text)
    }

    /// The error for a name that has no value here. What is an operand of an operator is never a Rust value.
    pub(crate) fn check(&self, name: &Ident, is_operand: bool) -> Option<Error> {
        let text = text(name);
        // A constant, or a value that is a type, is for rustc to find.
        let is_value = is_lower(&text);
        let is_known = self.bound.contains(&text) || self.silent.contains(&text);
        if is_known || !is_value || !(self.is_closed || is_operand) {
            return None;
        }
        let message = self.suggestion(&text).unwrap_or_else(|| {
            let values = self.values();
            format!("`{text}` is not a value of this graph{values}; a Rust value goes in braces")
        });
        Some(Error::new(name.span(), message))
    }

    /// The error for a name before `.` or `[`, if it looks like that of a value; otherwise the field itself is wrong.
    pub(crate) fn check_base(&self, name: &Ident, is_field: bool) -> Option<Error> {
        let text = text(name);
        let message = match self.bound.contains(&text) {
            true if is_field => {
                format!("`{text}` is one tensor, which has no fields: a group has them")
            }
            true => return None,
            false => self.suggestion(&text)?,
        };
        Some(Error::new(name.span(), message))
    }

    /// What a name that is no value may have been meant to be.
    fn suggestion(&self, text: &str) -> Option<String> {
        let below = self.below.iter().rev().find(|(below, _)| below == text);
        if let Some((_, span)) = below {
            let line = line(*span).map_or_else(String::new, |line| format!(", in line {line}"));
            let message =
                format!("`{text}` is defined below{line}: move its `let` before this use");
            return Some(message);
        }
        let near = self.nearest(text)?;
        Some(format!(
            "`{text}` is not a value of this graph: did you mean `{near}`?"
        ))
    }

    /// The name that a user may have meant; of equally near ones the newest.
    fn nearest(&self, name: &str) -> Option<&str> {
        let names = self.bound.iter().rev().map(String::as_str);
        let (distance, near) = names
            .map(|other| (distance(name, other), other))
            .min_by_key(|(distance, _)| *distance)?;
        // One edit for each three letters, as rustc allows, but not of every letter.
        let length = name.chars().count();
        let is_near = distance <= length.max(3) / 3 && distance < length.max(near.chars().count());
        is_near.then_some(near)
    }

    /// The newest names, to show in a message.
    fn values(&self) -> String {
        const SHOWN: usize = 6;
        let names = self.bound.iter().enumerate();
        let distinct = names.filter(|(at, name)| !self.bound[at + 1..].contains(name));
        let names: Vec<_> = distinct.map(|(_, name)| format!("`{name}`")).collect();
        let hidden = names.len().saturating_sub(SHOWN);
        match names.len() {
            0 => ", which has no values yet".to_owned(),
            _ if hidden > 0 => format!(", which has …, {}", names[hidden..].join(", ")),
            _ => format!(", which has {}", names.join(", ")),
        }
    }
}

/// Whether it is written as variables are.
fn is_lower(text: &str) -> bool {
    text.starts_with(|first: char| first.is_lowercase() || first == '_')
}

fn text(name: &Ident) -> String {
    name.unraw().to_string()
}

/// The line of the user's file; a test of this crate has none.
fn line(span: Span) -> Option<usize> {
    proc_macro::is_available().then(|| span.unwrap().line())
}
