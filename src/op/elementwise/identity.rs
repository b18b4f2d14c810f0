//! The identity.

use crate::op::{Call, Op, Recorder, Var};
use crate::scalar::levels;
use crate::shape::Shape;

/// The op of [`identity`].
#[derive(Clone, Copy, Debug)]
pub struct Identity;

/// `y = x`: a node that has the value of another. JVP `dx`; VJP `dy`.
///
/// The output of a graph is its last node; this makes any value, an input too, the last one. No element is copied.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [2]| identity(x));
/// let y = g.value(&Tensor::from([1.0, 2.0]), ());
/// assert_eq!(y, Tensor::from([1.0, 2.0]));
/// ```
pub fn identity<S: Shape>(x: Var<S>) -> Call<Identity, (Var<S>,)> {
    Call::new(Identity, (x,))
}

impl<S: Shape> Op<(S,)> for Identity {
    type Out = S;
    type Level = levels::Semiring;
    const NAME: &'static str = "identity";

    fn forward(&self, _r: &Recorder<levels::Semiring>, (x,): (Var<S>,)) -> Var<S> {
        x
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        identity:
        small(|x: [4]| identity(x));
        small(|x: [2, 3]| identity(x));
        middle(|x: [3, 4, 2]| identity(x));
    }
}
