//! The entries of a context as users write them: shapes, groups, and arrays of them.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote_spanned};
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::spanned::Spanned;
use syn::{Error, Ident, Lit, Path, Result, Token, braced, bracketed, token};

use super::consts::Consts;
use super::dim::{Dim, dim};
use super::recovery::skip;
use super::shape::{EXPECTED_SHAPE, Shape};
use crate::errors::Errors;
use crate::rustc::in_braces;
use crate::tokens::hygienic;

/// A group as it is written where one is taken: `layers::Linear<64, D>`.
pub(crate) struct GroupType {
    /// The path, its arguments already types.
    ty: TokenStream,
    /// Its last name.
    pub(crate) name: Ident,
    /// Whether that is the whole path, so that it may be a group of the same invocation.
    pub(crate) is_name: bool,
    pub(crate) arguments: Vec<Argument>,
}

/// An argument of a group.
pub(crate) struct Argument {
    /// A const is in it as one piece.
    pub(crate) value: Dim,
    /// Whether it is a const: `12` of `Model<const 12>`.
    pub(crate) is_const: bool,
}

/// One entry of a context.
pub(crate) enum EntryType {
    /// `[32, 64]`
    Tensor(Shape),
    /// `Linear<64, D>`
    Group(GroupType),
    /// `[Linear<64, D>; L]`
    Array {
        of: Box<EntryType>,
        length: TokenStream,
        span: Span,
    },
}

impl EntryType {
    /// Reads an entry.
    pub(crate) fn parse(input: ParseStream, consts: &Consts, errors: &mut Errors) -> Result<Self> {
        if input.peek(token::Bracket) {
            if !is_array(input) {
                return Shape::bracketed(input, consts, errors).map(Self::Tensor);
            }
            let content;
            let bracket = bracketed!(content in input);
            let of = Box::new(Self::parse(&content, consts, errors)?);
            if !content.peek(Token![;]) {
                return Err(content.error(
                    "expected `;` and the number of entries, such as `[Linear<64, 64>; 12]`",
                ));
            }
            content.parse::<Token![;]>()?;
            let length: TokenStream = content.parse()?;
            let span = bracket.span.join();
            if length.is_empty() {
                return Err(Error::new(
                    bracket.span.close(),
                    "expected the number of entries",
                ));
            }
            return Ok(Self::Array { of, length, span });
        }
        // A lone name in lower case, such as `f32`, is no struct.
        let is_group = match input.fork().call(Ident::parse_any) {
            Ok(name) => {
                input.peek2(Token![::]) || !name.to_string().starts_with(char::is_lowercase)
            }
            Err(_) => input.peek(Token![::]),
        };
        if is_group {
            return group(input, consts);
        }
        Err(input.error(format_args!("{EXPECTED_SHAPE}, or a `struct` of graph!")))
    }

    /// Where the user wrote it.
    pub(crate) fn span(&self) -> Span {
        match self {
            Self::Tensor(shape) => shape.span(),
            Self::Group(group) => group.name.span(),
            Self::Array { span, .. } => *span,
        }
    }

    /// Its shape, or the group that it is or is an array of.
    pub(crate) fn parts(&self) -> (Option<&Shape>, Option<&GroupType>) {
        match self {
            Self::Tensor(shape) => (Some(shape), None),
            Self::Group(group) => (None, Some(group)),
            Self::Array { of, .. } => of.parts(),
        }
    }

    /// Whether it is one tensor.
    pub(crate) fn is_tensor(&self) -> bool {
        matches!(self, Self::Tensor(_))
    }
}

