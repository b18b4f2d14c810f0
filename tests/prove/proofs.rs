//! Whole graphs proven by evaluation, and graphs that are refused. The ops have their proofs in their own files.

use super::random_graph::random_graph;
use super::typed_graphs;
use cotangent::prelude::*;
use cotangent::prove::{Environments, Method};
use cotangent::scalar::Level;
use fastrand::Rng;
use num_rational::BigRational;

graph! {
    fn classifier(x: [2, 2], w: [2, 2], b: [2]; labels: [2] < 2) -> [] {
        let h = tanh(matmul(x, w) + b);
        cross_entropy(h, labels)
    }

    fn large(x: [16, 64], w1: [64, 48], b1: [48], w2: [48, 10], b2: [10]; labels: [16] < 10) -> [] {
        let h = relu(matmul(x, w1) + b1);
        cross_entropy(matmul(h, w2) + b2, labels)
    }

    fn block<T: Dim>(x: [T, 2], w: [2, 2], b: [2]) -> [T, 2]
    where
        A: OrderedField
    {
        x + relu(matmul(x, w) + b)
    }

    fn stacked(x: [2, 2], w: [2, 2], b: [2]) -> []
    where
        A: OrderedField
    {
        let h = block(x, w, b);
        mean(block(h, w, b))
    }

    fn ways(a: [2, 2], b: [2, 2]) -> [2, 2]
    where
        A: Semiring
    {
        matmul(matmul(a, b), a)
    }
}

/// Fan-out, unused values, broadcasts: forty graphs of eleven random nodes.
#[test]
fn random_graphs() -> Result<(), Counterexample> {
    for seed in 0..40 {
        let g = random_graph::<BigRational>(&mut Rng::with_seed(seed));
        let proof = prove(&g)?;
        assert!(proof.is_exact(), "{proof}");
        assert!(proof.level <= Level::OrderedField, "{proof}");
    }
    Ok(())
}

#[test]
fn a_classifier_in_all_environments() -> Result<(), Counterexample> {
    let proof = prove(&classifier::<f32>())?;
    assert!(proof.is_exact(), "{proof}");
    assert_eq!(proof.environments, Environments::All(4));
    assert_eq!(proof.level, Level::Real);
    assert_eq!(proof.inputs.len(), 3);
    Ok(())
}

/// A semiring graph says so, and the proof is one for min-plus and truth values too.
#[test]
fn every_commutative_semiring() -> Result<(), Counterexample> {
    let proof = prove(&ways::<f64>())?;
    assert_eq!(proof.algebras(), "every commutative semiring");
    let text = proof.to_string();
    assert!(text.contains("by normal forms: for every input"), "{text}");
    Ok(())
}

/// The normal forms of the digits classifier are too large; the equations are checked modulo the prime instead, and the
/// proof says so.
#[test]
fn large_graphs_modulo_the_prime() -> Result<(), Counterexample> {
    let g = large::<f32>();
    let labels = Labels::<10, shape![16]>::new((0..16).map(|i| i % 10).collect::<Vec<_>>());
    let proof = prove_in(&g, &tlist![labels.expect("labels below 10")])?;
    let Method::Modulo {
        points,
        soundness_error,
    } = proof.method
    else {
        panic!("a proof by normal forms: {proof}");
    };
    assert_eq!(points, 3);
    assert!(0.0 < soundness_error && soundness_error < 1e-18, "{proof}");
    assert_eq!(proof.environments, Environments::Given);
    Ok(())
}

/// A graph that is called is one node, and its inlined rules are proven as those of an op.
#[test]
fn graphs_in_graphs() -> Result<(), Counterexample> {
    assert!(prove(&stacked::<f64>())?.is_exact());
    Ok(())
}

/// The gradient is a graph, and its rules, which are the second derivatives, are proven like others.
#[test]
fn second_derivatives() -> Result<(), Counterexample> {
    let g = graph!(|x: [2], w: [2]| sum(tanh(x * w) * x));
    let proof = cotangent::prove::prove::<f64, _, _, _>(&g.gradient())?;
    assert!(proof.is_exact(), "{proof}");
    let g = graph!(|x: [2], w: [2, 2]| logsumexp(matmul(reshape::<shape![1, 2], _>(x), w), 1));
    let proof = cotangent::prove::prove::<f64, _, _, _>(
        &graph!(|x: [2], w: [2, 2]| sum({ g }(x, w))).gradient(),
    )?;
    assert!(proof.is_exact(), "{proof}");
    Ok(())
}

