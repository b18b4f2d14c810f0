//! What a graph returns: the last expression of its body.

use proc_macro2::Span;
use syn::Expr;

use super::body::Statement;
use super::header::Returned;
use super::lower::{Goal, Lowering, Value, peel};
use super::steps::Output;
use crate::tokens::ends;

impl Lowering<'_> {
    /// Lowers the last statement, which says what is returned.
    pub(super) fn last(
        &mut self,
        last: Option<Statement>,
        returned: &Returned,
        end: Span,
    ) -> Vec<Output> {
        const NOTHING: &str =
            "the graph returns nothing: end the body with an expression without `;`";
        self.names.enter("out");
        let tail = match last {
            Some(Statement::Value(tail)) => tail,
            Some(Statement::Discarded(expr, semicolon)) => {
                let before = self.errors.count();
                self.expr(&expr, Goal::Operand);
                if self.errors.count() == before {
                    self.errors.at(semicolon, NOTHING);
                }
                return Vec::new();
            }
            Some(Statement::Broken) => return Vec::new(),
            Some(statement @ Statement::Let { .. }) => {
                self.statement(statement);
                self.errors.at(end, NOTHING);
                return Vec::new();
            }
            None => {
                self.errors.at(end, NOTHING);
                return Vec::new();
            }
        };
        let values: Vec<&Expr> = match (peel(&tail), returned) {
            (Expr::Tuple(tuple), Returned::Inferred | Returned::Many(_)) => {
                tuple.elems.iter().collect()
            }
            (tail, Returned::Many(_)) => {
                self.errors.at(
                    ends(tail).0,
                    "the graph returns a tuple: end the body with one, such as `(a, b)`",
                );
                return Vec::new();
            }
            (Expr::Tuple(tuple), Returned::One(_)) => {
                let message = "the graph returns one value: end the body with it alone";
                self.errors.at(tuple.paren_token.span.join(), message);
                return Vec::new();
            }
            (tail, _) => vec![tail],
        };
        match returned {
            Returned::Many(shapes) if shapes.len() != values.len() => {
                let message = format!(
                    "the graph returns {} values, and this is {}",
                    shapes.len(),
                    values.len()
                );
                self.errors.at(ends(&tail).0, message);
            }
            _ if values.is_empty() => self.errors.at(ends(&tail).0, NOTHING),
            _ => {}
        }
        let several = values.len() > 1 || matches!(returned, Returned::Many(_));
        values
            .into_iter()
            .enumerate()
            .filter_map(|(index, value)| self.output(value, several.then_some(index)))
            .collect()
    }

    /// Lowers one returned value; an element of a tuple has its index.
    fn output(&mut self, value: &Expr, index: Option<usize>) -> Option<Output> {
        let goal = match index {
            Some(index) => {
                self.names.enter(&format!("out.{index}"));
                Goal::Operand
            }
            None => Goal::Statement(None),
        };
        let (span, _) = ends(value);
        Some(match self.expr(value, goal)? {
            Value::Node(value) => Output {
                value,
                is_newest: true,
                span,
            },
            Value::Existing(tokens) => Output {
                value: tokens,
                is_newest: self.is_newest(value),
                span,
            },
        })
    }
}
