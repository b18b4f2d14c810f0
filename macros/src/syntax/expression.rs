//! Readings of expressions of Rust: what is called, what is a name, what is a number, what is assigned.

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::{BinOp, Expr, ExprCall, Ident};

use crate::tokens::ends;

/// What is inside parentheses, and inside the invisible ones that `macro_rules!` leaves.
pub(crate) fn unparenthesized(expr: &Expr) -> &Expr {
    match expr {
        Expr::Paren(paren) => unparenthesized(&paren.expr),
        Expr::Group(group) => unparenthesized(&group.expr),
        other => other,
    }
}

/// The name at the beginning of `p.weight` and `blocks[0].norm`, or a name alone.
pub(crate) fn base(place: &Expr) -> Option<&Ident> {
    match unparenthesized(place) {
        Expr::Path(path) => path.path.get_ident(),
        Expr::Field(field) => base(&field.base),
        Expr::Index(index) => base(&index.expr),
        _ => None,
    }
}

/// The Rust expression in braces.
pub(crate) fn verbatim(expr: &Expr) -> Option<TokenStream> {
    match expr {
        Expr::Block(block) => Some(match block.block.stmts.as_slice() {
            [syn::Stmt::Expr(value, None)] => value.to_token_stream(),
            _ => block.to_token_stream(),
        }),
        _ => None,
    }
}

/// Whether an expression is Rust by its beginning, the function of a type: `ConvWindow::new().stride::<2, 2>()`. Ops and graphs
/// are functions of modules.
pub(crate) fn is_of_a_type(expr: &Expr) -> bool {
    match unparenthesized(expr) {
        Expr::MethodCall(call) => is_of_a_type(&call.receiver),
        Expr::Call(call) => match unparenthesized(&call.func) {
            Expr::Path(path) => {
                let before = path.path.segments.iter().rev().nth(1);
                before.is_some_and(|ty| ty.ident.to_string().starts_with(char::is_uppercase))
            }
            _ => false,
        },
        _ => false,
    }
}

/// The name of what is called, and where it is.
pub(crate) fn called(call: &ExprCall) -> (String, Span) {
    match unparenthesized(&call.func) {
        Expr::Path(path) => match path.path.segments.last() {
            Some(segment) => (segment.ident.unraw().to_string(), segment.ident.span()),
            None => ("call".to_owned(), ends(path).0),
        },
        Expr::Call(inner) => called(inner),
        Expr::Block(block) => match block.block.stmts.as_slice() {
            [syn::Stmt::Expr(path @ Expr::Path(syn::ExprPath { path: inner, .. }), None)] => {
                let name = inner
                    .get_ident()
                    .map_or_else(|| "call".to_owned(), |name| name.unraw().to_string());
                (name, ends(path).0)
            }
            _ => ("call".to_owned(), ends(block).0),
        },
        other => ("call".to_owned(), ends(other).0),
    }
}

/// The variable to which an expression assigns, and what is assigned.
pub(crate) fn assigned(expr: &Expr) -> Option<(&Ident, &Expr)> {
    let (left, right) = match expr {
        Expr::Assign(assign) => (&assign.left, &assign.right),
        Expr::Binary(binary) => (&binary.left, &binary.right),
        _ => return None,
    };
    let is_assignment = !matches!(expr, Expr::Binary(binary) if !assigns(&binary.op));
    match &**left {
        Expr::Path(path) if is_assignment => path.path.get_ident().map(|name| (name, &**right)),
        _ => None,
    }
}

fn assigns(op: &BinOp) -> bool {
    let op = op.to_token_stream().to_string();
    op.ends_with('=') && !["==", "!=", "<=", ">="].contains(&op.as_str())
}

/// The expression inside parentheses and signs.
pub(crate) fn innermost(expr: &Expr) -> &Expr {
    match unparenthesized(expr) {
        Expr::Unary(unary) => innermost(&unary.expr),
        other => other,
    }
}