#[derive(Clone)]
struct TwiceRelu;

/// `relu(x) + relu(x)`, whose VJP has one of the two, so it passes for a straight-through estimator and not as a VJP.
impl<S: Shape> Op<(S,)> for TwiceRelu {
    type Out = S;
    type Level = levels::OrderedField;
    const NAME: &'static str = "twice_relu";
    fn forward(&self, r: &Recorder<levels::OrderedField>, (x,): (Var<S>,)) -> Var<S> {
        r.add_same(r.relu(x), r.relu(x))
    }
    fn vjp(
        &self,
        r: &Recorder<levels::OrderedField>,
        (x,): (Var<S>,),
        _y: Var<S>,
        dy: Var<S>,
    ) -> (Var<S>,) {
        (r.mul_same(dy, r.step(x)),)
    }
}

fn twice_relu<S: Shape>(x: Var<S>) -> Call<TwiceRelu, (Var<S>,)> {
    Call::new(TwiceRelu, (x,))
}

/// The node, the entry and the two terms are named, by normal forms and modulo the prime.
#[test]
fn a_wrong_rule_is_named() {
    let g = graph!(|x: [2, 2], w: [2, 2]| { sum(twice_relu(matmul(x, w))) });
    let error =
        cotangent::prove::prove::<f64, _, _, _>(&g).expect_err("half of the cotangent is missing");
    assert_eq!(error.law, "adjointness");
    assert_eq!(
        error.place,
        "node 3 `out/twice_relu` (twice_relu), the cotangent of x[0,0]"
    );
    assert_eq!(error.expected, "2·dy[0,0]·step(x[0,0])");
    assert_eq!(error.got, "dy[0,0]·step(x[0,0])");
    let error = cotangent::prove::prove_modulo::<f64, _, _, _>(&g)
        .expect_err("half of the cotangent is missing");
    assert_eq!(error.law, "adjointness");
}

/// A JVP and a VJP that are each other's adjoint, and both wrong: only the dual numbers see it.
#[derive(Clone)]
struct Square;

impl Op<(shape![],)> for Square {
    type Out = shape![];
    type Level = levels::Semiring;
    const NAME: &'static str = "square";
    fn forward(&self, r: &Recorder<levels::Semiring>, (x,): (Var<shape![]>,)) -> Var<shape![]> {
        r.mul_same(x, x)
    }
    fn jvp(
        &self,
        r: &Recorder<levels::Semiring>,
        (x,): (Var<shape![]>,),
        _y: Var<shape![]>,
        (dx,): (Var<shape![]>,),
    ) -> Var<shape![]> {
        r.mul_same(x, dx)
    }
    fn vjp(
        &self,
        r: &Recorder<levels::Semiring>,
        (x,): (Var<shape![]>,),
        _y: Var<shape![]>,
        dy: Var<shape![]>,
    ) -> (Var<shape![]>,) {
        (r.mul_same(x, dy),)
    }
}

#[test]
fn two_rules_that_are_wrong_together() {
    let error =
        cotangent::prove::prove_op::<(shape![],)>(Square).expect_err("the 2 is missing twice");
    assert_eq!(error.law, "jvp_is_the_derivative");
    assert_eq!(error.place, "`square`, the tangent");
    assert_eq!(
        (error.expected.as_str(), error.got.as_str()),
        ("2·dx·x", "dx·x")
    );
}

#[test]
fn closures_have_no_proof() {
    let node = NodeData::<f64, (), context![[]], ()>::from_closures(
        "square",
        |x, ()| x.get::<0>().map(|x| x * x),
        |x, dx, ()| x.get::<0>().zip_map(dx.get::<0>(), |x, dx| 2.0 * x * dx),
        |x, (), dy| tlist![x.get::<0>().zip_map(dy, |x, dy| 2.0 * x * dy)],
    );
    let g = GraphData::<_, _, context![[]], _>::nil().snoc(node);
    let error = prove(&g).expect_err("closures");
    assert_eq!(error.got, "closures, which have no program");
    assert!(g.certify().is_ok(), "they are tried instead");
}

