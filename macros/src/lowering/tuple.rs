//! Tuples among the arguments of an op: several values, or the parts of an axis.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::{Expr, ExprTuple};

use super::sizes::{size, unsuffixed};
use super::state::Lowering;
use crate::syntax::expression::unparenthesized;

impl Lowering<'_> {
    /// A tuple, of which each entry is lowered.
    pub(super) fn entries(
        &mut self,
        tuple: &ExprTuple,
        lower: fn(&mut Self, &Expr) -> Option<TokenStream>,
    ) -> Option<TokenStream> {
        let entries = self.each(&tuple.elems, lower)?;
        let mut tokens = TokenStream::new();
        tuple.paren_token.surround(&mut tokens, |tokens| {
            for (entry, pair) in entries.iter().zip(tuple.elems.pairs()) {
                entry.to_tokens(tokens);
                pair.punct().to_tokens(tokens);
            }
        });
        Some(tokens)
    }

    /// The size of a part of an axis: `3`, `D` or `2 * D`.
    pub(super) fn part(&mut self, part: &Expr) -> Option<TokenStream> {
        if let Expr::Lit(lit) = unparenthesized(part)
            && let Some(int) = unsuffixed(lit)
        {
            return self.errors.keep(size(int));
        }
        self.dim_of(part.to_token_stream(), part)
            .or_else(|| self.arg(part))
    }
}
