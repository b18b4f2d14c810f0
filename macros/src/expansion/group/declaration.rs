//! What all items of a group say: its parameters, its fields, its bounds.

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::{quote, quote_spanned};
use syn::ext::IdentExt;
use syn::{GenericParam, Generics, Ident};

use crate::expansion::bounds::Bounds;
use crate::syntax::consts::param_name;
use crate::syntax::group::Group;
use crate::tokens::{hygienic_before, list_type};
use crate::validation::groups::Groups;

/// A group, and what all of its implementations say.
pub(crate) struct Declaration<'a> {
    pub(crate) group: &'a Group,
    /// Of ours.
    pub(crate) span: Span,
    /// `where` and what follows it, or nothing.
    pub(crate) where_clause: TokenStream,
    /// The types of its fields, as a context.
    pub(crate) context: TokenStream,
}

/// Whether the name `Kind` is among these.
fn has_kind(tokens: TokenStream) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Ident(name) => name == "Kind",
        TokenTree::Group(group) => has_kind(group.stream()),
        TokenTree::Punct(_) | TokenTree::Literal(_) => false,
    })
}

impl<'a> Declaration<'a> {
    /// A group whose fields have no errors.
    pub(crate) fn of_group(group: &'a Group, groups: &Groups) -> Self {
        let span = hygienic_before(group.name.span());
        let (clause, bounds) = (&group.clause, Bounds::of_group(group, groups));
        let predicates = quote!(#clause #bounds);
        let where_clause = match predicates.is_empty() {
            true => predicates,
            false => quote_spanned!(span=> where #predicates),
        };
        let entries = group.fields.iter().map(|field| &field.entry);
        Self {
            group,
            span,
            where_clause,
            context: list_type(entries, group.name.span()),
        }
    }

    /// Its generic parameters and one more.
    pub(crate) fn generics(&self, more: GenericParam) -> Generics {
        let mut generics = self.group.generics.clone();
        generics.params.push(more);
        generics
    }

    /// `Linear<I, O, KIND>`
    pub(crate) fn of(&self, kind: &TokenStream) -> TokenStream {
        let name = &self.group.name;
        let params = self.group.generics.params.iter().filter_map(param_name);
        quote_spanned!(self.span=> #name<#(#params,)* #kind>)
    }

    /// `impl<I: Dim, O: Dim, MORE> TRAIT for TYPE where … { BODY }`
    pub(crate) fn implement(
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
    pub(crate) fn names(&self) -> Vec<&Ident> {
        self.group.fields.iter().map(|field| &field.name).collect()
    }

    /// The names of its fields, as text.
    pub(crate) fn texts(&self) -> Vec<String> {
        let names = self.names();
        names.iter().map(|name| name.unraw().to_string()).collect()
    }

    /// The parameter for what the fields hold. Messages have it, so it is one of ours, `__Kind`, only if the user has a
    /// `Kind`.
    pub(crate) fn kind(&self) -> Ident {
        let fields = self.group.fields.iter().map(|field| &field.entry);
        let (generics, clause) = (&self.group.generics, &self.where_clause);
        let name = match has_kind(quote!(#generics #clause #(#fields)*)) {
            true => "__Kind",
            false => "Kind",
        };
        Ident::new(name, self.span)
    }
}
