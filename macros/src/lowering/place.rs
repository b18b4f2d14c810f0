//! Groups in a body: their fields, the entries of their arrays, and groups put together from values.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Error, Expr, ExprStruct, GenericParam, Path};

use super::state::{Destination, Lowering, Value};
use crate::rustc::{bounded_identity, index_checked, with_kind_of_handles};
use crate::syntax::expression::{base, unparenthesized};
use crate::tokens::{after, ends};
use crate::validation::groups::Groups;
use crate::validation::refusal;

impl Lowering<'_> {
    /// `p.weight` or `blocks[0].norm`: what the name before it stands for is a group or an array.
    pub(crate) fn place(&mut self, place: &Expr) -> Value {
        let Some(name) = base(place) else {
            return self.error_variable(refusal::expression(place));
        };
        if self.scope.is_group(name) {
            return Value::Existing(lowered(place));
        }
        match self
            .scope
            .check_base(name, matches!(unparenthesized(place), Expr::Field(_)))
        {
            Some(error) => {
                self.scope.report(name);
                self.error_variable(error)
            }
            None => self.error_variable(refusal::expression(place)),
        }
    }

    /// `Linear { weight: transpose(w), bias: b }`
    pub(crate) fn group(&mut self, literal: &ExprStruct) -> Option<Value> {
        if let Some(dots) = &literal.dot2_token {
            let message = "a group is written with all its fields: there is no `..` in a graph";
            return Some(self.error_variable(Error::new(dots.span(), message)));
        }
        // No short cut: the errors of all fields are reported.
        let fields: Vec<Option<TokenStream>> = literal
            .fields
            .iter()
            .map(|field| {
                let value = self.expr(&field.expr, Destination::Operand)?.tokens();
                let member = &field.member;
                // Short as the user wrote it, or clippy proposes that. A value with an error has another name.
                if field.colon_token.is_none()
                    && member.to_token_stream().to_string() == value.to_string()
                {
                    return Some(value);
                }
                let colon = field.colon_token.unwrap_or_default();
                Some(quote_spanned!(member.span()=> #member #colon #value))
            })
            .collect();
        let fields: Vec<_> = fields.into_iter().collect::<Option<_>>()?;
        let mut tokens = literal.path.to_token_stream();
        tokens.extend(kind_of(self.groups, &literal.path));
        literal.brace_token.surround(&mut tokens, |tokens| {
            tokens.extend(quote_spanned!(literal.brace_token.span.join()=> #(#fields),*));
        });
        let (first, last) = (ends(&literal.path).0, literal.brace_token.span.close());
        Some(Value::Existing(bounded_identity(
            "handles",
            tokens,
            first,
            after(last),
        )))
    }

    /// Whether an expression stands for a group or an array, as far as the macro can tell: a field may be a tensor, and
    /// rustc knows.
    pub(crate) fn is_group(&self, expr: &Expr) -> bool {
        match unparenthesized(expr) {
            Expr::Struct(_) => true,
            expr => base(expr).is_some_and(|name| self.scope.is_group(name)),
        }
    }
}

/// A place with what stands for each index of an array.
fn lowered(place: &Expr) -> TokenStream {
    match unparenthesized(place) {
        Expr::Field(field) => {
            let (base, dot, member) = (lowered(&field.base), field.dot_token, &field.member);
            quote!(#base #dot #member)
        }
        Expr::Index(index) => {
            let (base, number) = (lowered(&index.expr), &index.index);
            let (start, brackets) = (ends(&index.expr).0, index.bracket_token.span.join());
            index_checked(&base, number, start, brackets)
        }
        other => other.to_token_stream(),
    }
}

/// [`with_kind_of_handles`] for a literal of a group of this invocation. Not with a const among the parameters: `_` for
/// one is newer than this crate's oldest Rust.
fn kind_of(groups: &Groups, path: &Path) -> Option<TokenStream> {
    let name = path.get_ident()?;
    let params = &groups.get(name)?.generics.params;
    if !params
        .iter()
        .all(|param| matches!(param, GenericParam::Type(_)))
    {
        return None;
    }
    Some(with_kind_of_handles(params.len(), name.span()))
}
