//! Environments.

use proc_macro2::TokenStream;
use quote::quote;

use crate::invocation::expand_environment;

fn text(tokens: TokenStream) -> String {
    expand_environment(tokens)
        .to_string()
        .replace(":: cotangent :: __private :: ", "")
        .replace(":: cotangent :: ", "")
}

#[test]
fn an_environment_is_a_list_of_entries() {
    assert_eq!(text(quote!()), "HNil");
    for (entry, expected) in [
        (
            quote!([2] < 3),
            "env :: LabelsOf < dim :: N < 3 > , (dim :: N < 2 > ,) >",
        ),
        (quote!(labels: [] < D), "env :: LabelsOf < D , () >"),
        (quote!(key), "tensor :: Key"),
        (quote!(seed: Key), "Key"),
        (quote!(seed: key), "tensor :: Key"),
        (quote!(seed: mine), "mine"),
        (quote!(path::mine), "path :: mine"),
        (quote!([32, D]), "(dim :: N < 32 > , D ,)"),
        (quote!(Model<3>), "Model < dim :: N < 3 > >"),
        (quote!(m: Model<const 3>), "Model < 3 >"),
        (quote!([Model<D>; 3]), "[Model < D > ; 3]"),
    ] {
        assert_eq!(text(entry), format!("HCons < {expected} , HNil >"));
    }
}

#[test]
fn what_is_no_entry_is_refused() {
    for (entry, words) in [
        (quote!(3), "expected a shape"),
        (quote!([[2]; 3] < 3), "labels have one shape"),
        (quote!([2] <), "expected a size"),
        (quote!([2] key), "expected `,`"),
    ] {
        let text = text(entry);
        assert!(text.contains(words), "{words}: {text}");
    }
    let text = text(quote!(3, key, [2.0]));
    assert_eq!(text.matches("compile_error").count(), 2, "{text}");
}
