//! What a `let` binds.

use proc_macro2::Span;
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{Error, Ident, Pat, Result};

/// Said of `mut`.
pub(crate) const MUTATION: &str =
    "graph! variables are never mutated: remove `mut`, and shadow the name instead";

/// What a `let` binds.
pub(crate) enum Pattern {
    One(Ident),
    Results(Results),
}

/// The results of a call.
pub(crate) struct Results {
    pub(crate) parts: Vec<Part>,
    /// Whether they are in brackets, `[dx, dy]`: the entries of a list.
    pub(crate) is_list: bool,
    /// Where the user wrote them.
    pub(crate) span: Span,
}

/// One result.
pub(crate) enum Part {
    Name(Ident),
    /// `_`, and where it is.
    Wildcard(Span),
    /// A list among the results.
    List(Results),
}

impl Pattern {
    pub(crate) fn of(pattern: Pat) -> Result<Self> {
        Ok(match pattern {
            Pat::Ident(pat) if pat.by_ref.is_none() && pat.subpat.is_none() => {
                if pat.mutability.is_some() {
                    return Err(Error::new(pat.mutability.span(), MUTATION));
                }
                Self::One(pat.ident)
            }
            Pat::Wild(pat) => {
                return Err(Error::new(
                    pat.span(),
                    "this node has no name: give it one, or remove the statement",
                ));
            }
            Pat::Paren(pat) => Self::of(*pat.pat)?,
            Pat::Tuple(pat) => Self::Results(Results {
                parts: parts(pat.elems)?,
                is_list: false,
                span: pat.paren_token.span.join(),
            }),
            Pat::Slice(pat) => Self::Results(Results {
                parts: parts(pat.elems)?,
                is_list: true,
                span: pat.bracket_token.span.join(),
            }),
            other => {
                return Err(Error::new(
                    other.span(),
                    "expected a name, `(a, b)` for the results of a call, or `[a, b]` for the entries of a list",
                ));
            }
        })
    }

    /// The names that it binds, first to last.
    pub(crate) fn names(&self) -> Vec<&Ident> {
        match self {
            Self::One(name) => vec![name],
            Self::Results(results) => results.names(),
        }
    }
}

fn parts(patterns: impl IntoIterator<Item = Pat>) -> Result<Vec<Part>> {
    let part = |pattern: Pat| {
        let span = pattern.span();
        match pattern {
            Pat::Wild(_) => Ok(Part::Wildcard(span)),
            Pat::Rest(_) => Err(Error::new(
                span,
                "a pattern of a graph has all results: write `_` for each that is left out",
            )),
            pattern => match Pattern::of(pattern)? {
                Pattern::One(name) => Ok(Part::Name(name)),
                Pattern::Results(list) if list.is_list => Ok(Part::List(list)),
                Pattern::Results(tuple) => {
                    Err(Error::new(tuple.span, "a result of a call is no tuple"))
                }
            },
        }
    };
    patterns.into_iter().map(part).collect()
}

impl Results {
    /// A tuple of names.
    pub(crate) fn of_names(names: &[Ident], span: Span) -> Self {
        Self {
            parts: names.iter().cloned().map(Part::Name).collect(),
            is_list: false,
            span,
        }
    }

    pub(crate) fn names(&self) -> Vec<&Ident> {
        let names = self.parts.iter().flat_map(|part| match part {
            Part::Name(name) => vec![name],
            Part::Wildcard(_) => Vec::new(),
            Part::List(list) => list.names(),
        });
        names.collect()
    }

    /// What the results are called: `a, _`, with one name for each. A list among them is one result: `loss, dx+dy`.
    pub(crate) fn label(&self) -> String {
        self.labels(", ")
    }

    fn labels(&self, between: &str) -> String {
        let labels = self.parts.iter().map(|part| match part {
            Part::Name(name) => name.unraw().to_string(),
            Part::Wildcard(_) => "_".to_owned(),
            Part::List(list) => list.labels("+"),
        });
        labels.collect::<Vec<_>>().join(between)
    }
}
