//! Sizes, shapes and contexts.

use proc_macro2::TokenStream;
use quote::quote;

use super::{expand, short};
use crate::invocation::{expand_context, expand_shape};

fn text(tokens: &TokenStream) -> String {
    let text = tokens.to_string().replace(":: cotangent :: dim :: ", "");
    text.replace(":: cotangent :: __private :: ", "")
}

/// The type of a shape.
fn shape(dims: TokenStream) -> String {
    text(&expand_shape(dims))
}

#[test]
fn sizes_are_digits_of_base_1000() {
    for (size, expected) in [
        (quote!(0), "(N < 0 > ,)"),
        (quote!(999), "(N < 999 > ,)"),
        (quote!(1000), "(N2 < 1 , 0 > ,)"),
        (quote!(50257), "(N2 < 50 , 257 > ,)"),
        (quote!(1_234_567), "(N3 < 1 , 234 , 567 > ,)"),
        (quote!(0x10), "(N < 16 > ,)"),
        (quote!(999999999), "(N3 < 999 , 999 , 999 > ,)"),
    ] {
        assert_eq!(shape(size), expected);
    }
}

#[test]
fn dims_are_numbers_braces_and_types() {
    assert_eq!(shape(quote!()), "()");
    let dims = quote!({ B }, { 5000 }, D, Sum<D, N<3>>, _,);
    let expected = "(N < { B } > , N2 < 5 , 0 > , D , Sum < D , N < 3 > > , _ ,)";
    assert_eq!(shape(dims), expected);
}

#[test]
fn constants_have_three_digits() {
    let digits = |value: &str| {
        format!(
            "(OfDigits < {{ {value} / 1000000 }} , {{ {value} / 1000 % 1000 }} , {{ {value} % 1000 }} > ,)"
        )
    };
    for (dim, value) in [
        (quote!(HIDDEN), "HIDDEN"),
        (quote!(config::D2_MODEL), "(config :: D2_MODEL)"),
        (quote!({ B + 1 }), "(B + 1)"),
        (quote!({ config::b }), "(config :: b)"),
    ] {
        assert_eq!(shape(dim), digits(value));
    }
    for name in ["D", "D2", "Wide", "_A", "layers::D", "HI<3>"] {
        let text = shape(name.parse().unwrap());
        assert!(!text.contains("OfDigits"), "{text}");
    }
    // Of an item all parameters are known.
    let text = short(&expand(
        "fn f<OUT: Dim>(x: [OUT, IN, { B }]) -> [] { f(x) }",
    ));
    assert!(text.contains("(OUT , OfDigits < { IN"), "{text}");
    assert!(text.contains("OfDigits < { B"), "{text}");
}

#[test]
fn contexts_are_lists_of_shapes() {
    let expected = "HCons < (N < 32 > , D ,) , HCons < () , HNil > >";
    assert_eq!(text(&expand_context(quote!([32, D], []))), expected);
    assert_eq!(text(&expand_context(quote!())), "HNil");
}

#[test]
fn each_wrong_dim_is_reported() {
    let text = shape(quote!(1, 2.0, 3u8, 1000000000, 5 6, { B C }, 7, *));
    assert_eq!(text.matches("compile_error").count(), 7, "{text}");
    for words in [
        "below 1,000,000,000",
        "no suffix",
        "expected `,`",
        "at most 6 dims",
        "expected a size",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    let text = expand_context(quote!([1], 3, [-1])).to_string();
    assert_eq!(text.matches("compile_error").count(), 2, "{text}");
}

#[test]
fn numbers_are_computed() {
    for (dim, size) in [
        (quote!(3 * 64), "N < 192 >"),
        (quote!(2 + 3 * 4), "N < 14 >"),
        (quote!((2 + 3) * 4), "N < 20 >"),
        (quote!(100 - 10 - 1), "N < 89 >"),
        (quote!(24 / 4 / 2), "N < 3 >"),
        (quote!(24 / (4 / 2)), "N < 12 >"),
        (quote!(2 * 3 / 6 + 7 - 1), "N < 7 >"),
        (quote!(50257 * 768), "N3 < 38 , 597 , 376 >"),
        (quote!({ 4 } * 250), "N2 < 1 , 0 >"),
        (quote!(0 / 5), "N < 0 >"),
        (quote!(5 - 5), "N < 0 >"),
    ] {
        assert_eq!(shape(dim), format!("({size} ,)"));
    }
}

#[test]
fn the_rest_is_projections() {
    for (dim, expected) in [
        (quote!(H * K), "< H as Dim > :: Times < K >"),
        (quote!(N + M), "< N as Dim > :: Plus < M >"),
        (quote!(D - 1), "< D as SubDim < N < 1 > > > :: Out"),
        (quote!(D / { H }), "< D as DivDim < N < { H } > > > :: Out"),
        (
            quote!(A + B * C),
            "< A as Dim > :: Plus < < B as Dim > :: Times < C > >",
        ),
        (
            quote!((A + B) * C),
            "< < A as Dim > :: Plus < B > as Dim > :: Times < C >",
        ),
        (
            quote!(A - B - C),
            "< < A as SubDim < B > > :: Out as SubDim < C > > :: Out",
        ),
        (quote!(2 * 3 * D), "< D as Dim > :: TimesNumber < N < 6 > >"),
        (quote!(2 * D * 3), "< D as Dim > :: TimesNumber < N < 6 > >"),
        (
            quote!(3 * (D * 2)),
            "< < D as Dim > :: TimesNumber < N < 2 > > as Dim > :: TimesNumber < N < 3 > >",
        ),
        (
            quote!(1 + A + B + 1),
            "< < A as Dim > :: Plus < B > as Dim > :: PlusNumber < N < 2 > >",
        ),
        (
            quote!(4 * A * B),
            "< < A as Dim > :: Times < B > as Dim > :: TimesNumber < N < 4 > >",
        ),
        (
            quote!((A * B) * C),
            "< < A as Dim > :: Times < B > as Dim > :: Times < C >",
        ),
        (
            quote!(S::Width * 2),
            "< S :: Width as Dim > :: TimesNumber < N < 2 > >",
        ),
        (
            quote!(<S as Last>::Dim + 1),
            "< < S as Last > :: Dim as Dim > :: PlusNumber < N < 1 > >",
        ),
        (quote!((D)), "D"),
    ] {
        assert_eq!(shape(dim), format!("({expected} ,)"));
    }
}

#[test]
fn a_size_that_is_none_is_an_error() {
    for (dim, message) in [
        (quote!(2 - 3), "a size is not negative, and this is -1"),
        (quote!(1000 * 12 / 7), "7 does not divide 12,000"),
        (quote!(12 / (3 - 3)), "a size divided by 0 is none"),
        (quote!(D / 0), "a size divided by 0 is none"),
        (
            quote!(1000000 * 1000),
            "a size is below 1,000,000,000, and this is 1,000,000,000",
        ),
        (
            quote!(1000000 * D * 1000),
            "a size is below 1,000,000,000, and this is 1,000,000,000",
        ),
        (quote!(D * -1), "a size is not negative"),
        (
            quote!(D % 2),
            "sizes are computed with `+`, `-`, `*` and `/`",
        ),
        (quote!(D *), "expected a size"),
        (quote!((A, B) * 2), "expected one size in the parentheses"),
        (quote!(D * 2.0), "a size is a whole number"),
    ] {
        let text = shape(dim);
        assert_eq!(text.matches("compile_error").count(), 1, "{text}");
        assert!(text.contains(message), "{message}\n{text}");
    }
}
