//! Rules that are wrong for some answers of a comparison, or in one class of a label that the graph computes.

use cotangent::prelude::*;
use cotangent::prove::{Environments, prove_op};

type R = Recorder<levels::OrderedField>;
type Scores = Var<shape![40]>;

/// `x`, whose VJP is twice too large where the largest of 40 scores is at one place; at 40 it is right.
#[derive(Clone)]
struct WrongAt(usize);

impl Op<((), shape![40])> for WrongAt {
    type Out = ();
    type Level = levels::OrderedField;
    const NAME: &'static str = "wrong_at";
    fn forward(&self, r: &R, (x, _): (Var<()>, Scores)) -> Var<()> {
        r.scale(x, 1)
    }
    fn vjp(
        &self,
        r: &R,
        (_, scores): (Var<()>, Scores),
        _: Var<()>,
        dy: Var<()>,
    ) -> (Var<()>, Scores) {
        let place = r.record(to_scalar(r.record(argmax(scores, Axis::<0>))));
        let at = r.record(equal(place, self.0 as i64));
        let twice = r.scale(dy, 2);
        (r.record(select(at, twice, dy)), r.zeros())
    }
}

fn wrong_at(x: Var<()>, scores: Scores, place: usize) -> Call<WrongAt, (Var<()>, Scores)> {
    Call::new(WrongAt(place), (x, scores))
}

#[test]
fn one_class_of_40_is_refused() -> Result<(), Counterexample> {
    let graph = |place: usize| -> GraphData<f64, _, _, _> {
        graph!(|x: [], scores: [40]| wrong_at(x, scores, { place }))
    };
    for place in [0, 17, 38, 39] {
        let proofs = [
            prove_op::<((), shape![40])>(WrongAt(place)),
            prove(&graph(place)),
            prove_modulo(&graph(place)),
            prove_in(&graph(place), ()),
        ];
        for proof in proofs {
            let error = proof
                .err()
                .unwrap_or_else(|| panic!("place {place} passed"));
            assert_eq!(error.law, "adjointness", "{error}");
        }
        assert_eq!(
            graph(place).certify().err().map(|error| error.law),
            Some("adjointness")
        );
    }
    let right = [
        prove_op::<((), shape![40])>(WrongAt(40))?,
        prove(&graph(40))?,
        prove_modulo(&graph(40))?,
    ];
    for proof in right {
        assert!(proof.drawn, "{proof}");
        let Environments::EveryClass { tried } = proof.environments else {
            panic!("{proof}");
        };
        assert!((32..100).contains(&tried), "{proof}");
    }
    let certified = graph(40).certify()?;
    assert!(matches!(
        certified.environments(),
        Environments::EveryClass { .. }
    ));
    Ok(())
}

/// A label that the graph computes, read by another node.
#[derive(Clone)]
struct WrongInOne(Discrete<LabelsOf<N<40>, ()>>);

impl Op<((),)> for WrongInOne {
    type Out = ();
    type Level = levels::OrderedField;
    const NAME: &'static str = "wrong_in_one";
    fn forward(&self, r: &R, (x,): (Var<()>,)) -> Var<()> {
        r.scale(x, 1)
    }
    fn vjp(&self, r: &R, _: (Var<()>,), _: Var<()>, dy: Var<()>) -> (Var<()>,) {
        let at = r.record(equal(r.record(to_scalar(self.0)), 33));
        let twice = r.scale(dy, 2);
        (r.record(select(at, twice, dy)),)
    }
}

#[test]
fn one_class_of_a_label_of_another_node_is_refused() {
    fn wrong(x: Var<()>, label: Discrete<LabelsOf<N<40>, ()>>) -> Call<WrongInOne, (Var<()>,)> {
        Call::new(WrongInOne(label), (x,))
    }
    let g: GraphData<f64, _, _, _> =
        graph!(|x: [], scores: [40]| wrong(x, argmax(scores * scores, 0)));
    assert_eq!(prove(&g).unwrap_err().law, "adjointness");
    assert_eq!(prove_modulo(&g).unwrap_err().law, "adjointness");
    assert!(g.certify().is_err());
}

/// Where a rule is wrong.
#[derive(Clone, Copy, Debug)]
enum Range {
    Nowhere,
    /// `from < x < to`.
    Open(f64, f64),
    At(f64),
    Above(f64),
    Below(f64),
}

/// `x`, whose VJP is twice too large in a range.
#[derive(Clone)]
struct WrongIn(Range);

