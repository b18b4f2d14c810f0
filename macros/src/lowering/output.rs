//! What a graph returns: the last expression of its body.

use proc_macro2::Span;
use quote::ToTokens;
use syn::{Error, Expr, Ident};

use super::normal_form::{Output, Step};
use super::state::{Destination, Lowering, Value};
use crate::syntax::expression::unparenthesized;
use crate::syntax::header::Returned;
use crate::syntax::pattern::Results;
use crate::syntax::statement::Statement;
use crate::tokens::{before, ends};

const NOTHING: &str = "the graph returns nothing: end the body with an expression without `;`";

impl Lowering<'_> {
    /// Lowers the last statement, which says what is returned.
    pub(crate) fn last(
        &mut self,
        last: Option<Statement>,
        returned: &Returned,
        end: Span,
    ) -> Vec<Output> {
        let tail = match last {
            Some(Statement::Value(tail)) => tail,
            Some(Statement::Discarded(expr, semicolon)) => {
                if self.discarded(&expr) {
                    return self.outputs_of_error(ends(&expr).0, returned);
                }
                let message = "the graph returns nothing: remove the last `;`";
                return self.nothing(Error::new(semicolon, message), returned);
            }
            Some(Statement::Malformed(_)) => return Vec::new(),
            Some(statement @ Statement::Let { .. }) => {
                let names: Vec<_> = statement
                    .names()
                    .into_iter()
                    .map(Ident::to_string)
                    .collect();
                let names = match names.as_slice() {
                    [name] => name.clone(),
                    names => format!("({})", names.join(", ")),
                };
                self.statement(statement);
                let message = format!("the graph returns nothing: end the body with `{names}`");
                return self.nothing(Error::new(end, message), returned);
            }
            None => return self.nothing(Error::new(end, NOTHING), returned),
        };
        self.names.enter("out");
        if let (Expr::Call(_) | Expr::Macro(_), Returned::Many(types)) =
            (unparenthesized(&tail), returned)
        {
            return self.results_of(&tail, types.len());
        }
        let values: Vec<&Expr> = match (unparenthesized(&tail), returned) {
            (Expr::Tuple(tuple), Returned::Inferred | Returned::Many(_)) => {
                tuple.elems.iter().collect()
            }
            (Expr::Tuple(tuple), Returned::One(_)) => {
                let message = "the graph returns one value: end the body with it alone";
                let error = Error::new(tuple.paren_token.span.join(), message);
                self.lower_all(tuple.elems.iter());
                return self.nothing(error, returned);
            }
            (tail, _) => vec![tail],
        };
        match returned {
            Returned::Many(_) if !matches!(unparenthesized(&tail), Expr::Tuple(_)) => {
                let message = "the graph returns a tuple: end the body with one, such as `(a, b)`";
                self.lower_all(values);
                return self.nothing(Error::new(ends(&tail).0, message), returned);
            }
            Returned::Many(types) if types.len() != values.len() => {
                let message = format!(
                    "the graph returns {} values, and this is {}",
                    types.len(),
                    values.len()
                );
                self.lower_all(values);
                return self.nothing(Error::new(ends(&tail).0, message), returned);
            }
            _ if values.is_empty() => {
                return self.nothing(Error::new(ends(&tail).0, NOTHING), returned);
            }
            _ => {}
        }
        let several = values.len() > 1 || matches!(returned, Returned::Many(_));
        values
            .into_iter()
            .enumerate()
            .filter_map(|(index, value)| self.output(value, several.then_some(index)))
            .collect()
    }

    /// A call at the end of a body that returns a tuple: its results, whatever they are.
    fn results_of(&mut self, call: &Expr, count: usize) -> Vec<Output> {
        let (span, last) = ends(call);
        let label: Vec<_> = (0..count).map(|index| format!("out.{index}")).collect();
        let value = match self.expr(call, Destination::Results(label.join(", "))) {
            Some(Value::Node(value)) => value,
            Some(Value::Existing(error)) => {
                let output = || Output {
                    value: error.clone(),
                    is_newest: false,
                    span,
                };
                return std::iter::repeat_with(output).take(count).collect();
            }
            None => return Vec::new(),
        };
        // With the spans of the user, as all temporaries.
        let name = |index| Ident::new(&format!("__cotangent_out{index}"), before(span));
        let names: Vec<Ident> = (0..count).map(name).collect();
        let results = Results::of_names(&names, span.join(last).unwrap_or(span));
        self.steps.push(Step::Destructure { results, value });
        let output = |name: &Ident| Output {
            value: name.to_token_stream(),
            is_newest: false,
            span,
        };
        names.iter().map(output).collect()
    }

    /// Outputs that are an error.
    fn nothing(&mut self, error: Error, returned: &Returned) -> Vec<Output> {
        let span = error.span();
        self.error_variable(error);
        self.outputs_of_error(span, returned)
    }

    /// Outputs that are the error met last; none if that one is in no place of a value.
    fn outputs_of_error(&self, span: Span, returned: &Returned) -> Vec<Output> {
        let count = match returned {
            Returned::Many(types) => types.len(),
            Returned::Inferred | Returned::One(_) => 1,
        };
        let error = self.error.iter().cycle().take(count);
        error
            .map(|error| Output {
                value: error.to_token_stream(),
                is_newest: false,
                span,
            })
            .collect()
    }

    /// Lowers expressions for the errors in them.
    fn lower_all<'a>(&mut self, values: impl IntoIterator<Item = &'a Expr>) {
        for value in values {
            self.expr(value, Destination::Operand);
        }
    }

    /// Lowers one returned value; an element of a tuple has its index.
    fn output(&mut self, value: &Expr, index: Option<usize>) -> Option<Output> {
        let destination = match index {
            Some(index) => {
                self.names.enter(&format!("out.{index}"));
                Destination::Operand
            }
            None => Destination::Statement(None),
        };
        let (span, _) = ends(value);
        Some(match self.expr(value, destination)? {
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
