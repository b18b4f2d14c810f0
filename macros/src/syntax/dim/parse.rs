//! Reads sizes: `H * K + 1` has the precedence of Rust.
//!
//! What is a number is computed here; the rest is left to rustc, as projections such as `<H as Dim>::Times<K>`.

use proc_macro2::Ident;
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{Error, Expr, Lit, LitInt, Path, Result, Token, Type, braced, parenthesized, token};

use super::digits::{in_braces_at, number, of_const, of_const_at, of_constant};
use super::operator::Operator;
use super::tree::Dim;
use crate::syntax::consts::Consts;
use crate::tokens::ends;

/// One size, as an expression of sizes. It ends before whatever cannot go on, such as `,`, `>` or `|`.
pub(crate) fn dim(input: ParseStream, consts: &Consts) -> Result<Dim> {
    let mut sum = product(input, consts)?;
    loop {
        let operator = if input.peek(Token![+]) && !input.peek(Token![+=]) {
            input.parse::<Token![+]>()?;
            Operator::Add
        } else if input.peek(Token![-]) && !input.peek(Token![->]) && !input.peek(Token![-=]) {
            input.parse::<Token![-]>()?;
            Operator::Sub
        } else {
            break;
        };
        sum = sum.combined(operator, product(input, consts)?)?;
    }
    if input.peek(Token![%]) || input.peek(Token![^]) || input.peek(Token![<<]) {
        return Err(input.error("sizes are computed with `+`, `-`, `*` and `/`"));
    }
    Ok(sum)
}

fn product(input: ParseStream, consts: &Consts) -> Result<Dim> {
    let mut product = operand(input, consts)?;
    loop {
        let operator = if input.peek(Token![*]) && !input.peek(Token![*=]) {
            input.parse::<Token![*]>()?;
            Operator::Mul
        } else if input.peek(Token![/]) && !input.peek(Token![/=]) {
            input.parse::<Token![/]>()?;
            Operator::Div
        } else {
            break;
        };
        product = product.combined(operator, operand(input, consts)?)?;
    }
    Ok(product)
}

fn operand(input: ParseStream, consts: &Consts) -> Result<Dim> {
    if input.peek(token::Paren) {
        let content;
        let paren = parenthesized!(content in input);
        let inner = dim(&content, consts)?;
        if !content.is_empty() {
            return Err(content.error("expected one size in the parentheses"));
        }
        return Ok(inner.in_parentheses((paren.span.open(), paren.span.close())));
    }
    if input.peek(Token![-]) {
        return Err(input.error("a size is not negative"));
    }
    single(input, consts)
}

/// One size without arithmetic: a number, a const generic or an expression in braces, or a type.
pub(crate) fn single(input: ParseStream, consts: &Consts) -> Result<Dim> {
    if input.peek(Lit) {
        return match input.parse()? {
            Lit::Int(literal) => size(&literal),
            other => Err(Error::new(
                other.span(),
                "a size is a whole number below 1,000,000,000",
            )),
        };
    }
    if input.peek(token::Brace) {
        return braces(input, consts);
    }
    if let Some(name) = const_param(input, consts) {
        return Ok(Dim::single(of_const(&name), None, name.into_token_stream()));
    }
    if let Some(path) = constant(input, consts) {
        return Ok(Dim::constant(of_constant(&path), ends(&path)));
    }
    let start = input.span();
    // Without plus: `D + 1` is a sum, and no type.
    match input.call(Type::without_plus) {
        Ok(ty) => Ok(Dim::single(
            ty.to_token_stream(),
            None,
            ty.into_token_stream(),
        )),
        Err(_) => Err(Error::new(
            start,
            "expected a size: a number, `{` a const `}` or a type",
        )),
    }
}

