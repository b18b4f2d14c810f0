//! The rectifier, and the step that is its derivative.

use crate::op::{Call, Op, Recorder, Var};
use crate::scalar::{Includes, ScalarLevel, Unary, levels};
use crate::shape::Shape;

/// The op of [`relu`].
#[derive(Clone, Copy, Debug)]
pub struct Relu;

/// The op of [`step`].
#[derive(Clone, Copy, Debug)]
pub struct Step;

/// `y = max(x, 0)`, element by element. Any ordered field.
///
/// JVP `step(x) dx`; VJP `step(x) dy`. At the kink the derivative is 0, as in PyTorch. NaN stays NaN, and has the
/// derivative 0.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [3]| sum(relu(x)));
/// let (y, dx) = g.value_and_vjp(&Tensor::from([-1.0, 0.0, 2.0]), ());
/// assert_eq!((y.item(), dx), (2.0, Tensor::from([0.0, 0.0, 1.0])));
/// ```
pub fn relu<S: Shape>(x: Var<S>) -> Call<Relu, (Var<S>,)> {
    Call::new(Relu, (x,))
}

/// `y = 1` where `x > 0`, else `0`, for NaN too. Its derivative is 0 everywhere.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [3]| step(x));
/// let y = g.value(&Tensor::from([-1.0, 0.0, 2.0]), ());
/// assert_eq!(y, Tensor::from([0.0, 0.0, 1.0]));
/// ```
pub fn step<S: Shape>(x: Var<S>) -> Call<Step, (Var<S>,)> {
    Call::new(Step, (x,))
}

impl<S: Shape> Op<(S,)> for Relu {
    type Out = S;
    type Level = levels::OrderedField;
    const NAME: &'static str = "relu";

    fn forward(&self, r: &Recorder<levels::OrderedField>, x: (Var<S>,)) -> Var<S> {
        r.prim(Unary::Relu, x)
    }
}

impl<S: Shape> Op<(S,)> for Step {
    type Out = S;
    type Level = levels::OrderedField;
    const NAME: &'static str = "step";

    fn forward(&self, r: &Recorder<levels::OrderedField>, x: (Var<S>,)) -> Var<S> {
        r.prim(Unary::Step, x)
    }
}

impl<N: ScalarLevel> Recorder<N> {
    /// Records [`relu`].
    #[track_caller]
    pub fn relu<S: Shape>(&self, x: Var<S>) -> Var<S>
    where
        N: Includes<levels::OrderedField>,
    {
        self.record(relu(x))
    }

    /// Records [`step`].
    #[track_caller]
    pub fn step<S: Shape>(&self, x: Var<S>) -> Var<S>
    where
        N: Includes<levels::OrderedField>,
    {
        self.record(step(x))
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        relu:
        small(|x: [4]| relu(x));
        small(|x: [2, 3]| relu(x));
        middle(|x: [3, 4, 2]| relu(x));
    }

    law_tests! {
        step:
        small(|x: [4]| step(x));
        small(|x: [2, 3]| step(x));
        middle(|x: [3, 4, 2]| step(x));
    }
}
