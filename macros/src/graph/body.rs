//! The statements of a graph's body: what Rust's grammar calls statements, less what is not part of a graph.
//!
//! `syn` cannot read them as a block, for `let h: [32, 10] = …` is not Rust. Read one by one, a statement with a
//! syntax error also does not hide those after it.

use proc_macro2::{Span, TokenTree};
use syn::parse::ParseStream;
use syn::spanned::Spanned;
use syn::{Error, Expr, Ident, Pat, Result, Token, token};

use super::refuse::{self, MUTATION};
use crate::dim::{Shape, skip};
use crate::errors::Errors;

/// One statement.
pub(crate) enum Statement {
    /// `let h: [32, 10] = …;`
    Let {
        pattern: Pattern,
        shape: Option<Shape>,
        value: Expr,
    },
    /// `relu(x);` and where its semicolon is.
    Discarded(Expr, Span),
    /// An expression without a semicolon.
    Value(Expr),
    /// One whose error is already known, with the names that it may bind.
    Broken(Vec<Ident>),
}

/// What a `let` binds.
pub(crate) enum Pattern {
    One(Ident),
    /// The outputs of a graph call; `None` is `_`.
    Many(Vec<Option<Ident>>),
}

/// All statements to the end of the input.
pub(crate) fn statements(
    input: ParseStream,
    consts: &[Ident],
    errors: &mut Errors,
) -> Vec<Statement> {
    let mut statements = Vec::new();
    while !input.is_empty() {
        if input.peek(Token![;]) {
            skip(input);
            continue;
        }
        let start = input.fork();
        let read = if input.peek(Token![let]) {
            local(input, consts, errors)
        } else if let Some(error) = refuse::item(input) {
            Err(error)
        } else {
            value(input)
        };
        statements.push(read.unwrap_or_else(|error| {
            errors.push(error);
            skip_statement(input);
            Statement::Broken(names_between(&start, input))
        }));
    }
    statements
}

fn local(input: ParseStream, consts: &[Ident], errors: &mut Errors) -> Result<Statement> {
    input.parse::<Token![let]>()?;
    let pattern = pattern(input.call(Pat::parse_single)?)?;
    let shape = match input.parse::<Option<Token![:]>>()? {
        Some(_) => Some(Shape::bracketed(input, consts, errors)?),
        None => None,
    };
    if input.parse::<Option<Token![=]>>()?.is_none() {
        return Err(input.error("a variable of a graph has a value: write `let h = relu(x);`"));
    }
    let value = input.parse()?;
    if input.peek(Token![else]) {
        return Err(input.error("`let … else` cannot be in a graph: its shape is one program"));
    }
    input.parse::<Token![;]>()?;
    Ok(Statement::Let {
        pattern,
        shape,
        value,
    })
}

fn pattern(pattern: Pat) -> Result<Pattern> {
    Ok(match pattern {
        Pat::Ident(pat) if pat.by_ref.is_none() && pat.subpat.is_none() => {
            if pat.mutability.is_some() {
                return Err(Error::new(pat.mutability.span(), MUTATION));
            }
            Pattern::One(pat.ident)
        }
        Pat::Wild(pat) => {
            return Err(Error::new(
                pat.span(),
                "this node has no name: give it one, or remove the statement",
            ));
        }
        Pat::Tuple(pat) => Pattern::Many(
            pat.elems
                .into_iter()
                .map(|element| match element {
                    Pat::Wild(_) => Ok(None),
                    element => match self::pattern(element)? {
                        Pattern::One(name) => Ok(Some(name)),
                        Pattern::Many(_) => Err(Error::new(
                            pat.paren_token.span.join(),
                            "a graph returns no tuples of tuples",
                        )),
                    },
                })
                .collect::<Result<_>>()?,
        ),
        other => {
            return Err(Error::new(
                other.span(),
                "expected a name, or a tuple of names for the outputs of a graph",
            ));
        }
    })
}

fn value(input: ParseStream) -> Result<Statement> {
    let value: Expr = input.parse()?;
    if input.peek(Token![;]) {
        let semicolon: Token![;] = input.parse()?;
        return Ok(Statement::Discarded(value, semicolon.span()));
    }
    let is_block = matches!(
        value,
        Expr::If(_)
            | Expr::Match(_)
            | Expr::ForLoop(_)
            | Expr::While(_)
            | Expr::Loop(_)
            | Expr::Unsafe(_)
            | Expr::Block(_)
    );
    if input.is_empty() {
        Ok(Statement::Value(value))
    } else if is_block {
        Ok(Statement::Discarded(value, input.span()))
    } else {
        Err(input.error("expected `;`"))
    }
}

/// The names before the `=` of a `let` that could not be read, which is between two places.
fn names_between(start: ParseStream, end: ParseStream) -> Vec<Ident> {
    let mut names = Vec::new();
    let is_let = start.peek(Token![let]);
    while is_let && start.cursor() != end.cursor() && !start.peek(Token![=]) {
        let Ok(token) = start.parse() else { break };
        names_in(token, &mut names);
    }
    names
}

fn names_in(token: TokenTree, names: &mut Vec<Ident>) {
    match token {
        TokenTree::Ident(name) => names.push(name),
        TokenTree::Group(group) => {
            for token in group.stream() {
                names_in(token, names);
            }
        }
        _ => {}
    }
}

/// Steps over the rest of a statement: to its semicolon, or past the braces that end an item.
fn skip_statement(input: ParseStream) {
    while !input.is_empty() {
        let last = input.peek(Token![;]) || (input.peek(token::Brace) && !input.peek2(Token![;]));
        skip(input);
        if last {
            return;
        }
    }
}
