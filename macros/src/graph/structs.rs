//! The struct that a group becomes: an entry of a context, the handles of its fields, and their values.

use proc_macro2::{Delimiter, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::{GenericParam, Generics, Ident, parse_quote_spanned};

use super::bounds::Bounds;
use super::group::{Field, Group};
use super::groups::{self, Groups};
use super::values;
use crate::tokens::{after, at, list_type};

/// A group, and what all of its implementations say.
pub(super) struct Declaration<'a> {
    pub(super) group: &'a Group,
    /// Of ours.
    pub(super) span: Span,
    /// `where` and what follows it, or nothing.
    pub(super) where_clause: TokenStream,
    /// The types of its fields, as a context.
    pub(super) context: TokenStream,
}

/// The struct and all that it implements.
pub(crate) fn expand(group: &Group, groups: &Groups) -> TokenStream {
    if !group.errors.is_empty() {
        return with_errors(group);
    }
    let span = at(group.name.span());
    let (clause, bounds) = (&group.clause, Bounds::of_group(group, groups));
    let predicates = quote!(#clause #bounds);
    let where_clause = match predicates.is_empty() {
        true => predicates,
        false => quote_spanned!(span=> where #predicates),
    };
    let entries = group.fields.iter().map(|field| &field.entry);
    let declaration = Declaration {
        group,
        span,
        where_clause,
        context: list_type(entries, group.name.span()),
    };
    let mut tokens = declaration.item();
    tokens.extend(declaration.of_every_kind());
    tokens.extend(declaration.of_handles());
    tokens.extend(values::expand(&declaration));
    tokens
}

/// A group with errors is still a type, so that those who use it are not blamed.
fn with_errors(group: &Group) -> TokenStream {
    let Group {
        attrs,
        vis,
        name,
        generics,
        errors,
        ..
    } = group;
    // Bounds of an alias mean nothing.
    let params = generics.params.iter().filter_map(|param| match param {
        GenericParam::Type(param) => Some(param.ident.to_token_stream()),
        GenericParam::Const(param) => {
            let (name, ty) = (&param.ident, &param.ty);
            Some(quote!(const #name: #ty))
        }
        GenericParam::Lifetime(_) => None,
    });
    let dims = generics.type_params().map(|param| &param.ident);
    let error = errors.clone().into_type();
    quote!(#(#attrs)* #vis type #name<#(#params),*> = (#error, (#(#dims,)*));)
}

/// Whether the name `Kind` is among these.
fn has_kind(tokens: TokenStream) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Ident(name) => name == "Kind",
        TokenTree::Group(group) => has_kind(group.stream()),
        TokenTree::Punct(_) | TokenTree::Literal(_) => false,
    })
}

impl Declaration<'_> {
    /// Its generic parameters and one more.
    pub(super) fn generics(&self, more: GenericParam) -> Generics {
        let mut generics = self.group.generics.clone();
        generics.params.push(more);
        generics
    }

    /// `Linear<I, O, KIND>`
    pub(super) fn of(&self, kind: &TokenStream) -> TokenStream {
        let name = &self.group.name;
        let params = self.group.generics.params.iter().filter_map(groups::name);
        quote_spanned!(self.span=> #name<#(#params,)* #kind>)
    }

    /// `impl<I: Dim, O: Dim, MORE> TRAIT for TYPE where … { BODY }`
    pub(super) fn implement(
        &self,
        more: Option<GenericParam>,
        of: &TokenStream,
        ty: &TokenStream,
        body: &TokenStream,
    ) -> TokenStream {
        let generics = match more {
            Some(more) => self.generics(more),
            None => self.group.generics.clone(),
        };
        let (impl_generics, where_clause) = (generics.split_for_impl().0, &self.where_clause);
        quote_spanned!(self.span=> impl #impl_generics #of for #ty #where_clause { #body })
    }

    /// The names of its fields.
    pub(super) fn names(&self) -> Vec<&Ident> {
        self.group.fields.iter().map(|field| &field.name).collect()
    }

    /// The names of its fields, as text.
    pub(super) fn texts(&self) -> Vec<String> {
        let names = self.names();
        names.iter().map(|name| name.unraw().to_string()).collect()
    }

    /// The parameter for what the fields hold. Messages have it, so it is one of ours, `__Kind`, only if the user has a `Kind`.
    fn kind(&self) -> Ident {
        let fields = self.group.fields.iter().map(|field| &field.entry);
        let (generics, clause) = (&self.group.generics, &self.where_clause);
        let name = match has_kind(quote!(#generics #clause #(#fields)*)) {
            true => "__Kind",
            false => "Kind",
        };
        Ident::new(name, self.span)
    }

    /// The struct itself.
    fn item(&self) -> TokenStream {
        let Group {
            attrs,
            vis,
            struct_token,
            name,
            ..
        } = self.group;
        let (span, kind, where_clause) = (self.span, self.kind(), &self.where_clause);
        let generics = self.generics(parse_quote_spanned!(span=>
            #kind: ::cotangent::context::Kind = ::cotangent::context::Handles));
        let fields = self.group.fields.iter().map(|field| {
            let Field {
                attrs,
                vis,
                name,
                entry,
            } = field;
            let ty = entry.of_kind(&kind);
            quote_spanned!(at(name.span())=> #(#attrs)* #vis #name: #ty)
        });
        // First, with the caret on its type: a field that is no entry.
        let others = self
            .group
            .fields
            .iter()
            .filter(|field| !field.entry.is_tensor());
        let others: Vec<_> = others.map(|field| field.entry.handles()).collect();
        let params = self.group.generics.split_for_impl().0;
        // rustc proposes a clause after these parentheses: there, where the struct can have one.
        let end = self
            .group
            .generics
            .gt_token
            .map_or(name.span(), |gt| gt.span);
        let mut taken = proc_macro2::Group::new(
            Delimiter::Parenthesis,
            quote_spanned!(span=> #(_: #others),*),
        );
        taken.set_span(after(end));
        let judged = (!others.is_empty()).then(|| {
            quote_spanned! {span=>
                const _: () = {
                    #[allow(dead_code, clippy::multiple_bound_locations)]
                    fn judged #params #taken #where_clause {}
                };
            }
        });
        quote_spanned! {span=>
            #judged
            #(#attrs)*
            #[allow(clippy::multiple_bound_locations)]
            #vis #struct_token #name #generics #where_clause {
                #(#fields,)*
            }
        }
    }

    /// What it can do whatever its fields hold.
    fn of_every_kind(&self) -> TokenStream {
        let (span, kind, group) = (self.span, self.kind(), &self.group.name);
        let (names, texts, text) = (self.names(), self.texts(), group.unraw().to_string());
        let ty = self.of(&kind.to_token_stream());
        let more = || Some(parse_quote_spanned!(span=> #kind: ::cotangent::context::Kind));
        let clone = self.implement(
            more(),
            &quote_spanned!(span=> ::core::clone::Clone),
            &ty,
            &quote_spanned! {span=>
                fn clone(&self) -> Self {
                    #group { #(#names: ::core::clone::Clone::clone(&self.#names),)* }
                }
            },
        );
        let debug = self.implement(
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

    /// What it is among handles: an entry of a context and a group.
    fn of_handles(&self) -> TokenStream {
        let (span, group, context) = (self.span, &self.group.name, &self.context);
        let (names, texts) = (self.names(), self.texts());
        let ty = self.of(&quote_spanned!(span=> ::cotangent::context::Handles));
        let values = self.of(&quote_spanned!(span=> ::cotangent::context::Values<__Scalar>));
        let entries: Vec<_> = self.group.fields.iter().map(|field| &field.entry).collect();
        let implement = |of, body| self.implement(None, &of, &ty, &body);
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
        let hidden = quote_spanned!(span=> #[diagnostic::do_not_recommend]);
        quote!(#copy #hidden #entry #arguments #handle #is_group)
    }
}
