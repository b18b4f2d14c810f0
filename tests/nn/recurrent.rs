//! Recurrent layers without a cell, in both directions, against loops. (`layers.rs` has the LSTM.)

use cotangent::fastrand::Rng;
use cotangent::prelude::*;

graph! {
    use cotangent::nn::{Gru, Rnn, gru, gru_both, gru_reverse, rnn, rnn_both, rnn_reverse};

    fn rnns(s: [2, 3], x: [4, 2, 5], p: Rnn<5, 3>, q: Rnn<5, 3>)
        -> ([2, 3], [4, 2, 3], [2, 3], [4, 2, 3], [4, 2, 6])
    {
        let (last, there) = rnn(s, x, p);
        let (first, back) = rnn_reverse(s, x, p);
        (last, there, first, back, rnn_both(x, p, q))
    }

    fn grus(s: [2, 3], x: [4, 2, 5], p: Gru<5, 3>, q: Gru<5, 3>)
        -> ([2, 3], [4, 2, 3], [2, 3], [4, 2, 3], [4, 2, 6])
    {
        let (last, there) = gru(s, x, p);
        let (first, back) = gru_reverse(s, x, p);
        (last, there, first, back, gru_both(x, p, q))
    }
}

type State = [[f64; 3]; 2];
type Steps = [State; 4];
type Input = Tensor<f64, shape![4, 2, 5]>;

/// `x w + b`, column by column.
fn product(x: &[f64], w: &[f64], b: &[f64]) -> Vec<f64> {
    let column = |o: usize| {
        x.iter()
            .enumerate()
            .map(|(i, x)| x * w[i * b.len() + o])
            .sum::<f64>()
    };
    b.iter().enumerate().map(|(o, b)| column(o) + b).collect()
}

fn rnn_cell(p: &Parameters<f64, Rnn<N<5>, N<3>>>, x: &[f64], h: [f64; 3]) -> [f64; 3] {
    let of_x = product(x, p.input.as_slice(), p.bias.as_slice());
    let of_h = product(&h, p.hidden.as_slice(), &[0.0; 3]);
    [0, 1, 2].map(|k| (of_x[k] + of_h[k]).tanh())
}

fn gru_cell(p: &Parameters<f64, Gru<N<5>, N<3>>>, x: &[f64], h: [f64; 3]) -> [f64; 3] {
    let sigmoid = |x: f64| 1.0 / (1.0 + (-x).exp());
    let of_x = product(x, p.input.as_slice(), p.input_bias.as_slice());
    let of_h = product(&h, p.hidden.as_slice(), p.hidden_bias.as_slice());
    [0, 1, 2].map(|k| {
        let (reset, update) = (
            sigmoid(of_x[k] + of_h[k]),
            sigmoid(of_x[3 + k] + of_h[3 + k]),
        );
        let new = (of_x[6 + k] + reset * of_h[6 + k]).tanh();
        (1.0 - update) * new + update * h[k]
    })
}

/// A cell at these steps, one after the other: the last state, and that of each step.
fn by_hand(
    cell: impl Fn(&[f64], [f64; 3]) -> [f64; 3],
    x: &Input,
    steps: impl Iterator<Item = usize>,
    mut state: State,
) -> (State, Steps) {
    let mut all = [[[0.0; 3]; 2]; 4];
    for t in steps {
        for batch in 0..2 {
            let row: Vec<f64> = (0..5).map(|i| x[[t, batch, i]]).collect();
            state[batch] = cell(&row, state[batch]);
        }
        all[t] = state;
    }
    (state, all)
}

type Results = (
    Tensor<f64, shape![2, 3]>,
    Tensor<f64, shape![4, 2, 3]>,
    Tensor<f64, shape![2, 3]>,
    Tensor<f64, shape![4, 2, 3]>,
    Tensor<f64, shape![4, 2, 6]>,
);

/// What a layer gives, and its cells with the two kinds of weights.
fn check(
    (last, there, first, back, both): Results,
    start: State,
    x: &Input,
    p: impl Fn(&[f64], [f64; 3]) -> [f64; 3],
    q: impl Fn(&[f64], [f64; 3]) -> [f64; 3],
) {
    // A few roundings of numbers near 1.
    let close = |a: &[f64], b: &[f64]| a.iter().zip(b).all(|(a, b)| (a - b).abs() < 1e-14);
    let (state, steps) = by_hand(&p, x, 0..4, start);
    assert!(close(last.as_slice(), state.as_flattened()));
    assert!(close(there.as_slice(), steps.as_flattened().as_flattened()));
    let (state, steps) = by_hand(&p, x, (0..4).rev(), start);
    assert!(close(first.as_slice(), state.as_flattened()));
    assert!(close(back.as_slice(), steps.as_flattened().as_flattened()));

    let none = [[0.0; 3]; 2];
    let (_, forward) = by_hand(&p, x, 0..4, none);
    let (_, backward) = by_hand(&q, x, (0..4).rev(), none);
    for (t, b) in [(0, 0), (1, 1), (3, 0)] {
        let row: Vec<f64> = (0..6).map(|k| both[[t, b, k]]).collect();
        assert!(close(&row, &[forward[t][b], backward[t][b]].concat()));
    }
}

fn start(rng: &mut Rng) -> (State, Tensor<f64, shape![2, 3]>) {
    let s: Tensor<f64, shape![2, 3]> = Vector::normal(0.0, 1.0, rng);
    ([0, 1].map(|b| [0, 1, 2].map(|k| s[[b, k]])), s)
}

#[test]
fn rnn_in_both_directions() {
    let rng = &mut Rng::with_seed(1);
    let (p, q) = (Vector::normal(0.0, 1.0, rng), Vector::normal(0.0, 1.0, rng));
    let x: Input = Vector::normal(0.0, 1.0, rng);
    let (state, s) = start(rng);
    let got = rnns().value((&s, &x, &p, &q), ());
    check(
        got,
        state,
        &x,
        |x, h| rnn_cell(&p, x, h),
        |x, h| rnn_cell(&q, x, h),
    );
}

#[test]
fn gru_in_both_directions() {
    let rng = &mut Rng::with_seed(2);
    let (p, q) = (Vector::normal(0.0, 1.0, rng), Vector::normal(0.0, 1.0, rng));
    let x: Input = Vector::normal(0.0, 1.0, rng);
    let (state, s) = start(rng);
    let got = grus().value((&s, &x, &p, &q), ());
    check(
        got,
        state,
        &x,
        |x, h| gru_cell(&p, x, h),
        |x, h| gru_cell(&q, x, h),
    );
}