impl ToTokens for EntryType {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        match self {
            Self::Tensor(shape) => shape.to_tokens(tokens),
            Self::Group(group) => group.ty.to_tokens(tokens),
            Self::Array { of, length, span } => {
                tokens.extend(quote_spanned!(hygienic(*span)=> [#of; #length]));
            }
        }
    }
}

/// Whether the brackets that come next have a semicolon: `[Linear<64, 64>; 12]`.
fn is_array(input: ParseStream) -> bool {
    let ahead = input.fork();
    let has_semicolon = |ahead: ParseStream| {
        let content;
        bracketed!(content in ahead);
        while !content.is_empty() && !content.peek(Token![;]) {
            skip(&content);
        }
        let found = content.peek(Token![;]);
        while !content.is_empty() {
            skip(&content);
        }
        Ok(found)
    };
    has_semicolon(&ahead).unwrap_or(false)
}

/// `layers::Linear<64, D>`: a path whose arguments, if it has any, are dims and consts.
fn group(input: ParseStream, consts: &Consts) -> Result<EntryType> {
    let (mut ty, mut arguments) = (TokenStream::new(), Vec::new());
    if let Some(colons) = input.parse::<Option<Token![::]>>()? {
        colons.to_tokens(&mut ty);
    }
    loop {
        let is_name = ty.is_empty();
        let name = input.call(Ident::parse_any)?;
        name.to_tokens(&mut ty);
        if input.peek(Token![<]) || (input.peek(Token![::]) && input.peek3(Token![<])) {
            input.parse::<Option<Token![::]>>()?;
            input.parse::<Token![<]>()?.to_tokens(&mut ty);
            while !input.peek(Token![>]) {
                let is_const = input.parse::<Option<Token![const]>>()?.is_some()
                    || (is_name && consts.is_const(&name, arguments.len()));
                let value = match is_const {
                    true => const_argument(input)?,
                    false => dim(input, consts)?,
                };
                value.to_tokens(&mut ty);
                arguments.push(Argument { value, is_const });
                if input.peek(Token![,]) {
                    input.parse::<Token![,]>()?.to_tokens(&mut ty);
                } else if !input.peek(Token![>]) {
                    return Err(input.error("expected `,` or `>`"));
                }
            }
            input.parse::<Token![>]>()?.to_tokens(&mut ty);
        }
        match input.parse::<Option<Token![::]>>()? {
            Some(colons) => colons.to_tokens(&mut ty),
            None => {
                return Ok(EntryType::Group(GroupType {
                    ty,
                    name,
                    is_name,
                    arguments,
                }));
            }
        }
    }
}

/// `12`, `L` or `{ L + 1 }`, which Rust takes as it is.
fn const_argument(input: ParseStream) -> Result<Dim> {
    if input.peek(Lit) {
        let literal: Lit = input.parse()?;
        return Ok(Dim::single(
            literal.to_token_stream(),
            None,
            literal.into_token_stream(),
        ));
    }
    if input.peek(token::Brace) {
        let content;
        let brace = braced!(content in input);
        let value: TokenStream = content.parse()?;
        let tokens = in_braces(&value, brace.span.join());
        return Ok(Dim::single(tokens, None, value));
    }
    let Ok(path) = input.parse::<Path>() else {
        return Err(input.error("expected a const: a number, a name, or an expression in braces"));
    };
    let tokens = match path.get_ident() {
        Some(name) => name.to_token_stream(),
        None => in_braces(&path, path.span()), // A path alone would be that of a type.
    };
    Ok(Dim::single(tokens, None, path.into_token_stream()))
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use quote::quote;
    use syn::parse::Parser;

    use super::*;

    fn text(tokens: TokenStream) -> String {
        let mut errors = Errors::default();
        let consts = Consts {
            params: vec![quote::format_ident!("B")],
            types: Some(Vec::new()),
            groups: HashMap::from([("Model".to_owned(), vec![true, false])]).into(),
        };
        let parser = |input: ParseStream| EntryType::parse(input, &consts, &mut errors);
        let entry = parser.parse2(tokens).map(ToTokens::into_token_stream);
        let text = entry
            .unwrap_or_else(|error| error.to_compile_error())
            .to_string();
        text.replace(":: cotangent :: dim :: ", "")
    }

    #[test]
    fn entries_are_shapes_groups_and_arrays() {
        for (entry, expected) in [
            (quote!([3, D]), "(N < 3 > , D ,)"),
            (quote!([]), "()"),
            (quote!(Linear<3, D, B>), "Linear < N < 3 > , D , N < B > >"),
            (
                quote!(layers::Linear::<1000>),
                "layers :: Linear < N2 < 1 , 0 > >",
            ),
            (quote!(::layers::Norm), ":: layers :: Norm"),
            (quote!([Norm<D>; L]), "[Norm < D > ; L]"),
            (quote!([[Norm<D>; 2]; 3 + 1]), "[[Norm < D > ; 2] ; 3 + 1]"),
            (quote!([[B, 4]; 12]), "[(N < B > , N < 4 > ,) ; 12]"),
            (quote!(Model<12, 4>), "Model < 12 , N < 4 > >"),
            (quote!(Model<B, B>), "Model < B , N < B > >"),
            (quote!(Model<{ B + 1 }>), "Model < { B + 1 } >"),
            (
                quote!(Model<config::DEPTH>),
                "Model < { config :: DEPTH } >",
            ),
            (
                quote!(other::Model<12, const B>),
                "other :: Model < N < 12 > , B >",
            ),
            (quote!(Deep<const 12, const { 3 }>), "Deep < 12 , { 3 } >"),
        ] {
            assert_eq!(text(entry), expected);
        }
    }

    #[test]
    fn what_is_no_entry_is_refused() {
        for (entry, words) in [
            (quote!(3), "expected a shape"),
            (quote!(f32), "expected a shape"),
            (quote!([Norm<3>; ]), "the number of entries"),
            (quote!([Norm<3> 2; 3]), "expected `;`"),
            (quote!(Norm<3 4>), "expected `,` or `>`"),
            (quote!(Norm<2.5>), "a whole number"),
            (quote!(Norm<const *>), "expected a const"),
            (quote!(Model<(2)>), "expected a const"),
            (quote!(Model<B * 2>), "expected `,` or `>`"),
        ] {
            let text = text(entry);
            assert!(text.contains(words), "{words}: {text}");
        }
    }
}
