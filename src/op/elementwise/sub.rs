//! Difference.

use crate::op::{Call, Op, Recorder, Var};
use crate::scalar::{Binary, Includes, ScalarLevel, levels};
use crate::shape::{BroadcastsWith, Combined, Shape};

/// `a - b`, element by element; the smaller shape is repeated.
#[derive(Clone, Copy, Debug)]
pub struct Sub;

/// `y = a - b`. Shapes: equal, or one a suffix of the other.
///
/// JVP `da - db`; VJP `(dy, -dy)`, summed over the axes that were repeated.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [2, 3], b: [3]| sub(x, b)); // or `x - b`
/// let x = Tensor::from([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]);
/// let y = g.value(&tlist![x, Tensor::from([1.0, 1.0, 2.0])], ());
/// assert_eq!(y, Tensor::from([[0.0, 1.0, 1.0], [3.0, 4.0, 4.0]]));
/// ```
pub fn sub<S: Shape, R: Shape>(a: Var<S>, b: Var<R>) -> Call<Sub, (Var<S>, Var<R>)> {
    Call::new(Sub, (a, b))
}

impl<S: Shape + BroadcastsWith<R>, R: Shape> Op<(S, R)> for Sub {
    type Out = Combined<S, R>;
    type Level = levels::Ring;
    const NAME: &'static str = "sub";

    fn forward(&self, r: &Recorder<levels::Ring>, (a, b): (Var<S>, Var<R>)) -> Var<Combined<S, R>> {
        let (a, b) = r.combined(a, b);
        r.sub_same(a, b)
    }
}

impl<N: ScalarLevel> Recorder<N> {
    /// Records [`sub`].
    #[track_caller]
    pub fn sub<S: Shape + BroadcastsWith<R>, R: Shape>(
        &self,
        a: Var<S>,
        b: Var<R>,
    ) -> Var<Combined<S, R>>
    where
        N: Includes<levels::Ring>,
    {
        self.record(sub(a, b))
    }

    /// `a - b` for rules that know the shapes are equal.
    #[track_caller]
    pub fn sub_same<S: Shape>(&self, a: Var<S>, b: Var<S>) -> Var<S>
    where
        N: Includes<levels::Ring>,
    {
        self.prim(Binary::Sub, (a, b))
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        sub:
        small(|a: [4], b: [4]| a - b);
        small(|a: [2, 3], b: [3]| a - b);
        middle(|a: [5], b: [3, 4, 5]| a - b);
    }
}
