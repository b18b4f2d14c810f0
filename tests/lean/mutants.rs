//! Each law rejects a list, a tape or a graph that is broken on purpose. A law that passes these proves nothing.

mod batches;
mod loops;

use super::common::{random_list, random_seed};
use super::random_graph::{Gamma, random_graph};
use super::typed_graphs;
use cotangent::context::{Algebra, At, Erase, Here, Single, Snoc, Taking, There, Unsnoc};
use cotangent::frunk::hlist::{HCons, HNil};
use cotangent::op::{Call, Op, Recorder, Var};
use cotangent::prelude::*;
use cotangent::tensor::Value;
use fastrand::Rng;
use num_rational::BigRational as Q;
use std::sync::atomic::{AtomicI64, Ordering};

fn q(value: i64) -> Q {
    Q::from_integer(value.into())
}

/// The law and the place that it names.
#[track_caller]
fn rejects(result: Result<(), Counterexample>, law: &str) -> Counterexample {
    let counterexample = result.expect_err("the law passes a mutant");
    assert_eq!(counterexample.law, law, "{counterexample}");
    counterexample
}

// Lists: a vector of one and a vector of two numbers, each with one operation broken.

const ADD: u8 = 1;
const ZERO: u8 = 2;
const SNOC: u8 = 3;
const UNSNOC: u8 = 4;
const SINGLE: u8 = 5;

#[derive(Clone, Debug, PartialEq)]
struct One<const FAULT: u8>(Q);

#[derive(Clone, Debug, PartialEq)]
struct Two<const FAULT: u8>(Q, Q);

impl<const FAULT: u8> Algebra<Q> for One<FAULT> {
    fn zeros() -> Self {
        One(if FAULT == ZERO { q(1) } else { q(0) })
    }
    fn add(&self, other: &Self) -> Self {
        One(if FAULT == ADD {
            self.0.clone()
        } else {
            &self.0 + &other.0
        })
    }
    fn sub(&self, other: &Self) -> Self {
        One(&self.0 - &other.0)
    }
    fn scale(&self, c: Q) -> Self {
        One(&self.0 * c)
    }
    fn dot(&self, other: &Self) -> Q {
        &self.0 * &other.0
    }
}

impl<const FAULT: u8> Algebra<Q> for Two<FAULT> {
    fn zeros() -> Self {
        Two(q(0), One::<FAULT>::zeros().0)
    }
    fn add(&self, other: &Self) -> Self {
        Two(
            &self.0 + &other.0,
            One::<FAULT>(self.1.clone()).add(&One(other.1.clone())).0,
        )
    }
    fn sub(&self, other: &Self) -> Self {
        Two(&self.0 - &other.0, &self.1 - &other.1)
    }
    fn scale(&self, c: Q) -> Self {
        Two(&self.0 * &c, &self.1 * c)
    }
    fn dot(&self, other: &Self) -> Q {
        &self.0 * &other.0 + &self.1 * &other.1
    }
}

impl<const FAULT: u8> Snoc<One<FAULT>> for One<FAULT> {
    type Out = Two<FAULT>;
    fn snoc(self, last: One<FAULT>) -> Two<FAULT> {
        Two(self.0, if FAULT == SNOC { q(0) } else { last.0 })
    }
}

impl<const FAULT: u8> Unsnoc for Two<FAULT> {
    type Init = One<FAULT>;
    type Last = One<FAULT>;
    fn unsnoc(self) -> (One<FAULT>, One<FAULT>) {
        match FAULT {
            UNSNOC => (One(self.1), One(self.0)),
            _ => (One(self.0), One(self.1)),
        }
    }
}

#[test]
fn dot_add_right() {
    let v = |x, y| Two::<ADD>(q(x), q(y));
    rejects(
        laws::dot_add_right(&v(1, 2), &v(3, 4), &v(5, 6)),
        "dot_add_right",
    );
    let v = |x, y| Two::<0>(q(x), q(y));
    assert_eq!(laws::dot_add_right(&v(1, 2), &v(3, 4), &v(5, 6)), Ok(()));
}

