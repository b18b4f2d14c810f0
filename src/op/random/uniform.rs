//! Random numbers, each as likely.

use crate::op::{Call, Discrete, Op, Recorder, Var};
use crate::scalar::levels;
use crate::shape::Shape;
use crate::tensor::Key;
use core::fmt;
use core::marker::PhantomData;

/// The op of [`uniform`]: where the key is, and the shape `S`.
pub struct Uniform<S> {
    key: Discrete<Key>,
    shape: PhantomData<fn() -> S>,
}

impl<S> Clone for Uniform<S> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<S> Copy for Uniform<S> {}

impl<S> fmt::Debug for Uniform<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Uniform").field(&self.key).finish()
    }
}

/// Random numbers from 0 up to 1, which is none of them, each as likely, in the shape `S`. Any field.
///
/// They are `k / 2^52` with 52 random bits `k`: over `f64` and over exact fields the numbers of `jax.random.uniform(key, shape,
/// dtype="float64")`, for the key as it is [folded](Key::fold_in) here. Over `f32` they are the same numbers with 23 of these bits,
/// not rounded, so that none is 1; JAX makes its singles of other bits. No derivative goes through it.
///
/// Which numbers is a function of the key and of the place of the op in the graph, as in [`dropout`](crate::op::dropout()): two uses
/// of one key draw two tensors. Other ranges are arithmetic, `uniform::<shape![3]>(key) * 2.0 - 1.0`.
///
/// ```
/// use cotangent::prelude::*;
/// // The area of a quarter of a disc, from points of a square.
/// let g: GraphData<f64, _, _, _> = graph!(|; key| {
///     let x = uniform::<shape![10000]>(key);
///     let y = uniform::<shape![10000]>(key);
///     mean(to_scalar(less(x * x + y * y, 1.0)))
/// });
/// let area = g.value((), &Key::new(7)).item();
/// assert!((area - core::f64::consts::FRAC_PI_4).abs() < 0.02);
/// ```
pub fn uniform<S: Shape>(key: Discrete<Key>) -> Call<Uniform<S>, ()> {
    let shape = PhantomData;
    Call::new(Uniform { key, shape }, ())
}

impl<S: Shape> Op<()> for Uniform<S> {
    type Out = S;
    type Level = levels::Field;
    const NAME: &'static str = "uniform";

    fn forward(&self, r: &Recorder<levels::Field>, (): ()) -> Var<S> {
        r.uniform(self.key)
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        uniform:
        small(|x: [2, 4]; key| x * uniform::<shape![2, 4]>(key));
        small(|x: [3]; key| x * uniform::<shape![3]>(key));
        middle(|x: [3, 2, 4]; key| x * uniform::<shape![3, 2, 4]>(key));
    }

    /// Another for another key, for another use of one, and the same for the same.
    #[test]
    fn each_use_draws_for_itself() {
        let g: GraphData<f64, _, _, _> = graph!(|; key| -> ([50], [50]) {
            (uniform::<shape![50]>(key), uniform::<shape![50]>(key))
        });
        let (a, b) = g.value((), &Key::new(1));
        assert_ne!(a, b);
        assert_eq!(g.value((), &Key::new(1)), (a.clone(), b));
        assert_ne!(g.value((), &Key::new(2)).0, a);
        assert_eq!(crate::prove::draws_are_apart(&g), Ok(2));
    }
}
