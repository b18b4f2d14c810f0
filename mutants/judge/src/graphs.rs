//! The graphs: what can go wrong with one is in one of them.

use crate::Judge;
use crate::of_graph::check as of_graph;
use cotangent::prelude::*;
use cotangent::prove::{anywhere, positive};

graph! {
    /// A matrix and a bias.
    pub struct Linear<I: Dim, O: Dim> { pub weight: [I, O], pub bias: [O] }
    /// The state of a loop.
    pub struct Motion { pub place: [2], pub speed: [2] }

    /// A value with two consumers.
    fn fanned(x: [2, 3]) -> [] where A: OrderedField { sum(relu(x) + x * 2) }

    /// A value that one node takes twice, among others.
    fn twice(x: [2], y: [2]) -> [2] where A: Semiring {
        let z = x * y;
        z * z + x * x
    }

    /// Inputs of one shape that cannot be exchanged, and one that is not used.
    fn ordered(x: [2], y: [2], unused: [3]) -> [2] where A: Field {
        let z = x - y;
        let _idle = unused * 2;
        z / y
    }

    pub fn linear<B: Dim, I: Dim, O: Dim>(x: [B, I], p: Linear<I, O>) -> [B, O] where A: Semiring {
        matmul(x, p.weight) + p.bias
    }

    /// A group, and data that have no cotangent; two results.
    fn fitted(p: Linear<3, 2>; x: [4, 3], y: [4, 2]) -> ([], [4, 2]) where A: Ring {
        let fit = linear(x, p);
        let off = fit - y;
        (sum(off * off), fit)
    }

    /// A nonlinear function that is called twice: its pullback needs what the forward pass leaves.
    fn square(x: [2], w: [2]) -> [2] where A: Semiring { x * x * w }
    fn called(x: [2], w: [2]) -> [] where A: Semiring {
        let y = square(x, w);
        sum(square(y, w) * x)
    }

    /// The same, of which only the inputs are kept.
    fn kept(x: [2], w: [2]) -> [] where A: Semiring { sum(checkpoint(cubes)(x, w)) }
    fn cubes(x: [2], w: [2]) -> [2] where A: Semiring {
        let xx = x * x;
        let ww = w * w;
        xx * x * ww
    }

    /// Differences of which the order matters, and sums with negated values.
    fn signed(x: [2], y: [2]) -> [2] where A: Ring {
        let there = x - y;
        let back = y - x;
        there * there * back + (-there + y) * x
    }

    /// A value beside data, in one tensor.
    fn beside(x: [2, 3]; data: [2, 3]) -> [] where A: Semiring {
        let both = concat((data * x, data), 0);
        sum(both * both)
    }

    /// A call with two results of one shape.
    fn pair(x: [2], y: [2]) -> ([2], [2]) where A: Semiring {
        let product = x * y * x;
        let total = x + y;
        (product, total)
    }
    fn paired(x: [2], y: [2]) -> [] where A: Semiring {
        let (product, total) = pair(x, y);
        sum(product * total * x)
    }

    /// Layers that are listed, of which the order matters.
    fn layered(x: [2, 2], layers: [Linear<2, 2>; 3]) -> [] where A: OrderedField {
        sum(relu(repeat(linear)(x, layers)))
    }

    fn step(s: Motion, u: [2], w: [2, 2]; pull: [2]) -> (Motion, []) where A: Ring {
        let speed = einsum!("ij,j->i", w, s.speed * s.place) + u - pull;
        (Motion { place: s.place + speed, speed }, sum(speed * speed))
    }

    /// A loop over a group as its state, with a constant and a float of the environment.
    fn moved(s: Motion, u: [3, 2], w: [2, 2]; pull: [2]) -> ([], Motion) where A: Ring {
        let (last, energies) = scan(step)(s, u, w, pull);
        (sum(energies), last)
    }

    /// A loop of which one result is used, that depends on another.
    fn placed(s: Motion, u: [3, 2], w: [2, 2]; pull: [2]) -> [2] where A: Ring {
        let (last, energies) = scan(step)(s, u, w, pull);
        let _idle = energies + energies;
        last.place
    }

    fn reading(s: [2], u: [2], table: [3, 2]; c: [2], word: [] < 3) -> ([2], [2]) where A: Semiring {
        let next = s * c + gather(table, word) * u;
        (next, next * u)
    }

    /// A loop with an environment for each step, backwards.
    fn read(s: [2], u: [3, 2], table: [3, 2]; c: [3, 2], words: [3] < 3) -> ([2], [3, 2]) where A: Semiring {
        scan_each_reverse(reading)(s, u, table, c, words)
    }

    /// Masks that differ by step, of one key, and by layer.
    fn thin(s: [2], u: [2]; key) -> ([2], [2]) where A: OrderedField {
        let kept = dropout(u, key, { 0.5 });
        (s * s + kept, kept)
    }
    fn thinned(s: [2], u: [3, 2]; key) -> ([2], [3, 2]) where A: OrderedField {
        scan(thin)(s, u, key)
    }

    /// Two calls that draw, of one key.
    fn drawn(x: [2, 3]; key) -> [2, 3] where A: OrderedField { dropout(x, key, { 0.5 }) }
    fn drawn_twice(x: [2, 3]; key) -> [] where A: OrderedField {
        sum(drawn(x, key) * drawn(x, key))
    }

    /// A key that a call gives, from which both draw.
    fn drawn_on(x: [2, 3]; key) -> ([2, 3], key) where A: OrderedField {
        let next = next_key(key);
        let twice = x + x;
        (dropout(twice, next, { 0.5 }), next)
    }
    fn drawn_from_returned(x: [2, 3]; key) -> [] where A: OrderedField {
        let (y, next) = drawn_on(x, key);
        sum(y * dropout(x, next, { 0.5 }))
    }

    /// Labels that are computed, and read by others.
    fn chosen(x: [4, 3], table: [3, 2]) -> [] where A: OrderedField {
        let best = argmax(x, 1);
        let rows = gather(table, best);
        sum(rows * rows) + sum(x)
    }

    /// Functions of the derivative table.
    fn smooth(x: [2], y: [2]) -> [] where A: Real {
        sum(tanh(x) * exp(y) + log(y) / sqrt(y) + sigmoid(x * y))
    }

    /// Labels of the environment.
    fn loss(x: [2, 3]; labels: [2] < 3) -> [] where A: Real { cross_entropy(x, labels) }
}

