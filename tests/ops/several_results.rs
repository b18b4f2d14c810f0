//! Ops with several results, with rules of their own: in graphs, on tapes, in proofs.

use cotangent::prelude::*;
use cotangent::program::Prim;
use num_rational::BigRational as Q;

/// The sum and the product, and which is larger. `FACTOR` is 1 in the right rule. With 0 it has a term that is not there:
/// the product of two cotangents, which no result shows alone.
#[derive(Clone)]
struct Both<const FACTOR: i64>;

type R = Recorder<levels::OrderedField>;
type X<S> = (Var<S>, Var<S>);

impl<S: Shape, const FACTOR: i64> Op<(S, S)> for Both<FACTOR> {
    type Out = cotangent::frunk::HList![S, S, LabelsOf<N<2>, S>];
    type Level = levels::OrderedField;
    const NAME: &'static str = "both";

    fn forward(&self, r: &R, (x, y): X<S>) -> (Var<S>, Var<S>, Discrete<LabelsOf<N<2>, S>>) {
        let larger = r.record(less(x, y));
        (r.add_same(x, y), r.mul_same(x, y), larger)
    }
    fn jvp(
        &self,
        r: &R,
        (x, y): X<S>,
        _: (Var<S>, Var<S>, Discrete<LabelsOf<N<2>, S>>),
        (dx, dy): X<S>,
    ) -> (Var<S>, Var<S>, ()) {
        let product = r.add_same(r.mul_same(dx, y), r.mul_same(x, dy));
        (r.add_same(dx, dy), product, ())
    }
    fn vjp(
        &self,
        r: &R,
        (x, y): X<S>,
        _: (Var<S>, Var<S>, Discrete<LabelsOf<N<2>, S>>),
        (sum, product, ()): (Var<S>, Var<S>, ()),
    ) -> X<S> {
        let mixed = r.mul_same(sum, product);
        let sum = match FACTOR {
            0 => r.add_same(sum, mixed),
            _ => sum,
        };
        let product = r.scale(product, FACTOR.max(1));
        (
            r.add_same(sum, r.mul_same(product, y)),
            r.add_same(sum, r.mul_same(product, x)),
        )
    }
}

fn both<S: Shape>(x: Var<S>, y: Var<S>) -> Call<Both<1>, X<S>> {
    Call::new(Both, (x, y))
}

/// The cotangent of the product is twice what it should be.
fn wrong<S: Shape>(x: Var<S>, y: Var<S>) -> Call<Both<2>, X<S>> {
    Call::new(Both, (x, y))
}

/// Right for each result alone, and wrong for both.
fn mixed<S: Shape>(x: Var<S>, y: Var<S>) -> Call<Both<0>, X<S>> {
    Call::new(Both, (x, y))
}

graph! {
    fn mixed_graph(x: [2], y: [2]) -> [] where A: OrderedField {
        let (total, product, _) = mixed(x, y);
        sum(total * product)
    }
    fn right_graph(x: [2], y: [2]) -> ([], [2], [2] < 2) where A: OrderedField {
        let (total, product, larger) = both(x, y);
        (sum(select(larger, total, product)), product, larger)
    }
    fn wrong_graph(x: [2], y: [2]) -> [] where A: OrderedField {
        let (total, product, _) = wrong(x, y);
        sum(total * product)
    }
}

fn q(n: i64) -> Q {
    Q::from_integer(n.into())
}

#[test]
fn the_results_share_one_instruction() {
    let program = right_graph::<Q>().program().unwrap();
    let calls = program.instructions().iter();
    let calls: Vec<usize> = calls
        .filter(|instruction| matches!(&instruction.prim, Prim::Call(call) if call.function.name() == "both"))
        .map(|instruction| instruction.results.len())
        .collect();
    assert_eq!(calls, [3]);
}

#[test]
fn values_and_cotangents() {
    let g = right_graph::<Q>();
    let x = tlist![Tensor::from([q(1), q(5)]), Tensor::from([q(2), q(3)])];
    let ((total, product, larger), tlist![dx, dy]) = g.value_and_vjp(&x, ());
    // 1 < 2: the sum, 3. 5 is not less than 3: the product, 15.
    assert_eq!((total.item(), larger.as_slice()), (q(18), &[1, 0][..]));
    assert_eq!(product, Tensor::from([q(2), q(15)]));
    assert_eq!(
        (dx, dy),
        (Tensor::from([q(1), q(3)]), Tensor::from([q(1), q(5)]))
    );
    // The tape finds the same: the sum and the product are nodes of it, the labels are not.
    let tape = compile_tape(&g, &x, ());
    let names: Vec<_> = tape
        .nodes()
        .iter()
        .filter_map(|node| node.name.as_deref())
        .collect();
    assert!(names.contains(&"total") && names.contains(&"product") && !names.contains(&"larger"));
    let out = tape.last();
    let by_id = tape.backward_scalar(out).unwrap();
    assert_eq!(by_id[&0], Tensor::from([q(1), q(3)]).to_any());
    assert_eq!(by_id[&1], Tensor::from([q(1), q(5)]).to_any());
}

#[test]
fn proofs_hold_for_the_right_rule() -> Result<(), Counterexample> {
    let proof = prove(&right_graph::<f64>())?;
    assert!(proof.is_exact() && proof.drawn, "{proof}");
    let proof = cotangent::prove::prove_op::<(shape![2], shape![2])>(Both::<1>)?;
    assert!(proof.is_exact(), "{proof}");
    Ok(())
}

/// A rule of an op's own is what the tape runs, so a wrong one is found: in the graph, and alone.
#[test]
fn a_wrong_rule_is_refused() {
    let error = prove(&wrong_graph::<f64>()).unwrap_err();
    assert_eq!(error.law, "adjointness");
    assert!(error.place.contains("product"), "{}", error.place);
    let error = cotangent::prove::prove_op::<(shape![2], shape![2])>(Both::<2>).unwrap_err();
    assert_eq!(error.law, "adjointness");
    assert_eq!(error.place, "`both`, the cotangent of x0[0]");
    let error = prove(&mixed_graph::<f64>()).unwrap_err();
    assert_eq!(error.law, "adjointness");
    assert!(error.place.contains("total"), "{}", error.place);
}
