//! `graph_type!`: the type of a graph, as its header.

use proc_macro2::{Span, TokenStream};
use quote::quote_spanned;
use syn::parse::ParseStream;
use syn::{Error, Result, Token, Type, parenthesized};

use crate::errors::Errors;
use crate::syntax::consts::Consts;
use crate::syntax::entry::EntryType;
use crate::syntax::header::{Returned, returned};
use crate::syntax::recovery::{collected, skip};
use crate::syntax::value_type::{ValueType, named};
use crate::tokens::{hygienic_before, list_type};

/// `graph_type!(f64, fn([2, 4], w: [4, 3]; [2] < 3, key) -> ([2], []))`
pub(crate) fn expand_graph_type(input: TokenStream) -> TokenStream {
    let read = collected(input, |input, errors| {
        let read = graph_type(input, errors);
        errors.keep(read).unwrap_or_default()
    });
    read.unwrap_or_else(Errors::into_type)
}

fn graph_type(input: ParseStream, errors: &mut Errors) -> Result<TokenStream> {
    let (span, consts) = (hygienic_before(Span::call_site()), Consts::default());
    let scalar: Type = input.parse()?;
    input.parse::<Token![,]>()?;
    if input.parse::<Option<Token![fn]>>()?.is_none() {
        return Err(input.error("expected the header of a graph, such as `fn([32, 64]) -> [32]`"));
    }
    let content;
    parenthesized!(content in input);
    let (inputs, environment) = types(&content, &consts, errors);
    let returned = returned(input, &consts, errors)?;
    if matches!(returned, Returned::Inferred) {
        return Err(input.error("a graph names the shape that it returns: write `-> [32, 10]`"));
    }
    input.parse::<Option<Token![,]>>()?;
    let context = list_type(&inputs, Span::call_site());
    let environment = list_type(&environment, Span::call_site());
    let results = list_type(returned.types(), Span::call_site());
    Ok(quote_spanned!(span=>
        ::cotangent::graph::GraphData<
            #scalar, #environment, #context, ::cotangent::graph::Returns<#results>
        >
    ))
}

/// The types of inputs, and after a semicolon those of the environment.
fn types(
    input: ParseStream,
    consts: &Consts,
    errors: &mut Errors,
) -> (Vec<EntryType>, Vec<ValueType>) {
    let (mut inputs, mut environment, mut in_environment) = (Vec::new(), Vec::new(), false);
    let ended = |input: ParseStream, in_environment: bool| {
        input.is_empty() || input.peek(Token![,]) || (input.peek(Token![;]) && !in_environment)
    };
    while !input.is_empty() {
        if ended(input, in_environment) {
            in_environment |= input.peek(Token![;]);
            skip(input);
            continue;
        }
        let read = match in_environment {
            false => named(input)
                .and_then(|_| EntryType::parse(input, consts, errors))
                .map(|entry| inputs.push(entry)),
            true => ValueType::of_environment(input, consts, errors)
                .map(|(_, entry)| environment.push(entry)),
        };
        let read = read.and_then(|()| match ended(input, in_environment) {
            true => Ok(()),
            false => Err(Error::new(input.span(), "expected `,`")),
        });
        if let Err(error) = read {
            errors.push(error);
            while !ended(input, in_environment) {
                skip(input);
            }
        }
    }
    (inputs, environment)
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::*;

    fn text(tokens: TokenStream) -> String {
        expand_graph_type(tokens)
            .to_string()
            .replace(":: cotangent :: __private :: ", "")
            .replace(":: cotangent :: ", "")
    }

    #[test]
    fn a_graph_type_is_written_as_a_header() {
        let expected = "graph :: GraphData < f64 , \
             HCons < env :: LabelsOf < dim :: N < 3 > , (dim :: N < 2 > ,) > , HCons < tensor :: Key , HNil > > , \
             HCons < (dim :: N < 2 > ,) , HCons < Model < dim :: N < 4 > > , HNil > > , \
             graph :: Returns < HCons < (dim :: N < 2 > ,) , HCons < () , HNil > > > >";
        let names = quote!(f64, fn(x: [2], p: Model<4>; labels: [2] < 3, key) -> ([2], []));
        let none = quote!(f64, fn([2], Model<4>; [2] < 3, key) -> ([2], []),);
        assert_eq!(text(names), expected);
        assert_eq!(text(none), expected);
        assert_eq!(
            text(quote!(A, fn() -> [])),
            "graph :: GraphData < A , HNil , HNil , graph :: Returns < HCons < () , HNil > > >"
        );
    }

    #[test]
    fn what_is_no_header_is_refused() {
        for (header, words) in [
            (quote!(f64), "expected `,`"),
            (quote!(f64, [2]), "expected the header of a graph"),
            (quote!(f64, fn([2])), "names the shape that it returns"),
            (quote!(f64, fn([2] [3]) -> [2]), "expected `,`"),
            (quote!(f64, fn(f32) -> [2]), "expected a shape"),
            (quote!(f64, fn(; [2] < 3; key) -> [2]), "expected `,`"),
            (quote!(f64, fn() -> [2] 3), "unexpected token"),
        ] {
            let text = text(header);
            assert!(text.contains(words), "{words}: {text}");
        }
        let text = text(quote!(f64, fn(f32, f32; x: 3) -> ([2], 3)));
        assert_eq!(text.matches("compile_error").count(), 4, "{text}");
    }
}
