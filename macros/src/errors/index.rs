//! Where docs/errors.md tells more about a message of these macros.
//!
//! A table of words, and not an argument at each place that reports: what a message says is what the index is about.

use proc_macro2::{Group, Literal, TokenStream, TokenTree};
use syn::{Error, LitStr, parse_str};

/// Words of messages, and the entries about them. The first that fits counts.
const ENTRIES: [(&str, &str); 66] = [
    ("which has no fields", "#n03"),
    ("or a `struct` of graph!", "#m08, #n04"),
    ("the number of entries", "#n05"),
    ("the parameters of a group are", "#n05"),
    ("the fields of the group", "#n05"),
    ("the name of a field", "#n05"),
    ("the field `", "#n05"),
    ("nothing is said: write", "#d02"),
    ("axes are counted from 0", "#a01"),
    ("is of all elements: write", "#a01"),
    ("an argument has no name", "#a01"),
    ("several axes have an op of their own", "#a06"),
    ("takes one axis: call it for each", "#a06"),
    ("are said in increasing order", "#a06"),
    ("a product of matrices is", "#m15"),
    ("an axis is an argument", "#a01"),
    ("division of integers", "#m24"),
    ("or write `constant(", "#m18"),
    ("is a graph: write", "#m19"),
    ("the name of a graph is enough", "#m19"),
    ("cannot call itself", "#m20"),
    ("which names are graphs", "#m21"),
    ("has a parameter that no value has", "#m22"),
    ("`repeat` needs a graph", "#n08"),
    ("needs a graph with inputs", "#h03"),
    ("at most 12 values", "#t03"),
    ("with all its fields", "#n12"),
    ("the values of an array", "#n13"),
    ("does not divide", "#d03"),
    ("a size is not negative", "#d03"),
    ("a size divided by 0", "#d03"),
    ("sizes are computed with", "#d03"),
    ("one size in the parentheses", "#d03"),
    ("each sum and each product", "#d15"),
    ("expected a size", "#d01"),
    ("method calls are", "#m01"),
    ("never mutated", "#m02"),
    ("`if` cannot be", "#m03"),
    ("graph returns", "#m04"),
    ("`return` is", "#m04"),
    ("names the shape that it returns", "#m06"),
    ("is already an input", "#m07"),
    ("has no shape", "#m08"),
    ("a key has no derivative", "#m27"),
    ("expected a shape", "#m08"),
    ("a macro in a graph", "#m09"),
    ("has no suffix", "#m10"),
    ("is not a value of this graph", "#m11"),
    ("is defined below", "#m12"),
    ("and this call has", "#m13, #g02"),
    ("one entry for each tensor", "#x03"),
    ("at most 6 dims", "#d07"),
    ("below 1,000,000,000", "#d06"),
    ("an axis is a letter", "#e03"),
    ("several values are a tuple", "#j05"),
    ("a convolution has a bias", "#c07"),
    ("is twice in the", "#e04"),
    ("this names", "#e05"),
    ("of the result is in no operand", "#e06"),
    ("cannot be in a graph", "#m15"),
    ("is not part of graph!", "#m15"),
    ("are not part of graph!", "#m15"),
    ("is not an operation of graph!", "#m15"),
    ("is not a value of the graph", "#m15"),
    ("this is a Rust value", "#m15"),
    ("this node has no name", "#m16"),
];

/// The invocations of `compile_error!` for an error. Each message ends with its entry.
pub(crate) fn invocations(error: &Error) -> TokenStream {
    with_entries(error.to_compile_error())
}

fn with_entries(tokens: TokenStream) -> TokenStream {
    let tokens = tokens.into_iter().map(|token| match token {
        TokenTree::Group(group) => {
            let mut with = Group::new(group.delimiter(), with_entries(group.stream()));
            with.set_span(group.span());
            TokenTree::Group(with)
        }
        TokenTree::Literal(literal) => TokenTree::Literal(with_entry(literal)),
        other => other,
    });
    tokens.collect()
}

/// A message, with its entry.
fn with_entry(literal: Literal) -> Literal {
    let Ok(message) = parse_str::<LitStr>(&literal.to_string()) else {
        return literal; // no message
    };
    let message = message.value();
    let found = ENTRIES.iter().find(|(words, _)| message.contains(words));
    let entry = found.map_or("", |(_, entry)| entry);
    let mut with = Literal::string(&format!("{message} (docs/errors.md{entry})"));
    with.set_span(literal.span());
    with
}

#[cfg(test)]
mod tests {
    use super::*;
    use proc_macro2::Span;

    #[test]
    fn each_message_ends_with_its_entry() {
        let mut error = Error::new(Span::call_site(), "`x` has no shape: write `x: [3]`");
        error.combine(Error::new(Span::call_site(), "expected `\"`"));
        let text = invocations(&error).to_string();
        for message in [
            "\"`x` has no shape: write `x: [3]` (docs/errors.md#m08)\"",
            "\"expected `\\\"` (docs/errors.md)\"",
        ] {
            assert!(text.contains(message), "{message}: {text}");
        }
    }
}
