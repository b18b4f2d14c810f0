//! The state of lowering one body: what is in scope, the steps so far, and the names for what comes next.

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;
use syn::{Expr, Ident};

use super::node_names::Names;
use super::normal_form::{Binder, Step};
use crate::errors::Errors;
use crate::rustc::PairedNode;
use crate::syntax::consts::Consts;
use crate::syntax::expression::unparenthesized;
use crate::validation::callees::Callees;
use crate::validation::groups::Groups;
use crate::validation::scope::Scope;

/// Where the value of an expression goes.
pub(crate) enum Destination {
    /// An operand of another expression.
    Operand,
    /// What the statement is for: it gets the statement's name, and this binding if there is one.
    Statement(Option<Ident>),
    /// Several results, with their names.
    Results(String),
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
    pub(crate) callees: &'a Callees,
    /// The name of the graph itself.
    pub(crate) own: Option<Ident>,
    pub(crate) groups: &'a Groups<'a>,
    pub(crate) consts: &'a Consts,
    pub(crate) steps: Vec<Step>,
    pub(crate) temporaries: usize,
    /// A variable that is an error: the one defined last.
    pub(crate) error: Option<Ident>,
    /// The names that stand for the node made last.
    pub(crate) newest: Vec<Ident>,
}

impl Lowering<'_> {
    /// Whether an expression is a name of the node made last.
    pub(crate) fn is_newest(&self, value: &Expr) -> bool {
        match unparenthesized(value) {
            Expr::Path(path) => path
                .path
                .get_ident()
                .is_some_and(|name| self.newest.contains(name)),
            _ => false,
        }
    }

    /// Adds the node of `call`, which is what the user wrote as `source`.
    pub(crate) fn node(
        &mut self,
        destination: Destination,
        op: &str,
        at: Span,
        source: impl ToTokens,
        call: TokenStream,
    ) -> Value {
        let (bind, name, value) = self.fresh(destination, op, source);
        self.steps.push(Step::Node {
            bind,
            name,
            at,
            call,
        });
        value
    }

    /// The binding, the name and the value of a new node.
    pub(crate) fn fresh(
        &mut self,
        destination: Destination,
        op: &str,
        source: impl ToTokens,
    ) -> (Binder, String, Value) {
        self.newest.clear();
        let name = match destination {
            Destination::Operand => self.names.inner(op),
            Destination::Statement(None) => self.names.outer(),
            Destination::Statement(Some(variable)) => {
                let value = Value::Node(variable.to_token_stream());
                return (Binder::Variable(variable), self.names.outer(), value);
            }
            Destination::Results(names) => names,
        };
        let PairedNode { pair, node } = PairedNode::new(self.temporaries, source);
        self.temporaries += 1;
        (Binder::Pair(pair), name, Value::Node(node))
    }
}
