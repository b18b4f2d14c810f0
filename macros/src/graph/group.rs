//! Groups of parameters: `struct` items among the graphs of an invocation.

use std::collections::HashMap;

use proc_macro2::TokenStream;
use quote::{ToTokens, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{
    Attribute, Error, GenericParam, Generics, Ident, Result, Token, Visibility, braced, token,
};

use super::bounds::Bounds;
use super::clause::Clause;
use crate::arithmetic::{Dim, Operation};
use crate::dim::{separated, skip};
use crate::entry::EntryType;
use crate::errors::Errors;
use crate::tokens::{at, list_type};

/// `pub struct Linear<I: Dim, O: Dim> { weight: [I, O], bias: [O] }`
pub(crate) struct Group {
    attrs: Vec<Attribute>,
    vis: Visibility,
    struct_token: Token![struct],
    name: Ident,
    generics: Generics,
    clause: Clause,
    fields: Vec<Field>,
    errors: Errors,
}

struct Field {
    attrs: Vec<Attribute>,
    vis: Visibility,
    name: Ident,
    entry: EntryType,
}

/// The groups of an invocation, by their names: what their fields compute is known here.
pub(crate) struct Groups<'a>(HashMap<String, &'a Group>);

impl<'a> Groups<'a> {
    pub(super) fn of(groups: &'a [Group]) -> Self {
        let named = groups.iter().map(|group| (group.name.to_string(), group));
        Self(named.collect())
    }

    /// The arithmetic of dims in an entry, also that in the fields of its groups.
    pub(super) fn operations(&self, entry: &EntryType) -> Vec<Operation> {
        self.within(entry, self.0.len())
    }

    /// `depth`: a group is in no more others than there are, or it is in itself.
    fn within(&self, entry: &EntryType, depth: usize) -> Vec<Operation> {
        let (shape, group) = entry.parts();
        let mut operations: Vec<_> = shape
            .iter()
            .flat_map(|shape| shape.operations())
            .cloned()
            .collect();
        let Some(written) = group else {
            return operations;
        };
        let arguments = &written.arguments;
        operations.extend(arguments.iter().flat_map(Dim::operations).cloned());
        let declared = self.0.get(&written.name.to_string());
        if let (Some(group), Some(depth)) = (declared, depth.checked_sub(1)) {
            let params: Vec<_> = group
                .generics
                .type_params()
                .map(|param| param.ident.clone())
                .collect();
            for field in &group.fields {
                let of_field = self.within(&field.entry, depth);
                operations.extend(
                    of_field
                        .iter()
                        .map(|operation| operation.of_arguments(&params, arguments)),
                );
            }
        }
        operations
    }
}

/// Whether a group comes next, not a graph.
pub(super) fn is_next(input: ParseStream) -> bool {
    let ahead = input.fork();
    let keyword = ahead
        .call(Attribute::parse_outer)
        .and_then(|_| ahead.parse::<Visibility>());
    keyword.is_ok() && ahead.peek(Token![struct])
}

/// Reads a group. A wrong field is kept as an error, and has the type of one.
pub(super) fn parse(input: ParseStream) -> Result<Group> {
    let attrs = input.call(Attribute::parse_outer)?;
    let vis = input.parse()?;
    let struct_token = input.parse()?;
    let name: Ident = input.parse()?;
    let mut errors = Errors::default();
    let generics = errors.keep(input.parse::<Generics>()).unwrap_or_default();
    for param in &generics.params {
        match param {
            GenericParam::Type(_) => {}
            GenericParam::Const(param) => errors.at(
                param.ident.span(),
                format_args!(
                    "the parameters of a group are dims: write `{}: Dim`",
                    param.ident
                ),
            ),
            GenericParam::Lifetime(param) => errors.at(
                param.lifetime.span(),
                "the parameters of a group are dims: it has no lifetimes",
            ),
        }
    }
    let clause = errors.keep(Clause::parse(input, &[])).unwrap_or_default();
    if !input.peek(token::Brace) {
        let message = "expected the fields of the group in braces, such as `{ weight: [64, 10], bias: [10] }`";
        let error = input.error(message);
        if input.peek(Token![;]) {
            skip(input);
        }
        return Err(error);
    }
    let content;
    braced!(content in input);
    let mut fields = Vec::new();
    separated(&content, &mut errors, |input, errors| {
        fields.push(field(input, errors)?);
        Ok(())
    });
    Ok(Group {
        attrs,
        vis,
        struct_token,
        name,
        generics,
        clause,
        fields,
        errors,
    })
}

