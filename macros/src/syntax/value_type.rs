//! What an environment has and what a graph returns: entries of contexts, labels and keys.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote_spanned};
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{Error, Ident, Result, Token, Type};

use super::consts::Consts;
use super::dim::{Dim, dim};
use super::entry::EntryType;
use super::recovery::separated;
use super::shape::Shape;
use crate::errors::Errors;
use crate::tokens::{after, before, ends, hygienic_after, hygienic_before};

/// The type of one value.
pub(crate) enum ValueType {
    /// `[32, 64]`, `Linear<64, D>`, `[Linear<64, D>; L]`; also a type of the user that is written as a group is, `Key`.
    Entry(EntryType),
    /// `[32] < 10`
    Labels { shape: Shape, classes: Box<Dim> },
    /// `key`, or in an environment any name alone, and where it is.
    Key(Span),
    /// Another type of the user.
    Type(Box<Type>),
}

impl ValueType {
    /// Reads one.
    pub(crate) fn parse(input: ParseStream, consts: &Consts, errors: &mut Errors) -> Result<Self> {
        if is_key(input) {
            return Ok(Self::Key(input.parse::<Ident>()?.span()));
        }
        let entry = EntryType::parse(input, consts, errors)?;
        if !input.peek(Token![<]) {
            return Ok(Self::Entry(entry));
        }
        let EntryType::Tensor(shape) = entry else {
            return Err(input.error("labels have one shape, such as `[32] < 10`"));
        };
        input.parse::<Token![<]>()?;
        let classes = Box::new(dim(input, consts)?);
        Ok(Self::Labels { shape, classes })
    }

    /// Reads one of an environment, where any type may be. A name without a colon is that of a key.
    pub(crate) fn of_environment(
        input: ParseStream,
        consts: &Consts,
        errors: &mut Errors,
    ) -> Result<(Option<Ident>, Self)> {
        let name = named(input)?;
        let is_alone = name.is_none() && is_lower(input) && !input.peek2(Token![::]);
        if is_alone {
            let name: Ident = input.parse()?;
            let key = Self::Key(name.span());
            return Ok((Some(name), key));
        }
        let is_type = name.is_some() && is_lower(input) && !is_key(input);
        if is_type && !input.peek2(Token![::]) {
            return Ok((name, Self::Type(Box::new(input.call(Type::without_plus)?))));
        }
        Ok((name, Self::parse(input, consts, errors)?))
    }

    /// Where the user wrote it.
    pub(crate) fn span(&self) -> Span {
        match self {
            Self::Entry(entry) => entry.span(),
            Self::Labels { shape, .. } => shape.span(),
            Self::Key(span) => *span,
            Self::Type(ty) => ends(ty).0,
        }
    }

    /// The entry that it is, or the shape and the classes of labels.
    pub(crate) fn entry(&self) -> Option<&EntryType> {
        match self {
            Self::Entry(entry) => Some(entry),
            Self::Labels { .. } | Self::Key(_) | Self::Type(_) => None,
        }
    }

    /// Whether it may have fields, as far as can be told: `Key` has none.
    pub(crate) fn is_group(&self) -> bool {
        match self.entry() {
            Some(EntryType::Group(group)) => group.name != "Key",
            Some(EntryType::Array { .. }) => true,
            Some(EntryType::Tensor(_)) | None => false,
        }
    }
}

impl ToTokens for ValueType {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        match self {
            Self::Entry(entry) => entry.to_tokens(tokens),
            Self::Labels { shape, classes } => {
                let close = quote_spanned!(hygienic_after(shape.span())=> >);
                tokens.extend(
                    quote_spanned!(hygienic_before(shape.span())=> ::cotangent::env::LabelsOf<#classes, #shape #close),
                );
            }
            Self::Key(span) => {
                let key = Ident::new("Key", after(*span));
                tokens.extend(quote_spanned!(before(*span)=> ::cotangent::tensor::#key));
            }
            Self::Type(ty) => ty.to_tokens(tokens),
        }
    }
}

/// `x:`, if a name and a colon come next.
pub(crate) fn named(input: ParseStream) -> Result<Option<Ident>> {
    if !input.peek(Ident) || !input.peek2(Token![:]) || input.peek2(Token![::]) {
        return Ok(None);
    }
    let name = input.parse()?;
    input.parse::<Token![:]>()?;
    Ok(Some(name))
}

/// Whether the word `key` comes next, as a type.
pub(crate) fn is_key(input: ParseStream) -> bool {
    let name = input.fork().parse::<Ident>();
    name.is_ok_and(|name| name == "key") && !input.peek2(Token![::])
}

fn is_lower(input: ParseStream) -> bool {
    let name = input.fork().call(Ident::parse_any);
    name.is_ok_and(|name| {
        name.unraw()
            .to_string()
            .starts_with(|first: char| first.is_lowercase() || first == '_')
    })
}

/// The most results that a graph has: as many entries as a Rust tuple has with all the usual traits.
const MAX_RESULTS: usize = 12;

/// `([32, 10], Model<3>)`, to the end of the input.
pub(crate) fn results(input: ParseStream, consts: &Consts, errors: &mut Errors) -> Vec<ValueType> {
    let mut results = Vec::new();
    separated(input, errors, |input, errors| {
        if results.len() == MAX_RESULTS {
            let message = "a graph returns at most 12 values: put some of them in a group";
            errors.push(Error::new(input.span(), message));
        }
        let span = input.span();
        let result = ValueType::parse(input, consts, errors);
        // A wrong one counts too: how many values the body returns is no mistake.
        let (result, read) = match result {
            Ok(result) => (result, Ok(())),
            Err(error) => (ValueType::Key(span), Err(error)),
        };
        results.push(result);
        read
    });
    results
}
