//! Shapes as users write them.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote_spanned};
use syn::parse::ParseStream;
use syn::{Result, bracketed, token};

use super::consts::Consts;
use super::dim::{Dim, dim};
use super::recovery::separated;
use crate::errors::Errors;
use crate::tokens::hygienic;

/// The most dims that a shape has.
pub(crate) const MAX_RANK: usize = 6;

/// What to write where a shape is expected; in the words of every message about it.
pub(crate) const EXPECTED_SHAPE: &str = "expected a shape such as `[32, 64]`";

/// The dims of one shape, each already a type.
pub(crate) struct Shape {
    dims: Vec<Dim>,
    span: Span,
}

impl Shape {
    /// `[32, B]`. A wrong dim is kept as an error and left out: the shapes after it are still read.
    pub(crate) fn bracketed(
        input: ParseStream,
        consts: &Consts,
        errors: &mut Errors,
    ) -> Result<Self> {
        if !input.peek(token::Bracket) {
            return Err(input.error(EXPECTED_SHAPE));
        }
        let content;
        let bracket = bracketed!(content in input);
        Ok(Self::entries(&content, consts, bracket.span.join(), errors))
    }

    /// The entries of a shape, to the end of the input.
    pub(crate) fn entries(
        input: ParseStream,
        consts: &Consts,
        span: Span,
        errors: &mut Errors,
    ) -> Self {
        let mut dims = Vec::new();
        let mut rank = 0;
        separated(input, errors, |input, errors| {
            rank += 1;
            if rank == MAX_RANK + 1 {
                errors.push(input.error("a shape has at most 6 dims"));
            }
            dims.push(dim(input, consts)?);
            Ok(())
        });
        Self { dims, span }
    }

    /// Its dims.
    pub(crate) fn dims(&self) -> &[Dim] {
        &self.dims
    }

    /// Where the user wrote it.
    pub(crate) fn span(&self) -> Span {
        self.span
    }
}

impl ToTokens for Shape {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let dims = &self.dims;
        tokens.extend(quote_spanned!(hygienic(self.span)=> (#(#dims,)*)));
    }
}
