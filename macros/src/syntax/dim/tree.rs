//! A size as a user wrote it, already a type, with the operations in it that rustc has to judge.

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
    /// Whether it is one of numbers and constants, which rustc knows in generic code too.
    is_known: bool,
    /// The names that the user wrote in it.
    names: Vec<Ident>,
    /// Each difference and quotient in it that is left to rustc, the inner ones first.
    operations: Vec<Operation>,
    /// The terms or factors, if it is a sum or a product without parentheses.
    parts: Option<(Operator, Vec<Dim>)>,
    /// Where its first and its last token are.
    ends: (Span, Span),
}

/// `left / right`, where not both are numbers.
#[derive(Clone)]
pub(crate) struct Operation {
    pub(crate) operator: Operator,
    pub(crate) left: TokenStream,
    pub(crate) right: TokenStream,
    /// Whether the right side is a number.
    pub(crate) by_number: bool,
    /// The projection that is its result.
    pub(crate) result: TokenStream,
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
            is_known: number.is_some(),
            number,
            names,
            operations: Vec::new(),
            parts: None,
            ends: ends(user),
        }
    }

    /// A constant, whose names are none of parameters.
    pub(crate) fn constant(tokens: TokenStream, ends: (Span, Span)) -> Self {
        Self {
            is_known: true,
            ends,
            ..Self::single(tokens, None, TokenStream::new())
        }
    }

    /// Each difference and quotient that is left to rustc, the inner ones first.
    pub(crate) fn operations(&self) -> &[Operation] {
        &self.operations
    }

    /// The names that the user wrote in it.
    pub(crate) fn names(&self) -> &[Ident] {
        &self.names
    }

    /// Where its first and its last token are.
    pub(crate) fn ends(&self) -> (Span, Span) {
        self.ends
    }

    /// In parentheses, which keep a sum or a product together.
    pub(crate) fn in_parentheses(self, ends: (Span, Span)) -> Self {
        Self {
            parts: None,
            ends,
            ..self
        }
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
                ends,
                ..Self::single(number(value, ends.0), Some(value), TokenStream::new())
            });
        }
        if !operator.is_judged() {
            return self.joined(operator, right, ends);
        }
        let result = operator.applied(&self.tokens, &right.tokens, ends);
        let names = [self.names, right.names].concat();
        let mut operations = [self.operations, right.operations].concat();
        operations.push(Operation {
            operator,
            by_number: right.number.is_some(),
            left: self.tokens,
            right: right.tokens,
            result: result.clone(),
            names: names.clone(),
            ends,
        });
        Ok(Self {
            tokens: result,
            number: None,
            is_known: self.is_known && right.is_known,
            names,
            operations,
            parts: None,
            ends,
        })
    }

    /// A sum or a product. The numbers and constants of it are one, so `4 * D` and `D * 4` are one type, and that is what
    /// ops make of the axes `[4, D]`. All else is in the order of the user: that of the axes which are flattened or joined
    /// is not the macro's to know. A sum is joined from the left and a product from the right: as by one `concat` after the
    /// other, and as by `flatten`.
    fn joined(mut self, operator: Operator, right: Self, ends: (Span, Span)) -> Result<Self> {
        let mut parts = match self.parts.take() {
            Some((same, parts)) if same == operator => parts,
            _ => vec![self],
        };
        parts.push(right);
        let names = parts.iter().flat_map(|part| part.names.clone()).collect();
        let operations = parts.iter().flat_map(|part| part.operations.clone());
        let operations = operations.collect();
        let (numbers, others): (Vec<_>, Vec<_>) =
            parts.iter().cloned().partition(|part| part.is_known);
        let mut number: Option<Self> = None;
        for part in numbers {
            number = Some(match number {
                Some(number) if number.number.is_some() && part.number.is_some() => {
                    number.combined(operator, part)?
                }
                Some(number) => Self {
                    tokens: operator.applied(&number.tokens, &part.tokens, ends),
                    number: None,
                    ..number
                },
                None => part,
            });
        }
        let others = others.into_iter().map(|part| part.tokens);
        let others = match operator {
            Operator::Add => others.reduce(|a, b| operator.applied(&a, &b, ends)),
            _ => others.rev().reduce(|b, a| operator.applied(&a, &b, ends)),
        };
        let is_known = others.is_none();
        let tokens = match (others, number) {
            (Some(others), Some(number)) => operator.of_number(&number.tokens, &others, ends),
            (Some(tokens), None) => tokens,
            (None, number) => number.map_or_else(TokenStream::new, |number| number.tokens),
        };
        Ok(Self {
            tokens,
            number: None,
            is_known,
            names,
            operations,
            parts: Some((operator, parts)),
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
            by_number: self.by_number,
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
