//! `tlist!`: a list of tensors, built or taken apart.

use proc_macro2::{Delimiter, Group, Span, TokenStream};
use quote::{ToTokens, quote};
use syn::parse::ParseStream;
use syn::{Error, Expr, Pat, Result, Token, token};

use crate::errors::Errors;
use crate::rustc::{bounded_identity, field_named};
use crate::syntax::recovery::{collected, separated};
use crate::tokens::list_value;

/// Of the values of an array, which are a `List`: no pattern looks into it.
const ON_THE_HEAP: &str = "the values of an array are on the heap: name them here, as in `tlist![_, layers]`, \
                           then `let [a, b] = layers.into_array();`";

/// `tlist![a, b]`: the same tokens are an expression and a pattern, but for arrays.
pub(crate) fn expand_list(input: TokenStream) -> TokenStream {
    expand(input, entry)
}

/// `tlist_pat![a, _]`
pub(crate) fn expand_pattern(input: TokenStream) -> TokenStream {
    expand(input, |input| {
        if input.peek(token::Bracket) {
            return Err(input.error(ON_THE_HEAP));
        }
        entry(input)
    })
}

fn expand(
    input: TokenStream,
    mut entry: impl FnMut(ParseStream) -> Result<TokenStream>,
) -> TokenStream {
    let read = collected(input, |input, errors| {
        let mut entries = Vec::new();
        separated(input, errors, |input, _| {
            entries.push(entry(input)?);
            Ok(())
        });
        let span = Span::call_site();
        field_named(&list_value(&entries, span), span)
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
        return value(&input.parse()?);
    }
    let start = input.span();
    match Pat::parse_multi(input) {
        Ok(Pat::Slice(_)) => Err(Error::new(start, ON_THE_HEAP)),
        Ok(pattern) => Ok(pattern.into_token_stream()),
        Err(_) => Err(Error::new(start, "expected a tensor, or a pattern for one")),
    }
}

/// An entry that is an expression, or may be a pattern. An array goes to the heap, and so do the arrays in it.
fn value(entry: &Expr) -> Result<TokenStream> {
    let array = match entry {
        Expr::Array(array) => array,
        Expr::Repeat(repeat) => return Ok(on_the_heap(repeat, repeat.bracket_token.span.join())),
        other => return Ok(other.into_token_stream()),
    };
    let is_pattern = |value: &Expr| match value {
        Expr::Infer(_) => true,
        Expr::Range(range) => range.start.is_none() && range.end.is_none(),
        _ => false,
    };
    let span = array.bracket_token.span.join();
    if array.elems.iter().any(is_pattern) {
        return Err(Error::new(span, ON_THE_HEAP));
    }
    let values = array.elems.iter().map(value).collect::<Result<Vec<_>>>()?;
    let mut values = Group::new(Delimiter::Bracket, quote!(#(#values),*));
    values.set_span(span);
    Ok(on_the_heap(values, span))
}

/// `list([a, b])`, which an error underlines where the array is.
fn on_the_heap(array: impl ToTokens, span: Span) -> TokenStream {
    bounded_identity("list", array.into_token_stream(), span, span)
}

#[cfg(test)]
mod tests {
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
    fn arrays_go_to_the_heap() {
        for (entry, expected) in [
            (quote!([a, b.c()]), "list ([a , b . c ()])"),
            (
                quote!([[a], [b; 3]]),
                "list ([list ([a]) , list ([b ; 3])])",
            ),
            (quote!(f([a, b])), "f ([a , b])"),
        ] {
            let text = text(entry);
            assert!(
                text.contains(&format!("head : {expected} , tail")),
                "{text}"
            );
        }
    }

    #[test]
    fn no_pattern_looks_into_an_array() {
        for entry in [
            quote!([a, _]),
            quote!([a, ..]),
            quote!([a, rest @ ..]),
            quote!([ref a]),
            quote!([[a, _], b]),
        ] {
            let text = text(entry);
            assert!(text.contains("let [a, b] = layers.into_array();"), "{text}");
        }
        let pattern = expand_pattern(quote!(x, [a, b])).to_string();
        assert!(pattern.contains("into_array"), "{pattern}");
    }

    #[test]
    fn each_wrong_entry_is_reported() {
        let text = text(quote!(a, .., #, b c));
        assert_eq!(text.matches("compile_error").count(), 3, "{text}");
        assert!(text.contains("write `_` for each"), "{text}");
    }
}
