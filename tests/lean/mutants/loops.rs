//! Reverse loops with a mistake: each law of the loops refuses those that it speaks of, and says where.

use super::{q, rejects};
use crate::common::random_list;
use crate::random_graph::{Gamma, random_graph};
use cotangent::lean::tape::Contributions;
use cotangent::prelude::*;
use fastrand::Rng;
use num_rational::BigRational as Q;
use std::collections::BTreeMap;

type Sparse = Result<Vec<Option<AnyTensor<Q>>>, TapeError>;

/// What a loop does wrong.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Fault {
    None,
    /// The last consumer of a node is the only one that counts.
    OverwritesAcrossConsumers,
    /// The last of the contributions of one node to another is the only one that counts.
    OverwritesWithinANode,
    /// One node that is reached does not run.
    SkipsAReachedNode,
    /// One node runs twice, and contributes twice.
    VisitsTwice,
    /// One node runs twice, and contributes once.
    RunsTwice,
    /// From the first node up, so that a node runs before its consumers.
    Upwards,
    /// What is not reached runs with zeros.
    RunsWhatIsNotReached,
    /// The cotangent of the output is a constant.
    IgnoresTheSeed,
    /// Nodes that ask for no cotangent get one.
    IgnoresRequiresGrad,
    /// The output has no cotangent in the end.
    DropsTheOutput,
}

const FAULTS: [Fault; 10] = [
    Fault::OverwritesAcrossConsumers,
    Fault::OverwritesWithinANode,
    Fault::SkipsAReachedNode,
    Fault::VisitsTwice,
    Fault::RunsTwice,
    Fault::Upwards,
    Fault::RunsWhatIsNotReached,
    Fault::IgnoresTheSeed,
    Fault::IgnoresRequiresGrad,
    Fault::DropsTheOutput,
];

/// The node that is left out or runs twice.
const NODE: usize = 3;

/// A reverse loop, right but for its fault.
fn run(fault: Fault, tape: &Tape<Q>, output: usize, seed: &AnyTensor<Q>) -> Sparse {
    let mut cotangents = vec![None; tape.size()];
    cotangents[output] = Some(match fault {
        Fault::IgnoresTheSeed => AnyTensor::full(seed.dims().clone(), q(1)),
        _ => seed.clone(),
    });
    let mut ids: Vec<usize> = (0..=output).rev().collect();
    if fault == Fault::Upwards {
        ids.reverse();
    }
    for id in ids {
        let node = &tape.nodes()[id];
        let cotangent = match (&cotangents[id], fault) {
            (Some(cotangent), _) => cotangent.clone(),
            (None, Fault::RunsWhatIsNotReached) => node.zero_cotangent(),
            (None, _) => continue,
        };
        if fault == Fault::SkipsAReachedNode && id == NODE {
            continue;
        }
        if !node.requires_grad && fault != Fault::IgnoresRequiresGrad {
            continue;
        }
        let mut contributions = node.backward(&cotangent)?;
        if fault == Fault::VisitsTwice && id == NODE {
            contributions.extend(node.backward(&cotangent)?);
        }
        if fault == Fault::RunsTwice && id == NODE {
            node.backward(&cotangent)?;
        }
        if fault == Fault::OverwritesWithinANode {
            let last: BTreeMap<usize, AnyTensor<Q>> = contributions.into_iter().collect();
            contributions = last.into_iter().collect();
        }
        let mut of_this_node = Vec::new();
        for (parent, contribution) in contributions {
            if !tape.nodes()[parent].requires_grad && fault != Fault::IgnoresRequiresGrad {
                continue;
            }
            let overwrites =
                fault == Fault::OverwritesAcrossConsumers && !of_this_node.contains(&parent);
            of_this_node.push(parent);
            cotangents[parent] = Some(match &cotangents[parent] {
                Some(so_far) if !overwrites => so_far.add(&contribution).expect("one shape"),
                Some(_) | None => contribution,
            });
        }
    }
    if fault == Fault::DropsTheOutput {
        cotangents[output] = None;
    }
    Ok(cotangents)
}

