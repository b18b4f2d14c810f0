//! What graphs expand to.

use quote::quote;

use super::{expand, expand_graph, short, statements};

#[test]
fn a_named_graph_is_a_function() {
    let expansion = expand_graph(quote! {
        /// Two-layer classifier.
        pub fn classifier(x: [32, 64], w1: [64, 48], b1: [48]) -> [32, 48] {
            let h = relu(matmul(x, w1) + b1);
            tanh(h)
        }
    });
    let context = quote! {
        ::cotangent::__private::HCons<
            (::cotangent::dim::N<32>, ::cotangent::dim::N<64>,),
            ::cotangent::__private::HCons<
                (::cotangent::dim::N<64>, ::cotangent::dim::N<48>,),
                ::cotangent::__private::HCons<(::cotangent::dim::N<48>,), ::cotangent::__private::HNil>
            >
        >
    };
    let expected = quote! {
        /// Two-layer classifier.
        pub fn classifier<A, >() -> ::cotangent::graph::GraphData<
            A,
            ::cotangent::__private::HNil,
            #context,
            ::cotangent::graph::Returns<
                ::cotangent::__private::HCons<
                    (::cotangent::dim::N<32>, ::cotangent::dim::N<48>,),
                    ::cotangent::__private::HNil
                >
            >
        >
        where
            A: ::cotangent::scalar::Real,
            A: ::core::marker::Sized,
        {
            let __g = ::cotangent::__private::start::<
                A,
                ::cotangent::__private::HNil,
                #context
            >(
                "classifier", &["x", "w1", "b1"], &[]
            );
            let ::cotangent::__private::HCons {
                head: x,
                tail: ::cotangent::__private::HCons {
                    head: w1,
                    tail: ::cotangent::__private::HCons { head: b1, tail: ::cotangent::__private::HNil }
                }
            } = ::cotangent::graph::GraphData::inputs(&__g);
            let __g = ::cotangent::graph::GraphData::hidden(__g);
            let __cotangent0 = ::cotangent::graph::GraphData::node(__g, "h/matmul", matmul(x, w1));
            let __g = __cotangent0.0;
            let __cotangent1 = ::cotangent::graph::GraphData::node(__g, "h/add", ::cotangent::op::add(__cotangent0.1, b1));
            let __g = __cotangent1.0;
            let (__g, h) = ::cotangent::graph::GraphData::node(__g, "h", relu(__cotangent1.1));
            let __cotangent2 = ::cotangent::graph::GraphData::node(__g, "out", tanh(h));
            let __g = __cotangent2.0;
            let [_, __o0] = [
                ::cotangent::__private::expected::<(::cotangent::dim::N<32>, ::cotangent::dim::N<48>,)>(),
                __cotangent2.1
            ];
            __g.returning_named(::cotangent::__private::HCons { head: __o0, tail: ::cotangent::__private::HNil })
        }
    };
    // How tokens are spaced depends on who made them.
    let normal = |text: String| text.replace(' ', "");
    assert_eq!(normal(expansion.to_string()), normal(expected.to_string()));
}

