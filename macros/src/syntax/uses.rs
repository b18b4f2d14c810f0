//! `use` items among the graphs of an invocation: they say which names are graphs.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::parse::ParseStream;
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::{Attribute, Error, Ident, ItemUse, Result, Token, UseTree, Visibility, parse_quote};

/// The `use` items of an invocation.
#[derive(Default)]
pub(crate) struct Uses {
    /// As they are written, without the names that are here already.
    pub(crate) items: TokenStream,
    /// The names of graphs in them.
    pub(crate) names: Vec<Ident>,
    /// What is wrong with them.
    pub(crate) errors: Vec<Error>,
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
    /// Reads one.
    pub(crate) fn parse(&mut self, input: ParseStream) -> Result<()> {
        let mut item: ItemUse = input.parse()?;
        self.names_of(&item.tree);
        if !self.errors.is_empty() {
            // Nothing may be left that uses it.
            item.attrs.push(parse_quote!(#[allow(unused_imports)]));
        }
        if let Some(tree) = elsewhere(item.tree) {
            item.tree = tree;
            item.to_tokens(&mut self.items);
        }
        Ok(())
    }

    /// The names in lower case that a `use` brings: graphs. Those of groups have capitals.
    fn names_of(&mut self, tree: &UseTree) {
        match tree {
            UseTree::Path(path) => self.names_of(&path.tree),
            UseTree::Name(name) => self.names.extend(graph(&name.ident)),
            UseTree::Rename(rename) => self.names.extend(graph(&rename.rename)),
            UseTree::Group(group) => group.items.iter().for_each(|tree| self.names_of(tree)),
            UseTree::Glob(glob) => {
                let message = "a `use` in graph! says which names are graphs: write each, `use layers::{linear, norm};`";
                self.errors.push(Error::new(glob.span(), message));
            }
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
