//! The function: the mean square of a network with two layers, made of what an ordered field has.

use cotangent::prelude::*;
use num_rational::BigRational;

graph! {
    /// `mean((relu(x w1 + b) / (1 + (x w1 + b)²) w2)²)`.
    pub fn energy(x: [4, 3], w1: [3, 5], b: [5], w2: [5, 2]) -> []
    where
        A: OrderedField,
    {
        let z = matmul(x, w1) + b;
        let h = relu(z) / (1 + z * z);
        let y = matmul(h, w2);
        mean(y * y)
    }
}

/// The inputs of [`energy`].
pub type Gamma = context![[4, 3], [3, 5], [5], [5, 2]];
/// A list over it: a point, a direction, a gradient.
pub type Point<A> = TList<A, Gamma>;

/// A point, and two directions, in small fractions. `x w1` is an integer and `b` is not, so `relu` is not at its kink.
pub fn point_and_directions(seed: u64) -> [Point<BigRational>; 3] {
    let mut rng = fastrand::Rng::with_seed(seed);
    let mut integers =
        |most: i64| Point::zeros().map(|_: &BigRational| rational(rng.i64(-most..=most), 1));
    let (point, u, v) = (integers(1), integers(2), integers(2));
    let tlist_pat![x, w1, b, w2] = point;
    [tlist![x, w1, b.map(|b| b + rational(1, 2)), w2], u, v]
}

/// `n / d`.
pub fn rational(n: i64, d: i64) -> BigRational {
    BigRational::new(n.into(), d.into())
}
