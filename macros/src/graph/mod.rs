//! `graph!`: parse, lower, expand.
//!
//! The macro knows no op and no shape rule. It names each intermediate value, hands the calls that the user wrote to
//! `rustc` with the user's spans on them, and leaves the judgement to the type checker.

mod arity;
mod body;
mod bounds;
mod call;
mod clause;
mod expand;
mod group;
mod groups;
mod header;
mod literal;
mod lower;
mod names;
mod operators;
mod output;
mod parse;
mod pattern;
mod place;
mod refuse;
mod scope;
mod statements;
mod steps;
mod structs;
mod type_of;
mod values;
mod wrong;

#[cfg(test)]
mod tests;

use proc_macro2::TokenStream;
use quote::quote;
use syn::parse::{ParseStream, Parser};

use crate::errors::Errors;

pub(crate) use type_of::expand_graph_type;

/// Expands an invocation of `graph!`.
pub(crate) fn expand_graph(input: TokenStream) -> TokenStream {
    let mut errors = Errors::default();
    let (mut graphs, mut groups) = (Vec::new(), Vec::new());
    let parser = |input: ParseStream| {
        (graphs, groups) = parse::items(input, &mut errors);
        Ok(())
    };
    let end = parser.parse2(input);
    if graphs.iter().all(parse::Graph::is_well_formed) {
        errors.keep_if_first(end);
    }
    let arities = arity::Arities::of(&graphs);
    let known = groups::Groups::of(&groups);
    let groups = groups.iter().map(|group| structs::expand(group, &known));
    let expansion: TokenStream = graphs
        .into_iter()
        .map(|mut graph| {
            let lowered = lower::lower(&mut graph, &arities, &known);
            expand::expand(graph, &lowered, &known)
        })
        .collect();
    // In the closure form there is no graph when there is an error here: the error is the whole expression.
    let errors = errors.invocations();
    quote!(#(#errors)* #(#groups)* #expansion)
}
