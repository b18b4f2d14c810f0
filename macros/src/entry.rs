//! The entries of a context as users write them: shapes, groups, and arrays of them.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote_spanned};
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{Error, Ident, Result, Token, bracketed, token};

use crate::arithmetic::{Dim, dim};
use crate::dim::{EXPECTED_SHAPE, Shape, skip};
use crate::errors::Errors;
use crate::tokens::{after, at, before, ours};

/// A group as it is written where one is taken: `layers::Linear<64, D>`.
pub(crate) struct GroupType {
    /// The path, its arguments already types.
    ty: TokenStream,
    /// Its last name.
    pub(crate) name: Ident,
    pub(crate) arguments: Vec<Dim>,
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
    /// Reads an entry. An identifier among `consts` is a const generic parameter, not a type.
    pub(crate) fn parse(input: ParseStream, consts: &[Ident], errors: &mut Errors) -> Result<Self> {
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

    /// The type of its handles.
    pub(crate) fn handles(&self) -> TokenStream {
        let span = at(self.span());
        match self {
            Self::Tensor(shape) => quote_spanned!(span=> ::cotangent::graph::Var<#shape>),
            Self::Group(GroupType { ty, .. }) => {
                // The user's spans at its ends: what is no group is underlined, and nothing is said of this macro.
                let span = self.span();
                let vars = Ident::new("Vars", after(span));
                quote_spanned!(before(span)=> <#ty as ::cotangent::graph::EntryHandles>::#vars)
            }
            Self::Array { of, length, .. } => {
                quote_spanned!(span=> ::cotangent::graph::Layers<#of, #length>)
            }
        }
    }
}

impl ToTokens for EntryType {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        match self {
            Self::Tensor(shape) => shape.to_tokens(tokens),
            Self::Group(group) => group.ty.to_tokens(tokens),
            Self::Array { of, length, span } => {
                tokens.extend(quote_spanned!(ours(*span)=> [#of; #length]));
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

/// `layers::Linear<64, D>`: a path whose arguments, if it has any, are dims.
fn group(input: ParseStream, consts: &[Ident]) -> Result<EntryType> {
    let (mut ty, mut arguments) = (TokenStream::new(), Vec::new());
    if let Some(colons) = input.parse::<Option<Token![::]>>()? {
        colons.to_tokens(&mut ty);
    }
    loop {
        let name = input.call(Ident::parse_any)?;
        name.to_tokens(&mut ty);
        if input.peek(Token![<]) || (input.peek(Token![::]) && input.peek3(Token![<])) {
            input.parse::<Option<Token![::]>>()?;
            input.parse::<Token![<]>()?.to_tokens(&mut ty);
            while !input.peek(Token![>]) {
                let argument = dim(input, consts)?;
                argument.to_tokens(&mut ty);
                arguments.push(argument);
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
                    arguments,
                }));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use quote::quote;
    use syn::parse::Parser;

    use super::*;

    fn text(tokens: TokenStream) -> String {
        let mut errors = Errors::default();
        let consts = [quote::format_ident!("B")];
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
            (
                quote!(Linear<3, D, B>),
                "Linear < N < 3 > , D , N < { B } > >",
            ),
            (
                quote!(layers::Linear::<1000>),
                "layers :: Linear < N2 < 1 , 0 > >",
            ),
            (quote!(::layers::Norm), ":: layers :: Norm"),
            (quote!([Norm<D>; L]), "[Norm < D > ; L]"),
            (quote!([[Norm<D>; 2]; 3 + 1]), "[[Norm < D > ; 2] ; 3 + 1]"),
            (quote!([[B, 4]; 12]), "[(N < { B } > , N < 4 > ,) ; 12]"),
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
        ] {
            let text = text(entry);
            assert!(text.contains(words), "{words}: {text}");
        }
    }
}
