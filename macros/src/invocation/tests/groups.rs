//! What groups expand to.

use super::{expand, short, statements};

/// The group of a text, in short.
fn group(text: &str) -> String {
    let text = short(&expand(text));
    assert!(!text.contains("compile_error"), "{text}");
    text
}

#[test]
fn a_kind_of_the_user_is_not_hidden() {
    for (declaration, kind) in [
        (
            "struct Linear<D: Dim> { x: [D] }",
            "D : Dim , Kind : Kind = Handles",
        ),
        (
            "struct Linear<Kind: Dim> { x: [Kind] }",
            "Kind : Dim , __Kind : Kind = Handles",
        ),
        ("struct Linear { x: Kind }", "< __Kind : Kind = Handles >"),
    ] {
        let text = group(declaration);
        assert!(text.contains(kind), "{text}");
    }
}

#[test]
fn a_group_is_a_struct_of_handles_and_of_values() {
    let text = group(
        "/// A matrix and a bias.
        pub struct Linear<I: Dim, O: Dim> { /// The matrix.
            pub weight: [I, O], #[allow(dead_code)] bias: [O], inner: Norm<O>, layers: [Norm<4>; 3] }",
    );
    let (handles, values) = (
        "Linear < I , O , Handles >",
        "Linear < I , O , Values < __Scalar > >",
    );
    let context = "HCons < (I , O ,) , HCons < (O ,) , HCons < Norm < O > , HCons < [Norm < N < 4 > > ; 3] , HNil > > > >";
    for part in [
        "# [doc = \" A matrix and a bias.\"]",
        "pub struct Linear < I : Dim , O : Dim , Kind : Kind = Handles > { \
            # [doc = \" The matrix.\"] pub weight : < Kind as Kind > :: At < (I , O ,) > , \
            # [allow (dead_code)] bias : < Kind as Kind > :: At < (O ,) > , \
            inner : < Kind as Kind > :: At < Norm < O > > , \
            layers : < Kind as Kind > :: At < [Norm < N < 4 > > ; 3] > , }",
        "impl < I : Dim , O : Dim , Kind : Kind > :: core :: clone :: Clone for Linear < I , O , Kind > {",
        "f . debug_struct (\"Linear\") . field (\"weight\" , & self . weight) . field (\"bias\" , & self . bias)",
        &format!("impl < I : Dim , O : Dim > :: core :: marker :: Copy for {handles} {{ }}"),
        &format!(
            "impl < I : Dim , O : Dim > Entry for {handles} {{ type Of < __Scalar : scalar :: Semiring > = {values} ; type Vars = Self ;"
        ),
        "Linear { weight : < (I , O ,) as Entry > :: vars (graph_id , next) ,",
        "Arguments :: push (& self . bias , graph_id , ids) ;",
        &format!("Handle for {handles} {{ type Entry = Self ; }}"),
        &format!("Group for {handles} {{ type Fields = {context} ;"),
        "& [\"weight\" , \"bias\" , \"inner\" , \"layers\"]",
        &format!(
            "impl < I : Dim , O : Dim , __Scalar : scalar :: Semiring > GroupValues for {values} {{"
        ),
        &format!("type Group = {handles} ; fn into_list (self) -> TList < __Scalar , {context} >"),
        "Named :: walk (& self . weight , & field (name , \"weight\") , walk ,) ;",
        &format!("PartialEq for {values}"),
        &format!(":: core :: ops :: Add < {values} > for {values}"),
        &format!(":: core :: ops :: Sub < & {values} > for & {values}"),
        &format!(":: core :: ops :: Mul < __Scalar > for & {values}"),
        "__Scalar : scalar :: Ring > :: core :: ops :: Sub",
        "fn of (weight : < (I , O ,) as Entry > :: Of < __Scalar > , bias : < (O ,) as Entry > :: Of < __Scalar > , \
            inner : < Norm < O > as Entry > :: Of < __Scalar > ,",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
}

#[test]
fn a_field_says_what_it_is_at_first() {
    let text = group(
        "struct Linear { #[init(kaiming_uniform().gain(2.0))] weight: [2, 3], #[doc = \"\"] #[init({ zeros() })] bias: [3], x: [] }",
    );
    for part in [
        "let of_field : Initialiser = kaiming_uniform () . gain (2.0) ; of_field",
        "let of_field : Initialiser = { zeros () } ; of_field",
        "; of_field }) , :: core :: option :: Option :: None] , list)",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
    assert!(!text.contains("# [init"), "{text}"); // no attribute of the field itself
}

#[test]
fn a_wrong_initialiser_is_an_error() {
    for (field, message) in [
        (
            "#[init] x: [2]",
            "expected an initialiser, such as `#[init(kaiming_uniform())]`",
        ),
        (
            "#[init()] x: [2]",
            "expected an initialiser, such as `#[init(kaiming_uniform())]`",
        ),
        (
            "#[init(zeros() ones())] x: [2]",
            "expected an initialiser, such as `#[init(kaiming_uniform())]`",
        ),
        (
            "#[init(zeros())] #[init(ones())] x: [2]",
            "a field has one `#[init(…)]`",
        ),
    ] {
        let text = expand(&format!("struct G {{ {field} }}")).to_string();
        assert!(text.contains(message), "{message}\n{text}");
        assert_eq!(text.matches("compile_error").count(), 1, "{text}");
    }
}

#[test]
fn a_constructor_is_seen_by_those_who_see_each_field() {
    for (group, expected) in [
        ("pub struct G { pub a: [], pub b: [] }", "pub fn of"),
        (
            "pub struct G { pub a: [], pub(crate) b: [] }",
            "pub (crate) fn of",
        ),
        (
            "pub struct G { pub(super) a: [], pub(crate) b: [] }",
            "pub (super) fn of",
        ),
        ("pub(crate) struct G { pub a: [] }", "pub fn of"),
    ] {
        let text = self::group(group);
        assert!(text.contains(expected), "{expected}\n{text}");
    }
    let text = group("pub struct G { pub a: [], b: [] }");
    assert!(
        !text.contains("pub fn of") && text.contains(" fn of ("),
        "{text}"
    );
}

/// Where a const of a group or of a graph is a dim.
const IS_DIM: &str = "N < L > : Dim ,";

#[test]
fn a_const_is_a_dim_where_it_is_one() {
    for (items, is_dim) in [
        (
            "struct Model<const L: usize> { blocks: [Block<3>; L] }",
            false,
        ),
        ("struct Model<const L: usize> { x: [3, L] }", true),
        ("struct Model<const L: usize> { x: [[L]; 3] }", true),
        ("struct Model<const L: usize> { b: Block<L> }", true),
        ("struct Model<const L: usize> { b: Deep<const L> }", false),
        (
            "struct Model<const L: usize> where L / 2: Dim { b: Deep<const L> }",
            true,
        ),
        ("fn f<const L: usize>(x: [[3]; L]) -> [] { op(x) }", false),
        ("fn f<const L: usize>(x: [L]) -> [] { op(x) }", true),
        ("fn f<const L: usize>(; x: [L]) -> [] { op(x) }", true),
        ("fn f<const L: usize>(; x: [3] < L) -> [] { op(x) }", true),
        ("fn f<const L: usize>(x: []) -> [L] { op(x) }", true),
        ("fn f<const L: usize>(x: []) -> [[3]; L] { op(x) }", false),
        (
            "fn f<const L: usize>(x: []) -> [] { let y: [{ L }] = x; op(y) }",
            true,
        ),
        (
            "fn f<const L: usize>(x: []) -> [] { let y: [[3]; L] = x; op(y) }",
            false,
        ),
        ("fn f<const L: usize>(x: Block<L>) -> [] { op(x) }", true),
        (
            "fn f<const L: usize>(x: Deep<const L>) -> [] { op(x) }",
            false,
        ),
        ("fn f<const L: bool>(x: [L]) -> [] { op(x) }", false), // rustc has more to say of it.
    ] {
        let text = group(items);
        assert_eq!(text.contains(IS_DIM), is_dim, "{items}\n{text}");
    }
}

#[test]
fn groups_of_one_invocation_know_their_consts() {
    let graph = |fields: &str| {
        let text = group(&format!(
            "fn f<const L: usize>(p: Outer<L>, q: Outer<12>) -> [] {{ op(p) }}
            struct Outer<const M: usize> {{ inner: Inner<3, M> }}
            struct Inner<D: Dim, const K: usize> {{ {fields} }}"
        ));
        let (_, function) = text.rsplit_once("fn f <").unwrap();
        function.to_owned()
    };
    let text = graph("layers: [[D]; K]");
    assert!(
        text.contains("HCons < Outer < L > , HCons < Outer < 12 > , HNil > >"),
        "{text}"
    );
    assert!(!text.contains(IS_DIM), "{text}");
    // Where the field of a field makes a dim of it, it is one of the graph.
    let text = graph("layers: [[D, K]; K]");
    assert!(text.contains(IS_DIM), "{text}");
    let text = graph("layers: [K / D]");
    assert!(text.contains("N < L > : DivDim < N < 3 > >"), "{text}");
    assert!(!text.contains("12 > : DivDim"), "{text}");
}

#[test]
fn a_group_of_another_module_is_not_that_of_the_invocation() {
    let text = group(
        "struct Model<const L: usize> { x: [L] }
        fn f<const L: usize>(p: other::Model<L>, q: other::Model<const L>) -> [] { op(p) }",
    );
    let part = "HCons < other :: Model < N < L > > , HCons < other :: Model < L > , HNil > >";
    assert!(text.contains(part), "{text}");
}

#[test]
fn a_literal_is_one_of_handles() {
    let steps = statements("|x: [3]| op(Outer { inner: Linear { weight: tanh(x), x }, y: x })");
    assert_eq!(
        steps[1],
        "let __t1 = GraphData :: node (__g , \"out\" , op (handles (Outer { inner : handles (Linear { weight : __t0 . 1 , x }) , y : x })))"
    );
}

#[test]
fn a_literal_of_the_same_invocation_says_its_kind() {
    for (group, literal) in [
        (
            "struct G<I: Dim, O: Dim> { x: [I, O] }",
            "G :: < _ , _ , Handles > { x }",
        ),
        ("struct G { x: [2, 3] }", "G :: < Handles > { x }"),
        ("struct G<const L: usize> { x: [L] }", "G { x }"),
        ("struct H<const L: usize> { x: [L] }", "G { x }"),
    ] {
        let text = self::group(&format!(
            "{group} fn f(x: [2, 3]) -> [] {{ op(G {{ x }}) }}"
        ));
        assert!(
            text.contains(&format!("op (handles ({literal}))")),
            "{literal}\n{text}"
        );
    }
}

#[test]
fn a_group_with_an_error_is_a_type() {
    let text = short(&expand("struct Model<D: Dim, const L: usize> { x: 3 }"));
    assert!(
        text.starts_with(
            "type Model < D , const L : usize > = ([() ; { :: core :: compile_error !"
        ),
        "{text}"
    );
}
