//! The natural logarithm.

use crate::op::{Call, Op, Recorder, Var};
use crate::scalar::{Includes, ScalarLevel, Unary, levels};
use crate::shape::Shape;

/// The op of [`log`].
#[derive(Clone, Copy, Debug)]
pub struct Log;

/// `y = ln x`, element by element. Real scalars; as over floats, NaN below 0 and `-∞` at 0.
///
/// JVP `dx / x`; VJP `dy / x`.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [2]| sum(log(x)));
/// let (y, dx) = g.value_and_vjp(&Tensor::from([1.0, 1.0]), ());
/// assert_eq!((y.item(), dx), (0.0, Tensor::ones()));
/// ```
pub fn log<S: Shape>(x: Var<S>) -> Call<Log, (Var<S>,)> {
    Call::new(Log, (x,))
}

impl<S: Shape> Op<(S,)> for Log {
    type Out = S;
    type Level = levels::Real;
    const NAME: &'static str = "log";

    fn forward(&self, r: &Recorder, x: (Var<S>,)) -> Var<S> {
        r.prim(Unary::Log, x)
    }
}

impl<N: ScalarLevel> Recorder<N> {
    /// Records [`log`].
    #[track_caller]
    pub fn log<S: Shape>(&self, x: Var<S>) -> Var<S>
    where
        N: Includes<levels::Real>,
    {
        self.record(log(x))
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        log:
        small(|x: [4]| log(x));
        small(|x: [2, 3]| log(x));
        middle(|x: [3, 4, 2]| log(x));
        on(positive);
    }
}
