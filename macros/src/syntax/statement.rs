//! The statements of a graph's body: what Rust's grammar calls statements, less what is not part of a graph.
//!
//! `syn` cannot read them as a block, for `let h: [32, 10] = …` is not Rust. Read one by one, a statement with a
//! syntax error also does not hide those after it.

use proc_macro2::{Span, TokenTree};
use syn::parse::{ParseBuffer, ParseStream};
use syn::spanned::Spanned;
use syn::{Error, Expr, Ident, Pat, Result, Token, token};

use super::consts::Consts;
use super::pattern::Pattern;
use super::recovery::skip;
use super::value_type::ValueType;
use crate::errors::Errors;

/// One statement.
pub(crate) enum Statement {
    /// `let h: [32, 10] = …;`
    Let {
        pattern: Pattern,
        ty: Option<ValueType>,
        value: Expr,
    },
    /// `relu(x);` and where its semicolon is.
    Discarded(Expr, Span),
    /// An expression without a semicolon.
    Value(Expr),
    /// One whose error is already known, with the names that it may bind.
    Malformed(Vec<Ident>),
}

impl Statement {
    /// The names that it binds. A broken one binds what it can have bound, so that it causes no other error.
    pub(crate) fn names(&self) -> Vec<&Ident> {
        match self {
            Self::Let { pattern, .. } => pattern.names(),
            Self::Malformed(names) => names.iter().collect(),
            Self::Discarded(..) | Self::Value(_) => Vec::new(),
        }
    }
}

/// All statements to the end of the input.
pub(crate) fn statements(
    input: ParseStream,
    consts: &Consts,
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
        } else if let Some(error) = item(input) {
            Err(error)
        } else {
            value(input)
        };
        statements.push(read.unwrap_or_else(|error| {
            skip_statement(input);
            errors.push(product_sign(start.fork(), input).unwrap_or(error));
            Statement::Malformed(names_between(&start, input))
        }));
    }
    statements
}

fn local(input: ParseStream, consts: &Consts, errors: &mut Errors) -> Result<Statement> {
    input.parse::<Token![let]>()?;
    let pattern = Pattern::of(input.call(Pat::parse_single)?)?;
    let ty = match input.parse::<Option<Token![:]>>()? {
        Some(_) => Some(ValueType::parse(input, consts, errors)?),
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
    Ok(Statement::Let { pattern, ty, value })
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

/// The error for `x @ w`, between two places.
fn product_sign(start: ParseBuffer, end: ParseStream) -> Option<Error> {
    while start.cursor() != end.cursor() {
        if let Some(sign) = sign_in(start.parse().ok()?) {
            let message = "a product of matrices is a function: write `matmul(x, w)`";
            return Some(Error::new(sign, message));
        }
    }
    None
}

fn sign_in(token: TokenTree) -> Option<Span> {
    match token {
        TokenTree::Punct(punct) if punct.as_char() == '@' => Some(punct.span()),
        TokenTree::Group(group) => group.stream().into_iter().find_map(sign_in),
        _ => None,
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

/// The error for an item, if one comes next.
pub(crate) fn item(input: ParseStream) -> Option<Error> {
    let is_attribute = input.peek(Token![#]);
    let is_item = input.peek(Token![fn])
        || input.peek(Token![use])
        || input.peek(Token![struct])
        || input.peek(Token![enum])
        || input.peek(Token![impl])
        || input.peek(Token![trait])
        || input.peek(Token![mod])
        || input.peek(Token![type])
        || input.peek(Token![static])
        || (input.peek(Token![const]) && !input.peek2(syn::token::Brace));
    if is_attribute {
        Some(input.error("attributes are not part of a graph's body"))
    } else {
        is_item.then(|| input.error("items cannot be in a graph: write this one outside of graph!"))
    }
}
