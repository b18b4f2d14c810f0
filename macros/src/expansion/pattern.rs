//! The pattern that takes the results of a call apart: a tuple, or a list of handles.

use proc_macro2::{Delimiter, Group, TokenStream};
use quote::{ToTokens, quote, quote_spanned};

use crate::syntax::pattern::{Part, Several};
use crate::tokens::{at, list_value};

/// The pattern of Rust: a tuple, or a list of handles.
pub(crate) fn pattern(several: &Several) -> TokenStream {
    let parts: Vec<TokenStream> = several
        .parts
        .iter()
        .map(|part| match part {
            Part::Name(name) => name.to_token_stream(),
            Part::Hole(span) => quote_spanned!(at(*span)=> _),
            Part::List(list) => pattern(list),
        })
        .collect();
    if several.is_list {
        return list_value(parts, several.span);
    }
    let comma = (parts.len() == 1).then(|| quote!(,));
    let mut tuple = Group::new(Delimiter::Parenthesis, quote!(#(#parts),* #comma));
    tuple.set_span(several.span);
    tuple.into_token_stream()
}
