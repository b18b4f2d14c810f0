//! Groups in a body: their fields, the entries of their arrays, and groups put together from values.

use proc_macro2::{Delimiter, Group, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Error, Expr, ExprStruct, Ident};

use super::lower::{Goal, Lowering, Value, peel};
use super::refuse;
use crate::tokens::{after, at, before, ends};

impl Lowering<'_> {
    /// `p.weight` or `blocks[0].norm`: what the name before it stands for is a group or an array.
    pub(super) fn place(&mut self, place: &Expr) -> Value {
        let Some(name) = base(place) else {
            return self.wrong(refuse::expression(place));
        };
        if self.scope.is_group(name) {
            return Value::Existing(lowered(place));
        }
        match self
            .scope
            .check_base(name, matches!(peel(place), Expr::Field(_)))
        {
            Some(error) => {
                self.scope.report(name);
                self.wrong(error)
            }
            None => self.wrong(refuse::expression(place)),
        }
    }

    /// `Linear { weight: transpose(w), bias: b }`
    pub(super) fn group(&mut self, literal: &ExprStruct) -> Option<Value> {
        if let Some(dots) = &literal.dot2_token {
            let message = "a group is written with all its fields: there is no `..` in a graph";
            return Some(self.wrong(Error::new(dots.span(), message)));
        }
        // No short cut: the errors of all fields are reported.
        let fields: Vec<Option<TokenStream>> = literal
            .fields
            .iter()
            .map(|field| {
                let value = self.expr(&field.expr, Goal::Operand)?.tokens();
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
        tokens.extend(self.groups.kind_of(&literal.path));
        literal.brace_token.surround(&mut tokens, |tokens| {
            tokens.extend(quote_spanned!(literal.brace_token.span.join()=> #(#fields),*));
        });
        // With the span of the user, unlike other names of ours: of one of this macro an error would have a note.
        let (first, last) = (ends(&literal.path).0, literal.brace_token.span.close());
        let mut call = Group::new(Delimiter::Parenthesis, tokens);
        call.set_span(after(last));
        let tokens = quote_spanned!(before(first)=> ::cotangent::__private::handles #call);
        Some(Value::Existing(tokens))
    }

    /// Whether an expression stands for a group or an array, as far as the macro can tell: a field may be a tensor, and
    /// rustc knows.
    pub(super) fn is_group(&self, expr: &Expr) -> bool {
        match peel(expr) {
            Expr::Struct(_) => true,
            expr => base(expr).is_some_and(|name| self.scope.is_group(name)),
        }
    }
}

/// A place with what stands for each index of an array: its handles are made when they are asked for, so there is none
/// to refer to. The index is also that of an array of the same length, for the error of one that is out of range.
fn lowered(place: &Expr) -> TokenStream {
    match peel(place) {
        Expr::Field(field) => {
            let (base, dot, member) = (lowered(&field.base), field.dot_token, &field.member);
            quote!(#base #dot #member)
        }
        Expr::Index(index) => {
            let (base, number) = (lowered(&index.expr), &index.index);
            let (start, brackets) = (ends(&index.expr).0, index.bracket_token.span.join());
            // With the spans of the user: rustc is silent about an index of a macro. Hence a name that is nobody's.
            let all = Ident::new("__cotangent_all", before(start));
            let layer = Ident::new("layer", before(brackets));
            let mut entry = Group::new(Delimiter::Bracket, quote_spanned!(at(brackets)=> at));
            entry.set_span(brackets);
            quote_spanned! {at(brackets)=>
                #base.#layer(|#all| { let at: ::core::primitive::usize = #number; let () = #all #entry; at })
            }
        }
        other => other.to_token_stream(),
    }
}

/// The name at the beginning of `p.weight` and `blocks[0].norm`, or a name alone.
fn base(place: &Expr) -> Option<&Ident> {
    match peel(place) {
        Expr::Path(path) => path.path.get_ident(),
        Expr::Field(field) => base(&field.base),
        Expr::Index(index) => base(&index.expr),
        _ => None,
    }
}