#[test]
fn dot_zero_right() {
    rejects(
        laws::dot_zero_right(&Two::<ZERO>(q(1), q(2))),
        "dot_zero_right",
    );
    assert_eq!(laws::dot_zero_right(&Two::<0>(q(1), q(2))), Ok(()));
}

#[test]
fn dot_snoc() {
    let v = |x| One::<SNOC>(q(x));
    rejects(laws::dot_snoc(&v(1), &v(2), &v(3), &v(4)), "dot_snoc");
    let v = |x| One::<0>(q(x));
    assert_eq!(laws::dot_snoc(&v(1), &v(2), &v(3), &v(4)), Ok(()));
}

#[test]
fn unsnoc_snoc() {
    rejects(
        laws::unsnoc_snoc(&One::<UNSNOC>(q(1)), &One(q(2))),
        "unsnoc_snoc",
    );
    let lost = rejects(
        laws::unsnoc_snoc(&One::<SNOC>(q(1)), &One(q(2))),
        "unsnoc_snoc",
    );
    assert_eq!(lost.place, "the last entry");
    assert_eq!(laws::unsnoc_snoc(&One::<0>(q(1)), &One(q(2))), Ok(()));
}

#[test]
fn snoc_unsnoc() {
    rejects(laws::snoc_unsnoc(&Two::<UNSNOC>(q(1), q(2))), "snoc_unsnoc");
    rejects(laws::snoc_unsnoc(&Two::<SNOC>(q(1), q(2))), "snoc_unsnoc");
    assert_eq!(laws::snoc_unsnoc(&Two::<0>(q(1), q(2))), Ok(()));
}

/// A pair whose `single` writes to the wrong entry.
#[derive(Clone, Debug, PartialEq)]
struct Pair<const FAULT: u8>(One<0>, One<0>);

impl<const FAULT: u8> Algebra<Q> for Pair<FAULT> {
    fn zeros() -> Self {
        Pair(One::zeros(), One::zeros())
    }
    fn add(&self, other: &Self) -> Self {
        Pair(self.0.add(&other.0), self.1.add(&other.1))
    }
    fn sub(&self, other: &Self) -> Self {
        Pair(self.0.sub(&other.0), self.1.sub(&other.1))
    }
    fn scale(&self, c: Q) -> Self {
        Pair(self.0.scale(c.clone()), self.1.scale(c))
    }
    fn dot(&self, other: &Self) -> Q {
        self.0.dot(&other.0) + self.1.dot(&other.1)
    }
}

impl<const FAULT: u8> At<There<Here>> for Pair<FAULT> {
    type Entry = One<0>;
    fn at(&self) -> &One<0> {
        &self.1
    }
    const POSITION: usize = 1;
}

impl<const FAULT: u8> Single<Q, There<Here>> for Pair<FAULT> {
    fn single(value: One<0>) -> Self {
        match FAULT {
            SINGLE => Pair(value, One::zeros()),
            _ => Pair(One::zeros(), value),
        }
    }
}

#[test]
fn dot_single() {
    let wrong = Pair::<SINGLE>(One(q(2)), One(q(3)));
    let counterexample = rejects(
        laws::dot_single::<Q, _, There<Here>>(&wrong, &One(q(5))),
        "dot_single",
    );
    assert_eq!(
        (counterexample.expected, counterexample.got),
        ("15".into(), "10".into())
    );
    let right = Pair::<0>(One(q(2)), One(q(3)));
    assert_eq!(
        laws::dot_single::<Q, _, There<Here>>(&right, &One(q(5))),
        Ok(())
    );
}

// Erasure: a list that forgets its shapes wrongly.

const REVERSED: u8 = 6;

/// A pair of scalars whose erasure, where it has the fault, comes back in the other order.
#[derive(Clone, Debug, PartialEq)]
struct Erased<const FAULT: u8>(Q, Q);