#[test]
fn generics_environment_and_bounds() {
    let text = short(&expand(
        "fn loss<const B: usize, D: Dim>(x: [B, D, 1 + B]; labels: [B] < 10, more: [] < B) -> [] where D: Copy { f(x, labels) }",
    ));
    for part in [
        "fn loss < A , const B : usize , D : Dim > ()",
        "HCons < env :: LabelsOf < N < 10 > , (N < B > ,) > , HCons < env :: LabelsOf < N < B > , () > , HNil > >",
        "HCons < (N < B > , D , < N < B > as Dim > :: PlusNumber < N < 1 > > ,) , HNil >",
        "Returns < HCons < () , HNil > >",
        "where A : scalar :: Real , N < B > : Dim , D : Copy",
        "& [\"x\"] , & [\"labels\" , \"more\"]",
        "let HCons { head : labels , tail : HCons { head : more , tail : HNil } } = GraphData :: environment (& __g)",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
}

#[test]
fn a_bound_on_the_scalar_replaces_the_default() {
    let text = expand("fn f(x: [3]) -> [3] where A: Ring { neg(x) }");
    assert!(
        text.contains("where A : Ring , A : :: core :: marker :: Sized , {"),
        "{text}"
    );
    let text = expand("fn f(x: [3]) -> [3] where Vec<A>: Ring { neg(x) }");
    assert!(
        text.contains("where A : :: cotangent :: scalar :: Real , Vec < A > : Ring , A : :: core"),
        "{text}"
    );
}

#[test]
fn several_graphs_of_one_invocation() {
    let text = expand("fn f(x: [3]) -> [3] { neg(x) } fn g() -> [] { zero() }");
    assert!(text.contains("fn f <") && text.contains("fn g <"), "{text}");
}

#[test]
fn operators_and_numbers() {
    let node = |expr: &str| {
        let mut all = statements(&format!("|x: [3], y: [3]| {expr}"));
        all.truncate(all.len() - 2);
        all.join("; ")
            .replace("Literal :: ratio ", "lit")
            .replace("let __t0 = GraphData :: node (__g , ", "(")
    };
    for (expr, expected) in [
        ("x + y", r#"("out" , op :: add (x , y))"#),
        ("x - y", r#"("out" , op :: sub (x , y))"#),
        ("x * y", r#"("out" , op :: mul (x , y))"#),
        ("x / y", r#"("out" , op :: div (x , y))"#),
        ("-x", r#"("out" , op :: neg (x))"#),
        ("x * 2.5", r#"("out" , op :: scale (x , lit(5 , 2)))"#),
        ("-0.1 * x", r#"("out" , op :: scale (x , lit(- 1 , 10)))"#),
        ("x / 4", r#"("out" , op :: scale (x , lit(1 , 4)))"#),
        ("x / -(0.4)", r#"("out" , op :: scale (x , lit(- 5 , 2)))"#),
        ("x + 1", r#"("out" , op :: offset (x , lit(1 , 1)))"#),
        ("1 + x", r#"("out" , op :: offset (x , lit(1 , 1)))"#),
        ("x - 1.5", r#"("out" , op :: offset (x , lit(- 3 , 2)))"#),
        ("0 - x", r#"("out" , op :: neg (x))"#),
        ("1 / x", r#"("out" , op :: recip (x))"#),
        (
            "x * { y }",
            r#"("out" , op :: scale (x , Literal :: of (y)))"#,
        ),
        (
            "x + RATE",
            r#"("out" , op :: offset (x , Literal :: of (RATE)))"#,
        ),
        (
            "x - -rate::OF",
            r#"("out" , op :: offset (x , (- (- Literal :: of (rate :: OF)))))"#,
        ),
        (
            "({ y }) - x",
            r#"("out/neg" , op :: neg (x)); let __t1 = GraphData :: node (__g , "out" , op :: offset (__t0 . 1 , Literal :: of (y)))"#,
        ),
        (
            "x / { a; b }",
            r#"("out" , op :: scale (x , Literal :: recip (Literal :: of ({ a; b }))))"#,
        ),
        (
            "2.0 / 3.0 * x",
            r#"("out" , op :: scale (x , (lit(2 , 1) / lit(3 , 1))))"#,
        ),
        (
            "x * (2 - RATE)",
            r#"("out" , op :: scale (x , (lit(2 , 1) - Literal :: of (RATE))))"#,
        ),
        (
            "f(x, -2.0 * RATE / 3)",
            r#"("out" , f (x , - 2.0 * RATE / 3))"#,
        ),
        (
            "1 - x",
            r#"("out/neg" , op :: neg (x)); let __t1 = GraphData :: node (__g , "out" , op :: offset (__t0 . 1 , lit(1 , 1)))"#,
        ),
        (
            "2 / x",
            r#"("out/recip" , op :: recip (x)); let __t1 = GraphData :: node (__g , "out" , op :: scale (__t0 . 1 , lit(2 , 1)))"#,
        ),
        (
            "x * 1e30",
            r#"("out" , op :: scale (x , Literal :: real (1000000000000000000000000000000.0)))"#,
        ),
    ] {
        assert_eq!(node(expr), expected);
    }
}

#[test]
fn inner_nodes_are_named_and_numbered() {
    let steps =
        statements("|x: [3]| { let y = f(relu(x) + m::relu::<3>(x), relu(relu(x))); relu(y) }");
    let names: Vec<_> = steps
        .iter()
        .filter_map(|step| step.split('"').nth(1))
        .collect();
    assert_eq!(
        names,
        [
            "y/relu", "y/relu.2", "y/add", "y/relu.3", "y/relu.4", "y", "out"
        ]
    );
}

#[test]
fn arguments_that_are_rust_stay_as_they_are() {
    let steps = statements(
        r#"|x: [3]| f(x, 2.0, -1, "s", [1, 2], &k, { a.b }, { let q = 1; q }, c::D, (x))"#,
    );
    let call = r#"let __t0 = GraphData :: node (__g , "out" , f (x , 2.0 , - 1 , "s" , [1 , 2] , & k , a . b , { let q = 1"#;
    assert_eq!(steps[0], call);
    assert_eq!(steps[1], "q } , c :: D , x))");
}

#[test]
fn a_graph_ends_at_its_newest_node_or_copies_an_older_one() {
    let copies = |body: &str| {
        let steps = statements(&format!("|x: [3], z: [3]| {body}")).join(";");
        steps.contains(r#"__g . node ("out" , op :: identity (__out))"#)
    };
    assert!(copies("{ x }"));
    assert!(copies("{ let y = relu(x); x }"));
    assert!(copies("{ let y = relu(x); let u = relu(y); y }"));
    assert!(copies("{ let y = relu(x); let y = z; y }"));
    assert!(copies("{ let (y, u) = two()(x); y }"));
    assert!(!copies("{ let y = relu(x); y }"));
    assert!(!copies("{ let y = relu(x); (y) }"));
    assert!(!copies("{ let x = relu(x); x }"));
    assert!(!copies("{ let y = relu(x); let u = y; u }"));
    assert!(!copies("{ let y: [3] = relu(x); y }"));
    assert!(!copies("{ relu(x) }"));
}

#[test]
fn the_returned_shape_is_checked_where_it_is_written() {
    let steps = statements("|x: [3]| -> [3] x");
    assert_eq!(
        steps,
        [
            "let [_ , __o0] = [expected :: < (N < 3 > ,) > () , x]",
            "__g . returning_all (HCons { head : __o0 , tail : HNil })",
        ]
    );
    assert_eq!(statements("|x: [3]| x")[0], "let __out = x");
    let steps = statements("|x: [3]| { let y: [3] = relu(x); y }");
    assert_eq!(
        steps[1],
        "let [_ , y] = [expected :: < (N < 3 > ,) > () , __t0 . 1]"
    );
}

#[test]
fn graphs_are_called_from_graphs() {
    let steps = statements(
        "|x: [3]| { let y = block::<4>()(x, relu(x)); let (a, _) = net::two()(y); { g }(a, { b }) }",
    );
    assert_eq!(
        steps[..5],
        [
            r#"let __t0 = GraphData :: node (__g , "y/relu" , relu (x))"#,
            r#"let (__g , y) = GraphData :: call (__g , "y" , block :: < 4 > () , HCons { head : x , tail : HCons { head : __t0 . 1 , tail : HNil } })"#,
            r#"let __t1 = GraphData :: call (__g , "a, _" , net :: two () , HCons { head : y , tail : HNil })"#,
            "let (a , _) = __t1 . 1",
            r#"let __t2 = GraphData :: call (__g , "out" , g , HCons { head : a , tail : HCons { head : b , tail : HNil } })"#,
        ]
    );
    let steps = statements("|x: [3]| relu(net::two()({ g }(x)))");
    let names: Vec<_> = steps
        .iter()
        .filter_map(|step| step.split('"').nth(1))
        .collect();
    assert_eq!(names, ["out/g", "out/two", "out"]);
}

#[test]
fn macros_are_called_like_functions() {
    let steps = statements(
        r#"|x: [2], w: [3]| { let y = einsum!("i,j->ij", x * 2.0, tanh(w),); my::op![y, { rate }, &z] + y }"#,
    );
    assert_eq!(
        steps,
        [
            r#"let __t0 = GraphData :: node (__g , "y/scale" , op :: scale (x , Literal :: ratio (2 , 1)))"#,
            r#"let __t1 = GraphData :: node (__g , "y/tanh" , tanh (w))"#,
            r#"let (__g , y) = GraphData :: node (__g , "y" , einsum ! ("i,j->ij" , __t0 . 1 , __t1 . 1 ,))"#,
            r#"let __t2 = GraphData :: node (__g , "out/op" , my :: op ! [y , rate , & z])"#,
            r#"let __t3 = GraphData :: node (__g , "out" , op :: add (__t2 . 1 , y))"#,
            "let __out = __t3 . 1",
            "__out . ending (__g)",
        ]
    );
}

/// Where it is known to be one, a const generic has no braces: rust-analyzer does not look into them.
#[test]
fn a_const_generic_is_in_braces_where_it_could_be_a_struct() {
    for (graph, dim) in [
        ("fn f<const B: usize>(x: [B]) -> [] { sum(x) }", "N < B >"),
        (
            "fn f<const B: usize>(x: [{ B }]) -> [] { sum(x) }",
            "N < B >",
        ),
        (
            "fn f<const N: usize>(x: [N]) -> [] { sum(x) }",
            "N < { N } >",
        ),
        (
            "fn f<const N2: usize>(x: [N2]) -> [] { sum(x) }",
            "N < { N2 } >",
        ),
    ] {
        let text = short(&expand(graph));
        assert!(
            text.contains(&format!("HCons < ({dim} ,) , HNil >")),
            "{text}"
        );
        assert!(
            text.contains(&format!("where A : scalar :: Real , {dim} : Dim ,")),
            "{text}"
        );
    }
}
