//! A key for later.

use crate::op::{Call, Discrete, Op, Recorder};
use crate::scalar::levels;
use crate::tensor::Key;

/// The op of [`next_key`]: where the key is.
#[derive(Clone, Copy, Debug)]
pub struct NextKey {
    key: Discrete<Key>,
}

/// Another key, from which everything is drawn anew. Over everything.
///
/// It is for what comes after the graph: a graph that returns `next_key(key)` gives the key of the next step, and a
/// [trainer](crate::graph::GraphData::trainer_with_state) keeps it. Within a graph it is seldom needed, since two draws of
/// one key differ in any case. As they do, it is a function of the key and of the place of the op in the graph: no mask
/// that the graph draws from `key` is one that is drawn from `next_key(key)`, and two `next_key`s of one key are two keys. In
/// place of `key, draw = jax.random.split(key)`.
///
/// ```
/// use cotangent::prelude::*;
/// graph! {
///     fn noisy(x: [8]; key) -> ([8], key) { (dropout(x, key, 0.5), next_key(key)) }
/// }
/// let g = noisy::<f64>();
/// let x = Tensor::ones();
/// let (first, key) = g.value(&x, &Key::new(1));
/// let (second, next) = g.value(&x, &key);
/// assert!(first != second && key != Key::new(1) && next != key);
/// ```
pub fn next_key(key: Discrete<Key>) -> Call<NextKey, ()> {
    Call::new(NextKey { key }, ())
}

impl Op<()> for NextKey {
    type Out = Key;
    type Level = levels::Semiring;
    const NAME: &'static str = "next_key";

    fn forward(&self, r: &Recorder<levels::Semiring>, (): ()) -> Discrete<Key> {
        // Each use of a key is another key: this one is what the op gives.
        Discrete::new(r.graph_id(), r.entry(self.key))
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        next_key:
        small(|x: [2, 4]; key| dropout(x, next_key(key), { 0.5 }));
        small(|x: [3]; key| dropout(x, next_key(key), { 0.1 }));
        middle(|x: [5, 2, 4]; key| dropout(x, next_key(next_key(key)), { 0.2 }));
    }
}
