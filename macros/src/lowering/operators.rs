//! `+ - * /` and negation, between values of the graph and with numbers.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote_spanned};
use syn::spanned::Spanned;
use syn::{BinOp, Error, Expr, ExprBinary, ExprUnary, Ident, UnOp};

use super::literal::Number;
use super::state::{Destination, Lowering, Value};
use crate::syntax::expression::{innermost, unparenthesized, verbatim};
use crate::tokens::{before, ends};
use crate::validation::refusal;

/// One side of an operator.
enum Operand {
    Value(TokenStream),
    Number(Number, Span),
}

use Operand::Number as Num;
use Operand::Value as Val;

impl Lowering<'_> {
    /// `-x`
    pub(crate) fn negation(
        &mut self,
        unary: &ExprUnary,
        source: &Expr,
        destination: Destination,
    ) -> Option<Value> {
        if number(source).is_some() {
            let error = refusal::expression(innermost(source));
            return Some(self.error_variable(error));
        }
        let Val(value) = self.operand(&unary.expr)? else {
            return None;
        };
        Some(self.op(destination, "neg", unary.op.span(), source, &[value]))
    }

    /// `l + r` and the like; `source` is the same expression with the parentheses around it.
    pub(crate) fn binary(
        &mut self,
        binary: &ExprBinary,
        source: &Expr,
        destination: Destination,
    ) -> Option<Value> {
        if !matches!(
            binary.op,
            BinOp::Add(_) | BinOp::Sub(_) | BinOp::Mul(_) | BinOp::Div(_)
        ) {
            let wrong = self.error_variable(refusal::operator(binary));
            self.operand(&binary.left);
            self.operand(&binary.right);
            return Some(wrong);
        }
        // Both sides before giving up on one: both report their errors.
        let (left, right) = (self.operand(&binary.left), self.operand(&binary.right));
        let (left, right) = (left?, right?);
        let span = ends(binary.op).0;
        let op = |this: &mut Self, destination, name, args: &[TokenStream]| {
            this.op(destination, name, span, source, args)
        };
        Some(match (binary.op, left, right) {
            (BinOp::Add(_), Val(left), Val(right)) => op(self, destination, "add", &[left, right]),
            (BinOp::Sub(_), Val(left), Val(right)) => op(self, destination, "sub", &[left, right]),
            (BinOp::Mul(_), Val(left), Val(right)) => op(self, destination, "mul", &[left, right]),
            (_, Val(left), Val(right)) => op(self, destination, "div", &[left, right]),
            (BinOp::Mul(_), Val(x), Num(c, at)) | (BinOp::Mul(_), Num(c, at), Val(x)) => {
                op(self, destination, "scale", &[x, c.tokens(at)])
            }
            (BinOp::Add(_), Val(x), Num(c, at)) | (BinOp::Add(_), Num(c, at), Val(x)) => {
                op(self, destination, "offset", &[x, c.tokens(at)])
            }
            (BinOp::Sub(_), Val(x), Num(c, at)) => {
                op(self, destination, "offset", &[x, c.negated().tokens(at)])
            }
            (_, Val(_), Num(c, at)) if c.is_zero() => {
                return Some(self.error_variable(Error::new(at, "division by zero")));
            }
            (_, Val(x), Num(c, at)) => {
                op(self, destination, "scale", &[x, c.reciprocal().tokens(at)])
            }
            (BinOp::Sub(_), Num(c, _), Val(x)) if c.is_zero() => op(self, destination, "neg", &[x]),
            (BinOp::Sub(_), Num(c, at), Val(x)) => {
                let negated = op(self, Destination::Operand, "neg", &[x]).tokens();
                op(self, destination, "offset", &[negated, c.tokens(at)])
            }
            (_, Num(c, _), Val(x)) if c.is_one() => op(self, destination, "recip", &[x]),
            (_, Num(c, at), Val(x)) => {
                let inverse = op(self, Destination::Operand, "recip", &[x]).tokens();
                op(self, destination, "scale", &[inverse, c.tokens(at)])
            }
            (_, Num(..), Num(..)) => {
                let message = "write the number: both operands are literals";
                return Some(self.error_variable(Error::new(span, message)));
            }
        })
    }

    fn operand(&mut self, expr: &Expr) -> Option<Operand> {
        if let Some(read) = number(expr) {
            return self
                .errors
                .keep(read)
                .map(|number| Num(number, ends(innermost(expr)).0));
        }
        if let Some(value) = verbatim(unparenthesized(expr)) {
            return Some(Val(value));
        }
        if let Expr::Path(path) = unparenthesized(expr) {
            return Some(Val(self.path(path, true)));
        }
        self.expr(expr, Destination::Operand)
            .map(|value| Val(value.tokens()))
    }

    /// A node of one of this library's ops, its path at the operator of the user.
    fn op(
        &mut self,
        destination: Destination,
        name: &str,
        span: Span,
        source: &Expr,
        args: &[TokenStream],
    ) -> Value {
        // With the spans of the user, as in a call that the user writes: the caret of an error in it is at the
        // operator.
        let function = Ident::new(name, span);
        let call = quote_spanned!(before(span)=> ::cotangent::op::#function(#(#args),*));
        self.node(destination, name, span, source.to_token_stream(), call)
    }
}

/// The number that an expression is, signs included.
fn number(expr: &Expr) -> Option<Result<Number, Error>> {
    match unparenthesized(expr) {
        Expr::Lit(lit) => Number::read(&lit.lit),
        Expr::Unary(unary) if matches!(unary.op, UnOp::Neg(_)) => {
            number(&unary.expr).map(|read| read.map(Number::negated))
        }
        _ => None,
    }
}
