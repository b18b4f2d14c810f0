//! The graphs of the examples, each through every pass.

#[path = "../../../examples/custom_op.rs"]
#[allow(dead_code)]
mod custom_op;
#[path = "../../../examples/digits/data.rs"]
#[allow(dead_code)]
mod data;
#[path = "../../../examples/digits/model.rs"]
#[allow(dead_code)]
mod digits;
#[path = "../../../examples/explain.rs"]
#[allow(dead_code)]
mod explain;
#[path = "../../../examples/hessian/model.rs"]
#[allow(dead_code)]
pub mod hessian;
#[path = "../../../examples/transformer/layers.rs"]
#[allow(dead_code)]
mod layers;
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
use super::all_equal;
use super::batches::all_batches;
use super::rewritten::with_checkpoints;
use cotangent::prelude::*;
use cotangent::program::{inline, prune, simplify};
use cotangent::prove::prove_equal;

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

/// The value of a large graph, through all passes one after another: each alone takes minutes, and so does the pullback of
/// thousands of weights.
fn passed_value<A, D, G, Ss>(name: &str, graph: &GraphData<A, D, G, Ss>) {
    let program = graph.program().expect("a program");
    let simple = simplify(&with_checkpoints(&program, true));
    let flat = inline(&with_checkpoints(&simple, false)).expect("calls of its functions");
    let other = prune(&simplify(&flat));
    assert_ne!(program, other, "{name}");
    prove_equal(&program, &other).unwrap_or_else(|error| panic!("{name}: {error}"));
}

#[test]
fn digits() {
    passed_value("digits", &digits::loss::<f64, 1>());
    passed_value("answers", &digits::answers::<f64, 1>());
}

#[test]
fn certified_digits() {
    passed_value("margins", &certified::certify::margins::<f64, 1>());
    passed_value(
        "loss of pixels",
        &certified::attack::loss_of_pixels::<f64, 1>(),
    );
}

#[test]
fn explain() {
    passed_value("explain", &explain::loss::<f64>());
}

/// All twelve blocks.
#[test]
fn transformer() {
    passed_value("transformer", &model::loss::<f64, N<1>>());
}

#[test]
fn a_block_of_the_transformer() {
    passed(
        "block",
        &layers::block::<f64, N<1>, N<2>, N<2>, N<2>, N<1>>(),
    );
}
#[test]
fn timing_digits() {
    super::timing::timed("digits", &digits::loss::<f64, 1>());
}
#[test]
fn timing_explain() {
    super::timing::timed("explain", &explain::loss::<f64>());
}
#[test]
fn timing_margins() {
    super::timing::timed("margins", &certified::certify::margins::<f64, 1>());
}
#[test]
fn timing_trans() {
    super::timing::timed("trans", &model::loss::<f64, N<1>>());
}
