//! Sizes and shapes as users write them, and the types they stand for.

use proc_macro2::{Literal, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote_spanned};
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::{Error, Expr, Ident, Lit, LitInt, Result, Token, Type, braced, bracketed, token};

use crate::arithmetic::{Dim, dim};
use crate::entry::EntryType;
use crate::errors::Errors;
use crate::known::Known;
use crate::tokens::{at, end, list_type, ours};

/// The most dims that a shape has.
pub(crate) const MAX_RANK: usize = 6;

/// What to write where a shape is expected; in the words of every message about it.
pub(crate) const EXPECTED_SHAPE: &str = "expected a shape such as `[32, 64]`";

/// The dims of one shape, each already a type.
pub(crate) struct Shape {
    dims: Vec<Dim>,
    span: Span,
}

impl Shape {
    /// `[32, B]`. A wrong dim is kept as an error and left out: the shapes after it are still read.
    pub(crate) fn bracketed(
        input: ParseStream,
        known: &Known,
        errors: &mut Errors,
    ) -> Result<Self> {
        if !input.peek(token::Bracket) {
            return Err(input.error(EXPECTED_SHAPE));
        }
        let content;
        let bracket = bracketed!(content in input);
        Ok(Self::entries(&content, known, bracket.span.join(), errors))
    }

    /// The entries of a shape, to the end of the input.
    fn entries(input: ParseStream, known: &Known, span: Span, errors: &mut Errors) -> Self {
        let mut dims = Vec::new();
        let mut rank = 0;
        separated(input, errors, |input, errors| {
            rank += 1;
            if rank == MAX_RANK + 1 {
                errors.push(input.error("a shape has at most 6 dims"));
            }
            dims.push(dim(input, known)?);
            Ok(())
        });
        Self { dims, span }
    }

    /// Its dims.
    pub(crate) fn dims(&self) -> &[Dim] {
        &self.dims
    }

    /// Where the user wrote it.
    pub(crate) fn span(&self) -> Span {
        self.span
    }
}

