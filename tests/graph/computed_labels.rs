//! Labels that a graph computes: what reads them, where they may be, and what a proof says of them.

use cotangent::prelude::*;
use cotangent::prove::Method;
use cotangent::scalar::Level;

type Table = Tensor<f64, shape![3, 2]>;

fn table() -> Table {
    Tensor::from([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])
}

fn scores() -> Tensor<f64, shape![2, 3]> {
    Tensor::from([[0.0, 7.0, 1.0], [9.0, 8.0, 9.0]])
}

graph! {
    /// The rows of a table with the largest scores.
    fn best(table: [3, 2], scores: [2, 3]) -> [2, 2] where A: OrderedField {
        gather(table, argmax(scores, 1))
    }

    fn twice(table: [3, 2], scores: [2, 3]) -> [2, 2] where A: OrderedField {
        best(table, scores) + best(table, scores)
    }

    fn places(scores: [2, 3]) -> [2] < 3 where A: OrderedField {
        argmax(scores, 1)
    }

    /// The labels of a graph that is called.
    fn by_call(table: [3, 2], scores: [2, 3]) -> [2, 2] where A: OrderedField {
        gather(table, places(scores))
    }
}

/// [`best`] as an op: through the recorder.
#[derive(Clone)]
struct Best;
impl Op<(shape![3, 2], shape![2, 3])> for Best {
    type Out = shape![2, 2];
    type Level = levels::OrderedField;
    const NAME: &'static str = "best";
    fn forward(
        &self,
        r: &Recorder<levels::OrderedField>,
        (table, scores): (Var<shape![3, 2]>, Var<shape![2, 3]>),
    ) -> Var<shape![2, 2]> {
        let places = r.record(argmax(scores, Axis::<1>));
        r.record(gather(table, places))
    }
}

fn best_op(
    table: Var<shape![3, 2]>,
    scores: Var<shape![2, 3]>,
) -> Call<Best, (Var<shape![3, 2]>, Var<shape![2, 3]>)> {
    Call::new(Best, (table, scores))
}

/// The rows 1 and 0 are chosen; the scores have no cotangent but zero.
fn check<Ss>(g: &GraphData<f64, environment![], context![[3, 2], [2, 3]], Ss>, factor: f64)
where
    Ss: cotangent::graph::Computes<Results = context![[2, 2]], First = shape![2, 2]>,
{
    let x = tlist![table(), scores()];
    let chosen = Tensor::from([[3.0, 4.0], [1.0, 2.0]]).map(|x| factor * x);
    assert_eq!(g.value(&x, ()), chosen);
    let dy = Tensor::from([[1.0, 10.0], [100.0, 1000.0]]);
    let (y, tlist![dtable, dscores]) = g.vjp(&x, (), &dy);
    assert_eq!((y, dscores), (chosen, Tensor::zeros()));
    let placed = Tensor::from([[100.0, 1000.0], [1.0, 10.0], [0.0, 0.0]]);
    assert_eq!(dtable, placed.map(|x| factor * x));
}

#[test]
fn in_a_graph_a_call_an_op_and_on_the_tape() -> Result<(), Box<dyn std::error::Error>> {
    check(&best(), 1.0);
    check(&twice(), 2.0);
    check(&by_call(), 1.0);
    let of_op: GraphData<f64, _, _, _> =
        graph!(|table: [3, 2], scores: [2, 3]| best_op(table, scores));
    check(&of_op, 1.0);
    for g in [best(), by_call()] {
        // One node: the gather, which contains what makes its labels. It is differentiated in both tensors.
        let tape = compile_tape(&g, &tlist![table(), scores()], ());
        assert_eq!(tape.size(), 3);
        let last = &tape.nodes()[2];
        assert_eq!(last.parents.to_vec(), [0, 1]);
    }
    Ok(())
}

/// The other readers of labels.
#[test]
fn every_reader() -> Result<(), LabelsError> {
    let g: GraphData<f64, _, _, _> = graph!(|table: [3, 2], x: [2, 3]| -> ([2, 2], [3, 3], [], [2, 3]) {
        let places = argmax(x, 1);
        (embedding(table, places), scatter_add(x, places), cross_entropy(x, places), one_hot(places))
    });
    let by_entry: GraphData<f64, _, _, _> = graph!(|table: [3, 2], x: [2, 3]; places: [2] < 3| -> ([2, 2], [3, 3], [], [2, 3]) {
        (embedding(table, places), scatter_add(x, places), cross_entropy(x, places), one_hot(places))
    });
    let x = tlist![table(), scores()];
    let env = tlist![Labels::new([1, 0])?];
    assert_eq!(g.value(&x, ()), by_entry.value(&x, &env));
    let dy = (
        Tensor::ones(),
        Tensor::ones(),
        Tensor::ones(),
        Tensor::ones(),
    );
    assert_eq!(g.vjp(&x, (), &dy).1, by_entry.vjp(&x, &env, &dy).1);
    Ok(())
}