pub fn check(judge: &mut Judge) {
    let none = &tlist![];
    let pull = || Tensor::<f64, shape![2]>::from([0.5, -1.25]);
    of_graph(judge, "fanned", &fanned(), none, anywhere);
    of_graph(judge, "twice", &twice(), none, anywhere);
    of_graph(judge, "ordered", &ordered(), none, anywhere);
    let data = tlist![
        Tensor::from([
            [1.0, 2.0, 0.5],
            [0.25, -1.0, 1.5],
            [1.0, 1.0, -2.0],
            [0.0, 3.0, 1.0]
        ]),
        Tensor::from([[1.0, 0.5], [2.0, -1.0], [0.25, 1.0], [1.5, 1.0]])
    ];
    of_graph(judge, "fitted", &fitted(), &data, anywhere);
    of_graph(judge, "called", &called(), none, anywhere);
    of_graph(judge, "paired", &paired(), none, anywhere);
    of_graph(judge, "kept", &kept(), none, anywhere);
    of_graph(judge, "signed", &signed(), none, anywhere);
    let beside_data = tlist![Tensor::from([[1.0, 2.0, 0.5], [0.25, -1.0, 1.5]])];
    of_graph(judge, "beside", &beside(), &beside_data, anywhere);
    of_graph(judge, "layered", &layered(), none, anywhere);
    of_graph(judge, "moved", &moved(), &tlist![pull()], anywhere);
    of_graph(judge, "placed", &placed(), &tlist![pull()], anywhere);
    let each = tlist![
        Tensor::from([[1.0, 2.0], [-0.5, 1.5], [0.25, 3.0]]),
        Labels::new([0, 2, 1]).expect("below 3")
    ];
    of_graph(judge, "read", &read(), &each, anywhere);
    of_graph(judge, "thinned", &thinned(), &tlist![Key::new(7)], anywhere);
    of_graph(
        judge,
        "drawn_twice",
        &drawn_twice(),
        &tlist![Key::new(7)],
        anywhere,
    );
    of_graph(
        judge,
        "drawn_from_returned",
        &drawn_from_returned(),
        &tlist![Key::new(7)],
        anywhere,
    );
    of_graph(judge, "chosen", &chosen(), none, anywhere);
    of_graph(judge, "smooth", &smooth(), none, positive);
    let labels = tlist![Labels::new([0, 2]).expect("below 3")];
    of_graph(judge, "loss", &loss(), &labels, anywhere);
}