/// The name that comes next, if it is a const generic and no path goes on after it.
fn const_param(input: ParseStream, consts: &Consts) -> Option<Ident> {
    let ahead = input.fork();
    let name = ahead.call(Ident::parse_any).ok()?;
    if !consts.params.contains(&name) || ahead.peek(Token![::]) {
        return None;
    }
    input.call(Ident::parse_any).ok()
}

/// The path that comes next, if by its name it is a constant: `HIDDEN` or `config::HIDDEN`. A name of one letter is that
/// of a type, and so is a parameter.
fn constant(input: ParseStream, consts: &Consts) -> Option<Path> {
    let read = |input: ParseStream| {
        let path = input.call(Path::parse_mod_style).ok()?;
        let name = &path.segments.last()?.ident;
        let is_param = path.get_ident().is_some_and(|name| consts.is_type(name));
        (is_constant(name) && !is_param && !input.peek(Token![<])).then_some(path)
    };
    read(&input.fork())?;
    read(input)
}

/// Whether a name is written as those of constants are: in capitals, two of them at least.
fn is_constant(name: &Ident) -> bool {
    let name = name.unraw().to_string();
    name.chars().filter(char::is_ascii_uppercase).count() > 1
        && !name.contains(|letter: char| letter.is_lowercase())
}

/// `{B}` and `{ROWS / 2}`. What may be a const generic has to be the argument of the dim itself; what is computed cannot
/// be one.
fn braces(input: ParseStream, consts: &Consts) -> Result<Dim> {
    let content;
    let brace = braced!(content in input);
    let span = brace.span.join();
    let expr: Expr = content.parse()?;
    if !content.is_empty() {
        return Err(content.error("expected one expression in the braces"));
    }
    let user = expr.to_token_stream();
    let tokens = match &expr {
        Expr::Lit(syn::ExprLit {
            lit: Lit::Int(literal),
            ..
        }) => return size(literal),
        Expr::Path(path) => path.path.get_ident().and_then(|name| {
            let is_param = consts.params.contains(name);
            let is_unknown = consts.types.is_none();
            match is_param {
                true => Some(of_const_at(name, span)),
                // The user's braces say that it is a const.
                false => is_unknown.then(|| in_braces_at(name, span)),
            }
        }),
        _ => None,
    };
    match tokens {
        Some(tokens) => Ok(Dim::single(tokens, None, user)),
        None => Ok(Dim::constant(of_constant(&expr), ends(&expr))),
    }
}

/// A size in digits, as a user wrote it.
fn size(literal: &LitInt) -> Result<Dim> {
    if !literal.suffix().is_empty() {
        return Err(Error::new(literal.span(), "a size has no suffix"));
    }
    let size = literal
        .base10_parse::<u64>()
        .ok()
        .filter(|size| *size < 1_000_000_000);
    let Some(size) = size else {
        return Err(Error::new(
            literal.span(),
            "a size is a whole number below 1,000,000,000",
        ));
    };
    let tokens = number(size, literal.span());
    Ok(Dim::single(tokens, Some(size), literal.to_token_stream()))
}

#[cfg(test)]
mod tests {
    use quote::quote;
    use syn::parse::Parser;

    use super::*;

    /// As the arguments of a type are read: `Linear<D, 4 * D>`.
    #[test]
    fn a_size_ends_where_it_cannot_go_on() {
        let consts = Consts {
            params: vec![quote::format_ident!("B")],
            ..Consts::default()
        };
        let parser = |input: syn::parse::ParseStream| {
            let mut dims = Vec::new();
            while !input.peek(Token![>]) {
                dims.push(dim(input, &consts)?);
                input.parse::<Option<Token![,]>>()?;
            }
            input.parse::<Token![>]>()?;
            Ok(dims)
        };
        let dims = parser.parse2(quote!(D, 4 * D, B, (B + 1) / 2>)).unwrap();
        let operations: Vec<_> = dims.iter().map(|dim| dim.operations().len()).collect();
        assert_eq!(operations, [0, 0, 0, 1]);
    }
}
