//! What a group is among handles: an entry of a context and a group.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use syn::spanned::Spanned;
use syn::{Expr, Token};

use super::declaration::Declaration;
use crate::rustc::not_recommended;
use crate::tokens::hygienic;

/// What it is among handles: an entry of a context and a group.
pub(crate) fn expand(declaration: &Declaration) -> TokenStream {
    let (span, group, context) = (
        declaration.span,
        &declaration.group.name,
        &declaration.context,
    );
    let (names, texts) = (declaration.names(), declaration.texts());
    let ty = declaration.of(&quote_spanned!(span=> ::cotangent::context::Handles));
    let values = declaration.of(&quote_spanned!(span=> ::cotangent::context::Values<__Scalar>));
    let entries: Vec<_> = declaration
        .group
        .fields
        .iter()
        .map(|field| &field.entry)
        .collect();
    let inits = declaration
        .group
        .fields
        .iter()
        .map(|field| match &field.init {
            Some(init) => initialiser(init),
            None => quote_spanned!(span=> ::core::option::Option::None),
        });
    let implement = |of, body| declaration.implement(None, &of, &ty, &body);
    let copy = implement(
        quote_spanned!(span=> ::core::marker::Copy),
        TokenStream::new(),
    );
    let entry = implement(
        quote_spanned!(span=> ::cotangent::context::Entry),
        quote_spanned! {span=>
            type Of<__Scalar: ::cotangent::scalar::Semiring> = #values;
            type Vars = Self;
            fn push_dims(dims: &mut ::std::vec::Vec<::cotangent::tensor::Dims>) {
                ::cotangent::__private::push_field_dims::<Self>(dims);
            }
            fn push_names(
                name: ::cotangent::context::Name,
                names: &mut ::std::vec::Vec<::cotangent::context::Name>,
            ) {
                ::cotangent::__private::push_field_names::<Self>(&name, names);
            }
            fn push_initialisers(
                given: ::core::option::Option<::cotangent::context::Initialiser>,
                list: &mut ::std::vec::Vec<::cotangent::context::Initialiser>,
            ) {
                ::cotangent::__private::push_field_initialisers::<Self>(given, &[#(#inits),*], list);
            }
            fn vars(graph_id: ::cotangent::handle::GraphId, next: &mut ::core::primitive::usize) -> Self {
                #group { #(#names: <#entries as ::cotangent::context::Entry>::vars(graph_id, next),)* }
            }
        },
    );
    let arguments = implement(
        quote_spanned!(span=> ::cotangent::handle::Arguments),
        quote_spanned! {span=>
            #[track_caller]
            fn push(
                &self,
                graph_id: ::cotangent::handle::GraphId,
                ids: &mut ::std::vec::Vec<::core::primitive::usize>,
            ) {
                #(::cotangent::handle::Arguments::push(&self.#names, graph_id, ids);)*
            }
        },
    );
    let handle = implement(
        quote_spanned!(span=> ::cotangent::handle::Handle),
        quote_spanned!(span=> type Entry = Self;),
    );
    let is_group = implement(
        quote_spanned!(span=> ::cotangent::context::Group),
        quote_spanned! {span=>
            type Fields = #context;
            const FIELDS: &'static [&'static ::core::primitive::str] = &[#(#texts),*];
        },
    );
    let hidden = not_recommended(span);
    quote!(#copy #hidden #entry #arguments #handle #is_group)
}

/// What a field is at first. The functions of `nn::init` are there without a `use`.
fn initialiser(init: &Expr) -> TokenStream {
    let span = hygienic(init.span());
    let import = <Token![use]>::default();
    quote_spanned! {span=>
        ::core::option::Option::Some({
            #[allow(unused_imports)]
            #import ::cotangent::nn::init::*;
            let of_field: ::cotangent::context::Initialiser = #init;
            of_field
        })
    }
}
