//! Groups of parameters as written: `struct` items among the graphs of an invocation.

use std::collections::HashMap;

use syn::parse::ParseStream;
use syn::spanned::Spanned;
use syn::{
    Attribute, Error, Expr, GenericParam, Generics, Ident, Result, Token, Visibility, braced, token,
};

use super::consts::{Consts, GroupConsts, are_consts};
use super::entry::EntryType;
use super::recovery::{separated, skip};
use super::where_clause::WhereClause;
use crate::errors::Errors;

/// `pub struct Linear<I: Dim, O: Dim> { weight: [I, O], bias: [O] }`
pub(crate) struct Group {
    pub(crate) attrs: Vec<Attribute>,
    pub(crate) vis: Visibility,
    pub(crate) struct_token: Token![struct],
    pub(crate) name: Ident,
    pub(crate) generics: Generics,
    pub(crate) clause: WhereClause,
    pub(crate) fields: Vec<Field>,
    pub(crate) errors: Errors,
}

pub(crate) struct Field {
    pub(crate) attrs: Vec<Attribute>,
    pub(crate) vis: Visibility,
    pub(crate) name: Ident,
    pub(crate) entry: EntryType,
    /// What it is at first, if the user says so: `kaiming_uniform()`.
    pub(crate) init: Option<Expr>,
}

/// Whether a group comes next, not a graph.
pub(crate) fn is_next(input: ParseStream) -> bool {
    let ahead = input.fork();
    let keyword = ahead
        .call(Attribute::parse_outer)
        .and_then(|_| ahead.parse::<Visibility>());
    keyword.is_ok() && ahead.peek(Token![struct])
}

/// Which parameters of each group that is declared are consts, to the end of the input. A group may be used above the
/// place where it is declared.
pub(crate) fn consts_of_groups(input: ParseStream) -> GroupConsts {
    let mut groups = HashMap::new();
    while !input.is_empty() {
        let is_struct = input.peek(Token![struct]);
        skip(input);
        if is_struct
            && let Ok(name) = input.parse::<Ident>()
            && let Ok(generics) = input.fork().parse::<Generics>()
        {
            groups.insert(name.to_string(), are_consts(&generics.params));
        }
    }
    groups.into()
}

/// Reads a group. A wrong field is kept as an error, and has the type of one.
pub(crate) fn parse(input: ParseStream, group_consts: &GroupConsts) -> Result<Group> {
    let attrs = input.call(Attribute::parse_outer)?;
    let vis = input.parse()?;
    let struct_token = input.parse()?;
    let name: Ident = input.parse()?;
    let mut errors = Errors::default();
    let generics = errors.keep(input.parse::<Generics>()).unwrap_or_default();
    for param in &generics.params {
        if let GenericParam::Lifetime(param) = param {
            let message = "the parameters of a group are dims and consts: it has no lifetimes";
            errors.at(param.lifetime.span(), message);
        }
    }
    let consts = Consts::of(&generics, group_consts);
    let clause = errors
        .keep(WhereClause::parse(input, &consts))
        .unwrap_or_default();
    if errors.is_empty() {
        clause.check_bounds(&generics, &mut errors);
    }
    if !input.peek(token::Brace) {
        let message = "expected the fields of the group in braces, such as `{ weight: [64, 10], bias: [10] }`";
        let error = input.error(message);
        if input.peek(Token![;]) {
            skip(input);
        }
        return Err(error);
    }
    let content;
    braced!(content in input);
    if content.is_empty() {
        errors.at(name.span(), format_args!("the group `{name}` has no field"));
    }
    let mut fields = Vec::new();
    separated(&content, &mut errors, |input, errors| {
        fields.push(field(input, &consts, errors)?);
        Ok(())
    });
    Ok(Group {
        attrs,
        vis,
        struct_token,
        name,
        generics,
        clause,
        fields,
        errors,
    })
}

fn field(input: ParseStream, consts: &Consts, errors: &mut Errors) -> Result<Field> {
    let mut attrs = input.call(Attribute::parse_outer)?;
    let init = init(&mut attrs, errors);
    let vis = input.parse()?;
    if !input.peek(Ident) {
        return Err(input.error("expected the name of a field"));
    }
    let name: Ident = input.parse()?;
    if input.parse::<Option<Token![:]>>()?.is_none() {
        let message = format!("the field `{name}` has no shape: write `{name}: [32, 64]`");
        return Err(Error::new(name.span(), message));
    }
    let entry = EntryType::parse(input, consts, errors)?;
    Ok(Field {
        attrs,
        vis,
        name,
        entry,
        init,
    })
}

/// What a field is at first, taken out of its attributes.
fn init(attrs: &mut Vec<Attribute>, errors: &mut Errors) -> Option<Expr> {
    let is_init = |attr: &mut Attribute| attr.path().is_ident("init");
    let mut inits = attrs.extract_if(.., is_init);
    let first = inits.next()?;
    if let Some(second) = inits.next() {
        errors.at(second.span(), "a field has one `#[init(…)]`");
    }
    let parsed = first.parse_args().map_err(|error| {
        let message =
            format!("expected an initialiser, such as `#[init(kaiming_uniform())]`: {error}");
        Error::new(first.span(), message)
    });
    errors.keep(parsed)
}
