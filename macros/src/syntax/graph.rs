//! A graph as written: the root of its syntax tree.

use proc_macro2::Span;
use syn::{Attribute, Generics, Ident, Token, Visibility};

use super::consts::Consts;
use super::header::{Entry, Input, Returned};
use super::statement::Statement;
use super::where_clause::WhereClause;
use crate::errors::Errors;

/// A graph as written.
pub(crate) struct Graph {
    pub(crate) form: Form,
    pub(crate) inputs: Vec<Input>,
    pub(crate) environment: Vec<Entry>,
    /// Names in the header that something is wrong with.
    pub(crate) unreadable: Vec<Ident>,
    /// Whether the names of all inputs could be read.
    pub(crate) has_inputs: bool,
    pub(crate) returned: Returned,
    pub(crate) body: Vec<Statement>,
    /// Where a missing returned value is reported.
    pub(crate) end: Span,
    /// Its parameters.
    pub(crate) consts: Consts,
    /// Errors of the header: the signature is not known.
    pub(crate) header_errors: Errors,
    /// Errors of the body: the signature is known all the same.
    pub(crate) body_errors: Errors,
}

impl Graph {
    /// Whether it was read without an error.
    pub(crate) fn is_well_formed(&self) -> bool {
        self.header_errors.is_empty() && self.body_errors.is_empty()
    }
}

/// Which of the two forms it has.
pub(crate) enum Form {
    /// `pub fn loss<const B: usize>(…) -> […] where … { … }`
    Named(Box<Signature>),
    /// `|x: [2, 3]| …`
    Closure,
}

/// The parts of a named graph that become the function's.
pub(crate) struct Signature {
    pub(crate) attrs: Vec<Attribute>,
    pub(crate) vis: Visibility,
    pub(crate) fn_token: Token![fn],
    pub(crate) name: Ident,
    pub(crate) generics: Generics,
    pub(crate) clause: WhereClause,
}
