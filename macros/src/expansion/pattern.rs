//! The pattern that takes the results of a call apart: a tuple, or a list of handles.

use proc_macro2::{Delimiter, Group, TokenStream};
use quote::{ToTokens, quote, quote_spanned};

use crate::syntax::pattern::{Part, Results};
use crate::tokens::{hygienic_before, list_value};

/// The pattern of Rust: a tuple, or a list of handles.
pub(crate) fn pattern(results: &Results) -> TokenStream {
    let parts: Vec<TokenStream> = results
        .parts
        .iter()
        .map(|part| match part {
            Part::Name(name) => name.to_token_stream(),
            Part::Wildcard(span) => quote_spanned!(hygienic_before(*span)=> _),
            Part::List(list) => pattern(list),
        })
        .collect();
    if results.is_list {
        return list_value(parts, results.span);
    }
    let comma = (parts.len() == 1).then(|| quote!(,));
    let mut tuple = Group::new(Delimiter::Parenthesis, quote!(#(#parts),* #comma));
    tuple.set_span(results.span);
    tuple.into_token_stream()
}
