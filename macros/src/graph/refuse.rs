//! What is Rust but not part of a graph, and what to write instead.

use std::fmt::Display;

use proc_macro2::Span;
use quote::ToTokens;
use syn::parse::ParseStream;
use syn::spanned::Spanned;
use syn::{BinOp, Error, Expr, Lit, Member, Token, UnOp};

use super::lower::peel;
use crate::tokens::ends;

/// Said of `mut` and of assignments.
pub(crate) const MUTATION: &str = "graph! variables are never mutated; shadow the name instead";

/// The error for an expression that has no meaning in a graph.
pub(crate) fn expression(expr: &Expr) -> Error {
    let start = |message: &str| Error::new(ends(expr).0, message);
    match expr {
        Expr::If(_) => start(
            "`if` cannot be in a graph: its shape is one program. Use `select`, or choose between graphs in Rust",
        ),
        Expr::Match(_) => start(
            "`match` cannot be in a graph: its shape is one program. Choose between graphs in Rust",
        ),
        Expr::ForLoop(_) => {
            start("`for` cannot be in a graph: write one step as a graph and call it for each")
        }
        Expr::While(_) => {
            start("`while` cannot be in a graph: write one step as a graph and call it for each")
        }
        Expr::Loop(_) => {
            start("`loop` cannot be in a graph: write one step as a graph and call it for each")
        }
        Expr::Closure(_) => {
            start("a closure cannot be in a graph: write a function, or a graph and call it")
        }
        Expr::Let(_) => start("`let` cannot be in an expression of a graph"),
        Expr::Return(_) => {
            start("`return` is not part of graph!: end the body with an expression without `;`")
        }
        Expr::Break(_) => start("`break` is not part of graph!: a graph has no loops"),
        Expr::Continue(_) => start("`continue` is not part of graph!: a graph has no loops"),
        Expr::Unsafe(_) => {
            start("`unsafe` cannot be in a graph: pass its value in braces, `{ unsafe { … } }`")
        }
        Expr::Async(_) => start("`async` cannot be in a graph"),
        Expr::Tuple(_) => {
            start("a tuple is not a value of the graph: only the last expression may be one")
        }
        Expr::Struct(_) => {
            start("a struct is not a value of the graph: pass it to a call in braces, `{ … }`")
        }
        Expr::Range(_) => {
            start("a range is not a value of the graph: pass it to a call in braces, `{ 0..2 }`")
        }
        Expr::Block(_) => start(
            "braces hold a Rust value: they can only be an argument, such as `scale(x, { rate })`",
        ),
        Expr::Lit(lit) if matches!(lit.lit, Lit::Int(_) | Lit::Float(_)) => start(
            "a number alone is not a value of the graph: use it with an operation, such as `x * 2.0`",
        ),
        Expr::Lit(_) | Expr::Array(_) | Expr::Repeat(_) | Expr::Reference(_) => start(
            "this is a Rust value, not one of the graph: it can only be an argument of a call",
        ),
        Expr::MethodCall(call) => Error::new(
            call.method.span(),
            format_args!(
                "method calls are not part of graph!: write `{}({}{})`",
                call.method,
                name_of(&call.receiver),
                if call.args.is_empty() { "" } else { ", …" },
            ),
        ),
        Expr::Field(field) => Error::new(
            field.member.span(),
            format_args!(
                "fields are not part of graph!: pass a Rust value to a call in braces, `{{ {}.{} }}`",
                name_of(&field.base),
                match &field.member {
                    Member::Named(name) => name.to_string(),
                    Member::Unnamed(index) => index.index.to_string(),
                },
            ),
        ),
        Expr::Index(index) => {
            let message = "indexing is not part of graph!: use an operation such as `slice`";
            Error::new(index.bracket_token.span.join(), message)
        }
        Expr::Assign(assign) => Error::new(assign.eq_token.span(), MUTATION),
        Expr::Binary(binary) => operator(&binary.op),
        Expr::Unary(unary) => match &unary.op {
            UnOp::Deref(star) => no_operation(star.span(), "*"),
            other => no_operation(other.span(), other.to_token_stream()),
        },
        Expr::Cast(cast) => Error::new(
            cast.as_token.span(),
            "`as` is not part of graph!: its values have the one scalar type `A`",
        ),
        Expr::Try(tried) => Error::new(
            tried.question_token.span(),
            "`?` is not part of graph!: handle the error before, or in braces, `{ value? }`",
        ),
        Expr::Await(awaited) => {
            Error::new(awaited.await_token.span(), "`await` is not part of graph!")
        }
        _ => start("this is not part of graph!: a body has calls, operators, names and numbers"),
    }
}

/// The error for a binary operator, or for an assignment by one.
pub(crate) fn operator(op: &BinOp) -> Error {
    use BinOp::{
        AddAssign, BitAndAssign, BitOrAssign, BitXorAssign, DivAssign, MulAssign, RemAssign,
        ShlAssign, ShrAssign, SubAssign,
    };
    match op {
        AddAssign(_) | SubAssign(_) | MulAssign(_) | DivAssign(_) | RemAssign(_)
        | BitXorAssign(_) | BitAndAssign(_) | BitOrAssign(_) | ShlAssign(_) | ShrAssign(_) => {
            Error::new(ends(op).0, MUTATION)
        }
        _ => no_operation(ends(op).0, op.to_token_stream()),
    }
}

fn no_operation(span: Span, op: impl Display) -> Error {
    Error::new(span, format_args!("`{op}` is not an operation of graph!"))
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

/// A name to show in a message, or `…` for what is longer.
fn name_of(expr: &Expr) -> String {
    match peel(expr) {
        Expr::Path(path) if path.path.get_ident().is_some() => path.to_token_stream().to_string(),
        _ => "…".to_owned(),
    }
}
