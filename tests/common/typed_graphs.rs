//! Graphs with all that an environment, a context and a list of results can have, and loops.
#![allow(dead_code)]

use cotangent::context::{Entry, by_name};
use cotangent::prelude::*;
use cotangent::scalar::Sample;
use fastrand::Rng;

graph! {
    /// A matrix and a bias.
    pub struct Linear<I: Dim, O: Dim> { pub weight: [I, O], pub bias: [O] }
    /// The state of a loop.
    pub struct Motion { pub place: [2], pub speed: [2] }

    pub fn linear<B: Dim, I: Dim, O: Dim>(x: [B, I], p: Linear<I, O>) -> [B, O] where A: Semiring {
        matmul(x, p.weight) + p.bias
    }

    /// A loss by its parameters alone: the data are floats of the environment. The fit stands beside it.
    pub fn fitted(p: Linear<3, 2>; x: [4, 3], y: [4, 2]) -> ([], [4, 2]) where A: Ring {
        let fit = linear(x, p);
        let off = fit - y;
        (sum(off * off), fit)
    }

    /// A group, labels and a float in the environment; labels and a group among the results.
    pub fn frozen(x: [4, 3], layers: [Linear<2, 2>; 2]; p: Linear<3, 2>, rows: [5] < 4, shift: [2]) ->
        ([5, 2], [5] < 4, Linear<2, 2>)
    where
        A: Semiring
    {
        let h = repeat(linear)(linear(x, p), layers);
        (gather(h, rows) + shift, rows, layers[1])
    }

    /// Labels that are computed, read by others and returned; the bound is a float of the environment.
    pub fn chosen(x: [4, 3], table: [3, 2]; bound: [4, 3]) -> ([], [4] < 3) where A: OrderedField {
        let above = select(less(bound, x), x * x, bound - x);
        let best = argmax(above, 1);
        let rows = gather(table, best);
        (sum(rows * rows) + sum(above) / 3, best)
    }

    pub fn step(s: Motion, u: [2], w: [2, 2]; pull: [2]) -> (Motion, []) where A: Ring {
        let speed = einsum!("ij,j->i", w, s.speed) + u - pull;
        (Motion { place: s.place + speed, speed }, sum(speed * speed))
    }

    /// A loop over a group as its state, with a float of the environment.
    pub fn moved(s: Motion, u: [3, 2], w: [2, 2]; pull: [2]) -> ([], Motion) where A: Ring {
        let (last, energies) = scan(step)(s, u, w, pull);
        (sum(energies), last)
    }

    pub fn reading(s: [2], u: [2], table: [3, 2]; c: [2], word: [] < 3) -> ([2], [] < 3) where A: Semiring {
        (s * c + gather(table, word) * u, word)
    }

    /// A loop with an environment for each step, backwards, that returns labels.
    pub fn read(s: [2], u: [3, 2], table: [3, 2]; c: [3, 2], words: [3] < 3) -> ([2], [3] < 3) where A: Semiring {
        let (last, words) = scan_each_reverse(reading)(s, u, table, c, words);
        (last, words)
    }

    /// Masks that differ by step, of one key.
    pub fn thinned(s: [2], u: [3, 2]; key) -> ([2], [3, 2]) where A: OrderedField {
        let (last, kept) = scan(thin)(s, u, key);
        (last, kept)
    }
    pub fn thin(s: [2], u: [2]; key) -> ([2], [2]) where A: OrderedField {
        let kept = dropout(u, key, { 0.5 });
        (s * s + kept, kept)
    }
}

/// Random values of an entry.
pub fn random<A: Sample, E: Entry>(rng: &mut Rng) -> Parameters<A, E> {
    let values = by_name::<A, E>(|_, dims| (0..dims.count()).map(|_| A::sample(rng)).collect());
    values.expect("as many as the dims say")
}

/// Random labels.
pub fn labels<C: Dim, S: Shape>(rng: &mut Rng) -> LabelsOf<C, S> {
    let labels: Vec<usize> = (0..S::SIZE).map(|_| rng.usize(..C::SIZE)).collect();
    LabelsOf::new(labels).expect("each below the bound")
}

/// Calls a macro with each graph, over a scalar, and a random environment for it.
#[macro_export]
macro_rules! each_typed_graph {
    ($A:ty, $rng:ident, $call:ident) => {{
        use typed_graphs::{Linear, labels, random};
        $call!(
            typed_graphs::fitted::<$A>(),
            tlist![
                random::<$A, shape![4, 3]>($rng),
                random::<$A, shape![4, 2]>($rng)
            ]
        );
        $call!(
            typed_graphs::frozen::<$A>(),
            tlist![
                random::<$A, Linear<N<3>, N<2>>>($rng),
                labels($rng),
                random::<$A, shape![2]>($rng)
            ]
        );
        $call!(
            typed_graphs::chosen::<$A>(),
            tlist![random::<$A, shape![4, 3]>($rng)]
        );
        $call!(
            typed_graphs::moved::<$A>(),
            tlist![random::<$A, shape![2]>($rng)]
        );
        $call!(
            typed_graphs::read::<$A>(),
            tlist![random::<$A, shape![3, 2]>($rng), labels($rng)]
        );
        $call!(
            typed_graphs::thinned::<$A>(),
            tlist![Key::new($rng.u64(..))]
        );
    }};
}
