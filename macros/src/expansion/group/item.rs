//! The struct that a group becomes, and what it can do whatever its fields hold.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::parse_quote_spanned;

use super::declaration::Declaration;
use crate::expansion::projection::{handles, of_kind};
use crate::rustc::{bounded_twice, projected_first_in_item};
use crate::syntax::group::{Field, Group};
use crate::tokens::hygienic_before;

/// The struct itself.
pub(crate) fn item(declaration: &Declaration) -> TokenStream {
    let Group {
        attrs,
        vis,
        struct_token,
        name,
        ..
    } = declaration.group;
    let (span, kind, where_clause) = (
        declaration.span,
        declaration.kind(),
        &declaration.where_clause,
    );
    let generics = declaration.generics(parse_quote_spanned!(span=>
        #kind: ::cotangent::context::Kind = ::cotangent::context::Handles));
    let fields = declaration.group.fields.iter().map(|field| {
        let Field {
            attrs,
            vis,
            name,
            entry,
            ..
        } = field;
        let ty = of_kind(entry, &kind);
        quote_spanned!(hygienic_before(name.span())=> #(#attrs)* #vis #name: #ty)
    });
    // A field that is no entry.
    let others = declaration
        .group
        .fields
        .iter()
        .filter(|field| !field.entry.is_tensor());
    let others: Vec<_> = others.map(|field| handles(&field.entry)).collect();
    let params = declaration.group.generics.split_for_impl().0;
    let end = declaration
        .group
        .generics
        .gt_token
        .map_or(name.span(), |gt| gt.span);
    let projected = projected_first_in_item(&others, &params, where_clause, end, span);
    let allowed = bounded_twice(span);
    quote_spanned! {span=>
        #projected
        #(#attrs)*
        #allowed
        #vis #struct_token #name #generics #where_clause {
            #(#fields,)*
        }
    }
}

/// What it can do whatever its fields hold.
pub(crate) fn of_every_kind(declaration: &Declaration) -> TokenStream {
    let (span, kind, group) = (
        declaration.span,
        declaration.kind(),
        &declaration.group.name,
    );
    let (names, texts, text) = (
        declaration.names(),
        declaration.texts(),
        group.unraw().to_string(),
    );
    let ty = declaration.of(&kind.to_token_stream());
    let more = || Some(parse_quote_spanned!(span=> #kind: ::cotangent::context::Kind));
    let clone = declaration.implement(
        more(),
        &quote_spanned!(span=> ::core::clone::Clone),
        &ty,
        &quote_spanned! {span=>
            fn clone(&self) -> Self {
                #group { #(#names: ::core::clone::Clone::clone(&self.#names),)* }
            }
        },
    );
    let debug = declaration.implement(
        more(),
        &quote_spanned!(span=> ::core::fmt::Debug),
        &ty,
        &quote_spanned! {span=>
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.debug_struct(#text)#(.field(#texts, &self.#names))*.finish()
            }
        },
    );
    quote!(#clone #debug)
}
