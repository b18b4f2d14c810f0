//! What an editor needs of an expansion. It asks for the meaning of a token of the user through the tokens of the
//! expansion whose span has it in it: each name of the user has to be there, and nothing of ours on top of it.

use std::collections::BTreeSet;
use std::ops::Range;

use proc_macro2::{Group, Ident, Span, TokenStream, TokenTree};

use super::expand_graph;

/// Graphs without an error, with every kind of name.
const GRAPHS: [&str; 6] = [
    "/// A document.
    #[inline]
    pub(crate) fn dense<const B: usize, I: Dim, O: dim::Dim>(x: [B, I], w: [I, O, 5, 50257], seed: [{ B + K }]; labels: [B] < 10, more: Seed)
        -> [B, I * O]
    where
        A: Field,
        I: Copy,
    {
        let h: [B, { O }, I + 1] = relu(matmul(x, w) + seed) * 0.5 - x / w;
        let h = 2.0 / scale(h, { rate }) + -f::<I>(h, &K, [1, J]);
        let g = h;
        let (a, _) = net::two::<A, I>()(g, x);
        let c = {callee}(a);
        cross_entropy(c, labels, more)
    }",
    "fn two(x: [3], y: [3]) -> ([3], []) { let s = x + y; (s, sum(r#mod(x))) }
    fn other(x: [3]) -> [3] { x }",
    "|u: [2, D], v: [3, 4]| einsum!(\"ij,jk->ik\", u, other(v)) * { around }",
    "pub struct Linear<I: Dim, O: Dim> { pub weight: [I, O], bias: [O] }
    struct Block<D: Dim> { first: Linear<D, D>, rest: [layers::Linear<D, D>; DEPTH] }
    fn apply<D: Dim>(x: [1, D], p: Block<D>, q: [Block<D>; LENGTH]) -> [1, D] {
        let l = Linear { weight: p.first.weight, bias: tanh(q[0].rest[TWO].bias) };
        let y = linear()(x, p.first);
        repeat(block())(y, q) + linear()(x, l)
    }",
    "pub struct Model<const L: usize, D: Dim> { layers: [Block<D>; L], pub(crate) deep: other::Deep<const L, D>, x: [L] }
    fn several<const L: usize, D: Dim>(x: [D], m: Model<L, D>; data: [32, D], key, p: Frozen<const L>, w: [[D]; L], s: seed)
        -> ([D], Model<{ DEPTH }, D>, [D] < 4)
    {
        let (a, b) = split(x, key);
        let [c, _] = {gradient}(a, (b, data, tanh(x)));
        let (loss, [d, e]) = scan::<A>(step())(m.layers, (c, w[FIRST]));
        let f: [D] < K = argmax(p.weight + s);
        (loss, Model { layers: m.layers, deep: d, x: e }, f)
    }",
    "|| one()",
];

/// And one with errors: its names are there as far as they have a meaning.
const WRONG: &str = "fn f(x: [3]) -> [3] { let y = relu(unknown); y = tanh(x); x.exp() + z }";

/// Names of ours on a token of the user that is not a name: what an editor is to say of it.
const SHOWN: [(&str, &str); 14] = [
    ("+", "add"),
    ("+", "offset"),
    ("-", "sub"),
    ("-", "neg"),
    ("-", "offset"),
    ("*", "mul"),
    ("*", "scale"),
    ("/", "div"),
    ("/", "scale"),
    ("/", "recip"),
    ("5", "N"),
    ("0", "N"),
    ("1", "N"),
    ("50257", "N2"),
];

type Name = (String, Range<usize>);

/// All names in some tokens, with their places; those that are nowhere are left out.
fn names(tokens: TokenStream) -> Vec<Name> {
    tokens
        .into_iter()
        .flat_map(|token| match token {
            TokenTree::Ident(name) => vec![(name.to_string(), name.span().byte_range())],
            TokenTree::Group(group) => names(group.stream()),
            _ => Vec::new(),
        })
        .filter(|(_, place)| !place.is_empty())
        .collect()
}

