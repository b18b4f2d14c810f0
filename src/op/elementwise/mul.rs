//! Product, element by element.

use crate::op::{Call, Op, Recorder, Var};
use crate::scalar::{Binary, Includes, ScalarLevel, levels};
use crate::shape::{BroadcastsWith, Combined, Shape};

/// `a * b`, element by element; the smaller shape is repeated.
#[derive(Clone, Copy, Debug)]
pub struct Mul;

/// `y = a * b`. Shapes: equal, or one a suffix of the other.
///
/// JVP `da b + a db`; VJP `(dy b, dy a)`, summed over the axes that were repeated.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [2, 3], b: [3]| mul(x, b)); // or `x * b`
/// let x = Tensor::from([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]);
/// let y = g.value(&tlist![x, Tensor::from([10.0, 20.0, 30.0])], ());
/// assert_eq!(y, Tensor::from([[10.0, 40.0, 90.0], [40.0, 100.0, 180.0]]));
/// ```
pub fn mul<S: Shape, R: Shape>(a: Var<S>, b: Var<R>) -> Call<Mul, (Var<S>, Var<R>)> {
    Call::new(Mul, (a, b))
}

impl<S: Shape + BroadcastsWith<R>, R: Shape> Op<(S, R)> for Mul {
    type Out = Combined<S, R>;
    type Level = levels::Semiring;
    const NAME: &'static str = "mul";

    fn forward(
        &self,
        r: &Recorder<levels::Semiring>,
        (a, b): (Var<S>, Var<R>),
    ) -> Var<Combined<S, R>> {
        let (a, b) = r.combined(a, b);
        r.prim(Binary::Mul, (a, b))
    }
}

impl<N: ScalarLevel> Recorder<N> {
    /// Records [`mul`].
    #[track_caller]
    pub fn mul<S: Shape + BroadcastsWith<R>, R: Shape>(
        &self,
        a: Var<S>,
        b: Var<R>,
    ) -> Var<Combined<S, R>>
    where
        N: Includes<levels::Semiring>,
    {
        self.record(mul(a, b))
    }

    /// The product of two values of one shape: nothing is repeated, so a rule that forgets a
    /// reduction does not compile.
    #[track_caller]
    pub fn mul_same<S: Shape>(&self, a: Var<S>, b: Var<S>) -> Var<S>
    where
        N: Includes<levels::Semiring>,
    {
        self.prim(Binary::Mul, (a, b))
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        mul:
        small(|a: [4], b: [4]| a * b);
        small(|a: [2, 3], b: [3]| a * b);
        middle(|a: [5], b: [3, 4, 5]| a * b);
    }
}
