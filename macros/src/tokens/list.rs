//! The heterogeneous lists that all macros here write.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote_spanned};

use super::span::{hygienic_after, hygienic_before};

/// `HCons<a, HCons<b, HNil>>`, which an error underlines where the user's syntax is.
pub(crate) fn list_type<I>(items: I, span: Span) -> TokenStream
where
    I: IntoIterator<Item: ToTokens, IntoIter: DoubleEndedIterator>,
{
    let nil = Ident::new("HNil", hygienic_after(span));
    let empty = quote_spanned!(hygienic_before(span)=> ::cotangent::__private::#nil);
    let close = quote_spanned!(hygienic_after(span)=> >);
    items.into_iter().rev().fold(
        empty,
        |tail, head| quote_spanned!(hygienic_before(span)=> ::cotangent::__private::HCons<#head, #tail #close),
    )
}

/// `HCons { head: a, tail: HCons { head: b, tail: HNil } }`, which is an expression and a pattern.
pub(crate) fn list_value<I>(items: I, span: Span) -> TokenStream
where
    I: IntoIterator<Item: ToTokens, IntoIter: DoubleEndedIterator>,
{
    let nil = Ident::new("HNil", hygienic_after(span));
    let empty = quote_spanned!(hygienic_before(span)=> ::cotangent::__private::#nil);
    items.into_iter().rev().fold(empty, |tail, head| {
        let fields = quote_spanned!(hygienic_before(span)=> head: #head, tail: #tail);
        let fields = quote_spanned!(hygienic_after(span)=> { #fields });
        quote_spanned!(hygienic_before(span)=> ::cotangent::__private::HCons #fields)
    })
}