impl Op<((),)> for WrongIn {
    type Out = ();
    type Level = levels::OrderedField;
    const NAME: &'static str = "wrong_in";
    fn forward(&self, r: &R, (x,): (Var<()>,)) -> Var<()> {
        r.scale(x, 1)
    }
    fn vjp(&self, r: &R, (x,): (Var<()>,), _: Var<()>, dy: Var<()>) -> (Var<()>,) {
        let twice = r.scale(dy, 2);
        let dx = match self.0 {
            Range::Nowhere => dy,
            Range::Open(from, to) => {
                let below = r.record(select(r.record(less(x, to)), twice, dy));
                r.record(select(r.record(greater(x, from)), below, dy))
            }
            Range::At(number) => r.record(select(r.record(equal(x, number)), twice, dy)),
            Range::Above(number) => r.record(select(r.record(greater(x, number)), twice, dy)),
            Range::Below(number) => r.record(select(r.record(less(x, number)), twice, dy)),
        };
        (dx,)
    }
}

fn wrong_in(x: Var<()>, range: Range) -> Call<WrongIn, (Var<()>,)> {
    Call::new(WrongIn(range), (x,))
}

#[test]
fn a_rule_that_is_wrong_in_a_range_is_refused() -> Result<(), Counterexample> {
    let graph =
        |range: Range| -> GraphData<f64, _, _, _> { graph!(|x: []| wrong_in(x, { range })) };
    for range in [
        Range::Open(5.0, 100.0),
        Range::Open(0.25, 0.5),
        Range::Open(-0.7, -0.6),
        Range::Open(1e15, 1e16),
        Range::At(7.5),
        Range::Above(1e15),
        Range::Below(-1e300),
    ] {
        let proofs = [
            prove_op::<((),)>(WrongIn(range)),
            prove(&graph(range)),
            prove_modulo(&graph(range)),
        ];
        for proof in proofs {
            let error = proof.err().unwrap_or_else(|| panic!("{range:?} passed"));
            assert_eq!(error.law, "adjointness", "{error}");
        }
    }
    prove(&graph(Range::Nowhere))?;
    Ok(())
}

/// Each of two is in a range of its own.
#[derive(Clone)]
struct WrongWhereBoth;

impl Op<((), ())> for WrongWhereBoth {
    type Out = ();
    type Level = levels::OrderedField;
    const NAME: &'static str = "wrong_where_both";
    fn forward(&self, r: &R, (x, y): (Var<()>, Var<()>)) -> Var<()> {
        r.mul_same(x, y)
    }
    fn vjp(
        &self,
        r: &R,
        (x, y): (Var<()>, Var<()>),
        _: Var<()>,
        dy: Var<()>,
    ) -> (Var<()>, Var<()>) {
        let dx = r.mul_same(dy, y);
        let twice = r.scale(dx, 2);
        let first = r.record(select(r.record(less(x, 2.5)), twice, dx));
        let dx = r.record(select(r.record(greater(y, 0.5)), first, dx));
        (dx, r.mul_same(dy, x))
    }
}

#[test]
fn a_rule_that_is_wrong_where_two_are_in_ranges_is_refused() {
    let error = prove_op::<((), ())>(WrongWhereBoth).expect_err("x < 2.5 and y > 0.5");
    assert_eq!(error.law, "adjointness");
}

/// The larger of two, which is not less than one of them.
#[derive(Clone)]
struct Larger;

impl Op<((), ())> for Larger {
    type Out = ();
    type Level = levels::OrderedField;
    const NAME: &'static str = "larger";
    fn forward(&self, r: &R, (x, y): (Var<()>, Var<()>)) -> Var<()> {
        let larger = r.record(select(r.record(less(x, y)), y, x));
        r.record(select(r.record(less(larger, x)), r.scale(x, 2), y))
    }
}

/// Which answers were reached is said.
#[test]
fn what_was_not_reached_is_said() -> Result<(), Counterexample> {
    let proof = prove_op::<((), ())>(Larger)?;
    assert!(
        matches!(proof.environments, Environments::Some { .. }),
        "{proof}"
    );
    // A square may be more than itself and 1: terms do not know it, and all is looked at.
    let g: GraphData<f64, _, _, _> = graph!(|x: [], y: []| select(less(x * x, x * x + 1.0), x, y));
    let proof = prove(&g)?;
    let all = Environments::EveryClass { tried: 32 };
    assert_eq!(proof.environments, all, "{proof}");
    Ok(())
}
