//! `einsum!`: a sum of products, its axes named by letters.

use proc_macro2::TokenStream;
use quote::quote_spanned;
use syn::parse::ParseStream;
use syn::{Error, Expr, Ident, LitStr, Result, Token};

use crate::dim::{MAX_RANK, collected, separated};
use crate::errors::Errors;

/// `"ij,jk->ik"`, read.
struct Spec {
    operands: Vec<String>,
    output: String,
    literal: LitStr,
}

/// `einsum!("ij,jk->ik", a, b)`.
pub(crate) fn expand_einsum(input: TokenStream) -> TokenStream {
    let read = collected(input, |input, errors| {
        let spec = errors
            .keep(literal(input))
            .and_then(|literal| spec(literal, errors));
        let mut arguments = Vec::new();
        separated(input, errors, |input, _| {
            arguments.push(argument(input)?);
            Ok(())
        });
        let Some(spec) = spec.filter(|_| errors.is_empty()) else {
            return TokenStream::new();
        };
        if arguments.len() != spec.operands.len() {
            let (named, given) = (counted(spec.operands.len(), "operand"), arguments.len());
            errors.at(
                spec.literal.span(),
                format_args!("this names {named}, not {given}"),
            );
        }
        expansion(&spec, &arguments)
    });
    read.unwrap_or_else(Errors::into_value)
}

/// The specification and the comma after it.
fn literal(input: ParseStream) -> Result<LitStr> {
    if !input.peek(LitStr) {
        return Err(input.error("expected the letters of the axes first, such as `\"ij,jk->ik\"`"));
    }
    let literal = input.parse()?;
    if !input.is_empty() {
        input.parse::<Token![,]>()?;
    }
    Ok(literal)
}

fn argument(input: ParseStream) -> Result<Expr> {
    let start = input.span();
    input
        .parse()
        .map_err(|_| Error::new(start, "expected an operand"))
}

/// Reads a specification and reports all that is wrong with it; `None` if anything is.
fn spec(literal: LitStr, errors: &mut Errors) -> Option<Spec> {
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

fn counted(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}")
}

/// The call of a function that takes any shapes, and a judgement with the letters as its parameters: rustc holds the
/// operands against it, and says what the specification is.
fn expansion(spec: &Spec, arguments: &[Expr]) -> TokenStream {
    let span = spec.literal.span();
    // The spans of the user, as in a call that the user writes: one of ours would add a note about this macro.
    let dim = |letter: char| Ident::new(&letter.to_ascii_uppercase().to_string(), span);
    let shape = |term: &str| {
        let dims = term.chars().map(dim);
        quote_spanned!(span=> (#(#dims,)*))
    };
    let mut letters: Vec<char> = spec.operands.concat().chars().collect();
    letters.sort_unstable();
    letters.dedup();
    let letters = letters.into_iter().map(dim);
    let shapes: Vec<_> = spec.operands.iter().map(|term| shape(term)).collect();
    // A constant of the same name would turn a parameter into a pattern, and items have no hygiene.
    let names: Vec<_> = ["__left", "__right"]
        .iter()
        .map(|name| Ident::new(name, span))
        .take(shapes.len())
        .collect();
    let (operands, output, literal) = (&spec.operands, &spec.output, &spec.literal);
    let out = shape(output);
    let written = format!("{}->{output}", operands.join(","));
    let (first, others) = (&shapes[0], &shapes[1..]);
    let other = others.iter().map(|_| Ident::new("Other", span));
    let other: Vec<_> = other.collect();
    let message = match other.len() {
        0 => format!("the axes of `{{Self}}` are not those of `{written}`"),
        _ => format!("the axes of `{{Self}}` and `{{Other}}` are not those of `{written}`"),
    };
    let label = "each axis has a letter, and a letter is one size wherever it stands; docs/errors.md#e01, #e02";
    let parameters = std::iter::once(Ident::new("S", span)).chain(other.iter().cloned());
    let function = Ident::new("einsum", span);
    // Were there one case only, rustc would take its shape for that of the second operand, and not ask the judgement.
    let never = other.iter().map(|_| {
        quote_spanned! {span=>
            enum Never {}
            impl<S> Letters<Never> for S {
                type Named = ();
            }
        }
    });
    quote_spanned! {span=>
        ({
            #[diagnostic::on_unimplemented(message = #message, label = #label)]
            trait Axes<#(#other),*> {
                type Out: ::cotangent::shape::Shape;
            }
            #[diagnostic::do_not_recommend]
            impl<S: Letters<#(#other),*>, #(#other),*> Axes<#(#other),*> for S {
                type Out = S::Named;
            }
            trait Letters<#(#other),*> {
                type Named: ::cotangent::shape::Shape;
            }
            impl<#(#letters: ::cotangent::dim::Dim),*> Letters<#(#others),*> for #first {
                type Named = #out;
            }
            #(#never)*
            #[allow(clippy::type_complexity)]
            fn #function<S: Axes<#(#other),*>, #(#other),*>(
                #(#names: ::cotangent::op::Var<#parameters>),*
            ) -> ::cotangent::op::Call<::cotangent::op::Einsum<S::Out>, (::cotangent::op::Var<S>, #(::cotangent::op::Var<#other>),*)> {
                ::cotangent::op::Call::new(
                    ::cotangent::op::Einsum::__new(#literal, &[#(#operands),*], #output),
                    (#(#names,)*),
                )
            }
            #function
        })(#(#arguments),*)
    }
}