impl ToTokens for Shape {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let dims = &self.dims;
        tokens.extend(quote_spanned!(ours(self.span)=> (#(#dims,)*)));
    }
}

/// Reads entries separated by commas to the end of the input; after a wrong entry it goes on at the next comma.
pub(crate) fn separated(
    input: ParseStream,
    errors: &mut Errors,
    mut entry: impl FnMut(ParseStream, &mut Errors) -> Result<()>,
) {
    while !input.is_empty() {
        let read = entry(input, errors).and_then(|()| {
            if input.is_empty() || input.peek(Token![,]) {
                Ok(())
            } else {
                Err(input.error("expected `,`"))
            }
        });
        if let Err(error) = read {
            errors.push(error);
            while !input.is_empty() && !input.peek(Token![,]) {
                skip(input);
            }
        }
        if !input.is_empty() {
            skip(input); // the comma
        }
    }
}

/// Steps over one token. At the end of the input there is none, and nothing to do.
pub(crate) fn skip(input: ParseStream) {
    let _: Result<TokenTree> = input.parse();
}

/// One size without arithmetic: a number, a const generic or an expression in braces, or a type.
pub(crate) fn single(input: ParseStream, known: &Known) -> Result<Dim> {
    if input.peek(Lit) {
        return match input.parse()? {
            Lit::Int(literal) => size(&literal),
            other => Err(Error::new(
                other.span(),
                "a size is a whole number below 1,000,000,000",
            )),
        };
    }
    if input.peek(token::Brace) {
        return braces(input);
    }
    if let Some(name) = const_param(input, known) {
        return Ok(Dim::single(of_const(&name), None, name.into_token_stream()));
    }
    let start = input.span();
    // Without plus: `D + 1` is a sum, and no type.
    match input.call(Type::without_plus) {
        Ok(ty) => Ok(Dim::single(
            ty.to_token_stream(),
            None,
            ty.into_token_stream(),
        )),
        Err(_) => Err(Error::new(
            start,
            "expected a size: a number, `{` a const `}` or a type",
        )),
    }
}

/// The name that comes next, if it is a const generic and no path goes on after it.
fn const_param(input: ParseStream, known: &Known) -> Option<Ident> {
    let ahead = input.fork();
    let name = ahead.call(Ident::parse_any).ok()?;
    if !known.consts.contains(&name) || ahead.peek(Token![::]) {
        return None;
    }
    input.call(Ident::parse_any).ok()
}

/// `N<{ B }>` for a const generic. The braces are for one named `N`, which without them would be the struct; that they
/// are not needed else, no lint says of braces with a span of ours.
pub(crate) fn of_const(name: &Ident) -> TokenStream {
    let span = at(name.span());
    let digits = quote_spanned!(span=> { #name });
    marker(&Ident::new("N", span), &digits, name.span())
}

/// `{B}` and `{B + 1}`. The user's braces are replaced by ours: `unused_braces` would blame the user for them.
fn braces(input: ParseStream) -> Result<Dim> {
    let content;
    let brace = braced!(content in input);
    let span = brace.span.join();
    let n = Ident::new("N", at(span));
    let expr: Expr = content.parse()?;
    if !content.is_empty() {
        return Err(content.error("expected one expression in the braces"));
    }
    let user = expr.to_token_stream();
    let tokens = match expr {
        Expr::Lit(syn::ExprLit {
            lit: Lit::Int(literal),
            ..
        }) => return size(&literal),
        expr => marker(&n, &quote_spanned!(at(span)=> { #expr }), span),
    };
    Ok(Dim::single(tokens, None, user))
}

/// A size in digits, as a user wrote it.
fn size(literal: &LitInt) -> Result<Dim> {
    if !literal.suffix().is_empty() {
        return Err(Error::new(literal.span(), "a size has no suffix"));
    }
    let size = literal
        .base10_parse::<u64>()
        .ok()
        .filter(|size| *size < 1_000_000_000);
    let Some(size) = size else {
        return Err(Error::new(
            literal.span(),
            "a size is a whole number below 1,000,000,000",
        ));
    };
    let tokens = number(size, literal.span());
    Ok(Dim::single(tokens, Some(size), literal.to_token_stream()))
}

/// `50257` is `N2<50, 257>`: base 1000, the most significant digit first.
pub(crate) fn number(size: u64, place: Span) -> TokenStream {
    let span = at(place); // Ours, or clippy judges the user's literal again for each digit of it.
    let marker = |name, digits| {
        // Where the user's number is, so that an editor says of it what type it is.
        let name = Ident::new(name, ours(place));
        marker(&name, &digits, place)
    };
    let digit = |value: u64| {
        let mut digit = Literal::u64_unsuffixed(value % 1000);
        digit.set_span(span);
        digit
    };
    let (high, middle, low) = (digit(size / 1_000_000), digit(size / 1000), digit(size));
    match size {
        0..1000 => marker("N", quote_spanned!(span=> #low)),
        1000..1_000_000 => marker("N2", quote_spanned!(span=> #middle, #low)),
        _ => marker("N3", quote_spanned!(span=> #high, #middle, #low)),
    }
}

/// `::cotangent::dim::N<…>`, which an error underlines where the user wrote a token.
fn marker(name: &Ident, digits: &impl ToTokens, span: Span) -> TokenStream {
    let close = quote_spanned!(end(span)=> >);
    quote_spanned!(at(span)=> ::cotangent::dim::#name<#digits #close)
}

/// `shape![32, 64]`.
pub(crate) fn expand_shape(input: TokenStream) -> TokenStream {
    let read = collected(input, |input, errors| {
        Shape::entries(input, &Known::default(), Span::call_site(), errors).into_token_stream()
    });
    read.unwrap_or_else(Errors::into_type)
}

/// `context![[32, 64], [10]]`.
pub(crate) fn expand_context(input: TokenStream) -> TokenStream {
    let read = collected(input, |input, errors| {
        let (mut entries, known) = (Vec::new(), Known::default());
        separated(input, errors, |input, errors| {
            entries.push(EntryType::parse(input, &known, errors)?);
            Ok(())
        });
        list_type(&entries, Span::call_site())
    });
    read.unwrap_or_else(Errors::into_type)
}

/// Runs a parser that keeps its errors: the answer is what it made, or all of the errors.
pub(crate) fn collected(
    input: TokenStream,
    parse: impl FnOnce(ParseStream, &mut Errors) -> TokenStream,
) -> std::result::Result<TokenStream, Errors> {
    let (mut errors, mut tokens) = (Errors::default(), TokenStream::new());
    let parser = |input: ParseStream| {
        tokens = parse(input, &mut errors);
        Ok(())
    };
    let end = parser.parse2(input);
    errors.keep_if_first(end);
    if errors.is_empty() {
        Ok(tokens)
    } else {
        Err(errors)
    }
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::*;

    fn text(tokens: &TokenStream) -> String {
        let text = tokens.to_string().replace(":: cotangent :: dim :: ", "");
        text.replace(":: cotangent :: __private :: ", "")
    }

    #[test]
    fn sizes_are_digits_of_base_1000() {
        for (size, expected) in [
            (quote!(0), "(N < 0 > ,)"),
            (quote!(999), "(N < 999 > ,)"),
            (quote!(1000), "(N2 < 1 , 0 > ,)"),
            (quote!(50257), "(N2 < 50 , 257 > ,)"),
            (quote!(1_234_567), "(N3 < 1 , 234 , 567 > ,)"),
            (quote!(0x10), "(N < 16 > ,)"),
            (quote!(999999999), "(N3 < 999 , 999 , 999 > ,)"),
        ] {
            assert_eq!(text(&expand_shape(size)), expected);
        }
    }

    #[test]
    fn dims_are_numbers_braces_and_types() {
        assert_eq!(text(&expand_shape(quote!())), "()");
        let dims = quote!({ B }, { B + 1 }, { 5000 }, D, Sum<D, N<3>>, _,);
        let expected =
            "(N < { B } > , N < { B + 1 } > , N2 < 5 , 0 > , D , Sum < D , N < 3 > > , _ ,)";
        assert_eq!(text(&expand_shape(dims)), expected);
    }

    #[test]
    fn contexts_are_lists_of_shapes() {
        let expected = "HCons < (N < 32 > , D ,) , HCons < () , HNil > >";
        assert_eq!(text(&expand_context(quote!([32, D], []))), expected);
        assert_eq!(text(&expand_context(quote!())), "HNil");
    }

    #[test]
    fn each_wrong_dim_is_reported() {
        let text = text(&expand_shape(
            quote!(1, 2.0, 3u8, 1000000000, 5 6, { B C }, 7, *),
        ));
        assert_eq!(text.matches("compile_error").count(), 7, "{text}");
        for words in [
            "below 1,000,000,000",
            "no suffix",
            "expected `,`",
            "at most 6 dims",
            "expected a size",
        ] {
            assert!(text.contains(words), "{words}: {text}");
        }
        let text = super::expand_context(quote!([1], 3, [-1])).to_string();
        assert_eq!(text.matches("compile_error").count(), 2, "{text}");
    }
}
