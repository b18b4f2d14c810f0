//! A sum of products: the call of a function whose type parameters are the letters.

use proc_macro2::TokenStream;
use quote::quote_spanned;
use syn::{Expr, Ident};

use crate::rustc::{not_recommended, second_impl};
use crate::syntax::einsum::Spec;

/// The call of a function that takes any shapes, and a judgement with the letters as its parameters: rustc holds the
/// operands against it, and says what the specification is.
pub(crate) fn expand(spec: &Spec, arguments: &[Expr]) -> TokenStream {
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
    let (letters_trait, named) = (Ident::new("Letters", span), Ident::new("Named", span));
    let second = other
        .iter()
        .map(|_| second_impl(&letters_trait, &named, span));
    let not_recommended = not_recommended(span);
    quote_spanned! {span=>
        ({
            #[diagnostic::on_unimplemented(message = #message, label = #label)]
            trait Axes<#(#other),*> {
                type Out: ::cotangent::shape::Shape;
            }
            #not_recommended
            impl<S: Letters<#(#other),*>, #(#other),*> Axes<#(#other),*> for S {
                type Out = S::Named;
            }
            trait Letters<#(#other),*> {
                type Named: ::cotangent::shape::Shape;
            }
            impl<#(#letters: ::cotangent::dim::Dim),*> Letters<#(#others),*> for #first {
                type Named = #out;
            }
            #(#second)*
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
