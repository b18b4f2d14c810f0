//! The bounds that dims ask for: `[B, D / H]` needs `D: DivDim<H>`, and for a const `B` it needs `N<B>: Dim`. Sums and
//! products need none.

use std::collections::HashSet;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote_spanned};
use syn::{ConstParam, GenericParam, Generics};

use super::dims_used::DimsUsed;
use crate::lowering::normal_form::{NormalForm, Step};
use crate::syntax::dim::{Operation, of_const};
use crate::syntax::graph::Graph;
use crate::syntax::group::Group;
use crate::syntax::value_type::ValueType;
use crate::syntax::where_clause::WhereClause;
use crate::tokens::{after, before};
use crate::validation::groups::Groups;

/// The bounds for all the dims of one item, each once, as predicates of its `where` clause.
///
/// Beside the judgement itself they say what numbers do anyhow, so that rustc knows it of generic dims too: `H * (D / H)`
/// and `H + (D - H)` are `D`.
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

    /// Adds the consts that a bound of the user makes a dim of: `D: DivDim<N<H>>`.
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
        let mut stated = HashSet::new();
        for operation in &self.operations {
            let Operation {
                operator,
                left,
                right,
                by_number,
                result,
                ends,
                ..
            } = operation;
            if !stated.insert((*operator, left.to_string(), right.to_string())) {
                continue;
            }
            let judged = operator.judgement(right, *ends);
            let back = |other, is_number| operator.taken_back(other, is_number, left, *ends);
            let after = back(right, false);
            // `4 * Q` as it is computed: of a number that is in a bound rustc would know nothing but the bound.
            let (front, before) = match by_number {
                true => (result, back(right, true)),
                false => (right, back(result, false)),
            };
            tokens.extend(quote_spanned! {ends.0=>
                #left: #judged, #result: #after, #front: #before,
            });
        }
    }
}
