//! For which environments a proof speaks, and rules that are wrong in few of them, with few keys, or twice recorded.

use core::sync::atomic::{AtomicU32, Ordering};
use cotangent::prelude::*;
use cotangent::prove::{Environments, prove_equal, prove_op};
use std::sync::Arc;
use std::time::Instant;

/// `x`, whose VJP is twice too large in class 7 of 999.
#[derive(Clone)]
struct WrongInOne(Discrete<LabelsOf<N<999>, ()>>);

impl Op<((),)> for WrongInOne {
    type Out = ();
    type Level = levels::OrderedField;
    const NAME: &'static str = "wrong_in_one";
    fn forward(&self, r: &Recorder<levels::OrderedField>, (x,): (Var<()>,)) -> Var<()> {
        r.scale(x, 1)
    }
    fn vjp(
        &self,
        r: &Recorder<levels::OrderedField>,
        (_x,): (Var<()>,),
        _y: Var<()>,
        dy: Var<()>,
    ) -> (Var<()>,) {
        let classes = r.record(one_hot(self.0));
        let seventh = r.record(slice(classes, Axis::<0>, N::<7>, N::<1>));
        let seventh = r.record(sum(seventh));
        (r.add_same(dy, r.mul_same(dy, seventh)),)
    }
}

#[test]
fn one_class_of_999_is_refused() {
    fn wrong(x: Var<()>, label: Discrete<LabelsOf<N<999>, ()>>) -> Call<WrongInOne, (Var<()>,)> {
        Call::new(WrongInOne(label), (x,))
    }
    let g: GraphData<f64, _, _, _> = graph!(|x: []; label: [] < 999| wrong(x, label));
    let start = Instant::now();
    assert_eq!(prove(&g).unwrap_err().law, "adjointness");
    let error = g.clone().certify().err().map(|error| error.law);
    assert_eq!(error, Some("adjointness"));
    println!("999 classes: {:?}", start.elapsed());
    // In another class it is right, and the graph that is certified there says that it speaks for no other.
    let env = tlist![Labels::new([8]).expect("a class")];
    let one = g.certify_in(&env).expect("right in class 8");
    assert_eq!(one.environments(), Environments::Given);
}

#[test]
fn each_class_is_reached() -> Result<(), Counterexample> {
    let start = Instant::now();
    let ten: GraphData<f64, _, _, _> = graph!(|x: [16, 10]; c: [16] < 10| cross_entropy(x, c));
    let proof = prove(&ten)?;
    println!("10 classes: {:?}\n{proof}", start.elapsed());
    let Environments::EveryClass { tried } = proof.environments else {
        panic!("{proof}");
    };
    assert!(tried >= 10, "{proof}");
    let words = "in which each label reaches each of its classes";
    assert!(proof.to_string().contains(words), "{proof}");
    let start = Instant::now();
    let many: GraphData<f64, _, _, _> = graph!(|x: [1, 99]; c: [1] < 99| cross_entropy(x, c));
    let proof = prove_modulo(&many)?;
    println!("99 classes: {:?}\n{proof}", start.elapsed());
    assert_eq!(proof.environments, Environments::EveryClass { tried: 99 });
    let text = proof.to_string();
    let words = "a graph that is wrong in one of them passes with probability below";
    assert!(text.contains(words), "{text}");
    // What reads no labels does not speak of environments.
    let plain = prove_modulo::<f64, _, _, _>(&graph!(|x: [2]| sum(x * x)))?;
    let text = plain.to_string();
    assert!(text.contains("; a wrong graph passes"), "{text}");
    assert!(!text.contains("environment"), "{text}");
    Ok(())
}

/// 999 classes of a loss, each of them reached.
#[test]
fn a_loss_of_999_classes() -> Result<(), Counterexample> {
    let start = Instant::now();
    let g: GraphData<f64, _, _, _> = graph!(|x: [1, 999]; c: [1] < 999| cross_entropy(x, c));
    let proof = prove(&g)?;
    println!("999 classes of a loss: {:?}\n{proof}", start.elapsed());
    assert_eq!(proof.environments, Environments::EveryClass { tried: 999 });
    Ok(())
}

