//! Graphs of the cases: loops, a classifier, and what draws by keys.

use super::ops::drops;
use cotangent::prelude::*;

/// A loop whose steps take nothing of their own but an environment.
type Nothing = context![];

graph! {
    pub struct State { pub h: [3], pub m: [2, 3] }
    pub struct Cell { pub w: [3, 3], pub u: [2, 3], pub b: [3] }
    pub struct Seen { pub x: [2], pub k: [] }
    pub struct Told { pub y: [], pub z: [2] }

    /// A step whose state, inputs, parameters and outputs are groups.
    fn pair_step(s: State, seen: Seen, p: Cell) -> (State, Told) {
        let h = tanh(einsum!("i,ij->j", s.h, p.w) + einsum!("i,ij->j", seen.x, p.u) + p.b);
        let m = sigmoid(seen.k) * s.m + einsum!("i,j->ij", seen.x, h);
        (State { h, m }, Told { y: sum(m * m), z: einsum!("ij,j->i", m, s.h) })
    }

    pub fn pair(state: State, x: [5, 2], k: [5], p: Cell) -> (State, [5], [5, 2]) {
        let (last, [y, z]) = scan(pair_step)(state, (x, k), p);
        (last, y, z)
    }

    pub fn pair_reverse(state: State, x: [5, 2], k: [5], p: Cell) -> (State, [5], [5, 2]) {
        let (last, [y, z]) = scan_reverse(pair_step)(state, (x, k), p);
        (last, y, z)
    }

    /// What is of each step is data.
    pub fn pair_of_data(state: State, p: Cell; x: [5, 2], k: [5]) -> (State, [5], [5, 2]) {
        let (last, [y, z]) = scan(pair_step)(state, (x, k), p);
        (last, y, z)
    }

    fn step_by_data(s: State, _none: Nothing, p: Cell; x: [2], k: []) -> (State, Told) {
        let (next, told) = pair_step(s, Seen { x, k }, p);
        (next, told)
    }

    /// The same by an environment of each step.
    pub fn pair_each(state: State, p: Cell; x: [5, 2], k: [5]) -> (State, [5], [5, 2]) {
        let (last, [y, z]) = scan_each(step_by_data)(state, (), p, x, k);
        (last, y, z)
    }

    fn step_by_label(s: [3], _none: Nothing, table: [4, 3], scale: [3]; label: [] < 4) -> ([3], []) {
        let seen = scale * gather(table, label);
        (tanh(s + seen), sum(s * seen))
    }

    /// A label of each step, and data of all.
    pub fn labels(s: [3], table: [4, 3]; labels: [6] < 4, scale: [3]) -> ([3], [6]) {
        let (last, each) = scan_each(step_by_label)(s, (), table, scale, labels);
        (last, each)
    }

    pub struct Linear<I: Dim, O: Dim> { pub weight: [I, O], pub bias: [O] }
    pub struct Network { pub hidden: Linear<4, 5>, pub out: Linear<5, 3> }

    fn linear<B: Dim, I: Dim, O: Dim>(x: [B, I], p: Linear<I, O>) -> [B, O] {
        matmul(x, p.weight) + p.bias
    }

    /// A loss, and beside it the logits, the accuracy and the predictions.
    pub fn classifier(p: Network; x: [6, 4], labels: [6] < 3) -> ([], [6, 3], [], [6] < 3) {
        let logits = linear(tanh(linear(x, p.hidden)), p.out);
        let predictions = argmax(logits, 1);
        let right = equal(to_scalar(predictions), to_scalar(labels));
        (cross_entropy(logits, labels), logits, mean(to_scalar(right)), predictions)
    }

    pub fn twice(x: [16]; key) -> ([16], [16]) {
        (dropout(x, key, 0.5), dropout(x, key, 0.1))
    }

    pub fn in_op(x: [16], s: [16]; key) -> [16] {
        drops(x, s, key)
    }

    fn of_square(x: [4, 3]; key) -> [4, 3] {
        let y = x * x;
        dropout(y, key, 0.25)
    }

    pub fn in_call(x: [4, 3]; key) -> ([4, 3], [4, 3]) {
        let a = of_square(x, key);
        let b = of_square(a, key);
        (a, b)
    }

    fn drawing(s: [2, 4], x: [2, 4]; key) -> ([2, 4], [2, 4]) {
        let d = dropout(x, key, 0.5);
        (s + s * d, d)
    }

    pub fn in_scan(s: [2, 4], xs: [3, 2, 4]; key) -> ([2, 4], [3, 2, 4]) {
        let (last, each) = scan(drawing)(s, xs, key);
        (last, each)
    }

    pub fn in_scan_reverse(s: [2, 4], xs: [3, 2, 4]; key) -> ([2, 4], [3, 2, 4]) {
        let (last, each) = scan_reverse(drawing)(s, xs, key);
        (last, each)
    }

    fn layer(s: [2, 4], p: [2, 4]; key) -> [2, 4] {
        let d = dropout(p, key, 0.5);
        s + s * d
    }

    pub fn in_repeat(s: [2, 4], p: [[2, 4]; 3]; key) -> [2, 4] {
        repeat(layer)(s, p, key)
    }

    /// The labels are a value before the dropout, the entries of the environment are none.
    pub fn after_labels(x: [16]; w: [16], key) -> ([16], [16] < 2) {
        let c = less(x, w);
        (select(c, dropout(x, key, 0.5), x), c)
    }

    fn drawing_by_data(s: [2, 4], _none: Nothing; x: [2, 4], key) -> ([2, 4], [2, 4]) {
        let d = dropout(x, key, 0.5);
        (s + s * d, d)
    }

    pub fn in_scan_each(s: [2, 4]; xs: [3, 2, 4], key) -> ([2, 4], [3, 2, 4]) {
        let (last, each) = scan_each(drawing_by_data)(s, (), xs, key);
        (last, each)
    }

    pub fn uniform_numbers(x: [64]; key) -> ([64], [64]) {
        let u = uniform::<shape![64]>(key);
        (x * u, u)
    }

    pub fn uniform_numbers_3d(x: [2, 3, 4]; key) -> ([2, 3, 4], [2, 3, 4]) {
        let u = uniform::<shape![2, 3, 4]>(key);
        (x * u, u)
    }

    pub fn bernoulli_labels(x: [4, 16]; key) -> ([4, 16], [4, 16] < 2) {
        let c = bernoulli::<shape![4, 16], _>(key, 0.3);
        (x * to_scalar(c), c)
    }

    pub fn bernoulli_of_logits(x: [4, 16]; key) -> ([4, 16], [4, 16] < 2) {
        let p = sigmoid(x);
        let c = bernoulli(key, p);
        (x * to_scalar(c), c)
    }

    pub fn categorical_axis_1(x: [20, 4]; key) -> ([20, 4], [20] < 4) {
        let i = categorical(key, x, 1);
        (x * one_hot(i), i)
    }

    pub fn categorical_axis_0(x: [5, 16]; key) -> ([5, 16], [16] < 5) {
        let i = categorical(key, x, 0);
        (x * transpose(one_hot(i)), i)
    }

    fn loop_of_layer(s: [2, 4], xs: [2, 2, 4]; key) -> [2, 4] {
        let (last, _) = scan(drawing)(s, xs, key);
        last
    }

    pub fn in_scan_in_repeat(s: [2, 4], p: [[2, 2, 4]; 2]; key) -> [2, 4] {
        repeat(loop_of_layer)(s, p, key)
    }
}
