//! How a size is written as a type: digits of base 1000, and consts.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{ToTokens, quote_spanned};

use crate::rustc::{in_braces, unlinted};
use crate::tokens::{after, ends, hygienic, hygienic_after, hygienic_before};

/// The structs of the prelude, which a const generic of that name would be without braces.
const MARKERS: [&str; 3] = ["N", "N2", "N3"];

/// `N<B>` for a const generic. Without braces: rust-analyzer takes a block for a const that nobody knows, and then no call
/// for a graph whose types it knows. (`docs/editor.md`.)
pub(crate) fn of_const(name: &Ident) -> TokenStream {
    of_const_at(name, name.span())
}

/// [`of_const`] where the user wrote more than its name, such as braces.
pub(crate) fn of_const_at(name: &Ident, span: Span) -> TokenStream {
    if MARKERS.iter().any(|marker| name == marker) {
        return in_braces_at(name, span);
    }
    marker(&n(span), name, span)
}

/// `N<{ B }>`, where nothing says that `B` is a const.
pub(crate) fn in_braces_at(name: &Ident, span: Span) -> TokenStream {
    marker(&n(span), &in_braces(name, span), span)
}

fn n(span: Span) -> Ident {
    Ident::new("N", hygienic_before(span))
}

/// `HIDDEN`, a constant of any size: its three digits, of which rustc makes the dim when it knows them. A const generic
/// cannot be in an expression.
pub(crate) fn of_constant(value: &impl ToTokens) -> TokenStream {
    let (first, last) = ends(value);
    let (open, close) = (hygienic_before(first), hygienic_after(last));
    let place = after(last);
    let number = |value| unlinted(Literal::u64_unsuffixed(value), place);
    let (million, thousand) = (number(1_000_000), number(1000));
    // In place of the user, so that three errors about a wrong constant are one.
    let user = match value.to_token_stream().into_iter().count() {
        1 => value.to_token_stream(),
        _ => quote_spanned!(place=> (#value)),
    };
    let high = quote_spanned!(place=> { #user / #million });
    let middle = quote_spanned!(place=> { #user / #thousand % #thousand });
    let low = quote_spanned!(place=> { #user % #thousand });
    let mut tokens = quote_spanned!(open=> ::cotangent::dim::OfDigits<#high, #middle, #low);
    tokens.extend(quote_spanned!(close=> >));
    tokens
}

/// `50257` is `N2<50, 257>`: base 1000, the most significant digit first.
pub(crate) fn number(size: u64, place: Span) -> TokenStream {
    let span = hygienic_before(place);
    let marker = |name, digits| {
        // Where the user's number is, so that an editor says of it what type it is.
        let name = Ident::new(name, hygienic(place));
        marker(&name, &digits, place)
    };
    let digit = |value: u64| unlinted(Literal::u64_unsuffixed(value % 1000), span);
    let (high, middle, low) = (digit(size / 1_000_000), digit(size / 1000), digit(size));
    match size {
        0..1000 => marker("N", quote_spanned!(span=> #low)),
        1000..1_000_000 => marker("N2", quote_spanned!(span=> #middle, #low)),
        _ => marker("N3", quote_spanned!(span=> #high, #middle, #low)),
    }
}

/// `::cotangent::dim::N<…>`, which an error underlines where the user wrote a token.
pub(crate) fn marker(name: &Ident, digits: &impl ToTokens, span: Span) -> TokenStream {
    let close = quote_spanned!(hygienic_after(span)=> >);
    quote_spanned!(hygienic_before(span)=> ::cotangent::dim::#name<#digits #close)
}
