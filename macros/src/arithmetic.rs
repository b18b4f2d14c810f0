//! Sums, differences, products and exact quotients of dims, as users write them.
//!
//! `H * K + 1` has the precedence of Rust. What is a number is computed here; the rest is left to rustc, as projections
//! such as `<H as MulDim<K>>::Out`.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote_spanned};
use syn::parse::ParseStream;
use syn::{Error, Result, Token, parenthesized, token};

use crate::dim::{number, single};
use crate::known::Known;
use crate::tokens::{after, before, ends};

/// One size above all sizes.
const LIMIT: u64 = 1_000_000_000;

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
    ends: (Span, Span),
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

/// What combines two sizes.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Operator {
    Add,
    Sub,
    Mul,
    Div,
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

    fn combined(self, operator: Operator, right: Self) -> Result<Self> {
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

impl Operator {
    /// What takes it back, of a difference or a quotient.
    pub(crate) fn inverse(self) -> Option<Self> {
        match self {
            Self::Add | Self::Mul => None,
            Self::Sub => Some(Self::Add),
            Self::Div => Some(Self::Mul),
        }
    }

    /// `MulDim<right>` or `MulDim<right, Out = value>`, underlined where the user wrote the operands.
    ///
    /// With the user's spans: a span of this macro would add a note about it to each error that points here.
    pub(crate) fn bound(
        self,
        right: &TokenStream,
        value: Option<&TokenStream>,
        (first, last): (Span, Span),
    ) -> TokenStream {
        let (first, last) = (before(first), after(last));
        let name = Ident::new(self.name(), first);
        let value = value.map(|value| quote_spanned!(first=> , Out = #value));
        let mut tokens = quote_spanned!(first=> ::cotangent::dim::#name<#right #value);
        tokens.extend(quote_spanned!(last=> >));
        tokens
    }

    /// `<left as MulDim<right>>::Out`, underlined likewise.
    pub(crate) fn applied(
        self,
        left: &TokenStream,
        right: &TokenStream,
        ends: (Span, Span),
    ) -> TokenStream {
        let bound = self.bound(right, None, ends);
        let mut tokens = quote_spanned!(before(ends.0)=> <#left as #bound>::);
        tokens.extend(quote_spanned!(after(ends.1)=> Out));
        tokens
    }

    /// The name of its trait.
    fn name(self) -> &'static str {
        match self {
            Self::Add => "AddDim",
            Self::Sub => "SubDim",
            Self::Mul => "MulDim",
            Self::Div => "DivDim",
        }
    }

    fn of_numbers(self, a: u64, b: u64) -> std::result::Result<u64, String> {
        let value = match self {
            Self::Add => a + b,
            Self::Mul => a * b, // of two sizes below 2^30
            Self::Sub => match a.checked_sub(b) {
                Some(value) => value,
                None => {
                    return Err(format!(
                        "a size is not negative, and this is -{}",
                        grouped(b - a)
                    ));
                }
            },
            Self::Div if a.is_multiple_of(b) => a / b,
            Self::Div => {
                return Err(format!("{} does not divide {}", grouped(b), grouped(a)));
            }
        };
        if value < LIMIT {
            Ok(value)
        } else {
            Err(format!(
                "a size is below 1,000,000,000, and this is {}",
                grouped(value)
            ))
        }
    }
}

/// `50257` as people read it: `50,257`.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// An error that underlines all from one token to another.
fn spanning((first, last): (Span, Span), message: &str) -> Error {
    let mut tokens = quote_spanned!(first=> _);
    tokens.extend(quote_spanned!(last=> _));
    Error::new_spanned(tokens, message)
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

/// One size, as an expression of sizes. It ends before whatever cannot go on, such as `,`, `>` or `|`.
pub(crate) fn dim(input: ParseStream, known: &Known) -> Result<Dim> {
    let mut sum = product(input, known)?;
    loop {
        let operator = if input.peek(Token![+]) && !input.peek(Token![+=]) {
            input.parse::<Token![+]>()?;
            Operator::Add
        } else if input.peek(Token![-]) && !input.peek(Token![->]) && !input.peek(Token![-=]) {
            input.parse::<Token![-]>()?;
            Operator::Sub
        } else {
            break;
        };
        sum = sum.combined(operator, product(input, known)?)?;
    }
    if input.peek(Token![%]) || input.peek(Token![^]) || input.peek(Token![<<]) {
        return Err(input.error("sizes are computed with `+`, `-`, `*` and `/`"));
    }
    Ok(sum)
}

fn product(input: ParseStream, known: &Known) -> Result<Dim> {
    let mut product = operand(input, known)?;
    loop {
        let operator = if input.peek(Token![*]) && !input.peek(Token![*=]) {
            input.parse::<Token![*]>()?;
            Operator::Mul
        } else if input.peek(Token![/]) && !input.peek(Token![/=]) {
            input.parse::<Token![/]>()?;
            Operator::Div
        } else {
            break;
        };
        product = product.combined(operator, operand(input, known)?)?;
    }
    Ok(product)
}

fn operand(input: ParseStream, known: &Known) -> Result<Dim> {
    if input.peek(token::Paren) {
        let content;
        let paren = parenthesized!(content in input);
        let mut inner = dim(&content, known)?;
        if !content.is_empty() {
            return Err(content.error("expected one size in the parentheses"));
        }
        inner.ends = (paren.span.open(), paren.span.close());
        return Ok(inner);
    }
    if input.peek(Token![-]) {
        return Err(input.error("a size is not negative"));
    }
    single(input, known)
}

#[cfg(test)]
mod tests {
    use quote::quote;
    use syn::parse::Parser;

    use super::*;
    use crate::dim::expand_shape;

    fn text(tokens: proc_macro2::TokenStream) -> String {
        let text = expand_shape(tokens).to_string();
        text.replace(":: cotangent :: dim :: ", "")
    }

    #[test]
    fn numbers_are_computed() {
        for (dim, size) in [
            (quote!(3 * 64), "N < 192 >"),
            (quote!(2 + 3 * 4), "N < 14 >"),
            (quote!((2 + 3) * 4), "N < 20 >"),
            (quote!(100 - 10 - 1), "N < 89 >"),
            (quote!(24 / 4 / 2), "N < 3 >"),
            (quote!(24 / (4 / 2)), "N < 12 >"),
            (quote!(2 * 3 / 6 + 7 - 1), "N < 7 >"),
            (quote!(50257 * 768), "N3 < 38 , 597 , 376 >"),
            (quote!({ 4 } * 250), "N2 < 1 , 0 >"),
            (quote!(0 / 5), "N < 0 >"),
            (quote!(5 - 5), "N < 0 >"),
        ] {
            assert_eq!(text(dim), format!("({size} ,)"));
        }
    }

    #[test]
    fn the_rest_is_projections() {
        for (dim, expected) in [
            (quote!(H * K), "< H as MulDim < K > > :: Out"),
            (quote!(N + M), "< N as AddDim < M > > :: Out"),
            (quote!(D - 1), "< D as SubDim < N < 1 > > > :: Out"),
            (quote!(D / { H }), "< D as DivDim < N < { H } > > > :: Out"),
            (
                quote!(A + B * C),
                "< A as AddDim < < B as MulDim < C > > :: Out > > :: Out",
            ),
            (
                quote!((A + B) * C),
                "< < A as AddDim < B > > :: Out as MulDim < C > > :: Out",
            ),
            (
                quote!(A - B - C),
                "< < A as SubDim < B > > :: Out as SubDim < C > > :: Out",
            ),
            (quote!(2 * 3 * D), "< N < 6 > as MulDim < D > > :: Out"),
            (
                quote!(S::Width * 2),
                "< S :: Width as MulDim < N < 2 > > > :: Out",
            ),
            (
                quote!(<S as Last>::Dim + 1),
                "< < S as Last > :: Dim as AddDim < N < 1 > > > :: Out",
            ),
            (quote!((D)), "D"),
        ] {
            assert_eq!(text(dim), format!("({expected} ,)"));
        }
    }

    /// As the arguments of a type are read: `Linear<D, 4 * D>`.
    #[test]
    fn a_size_ends_where_it_cannot_go_on() {
        let known = Known {
            consts: vec![quote::format_ident!("B")],
            ..Known::default()
        };
        let parser = |input: syn::parse::ParseStream| {
            let mut dims = Vec::new();
            while !input.peek(Token![>]) {
                dims.push(dim(input, &known)?);
                input.parse::<Option<Token![,]>>()?;
            }
            input.parse::<Token![>]>()?;
            Ok(dims)
        };
        let dims = parser.parse2(quote!(D, 4 * D, B, (B + 1) / 2>)).unwrap();
        let operations: Vec<_> = dims.iter().map(|dim| dim.operations().len()).collect();
        assert_eq!(operations, [0, 1, 0, 2]);
    }

    #[test]
    fn a_size_that_is_none_is_an_error() {
        for (dim, message) in [
            (quote!(2 - 3), "a size is not negative, and this is -1"),
            (quote!(1000 * 12 / 7), "7 does not divide 12,000"),
            (quote!(12 / (3 - 3)), "a size divided by 0 is none"),
            (quote!(D / 0), "a size divided by 0 is none"),
            (
                quote!(1000000 * 1000),
                "a size is below 1,000,000,000, and this is 1,000,000,000",
            ),
            (quote!(D * -1), "a size is not negative"),
            (
                quote!(D % 2),
                "sizes are computed with `+`, `-`, `*` and `/`",
            ),
            (quote!(D *), "expected a size"),
            (quote!((A, B) * 2), "expected one size in the parentheses"),
            (quote!(D * 2.0), "a size is a whole number"),
        ] {
            let text = text(dim);
            assert_eq!(text.matches("compile_error").count(), 1, "{text}");
            assert!(text.contains(message), "{message}\n{text}");
        }
    }
}
