//! Spans, and the heterogeneous lists that all macros here write.

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::{ToTokens, quote_spanned};

/// A span for a token of ours: shown where the user's token is, resolved in this crate.
///
/// Resolved here it can neither capture nor be captured by a name of the user, and lints skip it.
pub(crate) fn at(span: Span) -> Span {
    Span::mixed_site().located_at(span)
}

/// Where the first and the last token of some syntax are.
///
/// Two spans, as joining them is not stable. A value of two tokens, one at each, still underlines the whole.
pub(crate) fn ends(syntax: impl ToTokens) -> (Span, Span) {
    let mut ends = None;
    for token in syntax.into_token_stream() {
        let (open, close) = match &token {
            TokenTree::Group(group) => (group.span_open(), group.span_close()),
            other => (other.span(), other.span()),
        };
        ends = Some((ends.map_or(open, |(first, _)| first), close));
    }
    ends.unwrap_or_else(|| (Span::call_site(), Span::call_site()))
}

/// `HCons<a, HCons<b, HNil>>`.
pub(crate) fn list_type<I>(items: I, span: Span) -> TokenStream
where
    I: IntoIterator<Item: ToTokens, IntoIter: DoubleEndedIterator>,
{
    list_type_onto(
        items,
        quote_spanned!(at(span)=> ::cotangent::__private::HNil),
        span,
    )
}

/// `HCons<a, HCons<b, REST>>`.
pub(crate) fn list_type_onto<I>(items: I, rest: TokenStream, span: Span) -> TokenStream
where
    I: IntoIterator<Item: ToTokens, IntoIter: DoubleEndedIterator>,
{
    let span = at(span);
    items.into_iter().rev().fold(
        rest,
        |tail, head| quote_spanned!(span=> ::cotangent::__private::HCons<#head, #tail>),
    )
}

/// `HCons { head: a, tail: HCons { head: b, tail: HNil } }`, which is an expression and a pattern.
pub(crate) fn list_value<I>(items: I, span: Span) -> TokenStream
where
    I: IntoIterator<Item: ToTokens, IntoIter: DoubleEndedIterator>,
{
    let span = at(span);
    let empty = quote_spanned!(span=> ::cotangent::__private::HNil);
    items.into_iter().rev().fold(empty, |tail, head| {
        quote_spanned!(span=> ::cotangent::__private::HCons { head: #head, tail: #tail })
    })
}
