//! Expressions: each kind of them, by the file that lowers it.

use syn::{Expr, UnOp};

use super::state::{Goal, Lowering, Value};
use crate::syntax::expression::peel;
use crate::validation::refusal;

impl Lowering<'_> {
    /// Lowers an expression; `None` after an error in it.
    pub(crate) fn expr(&mut self, expr: &Expr, goal: Goal) -> Option<Value> {
        match peel(expr) {
            Expr::Path(path) => Some(Value::Existing(self.path(path, false))),
            Expr::Call(call) => self.call(call, goal),
            Expr::Macro(call) => self.macro_call(call, goal),
            Expr::Binary(binary) => self.binary(binary, expr, goal),
            place @ (Expr::Field(_) | Expr::Index(_)) => Some(self.place(place)),
            Expr::Struct(literal) => self.group(literal),
            Expr::Unary(unary) if matches!(unary.op, UnOp::Neg(_)) => {
                self.negation(unary, expr, goal)
            }
            other => {
                let error = refusal::expression(other);
                Some(self.wrong(error))
            }
        }
    }
}
