//! `tlist!`: a list of tensors, built or taken apart.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote_spanned};
use syn::parse::ParseStream;
use syn::{Error, Expr, Pat, Result, Token};

use crate::dim::{collected, separated};
use crate::errors::Errors;
use crate::tokens::{at, end, list_value};

/// `tlist![a, b]` and `tlist_pat![a, _]`: the same tokens are an expression and a pattern.
pub(crate) fn expand_list(input: TokenStream) -> TokenStream {
    let read = collected(input, |input, errors| {
        let mut entries = Vec::new();
        separated(input, errors, |input, _| {
            entries.push(entry(input)?);
            Ok(())
        });
        let span = Span::call_site();
        let list = list_value(&entries, span);
        // With its field named: an argument of `TensorList(…)` of another type has three notes about that call.
        let list = quote_spanned!(end(span)=> { 0: #list });
        quote_spanned!(at(span)=> ::cotangent::context::TensorList #list)
    });
    read.unwrap_or_else(Errors::into_value)
}

/// One entry. A macro does not know where it stands, so what is not an expression may be a pattern.
fn entry(input: ParseStream) -> Result<TokenStream> {
    if input.peek(Token![..]) {
        return Err(Error::new(
            input.span(),
            "the type of a list has one entry for each tensor: write `_` for each that is left out",
        ));
    }
    let ahead = input.fork();
    if ahead.parse::<Expr>().is_ok() && (ahead.is_empty() || ahead.peek(Token![,])) {
        return input.parse::<Expr>().map(ToTokens::into_token_stream);
    }
    let start = input.span();
    match Pat::parse_multi(input) {
        Ok(pattern) => Ok(pattern.into_token_stream()),
        Err(_) => Err(Error::new(start, "expected a tensor, or a pattern for one")),
    }
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::*;

    fn text(tokens: TokenStream) -> String {
        expand_list(tokens)
            .to_string()
            .replace(":: cotangent :: __private :: ", "")
    }

    #[test]
    fn lists_nest() {
        let list = ":: cotangent :: context :: TensorList";
        assert_eq!(text(quote!()), format!("{list} {{ 0 : HNil }}"));
        let expected = "{ 0 : HCons { head : f :: < A , B > (a , b) , tail : HCons { head : & c , tail : HNil } } }";
        assert_eq!(
            text(quote!(f::<A, B>(a, b), &c,)),
            format!("{list} {expected}")
        );
        let expected =
            "{ 0 : HCons { head : _ , tail : HCons { head : ref mut x , tail : HNil } } }";
        assert_eq!(text(quote!(_, ref mut x)), format!("{list} {expected}"));
    }

    #[test]
    fn each_wrong_entry_is_reported() {
        let text = text(quote!(a, .., #, b c));
        assert_eq!(text.matches("compile_error").count(), 3, "{text}");
        assert!(text.contains("write `_` for each"), "{text}");
    }
}
