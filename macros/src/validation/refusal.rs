//! What is Rust but not part of a graph, and what to write instead.

use std::fmt::Display;

use proc_macro2::Span;
use quote::ToTokens;
use syn::spanned::Spanned;
use syn::{BinOp, Error, Expr, ExprBinary, Lit, Member, UnOp};

use crate::syntax::expression::unparenthesized;
use crate::tokens::ends;

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
        Expr::Let(_) => start(
            "`let` cannot be in an expression of a graph: make it a statement before this one",
        ),
        Expr::Return(returned) => {
            let value = returned.expr.as_deref().map_or("…".to_owned(), shown);
            start(&format!(
                "`return` is not part of graph!: end the body with `{value}`, without `;`"
            ))
        }
        Expr::Break(_) => start("`break` is not part of graph!: a graph has no loops"),
        Expr::Continue(_) => start("`continue` is not part of graph!: a graph has no loops"),
        Expr::Unsafe(_) => {
            start("`unsafe` cannot be in a graph: pass its value in braces, `{ unsafe { … } }`")
        }
        Expr::Async(_) => {
            start("`async` cannot be in a graph: await the value before, and pass it in braces")
        }
        Expr::Tuple(_) => {
            start("a tuple is not a value of the graph: only the last expression may be one")
        }
        Expr::Range(_) => {
            start("a range is not a value of the graph: pass it to a call in braces, `{ 0..2 }`")
        }
        Expr::Block(_) => start(
            "braces hold a Rust value: use it with an operation, `x * { rate }`, or write `constant({ value })`",
        ),
        Expr::Lit(lit) if matches!(lit.lit, Lit::Int(_) | Lit::Float(_)) => start(NUMBER),
        Expr::Unary(unary) if matches!(unary.op, UnOp::Neg(_)) => start(NUMBER),
        Expr::Path(path) => {
            let name = path.to_token_stream().to_string().replace(' ', "");
            let message = format!(
                "`{name}` is not a value of the graph: use it with an operation, `x * {name}`, or write `constant({name})`"
            );
            start(&message)
        }
        Expr::Lit(_) | Expr::Array(_) | Expr::Repeat(_) | Expr::Reference(_) => start(
            "this is a Rust value, not one of the graph: it can only be an argument of a call",
        ),
        Expr::MethodCall(call) => {
            let args = std::iter::once(&*call.receiver).chain(&call.args);
            let args: Vec<_> = args.map(shown).collect();
            let (method, args) = (&call.method, args.join(", "));
            Error::new(
                method.span(),
                format_args!("method calls are not part of graph!: write `{method}({args})`"),
            )
        }
        Expr::Field(field) => Error::new(
            field.member.span(),
            format_args!(
                "fields are not part of graph!: a Rust value goes in braces, `{{ {}.{} }}`",
                shown(&field.base),
                match &field.member {
                    Member::Named(name) => name.to_string(),
                    Member::Unnamed(index) => index.index.to_string(),
                },
            ),
        ),
        Expr::Index(index) => {
            let start = match unparenthesized(&index.index) {
                Expr::Lit(lit) => lit.to_token_stream().to_string(),
                _ => "…".to_owned(),
            };
            let array = shown(&index.expr);
            let message = format!(
                "indexing is not part of graph!: write \
                 `slice({array}, 0, {start}, 1)`"
            );
            Error::new(index.bracket_token.span.join(), message)
        }
        Expr::Assign(assign) => {
            mutation(assign.eq_token.span(), &assign.left, shown(&assign.right))
        }
        Expr::Binary(binary) => operator(binary),
        Expr::Unary(unary) => match &unary.op {
            UnOp::Deref(star) => {
                no_operation(star.span(), "*", "remove it, as no value is a reference")
            }
            other => no_operation(other.span(), other.to_token_stream(), NO_BOOLEANS),
        },
        Expr::Cast(cast) => Error::new(
            cast.as_token.span(),
            "`as` is not part of graph!: remove it, as all values have the scalar type `A`",
        ),
        Expr::Try(tried) => Error::new(
            tried.question_token.span(),
            "`?` is not part of graph!: handle the error before, or in braces, `{ value? }`",
        ),
        Expr::Await(awaited) => Error::new(
            awaited.await_token.span(),
            "`await` is not part of graph!: await the value before, and pass it in braces",
        ),
        _ => start("this is not part of graph!: a body has calls, operators, names and numbers"),
    }
}

/// The error for a binary operator, or for an assignment by one.
pub(crate) fn operator(binary: &ExprBinary) -> Error {
    use BinOp::{
        Add, And, BitAnd, BitOr, BitXor, Div, Eq, Ge, Gt, Le, Lt, Mul, Ne, Or, Rem, Shl, Shr, Sub,
    };
    let op = &binary.op;
    let (span, _) = ends(op);
    let instead = match op {
        Add(_) | Sub(_) | Mul(_) | Div(_) => return Error::new(ends(binary).0, NUMBER),
        And(_) | Or(_) => NO_BOOLEANS,
        Eq(_) | Ne(_) | Lt(_) | Le(_) | Gt(_) | Ge(_) => {
            "values are compared by `maximum`, `minimum` and `select`"
        }
        BitXor(_) => "for a power write `powi(x, 2)`",
        Rem(_) | BitAnd(_) | BitOr(_) | Shl(_) | Shr(_) => {
            "it has `+`, `-`, `*` and `/`, and all else is a call"
        }
        _ => {
            let op = op.to_token_stream().to_string();
            let (left, right) = (shown(&binary.left), shown(&binary.right));
            let value = format!("{left} {} {right}", op.trim_end_matches('='));
            return mutation(span, &binary.left, value);
        }
    };
    no_operation(span, op.to_token_stream(), instead)
}

/// Of operands that are all numbers too: what is computed of them is one.
const NUMBER: &str = "a number alone is not a value of the graph: use it with an operation, such as `x * 2.0`, or write `constant(2.0)`";

const NO_BOOLEANS: &str = "a graph has no booleans; `select` chooses by sign";

fn no_operation(span: Span, op: impl Display, instead: &str) -> Error {
    Error::new(
        span,
        format_args!("`{op}` is not an operation of graph!: {instead}"),
    )
}

/// The error for an assignment of a value to a variable.
fn mutation(span: Span, variable: &Expr, value: String) -> Error {
    let variable = shown(variable);
    Error::new(
        span,
        format_args!("graph! variables are never mutated: write `let {variable} = {value};`"),
    )
}

/// A name or a number to show in a message, or `…` for what is longer.
fn shown(expr: &Expr) -> String {
    match unparenthesized(expr) {
        Expr::Path(path) if path.path.get_ident().is_some() => path.to_token_stream().to_string(),
        Expr::Lit(lit) => lit.to_token_stream().to_string(),
        _ => "…".to_owned(),
    }
}
