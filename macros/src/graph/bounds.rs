//! The bounds that the arithmetic of generic dims asks for: `[B, H * K]` needs `H: MulDim<K>`.

use std::collections::HashSet;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote_spanned};
use syn::{GenericParam, Generics};

use super::group::Groups;
use super::header::{EntryKind, Returned};
use super::parse::Graph;
use super::steps::{Lowered, Step};
use crate::arithmetic::{Operation, Operator};
use crate::dim::Shape;

/// The bounds for all the arithmetic of one item, each once, as predicates of its `where` clause.
///
/// Beside the bound of the operation itself they say what numbers do anyhow, so that rustc knows it of generic dims too:
/// `H * (D / H)` and `H + (D - H)` are `D`, `D * 4` is the `4 * D` of the user, and what is written in both orders is one
/// dim. Not each sum and product in both orders: a caller would have twice as much to prove, and would be told of a product
/// that nobody wrote.
pub(crate) struct Bounds<'a> {
    params: Vec<&'a Ident>,
    operations: Vec<Operation>,
}

impl<'a> Bounds<'a> {
    /// None yet, for an item with these generic parameters.
    pub(crate) fn new(generics: &'a Generics) -> Self {
        let params = generics.params.iter().filter_map(|param| match param {
            GenericParam::Type(param) => Some(&param.ident),
            GenericParam::Const(param) => Some(&param.ident),
            GenericParam::Lifetime(_) => None,
        });
        Self {
            params: params.collect(),
            operations: Vec::new(),
        }
    }

    /// Those of a whole graph: of its header, of what it returns and of the shapes in its body.
    pub(super) fn of(
        generics: &'a Generics,
        graph: &Graph,
        lowered: &Lowered,
        groups: &Groups,
    ) -> Self {
        let mut bounds = Self::new(generics);
        for input in &graph.inputs {
            bounds.add(&groups.operations(&input.entry));
        }
        for entry in &graph.environment {
            if let EntryKind::Labels { shape, classes } = &entry.kind {
                bounds.add(shape.operations());
                bounds.add(classes.operations());
            }
        }
        match &graph.returned {
            Returned::Inferred => {}
            Returned::One(shape) => bounds.add(shape.operations()),
            Returned::Many(shapes) => bounds.add(shapes.iter().flat_map(Shape::operations)),
        }
        for step in &lowered.steps {
            if let Step::Alias {
                shape: Some(shape), ..
            } = step
            {
                bounds.add(shape.operations());
            }
        }
        bounds
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.operations.is_empty()
    }

    /// Adds those of a dim or of a shape. Of dims without a generic parameter nothing has to be said.
    pub(crate) fn add<'o>(&mut self, operations: impl IntoIterator<Item = &'o Operation>) {
        for operation in operations {
            if operation
                .names
                .iter()
                .any(|name| self.params.contains(&name))
            {
                self.operations.push(operation.clone());
            }
        }
    }
}

impl ToTokens for Bounds<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let mut facts = Facts::default();
        // What follows from a quotient says more than what a product says of itself, so it comes first.
        for Operation {
            operator,
            left,
            right,
            result,
            ends,
            ..
        } in &self.operations
        {
            if let Some(back) = operator.inverse()
                && facts.state(*operator, left, right, None, *ends)
            {
                facts.state(back, right, result, Some(left), *ends);
                facts.state(back, result, right, Some(left), *ends);
            }
        }
        for Operation {
            operator,
            left,
            right,
            result,
            commutes,
            ends,
            ..
        } in &self.operations
        {
            if operator.inverse().is_some() {
                continue;
            }
            // Written in both orders, it is one dim.
            let other = operator.applied(right, left, *ends);
            let other = facts.has(*operator, right, left).then_some(&other);
            let is_new = facts.state(*operator, left, right, other, *ends);
            if is_new && *commutes {
                facts.state(*operator, right, left, Some(result), *ends);
            }
        }
        facts.predicates.to_tokens(tokens);
    }
}

type Key = (Operator, String, String);

/// Predicates, each stated once.
#[derive(Default)]
struct Facts {
    stated: HashSet<Key>,
    predicates: TokenStream,
}

impl Facts {
    /// `left: MulDim<right>,` or `left: MulDim<right, Out = value>,`. Whether it is new.
    fn state(
        &mut self,
        operator: Operator,
        left: &TokenStream,
        right: &TokenStream,
        value: Option<&TokenStream>,
        ends: (Span, Span),
    ) -> bool {
        let is_new = self.stated.insert(key(operator, left, right));
        if is_new {
            let bound = operator.bound(right, value, ends);
            self.predicates
                .extend(quote_spanned!(ends.0=> #left: #bound,));
        }
        is_new
    }

    fn has(&self, operator: Operator, left: &TokenStream, right: &TokenStream) -> bool {
        self.stated.contains(&key(operator, left, right))
    }
}

fn key(operator: Operator, left: &TokenStream, right: &TokenStream) -> Key {
    (operator, left.to_string(), right.to_string())
}