/// `x` has two consumers, node 3 takes it twice, `unused` is not reached, and `log` is not either.
fn graph_and_inputs<A: OrderedField>(
    one: impl Fn(i64) -> A,
) -> (
    GraphData<A, cotangent::frunk::hlist::HNil, context![[2], [2]], impl cotangent::graph::Body>,
    TList<A, context![[2], [2]]>,
) {
    // Nodes: 0 x, 1 unused, 2 relu, 3 square, 4 sum of both, 5 aside, 6 total.
    let g = graph!(|x: [2], unused: [2]| {
        let rectified = relu(x);
        let square = x * x;
        let both = rectified + square;
        let _aside = unused * square;
        sum(both)
    });
    let x = tlist![
        Tensor::from([one(1), one(2)]),
        Tensor::from([one(5), one(-7)])
    ];
    (g, x)
}

const OUTPUT: usize = 6;

fn tape_and_seed() -> (Tape<Q>, AnyTensor<Q>) {
    let (g, x) = graph_and_inputs(q);
    let tape = compile_tape(&g, &x, ());
    assert_eq!((tape.size(), tape.last()), (OUTPUT + 1, OUTPUT));
    (tape, AnyTensor::scalar(q(5)))
}

/// By hand: `d/dx Σ relu(x) + x² = 1 + 2x` at 1 and 2, times the seed 5.
#[test]
fn the_loops_give_what_is_right() -> Result<(), TapeError> {
    let (tape, seed) = tape_and_seed();
    let tensor = |x: [i64; 2]| Tensor::from(x.map(q)).to_any();
    let (five, x) = (Some(tensor([5, 5])), Some(tensor([15, 25])));
    let total = Some(AnyTensor::scalar(q(5)));
    let expected = vec![x, None, five.clone(), five.clone(), five, None, total];
    assert_eq!(tape.backward_dense(OUTPUT, &seed)?, expected);
    assert_eq!(run(Fault::None, &tape, OUTPUT, &seed)?, expected);
    let filled = tape.backward_dense_all(OUTPUT, &seed)?;
    assert_eq!(filled, tape.totalize_grads(expected.clone()));
    assert_eq!((&filled[1], &filled[5]), (&tensor([0, 0]), &tensor([0, 0])));
    let by_id = expected.into_iter().enumerate();
    let by_id: BTreeMap<_, _> = by_id.filter_map(|(id, x)| Some((id, x?))).collect();
    assert_eq!(tape.backward(OUTPUT, &seed)?, by_id);
    assert_eq!(tape.backward_scalar(OUTPUT)?[&0], tensor([3, 5]));
    Ok(())
}

/// The graph of the issue: a loop that overwrites gave [1, 1].
#[test]
fn two_consumers() -> Result<(), TapeError> {
    let g = graph!(|x: [2]| sum(relu(x) + x * 2));
    let x = tlist![Tensor::from([q(1), q(2)])];
    let tape = compile_tape(&g, &x, ());
    let (output, one) = (tape.last(), AnyTensor::scalar(q(1)));
    let three = Tensor::from([q(3), q(3)]).to_any();
    assert_eq!(tape.backward_scalar(output)?[&0], three);
    let wrong = run(Fault::OverwritesAcrossConsumers, &tape, output, &one)?;
    assert_eq!(wrong[0], Some(Tensor::from([q(1), q(1)]).to_any()));
    let law = laws::backward_dense_compile_eq_backprop_all_of;
    let found = law(&g, &x, (), output, &one, &wrong);
    let found = rejects(found, "backward_dense_compile_eq_backprop_all");
    assert_eq!(
        found.to_string(),
        "the law `backward_dense_compile_eq_backprop_all` fails at node 0 `x` (leaf)[0]: expected 3, got 1"
    );
    Ok(())
}

