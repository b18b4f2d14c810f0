//! The graphs of the examples, each through every pass.

#[path = "../../../examples/digits/data.rs"]
#[allow(dead_code)]
mod data;
#[path = "../../../examples/digits/model.rs"]
#[allow(dead_code)]
mod digits;
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

use super::all_equal;
use super::batches::all_batches;
use cotangent::prelude::*;
use cotangent::program::{inline, simplify};
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
    passed("hessian", &hessian::energy::<f64>());
    passed("torque", &pendulum::torque::<f64>());
    passed("step", &pendulum::step::<f64>());
    passed("pendulum", &pendulum::loss::<f64, N<3>>());
    passed("walks", &ways::walks::<f64, N<2>>());
}

/// The classifier for one digit, with 3,500 weights: its value. (Its pullback alone takes a minute.)
#[test]
fn digits_of_a_batch() {
    let program = digits::loss::<f64, 1>().program().expect("a program");
    let other = simplify(&inline(&program).expect("a program"));
    prove_equal(&program, &other).unwrap_or_else(|error| panic!("{error}"));
}

#[test]
fn a_block_of_the_transformer() {
    passed("block", &layers::block::<f64, N<1>, N<2>, N<2>, 2>());
}
