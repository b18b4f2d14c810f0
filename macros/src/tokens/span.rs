//! Where tokens stand: what rustc underlines, and what an editor shows.

use proc_macro2::{Span, TokenTree};
use quote::ToTokens;

/// A span for a token of ours: shown before the user's token, resolved in this crate.
///
/// Resolved here it can neither capture nor be captured by a name of the user, and lints skip it.
pub(crate) fn hygienic_before(span: Span) -> Span {
    hygienic(before(span))
}

/// As [`hygienic_before`], but shown after it.
pub(crate) fn hygienic_after(span: Span) -> Span {
    hygienic(after(span))
}

/// Shown exactly where the user's syntax is: for brackets, and for a name if an editor is to say it of the user's
/// token.
pub(crate) fn hygienic(span: Span) -> Span {
    Span::mixed_site().located_at(span)
}

/// The place before a token of the user, where tokens of ours go.
///
/// An editor asks for the meaning of a token through all tokens of the expansion whose span has that token in it. So
/// tokens of ours have spans of no width, unless they are what is to be shown. To underline something of the user, the
/// first of ours is placed before it and the last [`after`] it.
pub(crate) fn before(span: Span) -> Span {
    // In a unit test there is no compiler, and no place of a width of nothing.
    if proc_macro::is_available() {
        span.unwrap().start().into()
    } else {
        Span::call_site()
    }
}

/// The place after a token of the user. See [`before`].
pub(crate) fn after(span: Span) -> Span {
    if proc_macro::is_available() {
        span.unwrap().end().into()
    } else {
        Span::call_site()
    }
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
