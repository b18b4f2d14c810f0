//! What layers compute, against the ops and against loops.

use cotangent::fastrand::Rng;
use cotangent::prelude::*;

graph! {
    use cotangent::nn::{
        BatchNorm, Conv2d, LayerNorm, Linear, Lstm, Mlp, Statistics, batch_norm, batch_norm_inference, conv2d, layer_norm,
        linear, lstm, lstm_both, lstm_reverse, mlp,
    };

    fn linear_of_all(p: Linear<3, 2>; v: [3], m: [4, 3], s: [2, 4, 3]) -> ([2], [4, 2], [2, 4, 2]) {
        (linear(v, p), linear(m, p), linear(s, p))
    }

    fn strided(x: [2, 3, 5, 6], p: Conv2d<3, 4, 3>) -> [2, 4, 3, 3] { conv2d(x, p, 2, 1) }
    fn of_op(x: [2, 3, 5, 6], p: Conv2d<3, 4, 3>) -> [2, 4, 3, 3] {
        cotangent::op::conv2d(x, p.weight, p.bias, ConvWindow::new().stride::<2, 2>().padding::<1, 1>())
    }

    fn rows(x: [2, 3, 4], p: LayerNorm<4>) -> [2, 3, 4] { layer_norm(x, p) }

    fn images(x: [4, 2, 3, 3], p: BatchNorm<2>, s: Statistics<2>) -> ([4, 2, 3, 3], Statistics<2>, [4, 2, 3, 3]) {
        let (y, s) = batch_norm(x, p, s);
        (y, s, batch_norm_inference(x, p, s))
    }

    fn two_hidden(x: [5, 3], p: Mlp<3, 4, 2, const 1>) -> [5, 2] { mlp(x, p) }

    fn there(s: [2, 2, 3], x: [4, 2, 2], p: Lstm<2, 3>) -> ([2, 2, 3], [4, 2, 3]) { lstm(s, x, p) }
    fn back(s: [2, 2, 3], x: [4, 2, 2], p: Lstm<2, 3>) -> ([2, 2, 3], [4, 2, 3]) { lstm_reverse(s, x, p) }
    fn both(x: [4, 2, 2], p: Lstm<2, 3>, q: Lstm<2, 3>) -> [4, 2, 6] { lstm_both(x, p, q) }
}

#[test]
fn linear_takes_a_vector_rows_and_rows_of_rows() {
    let rng = &mut Rng::with_seed(1);
    let p: Parameters<f64, Linear<N<3>, N<2>>> = Vector::normal(0.0, 1.0, rng);
    let s: Tensor<f64, shape![2, 4, 3]> = Vector::normal(0.0, 1.0, rng);
    let m = s.row(1).unwrap();
    let v = m.row(2).unwrap();
    let (of_v, of_m, of_s) = linear_of_all::<f64>().value(&p, (&v, &m, &s));
    for o in 0..2 {
        let sum: f64 = (0..3).map(|i| v[[i]] * p.weight[[i, o]]).sum();
        assert!((of_v[[o]] - (sum + p.bias[[o]])).abs() < 1e-14);
    }
    // The order of a sum may differ between a vector and a matrix.
    let near = |a: f64, b: f64| (a - b).abs() < 1e-14;
    assert!((0..2).all(|o| near(of_m[[2, o]], of_v[[o]]) && near(of_s[[1, 2, o]], of_v[[o]])));
}

#[test]
fn conv2d_is_the_op() {
    let rng = &mut Rng::with_seed(2);
    let p: Parameters<f64, Conv2d<N<3>, N<4>, N<3>>> = Vector::normal(0.0, 1.0, rng);
    let x: Tensor<f64, shape![2, 3, 5, 6]> = Vector::normal(0.0, 1.0, rng);
    assert_eq!(
        strided::<f64>().value((&x, &p), ()),
        of_op().value((&x, &p), ())
    );
}

#[test]
fn layer_norm_is_of_each_row() {
    let rng = &mut Rng::with_seed(3);
    let p: Parameters<f64, LayerNorm<N<4>>> = Vector::normal(0.0, 1.0, rng);
    let x: Tensor<f64, shape![2, 3, 4]> = Vector::normal(0.0, 1.0, rng);
    let y = rows::<f64>().value((&x, &p), ());
    for (i, j) in [(0, 0), (1, 2)] {
        let mean = (0..4).map(|k| x[[i, j, k]]).sum::<f64>() / 4.0;
        let variance = (0..4).map(|k| (x[[i, j, k]] - mean).powi(2)).sum::<f64>() / 4.0;
        for k in 0..4 {
            let normal = (x[[i, j, k]] - mean) / (variance + 1e-5).sqrt();
            assert!((y[[i, j, k]] - (normal * p.gain[[k]] + p.shift[[k]])).abs() < 1e-13);
        }
    }
}

