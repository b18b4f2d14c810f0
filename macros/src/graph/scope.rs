//! The values that a graph has at each place, and what is said of a name that is none of them.

use proc_macro2::Span;
use syn::ext::IdentExt;
use syn::{Error, Ident};

use super::body::Statement;
use super::parse::{Form, Graph};

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
        let names = inputs.chain(environment).chain(&graph.without_shape);
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
                .flat_map(|statement| binds(statement).into_iter().rev())
                .map(|name| (text(name), name.span()))
                .collect(),
        }
    }

    /// Begins a statement. The names that it binds are returned: they are not below it, and not yet bound.
    pub(super) fn enter(&mut self, statement: &Statement) -> Vec<String> {
        let names: Vec<_> = binds(statement).into_iter().map(text).collect();
        self.below.truncate(self.below.len() - names.len());
        names
    }

    /// Whether a name stands for a group or an array.
    pub(super) fn is_group(&self, name: &Ident) -> bool {
        self.groups.contains(&text(name))
    }

    /// Says of a name whether it stands for a group or an array from now on.
    pub(super) fn set_group(&mut self, name: &Ident, is_group: bool) {
        let text = text(name);
        self.groups.retain(|other| *other != text);
        if is_group {
            self.groups.push(text);
        }
    }

    /// Binds the names of a statement.
    pub(super) fn bind(&mut self, names: Vec<String>) {
        self.bound.extend(names);
    }

    /// Notes that an error is about a name: it is not reported again.
    pub(super) fn report(&mut self, name: &Ident) {
        self.silent.push(text(name));
    }

    /// The error for a name that has no value here. What is an operand of an operator is never a Rust value.
    pub(super) fn check(&self, name: &Ident, is_operand: bool) -> Option<Error> {
        let text = text(name);
        // A constant, or a value that is a type, is for rustc to find.
        let is_value = text.starts_with(|first: char| first.is_lowercase() || first == '_');
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
    pub(super) fn check_base(&self, name: &Ident, is_field: bool) -> Option<Error> {
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

/// The names that a statement binds. A broken one binds what it can have bound, so that it causes no other error.
pub(super) fn binds(statement: &Statement) -> Vec<&Ident> {
    match statement {
        Statement::Let { pattern, .. } => pattern.names(),
        Statement::Broken(names) => names.iter().collect(),
        Statement::Discarded(..) | Statement::Value(_) => Vec::new(),
    }
}

fn text(name: &Ident) -> String {
    name.unraw().to_string()
}

/// The line of the user's file; a test of this crate has none.
fn line(span: Span) -> Option<usize> {
    proc_macro::is_available().then(|| span.unwrap().line())
}

/// The edit distance of Levenshtein, in which also two letters may change places.
fn distance(left: &str, right: &str) -> usize {
    let (left, right): (Vec<_>, Vec<_>) = (left.chars().collect(), right.chars().collect());
    // `rows[i][j]`: from the first `i` letters of one to the first `j` of the other.
    let mut rows = vec![(0..=right.len()).collect::<Vec<_>>()];
    for i in 1..=left.len() {
        let mut row = vec![i];
        for j in 1..=right.len() {
            let replaced = rows[i - 1][j - 1] + usize::from(left[i - 1] != right[j - 1]);
            let mut least = replaced.min(rows[i - 1][j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1] {
                least = least.min(rows[i - 2][j - 2] + 1);
            }
            row.push(least);
        }
        rows.push(row);
    }
    rows[left.len()][right.len()]
}

#[cfg(test)]
mod tests {
    use super::distance;

    #[test]
    fn distances() {
        for (left, right, expected) in [
            ("", "", 0),
            ("", "abc", 3),
            ("w", "ww", 1),
            ("logits", "logit", 1),
            ("hidden", "hiddne", 1),
            ("kitten", "sitting", 3),
            ("x", "y", 1),
        ] {
            assert_eq!(distance(left, right), expected, "{left} {right}");
            assert_eq!(distance(right, left), expected, "{right} {left}");
        }
    }
}
