//! Random numbers of the normal distribution.

use crate::op::{Call, Discrete, Op, Recorder, Var};
use crate::program::Literal;
use crate::scalar::{Unary, levels};
use crate::shape::Shape;
use crate::tensor::Key;
use core::f64::consts::TAU;
use core::fmt;
use core::marker::PhantomData;

/// The op of [`normal`]: where the key is, and the shape `S`.
pub struct Normal<S> {
    key: Discrete<Key>,
    shape: PhantomData<fn() -> S>,
}

impl<S> Clone for Normal<S> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<S> Copy for Normal<S> {}

impl<S> fmt::Debug for Normal<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Normal").field(&self.key).finish()
    }
}

/// Random numbers of the normal distribution with mean 0 and variance 1, in the shape `S`. Real scalars.
///
/// `√(-2 log(1 - u)) cos(2π v)`, with `u` and `v` as [`uniform`](crate::op::uniform()) draws them. So they are not the numbers of
/// `jax.random.normal`, which turns one uniform number into one normal one by the inverse of `erf`. Of `f64` none is larger than
/// 8.5, of `f32` none than 5.7. No derivative goes through it; another mean and deviation are arithmetic, and have one.
///
/// Which numbers is a function of the key and of the place of the op in the graph, as in [`dropout`](crate::op::dropout()).
/// Source: Box and Muller, *A Note on the Generation of Random Normal Deviates* (1958).
///
/// ```
/// use cotangent::prelude::*;
/// graph! {
///     /// A sample of a normal distribution that is learnt: the derivatives go to its mean and to its deviation.
///     fn sample<S: Shape>(mean: S, deviation: S; key) -> S {
///         mean + deviation * normal::<S>(key)
///     }
/// }
/// let g = sample::<f64, shape![2]>();
/// let x = tlist![Tensor::from([10.0, 20.0]), Tensor::from([1.0, 0.0])];
/// let (y, tlist![mean, deviation]) = g.vjp(&x, &Key::new(3), &Tensor::ones());
/// assert_eq!((y[[1]], mean), (20.0, Tensor::ones()));
/// assert_eq!(y[[0]], 10.0 + deviation[[0]]);
/// ```
pub fn normal<S: Shape>(key: Discrete<Key>) -> Call<Normal<S>, ()> {
    let shape = PhantomData;
    Call::new(Normal { key, shape }, ())
}

impl<S: Shape> Op<()> for Normal<S> {
    type Out = S;
    type Level = levels::Real;
    const NAME: &'static str = "normal";

    fn forward(&self, r: &Recorder, (): ()) -> Var<S> {
        let (u, v): (Var<S>, Var<S>) = (r.uniform(self.key), r.uniform(self.key));
        // 1 - u, which is never 0 and is exact.
        let rest = r.offset(r.neg(u), Literal::from(1));
        let radius = r.sqrt(r.scale(r.log(rest), Literal::from(-2)));
        let turn = r.scale(v, Literal::real(TAU));
        r.mul_same(radius, r.prim(Unary::Cos, (turn,)))
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        normal:
        small(|x: [2, 4]; key| x * normal::<shape![2, 4]>(key));
        small(|x: [3]; key| x * normal::<shape![3]>(key));
        middle(|x: [3, 2, 4]; key| x * normal::<shape![3, 2, 4]>(key));
    }

    /// Two uses of the key in one use of the op, and two of those.
    #[test]
    fn each_use_draws_for_itself() {
        let g: GraphData<f64, _, _, _> = graph!(|; key| -> ([50], [50]) {
            (normal::<shape![50]>(key), normal::<shape![50]>(key))
        });
        assert_eq!(crate::prove::draws_are_apart(&g), Ok(4));
    }
}
