//! The graphs of the examples, each through every pass.

#[path = "../../../examples/custom_op.rs"]
#[allow(dead_code)]
mod custom_op;
#[path = "../../../examples/digits/model.rs"]
#[allow(dead_code)]
mod digits;
#[path = "../../../examples/explain.rs"]
#[allow(dead_code)]
mod explain;
#[path = "../../../examples/hessian/model.rs"]
#[allow(dead_code)]
pub mod hessian;
#[path = "../../../examples/transformer/model.rs"]
#[allow(dead_code)]
mod model;
#[path = "../../../examples/pendulum/model.rs"]
#[allow(dead_code)]
mod pendulum;
#[path = "../../../examples/quickstart.rs"]
#[allow(dead_code)]
mod quickstart;
#[path = "../../../examples/shortest_paths/ways.rs"]
#[allow(dead_code)]
mod ways;

mod certified;
use super::batches::all_batches;
use super::mistakes::mistakes_are_refused;
use super::rewritten::{pullback, with_checkpoints};
use super::{Equal, PASSES, Pass, all_equal};
use cotangent::prelude::*;
use cotangent::program::{Program, inline, prune, simplify};
use cotangent::prove::{prove_equal, prove_equal_up_to_rounding};

/// Every pass, and batches of all inputs and of each alone.
fn passed<A, D, G, Ss>(name: &str, graph: &GraphData<A, D, G, Ss>) {
    let program = graph.program().expect("a program");
    assert!(all_equal(name, &program) > 0);
    assert!(all_batches(name, &program) > 0);
}

#[test]
fn small() {
    passed("quickstart", &quickstart::loss::<f64>());
    passed(
        "custom op",
        &graph!(|x: [2, 3]| sum(relu(custom_op::gram(x)))) as &GraphData<f64, _, _, _>,
    );
    passed("hessian", &hessian::energy::<f64>());
    passed("torque", &pendulum::torque::<f64>());
    passed("step", &pendulum::step::<f64>());
    passed("pendulum", &pendulum::loss::<f64, N<3>>());
    passed("walks", &ways::walks::<f64, N<2>>());
}

/// Every mistake in what the passes make of small examples, and of their pullbacks.
#[test]
fn mistakes() {
    fn all<A, D, G, Ss>(name: &str, graph: &GraphData<A, D, G, Ss>) {
        let program = graph.program().expect("a program");
        mistakes_are_refused(name, &program);
        mistakes_are_refused(&format!("the pullback of {name}"), &pullback(&program));
    }
    all("quickstart", &quickstart::loss::<f64>());
    all(
        "custom op",
        &graph!(|x: [2, 3]| sum(relu(custom_op::gram(x)))) as &GraphData<f64, _, _, _>,
    );
    all("torque", &pendulum::torque::<f64>());
}

/// Each pass alone, of a large program: seconds, where batches and the pullback of what a pass made take minutes. What a
/// pass leaves as it was is equal to itself.
fn passed_alone(name: &str, program: &Program, passes: &[Pass]) {
    let mut changed = 0;
    for (pass, precision, f) in passes {
        let other = f(program).unwrap_or_else(|error| panic!("{pass} of {name}: {error}"));
        if other != *program {
            let proof = match precision {
                Equal::Bits => prove_equal(program, &other),
                Equal::UpToRounding => prove_equal_up_to_rounding(program, &other),
            };
            proof.unwrap_or_else(|error| panic!("{pass} of {name}: {error}"));
            changed += 1;
        }
    }
    assert!(changed > 0, "{name}: no pass does anything");
}

/// Each pass alone, of the value and of the pullback.
fn passed_large<A, D, G, Ss>(name: &str, graph: &GraphData<A, D, G, Ss>, passes: &[Pass]) {
    let program = graph.program().expect("a program");
    passed_alone(name, &program, passes);
    passed_alone(
        &format!("the pullback of {name}"),
        &pullback(&program),
        passes,
    );
}

#[test]
fn digits() {
    passed_large("digits", &digits::loss::<f64, N<1>>(), &PASSES);
}

#[test]
fn answers() {
    passed_large("answers", &digits::answers::<f64, N<1>>(), &PASSES);
}

#[test]
fn certified_digits() {
    passed_large(
        "margins",
        &certified::certify::margins::<f64, N<1>>(),
        &PASSES,
    );
}

#[test]
fn attacked_digits() {
    passed_large(
        "loss of pixels",
        &certified::attack::loss_of_pixels::<f64, N<1>>(),
        &PASSES,
    );
}

#[test]
fn explain() {
    passed_large("explain", &explain::loss::<f64>(), &PASSES);
}

/// All twelve blocks at the example's own widths: the value, through all passes one after another. Each alone takes minutes.
#[test]
fn transformer() {
    let program = model::loss::<f64, N<1>>().program().expect("a program");
    let simple = simplify(&with_checkpoints(&program, true));
    let flat = inline(&with_checkpoints(&simple, false)).expect("calls of its functions");
    let other = prune(&simplify(&flat));
    assert_ne!(program, other);
    prove_equal(&program, &other).unwrap_or_else(|error| panic!("{error}"));
}

graph! {
    use cotangent::nn::{causal_pre_norm_block, embedding, layer_norm, linear};
    use model::Model;

    /// The transformer's loss at small widths: two letters of three, one head.
    fn narrow(p: Model<3, 2, 2, 1, 2>; letters: [1, 2] < 3, next: [2] < 3) -> [] {
        let x = repeat(causal_pre_norm_block)(embedding(p.letters, letters) + p.places, p.blocks);
        cross_entropy(merge_axes(linear(layer_norm(x, p.norm), p.head), 0), next)
    }
}

/// All twelve blocks, each pass alone, of the value and of the pullback: over doubles, bit for bit. Its 25 norms are square roots, and no
/// point modulo the prime has all of them, so what adds sums in another order cannot be shown of it. It is of a block.
#[test]
fn narrow_transformer() {
    let passes = PASSES.into_iter();
    let passes: Vec<Pass> = passes
        .filter(|(_, equal, _)| *equal == Equal::Bits)
        .collect();
    passed_large("narrow transformer", &narrow::<f64>(), &passes);
}

#[test]
fn a_block_of_the_transformer() {
    passed(
        "block",
        &cotangent::nn::causal_pre_norm_block::<f64, N<1>, N<2>, N<2>, N<2>, N<1>, N<8>>(),
    );
}