impl<const FAULT: u8> Erase<Q> for Erased<FAULT> {
    fn push_any(&self, list: &mut Vec<Value<Q>>) {
        list.extend([&self.0, &self.1].map(|x| AnyTensor::scalar(x.clone()).into()));
    }
    fn take_any(from: &mut Taking<Q>) -> Self {
        let (x, y): (Tensor<Q, ()>, Tensor<Q, ()>) = (Erase::take_any(from), Erase::take_any(from));
        let (x, y) = (x.item(), y.item());
        match FAULT {
            REVERSED => Erased(y, x),
            _ => Erased(x, y),
        }
    }
}

impl<const FAULT: u8> Algebra<Q> for Erased<FAULT> {
    fn zeros() -> Self {
        Erased(q(0), q(0))
    }
    fn add(&self, other: &Self) -> Self {
        Erased(&self.0 + &other.0, &self.1 + &other.1)
    }
    fn sub(&self, other: &Self) -> Self {
        Erased(&self.0 - &other.0, &self.1 - &other.1)
    }
    fn scale(&self, c: Q) -> Self {
        Erased(&self.0 * &c, &self.1 * c)
    }
    fn dot(&self, other: &Self) -> Q {
        &self.0 * &other.0 + &self.1 * &other.1
    }
}

#[test]
fn casts() {
    let x = TensorList(Erased::<0>(q(1), q(2)));
    assert_eq!(laws::to_any_list_cast::<Q, _, Erased<0>>(&x), Ok(()));
    rejects(
        laws::to_any_list_cast::<Q, _, Erased<REVERSED>>(&x),
        "to_any_list_cast",
    );
    rejects(laws::to_any_list_cast::<Q, _, HNil>(&x), "to_any_list_cast");
    assert_eq!(laws::cast_symm::<Q, _, Erased<0>>(&x), Ok(()));
    rejects(laws::cast_symm::<Q, _, Erased<REVERSED>>(&x), "cast_symm");
    let y = |x, y| TensorList(Erased::<REVERSED>(q(x), q(y)));
    rejects(
        laws::dot_cast_left::<Q, _, _>(&TensorList(Erased::<SNOC>(q(1), q(2))), &y(3, 5)),
        "dot_cast_left",
    );
    assert_eq!(
        laws::dot_cast_left::<Q, _, _>(&x, &TensorList(Erased::<ZERO>(q(3), q(5)))),
        Ok(())
    );
}

#[test]
fn erased_lists() {
    let x: TList<Q, context![[], []]> = tlist![Tensor::scalar(q(1)), Tensor::scalar(q(2))];
    let mut erased = x.to_any_list();
    assert_eq!(*x.to_any_array(), *erased);
    assert_eq!(
        laws::length_to_any_list_of::<Q, context![[], []]>(&erased),
        Ok(())
    );
    erased.pop();
    rejects(
        laws::length_to_any_list_of::<Q, context![[], []]>(&erased),
        "length_to_any_list",
    );
    let mut indexed = x.to_indexed_any_list(7);
    assert_eq!(laws::mem_to_indexed_any_list_lt_of(&indexed, 7), Ok(()));
    indexed[1].0 = 9;
    let law = "mem_to_indexed_any_list_lt";
    assert_eq!(
        rejects(laws::mem_to_indexed_any_list_lt_of(&indexed, 7), law).place,
        "entry 1"
    );
}

/// A list that grows at its head where it should grow at its end.
#[derive(Clone, Debug, PartialEq)]
struct Grows(Tensor<Q, ()>);

impl Erase<Q> for Grows {
    fn push_any(&self, list: &mut Vec<Value<Q>>) {
        list.push(self.0.to_any().into());
    }
    fn take_any(from: &mut Taking<Q>) -> Self {
        Grows(Tensor::take_any(from))
    }
}

impl Snoc<Tensor<Q, ()>> for Grows {
    type Out = Grown;
    fn snoc(self, last: Tensor<Q, ()>) -> Grown {
        Grown(last, self.0)
    }
}

struct Grown(Tensor<Q, ()>, Tensor<Q, ()>);

impl Unsnoc for Grown {
    type Init = Grows;
    type Last = Tensor<Q, ()>;
    fn unsnoc(self) -> (Grows, Tensor<Q, ()>) {
        (Grows(self.1), self.0)
    }
}

