//! Numbers among the operands: literals, kept exact, and numbers of Rust, `RATE` and `{ rate }`.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote_spanned};
use syn::spanned::Spanned;
use syn::{BinOp, Error, Expr, ExprBinary, ExprPath, Lit, Result, UnOp};

use super::literal::Number;
use super::state::Lowering;
use crate::rustc::number_of_rust;
use crate::syntax::expression::{innermost, unparenthesized, verbatim};
use crate::tokens::{ends, hygienic_before};

/// A number that is an operand.
pub(crate) enum Scalar {
    Literal(Number, Span),
    /// An expression whose value is a `::cotangent::program::Literal`.
    Computed(TokenStream, Span),
}

impl Scalar {
    /// The `::cotangent::program::Literal` that it is.
    pub(crate) fn tokens(self) -> TokenStream {
        match self {
            Self::Literal(number, at) => number.tokens(at),
            Self::Computed(tokens, _) => tokens,
        }
    }

    pub(crate) fn negated(self) -> Self {
        match self {
            Self::Literal(number, at) => Self::Literal(number.negated(), at),
            Self::Computed(tokens, at) => {
                Self::Computed(quote_spanned!(hygienic_before(at)=> (-#tokens)), at)
            }
        }
    }

    /// `1 / self`, for a number that is not the literal zero.
    pub(crate) fn reciprocal(self) -> Self {
        match self {
            Self::Literal(number, at) => Self::Literal(number.reciprocal(), at),
            Self::Computed(tokens, at) => Self::Computed(
                quote_spanned!(hygienic_before(at)=> ::cotangent::program::Literal::recip(#tokens)),
                at,
            ),
        }
    }

    pub(crate) fn is_zero(&self) -> bool {
        matches!(self, Self::Literal(number, _) if number.is_zero())
    }

    pub(crate) fn is_one(&self) -> bool {
        matches!(self, Self::Literal(number, _) if number.is_one())
    }

    pub(crate) fn span(&self) -> Span {
        match self {
            Self::Literal(_, at) | Self::Computed(_, at) => *at,
        }
    }
}

impl Lowering<'_> {
    /// The number that an expression is: of literals and of numbers of Rust, with signs and operators between them.
    pub(crate) fn number(&self, expr: &Expr) -> Option<Result<Scalar>> {
        let place = || ends(innermost(expr)).0;
        match unparenthesized(expr) {
            Expr::Lit(lit) => {
                let read = Number::read(&lit.lit)?;
                Some(read.map(|number| Scalar::Literal(number, place())))
            }
            Expr::Unary(unary) if matches!(unary.op, UnOp::Neg(_)) => {
                let read = self.number(&unary.expr)?;
                Some(read.map(Scalar::negated))
            }
            Expr::Binary(binary) if is_arithmetic(&binary.op) => {
                let (left, right) = (self.number(&binary.left)?, self.number(&binary.right)?);
                Some(computed(binary, left, right))
            }
            block @ Expr::Block(_) => {
                let value = verbatim(block)?;
                if let Some(at) = rounded_quotient(block) {
                    let message = "in braces this is the division of integers, which Rust rounds: \
                                   write it without braces, and it is exact";
                    return Some(Err(Error::new(at, message)));
                }
                Some(Ok(of_rust(&value, block)))
            }
            Expr::Path(path) if self.is_rust(path) => {
                Some(Ok(of_rust(&path.to_token_stream(), path)))
            }
            _ => None,
        }
    }

    /// Whether a name stands for a constant of Rust: it has several parts, or capitals, and no value of the graph has it.
    pub(crate) fn is_rust(&self, path: &ExprPath) -> bool {
        match path.path.get_ident() {
            Some(name) => self.scope.is_constant(name),
            None => true,
        }
    }

    /// An argument that is a number of Rust, with signs and operators: for a function it stays what the user wrote.
    pub(crate) fn number_of_rust(&self, arg: &Expr) -> Option<Result<TokenStream>> {
        self.number(arg)?.ok();
        Some(match rounded_quotient(arg) {
            Some(at) => {
                let message =
                    "this is the division of integers, which Rust rounds: write `1.0 / 2.0`";
                Err(Error::new(at, message))
            }
            None => Ok(arg.to_token_stream()),
        })
    }
}

/// A number of Rust, held against what numbers are.
fn of_rust(value: &TokenStream, source: impl ToTokens) -> Scalar {
    let ends = ends(source);
    Scalar::Computed(number_of_rust(value, ends), ends.0)
}

fn computed(binary: &ExprBinary, left: Result<Scalar>, right: Result<Scalar>) -> Result<Scalar> {
    let (left, right) = (left?, right?);
    if matches!(binary.op, BinOp::Div(_)) && right.is_zero() {
        return Err(Error::new(right.span(), "division by zero"));
    }
    let (at, mut op) = (left.span(), binary.op);
    let ours = hygienic_before(at);
    match &mut op {
        BinOp::Add(sign) => sign.spans = [ours],
        BinOp::Sub(sign) => sign.spans = [ours],
        BinOp::Mul(sign) => sign.spans = [ours],
        BinOp::Div(sign) => sign.spans = [ours],
        _ => {}
    }
    let (left, right) = (left.tokens(), right.tokens());
    let tokens = quote_spanned!(ours=> (#left #op #right));
    Ok(Scalar::Computed(tokens, at))
}

/// Whether an operator is one of `+ - * /`.
pub(crate) fn is_arithmetic(op: &BinOp) -> bool {
    matches!(
        op,
        BinOp::Add(_) | BinOp::Sub(_) | BinOp::Mul(_) | BinOp::Div(_)
    )
}

/// Where literals of integers are divided, as Rust divides: `1 / 2` is 0.
fn rounded_quotient(expr: &Expr) -> Option<Span> {
    match unparenthesized(expr) {
        Expr::Binary(binary) => {
            let is_quotient = matches!(binary.op, BinOp::Div(_))
                && is_integer(&binary.left)
                && is_integer(&binary.right);
            if is_quotient {
                return Some(binary.op.span());
            }
            rounded_quotient(&binary.left).or_else(|| rounded_quotient(&binary.right))
        }
        Expr::Unary(unary) => rounded_quotient(&unary.expr),
        Expr::Block(block) => match block.block.stmts.as_slice() {
            [syn::Stmt::Expr(value, None)] => rounded_quotient(value),
            _ => None,
        },
        _ => None,
    }
}

/// Whether all its literals are integers, and it has nothing else.
fn is_integer(expr: &Expr) -> bool {
    match unparenthesized(expr) {
        Expr::Lit(lit) => matches!(lit.lit, Lit::Int(_)),
        Expr::Unary(unary) => is_integer(&unary.expr),
        Expr::Binary(binary) => is_integer(&binary.left) && is_integer(&binary.right),
        _ => false,
    }
}
