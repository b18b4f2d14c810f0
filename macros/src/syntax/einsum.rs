//! The specification of a sum of products: `"ij,jk->ik"`, the axes named by letters.

use syn::parse::ParseStream;
use syn::{Error, Expr, LitStr, Result, Token};

use super::shape::MAX_RANK;
use crate::errors::Errors;

/// `"ij,jk->ik"`, read.
pub(crate) struct Spec {
    pub(crate) operands: Vec<String>,
    pub(crate) output: String,
    pub(crate) literal: LitStr,
}

/// The specification and the comma after it.
pub(crate) fn literal(input: ParseStream) -> Result<LitStr> {
    if !input.peek(LitStr) {
        return Err(input.error("expected the letters of the axes first, such as `\"ij,jk->ik\"`"));
    }
    let literal = input.parse()?;
    if !input.is_empty() {
        input.parse::<Token![,]>()?;
    }
    Ok(literal)
}

pub(crate) fn argument(input: ParseStream) -> Result<Expr> {
    let start = input.span();
    input
        .parse()
        .map_err(|_| Error::new(start, "expected an operand"))
}

/// Reads a specification and reports all that is wrong with it; `None` if anything is.
pub(crate) fn spec(literal: LitStr, errors: &mut Errors) -> Option<Spec> {
    let before = errors.count();
    let span = literal.span();
    let text: String = literal
        .value()
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect();
    let Some((inputs, output)) = text.split_once("->") else {
        errors.at(
            span,
            "write the letters of the result after `->`, as in `\"ij,jk->ik\"`",
        );
        return None;
    };
    let operands: Vec<String> = inputs.split(',').map(str::to_owned).collect();
    let mut wrong: Vec<char> = Vec::new();
    for letter in text.replace("->", "").chars().filter(|c| *c != ',') {
        if !letter.is_ascii_lowercase() && !wrong.contains(&letter) {
            wrong.push(letter);
            errors.at(
                span,
                format_args!("an axis is a letter from `a` to `z`, not `{letter}`"),
            );
        }
    }
    if operands.len() > 2 {
        errors.at(span, "einsum! takes one or two operands");
    }
    if output.contains(',') {
        errors.at(span, "einsum! has one result");
    }
    for (terms, what) in [
        (operands.as_slice(), "operand"),
        (&[output.to_owned()], "result"),
    ] {
        for term in terms {
            for letter in repeated(term) {
                errors.at(
                    span,
                    format_args!("`{letter}` is twice in the {what} `{term}`: each axis has a letter of its own"),
                );
            }
            if term.chars().count() > MAX_RANK {
                errors.at(
                    span,
                    format_args!("a shape has at most 6 dims, and `{term}` names more"),
                );
            }
        }
    }
    let mut missing: Vec<char> = Vec::new();
    for letter in output.chars().filter(char::is_ascii_lowercase) {
        if !inputs.contains(letter) && !missing.contains(&letter) {
            missing.push(letter);
            errors.at(
                span,
                format_args!("`{letter}` of the result is in no operand: its size is not known"),
            );
        }
    }
    let output = output.to_owned();
    (errors.count() == before).then_some(Spec {
        operands,
        output,
        literal,
    })
}

/// The letters that a term has more than once, each once.
fn repeated(term: &str) -> Vec<char> {
    let mut repeated = Vec::new();
    for (i, letter) in term.char_indices().filter(|(_, c)| c.is_ascii_lowercase()) {
        if term[..i].contains(letter) && !repeated.contains(&letter) {
            repeated.push(letter);
        }
    }
    repeated
}
