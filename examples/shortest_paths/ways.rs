//! Shortest ways by matrix products. Over [`MinPlus`] a product adds lengths and a sum takes the least.

use cotangent::prelude::*;
use cotangent::scalar::MinPlus;

graph! {
    /// Entry `(s, t)`: the sum over all walks of 256 steps from `s` to `t` of the product of their steps. With ones on
    /// the diagonal a step may stay where it is, so these are all walks of at most 256 steps.
    pub fn walks<D: Dim>(steps: [D, D]) -> [D, D]
    where
        A: Semiring,
    {
        let in_2 = matmul(steps, steps);
        let in_4 = matmul(in_2, in_2);
        let in_8 = matmul(in_4, in_4);
        let in_16 = matmul(in_8, in_8);
        let in_32 = matmul(in_16, in_16);
        let in_64 = matmul(in_32, in_32);
        let in_128 = matmul(in_64, in_64);
        matmul(in_128, in_128)
    }
}

/// A matrix of lengths, by the place where a way begins and the place where it ends. ∞: there is none.
pub type Lengths<D> = Tensor<MinPlus, (D, D)>;

/// The steps of a map: its roads, the shorter of two parallel ones, and 0 for staying.
pub fn steps<D: Dim>(roads: impl IntoIterator<Item = (usize, usize, f64)>) -> Lengths<D> {
    let mut steps = Lengths::<D>::from_fn(|[u, v]| if u == v { one() } else { zero() });
    for (u, v, length) in roads {
        steps[[u, v]] = steps[[u, v]] + MinPlus::from(length);
    }
    steps
}

/// All shortest lengths, and the cotangent of the one from `source` to `target`.
///
/// The entry `(u, v)` of the cotangent is the sum, over the walks with a step from `u` to `v`, of the product of their
/// other steps. Over `MinPlus`: the least length that completes this step to a way from `source` to `target`.
pub fn shortest<D: Dim>(steps: &Lengths<D>, source: usize, target: usize) -> [Lengths<D>; 2] {
    let mut seed = Lengths::<D>::zeros();
    seed[[source, target]] = one();
    let (lengths, completions) = walks::<MinPlus, D>().vjp(steps, (), &seed);
    [lengths, completions]
}

/// The steps on a shortest way of this length: those that their cotangent completes to it. A step that stays is on a
/// shortest way if its place is.
pub fn on_the_way<D: Dim>(
    steps: &Lengths<D>,
    completions: &Lengths<D>,
    length: MinPlus,
) -> Vec<(usize, usize)> {
    let indices = <(D, D)>::indices();
    // Zero is no way: nothing is on it.
    let on = indices.filter(|&i| length != zero() && steps[i] * completions[i] == length);
    on.map(|[u, v]| (u, v)).collect()
}

fn zero() -> MinPlus {
    num_traits::zero()
}

fn one() -> MinPlus {
    num_traits::one()
}