fn field(input: ParseStream, errors: &mut Errors) -> Result<Field> {
    let attrs = input.call(Attribute::parse_outer)?;
    let vis = input.parse()?;
    if !input.peek(Ident) {
        return Err(input.error("expected the name of a field"));
    }
    let name: Ident = input.parse()?;
    if input.parse::<Option<Token![:]>>()?.is_none() {
        let message = format!("the field `{name}` has no shape: write `{name}: [32, 64]`");
        return Err(Error::new(name.span(), message));
    }
    let entry = EntryType::parse(input, &[], errors)?;
    Ok(Field {
        attrs,
        vis,
        name,
        entry,
    })
}

/// The struct, which is an entry of a context and the handles of its fields.
pub(crate) fn expand(group: &Group, groups: &Groups) -> TokenStream {
    let Group {
        attrs,
        vis,
        struct_token,
        name,
        generics,
        clause,
        fields,
        errors,
    } = group;
    if !errors.is_empty() {
        // It is still a type, so that those who use it are not blamed.
        let params = generics.params.iter().filter_map(|param| match param {
            GenericParam::Type(param) => Some(&param.ident),
            GenericParam::Const(param) => Some(&param.ident), // It should have been a dim, and others give one.
            GenericParam::Lifetime(_) => None,
        });
        let params = quote!(#(#params),*);
        let error = errors.clone().into_type();
        return quote!(#(#attrs)* #vis type #name<#params> = (#error, (#params)););
    }
    let span = at(name.span());
    let (impl_generics, type_generics, _) = generics.split_for_impl();
    let mut bounds = Bounds::new(generics);
    for field in fields {
        bounds.add(&groups.operations(&field.entry));
    }
    bounds.add(clause.dims.iter().flat_map(Dim::operations));
    let predicates = quote!(#clause #bounds);
    let where_clause = (!predicates.is_empty()).then(|| quote_spanned!(span=> where #predicates));
    let handles = fields.iter().map(|field| {
        let Field {
            attrs,
            vis,
            name,
            entry,
        } = field;
        let handles = entry.handles();
        quote_spanned!(at(name.span())=> #(#attrs)* #vis #name: #handles)
    });
    let context = list_type(fields.iter().map(|field| &field.entry), name.span());
    let texts = fields.iter().map(|field| field.name.unraw().to_string());
    let names: Vec<_> = fields
        .iter()
        .map(|field| field.name.to_token_stream())
        .collect();
    let entries = fields.iter().map(|field| &field.entry);
    let of = quote_spanned!(span=> #impl_generics);
    quote_spanned! {span=>
        #(#attrs)*
        #[allow(clippy::multiple_bound_locations)]
        #vis #struct_token #name #impl_generics #where_clause {
            #(#handles,)*
        }
        impl #of ::core::clone::Clone for #name #type_generics #where_clause {
            fn clone(&self) -> Self {
                *self
            }
        }
        impl #of ::core::marker::Copy for #name #type_generics #where_clause {}
        #[diagnostic::do_not_recommend]
        impl #of ::cotangent::context::Entry for #name #type_generics #where_clause {
            type Of<Scalar: ::cotangent::scalar::Semiring> = ::cotangent::context::TList<Scalar, #context>;
            fn push_dims(dims: &mut ::std::vec::Vec<::cotangent::tensor::Dims>) {
                ::cotangent::__private::push_field_dims::<Self>(dims);
            }
            fn push_names(
                name: ::cotangent::context::Name,
                names: &mut ::std::vec::Vec<::cotangent::context::Name>,
            ) {
                ::cotangent::__private::push_field_names::<Self>(&name, names);
            }
        }
        #[diagnostic::do_not_recommend]
        impl #of ::cotangent::graph::EntryHandles for #name #type_generics #where_clause {
            type Vars = Self;
            fn vars(owner: ::cotangent::owner::Owner, next: &mut ::core::primitive::usize) -> Self {
                #name { #(#names: <#entries as ::cotangent::graph::EntryHandles>::vars(owner, next),)* }
            }
        }
        impl #of ::cotangent::graph::Arguments for #name #type_generics #where_clause {
            #[track_caller]
            fn push(
                &self,
                owner: ::cotangent::owner::Owner,
                values: &mut ::std::vec::Vec<::core::primitive::usize>,
                slots: &mut ::std::vec::Vec<::core::primitive::usize>,
            ) {
                #(::cotangent::graph::Arguments::push(&self.#names, owner, values, slots);)*
            }
        }
        impl #of ::cotangent::graph::Group for #name #type_generics #where_clause {
            type Fields = #context;
            const FIELDS: &'static [&'static ::core::primitive::str] = &[#(#texts),*];
        }
    }
}
