//! From nested expressions to a list of steps, one for each node, each with a name.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::{Error, Expr, Ident, UnOp};

use super::arity::Arities;
use super::body::Statement;
use super::groups::Groups;
use super::names::Names;
use super::parse::Graph;
use super::pattern::{Pattern, Several};
use super::refuse;
use super::scope::Scope;
use super::steps::{Bind, Lowered, Step};
use crate::described::Described;
use crate::errors::Errors;
use crate::tokens::{after, before, ends};

/// Where the value of an expression goes.
pub(crate) enum Goal {
    /// An operand of another expression.
    Operand,
    /// What the statement is for: it gets the statement's name, and this binding if there is one.
    Statement(Option<Ident>),
    /// Several results, with their names.
    Several(String),
}

/// The value of a lowered expression.
pub(crate) enum Value {
    /// A node that was made for it.
    Node(TokenStream),
    /// A variable that was there before.
    Existing(TokenStream),
}

impl Value {
    pub(crate) fn tokens(self) -> TokenStream {
        match self {
            Self::Node(tokens) | Self::Existing(tokens) => tokens,
        }
    }
}

/// The state of lowering one body.
pub(crate) struct Lowering<'a> {
    pub(crate) errors: &'a mut Errors,
    pub(crate) names: Names,
    pub(crate) scope: Scope,
    pub(super) arities: &'a Arities,
    pub(super) groups: &'a Groups<'a>,
    pub(super) steps: Vec<Step>,
    pub(super) temporaries: usize,
    /// A variable that is an error: the one defined last.
    pub(super) error: Option<Ident>,
    /// The names that stand for the node made last.
    pub(super) newest: Vec<Ident>,
}

/// Lowers a body. With errors the steps are not complete.
pub(crate) fn lower(graph: &mut Graph, arities: &Arities, groups: &Groups) -> Lowered {
    let scope = Scope::of(graph);
    let mut body = std::mem::take(&mut graph.body);
    let mut lowering = Lowering {
        errors: &mut graph.body_errors,
        scope,
        arities,
        groups,
        names: Names::default(),
        steps: Vec::new(),
        temporaries: 0,
        error: None,
        newest: Vec::new(),
    };
    let last = body.pop();
    for statement in body {
        lowering.statement(statement);
    }
    let outputs = lowering.last(last, &graph.returned, graph.end);
    Lowered {
        steps: lowering.steps,
        outputs,
    }
}

impl Lowering<'_> {
    pub(super) fn statement(&mut self, statement: Statement) {
        let names = self.scope.enter(&statement);
        match statement {
            Statement::Let {
                pattern: Pattern::One(name),
                ty,
                value,
            } => self.bind(name, ty, &value),
            Statement::Let {
                pattern: Pattern::Several(several),
                ty,
                value,
            } => self.take_apart(several, ty, &value),
            Statement::Discarded(expr, _) | Statement::Value(expr) => {
                if !self.discarded(&expr) {
                    let message =
                        "the value of this statement is unused: bind it with `let`, or remove it";
                    self.wrong(Error::new(ends(&expr).0, message));
                }
            }
            Statement::Broken(_) => {}
        }
        self.scope.bind(names);
    }

    fn bind(&mut self, name: Ident, ty: Option<Described>, value: &Expr) {
        self.names.enter(&name.unraw().to_string());
        // A node whose type is written goes through a temporary, whose check has its caret on the expression.
        let bind = ty.is_none().then(|| name.clone());
        let Some(lowered) = self.expr(value, Goal::Statement(bind)) else {
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
    fn take_apart(&mut self, several: Several, ty: Option<Described>, value: &Expr) {
        let names: Vec<Ident> = several.names().into_iter().cloned().collect();
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
        if !matches!(peel(value), Expr::Call(_) | Expr::Macro(_)) {
            let message = "only a call has several values, such as `let (a, b) = two()(x);`";
            self.define_all_as_error(&names, Error::new(ends(value).0, message));
            return;
        }
        match self.expr(value, Goal::Several(several.label())) {
            // Apart, so that a message about the pattern does not tell of the graph, which is in the same tuple.
            Some(Value::Node(value)) => self.steps.push(Step::TakeApart { several, value }),
            Some(Value::Existing(error)) => self.define_all_as(&names, &error),
            None => {}
        }
    }

    pub(super) fn is_newest(&self, value: &Expr) -> bool {
        matches!(peel(value), Expr::Path(path) if path.path.get_ident().is_some_and(|name| self.newest.contains(name)))
    }

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
                let error = refuse::expression(other);
                Some(self.wrong(error))
            }
        }
    }

    /// Adds the node of `call`, which is what the user wrote as `source`.
    pub(crate) fn node(
        &mut self,
        goal: Goal,
        op: &str,
        at: Span,
        source: impl ToTokens,
        call: TokenStream,
    ) -> Value {
        let (bind, name, value) = self.fresh(goal, op, source);
        self.steps.push(Step::Node {
            bind,
            name,
            at,
            call,
        });
        value
    }

    /// The binding, the name and the value of a new node.
    pub(super) fn fresh(
        &mut self,
        goal: Goal,
        op: &str,
        source: impl ToTokens,
    ) -> (Bind, String, Value) {
        self.newest.clear();
        let name = match goal {
            Goal::Operand => self.names.inner(op),
            Goal::Statement(None) => self.names.outer(),
            Goal::Statement(Some(variable)) => {
                let value = Value::Node(variable.to_token_stream());
                return (Bind::Variable(variable), self.names.outer(), value);
            }
            Goal::Several(names) => names,
        };
        // With the user's spans, unlike other names of ours: a span of this macro would add a note about it to each
        // error. Hence a name that is nobody's.
        let (first, last) = ends(source);
        let pair = Ident::new(&format!("__cotangent{}", self.temporaries), before(first));
        self.temporaries += 1;
        let node = quote_spanned!(after(last)=> .1);
        (
            Bind::Pair(pair.clone()),
            name,
            Value::Node(quote!(#pair #node)),
        )
    }
}

/// What is inside parentheses, and inside the invisible ones that `macro_rules!` leaves.
pub(crate) fn peel(expr: &Expr) -> &Expr {
    match expr {
        Expr::Paren(paren) => peel(&paren.expr),
        Expr::Group(group) => peel(&group.expr),
        other => other,
    }
}
