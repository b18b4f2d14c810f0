//! The square root.

use crate::op::{Call, Op, Recorder, Var};
use crate::scalar::{Includes, Need, Unary, needs};
use crate::shape::Shape;

/// The op of [`sqrt`].
///
/// ```
/// use cotangent::prelude::*;
/// cotangent::prove::prove_op::<(shape![2],)>(Sqrt)?; // its rules, for every input of this shape
/// # Ok::<(), Counterexample>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Sqrt;

/// `y = √x`, element by element; NaN below 0. Real scalars.
///
/// JVP `dx / 2y`; VJP `dy / 2y`, which is infinite at 0.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [2]| sum(sqrt(x)));
/// let (y, tlist![dx]) = g.value_and_vjp(&tlist![Tensor::from([4.0, 0.25])], &tlist![]);
/// assert_eq!((y.item(), dx), (2.5, Tensor::from([0.25, 1.0])));
/// ```
pub fn sqrt<S: Shape>(x: Var<S>) -> Call<Sqrt, (Var<S>,)> {
    Call::new(Sqrt, (x,))
}

impl<S: Shape> Op<(S,)> for Sqrt {
    type Out = S;
    type Need = needs::Real;
    const NAME: &'static str = "sqrt";

    fn forward(&self, r: &Recorder, x: (Var<S>,)) -> Var<S> {
        r.prim(Unary::Sqrt, x)
    }
}

/// ```
/// use cotangent::prelude::*;
/// fn norm<S: Shape>(r: &Recorder, x: Var<S>) -> Var<()> {
///     r.sqrt(r.sum(r.mul_same(x, x)))
/// }
/// # #[derive(Clone)]
/// # struct Rule;
/// # impl Op<(shape![2],)> for Rule {
/// #     type Out = shape![];
/// #     type Need = needs::Real;
/// #     const NAME: &'static str = "rule";
/// #     fn forward(&self, r: &Recorder<needs::Real>, (a,): (Var<shape![2]>,)) -> Var<Self::Out> { norm(r, a) }
/// # }
/// # fn op(a: Var<shape![2]>) -> Call<Rule, (Var<shape![2]>,)> { Call::new(Rule, (a,)) }
/// let g = graph!(|a: [2]| op(a)); // `op` has it as its rule
/// assert_eq!(g.value(&tlist![Tensor::from([3.0, 4.0])], &tlist![]), Tensor::scalar(5.0));
/// ```
impl<N: Need> Recorder<N> {
    /// Records [`sqrt`].
    #[track_caller]
    pub fn sqrt<S: Shape>(&self, x: Var<S>) -> Var<S>
    where
        N: Includes<needs::Real>,
    {
        self.record(sqrt(x))
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        sqrt:
        small(|x: [2]| sqrt(x));
        small(|x: [1, 3]| sqrt(x));
        middle(|x: [4, 8]| sqrt(x));
        on(positive);
    }

    #[test]
    fn at_zero() {
        let g = graph!(|x: [1]| sum(sqrt(x)));
        let (y, tlist![dx]) = g.value_and_vjp(&tlist![Tensor::from([0.0])], &tlist![]);
        assert_eq!((y.item(), dx), (0.0, Tensor::from([f64::INFINITY])));
    }
}
