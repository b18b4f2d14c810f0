//! What an op's own rule is for: beside each, what the derivative of its body does in its place.

use cotangent::prelude::*;
use cotangent::program::{Program, Value, inline, simplify, vjp};
use cotangent::tensor::Indices;

/// How a pullback does: its cotangents, how many values it keeps, and how many primitives it has.
#[derive(Debug)]
struct Pulled {
    dx: Vec<f64>,
    kept: usize,
    primitives: usize,
}

/// The pullback by the rule, and by the body: an inlined function has none.
fn both(program: &Program, x: &[Value<f64>], dy: AnyTensor<f64>) -> [Pulled; 2] {
    [program.clone(), inline(program).unwrap()].map(|program| {
        let wanted: Vec<bool> = program
            .input_types()
            .iter()
            .map(|ty| ty.is_scalar())
            .collect();
        let halves = vjp(&program, &wanted, &[true]).unwrap();
        let mut residuals = halves.forward.run(x).unwrap().split_off(1);
        residuals.push(dy.clone().into());
        let dx = halves.backward.run(&residuals).unwrap().swap_remove(0);
        let backward = simplify(&inline(&halves.backward).unwrap());
        Pulled {
            dx: dx.tensor().unwrap().as_slice().to_vec(),
            kept: halves.residuals(1),
            primitives: backward.primitives(),
        }
    })
}

fn tensor(dims: &[usize], data: &[f64]) -> AnyTensor<f64> {
    AnyTensor::new(dims, data.to_vec()).unwrap()
}

/// Without its rule the backward pass has at least twice the primitives and keeps at least twice the values: the maximum that
/// is subtracted for the sake of `exp` is differentiated, only to cancel.
#[track_caller]
fn costs_twice([rule, body]: &[Pulled; 2]) {
    assert!(body.kept >= 2 * rule.kept, "{rule:?} {body:?}");
    assert!(
        10 * body.primitives >= 18 * rule.primitives,
        "{rule:?} {body:?}"
    );
}

/// And it cancels up to rounding only: of equal entries the middle cotangent is 0.
#[test]
fn softmax_by_its_body() {
    let g: GraphData<f64, _, _, _> = graph!(|x: [3]| softmax(x, 0));
    let x = [tensor(&[3], &[0.1; 3]).into()];
    let pulled = both(&g.program().unwrap(), &x, tensor(&[3], &[1.0, 2.0, 3.0]));
    costs_twice(&pulled);
    let [rule, body] = pulled;
    assert_eq!(rule.dx[1], 0.0);
    assert!(
        body.dx[1] != 0.0 && body.dx[1].abs() < 1e-16,
        "{}",
        body.dx[1]
    );
}

#[test]
fn log_softmax_by_its_body() {
    let g: GraphData<f64, _, _, _> = graph!(|x: [3]| log_softmax(x, 0));
    let row = tensor(&[3], &[1.0, 2.0, 3.0]);
    costs_twice(&both(&g.program().unwrap(), &[row.clone().into()], row));
}

#[test]
fn logsumexp_by_its_body() {
    let g: GraphData<f64, _, _, _> = graph!(|x: [3]| logsumexp(x, 0));
    let program = g.program().unwrap();
    let pulled = both(
        &program,
        &[tensor(&[3], &[1.0, 2.0, 3.0]).into()],
        tensor(&[], &[1.0]),
    );
    costs_twice(&pulled);
    // With an infinite entry the weights of the others are not known, and the rule says so: its body says 0.
    let x = [tensor(&[3], &[f64::INFINITY, 0.0, 1.0]).into()];
    let [rule, body] = both(&program, &x, tensor(&[], &[1.0]));
    assert!(rule.dx.iter().all(|x| x.is_nan()));
    assert!(body.dx[0].is_nan() && body.dx[1..] == [0.0, 0.0]);
}

#[test]
fn cross_entropy_by_its_body() {
    let g: GraphData<f64, _, _, _> = graph!(|x: [1, 3]; labels: [1] < 3| cross_entropy(x, labels));
    let label = Indices::new(&[1], 3, vec![1]).unwrap();
    let x = [tensor(&[1, 3], &[1.0, 2.0, 3.0]).into(), label.into()];
    let pulled = both(&g.program().unwrap(), &x, tensor(&[], &[1.0]));
    costs_twice(&pulled);
}

/// The sigmoid and tanh have no rule of an op: their primitives have theirs in the table. Written out, both are NaN where
/// `exp` is infinite, in the value or in the derivative.
#[test]
fn sigmoid_and_tanh_written_out() {
    let x = || tlist![Tensor::from([-800.0, 0.0, 800.0])];
    let primitive: GraphData<f64, _, _, _> = graph!(|x: [3]| sigmoid(x));
    let (_, tlist![dx]) = primitive.vjp(&x(), (), &Tensor::ones());
    assert_eq!(dx, Tensor::from([0.0, 0.25, 0.0]));
    let written: GraphData<f64, _, _, _> = graph!(|x: [3]| recip(exp(-x) + 1.0));
    let (y, tlist![dx]) = written.vjp(&x(), (), &Tensor::ones());
    assert_eq!(y, Tensor::from([0.0, 0.5, 1.0]));
    assert!(dx[[0]].is_nan());
    let primitive: GraphData<f64, _, _, _> = graph!(|x: [3]| tanh(x));
    let (y, tlist![dx]) = primitive.vjp(&x(), (), &Tensor::ones());
    assert_eq!(
        (y, dx),
        (
            Tensor::from([-1.0, 0.0, 1.0]),
            Tensor::from([0.0, 1.0, 0.0])
        )
    );
    let written: GraphData<f64, _, _, _> = graph!(|x: [3]| (exp(x) - exp(-x)) / (exp(x) + exp(-x)));
    let y = written.value(&x(), ());
    assert!(y[[0]].is_nan() && y[[2]].is_nan());
}
