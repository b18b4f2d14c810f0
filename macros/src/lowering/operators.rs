//! `+ - * /` and negation, between values of the graph and with numbers.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote_spanned};
use syn::spanned::Spanned;
use syn::{BinOp, Error, Expr, ExprBinary, ExprUnary, Ident};

use super::number::{Scalar, is_arithmetic};
use super::state::{Destination, Lowering, Value};
use crate::syntax::expression::unparenthesized;
use crate::tokens::{before, ends};
use crate::validation::refusal;

/// One side of an operator.
enum Operand {
    Value(TokenStream),
    Number(Scalar),
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
        if !is_arithmetic(&binary.op) {
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
            (BinOp::Mul(_), Val(x), Num(c)) | (BinOp::Mul(_), Num(c), Val(x)) => {
                op(self, destination, "scale", &[x, c.tokens()])
            }
            (BinOp::Add(_), Val(x), Num(c)) | (BinOp::Add(_), Num(c), Val(x)) => {
                op(self, destination, "offset", &[x, c.tokens()])
            }
            (BinOp::Sub(_), Val(x), Num(c)) => {
                op(self, destination, "offset", &[x, c.negated().tokens()])
            }
            (_, Val(_), Num(c)) if c.is_zero() => {
                let error = Error::new(c.span(), "division by zero");
                return Some(self.error_variable(error));
            }
            (_, Val(x), Num(c)) => op(self, destination, "scale", &[x, c.reciprocal().tokens()]),
            (BinOp::Sub(_), Num(c), Val(x)) if c.is_zero() => op(self, destination, "neg", &[x]),
            (BinOp::Sub(_), Num(c), Val(x)) => {
                let negated = op(self, Destination::Operand, "neg", &[x]).tokens();
                op(self, destination, "offset", &[negated, c.tokens()])
            }
            (_, Num(c), Val(x)) if c.is_one() => op(self, destination, "recip", &[x]),
            (_, Num(c), Val(x)) => {
                let inverse = op(self, Destination::Operand, "recip", &[x]).tokens();
                op(self, destination, "scale", &[inverse, c.tokens()])
            }
            // Together they are a number, which is no value: that is seen before.
            (_, Num(_), Num(_)) => return Some(self.error_variable(refusal::expression(source))),
        })
    }

    fn operand(&mut self, expr: &Expr) -> Option<Operand> {
        if let Some(read) = self.number(expr) {
            return self.errors.keep(read).map(Num);
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
