//! Many errors, reported at once: a user who made three mistakes reads three messages, not one after each build.

use proc_macro2::{Span, TokenStream};
use syn::Error;

use super::index;
use crate::rustc;

/// The errors met so far.
#[derive(Clone, Default)]
pub(crate) struct Errors {
    all: Option<Error>,
    count: usize,
    in_place: usize,
}

impl Errors {
    /// Keeps an error and goes on.
    pub(crate) fn push(&mut self, error: Error) {
        self.count += 1;
        match &mut self.all {
            Some(first) => first.combine(error),
            none => *none = Some(error),
        }
    }

    /// Keeps an error with its caret at one span.
    pub(crate) fn at(&mut self, span: Span, message: impl std::fmt::Display) {
        self.push(Error::new(span, message));
    }

    /// Keeps an error that is reported where the value of an expression is expected: there it has the error type, and
    /// the compiler goes on to judge the rest.
    pub(crate) fn in_place(&mut self, error: Error) -> TokenStream {
        let value = index::invocations(&error);
        self.push(error);
        self.in_place += 1;
        value
    }

    /// Whether all of them are in the place of a value.
    pub(crate) fn are_in_place(&self) -> bool {
        self.in_place == self.count
    }

    /// Keeps what a parser of the whole input says, if nothing was found before: a parser that gave up on some
    /// brackets says in the end that tokens were left in them, which is not one more error.
    pub(crate) fn keep_if_first(&mut self, result: syn::Result<()>) {
        if let (Err(error), true) = (result, self.is_empty()) {
            self.push(error);
        }
    }

    /// The value of a result; its error is kept.
    pub(crate) fn keep<T>(&mut self, result: syn::Result<T>) -> Option<T> {
        result.map_err(|error| self.push(error)).ok()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// How often an error was kept, to see whether one was added meanwhile.
    pub(crate) fn count(&self) -> usize {
        self.count
    }

    /// These and then those.
    pub(crate) fn and(mut self, others: Self) -> Self {
        others
            .all
            .into_iter()
            .flatten()
            .for_each(|error| self.push(error));
        self
    }

    /// All of them, as `compile_error!` invocations, one for each.
    pub(crate) fn invocations(self) -> Vec<TokenStream> {
        self.all
            .into_iter()
            .flatten()
            .map(|error| index::invocations(&error))
            .collect()
    }

    /// All of them as one expression or pattern.
    pub(crate) fn into_value(self) -> TokenStream {
        rustc::error_value(self.invocations())
    }

    /// All of them as one type.
    pub(crate) fn into_type(self) -> TokenStream {
        rustc::error_type(&self.invocations())
    }

    /// All of them as the body of a function.
    pub(crate) fn into_body(self) -> TokenStream {
        rustc::body_of_error(&self.invocations())
    }
}