/// A rule that divides by zero everywhere is refused, not passed for want of a value that differs.
#[test]
fn nothing_defined_is_nothing_shown() {
    let g = graph!(|x: [2]| 1.0 / (x - x));
    let error =
        cotangent::prove::prove_modulo::<f64, _, _, _>(&g).expect_err("a division by 0 everywhere");
    assert_eq!(
        error.got,
        "undefined at each of 8 random points: `recip` of 0"
    );
}

/// There is no label of no class, so there is nothing to show.
#[test]
fn no_environment() {
    let g = graph!(|x: [2, 0]; labels: [2] < 0| cross_entropy(x, labels));
    let error = cotangent::prove::prove::<f64, _, _, _>(&g).expect_err("no environment");
    assert_eq!(error.expected, "an environment");
}

/// A float of the environment is an indeterminate like an input, in one proof for all of its values.
#[test]
fn a_loss_in_a_float_environment() -> Result<(), Counterexample> {
    let proof = prove(&typed_graphs::fitted::<f64>())?;
    assert!(proof.is_exact() && !proof.drawn, "{proof}");
    assert_eq!(proof.environments, Environments::Independent);
    let (first, rest) = proof
        .to_string()
        .split_once('\n')
        .map_or_else(Default::default, |(a, b)| (a.to_owned(), b.to_owned()));
    assert_eq!(
        first,
        format!("fitted: {} identities of 22 laws hold", proof.identities)
    );
    assert_eq!(
        rest,
        "  over every commutative ring\n  at inputs [3, 2], [2]\n  by normal forms: for every input"
    );
    Ok(())
}

/// Groups, labels and floats together: the labels are drawn, the floats are not. Computed labels are drawn, and it says so.
#[test]
fn typed_graphs_are_proven() -> Result<(), Counterexample> {
    let proof = prove(&typed_graphs::frozen::<f64>())?;
    assert!(
        proof.is_exact() && !proof.environments.are_all() && !proof.drawn,
        "{proof}"
    );
    assert_eq!(
        (proof.environments.tried(), proof.algebras()),
        (32, "every commutative semiring")
    );
    let proof = prove(&typed_graphs::chosen::<f64>())?;
    assert!(proof.drawn, "{proof}");
    let text = "with computed labels drawn in each, since their derivative is zero";
    assert!(proof.to_string().contains(text), "{proof}");
    assert!(prove(&typed_graphs::moved::<f64>())?.is_exact());
    let proof = prove(&typed_graphs::read::<f64>())?;
    assert!(proof.is_exact(), "{proof}");
    assert_eq!(proof.environments, Environments::All(27)); // three labels for each of three steps
    assert!(prove(&typed_graphs::thinned::<f64>())?.is_exact());
    // The gradient of a graph with all of it, with its second derivatives.
    assert!(prove(&typed_graphs::moved::<f64>().gradient())?.is_exact());
    Ok(())
}

/// 20 steps of a loop: one node, whose normal form is 20 functions deep.
#[test]
fn a_scan_of_20_steps() -> Result<(), Counterexample> {
    graph! {
        fn deeper(s: [], x: [], w: []; shift: []) -> ([], []) {
            let next = tanh(s * w + x - shift);
            (next, s)
        }
        fn twenty(s: [], x: [20], w: []; shift: []) -> [] {
            let (last, _) = scan(deeper)(s, x, w, shift);
            last
        }
    }
    let proof = prove(&twenty::<f64>())?;
    assert_eq!(proof.environments, Environments::Independent);
    assert_eq!(proof.inputs.len(), 3);
    let text = proof.to_string();
    assert!(text.contains("at inputs [], [20], []"), "{text}");
    assert!(!text.contains("environment"), "{text}");
    match proof.method {
        Method::NormalForms => {}
        Method::Modulo {
            soundness_error, ..
        } => assert!(soundness_error < 1e-15, "{proof}"),
    }
    println!("{proof}");
    Ok(())
}
