//! The `where` clause of a graph or a group: Rust's, and what it says of computed dims.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::parse::ParseStream;
use syn::{Path, Result, Token, WherePredicate, token};

use super::consts::Consts;
use super::dim::{Dim, dim};

/// `where A: Field, 4 * D: Dim`
#[derive(Default)]
pub(crate) struct WhereClause {
    /// Those of Rust.
    pub(crate) predicates: Vec<WherePredicate>,
    /// `4 * D: Dim`: a dim that is computed somewhere else, in a group of other modules or in a graph that is called.
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
            match computed(input, consts) {
                Some(dim) => clause.dims.push(dim),
                None => clause.predicates.push(input.parse()?),
            }
            if input.parse::<Option<Token![,]>>()?.is_none() {
                break;
            }
        }
        Ok(clause)
    }
}

/// `4 * D: Dim`, if it comes next.
fn computed(input: ParseStream, consts: &Consts) -> Option<Dim> {
    let read = |input: ParseStream| -> Result<Option<Dim>> {
        let dim = dim(input, consts)?;
        input.parse::<Token![:]>()?;
        let is_dim = input.parse::<Path>()?.is_ident("Dim");
        Ok((is_dim && !dim.operations().is_empty()).then_some(dim))
    };
    let found = read(&input.fork()).ok().flatten()?;
    // The same tokens again, now for good.
    read(input).ok()?;
    Some(found)
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