impl Erase<Q> for Grown {
    fn push_any(&self, list: &mut Vec<Value<Q>>) {
        list.extend([self.0.to_any().into(), self.1.to_any().into()]);
    }
    fn take_any(from: &mut Taking<Q>) -> Self {
        Grown(Tensor::take_any(from), Tensor::take_any(from))
    }
}

#[test]
fn to_any_list_snoc() {
    let scalar = |x| Tensor::scalar(q(x));
    rejects(
        laws::to_any_list_snoc::<Q, _, _>(&Grows(scalar(1)), &scalar(2)),
        "to_any_list_snoc",
    );
    assert_eq!(
        laws::to_any_list_snoc::<Q, _, _>(&tlist![scalar(1)], &scalar(2)),
        Ok(())
    );
}

// Leaves: tapes that `add_leaves` should not have made.

type Small = context![[], []];

fn two_leaves() -> (Tape<Q>, TList<Q, Small>, Tape<Q>) {
    let mut before = Tape::empty();
    before.leaf(&Tensor::scalar(q(9)), Some("first"), true);
    let x = tlist![Tensor::scalar(q(1)), Tensor::scalar(q(2))];
    let mut after = before.clone();
    add_leaves(&mut after, &x);
    (before, x, after)
}

#[test]
fn size_add_leaves() {
    let (before, _, mut after) = two_leaves();
    assert_eq!(
        laws::size_add_leaves_of::<Q, Small>(&before, &after),
        Ok(())
    );
    after.nodes_mut().pop();
    rejects(
        laws::size_add_leaves_of::<Q, Small>(&before, &after),
        "size_add_leaves",
    );
}

#[test]
fn nodes_add_leaves() {
    let (before, x, after) = two_leaves();
    let judge = |after: &Tape<Q>| laws::nodes_add_leaves_of::<Q, Small>(&before, &x, after);
    assert_eq!(judge(&after), Ok(()));
    let mutate = |change: fn(&mut Vec<TapeNode<Q>>)| {
        let mut mutant = after.clone();
        change(mutant.nodes_mut());
        rejects(judge(&mutant), "nodes_add_leaves").place
    };
    assert_eq!(mutate(|nodes| nodes.swap(1, 2)), "the value of node 1");
    assert_eq!(
        mutate(|nodes| nodes[2].requires_grad = false),
        "the flag `requires_grad` of node 2"
    );
    assert_eq!(
        mutate(|nodes| nodes[2].parents = vec![0]),
        "the parents of node 2"
    );
    assert_eq!(
        mutate(|nodes| nodes[2].op = "add".into()),
        "the op of node 2"
    );
    assert_eq!(
        mutate(|nodes| nodes[1].name = Some("x".into())),
        "the name of node 1"
    );
    // The old nodes.
    assert_eq!(mutate(|nodes| nodes[0].name = None), "the name of node 0");
    assert_eq!(
        mutate(|nodes| nodes[0].op = "add".into()),
        "the op of node 0"
    );
    let contributes = |nodes: &mut Vec<TapeNode<Q>>| {
        nodes[0] = nodes[0].with_backward(|dy| Ok(vec![(0, dy.clone())]));
    };
    let place = mutate(contributes);
    assert!(
        place.starts_with("the number of contributions of node 0"),
        "{place}"
    );
    // A leaf that contributes: always, of zeros only, of large cotangents only, of a cotangent of other dims only, of any
    // but its own value.
    type When = fn(&AnyTensor<Q>) -> bool;
    let whens: [When; 5] = [
        |_| true,
        |dy| dy.as_slice() == [q(0)],
        |dy| dy.as_slice()[0] > q(1),
        |dy| !dy.dims().is_empty(),
        |dy| dy.as_slice() != [q(2)],
    ];
    for when in whens {
        let mut mutant = after.clone();
        mutant.nodes_mut()[2] = mutant.nodes()[2].with_backward(move |dy| {
            let contributions = vec![(0, dy.clone())];
            Ok(if when(dy) { contributions } else { vec![] })
        });
        let place = rejects(judge(&mutant), "nodes_add_leaves").place;
        assert!(
            place.starts_with("the number of contributions of node 2"),
            "{place}"
        );
    }
}

