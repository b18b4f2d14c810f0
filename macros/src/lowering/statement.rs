//! Statements: one node, or the results of one call, to a variable each.

use syn::ext::IdentExt;
use syn::{Error, Expr, Ident};

use super::normal_form::Step;
use super::state::{Destination, Lowering, Value};
use crate::syntax::expression::{assigned, unparenthesized};
use crate::syntax::pattern::{Pattern, Results};
use crate::syntax::statement::Statement;
use crate::syntax::value_type::ValueType;
use crate::tokens::ends;
use crate::validation::refusal;

impl Lowering<'_> {
    pub(crate) fn statement(&mut self, statement: Statement) {
        let names = self.scope.enter(&statement);
        match statement {
            Statement::Let {
                pattern: Pattern::One(name),
                ty,
                value,
            } => self.bind(name, ty, &value),
            Statement::Let {
                pattern: Pattern::Results(results),
                ty,
                value,
            } => self.destructure(results, ty, &value),
            Statement::Discarded(expr, _) | Statement::Value(expr) => {
                if !self.discarded(&expr) {
                    let message =
                        "the value of this statement is unused: bind it with `let`, or remove it";
                    self.error_variable(Error::new(ends(&expr).0, message));
                }
            }
            Statement::Malformed(_) => {}
        }
        self.scope.bind(names);
    }

    fn bind(&mut self, name: Ident, ty: Option<ValueType>, value: &Expr) {
        self.names.enter(&name.unraw().to_string());
        // A node whose type is written goes through a temporary, whose check has its caret on the expression.
        let bind = ty.is_none().then(|| name.clone());
        let Some(lowered) = self.expr(value, Destination::Statement(bind)) else {
            return;
        };
        let (is_newest, step) = match lowered {
            Value::Node(_) if ty.is_none() => (true, None),
            Value::Node(value) => (true, Some(value)),
            Value::Existing(tokens) => (self.is_newest(value), Some(tokens)),
        };
        let is_group = match &ty {
            Some(ty) => ty.is_group(),
            None => self.is_group(value),
        };
        if let Some(value) = step {
            self.steps.push(Step::Alias {
                bind: name.clone(),
                ty,
                value,
            });
        }
        self.scope.set_group(&name, is_group);
        self.newest.retain(|other| *other != name);
        if is_newest {
            self.newest.push(name);
        }
    }

    /// `let (a, b) = …;` or `let [a, b] = …;`
    fn destructure(&mut self, results: Results, ty: Option<ValueType>, value: &Expr) {
        let names: Vec<Ident> = results.names().into_iter().cloned().collect();
        let label = names
            .first()
            .map_or_else(|| "_".to_owned(), |name| name.unraw().to_string());
        self.names.enter(&label);
        if let Some(ty) = ty {
            self.errors
                .at(ty.span(), "one type cannot be that of several values");
        }
        for name in &names {
            self.scope.set_group(name, true); // It may be one: rustc knows.
        }
        let names: Vec<&Ident> = names.iter().collect();
        if !matches!(unparenthesized(value), Expr::Call(_) | Expr::Macro(_)) {
            let message = "only a call has several values, such as `let (a, b) = two()(x);`";
            self.define_all_as_error(&names, Error::new(ends(value).0, message));
            return;
        }
        match self.expr(value, Destination::Results(results.label())) {
            // Apart, so that a message about the pattern does not tell of the graph, which is in the same tuple.
            Some(Value::Node(value)) => self.steps.push(Step::Destructure { results, value }),
            Some(Value::Existing(error)) => self.define_all_as(&names, &error),
            None => {}
        }
    }

    /// Lowers an expression whose value nobody wants, and says whether an error was in it.
    pub(crate) fn discarded(&mut self, expr: &Expr) -> bool {
        let before = self.errors.count();
        self.names.enter("unused");
        if let Some((name, value)) = assigned(expr) {
            self.expr(value, Destination::Operand);
            self.scope.report(name);
            self.define_as_error(name, refusal::expression(expr));
        } else {
            self.expr(expr, Destination::Operand);
        }
        self.errors.count() > before
    }
}
