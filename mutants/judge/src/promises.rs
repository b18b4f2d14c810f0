//! What the documents promise of graphs that are made of graphs: a loop is its steps, two calls draw two times. And that a
//! handle belongs to its graph, which no law of a graph can say, since no graph comes of it.

use crate::Judge;
use cotangent::frunk::hlist_pat;
use cotangent::graph::Returns;
use cotangent::prelude::*;
use cotangent::prove::{draws_are_apart, repeat_eq_layers, scan_eq_steps, vmap_eq_entries};
use std::panic::{AssertUnwindSafe, catch_unwind};

graph! {
    fn thin(s: [2], u: [2], w: [2]; key, c: [2]) -> ([2], [2]) where A: OrderedField {
        let next = s * w + dropout(u, key, { 0.5 });
        (next, next * u - c)
    }
    fn layer(s: [2], w: [2, 2]; key) -> [2] where A: OrderedField {
        dropout(einsum!("ij,j->i", w, s), key, { 0.5 })
    }
    fn drawn(x: [2]; key) -> [2] where A: OrderedField { dropout(x, key, { 0.5 }) }
    fn twice(x: [2]; key) -> ([2], [2]) where A: OrderedField {
        let first = drawn(x, key);
        let second = drawn(x, key);
        (first, second)
    }
}

/// Three steps, with an environment for all of them, and one for each.
type Scans<D> = GraphData<f64, D, context![[2], [3, 2], [2]], Scanned>;
type Scanned = Returns<cotangent::frunk::HList![shape![2], shape![3, 2]]>;
type Same = Scans<environment![key, [2]]>;
type Each = Scans<environment![key, [3, 2]]>;
type Layers = GraphData<f64, environment![key], context![[2], [[2, 2]; 3]], OneResult>;
type Entries = GraphData<f64, environment![key], context![[3, 2], [2, 2]], Mapped>;
type Mapped = Returns<cotangent::frunk::HList![shape![3, 2]]>;
type OneResult = Returns<cotangent::frunk::HList![shape![2]]>;

pub fn check(judge: &mut Judge) {
    judge.demand("forth", || {
        let loops: Same = scan(thin());
        scan_eq_steps(&thin(), &loops, 0..3)
    });
    judge.demand("back", || {
        let loops: Same = scan_reverse(thin());
        scan_eq_steps(&thin(), &loops, (0..3).rev())
    });
    judge.demand("forth, each", || {
        let loops: Each = scan_each(thin());
        scan_eq_steps(&thin(), &loops, 0..3)
    });
    judge.demand("back, each", || {
        let loops: Each = scan_each_reverse(thin());
        scan_eq_steps(&thin(), &loops, (0..3).rev())
    });
    judge.demand("layers", || {
        let layers: Layers = repeat(layer());
        repeat_eq_layers(&layer(), &layers, 3)
    });
    judge.demand("entries", || {
        let entries: Entries = vmap(layer());
        vmap_eq_entries(&layer(), &entries, 3)
    });
    judge.demand("twice", || draws_are_apart(&twice::<f64>()));
    judge.demand("two graphs", handles_are_of_their_graph);
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