#[test]
fn add_leaves_values() {
    let (before, x, mut after) = two_leaves();
    let judge = |after: &Tape<Q>| laws::add_leaves_values_of::<Q, Small>(&before, &x, after);
    assert_eq!(judge(&after), Ok(()));
    after.nodes_mut()[2].value = AnyTensor::scalar(q(3));
    let counterexample = rejects(judge(&after), "add_leaves_values");
    assert_eq!(counterexample.place, "entry 2");
}

// Graphs: nodes that are not functions, and nodes whose rules disagree.

type Line = context![[]];

/// `y = x`, whose value counts the calls: a graph that is not a function of its inputs.
fn impure_forward() -> GraphData<Q, (), Line, HCons<(), HNil>> {
    let calls = AtomicI64::new(0);
    GraphData::nil().snoc(NodeData::<Q, (), Line, ()>::from_closures(
        "count",
        move |_, ()| Tensor::scalar(q(calls.fetch_add(1, Ordering::Relaxed))),
        |_, dx, ()| dx.get::<0>().clone(),
        |_, (), dy| tlist![dy.clone()],
    ))
}

/// `y = x`, whose pullback counts the calls.
fn impure_vjp() -> GraphData<Q, (), Line, HCons<(), HNil>> {
    let calls = AtomicI64::new(0);
    GraphData::nil().snoc(NodeData::<Q, (), Line, ()>::from_closures(
        "count",
        |x, ()| x.get::<0>().clone(),
        |_, dx, ()| dx.get::<0>().clone(),
        move |_, (), _| tlist![Tensor::scalar(q(calls.fetch_add(1, Ordering::Relaxed)))],
    ))
}

fn at(x: i64) -> TList<Q, Line> {
    tlist![Tensor::scalar(q(x))]
}

#[test]
fn ctx_eq_eval() {
    let law = "compile_data_ctx_eq_eval";
    rejects(
        laws::compile_data_ctx_eq_eval(&impure_forward(), &at(1), ()),
        law,
    );
    let certified = impure_forward().certify().expect("its rules are adjoint");
    rejects(
        laws::compile_ctx_eq_eval(&certified, &at(1), ()),
        "compile_ctx_eq_eval",
    );
}

#[test]
fn values_eq() {
    let law = "compile_data_values_eq";
    rejects(
        laws::compile_data_values_eq(&impure_forward(), &at(1), ()),
        law,
    );
    let certified = impure_forward().certify().expect("its rules are adjoint");
    rejects(
        laws::compile_values_eq(&certified, &at(1), ()),
        "compile_values_eq",
    );

    // A tape in another order.
    let rng = &mut Rng::with_seed(1);
    let g = random_graph::<Q>(rng);
    let (mut tape, context) = compile_data(&g, &random_list::<Q, Gamma>(rng), ());
    let context = context.to_any_list();
    assert_eq!(laws::values_eq_of("order", &tape, &context), Ok(()));
    tape.nodes_mut().swap(0, 4);
    rejects(laws::values_eq_of("order", &tape, &context), "order");
}

#[test]
fn nodes_size() {
    for law in ["compile_data_nodes_size", "compile_nodes_size"] {
        let (mut tape, _) = compile_data(&impure_vjp(), &at(1), ());
        let judge = |tape: &Tape<Q>| laws::nodes_size_of::<Q, Line, HCons<(), HNil>>(law, tape);
        assert_eq!(judge(&tape), Ok(()));
        add_leaves(&mut tape, &at(1));
        rejects(judge(&tape), law);
    }
}

#[test]
fn all_requires_grad_true() {
    let (mut tape, _) = compile_data(&impure_vjp(), &at(1), ());
    assert_eq!(laws::all_requires_grad_true_of(&tape), Ok(()));
    tape.nodes_mut()[1].requires_grad = false;
    let law = "all_requires_grad_true";
    assert_eq!(
        rejects(laws::all_requires_grad_true_of(&tape), law).place,
        "node 1 `count` (closures)"
    );
}

