//! Environments, several results, and what takes them apart.

use super::{expand, short, statements};

#[test]
fn an_environment_has_every_kind_of_entry() {
    let text = short(&expand(
        "fn f<D: Dim>(x: [D]; data: [32, D], labels: [32] < 10, key, p: Frozen<3>, w: [[3]; 4], mine: my_type, k: Key)
            -> [] { op(x, p.weight, w[1], key) }",
    ));
    let entries = [
        "(N < 32 > , D ,)",
        "env :: LabelsOf < N < 10 > , (N < 32 > ,) >",
        "tensor :: Key",
        "Frozen < N < 3 > >",
        "[(N < 3 > ,) ; 4]",
        "my_type",
        "Key",
    ];
    let environment = entries.iter().rev().fold("HNil".to_owned(), |rest, entry| {
        format!("HCons < {entry} , {rest} >")
    });
    for part in [
        &format!("-> GraphData < A , {environment} , HCons < (D ,) , HNil > , Returns"),
        "& [\"x\"] , & [\"data\" , \"labels\" , \"key\" , \"p\" , \"w\" , \"mine\" , \"k\"]",
        "op (x , p . weight , w . layer (",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
}

#[test]
fn results_are_checked_and_returned_as_they_are() {
    let graph = "fn f(x: [3], p: Model<3>) -> ([3], Model<3>, [3] < 4, [[2]; 3], []) {
        (x, p, argmax(x), w, sum(x))
    }";
    let graph = graph.replace("p: Model<3>", "p: Model<3>, w: [[2]; 3]");
    let text = short(&expand(&graph));
    let results = "Returns < HCons < (N < 3 > ,) , HCons < Model < N < 3 > > , \
        HCons < env :: LabelsOf < N < 4 > , (N < 3 > ,) > , HCons < [(N < 2 > ,) ; 3] , HCons < () , HNil > > > > > >";
    assert!(text.contains(results), "{text}");
    assert_eq!(
        statements(&graph),
        [
            "let __g = GraphData :: hidden (__g)",
            r#"let __t0 = GraphData :: node (__g , "out.2/argmax" , argmax (x))"#,
            r#"let __t1 = GraphData :: node (__g , "out.4/sum" , sum (x))"#,
            "let [_ , __o0] = [expected :: < (N < 3 > ,) > () , x]",
            "let [_ , __o1] = [expected :: < Model < N < 3 > > > () , p]",
            "let [_ , __o2] = [expected :: < env :: LabelsOf < N < 4 > , (N < 3 > ,) > > () , __t0 . 1]",
            "let [_ , __o3] = [expected :: < [(N < 2 > ,)",
            "3] > () , w]",
            "let [_ , __o4] = [expected :: < () > () , __t1 . 1]",
            "__g . returning_named (HCons { head : __o0 , tail : HCons { head : __o1 , tail : HCons { head : __o2 , \
             tail : HCons { head : __o3 , tail : HCons { head : __o4 , tail : HNil } } } } })",
        ]
    );
}

#[test]
fn a_key_is_a_result() {
    let text = short(&expand(
        "fn f(x: [3]; seed) -> (key, Key, [3]) { (g(seed), seed, x) }",
    ));
    let results =
        "Returns < HCons < tensor :: Key , HCons < Key , HCons < (N < 3 > ,) , HNil > > > >";
    assert!(text.contains(results), "{text}");
    let text = short(&expand(
        "fn f(; key) -> key { let next: key = next_key(key); next }",
    ));
    for part in [
        "Returns < HCons < tensor :: Key , HNil > >",
        "let [_ , next] = [expected :: < tensor :: Key > () , __t0 . 1]",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
}

#[test]
fn a_closure_form_returns_its_newest_node_or_what_it_says() {
    assert_eq!(statements("|x: [3]| tanh(x)")[2], "__out . ending (__g)");
    let several =
        "__g . returning_all (HCons { head : __o0 , tail : HCons { head : __o1 , tail : HNil } })";
    let steps = statements("|x: [3], y: [3]| (x, y)");
    assert_eq!(steps, ["let __o0 = x", "let __o1 = y", several]);
    let steps = statements("|x: [3], y: [3]| -> ([3], [3]) { (x, y) }");
    assert_eq!(steps[2], several);
}

#[test]
fn several_results_are_a_pattern() {
    let steps = statements(
        "|x: [3], y: [3]| {
            let (a, b) = split(x * 2.0);
            let (c,) = my::op!(a);
            let [dx, _] = {g.gradient()}(x, y);
            let (loss, [da, db], _) = step()(dx.weight, b);
            loss
        }",
    );
    assert_eq!(
        steps[..9],
        [
            r#"let __t0 = GraphData :: node (__g , "a/scale" , op :: scale (x , Literal :: ratio (2 , 1)))"#,
            r#"let __t1 = GraphData :: node (__g , "a, b" , split (__t0 . 1))"#,
            "let (a , b) = __t1 . 1",
            r#"let __t2 = GraphData :: node (__g , "c" , my :: op ! (a))"#,
            "let (c ,) = __t2 . 1",
            r#"let __t3 = GraphData :: call (__g , "dx, _" , g . gradient () , HCons { head : x , tail : HCons { head : y , tail : HNil } })"#,
            "let HCons { head : dx , tail : HCons { head : _ , tail : HNil } } = __t3 . 1",
            r#"let __t4 = GraphData :: call (__g , "loss, da+db, _" , step () , HCons { head : dx . weight , tail : HCons { head : b , tail : HNil } })"#,
            "let (loss , HCons { head : da , tail : HCons { head : db , tail : HNil } } , _) = __t4 . 1",
        ]
    );
}

#[test]
fn a_tuple_is_an_argument_of_a_graph() {
    let steps = statements("|x: [3], y: [3]| scan(step())((x, tanh(y), (x,)), y)");
    assert_eq!(
        steps[1],
        r#"let __t1 = GraphData :: call (__g , "out" , scan (step ()) , HCons { head : HCons { head : x , tail : HCons { head : __t0 . 1 , tail : HCons { head : HCons { head : x , tail : HNil } , tail : HNil } } } , tail : HCons { head : y , tail : HNil } })"#
    );
}

#[test]
fn a_written_type_is_that_of_any_value() {
    let steps = statements(
        "|x: [3], p: Model<3>| { let q: Model<3> = p; let l: [3] < 4 = argmax(q.weight); op(l) }",
    );
    assert_eq!(
        steps[..3],
        [
            "let [_ , q] = [expected :: < Model < N < 3 > > > () , p]",
            r#"let __t0 = GraphData :: node (__g , "l" , argmax (q . weight))"#,
            "let [_ , l] = [expected :: < env :: LabelsOf < N < 4 > , (N < 3 > ,) > > () , __t0 . 1]",
        ]
    );
}