/// Labels that nothing reads are no reason to say less: a proof speaks of those that are read.
#[test]
fn labels_that_are_not_read_do_not_count() -> Result<(), Counterexample> {
    let none: GraphData<f64, _, _, _> = graph!(|x: [2]; _c: [2] < 3| sum(x));
    assert_eq!(prove(&none)?.environments, Environments::Independent);
    assert_eq!(none.certify()?.environments(), Environments::Independent);
    let one: GraphData<f64, _, _, _> =
        graph!(|x: [1, 3]; a: [1] < 3, _c: [] < 999| cross_entropy(x, a));
    assert_eq!(prove(&one)?.environments, Environments::All(3));
    assert_eq!(one.certify()?.environments(), Environments::All(3));
    let g: GraphData<f64, environment![[2] < 3], context![[2]], _> = GraphData::nil();
    let cotangent::frunk::hlist_pat![x] = g.inputs();
    let node: NodeData<f64, environment![[2] < 3], context![[2]], ()> =
        NodeData::from_op("total", g.graph_id(), sum(x));
    assert_eq!(node.certify()?.environments(), Environments::Independent);
    Ok(())
}

/// `x` where a mask says so; the VJP has the mask of another probability.
#[derive(Clone)]
struct Thinned(Discrete<Key>, f64);

impl Op<(shape![2],)> for Thinned {
    type Out = shape![2];
    type Level = levels::Semiring;
    const NAME: &'static str = "thinned";
    fn forward(&self, r: &Recorder<levels::Semiring>, (x,): (Var<shape![2]>,)) -> Var<shape![2]> {
        r.mul_same(x, r.mask(self.0, 0.75))
    }
    fn vjp(
        &self,
        r: &Recorder<levels::Semiring>,
        (_x,): (Var<shape![2]>,),
        _y: Var<shape![2]>,
        dy: Var<shape![2]>,
    ) -> (Var<shape![2]>,) {
        (r.mul_same(dy, r.mask(self.0, self.1)),)
    }
}

fn thinned(x: Var<shape![2]>, key: Discrete<Key>, keep: f64) -> Call<Thinned, (Var<shape![2]>,)> {
    Call::new(Thinned(key, keep), (x,))
}

/// Probabilities are compared exactly: by one part of 2^32.
#[test]
fn another_probability_is_refused() -> Result<(), Counterexample> {
    let graph =
        |keep: f64| -> GraphData<f64, _, _, _> { graph!(|x: [2]; key| thinned(x, key, { keep })) };
    prove(&graph(0.75))?;
    graph(0.75).certify()?;
    for keep in [0.7501, 0.75 + 1.0 / 4_294_967_296.0, 0.0, 1.0] {
        assert!(prove(&graph(keep)).is_err(), "{keep}");
        assert!(graph(keep).certify().is_err());
    }
    let program = |keep: u64| {
        let text =
            format!("cotangent program 1\n%0: key[]\n%1 [2] = mask([2], {keep}) %0\nreturn %1");
        text.parse::<cotangent::program::Program>()
    };
    if let (Ok(one), Ok(other)) = (program(3_000_000_000), program(3_000_000_001)) {
        prove_equal(&one, &one)?;
        assert!(prove_equal(&one, &other).is_err());
    } else {
        panic!("the text of a mask: {:?}", program(3));
    }
    Ok(())
}

/// `x` times how often it was recorded.
#[derive(Clone)]
struct Counted(Arc<AtomicU32>);

impl Op<((),)> for Counted {
    type Out = ();
    type Level = levels::OrderedField;
    const NAME: &'static str = "counted";
    fn forward(&self, r: &Recorder<levels::OrderedField>, (x,): (Var<()>,)) -> Var<()> {
        r.scale(x, i64::from(self.0.fetch_add(1, Ordering::Relaxed)) + 2)
    }
}

#[test]
fn an_op_that_records_two_programs_is_refused() {
    let error = prove_op::<((),)>(Counted(Arc::default())).expect_err("2 and 3");
    assert_eq!(error.law, "an op records one program");
    assert!(error.expected.contains("scale(2)"), "{error}");
    assert!(error.got.contains("scale(3)"), "{error}");
}

/// Of no elements there is nothing to show.
#[test]
fn nothing_shown_is_an_error() {
    let g: GraphData<f64, _, _, _> = graph!(|x: [0, 3]| x * x);
    let errors = [
        prove(&g).err(),
        prove_modulo(&g).err(),
        prove_in(&g, ()).err(),
        prove_batch(&g).err(),
        prove_op::<(shape![0, 3],)>(Positive).err(),
        g.certify().err(),
    ];
    for error in errors {
        let error = error.expect("0 identities");
        assert_eq!(
            error.got, "nothing to show: no shape has elements",
            "{error}"
        );
    }
    assert_eq!(
        Graph::<f64, (), context![[]], _>::nil().environments(),
        Environments::Independent
    );
}

#[derive(Clone)]
struct Positive;

impl<S: Shape> Op<(S,)> for Positive {
    type Out = S;
    type Level = levels::OrderedField;
    const NAME: &'static str = "positive";
    fn forward(&self, r: &Recorder<levels::OrderedField>, (x,): (Var<S>,)) -> Var<S> {
        r.relu(x)
    }
}