#[test]
fn backward_pids_lt_id() {
    let (mut tape, _) = compile_data(&impure_vjp(), &at(1), ());
    assert_eq!(laws::backward_pids_lt_id_of(&tape), Ok(()));
    let value = AnyTensor::scalar(q(1));
    let to_itself = |dy: &AnyTensor<Q>| Ok(vec![(2, dy.clone())]);
    tape.add_node(TapeNode::new("loop", "mutant", value, vec![2], to_itself));
    let counterexample = rejects(laws::backward_pids_lt_id_of(&tape), "backward_pids_lt_id");
    assert_eq!(counterexample.got, "one to node 2");
    let error = tape
        .backward(2, &AnyTensor::scalar(q(1)))
        .expect_err("the loop would not end");
    assert_eq!(
        error.to_string(),
        "node 2 `loop` (mutant) contributes to node 2, which is not before it"
    );
}

#[test]
fn backward_dense_from_compile_eq_backprop_all() {
    let seed = tlist![Tensor::scalar(q(5)), Tensor::scalar(q(7))];
    rejects(
        laws::backward_dense_from_compile_data_eq_backprop_all(&impure_vjp(), &at(1), (), &seed),
        "backward_dense_from_compile_data_eq_backprop_all",
    );

    // Every node of a random graph in turn: its pullback doubled, dropped, or sent to another parent.
    let law = "backward_dense_from_compile_eq_backprop_all";
    let rng = &mut Rng::with_seed(2);
    let g = random_graph::<Q>(rng);
    let certified = g.clone().certify().expect("library ops");
    let x = random_list::<Q, Gamma>(rng);
    let seed = random_seed(&g, &x, (), rng);
    let (tape, _) = compile(&certified, &x, ());
    let judge = |tape: &Tape<Q>| laws::backward_dense_from_eq_of(law, tape, &g, &x, (), &seed);
    assert_eq!(judge(&tape), Ok(()));
    for id in 4..tape.size() {
        let original = tape.nodes()[id].clone();
        if original
            .backward(&AnyTensor::full(original.value.dims().clone(), q(1)))
            .is_ok_and(|contributions| {
                contributions
                    .iter()
                    .all(|(_, c)| c.as_slice().iter().all(|x| *x == q(0)))
            })
        {
            continue; // a rectifier that is off everywhere: its pullback is zero, doubled or not
        }
        let (inner, node) = (original.clone(), &original);
        let doubled = move |dy: &AnyTensor<Q>| {
            let contributions = inner.backward(dy)?;
            let double = |(id, c): (usize, AnyTensor<Q>)| Ok((id, c.add(&c).expect("equal dims")));
            contributions.into_iter().map(double).collect()
        };
        let mut mutant = tape.clone();
        let (name, parents) = (node.name.clone().expect("compiled"), node.parents.clone());
        mutant.nodes_mut()[id] =
            TapeNode::new(name, "mutant", node.value.clone(), parents, doubled);
        rejects(judge(&mutant), law);
        mutant.nodes_mut()[id] = leaf_node_of_any(node.value.clone());
        rejects(judge(&mutant), law);
    }
}

/// `y = a b` whose cotangent of `b` has the wrong sign. It type checks; the laws refuse it.
#[derive(Clone)]
struct WrongSign;

impl<S: Shape> Op<(S, S)> for WrongSign {
    type Out = S;
    type Level = levels::Ring;
    const NAME: &'static str = "wrong_sign";

    fn forward(&self, r: &Recorder<levels::Ring>, (a, b): (Var<S>, Var<S>)) -> Var<S> {
        r.mul_same(a, b)
    }
    fn jvp(
        &self,
        r: &Recorder<levels::Ring>,
        (a, b): (Var<S>, Var<S>),
        _y: Var<S>,
        (da, db): (Var<S>, Var<S>),
    ) -> Var<S> {
        r.add_same(r.mul_same(da, b), r.mul_same(a, db))
    }
    fn vjp(
        &self,
        r: &Recorder<levels::Ring>,
        (a, b): (Var<S>, Var<S>),
        _y: Var<S>,
        dy: Var<S>,
    ) -> (Var<S>, Var<S>) {
        (r.mul_same(dy, b), r.neg(r.mul_same(dy, a)))
    }
}

