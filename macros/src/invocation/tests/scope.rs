//! Names that are not values of the graph, and calls with too few or too many values.

use super::messages;

#[test]
fn names() {
    for (graph, words) in [
        (
            "fn f(x: [3], w: [3]) -> [3] { x + ww }",
            "`ww` is not a value of this graph: did you mean `w`?",
        ),
        (
            "fn f(x: [3], hidden: [3]) -> [3] { relu(hiddne) }",
            "did you mean `hidden`?",
        ),
        (
            "fn f(x: [3]; label: [3] < 10) -> [] { cross_entropy(x, labels) }",
            "did you mean `label`?",
        ),
        (
            "fn f(x: [3], w: [3]) -> [3] { relu(bias) }",
            "`bias` is not a value of this graph, which has `x`, `w`; a Rust value goes in braces",
        ),
        ("fn f() -> [3] { bias }", "which has no values yet"),
        // One name that is misspelled is one mistake, as often as it is used.
        (
            "fn f(x: [3]) -> [3] { let y = ww; relu(ww + x) * ww * y }",
            "`ww` is not",
        ),
        (
            "fn f(x: [3]) -> [3] { let y = h * h; let h = relu(x); h + y }",
            "`h` is defined below: move its `let` before this use",
        ),
        (
            "fn f(x: [3]) -> [3] { let h = relu(h); h }",
            "`h` is not a value of this graph, which has `x`",
        ),
        ("|x: [3]| relu(x + w)", "`w` is not a value of this graph"),
        (
            "|x: [3]| { let a = h + x; let h = x; h * a }",
            "`h` is defined below",
        ),
        // A key and a tensor have no fields.
        (
            "fn f(x: [3]; key) -> [3] { g(x, key.bits) }",
            "`key` is one tensor",
        ),
        (
            "fn f(x: [3]; k: Key) -> [3] { g(x, k.bits) }",
            "`k` is one tensor",
        ),
        ("fn f(x: [3]) -> [3] { -(x, x) }", "a tuple is not a value"),
        (
            "fn f(x: [3]) -> [3] { g([x, x]) }",
            "several values are a tuple: write `(x, x)`",
        ),
        (
            "fn f(x: [3]) -> [6] { concat(x, x, 0) }",
            "write `concat((x, y), 1)`, with the axis after them",
        ),
        ("fn f(x: [3]) -> [3] { g()((x, z)) }", "`z` is not a value"),
        // What cannot be read has a name all the same.
        ("fn f(x) -> [3] { x }", "`x` has no shape"),
        ("fn f(mut x: [3]) -> [3] { x }", "never mutated"),
        ("fn f x -> [3] { x }", "expected the inputs"),
    ] {
        let messages = messages(graph);
        assert!(
            messages.len() == 1 && messages[0].contains(words),
            "{graph}: {messages:?}"
        );
    }
}

#[test]
fn numbers_of_arguments() {
    let graphs = "
        use layers::{Linear, other as named};
        use here;
        fn heads<const H: usize>(x: [3]) -> [3] { split(x, { N::<H> }) }
        fn one(x: [3]) -> [3] { relu(x) }
        fn two<D: Dim>(x: [D], w: [D]; seed: Seed) -> ([D], [D]) { (x, dropout(w, seed)) }
        fn broken(x) -> [3] { relu(x) }
    ";
    for (expr, words) in [
        (
            "one(x, y)",
            &["`one` takes 1 value, and this call has 2: write `one(x)`"][..],
        ),
        ("relu(one())", &["`one` takes 1 value, and this call has 0"]),
        (
            "two::<A, N<3>>(x)",
            &["`two` takes 3 values, and this call has 1: write `two(x, w, seed)`"],
        ),
        ("one(ww, ww)", &["`ww` is not", "takes 1 value"]),
        ("one(x) + two(x, y, y)", &[]),
        ("other::one()(x, y)", &[]),
        ("one()(x)", &["`one` is a graph: write `one(x)`"]),
        ("named(x, y)", &[]),
        ("named()(x, y)", &["`named` is a graph: write `named(…)`"]),
        ("here(x)", &[]),
        ("Linear(x)", &[]),
        ("f(x, y)", &["`f` is this graph, which cannot call itself"]),
        (
            "one(x, 2)",
            &["`one` takes values of the graph only: write `one(x)`"],
        ),
        ("heads(x, 2) + heads(y, N::<2>)", &[]),
        (
            "heads(x)",
            &["`heads` has a parameter that no value has, `H`: write `heads(x, 4)`, with its size"],
        ),
        (
            "heads(x, y, 2)",
            &["`heads` takes 1 value, and this call has 2: write `heads(x, 4)`"],
        ),
        ("broken(x, y)", &[]),
        ("unknown()(x, y)", &[]),
    ] {
        let messages = messages(&format!(
            "{graphs} fn f(x: [3], y: [3]) -> [3] {{ let (a, b) = two(x, y); let z = {expr}; z * a * b }}"
        ));
        // The mistakes that are in all: `broken`, and two values for `two`.
        assert_eq!(messages.len(), words.len() + 2, "{expr}: {messages:?}");
        for words in words
            .iter()
            .chain(&["has no shape", "`two` takes 3 values, and this call has 2"])
        {
            let found = messages.iter().any(|message| message.contains(words));
            assert!(found, "{expr}: {messages:?}");
        }
    }
}

