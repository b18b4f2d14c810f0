//! Reads an invocation of `graph!`: graphs in their two forms, and groups.

use proc_macro2::Span;
use syn::parse::ParseStream;
use syn::{Attribute, GenericParam, Generics, Ident, Result, Token, braced, parenthesized, token};

use super::consts::{Consts, GroupConsts};
use super::graph::{Form, Graph, Signature};
use super::group::{self, Group};
use super::header::{Returned, entries, returned};
use super::recovery::skip;
use super::statement::{Statement, statements};
use super::uses::{self, Uses};
use super::where_clause::WhereClause;
use crate::errors::Errors;

/// All graphs, groups and `use` items of one invocation; in the closure form there is one graph.
pub(crate) fn items(input: ParseStream, errors: &mut Errors) -> (Vec<Graph>, Vec<Group>, Uses) {
    let (mut graphs, mut groups, mut uses) = (Vec::new(), Vec::new(), Uses::default());
    while uses::is_next(input) && errors.is_empty() {
        let read = uses.parse(input);
        errors.keep(read);
    }
    if input.peek(Token![|]) || input.peek(Token![||]) {
        graphs.extend(errors.keep(closure(input)));
        return (graphs, groups, uses);
    }
    if input.is_empty() {
        errors.push(input.error("expected `fn`, `struct`, `use` or `|`"));
    }
    let group_consts = group::consts_of_groups(&input.fork());
    while !input.is_empty() {
        let read = if uses::is_next(input) {
            uses.parse(input)
        } else if group::is_next(input) {
            group::parse(input, &group_consts).map(|group| groups.push(group))
        } else {
            named(input, &group_consts).map(|graph| graphs.push(graph))
        };
        if let Err(error) = read {
            // It has no name that could be declared; the next one may.
            errors.push(error);
            skip_past_braces(input);
        }
    }
    (graphs, groups, uses)
}

fn named(input: ParseStream, group_consts: &GroupConsts) -> Result<Graph> {
    let attrs = input.call(Attribute::parse_outer)?;
    let vis = input.parse()?;
    let fn_token = input.parse()?;
    let name: Ident = input.parse()?;
    let mut header_errors = Errors::default();
    let mut body_errors = Errors::default();

    let generics = header_errors
        .keep(input.parse::<Generics>())
        .unwrap_or_default();
    check_params(&generics, &mut header_errors);
    let consts = Consts::of(&generics, group_consts);
    let (mut inputs, mut environment, mut unreadable) = (Vec::new(), Vec::new(), Vec::new());
    if !input.peek(token::Paren) && !input.peek(token::Brace) && header_errors.is_empty() {
        header_errors.push(input.error("expected the inputs, such as `(x: [32, 64])`"));
    }
    let begins = |input: ParseStream| {
        input.peek(token::Paren) || input.peek(Token![->]) || input.peek(token::Brace)
    };
    while !input.is_empty() && !begins(input) {
        skip(input);
    }
    let has_inputs = input.peek(token::Paren);
    if has_inputs {
        let content;
        parenthesized!(content in input);
        (inputs, environment, unreadable) = entries(&content, &consts, &mut header_errors);
    }
    let result = returned(input, &consts, &mut header_errors).and_then(|returned| {
        if matches!(returned, Returned::Inferred) {
            return Err(input.error(
                "a graph names the shape that it returns: write `-> [32, 10]`, or `-> []` for a scalar",
            ));
        }
        Ok(returned)
    });
    let returned = header_errors.keep(result).unwrap_or(Returned::Inferred);
    let clause = header_errors
        .keep(WhereClause::parse(input, &consts))
        .unwrap_or_default();
    if header_errors.is_empty() {
        clause.check_bounds(&generics, &mut header_errors);
    }

    if !input.peek(token::Brace) && header_errors.is_empty() {
        header_errors.push(input.error("expected the body of the graph in braces"));
    }
    while !input.is_empty() && !input.peek(token::Brace) && !input.peek(Token![;]) {
        skip(input);
    }
    let (body, end) = if input.peek(token::Brace) {
        braces(input, &consts, &mut body_errors)?
    } else {
        skip(input); // the semicolon
        (vec![Statement::Malformed(Vec::new())], name.span())
    };
    let form = Form::Named(Box::new(Signature {
        attrs,
        vis,
        fn_token,
        name,
        generics,
        clause,
    }));
    Ok(Graph {
        form,
        inputs,
        environment,
        unreadable,
        has_inputs,
        returned,
        body,
        end,
        consts,
        header_errors,
        body_errors,
    })
}

/// A lifetime, or another `A`, is none of a graph's parameters.
fn check_params(generics: &Generics, errors: &mut Errors) {
    for param in &generics.params {
        let name = match param {
            GenericParam::Const(param) => &param.ident,
            GenericParam::Type(param) => &param.ident,
            GenericParam::Lifetime(param) => {
                errors.at(
                    param.lifetime.span(),
                    "a graph borrows nothing: it has no lifetimes",
                );
                continue;
            }
        };
        if name == "A" {
            errors.at(
                name.span(),
                "`A` is the scalar of the graph; name the parameter otherwise",
            );
        }
    }
}

fn closure(input: ParseStream) -> Result<Graph> {
    let consts = Consts::default();
    let mut header_errors = Errors::default();
    let mut body_errors = Errors::default();
    let (mut inputs, mut environment, mut unreadable) = (Vec::new(), Vec::new(), Vec::new());
    if input.parse::<Option<Token![||]>>()?.is_none() {
        input.parse::<Token![|]>()?;
        (inputs, environment, unreadable) = entries(input, &consts, &mut header_errors);
        input.parse::<Token![|]>()?;
    }
    let returned = returned(input, &consts, &mut header_errors)?;
    let (body, end) = if input.peek(token::Brace) {
        braces(input, &consts, &mut body_errors)?
    } else {
        let end = input.span();
        let value = body_errors.keep(input.parse());
        (
            vec![value.map_or_else(|| Statement::Malformed(Vec::new()), Statement::Value)],
            end,
        )
    };
    if !input.is_empty() {
        if body_errors.is_empty() {
            header_errors.push(input.error("expected the end of the graph"));
        }
        while !input.is_empty() {
            skip(input);
        }
    }
    Ok(Graph {
        form: Form::Closure,
        inputs,
        environment,
        unreadable,
        has_inputs: true,
        returned,
        body,
        end,
        consts,
        header_errors,
        body_errors,
    })
}

/// A body in braces, and where it ends.
fn braces(
    input: ParseStream,
    consts: &Consts,
    errors: &mut Errors,
) -> Result<(Vec<Statement>, Span)> {
    let content;
    let brace = braced!(content in input);
    Ok((statements(&content, consts, errors), brace.span.close()))
}

/// Steps over the rest of a graph that could not be read.
fn skip_past_braces(input: ParseStream) {
    while !input.is_empty() {
        let was_braces = input.peek(token::Brace);
        skip(input);
        if was_braces {
            return;
        }
    }
}
