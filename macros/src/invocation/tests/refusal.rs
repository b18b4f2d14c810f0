//! What is not part of a graph, and what is said about it.

use super::{expand, messages};

/// The messages for an expression that is bound in a body.
fn refused(expr: &str) -> Vec<String> {
    messages(&format!(
        "fn f(x: [3]) -> [3] {{ let y = {expr}; relu(y) }}"
    ))
}

#[test]
fn rust_that_is_not_a_graph() {
    for (expr, words) in [
        (
            "if c { x } else { y }",
            "`if` cannot be in a graph: its shape is one program. Use `select`",
        ),
        ("match x { _ => x, }", "`match` cannot"),
        ("for _ in 0..3 {}", "`for` cannot"),
        ("while c {}", "`while` cannot"),
        ("loop {}", "`loop` cannot"),
        ("|x| x", "a closure cannot"),
        (
            "x.relu()",
            "method calls are not part of graph!: write `relu(x)`",
        ),
        ("x.add(y)", "write `add(x, y)`"),
        ("x.scale(2.0, op(x))", "write `scale(x, 2.0, …)`"),
        ("op(x).relu()", "write `relu(…)`"),
        (
            "return x",
            "`return` is not part of graph!: end the body with `x`",
        ),
        ("return op(x)", "end the body with `…`"),
        ("break", "a graph has no loops"),
        ("continue", "a graph has no loops"),
        ("'a: loop {}", "`loop` cannot"),
        ("'a: for _ in 0..3 {}", "write one step as a graph"),
        ("unsafe { x }", "pass its value in braces"),
        ("async { x }", "await the value before"),
        ("x.await", "await the value before"),
        ("S { ..x }", "a group is written with all its fields"),
        ("0..2", "`{ 0..2 }`"),
        ("relu(let y = x)", "make it a statement before this one"),
        ("move |x| x", "a closure cannot"),
        (
            "vec![0; 3]",
            "a macro in a graph takes values: pass what it makes in braces",
        ),
        ("f!(x, x.0)", "`x` is one tensor"),
        ("f!(if c { x } else { y })", "`if` cannot"),
        ("x = x", "never mutated: write `let x = x;`"),
        ("x += 2.0", "never mutated: write `let x = x + 2.0;`"),
        ("x <<= x", "write `let x = x << x;`"),
        ("x % x", "`%` is not an operation of graph!: it has `+`"),
        ("x & x", "`&` is not an operation of graph!: it has `+`"),
        ("x ^ 2", "write `powi(x, 2)`"),
        (
            "x < x",
            "`<` is not an operation of graph!: values are compared by `maximum`",
        ),
        (
            "x == x",
            "`==` is not an operation of graph!: values are compared",
        ),
        (
            "x && x",
            "`&&` is not an operation of graph!: a graph has no booleans",
        ),
        (
            "!x",
            "`!` is not an operation of graph!: a graph has no booleans",
        ),
        ("*x", "`*` is not an operation of graph!: remove it"),
        ("x.0", "`x` is one tensor"),
        ("x[0]", "write `slice(x, 0, 0, 1)`"),
        ("x as f32", "`as` is not part of graph!: remove it"),
        ("x?", "`?` is not"),
        ("(x, x)", "a tuple is not"),
        ("{ x }", "braces hold a Rust value"),
        ("&x", "this is a Rust value"),
        (r#""x""#, "this is a Rust value"),
        ("2.0", "a number alone"),
        ("-2.0", "a number alone"),
        ("2.0 * 3.0", "a number alone"),
        ("{ a } * 3.0", "a number alone"),
        (
            "RATE",
            "`RATE` is not a value of the graph: use it with an operation, `x * RATE`",
        ),
        ("-rate::OF", "a number alone"),
        ("x * (1.0 / 0.0)", "division by zero"),
        (
            "x * { 1 / 2 }",
            "division of integers, which Rust rounds: write it without braces",
        ),
        (
            "relu(x, 1 / 2 * RATE)",
            "division of integers, which Rust rounds: write `1.0 / 2.0`",
        ),
        ("x * (2.0f32 / RATE)", "no suffix"),
        ("x / 0.0", "division by zero"),
        ("x * 2.0f32", "no suffix"),
        ("x + 1e400", "too large"),
        ("relu(x x)", "expected `,`"),
        ("x.f(x)(x)", "method calls"),
    ] {
        let messages = refused(expr);
        assert!(
            messages.len() == 1 && messages[0].contains(words),
            "{expr}: {messages:?}"
        );
    }
}

#[test]
fn statements_that_are_not_a_graph() {
    let body = |body: &str| messages(&format!("fn f(x: [3]) -> [3] {{ {body} }}"));
    for (statements, words) in [
        ("let mut y = x; y", "never mutated: remove `mut`"),
        ("let _ = relu(x); x", "no name"),
        ("let Some(y) = x; x", "expected a name"),
        ("let (a, b) = (x, x); x", "only a call has several values"),
        ("let [a, b] = x; x", "only a call has several values"),
        ("let (a, ..) = op(x); x", "write `_` for each"),
        (
            "let ((a, b), c) = op(x); x",
            "a result of a call is no tuple",
        ),
        ("let (a, mut b) = op(x); x", "never mutated"),
        ("let (a, b): [3] = op(x); x", "one type cannot be"),
        ("let y; x", "has a value"),
        ("let y = x else { z }; x", "`let … else`"),
        ("relu(x); x", "unused"),
        ("x = relu(x); x", "write `let x = …;`"),
        ("y = relu(x); y + y", "write `let y = …;`"),
        ("x += x; x", "write `let x = x + x;`"),
        ("return x;", "end the body with `x`, without `;`"),
        ("return relu(x)", "end the body with `…`"),
        ("if c { x }", "`if` cannot"),
        ("fn g() {} x", "items cannot"),
        ("const C: u8 = 1; x", "items cannot"),
        ("#[cfg(a)] let y = x; x", "attributes"),
        ("relu(x);", "returns nothing: remove the last `;`"),
        ("let y = x;", "returns nothing: end the body with `y`"),
        (
            "let (y, z) = two()(x);",
            "returns nothing: end the body with `(y, z)`",
        ),
        (
            "",
            "returns nothing: end the body with an expression without `;`",
        ),
        ("let y: f32 = x; y", "expected a shape such as"),
        ("let y = x x; y + y", "expected `;`"),
        ("let Some(y) = x; y", "expected a name"),
        ("let y: f32 = x; x", "expected a shape such as `[32, 64]`"),
        ("(x, x)", "returns one value"),
    ] {
        let messages = body(statements);
        assert!(
            messages.len() == 1 && messages[0].contains(words),
            "{statements}: {messages:?}"
        );
    }
}

#[test]
fn headers() {
    for (graph, words) in [
        (
            "fn f(x: [3], x: [3]) -> [3] { x }",
            "`x` is already an input",
        ),
        (
            "fn f(x: [3]; x: [3] < 2) -> [3] { x }",
            "`x` is already an input",
        ),
        (
            "fn f(x: f32) -> [3] { x }",
            "expected a shape such as `[32, 64]`",
        ),
        ("fn f(x) -> [3] { x }", "`x` has no shape"),
        (
            "fn f(k: key, x: [3]) -> [3] { dropout(x, k, 0.5) }",
            "a key has no derivative: it is of the environment",
        ),
        ("fn f(mut x: [3]) -> [3] { x }", "never mutated"),
        ("fn f(x: [3]; mut l) -> [3] { x }", "never mutated"),
        (
            "fn f(x: [3]; [3]) -> [3] { x }",
            "expected the name of an input",
        ),
        (
            "fn f(x: [3]; l: [[3]; 2] < 4) -> [3] { x }",
            "labels have one shape",
        ),
        (
            "fn f(x: []) -> ([], [], [], [], [], [], [], [], [], [], [], [], []) { (x, x, x, x, x, x, x, x, x, x, x, x, x) }",
            "at most 12 values: put some of them in a group",
        ),
        ("fn f(x: [3]) -> [3] < { x }", "expected the body"),
        ("struct G {}", "the group `G` has no field"),
        (
            "struct G<'a> { w: [3] }",
            "dims and consts: it has no lifetimes",
        ),
        (
            "fn f<A>(x: [3]) -> [3] { x }",
            "`A` is the scalar of the graph; name the parameter otherwise",
        ),
        (
            "fn f<const A: usize>(x: [3]) -> [3] { x }",
            "`A` is the scalar of the graph",
        ),
        ("fn f<'a>(x: [3]) -> [3] { x }", "no lifetimes"),
        ("fn f(x: [3]) { x }", "names the shape that it returns"),
        ("fn f(x: [3]) -> () { x }", "expected a shape"),
        ("fn f(x: [3]) -> [3];", "expected the body"),
        (
            "fn f(x: [1, 1, 1, 1, 1, 1, 1]) -> [3] { x }",
            "at most 6 dims",
        ),
        ("fn f(x: [1000000000]) -> [3] { x }", "below 1,000,000,000"),
        ("fn f(x: [3]) -> ([3], [3]) { x }", "returns a tuple"),
        (
            "fn f(x: [3]) -> ([3], [3]) { (x, x, x) }",
            "returns 2 values, and this is 3",
        ),
        ("|x: [3]| x x", "expected the end of the graph"),
        ("|x: [3]| ()", "returns nothing"),
        ("", "expected `fn`, `struct`, `use` or `|`"),
        ("async fn f(x: [3]) -> [3] { x }", "expected `fn`"),
    ] {
        let messages = messages(graph);
        assert!(
            messages.len() == 1 && messages[0].contains(words),
            "{graph}: {messages:?}"
        );
    }
}

#[test]
fn all_errors_are_reported_at_once() {
    let messages = messages(
        "
        fn first(x: f32, y: [3000000000], z) -> [3] {
            let a = x % if c { y } else { z };
            let mut b = x;
            op(x.g(), y y);
            while a {}
            2.0
        }
        fn (x: [3]) -> [3] { x }
        fn second(x: [3]) -> [3] { x % x }
        ",
    );
    assert_eq!(messages.len(), 11, "{messages:#?}");
}

#[test]
fn an_error_leaves_a_function_to_call() {
    // In an expression of the body: the signature is there, and so is the rest of the body.
    let text = expand("fn f(x: [3]) -> [3] { let y = relu(x % x); tanh(y) }");
    assert!(
        text.contains("let __cotangent0 = :: core :: compile_error ! {"),
        "{text}"
    );
    assert!(
        text.contains("relu (__cotangent0)") && text.contains("tanh (y)"),
        "{text}"
    );
    // In a statement: the signature is there.
    let text = expand("fn f<const B: usize>(x: [B]) -> [B] { let mut y = x; y }");
    assert!(text.contains("fn f < A , const B : usize > ()"), "{text}");
    assert!(text.ends_with(":: core :: unreachable ! () }"), "{text}");
    // In the header: the type of the result is the error.
    let text = expand("fn f<D: Dim>(x: f32) -> [D] { x }");
    assert!(
        text.starts_with("fn f < A , D : Dim > () -> [() ; { :: core :: compile_error !"),
        "{text}"
    );
}