#[test]
fn numbers_of_arguments_of_loops() {
    let graphs = "
        fn one(x: [3]) -> [3] { relu(x) }
        fn step(h: [3], x: [3], p: Linear<3, 3>; key) -> ([3], []) { (h, sum(x)) }
    ";
    for (expr, words) in [
        (
            "scan(step)(x, y)",
            &["`scan(step)` takes 4 values, and this call has 2: write `scan(step)(h, x, p, key)`"]
                [..],
        ),
        (
            "repeat::<3, _>(step::<A>)(x)",
            &["`repeat(step)` takes 4 values"],
        ),
        (
            "scan::<_, _, 3>(one)(x)",
            &["`scan` needs a graph with inputs, its second value, and `one` takes 1"],
        ),
        (
            "repeat(one)(x)",
            &["`repeat` needs a graph with parameters, its second value"],
        ),
        ("scan(step)((x, y), y, { p }, { k })", &[]),
        ("scan(unknown())(x)", &[]),
        ("other::scan(step)(x)", &[]),
        (
            "repeat(step())(x, y, x, y)",
            &["the name of a graph is enough: write `step`"],
        ),
        (
            "checkpoint(checkpoint(step(x)))(x)",
            &["expected a graph, and this is its value: write `step`"],
        ),
    ] {
        let messages = messages(&format!(
            "{graphs} fn f(x: [3], y: [3]) -> [3] {{ let (z, _) = {expr}; z }}"
        ));
        assert_eq!(messages.len(), words.len(), "{expr}: {messages:?}");
        for words in words {
            assert!(messages[0].contains(words), "{expr}: {messages:?}");
        }
    }
}

#[test]
fn names_that_may_be_known() {
    for graph in [
        "fn f(x: [3]) -> [3] { let x = relu(x); let x = relu(x); x }",
        "fn f<const b: usize>(x: [b]) -> [b] { scale(x, b) }",
        "fn f(x: [3]) -> [3] { g(x, RATE, Rate, path::to::rate, { rate }, &rate) * { rate } }",
        "fn f(x: [3]; seed: Seed) -> [3] { dropout(x, seed) }",
        "fn f(x: [3]) -> [3] { let (a, _) = two()(x); a }",
        "fn f(x: [3]; key, data: [3]) -> [3] { let [a, b] = two()((x, data), key); g(a, b.weight, b[0]) }",
        "fn f(x: [3]; p: Frozen<3>, w: [[3]; 2]) -> [3] { g(p.weight, w[1]) }",
        "fn f(r#in: [3]) -> [3] { relu(r#in) }",
        "|x: [3]| scale(x, rate)",
    ] {
        assert_eq!(messages(graph), Vec::<String>::new(), "{graph}");
    }
}

#[test]
fn five_mistakes_are_five_messages() {
    let messages = messages(
        "fn f(x: [3], w: [3]) -> [3] {
            let a = relu(ww);
            let b = if c { a } else { x };
            let d = a.tanh() + e;
            let e = d % b;
            let f = e;
        }",
    );
    let words = ["`ww`", "`if`", "method", "`e` is", "`%`", "with `f`"];
    for (message, words) in messages.iter().zip(words) {
        assert!(message.contains(words), "{messages:#?}");
    }
    assert_eq!(messages.len(), words.len(), "{messages:#?}");
}

#[test]
fn calls_by_name() {
    let graphs = "use a::{b, c}; use d; use {e, f::G}; fn one(x: [3]) -> [3] { x } fn heads<const H: usize, D: Dim>(x: [3]) -> [3] { x }";
    for (expr, expected) in [
        ("one(x)", "one () , HCons"),
        ("b::<A>(x)", "b :: < A > () , HCons"),
        ("d(x)", "d () , HCons"),
        ("e(x)", "e () , HCons"),
        (
            "heads(x, 4, WIDTH)",
            "heads (< N < 4 > as :: core :: default :: Default > :: default () , WIDTH) , HCons { head : x , tail",
        ),
        ("repeat(b)(x, x)", "repeat (b ()) , HCons"),
        (
            "repeat(checkpoint(heads(4, { d })))(x)",
            "repeat (checkpoint (heads (< N < 4 > as :: core :: default :: Default > :: default () , d))) , HCons",
        ),
        ("{ one() }(x)", "one () , HCons"),
        ("z::one()(x)", "z :: one () , HCons"),
    ] {
        let text = super::short(&super::expand(&format!(
            "{graphs} fn g(x: [3]) -> [3] {{ {expr} }}"
        )));
        let expected = format!("GraphData :: call (__g , \"out\" , {expected}");
        assert!(text.contains(&expected), "{expr}: {text}");
        assert!(
            text.starts_with("use a :: { b , c } ; use { f :: G } ; fn one < A ,"),
            "{text}"
        );
        assert!(
            text.contains("fn heads < A , const H : usize , D : Dim > (_ : N < H > , _ : D) ->"),
            "{text}"
        );
    }
}

/// A parameter is an argument if nothing in the header is it alone.
#[test]
fn parameters_that_no_value_has() {
    for (header, arguments) in [
        ("<D: Dim>(x: [4 * D]) -> []", "(_ : D)"),
        ("<D: Dim>(x: [4 * D]) -> [D]", "()"),
        (
            "<D: Dim, const L: usize>(x: [Norm<4 * D>; L]; y: Norm<D>) -> []",
            "()",
        ),
        ("<C: Dim, const B: usize>(x: []; y: [B] < C) -> []", "()"),
        ("<S: Shape>(x: S) -> []", "()"),
        (
            "<const B: usize, const FLAG: bool>(x: [B + 1]) -> []",
            "(_ : N < B >)",
        ),
        ("<T: Seed>(x: []; seed: my::Seed<T>) -> []", "()"),
    ] {
        let text = super::short(&super::expand(&format!("fn f{header} {{ sum(x) }}")));
        assert!(
            text.contains(&format!("> {arguments} ->")),
            "{header}: {text}"
        );
    }
}