/// The names that the user has for something. A keyword is not one, nor is `_`: the expansion has its own.
fn of_user(source: &str) -> Vec<Name> {
    let mut names = names(source.parse().unwrap());
    names.retain(|(name, _)| !["let", "pub", "where", "const", "_"].contains(&name.as_str()));
    names
}

/// The names of the user that are not in the expansion where the user wrote them.
fn missing(source: &str, expansion: &TokenStream) -> Vec<Name> {
    let there: BTreeSet<_> = names(expansion.clone()).iter().map(text).collect();
    let mut missing = of_user(source);
    missing.retain(|name| !there.contains(&text(name)));
    missing
}

/// The names in the expansion that stand on a token of the user and are not that token.
fn on_top(source: &str, expansion: &TokenStream) -> Vec<Name> {
    let of_user: BTreeSet<_> = names(source.parse().unwrap()).iter().map(text).collect();
    let mut on_top = names(expansion.clone());
    on_top.retain(|name| {
        let (ours, place) = name;
        let under = &source[place.clone()];
        let is_shown = SHOWN.contains(&(under, ours.as_str()))
            || (ours == "N" && under.parse::<u16>().is_ok_and(|size| size < 1000));
        let is_error = ["core", "compile_error"].contains(&ours.as_str()); // At what is wrong, for rustc to say so.
        !of_user.contains(&text(name)) && !is_shown && !is_error
    });
    on_top
}

fn text((name, place): &Name) -> String {
    format!("{name} at {place:?}")
}

fn expand(source: &str) -> TokenStream {
    expand_graph(source.parse().unwrap())
}

/// The same tokens with each name replaced by what a function makes of it.
fn with_names(tokens: TokenStream, change: &impl Fn(Ident) -> TokenStream) -> TokenStream {
    let change_token = |token| match token {
        TokenTree::Ident(name) => change(name),
        TokenTree::Group(group) => {
            let inner = with_names(group.stream(), change);
            TokenTree::Group(Group::new(group.delimiter(), inner)).into()
        }
        other => other.into(),
    };
    tokens.into_iter().map(change_token).collect()
}

#[test]
fn each_name_of_the_user_is_in_the_expansion_where_it_was_written() {
    for source in GRAPHS {
        let expansion = expand(source);
        assert!(
            !expansion.to_string().contains("compile_error"),
            "{expansion}"
        );
        assert_eq!(missing(source, &expansion), [], "{expansion}");
    }
}

#[test]
fn no_name_of_ours_is_on_a_token_of_the_user() {
    for source in GRAPHS.into_iter().chain([WRONG]) {
        let expansion = expand(source);
        assert_eq!(on_top(source, &expansion), [], "{expansion}");
    }
}

#[test]
fn both_checks_can_fail() {
    let source = "fn f(x: [3]) -> [3] { let y = relu(x); tanh(y) }";
    let expansion = expand(source);
    assert_eq!(missing(source, &expansion), []);
    assert_eq!(on_top(source, &expansion), []);

    // A name that is where the macro is called.
    let lost = with_names(expansion.clone(), &|mut name| {
        if name == "relu" {
            name.set_span(Span::call_site());
        }
        TokenTree::from(name).into()
    });
    assert_eq!(missing(source, &lost), [("relu".to_owned(), 30..34)]);
    assert_eq!(on_top(source, &lost), []);

    // A name of ours that is where the user's op is.
    let covering = with_names(expansion, &|name| {
        let mut tokens = TokenStream::from(TokenTree::from(name.clone()));
        if name == "relu" {
            tokens.extend([TokenTree::from(Ident::new("__g", name.span()))]);
        }
        tokens
    });
    assert_eq!(missing(source, &covering), []);
    assert_eq!(on_top(source, &covering), [("__g".to_owned(), 30..34)]);
}
