//! `einsum!`: a sum of products, its axes named by letters.

use proc_macro2::TokenStream;

use crate::errors::Errors;
use crate::expansion::expand_einsum as expand;
use crate::syntax::einsum::{argument, literal, spec};
use crate::syntax::recovery::{collected, separated};

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
        expand(&spec, &arguments)
    });
    read.unwrap_or_else(Errors::into_value)
}

fn counted(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}")
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
