//! What the documents promise of graphs that are made of graphs, and no proof of one graph can say: a loop is its steps,
//! two calls draw two times, and a handle belongs to its graph.

use crate::Judge;
use crate::of_graph::random_list;
use cotangent::frunk::hlist_pat;
use cotangent::prelude::*;
use cotangent::prove::anywhere;
use fastrand::Rng;
use std::panic::{AssertUnwindSafe, catch_unwind};

type State = Tensor<f64, shape![8]>;

graph! {
    fn thin(s: [8], u: [8]; key) -> ([8], [8]) where A: OrderedField {
        let next = s * s + dropout(u, key, { 0.5 });
        (next, next * u)
    }
    fn layer(s: [8], w: [8, 8]; key) -> [8] where A: OrderedField {
        dropout(einsum!("ij,j->i", w, s), key, { 0.5 })
    }
    fn drawn(x: [64]; key) -> [64] where A: OrderedField { dropout(x, key, { 0.5 }) }
    fn twice(x: [64]; key) -> ([64], [64]) where A: OrderedField {
        let first = drawn(x, key);
        let second = drawn(x, key);
        (first, second)
    }
}

pub fn check(judge: &mut Judge) {
    judge.demand("forth", || scan_eq_steps(scan(thin()), [0, 1, 2]));
    judge.demand("back", || scan_eq_steps(scan_reverse(thin()), [2, 1, 0]));
    judge.demand("layers", repeat_eq_layers);
    judge.demand("twice", calls_draw_apart);
    judge.demand("two graphs", handles_are_of_their_graph);
}

/// Equal by the bits.
fn same(
    law: &'static str,
    place: &str,
    expected: &[f64],
    got: &[f64],
) -> Result<(), Counterexample> {
    let bits = |x: &[f64]| x.iter().map(|x| x.to_bits()).collect::<Vec<_>>();
    match bits(expected) == bits(got) {
        true => Ok(()),
        false => {
            let text = |x: &[f64]| format!("{x:?}");
            Err(Counterexample::new(law, place, text(expected), text(got)))
        }
    }
}

/// A scan is its steps, one after the other, each with a key that is folded with its number; what they give keeps its
/// place.
fn scan_eq_steps<Ss>(
    loops: GraphData<f64, environment![key], context![[8], [3, 8]], Ss>,
    order: [usize; 3],
) -> Result<(), Counterexample>
where
    Ss: cotangent::graph::Computes,
    Ss::Results: cotangent::graph::Results<Of<f64> = (State, Tensor<f64, shape![3, 8]>)>,
{
    const LAW: &str = "scan_eq_steps";
    let key = Key::new(5);
    let x = random_list::<context![[8], [3, 8]]>(anywhere, &mut Rng::with_seed(1));
    let (last, given) = loops.value(&x, &tlist![key]);
    let tlist![mut state, rows] = x;
    for step in order {
        let row: [f64; 8] = std::array::from_fn(|i| rows.as_slice()[8 * step + i]);
        let at = tlist![state, Tensor::from(row)];
        let (next, of_step) = thin().value(&at, &tlist![key.fold_in(step as u64)]);
        let place = format!("what step {step} gives");
        same(
            LAW,
            &place,
            of_step.as_slice(),
            &given.as_slice()[8 * step..8 * step + 8],
        )?;
        state = next;
    }
    same(LAW, "the last state", state.as_slice(), last.as_slice())
}

/// A repeated layer is the layers, one upon the other, each with its parameters and a key that is folded with its number.
fn repeat_eq_layers() -> Result<(), Counterexample> {
    let key = Key::new(5);
    let x = random_list::<context![[8], [[8, 8]; 3]]>(anywhere, &mut Rng::with_seed(2));
    let got = repeat::<3, f64, _, _, _, _, _, _>(layer()).value(&x, &tlist![key]);
    let tlist![mut state, weights] = x;
    for (number, weight) in weights.into_iter().enumerate() {
        let at = tlist![state, weight];
        state = layer().value(&at, &tlist![key.fold_in(number as u64)]);
    }
    same(
        "repeat_eq_layers",
        "the last layer",
        state.as_slice(),
        got.as_slice(),
    )
}

/// Two calls of one graph with one key draw two times.
fn calls_draw_apart() -> Result<(), Counterexample> {
    let (first, second) = twice::<f64>().value(&tlist![Tensor::one()], &tlist![Key::new(5)]);
    match first == second {
        false => Ok(()),
        true => {
            let got = format!("{:?} twice", first.as_slice());
            Err(Counterexample::new(
                "calls_draw_apart",
                "64 draws of each",
                "two masks",
                got,
            ))
        }
    }
}

/// A handle of another graph is refused, also beside one of its own.
fn handles_are_of_their_graph() -> Result<(), Counterexample> {
    let graph = || GraphData::<f64, (), context![[2]], _>::named("mine", &["x"]);
    let other = GraphData::<f64, (), context![[2]], _>::named("other", &["x"]);
    let hlist_pat![foreign] = other.inputs();
    let refused = [
        (
            "a node",
            catch_unwind(AssertUnwindSafe(|| drop(graph().node("y", neg(foreign))))),
        ),
        ("a second argument", {
            let mine = graph();
            let hlist_pat![x] = mine.inputs();
            catch_unwind(AssertUnwindSafe(|| drop(mine.node("y", mul(x, foreign)))))
        }),
    ];
    for (place, result) in refused {
        if result.is_ok() {
            let law = "handles_are_of_their_graph";
            return Err(Counterexample::new(law, place, "a refusal", "a graph"));
        }
    }
    Ok(())
}
