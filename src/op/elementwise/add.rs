//! Sum.

use crate::op::{Call, Op, Recorder, Var};
use crate::scalar::{Binary, Includes, ScalarLevel, levels};
use crate::shape::{BroadcastsWith, Combined, Shape};

/// `a + b`, element by element; the smaller shape is repeated.
#[derive(Clone, Copy, Debug)]
pub struct Add;

/// `y = a + b`. Shapes: equal, or one a suffix of the other.
///
/// JVP `da + db`; VJP `dy` for both, summed over the axes that were repeated.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [2, 3], b: [3]| add(x, b)); // or `x + b`
/// let x = Tensor::from([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]);
/// let y = g.value(&tlist![x, Tensor::from([10.0, 20.0, 30.0])], ());
/// assert_eq!(y, Tensor::from([[11.0, 22.0, 33.0], [14.0, 25.0, 36.0]]));
/// ```
pub fn add<S: Shape, R: Shape>(a: Var<S>, b: Var<R>) -> Call<Add, (Var<S>, Var<R>)> {
    Call::new(Add, (a, b))
}

impl<S: Shape + BroadcastsWith<R>, R: Shape> Op<(S, R)> for Add {
    type Out = Combined<S, R>;
    type Level = levels::Semiring;
    const NAME: &'static str = "add";

    fn forward(
        &self,
        r: &Recorder<levels::Semiring>,
        (a, b): (Var<S>, Var<R>),
    ) -> Var<Combined<S, R>> {
        let (a, b) = r.combined(a, b);
        r.prim(Binary::Add, (a, b))
    }
}

impl<N: ScalarLevel> Recorder<N> {
    /// Records [`add`].
    #[track_caller]
    pub fn add<S: Shape + BroadcastsWith<R>, R: Shape>(
        &self,
        a: Var<S>,
        b: Var<R>,
    ) -> Var<Combined<S, R>>
    where
        N: Includes<levels::Semiring>,
    {
        self.record(add(a, b))
    }

    /// The sum of two values of one shape: nothing is repeated, so a rule that forgets a
    /// reduction does not compile.
    #[track_caller]
    pub fn add_same<S: Shape>(&self, a: Var<S>, b: Var<S>) -> Var<S>
    where
        N: Includes<levels::Semiring>,
    {
        self.prim(Binary::Add, (a, b))
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        add:
        small(|a: [4], b: [4]| a + b);
        small(|a: [2, 3], b: [3]| a + b);
        middle(|a: [5], b: [3, 4, 5]| a + b);
    }
}
