//! Error recovery: a parser that met an error goes on at the next entry, so that a user reads all errors at once.

use proc_macro2::{TokenStream, TokenTree};
use syn::parse::{ParseStream, Parser};
use syn::{Result, Token};

use crate::errors::Errors;

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
