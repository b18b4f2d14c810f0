//! What is projected from an entry: its handles, its values, and what a field of a group holds of it.
//!
//! The spans are those of the user: of an entry that is none, rustc says so there.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote_spanned;

use crate::syntax::entry::EntryType;
use crate::syntax::value_type::ValueType;
use crate::tokens::{after, before, hygienic_after, hygienic_before};

/// The spans of what is written around it, before and after.
///
/// What is no group is underlined where the user wrote it. With spans of this macro the message would have a note about
/// it; of a tensor there is no such message, and an editor says what it is.
fn around(entry: &EntryType) -> (Span, Span) {
    let span = entry.span();
    match entry {
        EntryType::Tensor(_) => (hygienic_before(span), hygienic_after(span)),
        EntryType::Group(_) | EntryType::Array { .. } => (before(span), after(span)),
    }
}

/// `<KIND as Kind>::At<Self>`: what a field of a group holds.
pub(crate) fn of_kind(entry: &EntryType, kind: &Ident) -> TokenStream {
    let (first, last) = around(entry);
    let mut tokens = quote_spanned!(first=> <#kind as ::cotangent::context::Kind>::At<#entry);
    tokens.extend(quote_spanned!(last=> >));
    tokens
}

/// `<Self as Entry>::Vars`: its handles.
pub(crate) fn handles(entry: &EntryType) -> TokenStream {
    let (first, last) = around(entry);
    let mut tokens = quote_spanned!(first=> <#entry as ::cotangent::context::Entry>::);
    tokens.extend(quote_spanned!(last=> Vars));
    tokens
}

/// `<Self as Entry>::Of<SCALAR>`: its values.
pub(crate) fn of_scalar(entry: &EntryType, scalar: &Ident) -> TokenStream {
    let (first, last) = around(entry);
    let mut tokens = quote_spanned!(first=> <#entry as ::cotangent::context::Entry>::);
    tokens.extend(quote_spanned!(last=> Of<#scalar>));
    tokens
}

/// `<Self as EnvType>::Is`, if that may be an error.
pub(crate) fn of_environment(ty: &ValueType) -> Option<TokenStream> {
    match ty {
        ValueType::Entry(EntryType::Tensor(_)) | ValueType::Labels { .. } | ValueType::Key(_) => {
            return None;
        }
        ValueType::Entry(_) | ValueType::Type(_) => {}
    }
    let (first, last) = (before(ty.span()), after(ty.span()));
    let mut tokens = quote_spanned!(first=> <#ty as ::cotangent::env::EnvType>::);
    tokens.extend(quote_spanned!(last=> Is));
    Some(tokens)
}
