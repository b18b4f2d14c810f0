//! `use` items among the graphs of an invocation: they say which names are graphs.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote_spanned};
use syn::parse::ParseStream;
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::{Attribute, Error, Ident, ItemUse, Token, UseTree, Visibility};

use crate::errors::Errors;

/// The `use` items of an invocation.
#[derive(Default)]
pub(crate) struct Uses {
    /// As they are written, without the names that are here already.
    pub(crate) items: TokenStream,
    /// The names of graphs in them.
    pub(crate) names: Vec<Ident>,
}

/// Whether a `use` comes next.
pub(crate) fn is_next(input: ParseStream) -> bool {
    let ahead = input.fork();
    let keyword = ahead
        .call(Attribute::parse_outer)
        .and_then(|_| ahead.parse::<Visibility>());
    keyword.is_ok() && ahead.peek(Token![use])
}

impl Uses {
    pub(crate) fn parse(&mut self, input: ParseStream, errors: &mut Errors) -> syn::Result<()> {
        let mut item: ItemUse = input.parse()?;
        names(&item.tree, &mut self.names, errors);
        if let Some(tree) = elsewhere(item.tree) {
            item.tree = tree;
            item.to_tokens(&mut self.items);
        }
        Ok(())
    }
}

/// The names in lower case that a `use` brings: graphs. Those of groups have capitals.
fn names(tree: &UseTree, all: &mut Vec<Ident>, errors: &mut Errors) {
    match tree {
        UseTree::Path(path) => names(&path.tree, all, errors),
        UseTree::Name(name) => all.extend(graph(&name.ident)),
        UseTree::Rename(rename) => all.extend(graph(&rename.rename)),
        UseTree::Group(group) => group.items.iter().for_each(|tree| names(tree, all, errors)),
        UseTree::Glob(glob) => {
            let message = "a `use` in graph! says which names are graphs: write each, `use layers::{linear, norm};`";
            errors.push(Error::new(glob.span(), message));
        }
    }
}

fn graph(name: &Ident) -> Option<Ident> {
    let is_graph = name.to_string().starts_with(char::is_lowercase);
    (is_graph && name != "self").then(|| name.clone())
}

/// What of a `use` is not here already: `use layer;` says of a name of the same module that it is a graph.
fn elsewhere(tree: UseTree) -> Option<UseTree> {
    match tree {
        UseTree::Name(_) => None,
        UseTree::Group(mut group) => {
            let items = group.items.into_iter().filter_map(elsewhere);
            group.items = items.collect::<Punctuated<_, Token![,]>>();
            (!group.items.is_empty()).then_some(UseTree::Group(group))
        }
        other => Some(other),
    }
}

/// What stands in the place of an expression, after the `use` items.
pub(crate) fn before_expression(items: &TokenStream, value: TokenStream) -> TokenStream {
    match items.is_empty() {
        true => value,
        false => quote_spanned!(proc_macro2::Span::mixed_site()=> { #items #value }),
    }
}
