//! The header of a graph: what it takes and what it returns.

use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{Error, Ident, Result, Token, parenthesized, token};

use super::consts::Consts;
use super::entry::EntryType;
use super::pattern::MUTATION;
use super::recovery::skip;
use super::shape::EXPECTED_SHAPE;
use super::value_type::{ValueType, is_key, results};
use crate::errors::Errors;

/// `x: [32, 64]`, or `p: Linear<64, 10>`
pub(crate) struct Input {
    pub(crate) name: Ident,
    pub(crate) entry: EntryType,
}

/// `x: [32, 64]`, `labels: [32] < 10` or `key`
pub(crate) struct Entry {
    pub(crate) name: Ident,
    pub(crate) ty: ValueType,
}

/// What follows `->`.
pub(crate) enum Returned {
    /// Nothing: a closure form says its shape by what it computes.
    Inferred,
    One(ValueType),
    Many(Vec<ValueType>),
}

impl Returned {
    /// The types, in order.
    pub(crate) fn types(&self) -> &[ValueType] {
        match self {
            Self::Inferred => &[],
            Self::One(one) => std::slice::from_ref(one),
            Self::Many(many) => many,
        }
    }
}

/// Inputs, after a semicolon the environment, and the names of those that could not be read; to the end of the input,
/// or to the `|` of the closure form.
pub(crate) fn entries(
    input: ParseStream,
    consts: &Consts,
    errors: &mut Errors,
) -> (Vec<Input>, Vec<Entry>, Vec<Ident>) {
    let (mut inputs, mut environment) = (Vec::<Input>::new(), Vec::<Entry>::new());
    let mut unreadable = Vec::new();
    let mut in_environment = false;
    let done = |input: ParseStream| input.is_empty() || input.peek(Token![|]);
    while !done(input) {
        let start = input.fork();
        let read = if in_environment {
            entry(input, consts, errors).map(|entry| environment.push(entry))
        } else if input.peek(Token![;]) {
            Ok(()) // No inputs at all, or a comma before the semicolon.
        } else {
            self::input(input, consts, errors).map(|entry| inputs.push(entry))
        };
        let read = read.and_then(|()| {
            let ended =
                done(input) || input.peek(Token![,]) || (input.peek(Token![;]) && !in_environment);
            if ended {
                Ok(())
            } else {
                Err(input.error("expected `,`"))
            }
        });
        if let Err(error) = read {
            errors.push(error);
            let _ = start.parse::<Option<Token![mut]>>();
            unreadable.extend(start.parse::<Ident>());
            while !done(input) && !input.peek(Token![,]) && !input.peek(Token![;]) {
                skip(input);
            }
        }
        in_environment |= input.peek(Token![;]);
        if !done(input) {
            skip(input); // the comma or the semicolon
        }
    }
    let mut seen = Vec::new();
    for name in inputs
        .iter()
        .map(|entry| &entry.name)
        .chain(environment.iter().map(|entry| &entry.name))
    {
        if seen.contains(&name) {
            errors.at(
                name.span(),
                format_args!("`{}` is already an input of this graph", name.unraw()),
            );
        }
        seen.push(name);
    }
    (inputs, environment, unreadable)
}

fn input(input: ParseStream, consts: &Consts, errors: &mut Errors) -> Result<Input> {
    let name = name(input)?;
    if is_key(input) {
        return Err(
            input.error("a key has no derivative: it is of the environment, after the semicolon")
        );
    }
    Ok(Input {
        name,
        entry: EntryType::parse(input, consts, errors)?,
    })
}

fn entry(input: ParseStream, consts: &Consts, errors: &mut Errors) -> Result<Entry> {
    if input.peek(Token![mut]) {
        return Err(input.error(MUTATION));
    }
    let start = input.span();
    let (name, ty) = ValueType::of_environment(input, consts, errors)?;
    match name {
        Some(name) => Ok(Entry { name, ty }),
        None => Err(Error::new(start, NAMELESS)),
    }
}

const NAMELESS: &str = "expected the name of an input";

/// `x:`
fn name(input: ParseStream) -> Result<Ident> {
    if input.peek(Token![mut]) {
        return Err(input.error(MUTATION));
    }
    if !input.peek(Ident) {
        return Err(input.error(NAMELESS));
    }
    let name: Ident = input.parse()?;
    if input.parse::<Option<Token![:]>>()?.is_none() {
        return Err(Error::new(
            name.span(),
            format_args!("`{name}` has no shape: write `{name}: [32, 64]`"),
        ));
    }
    Ok(name)
}

/// `-> [32, 10]` or `-> ([32, 10], Model<3>)`, if there is one.
pub(crate) fn returned(
    input: ParseStream,
    consts: &Consts,
    errors: &mut Errors,
) -> Result<Returned> {
    if input.parse::<Option<Token![->]>>()?.is_none() {
        return Ok(Returned::Inferred);
    }
    if !input.peek(token::Paren) {
        return ValueType::parse(input, consts, errors).map(Returned::One);
    }
    let content;
    let paren = parenthesized!(content in input);
    let before = errors.count();
    let results = results(&content, consts, errors);
    if results.is_empty() && errors.count() == before {
        return Err(Error::new(paren.span.join(), EXPECTED_SHAPE));
    }
    Ok(Returned::Many(results))
}