#[test]
fn backprop_correct_and_certify() {
    fn wrong(
        a: Var<shape![2]>,
        b: Var<shape![2]>,
    ) -> Call<WrongSign, (Var<shape![2]>, Var<shape![2]>)> {
        Call::new(WrongSign, (a, b))
    }
    let g = graph!(|a: [2], b: [2]| sum(wrong(a, b) * a));
    let x = tlist![Tensor::from([q(1), q(2)]), Tensor::from([q(3), q(4)])];
    let seed = random_seed(&g, &x, (), &mut Rng::with_seed(3));
    rejects(
        laws::backprop_correct(&g, &x, &x, (), &seed),
        "backprop_correct",
    );
    let refused = g.certify().err().expect("the rules are not adjoint");
    assert_eq!(refused.law, "adjointness");
    assert_eq!(
        refused.place,
        "node 2 `out/wrong` (wrong_sign), the cotangent of x1[0]"
    );
}

/// The rules of the nodes of graphs with entries of every kind and with loops: each mistake in them is found.
#[test]
fn rules_of_typed_graphs() -> Result<(), Counterexample> {
    let tallies = [
        cotangent::prove::reject_mutants(
            &typed_graphs::fitted::<f64>(),
            cotangent::prove::anywhere,
        )?,
        cotangent::prove::reject_mutants(
            &typed_graphs::frozen::<f64>(),
            cotangent::prove::anywhere,
        )?,
        cotangent::prove::reject_mutants(
            &typed_graphs::moved::<f64>(),
            cotangent::prove::anywhere,
        )?,
        cotangent::prove::reject_mutants(&typed_graphs::read::<f64>(), cotangent::prove::anywhere)?,
    ];
    for tally in tallies {
        assert!(tally.rejected > 10 && tally.undefined == 0, "{tally}");
    }
    Ok(())
}

/// A tape of a graph with a loop, floats and a group: a pullback that is doubled or sent elsewhere is refused.
#[test]
fn tapes_of_typed_graphs() {
    use typed_graphs::{Motion, random};
    let rng = &mut Rng::with_seed(5);
    let g = typed_graphs::moved::<Q>();
    let x = random_list::<Q, context![Motion, [3, 2], [2, 2]]>(rng);
    let env = tlist![random::<Q, shape![2]>(rng)];
    let seed = random_seed(&g, &x, &env, rng);
    let tape = compile_tape(&g, &x, &env);
    let judge = |tape: &Tape<Q>| laws::backward_dense_from_eq_of("loop", tape, &g, &x, &env, &seed);
    assert_eq!(judge(&tape), Ok(()));
    for id in 4..tape.size() {
        let node = &tape.nodes()[id];
        let inner = node.clone();
        let doubled = move |dy: &AnyTensor<Q>| {
            let double = |(id, c): (usize, AnyTensor<Q>)| (id, c.add(&c).expect("equal dims"));
            Ok(inner.backward(dy)?.into_iter().map(double).collect())
        };
        let mut mutant = tape.clone();
        let (name, parents) = (node.name.clone().expect("compiled"), node.parents.clone());
        mutant.nodes_mut()[id] =
            TapeNode::new(name, "mutant", node.value.clone(), parents, doubled);
        rejects(judge(&mutant), "loop");
        mutant.nodes_mut()[id] = leaf_node_of_any(node.value.clone());
        rejects(judge(&mutant), "loop");
    }
    // A value of the loop in the place of another of its dims: the context is not that of `eval`.
    let mut context = g.eval(&x, &env);
    let law = |context: &Vec<AnyTensor<Q>>| laws::ctx_eq_eval_of("context", &g, &x, &env, context);
    assert_eq!(law(&context), Ok(()));
    let last = context.len() - 1;
    context[last] = AnyTensor::scalar(q(1_000_003));
    rejects(law(&context), "context");
}