#[test]
fn batch_norm_keeps_statistics() {
    let rng = &mut Rng::with_seed(4);
    let p: Parameters<f64, BatchNorm<N<2>>> = Vector::normal(0.0, 1.0, rng);
    let s: Parameters<f64, Statistics<N<2>>> = Vector::uniform(0.5..1.5, rng);
    let x: Tensor<f64, shape![4, 2, 3, 3]> = Vector::normal(0.0, 1.0, rng);
    let (y, after, inferred) = images::<f64>().value((&x, &p, &s), ());
    let places = || (0..36).map(|i| (i / 9, i / 3 % 3, i % 3));
    for c in 0..2 {
        let mean = places().map(|(b, h, w)| x[[b, c, h, w]]).sum::<f64>() / 36.0;
        let squares = places().map(|(b, h, w)| (x[[b, c, h, w]] - mean).powi(2));
        let variance = squares.sum::<f64>() / 36.0;
        let expected = (
            0.9 * s.mean[[c]] + 0.1 * mean,
            0.9 * s.variance[[c]] + 0.1 * variance,
        );
        assert!((after.mean[[c]] - expected.0).abs() < 1e-14);
        assert!((after.variance[[c]] - expected.1).abs() < 1e-14);
        for (b, h, w) in places() {
            let normed = |m: f64, v: f64| {
                (x[[b, c, h, w]] - m) / (v + 1e-5).sqrt() * p.gain[[c]] + p.shift[[c]]
            };
            assert!((y[[b, c, h, w]] - normed(mean, variance)).abs() < 1e-13);
            let running = normed(after.mean[[c]], after.variance[[c]]);
            assert!((inferred[[b, c, h, w]] - running).abs() < 1e-13);
        }
    }
}

#[test]
fn mlp_has_as_many_layers() {
    let rng = &mut Rng::with_seed(5);
    let p: Parameters<f64, Mlp<N<3>, N<4>, N<2>, 1>> = Vector::normal(0.0, 1.0, rng);
    let x: Tensor<f64, shape![5, 3]> = Vector::normal(0.0, 1.0, rng);
    let y = two_hidden::<f64>().value((&x, &p), ());
    let by_hand = graph!(|x: [5, 3], a: [3, 4], b: [4], c: [4, 4], d: [4], e: [4, 2], f: [2]| {
        matmul(relu(matmul(relu(matmul(x, a) + b), c) + d), e) + f
    });
    let [hidden] = p.hidden.clone().into_array();
    let expected = by_hand.value(
        &tlist![
            x,
            p.first.weight,
            p.first.bias,
            hidden.weight,
            hidden.bias,
            p.last.weight,
            p.last.bias
        ],
        (),
    );
    // The products are the same; the plan may sum in another order.
    assert!(y.iter().zip(&expected).all(|(a, b)| (a - b).abs() < 1e-13));
}

/// The equations of an LSTM, in loops.
fn lstm_by_hand(
    p: &Parameters<f64, Lstm<N<2>, N<3>>>,
    x: &Tensor<f64, shape![4, 2, 2]>,
    steps: impl Iterator<Item = usize>,
    mut state: [[[f64; 3]; 2]; 2],
) -> ([[[f64; 3]; 2]; 2], [[[f64; 3]; 2]; 4]) {
    let sigmoid = |x: f64| 1.0 / (1.0 + (-x).exp());
    let mut all = [[[0.0; 3]; 2]; 4];
    for t in steps {
        for batch in 0..2 {
            let gate = |at: usize| {
                let of_input = (0..2).map(|i| x[[t, batch, i]] * p.input[[i, at]]);
                let of_state = (0..3).map(|i| state[0][batch][i] * p.hidden[[i, at]]);
                of_input.sum::<f64>() + of_state.sum::<f64>() + p.bias[[at]]
            };
            let gates: Vec<f64> = (0..12).map(gate).collect();
            for k in 0..3 {
                let c = sigmoid(gates[3 + k]) * state[1][batch][k]
                    + sigmoid(gates[k]) * gates[6 + k].tanh();
                state[1][batch][k] = c;
                state[0][batch][k] = sigmoid(gates[9 + k]) * c.tanh();
            }
            all[t][batch] = state[0][batch];
        }
    }
    (state, all)
}

#[test]
fn lstm_in_both_directions() {
    let rng = &mut Rng::with_seed(6);
    let p: Parameters<f64, Lstm<N<2>, N<3>>> = Vector::normal(0.0, 1.0, rng);
    let q: Parameters<f64, Lstm<N<2>, N<3>>> = Vector::normal(0.0, 1.0, rng);
    let x: Tensor<f64, shape![4, 2, 2]> = Vector::normal(0.0, 1.0, rng);
    let start: Tensor<f64, shape![2, 2, 3]> = Vector::normal(0.0, 1.0, rng);
    let from = |s: &Tensor<f64, shape![2, 2, 3]>| {
        [0, 1].map(|i| [0, 1].map(|j| [0, 1, 2].map(|k| s[[i, j, k]])))
    };
    // A few roundings of numbers near 1.
    let close = |a: &[f64], b: &[f64]| a.iter().zip(b).all(|(a, b)| (a - b).abs() < 1e-14);

    let (last, all) = there::<f64>().value((&start, &x, &p), ());
    let (state, expected) = lstm_by_hand(&p, &x, 0..4, from(&start));
    assert!(close(last.as_slice(), Tensor::from(state).as_slice()));
    assert!(close(all.as_slice(), Tensor::from(expected).as_slice()));

    let (last, all) = back::<f64>().value((&start, &x, &p), ());
    let (state, expected) = lstm_by_hand(&p, &x, (0..4).rev(), from(&start));
    assert!(close(last.as_slice(), Tensor::from(state).as_slice()));
    assert!(close(all.as_slice(), Tensor::from(expected).as_slice()));

    let y = both::<f64>().value((&x, &p, &q), ());
    let none = [[[0.0; 3]; 2]; 2];
    let (_, forward) = lstm_by_hand(&p, &x, 0..4, none);
    let (_, backward) = lstm_by_hand(&q, &x, (0..4).rev(), none);
    for t in 0..4 {
        for b in 0..2 {
            let row: Vec<f64> = (0..6).map(|k| y[[t, b, k]]).collect();
            assert!(close(&row, &[forward[t][b], backward[t][b]].concat()));
        }
    }
}
