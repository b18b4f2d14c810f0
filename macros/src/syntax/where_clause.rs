//! The `where` clause of a graph or a group: Rust's, and what it says of computed dims.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::parse::ParseStream;
use syn::{Generics, Path, Result, Token, Type, WherePredicate, token};

use super::consts::Consts;
use super::dim::{Dim, dim};
use crate::errors::Errors;
use crate::rustc::spanning;

/// `where A: Field, D / H: Dim`
#[derive(Default)]
pub(crate) struct WhereClause {
    /// Those of Rust.
    pub(crate) predicates: Vec<WherePredicate>,
    /// `D / H: Dim`: a difference or a quotient that is computed somewhere else, in a group of other modules or in a graph
    /// that is called.
    pub(crate) dims: Vec<Dim>,
}

impl WhereClause {
    /// Reads it, if there is one, up to the braces.
    pub(crate) fn parse(input: ParseStream, consts: &Consts) -> Result<Self> {
        let mut clause = Self::default();
        if input.parse::<Option<Token![where]>>()?.is_none() {
            return Ok(clause);
        }
        while !input.is_empty() && !input.peek(token::Brace) {
            match computed(input, consts)? {
                Some(dim) => clause.dims.push(dim),
                None => clause.predicates.push(input.parse()?),
            }
            if input.parse::<Option<Token![,]>>()?.is_none() {
                break;
            }
        }
        Ok(clause)
    }

    /// A type parameter of which nothing is said is in no shape: rustc would say so at each of its uses.
    pub(crate) fn check_bounds(&self, generics: &Generics, errors: &mut Errors) {
        for param in generics
            .type_params()
            .filter(|param| param.bounds.is_empty())
        {
            let name = &param.ident;
            let is_bounded = self.predicates.iter().any(|predicate| match predicate {
                WherePredicate::Type(of) => {
                    matches!(&of.bounded_ty, Type::Path(path) if path.path.is_ident(name))
                }
                _ => false,
            });
            if !is_bounded {
                errors.at(
                    name.span(),
                    format_args!("of `{name}` nothing is said: write `{name}: Dim`, or `{name}: Shape` of a whole shape"),
                );
            }
        }
    }
}

/// `D / H: Dim`, if it comes next. Of a sum or a product nothing has to be said.
fn computed(input: ParseStream, consts: &Consts) -> Result<Option<Dim>> {
    let read = |input: ParseStream| -> Result<Option<(Dim, bool)>> {
        let start = input.fork();
        let dim = dim(input, consts)?;
        input.parse::<Token![:]>()?;
        let is_dim = input.parse::<Path>()?.is_ident("Dim");
        let is_total = dim.operations().is_empty();
        let is_type = start.call(Type::without_plus).is_ok() && start.peek(Token![:]);
        Ok((is_dim && !(is_total && is_type)).then_some((dim, is_total)))
    };
    if !matches!(read(&input.fork()), Ok(Some(_))) {
        return Ok(None);
    }
    // The same tokens again, now for good.
    match read(input)? {
        Some((dim, true)) => Err(spanning(
            dim.ends(),
            "each sum and each product of dims is a dim: leave this clause out",
        )),
        read => Ok(read.map(|(dim, _)| dim)),
    }
}

impl ToTokens for WhereClause {
    /// The predicates of Rust, each with a comma.
    fn to_tokens(&self, tokens: &mut TokenStream) {
        for predicate in &self.predicates {
            predicate.to_tokens(tokens);
            <Token![,]>::default().to_tokens(tokens);
        }
    }
}