#[cfg(test)]
mod tests {
    use proc_macro2::TokenStream;

    fn expand(text: &str) -> String {
        super::expand_einsum(text.parse::<TokenStream>().unwrap()).to_string()
    }

    #[test]
    fn letters_become_the_parameters_of_a_judgement() {
        let text = expand(r#""bij, bjk -> bik", x, f(y),"#).replace(' ', "");
        for part in [
            "message=\"theaxesof`{Self}`and`{Other}`arenotthoseof`bij,bjk->bik`\"",
            "impl<B:::cotangent::dim::Dim,I:::cotangent::dim::Dim,J:::cotangent::dim::Dim,K:::cotangent::dim::Dim>Letters<(B,J,K,)>for(B,I,J,){typeNamed=(B,I,K,);}",
            "fneinsum<S:Axes<Other>,Other>(__left:::cotangent::op::Var<S>,__right:::cotangent::op::Var<Other>)",
            "Call<::cotangent::op::Einsum<S::Out>,(::cotangent::op::Var<S>,::cotangent::op::Var<Other>)>",
            r#"Einsum::__new("bij,bjk->bik",&["bij","bjk"],"bik")"#,
            "einsum})(x,f(y))",
        ] {
            assert!(text.contains(part), "{part}: {text}");
        }
        assert!(expand(r#""->", x"#).contains("for () { type Named = () ;"));
    }

    #[test]
    fn wrong_specifications_are_refused() {
        for (text, words) in [
            ("x, y", "expected the letters"),
            ("", "expected the letters"),
            (r#""ij" x"#, "expected `,`"),
            (r#""ij", x"#, "after `->`"),
            (r#""i1->i", x"#, "not `1`"),
            (r#""iJ->i", x"#, "not `J`"),
            (r#""iij->j", x"#, "`i` is twice in the operand `iij`"),
            (r#""ij->jj", x"#, "`j` is twice in the result `jj`"),
            (r#""ij->ik", x"#, "`k` of the result is in no operand"),
            (r#""i,j,k->i", x, y, z"#, "one or two operands"),
            (r#""ij->i,j", x"#, "one result"),
            (r#""abcdefg->a", x"#, "at most 6 dims"),
            (r#""i,j->ij", x"#, "this names 2 operands, not 1"),
            (r#""i->i", x, y"#, "this names 1 operand, not 2"),
            (r#""i->i", let"#, "expected an operand"),
        ] {
            let text = expand(text);
            assert!(text.contains(words), "{words}: {text}");
            assert_eq!(text.matches("compile_error").count(), 1, "{words}: {text}");
        }
    }

    #[test]
    fn each_mistake_is_reported_once() {
        let text = expand(r#""iJ,iJi->izz", if, let"#);
        assert_eq!(text.matches("compile_error").count(), 6, "{text}");
    }
}
