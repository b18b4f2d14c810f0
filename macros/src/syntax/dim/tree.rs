//! A size as a user wrote it, already a type, with the operations in it that are left to rustc.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::Result;

use super::digits::number;
use super::operator::Operator;
use crate::rustc::spanning;
use crate::tokens::ends;

/// A size, already a type.
#[derive(Clone)]
pub(crate) struct Dim {
    tokens: TokenStream,
    /// Its value, if it is written in numbers alone.
    number: Option<u64>,
    /// The names that the user wrote in it.
    names: Vec<Ident>,
    /// Each operation in it that is left to rustc, the inner ones first.
    operations: Vec<Operation>,
    /// Where its first and its last token are.
    pub(crate) ends: (Span, Span),
}

/// `left * right`, where not both are numbers.
#[derive(Clone)]
pub(crate) struct Operation {
    pub(crate) operator: Operator,
    pub(crate) left: TokenStream,
    pub(crate) right: TokenStream,
    /// The projection that is its result.
    pub(crate) result: TokenStream,
    /// Whether one side is a number: `4 * D`, which is as often meant as `D * 4`.
    pub(crate) commutes: bool,
    /// The names that the user wrote in it.
    pub(crate) names: Vec<Ident>,
    /// Where its first and its last token are.
    pub(crate) ends: (Span, Span),
}

impl Dim {
    /// One that is written in one piece.
    pub(crate) fn single(tokens: TokenStream, number: Option<u64>, user: TokenStream) -> Self {
        let mut names = Vec::new();
        names_in(user.clone(), &mut names);
        Self {
            tokens,
            number,
            names,
            operations: Vec::new(),
            ends: ends(user),
        }
    }

    /// Each operation that is left to rustc, the inner ones first.
    pub(crate) fn operations(&self) -> &[Operation] {
        &self.operations
    }

    /// The names that the user wrote in it.
    pub(crate) fn names(&self) -> &[Ident] {
        &self.names
    }

    /// What an operator makes of two: a number if both are.
    pub(crate) fn combined(self, operator: Operator, right: Self) -> Result<Self> {
        let ends = (self.ends.0, right.ends.1);
        if operator == Operator::Div && right.number == Some(0) {
            return Err(spanning(ends, "a size divided by 0 is none"));
        }
        if let (Some(a), Some(b)) = (self.number, right.number) {
            let value = operator
                .of_numbers(a, b)
                .map_err(|text| spanning(ends, &text))?;
            return Ok(Self {
                tokens: number(value, ends.0),
                number: Some(value),
                names: Vec::new(),
                operations: Vec::new(),
                ends,
            });
        }
        let result = operator.applied(&self.tokens, &right.tokens, ends);
        let names = [self.names, right.names].concat();
        let mut operations = [self.operations, right.operations].concat();
        operations.push(Operation {
            operator,
            commutes: self.number.is_some() || right.number.is_some(),
            left: self.tokens,
            right: right.tokens,
            result: result.clone(),
            names: names.clone(),
            ends,
        });
        Ok(Self {
            tokens: result,
            number: None,
            names,
            operations,
            ends,
        })
    }
}

impl ToTokens for Dim {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        self.tokens.to_tokens(tokens);
    }
}

impl Operation {
    /// The same of the arguments of a group, in place of its parameters.
    pub(crate) fn of_arguments(&self, params: &[Ident], arguments: &[Dim]) -> Self {
        let argument = |name: &Ident| {
            let at = params.iter().position(|param| param == name)?;
            arguments.get(at)
        };
        let replaced = |tokens: &TokenStream| replaced(tokens.clone(), &argument);
        let names = self.names.iter().flat_map(|name| match argument(name) {
            Some(argument) => argument.names().to_vec(),
            None => vec![name.clone()],
        });
        Self {
            operator: self.operator,
            left: replaced(&self.left),
            right: replaced(&self.right),
            commutes: self.commutes,
            result: replaced(&self.result),
            names: names.collect(),
            ends: self.ends,
        }
    }
}

fn replaced<'a>(tokens: TokenStream, argument: &impl Fn(&Ident) -> Option<&'a Dim>) -> TokenStream {
    let mut all = TokenStream::new();
    for token in tokens {
        match token {
            TokenTree::Ident(name) => match argument(&name) {
                Some(argument) => argument.to_tokens(&mut all),
                None => name.to_tokens(&mut all),
            },
            TokenTree::Group(group) => {
                let inner = replaced(group.stream(), argument);
                let mut new = proc_macro2::Group::new(group.delimiter(), inner);
                new.set_span(group.span());
                new.to_tokens(&mut all);
            }
            token => token.to_tokens(&mut all),
        }
    }
    all
}

fn names_in(tokens: TokenStream, names: &mut Vec<Ident>) {
    for token in tokens {
        match token {
            TokenTree::Ident(name) => names.push(name),
            TokenTree::Group(group) => names_in(group.stream(), names),
            _ => {}
        }
    }
}
