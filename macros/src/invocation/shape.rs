//! `shape!`, `context!` and `environment!`: types that are lists of dims or of entries.

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;

use crate::errors::Errors;
use crate::syntax::consts::Consts;
use crate::syntax::entry::EntryType;
use crate::syntax::recovery::{collected, separated};
use crate::syntax::shape::Shape;
use crate::syntax::value_type::ValueType;
use crate::tokens::list_type;

/// `shape![32, 64]`.
pub(crate) fn expand_shape(input: TokenStream) -> TokenStream {
    let read = collected(input, |input, errors| {
        Shape::entries(input, &Consts::default(), Span::call_site(), errors).into_token_stream()
    });
    read.unwrap_or_else(Errors::into_type)
}

/// `context![[32, 64], [10]]`.
pub(crate) fn expand_context(input: TokenStream) -> TokenStream {
    let read = collected(input, |input, errors| {
        let (mut entries, consts) = (Vec::new(), Consts::default());
        separated(input, errors, |input, errors| {
            entries.push(EntryType::parse(input, &consts, errors)?);
            Ok(())
        });
        list_type(&entries, Span::call_site())
    });
    read.unwrap_or_else(Errors::into_type)
}

/// `environment![[2] < 3, key]`: the list of the entries.
pub(crate) fn expand_environment(input: TokenStream) -> TokenStream {
    let read = collected(input, |input, errors| {
        let (mut entries, consts) = (Vec::new(), Consts::default());
        separated(input, errors, |input, errors| {
            entries.push(ValueType::of_environment(input, &consts, errors)?.1);
            Ok(())
        });
        list_type(&entries, Span::call_site())
    });
    read.unwrap_or_else(Errors::into_type)
}