/// What the law without a premise says of each fault.
#[test]
fn backward_dense_eq_foldl_m() {
    let (mut tape, seed) = tape_and_seed();
    let say = |fault: Fault, tape: &Tape<Q>| {
        let judged =
            laws::backward_dense_eq_foldl_m_of(tape, OUTPUT, &seed, |tape, output, seed| {
                run(fault, tape, output, seed)
            });
        match judged {
            Ok(()) => format!("{fault:?}: passes"),
            Err(found) => {
                assert_eq!(found.law, "backward_dense_eq_foldl_m");
                let (expected, got) = (found.expected, found.got);
                format!("{fault:?}: {}: {expected}, not {got}", found.place)
            }
        }
    };
    let all = [&[Fault::None], &FAULTS[..]].concat();
    let said: Vec<_> = all.iter().map(|&fault| say(fault, &tape)).collect();
    insta::assert_snapshot!(said.join("\n"), @r"
    None: passes
    OverwritesAcrossConsumers: the pullback of node 0 `x` (leaf) on (node 3 + node 3 + node 2)[0]: 15, not 5
    OverwritesWithinANode: the pullback of node 0 `x` (leaf) on (node 3 + node 3 + node 2)[0]: 15, not 10
    SkipsAReachedNode: the pullback of node 3 `square` (mul): 1 run, not 0 runs
    VisitsTwice: the pullback of node 3 `square` (mul): 1 run, not 2 runs
    RunsTwice: the pullback of node 3 `square` (mul): 1 run, not 2 runs
    Upwards: the pullback of node 4 `both` (add): 1 run, not 0 runs
    RunsWhatIsNotReached: the pullback of node 5 `_aside` (mul): 0 runs, not 1 run
    IgnoresTheSeed: the pullback of node 6 `out` (sum) on (seed): 5, not 1
    IgnoresRequiresGrad: passes
    DropsTheOutput: node 6 `out` (sum): a cotangent, not none
    ");
    // A leaf that asks for no cotangent.
    tape.nodes_mut()[0].requires_grad = false;
    let said = [Fault::None, Fault::IgnoresRequiresGrad].map(|fault| say(fault, &tape));
    insta::assert_snapshot!(said.join("\n"), @r"
    None: passes
    IgnoresRequiresGrad: the pullback of node 0 `x` (leaf): 0 runs, not 1 run
    ");
}

/// The laws that compare with the typed cotangents: which of the faults each refuses. All that change a cotangent.
#[test]
fn loops_eq_backprop_all() {
    let (g, x) = graph_and_inputs(q);
    let (tape, seed) = tape_and_seed();
    let (none, one) = (tlist![], AnyTensor::scalar(q(1)));
    // No node here is without a cotangent, and nothing is different that runs twice and adds once.
    let unseen = [Fault::RunsTwice, Fault::IgnoresRequiresGrad];
    for fault in FAULTS {
        let sparse = run(fault, &tape, OUTPUT, &seed).expect("a compiled tape");
        let dense = tape.totalize_grads(sparse.clone());
        let by_id = |sparse: Vec<Option<AnyTensor<Q>>>| -> BTreeMap<usize, AnyTensor<Q>> {
            let all = sparse.into_iter().enumerate();
            all.filter_map(|(id, x)| Some((id, x?))).collect()
        };
        let mut judged = vec![
            (
                "backward_dense_compile_eq_backprop_all",
                laws::backward_dense_compile_eq_backprop_all_of(
                    &g, &x, &none, OUTPUT, &seed, &sparse,
                ),
            ),
            (
                "backward_compile_eq_backprop_all",
                laws::backward_compile_eq_backprop_all_of(
                    &g,
                    &x,
                    &none,
                    OUTPUT,
                    &seed,
                    &by_id(sparse),
                ),
            ),
        ];
        // Zeros where there was nothing are no mistake of these.
        if fault != Fault::RunsWhatIsNotReached {
            let all = laws::backward_dense_all_compile_eq_backprop_all_of;
            let all = all(&g, &x, &none, OUTPUT, &seed, &dense);
            judged.push(("backward_dense_all_compile_eq_backprop_all", all));
            let from = laws::backward_dense_all_eq_backward_dense_from_of;
            let from = from(&tape, OUTPUT, &seed, &dense);
            judged.push(("backward_dense_all_eq_backward_dense_from", from));
            let right = tape.backward_dense(OUTPUT, &seed).expect("a compiled tape");
            let total = laws::backward_dense_all_eq_map_totalize_grads_of;
            let total = total(&tape, &right, &dense);
            judged.push(("backward_dense_all_eq_map_totalize_grads", total));
        }
        if fault != Fault::IgnoresTheSeed {
            let scalar = by_id(run(fault, &tape, OUTPUT, &one).expect("a compiled tape"));
            let law = laws::backward_scalar_compile_eq_backprop_all_of;
            let judge = law(&g, &x, &none, OUTPUT, &scalar);
            judged.push(("backward_scalar_compile_eq_backprop_all", judge));
        }
        for (law, judged) in judged {
            if unseen.contains(&fault) {
                assert_eq!(judged, Ok(()), "{fault:?}, {law}");
            } else {
                let found = judged.expect_err(&format!("{law} passes {fault:?}"));
                assert_eq!(found.law, law, "{fault:?}");
            }
        }
    }
}

/// On random graphs, from each node: the library's loops hold, and every fault is refused where it changes something.
#[test]
fn on_random_graphs() -> Result<(), Counterexample> {
    let rng = &mut Rng::with_seed(11);
    let mut refused = [0; FAULTS.len()];
    for _ in 0..4 {
        let g = random_graph::<Q>(rng);
        let x = random_list::<Q, Gamma>(rng);
        let tape = compile_tape(&g, &x, ());
        for output in 0..tape.size() {
            let dims = tape.nodes()[output].value.dims().clone();
            let elements = (0..dims.count()).map(|_| q(rng.i64(-4..=4)));
            let seed = AnyTensor::new(&dims, elements.collect()).expect("as many");
            laws::backward_dense_eq_foldl_m(&tape, output, &seed)?;
            laws::backward_dense_all_eq_backward_dense_from(&tape, output, &seed)?;
            laws::backward_dense_all_eq_map_totalize_grads(&tape, output, &seed)?;
            laws::backward_dense_compile_eq_backprop_all(&g, &x, (), output, &seed)?;
            laws::backward_dense_all_compile_eq_backprop_all(&g, &x, (), output, &seed)?;
            laws::backward_compile_eq_backprop_all(&g, &x, (), output, &seed)?;
            if dims.is_empty() {
                laws::backward_scalar_compile_eq_backprop_all(&g, &x, (), output)?;
            }
            let right = tape.backward_dense(output, &seed).expect("compiled");
            for (fault, refused) in FAULTS.into_iter().zip(&mut refused) {
                let wrong = run(fault, &tape, output, &seed).expect("compiled");
                let law = laws::backward_dense_compile_eq_backprop_all_of;
                let judged = law(&g, &x, (), output, &seed, &wrong);
                assert_eq!(judged.is_err(), wrong != right, "{fault:?} of {g:?}");
                let judged = laws::backward_dense_eq_foldl_m_of(
                    &tape,
                    output,
                    &seed,
                    |tape, output, seed| run(fault, tape, output, seed),
                );
                assert!(judged.is_err() || wrong == right, "{fault:?} of {g:?}");
                *refused += usize::from(judged.is_err());
            }
        }
    }
    // Every node of these graphs asks for a cotangent.
    for (fault, refused) in FAULTS.into_iter().zip(refused) {
        assert_eq!(
            refused == 0,
            fault == Fault::IgnoresRequiresGrad,
            "{fault:?}"
        );
    }
    Ok(())
}

/// Where 0 times infinity is NaN, the premise fails, and the loops differ; what the one that users call does is said by the
/// law without a premise.
#[test]
fn without_zero_preservation() -> Result<(), Counterexample> {
    let g = graph!(|x: [1]| {
        let _unused = log(x);
        sum(x * x)
    });
    let x = tlist![Tensor::from([0.0f64])];
    let (tape, one) = (compile_tape(&g, &x, ()), AnyTensor::scalar(1.0));
    let found = rejects(laws::zero_preserving(&g, &x, ()), "zero_preserving");
    assert_eq!(
        (
            found.place.as_str(),
            found.expected.as_str(),
            found.got.as_str()
        ),
        (
            "the contribution of node 1 `_unused` (log) to node 0 `x` (leaf)[0]",
            "0",
            "NaN"
        )
    );
    let (output, none) = (tape.last(), tlist![]);
    let premise = "zero_preserving";
    rejects(
        laws::backward_dense_all_eq_backward_dense_from(&tape, output, &one),
        premise,
    );
    rejects(
        laws::backward_dense_compile_eq_backprop_all(&g, &x, &none, output, &one),
        premise,
    );
    rejects(
        laws::backward_scalar_compile_eq_backprop_all(&g, &x, &none, output),
        premise,
    );
    // They do differ.
    let seeds = tape.one_hot_grads(output, &one).expect("a scalar");
    let from = tape.backward_dense_from(seeds).expect("compiled");
    assert!(from[0].as_slice()[0].is_nan());
    let all = tape.backward_dense_all(output, &one).expect("compiled");
    assert_eq!(all[0].as_slice(), [0.0]);
    laws::backward_dense_eq_foldl_m(&tape, output, &one)?;
    laws::backward_dense_all_eq_map_totalize_grads(&tape, output, &one)
}

/// Tapes by hand that a loop has to refuse, and a loop that does not.
#[test]
fn a_loop_that_checks_nothing() {
    let one = || AnyTensor::scalar(q(1));
    let mut tape = Tape::empty();
    tape.add_node(TapeNode::leaf(one()));
    tape.add_node(TapeNode::new("y", "op", one(), vec![0], |dy| {
        Ok(vec![(1, dy.clone())])
    }));
    assert_eq!(
        laws::backward_dense_eq_foldl_m(&tape, 1, &one()),
        Ok(()),
        "it is refused by both"
    );
    let lenient = |_: &Tape<Q>, _: usize, seed: &AnyTensor<Q>| Ok(vec![None, Some(seed.clone())]);
    let found = laws::backward_dense_eq_foldl_m_of(&tape, 1, &one(), lenient);
    let found = rejects(found, "backward_dense_eq_foldl_m");
    assert_eq!(
        (found.expected.as_str(), found.got.as_str()),
        ("an error", "cotangents")
    );
    // An output or a seed that is none.
    assert_eq!(laws::backward_dense_eq_foldl_m(&tape, 2, &one()), Ok(()));
    let two = AnyTensor::new(&[2], vec![q(1), q(1)]).expect("two");
    assert_eq!(laws::backward_dense_eq_foldl_m(&tape, 1, &two), Ok(()));
    let found = laws::backward_dense_eq_foldl_m_of(&tape, 1, &two, lenient);
    assert!(found.is_err());
}

/// A pullback that contributes to itself or to a later node for one kind of cotangent only.
#[test]
fn pids_for_any_cotangent() -> Result<(), Counterexample> {
    type When = fn(&[Q]) -> bool;
    let whens: [(&str, When); 6] = [
        ("zeros", |dy| dy.iter().all(|x| *x == q(0))),
        ("ones", |dy| dy.iter().all(|x| *x == q(1))),
        ("a unit vector", |dy| {
            dy.len() == 3 && dy.iter().sum::<Q>() == q(1) && dy[2] == q(1)
        }),
        ("elements that differ", |dy| {
            dy.len() == 3 && dy[0] != dy[1] && dy[1] != dy[2]
        }),
        ("other dims", |dy| dy.len() != 3),
        ("a number above 1", |dy| dy.iter().any(|x| *x > q(1))),
    ];
    let (g, x) = (
        graph!(|x: [3]| x * x),
        tlist![Tensor::from([q(1), q(2), q(3)])],
    );
    let tape = compile_tape(&g, &x, ());
    laws::backward_pids_lt_id_of(&tape)?;
    for (what, when) in whens {
        for to in [1, 2] {
            let mut mutant = tape.clone();
            let inner = tape.nodes()[1].clone();
            mutant.nodes_mut()[1] = inner.clone().with_backward(move |dy| {
                let to_itself: Contributions<Q> = vec![(to, dy.clone())];
                if when(dy.as_slice()) {
                    Ok(to_itself)
                } else {
                    inner.backward(dy)
                }
            });
            let found = laws::backward_pids_lt_id_of(&mutant);
            let found = rejects(found, "backward_pids_lt_id");
            assert_eq!(found.got, format!("one to node {to}"), "{what}");
        }
    }
    // One that none of these is: the law takes any.
    let mut mutant = tape.clone();
    let inner = tape.nodes()[1].clone();
    mutant.nodes_mut()[1] = inner.clone().with_backward(move |dy| {
        let is_rare = dy.as_slice() == [q(7), q(7), q(-7)];
        if is_rare {
            Ok(vec![(1, dy.clone())])
        } else {
            inner.backward(dy)
        }
    });
    laws::backward_pids_lt_id_of(&mutant)?;
    let seeds = [[0, 0, 0], [7, 7, -7]].map(|x| Tensor::from(x.map(q)).to_any());
    let found = laws::backward_pids_lt_id_at(&mutant, &seeds);
    rejects(found, "backward_pids_lt_id");
    rejects(
        laws::backward_pids_lt_id_at(&tape, &seeds[..1]),
        "backward_pids_lt_id",
    );
    Ok(())
}

/// The nodes of a compiled tape with a mistake: the law that speaks of it refuses it.
#[test]
fn lowered_nodes() -> Result<(), Counterexample> {
    let (g, x) = graph_and_inputs(q);
    let tape = compile_tape(&g, &x, ());
    laws::lower_node_of(&tape, &g)?;
    laws::lower_node_backward_of_shape_of(&tape, &g, &x, ())?;
    laws::lower_node_backward_of_ne_of(&tape, 2)?;
    let refused = |law: &'static str, change: &dyn Fn(&mut Vec<TapeNode<Q>>)| {
        let mut mutant = tape.clone();
        change(mutant.nodes_mut());
        let judged = match law {
            "lower_node" => laws::lower_node_of(&mutant, &g),
            "lower_node_backward_of_ne" => laws::lower_node_backward_of_ne_of(&mutant, 2),
            _ => laws::lower_node_backward_of_shape_of(&mutant, &g, &x, ()),
        };
        rejects(judged, law).place
    };
    let place = refused("lower_node", &|nodes| nodes[0].name = Some("z".into()));
    assert_eq!(place, "the name of node 0");
    let place = refused("lower_node", &|nodes| nodes.swap(0, 1));
    assert_eq!(place, "the name of node 0");
    let place = refused("lower_node", &|nodes| nodes[3].op = "div".into());
    assert_eq!(place, "the op of node 3");
    let place = refused("lower_node", &|nodes| nodes[3].parents.clear());
    assert_eq!(place, "the parents of node 3");
    let place = refused("lower_node", &|nodes| nodes.truncate(5));
    assert_eq!(place, "the size of the tape");

    type Change = fn(&TapeNode<Q>, &AnyTensor<Q>) -> Result<Contributions<Q>, TapeError>;
    let wrong = |change: Change| {
        move |nodes: &mut Vec<TapeNode<Q>>| {
            let inner = nodes[3].clone();
            nodes[3] = inner.clone().with_backward(move |dy| change(&inner, dy));
        }
    };
    let law = "lower_node_backward_of_shape";
    let once = wrong(|node, dy| Ok(node.backward(dy)?[..1].to_vec()));
    assert!(
        refused(law, &once).starts_with("the number of contributions of node 3 `square` (mul)")
    );
    let elsewhere = wrong(|node, dy| {
        Ok(node
            .backward(dy)?
            .into_iter()
            .map(|(_, c)| (1, c))
            .collect())
    });
    assert!(refused(law, &elsewhere).starts_with("the parent of node 3"));
    let doubled = wrong(|node, dy| {
        let double = |(id, c): (usize, AnyTensor<Q>)| (id, c.add(&c).expect("one shape"));
        Ok(node.backward(dy)?.into_iter().map(double).collect())
    });
    assert!(refused(law, &doubled).starts_with("the contribution to node 0 of node 3"));
    // Of a leaf.
    let place = refused(law, &|nodes| {
        nodes[1] = nodes[1].with_backward(|dy| Ok(vec![(0, dy.clone())]));
    });
    assert!(place.starts_with("the number of contributions of node 1"));
    let unchecked = wrong(|node, dy| match node.backward(dy) {
        Err(_) => Ok(vec![]),
        contributions => contributions,
    });
    let panics = wrong(|node, dy| {
        assert_eq!(dy.dims(), node.value.dims());
        node.backward(dy)
    });
    for mutant in [&unchecked as &dyn Fn(&mut Vec<TapeNode<Q>>), &panics] {
        let place = refused("lower_node_backward_of_ne", mutant);
        assert_eq!(place, "node 3 `square` (mul)");
    }
    Ok(())
}

/// Derivatives of the whole graph with a mistake, of a graph with two results.
#[test]
fn derivatives_of_the_whole_graph() -> Result<(), Counterexample> {
    let g = graph!(|x: [2], _unused: [2]| -> ([2], []) {
        let square = x * x;
        (square, sum(square))
    });
    let tensor = |x: [i64; 2]| Tensor::from(x.map(q));
    let x = tlist![tensor([1, 2]), tensor([5, -7])];
    let dy = (tensor([1, 10]), Tensor::scalar(q(100)));
    laws::vjp_checked_eq(&g, &x, (), &dy)?;
    laws::jvp_checked_eq(&g, &x, &x, ())?;
    // (1 + 100) * 2 x, and (10 + 100) * 2 x.
    let judge = |dx, unused| {
        let dx = tlist![tensor(dx), tensor(unused)];
        laws::vjp_checked_eq_of(&g, &x, (), &dy, &dx)
    };
    judge([202, 440], [0, 0])?;
    let found = rejects(judge([2, 40], [0, 0]), "vjp_checked_eq"); // the second result does not count
    assert_eq!(found.place, "the cotangent of input 0[0]");
    let found = rejects(judge([202, 440], [0, 1]), "vjp_checked_eq");
    assert_eq!(found.place, "the cotangent of input 1[1]");
    let judge = |square, total| {
        let dy = (tensor(square), Tensor::scalar(q(total)));
        laws::jvp_checked_eq_of(&g, &x, &x, (), &dy)
    };
    judge([2, 8], 10)?;
    let found = rejects(judge([2, 8], 0), "jvp_checked_eq");
    assert_eq!(found.place, "the tangent of result 1");
    Ok(())
}

/// `prove` runs the laws of the loops: they are among those that it says it shows.
#[test]
fn prove_shows_the_loops() -> Result<(), Counterexample> {
    let (g, _) = graph_and_inputs(|x| x as f64);
    let proof = prove(&g)?;
    assert!(proof.is_exact(), "{proof}");
    for law in [
        "zero_preserving",
        "backward_dense_eq_foldl_m",
        "backward_dense_compile_eq_backprop_all",
        "backward_dense_all_eq_map_totalize_grads",
        "backward_dense_all_compile_eq_backprop_all",
        "backward_compile_eq_backprop_all",
        "backward_scalar_compile_eq_backprop_all",
        "vjp_checked_eq",
        "jvp_checked_eq",
    ] {
        assert!(proof.laws.contains(&law), "{law}");
    }
    Ok(())
}
