//! What a body is lowered to: a list of steps, one for each node, and what is returned.

use proc_macro2::{Span, TokenStream};
use syn::Ident;

use crate::syntax::pattern::Results;
use crate::syntax::value_type::ValueType;

/// What holds a new node.
pub(crate) enum Binder {
    /// The variable that the user named: `let (g, NAME) = …;`
    Variable(Ident),
    /// The pair of graph and node, when the user has no name for it: `let NAME = …; let g = NAME.0;`
    Pair(Ident),
}

/// One step of the expansion. `at` is where the user wrote the operation, `parens` the arguments.
pub(crate) enum Step {
    /// `let (g, BIND) = g.node(NAME, CALL);`
    Node {
        bind: Binder,
        name: String,
        at: Span,
        call: TokenStream,
    },
    /// `let (g, BIND) = g.call(NAME, CALLEE, ARGS);`
    Call {
        bind: Binder,
        name: String,
        at: Span,
        callee: TokenStream,
        args: Vec<TokenStream>,
        parens: Span,
    },
    /// `let (a, b) = VALUE;`
    Destructure {
        results: Results,
        value: TokenStream,
    },
    /// `let BIND = VALUE;`, with the type if the user wrote it.
    Alias {
        bind: Ident,
        ty: Option<ValueType>,
        value: TokenStream,
    },
}

/// A lowered body.
pub(crate) struct NormalForm {
    pub(crate) steps: Vec<Step>,
    pub(crate) outputs: Vec<Output>,
}

/// One returned value.
pub(crate) struct Output {
    pub(crate) value: TokenStream,
    /// Whether it is the node made last, so that the graph can end here.
    pub(crate) is_newest: bool,
    pub(crate) span: Span,
}