/// Labels beside a loss: a training sees what was guessed.
#[test]
fn labels_are_results() {
    assert_eq!(places().value(&scores(), ()).as_slice(), [1, 0]);
    let g: GraphData<f64, _, _, _> = graph!(|x: [2, 3]| -> ([], [2] < 3) {
        (sum(x * x), argmax(x, 1))
    });
    let ((total, guesses), dx) = g.value_and_vjp(&scores(), ());
    assert_eq!(
        (total.item(), guesses.as_slice()),
        (276.0, [1, 0].as_slice())
    );
    assert_eq!(dx, scores().map(|x| 2.0 * x));
}

#[test]
fn a_proof_says_what_was_drawn() -> Result<(), Counterexample> {
    for proof in [
        prove(&best::<f64>())?,
        prove(&twice::<f64>())?,
        prove(&by_call::<f64>())?,
        cotangent::prove::prove_op::<(shape![3, 2], shape![2, 3])>(Best)?,
        prove_batch(&best::<f64>())?,
    ] {
        assert!(proof.drawn && proof.is_exact(), "{proof}");
        assert!(
            proof.environments.tried() >= 32 && !proof.environments.are_all(),
            "{proof}"
        );
        assert_eq!(proof.level, Level::OrderedField, "{proof}");
        let says = "with computed labels drawn in each, since their derivative is zero";
        assert!(proof.to_string().contains(says), "{proof}");
    }
    // Nothing is differentiated, but the order is needed.
    let proof = prove(&places::<f64>())?;
    assert!(proof.drawn && proof.level == Level::OrderedField, "{proof}");
    let tally = cotangent::prove::reject_mutants(&best::<f64>(), cotangent::prove::anywhere)?;
    assert!(tally.rejected > 3, "{tally}");
    // An order that is given is not drawn.
    let proof = cotangent::prove::prove::<f64, _, _, _>(
        &graph!(|x: [2]| gather(x, iota::<shape![2], Axis<0>>())),
    )?;
    assert!(!proof.drawn && proof.environments.are_all(), "{proof}");
    Ok(())
}

/// The smaller of two, with rules that are right in some orders of the two only.
#[derive(Clone, Copy, Debug)]
enum Smaller {
    /// As derived.
    Right,
    /// Where `a` is smaller.
    First,
    /// Where it is not.
    Second,
    /// Where the two differ.
    Unequal,
}

type Pair = (Var<()>, Var<()>);

impl Op<((), ())> for Smaller {
    type Out = ();
    type Level = levels::OrderedField;
    const NAME: &'static str = "smaller";
    fn forward(&self, r: &Recorder<levels::OrderedField>, (a, b): Pair) -> Var<()> {
        r.record(select(r.record(less(a, b)), a, b))
    }
    fn jvp(
        &self,
        r: &Recorder<levels::OrderedField>,
        (a, b): Pair,
        _y: Var<()>,
        (da, db): Pair,
    ) -> Var<()> {
        match self {
            Smaller::Right => r.record(select(r.record(less(a, b)), da, db)),
            Smaller::First => da,
            Smaller::Second => db,
            Smaller::Unequal => r.record(select(r.record(less_equal(a, b)), da, db)),
        }
    }
    fn vjp(
        &self,
        r: &Recorder<levels::OrderedField>,
        (a, b): Pair,
        _y: Var<()>,
        dy: Var<()>,
    ) -> Pair {
        let zero = r.zeros();
        let by = |condition| {
            (
                r.record(select(condition, dy, zero)),
                r.record(select(condition, zero, dy)),
            )
        };
        match self {
            Smaller::Right => by(r.record(less(a, b))),
            Smaller::First => (dy, zero),
            Smaller::Second => (zero, dy),
            Smaller::Unequal => by(r.record(less_equal(a, b))),
        }
    }
}

/// One set of draws has one order of two numbers; a proof looks at many.
#[test]
fn a_rule_that_is_wrong_in_one_order_is_refused() {
    let smaller = |how, a, b| Call::<Smaller, Pair>::new(how, (a, b));
    let prove = |how: Smaller| {
        let op = cotangent::prove::prove_op::<((), ())>(how);
        let g: GraphData<f64, _, _, _> = graph!(|a: [], b: []| smaller({ how }, a, b));
        let modulo = prove_modulo(&g);
        if let Ok(proof) = &modulo {
            assert!(proof.drawn && matches!(proof.method, Method::Modulo { .. }));
        }
        [op, prove(&g), modulo].map(|proof| proof.map_err(|why| why.law))
    };
    for proof in prove(Smaller::Right) {
        assert!(proof.is_ok_and(|proof| proof.drawn));
    }
    for how in [Smaller::First, Smaller::Second, Smaller::Unequal] {
        for proof in prove(how) {
            assert_eq!(proof.unwrap_err(), "jvp_is_the_derivative", "{how:?}");
        }
    }
}
