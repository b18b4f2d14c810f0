//! The bounds that dims ask for: `[B, H * K]` needs `H: MulDim<K>`, and for a const `B` it needs `N<B>: Dim`.

use std::collections::HashSet;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote_spanned};
use syn::{ConstParam, GenericParam, Generics};

use super::dims_used::DimsUsed;
use crate::lowering::normal_form::{NormalForm, Step};
use crate::syntax::dim::{Operation, Operator, of_const};
use crate::syntax::graph::Graph;
use crate::syntax::group::Group;
use crate::syntax::value_type::ValueType;
use crate::syntax::where_clause::WhereClause;
use crate::tokens::{after, before};
use crate::validation::groups::Groups;

/// The bounds for all the dims of one item, each once, as predicates of its `where` clause.
///
/// Beside the bound of the operation itself they say what numbers do anyhow, so that rustc knows it of generic dims
/// too: `H * (D / H)` and `H + (D - H)` are `D`, `D * 4` is the `4 * D` of the user, and what is written in both orders
/// is one dim. Not each sum and product in both orders: a caller would have twice as much to prove, and would be told
/// of a product that nobody wrote.
pub(crate) struct Bounds<'a> {
    generics: &'a Generics,
    /// The keyword of the item: bounds of consts are shown there.
    keyword: Span,
    /// The const parameters that are dims.
    consts: HashSet<&'a Ident>,
    operations: Vec<Operation>,
}

impl<'a> Bounds<'a> {
    fn new(generics: &'a Generics, clause: &WhereClause, keyword: Span) -> Self {
        let mut bounds = Self {
            generics,
            keyword,
            consts: HashSet::new(),
            operations: Vec::new(),
        };
        let mut uses = DimsUsed::default();
        clause.dims.iter().for_each(|dim| uses.add_dim(dim));
        bounds.add(&uses);
        bounds.add_named(generics, clause);
        bounds
    }

    /// Adds the consts that a bound of the user makes a dim of: `D: SplitHeads<N<H>>`.
    fn add_named(&mut self, generics: &'a Generics, clause: &WhereClause) {
        let params = generics
            .type_params()
            .map(|param| param.bounds.to_token_stream());
        let bounds: TokenStream = params.chain([clause.to_token_stream()]).collect();
        let words: Vec<String> = bounds.into_iter().map(|token| token.to_string()).collect();
        let dims = generics.const_params().filter(|param| {
            let name = param.ident.to_string();
            let is_dim = |words: &[String]| words[0] == "N" && words[1] == "<" && words[2] == name;
            is_size(param) && words.windows(3).any(is_dim)
        });
        self.consts.extend(dims.map(|param| &param.ident));
    }

    /// Those of a graph: of its header, of what it returns, of the types in its body, and of its `where` clause.
    pub(crate) fn of_graph(
        (generics, clause, keyword): (&'a Generics, &WhereClause, Span),
        graph: &Graph,
        lowered: &NormalForm,
        groups: &Groups,
    ) -> Self {
        let mut bounds = Self::new(generics, clause, keyword);
        for input in &graph.inputs {
            bounds.add(&DimsUsed::of_entry(&input.entry, groups));
        }
        let of_environment = graph.environment.iter().map(|entry| &entry.ty);
        let of_body = lowered.steps.iter().filter_map(|step| match step {
            Step::Alias { ty, .. } => ty.as_ref(),
            Step::Node { .. } | Step::Call { .. } | Step::Destructure { .. } => None,
        });
        for ty in of_environment.chain(graph.returned.types()).chain(of_body) {
            match ty {
                ValueType::Entry(entry) => bounds.add(&DimsUsed::of_entry(entry, groups)),
                ValueType::Labels { shape, classes } => {
                    let mut uses = DimsUsed::default();
                    uses.add_shape(shape);
                    uses.add_dim(classes);
                    bounds.add(&uses);
                }
                ValueType::Key(_) | ValueType::Type(_) => {}
            }
        }
        bounds
    }

    /// Those of a group: of its fields and of its `where` clause.
    pub(crate) fn of_group(group: &'a Group, groups: &Groups) -> Self {
        let mut bounds = Self::new(&group.generics, &group.clause, group.struct_token.span);
        for field in &group.fields {
            bounds.add(&DimsUsed::of_entry(&field.entry, groups));
        }
        bounds
    }

    /// Whether there is arithmetic: a parameter then has bounds in two places.
    pub(crate) fn has_arithmetic(&self) -> bool {
        !self.operations.is_empty()
    }

    /// Adds what dims ask for. Of dims without a generic parameter nothing has to be said.
    fn add(&mut self, uses: &DimsUsed) {
        for operation in &uses.operations {
            if operation.names.iter().any(|name| self.is_param(name)) {
                self.operations.push(operation.clone());
            }
        }
        let consts = self.generics.const_params().filter(|param| is_size(param));
        let dims = consts.filter(|param| uses.names.contains(&param.ident));
        self.consts.extend(dims.map(|param| &param.ident));
    }

    fn is_param(&self, name: &Ident) -> bool {
        self.generics.params.iter().any(|param| match param {
            GenericParam::Type(param) => param.ident == *name,
            GenericParam::Const(param) => param.ident == *name,
            GenericParam::Lifetime(_) => false,
        })
    }
}

/// Whether a const parameter is a `usize`.
fn is_size(param: &ConstParam) -> bool {
    matches!(&param.ty, syn::Type::Path(path) if path.qself.is_none() && path.path.is_ident("usize"))
}

impl ToTokens for Bounds<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        // As if the user had written them: with spans of this macro, a message about a bound has one more note.
        let (first, last) = (before(self.keyword), after(self.keyword));
        let consts = self.generics.const_params();
        for param in consts.filter(|param| self.consts.contains(&param.ident)) {
            let (dim, bound) = (of_const(&param.ident), Ident::new("Dim", last));
            tokens.extend(quote_spanned!(first=> #dim: ::cotangent::dim::#bound,));
        }
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
