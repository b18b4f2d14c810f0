//! `graph!`: parse, lower, expand.
//!
//! The macro knows no op and no shape rule. It names each intermediate value, hands the calls that the user wrote to
//! `rustc` with the user's spans on them, and leaves the judgement to the type checker.

use proc_macro2::TokenStream;
use quote::quote;
use syn::parse::{ParseStream, Parser};

use crate::errors::Errors;
use crate::expansion::{expand_function, expand_group};
use crate::lowering::lower;
use crate::syntax::graph::{Form, Graph};
use crate::syntax::items::items;
use crate::syntax::uses::Uses;
use crate::validation::callees::Callees;
use crate::validation::groups::Groups;

/// Expands an invocation of `graph!`.
pub(crate) fn expand_graph(input: TokenStream) -> TokenStream {
    let mut errors = Errors::default();
    let (mut graphs, mut groups, mut uses) = (Vec::new(), Vec::new(), Uses::default());
    let parser = |input: ParseStream| {
        (graphs, groups, uses) = items(input, &mut errors);
        Ok(())
    };
    let end = parser.parse2(input);
    if graphs.iter().all(Graph::is_well_formed) {
        errors.keep_if_first(end);
    }
    // Of a `use` that is wrong nobody knows which names are graphs: no body is judged.
    for error in uses.errors.iter() {
        for graph in &mut graphs {
            graph.body_errors.push(error.clone());
        }
    }
    let callees = Callees::of(&graphs, &uses.names);
    let is_closure = graphs
        .iter()
        .any(|graph| matches!(graph.form, Form::Closure));
    let table = Groups::of(&groups);
    let groups = groups.iter().map(|group| expand_group(group, &table));
    let expansion: TokenStream = graphs
        .into_iter()
        .map(|mut graph| {
            let lowered = lower(&mut graph, &callees, &table);
            expand_function(graph, &lowered, &table)
        })
        .collect();
    // In the closure form there is no graph when there is an error here: the error is the whole expression.
    let errors = errors.invocations();
    let uses = uses.items;
    match is_closure && !uses.is_empty() {
        true => quote!({ #(#errors)* #uses #expansion }),
        false => quote!(#(#errors)* #uses #(#groups)* #expansion),
    }
}
