//! Expressions: each kind of them, by the file that lowers it.

use syn::{Expr, UnOp};

use super::state::{Destination, Lowering, Value};
use crate::syntax::expression::unparenthesized;
use crate::validation::refusal;

impl Lowering<'_> {
    /// Lowers an expression; `None` after an error in it.
    pub(crate) fn expr(&mut self, expr: &Expr, destination: Destination) -> Option<Value> {
        if let Some(read) = self.number(expr) {
            let error = read.err();
            let error = error.unwrap_or_else(|| refusal::expression(unparenthesized(expr)));
            return Some(self.error_variable(error));
        }
        match unparenthesized(expr) {
            Expr::Path(path) => Some(Value::Existing(self.path(path, false))),
            Expr::Call(call) => self.call(call, destination),
            Expr::Macro(call) => self.macro_call(call, destination),
            Expr::Binary(binary) => self.binary(binary, expr, destination),
            place @ (Expr::Field(_) | Expr::Index(_)) => Some(self.place(place)),
            Expr::Struct(literal) => self.group(literal),
            Expr::Unary(unary) if matches!(unary.op, UnOp::Neg(_)) => {
                self.negation(unary, expr, destination)
            }
            other => {
                let error = refusal::expression(other);
                Some(self.error_variable(error))
            }
        }
    }
}
