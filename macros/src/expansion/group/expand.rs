//! All items of a group: the struct, an entry of a context; the handles of its fields, and their values.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::GenericParam;

use super::declaration::Declaration;
use super::{handles, item, values};
use crate::syntax::group::Group;
use crate::validation::groups::Groups;

/// The struct and all that it implements.
pub(crate) fn expand(group: &Group, groups: &Groups) -> TokenStream {
    if !group.errors.is_empty() {
        return with_errors(group);
    }
    let declaration = Declaration::of_group(group, groups);
    let mut tokens = item::item(&declaration);
    tokens.extend(item::of_every_kind(&declaration));
    tokens.extend(handles::expand(&declaration));
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
