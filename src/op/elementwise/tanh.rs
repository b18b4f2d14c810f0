//! The hyperbolic tangent.

use crate::op::{Call, Op, Recorder, Var};
use crate::scalar::{Includes, Need, Unary, needs};
use crate::shape::Shape;

/// The op of [`tanh`].
///
/// ```
/// use cotangent::prelude::*;
/// cotangent::prove::prove_op::<(shape![2],)>(Tanh)?; // its rules, for every input of this shape
/// # Ok::<(), Counterexample>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Tanh;

/// `y = tanh(x)`, element by element. Real scalars.
///
/// JVP `(1 - y²) dx`; VJP `(1 - y²) dy`.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: []| tanh(x));
/// let (y, tlist![dx]) = g.value_and_vjp(&tlist![Tensor::scalar(0.0)], &tlist![]);
/// assert_eq!((y.item(), dx.item()), (0.0, 1.0));
/// ```
pub fn tanh<S: Shape>(x: Var<S>) -> Call<Tanh, (Var<S>,)> {
    Call::new(Tanh, (x,))
}

impl<S: Shape> Op<(S,)> for Tanh {
    type Out = S;
    type Need = needs::Real;
    const NAME: &'static str = "tanh";

    fn forward(&self, r: &Recorder, x: (Var<S>,)) -> Var<S> {
        r.prim(Unary::Tanh, x)
    }
}

/// ```
/// use cotangent::prelude::*;
/// fn mish<S: Shape>(r: &Recorder, x: Var<S>) -> Var<S> {
///     r.mul_same(x, r.tanh(r.log(r.add_same(r.ones(), r.exp(x)))))
/// }
/// # #[derive(Clone)]
/// # struct Rule;
/// # impl Op<(shape![2],)> for Rule {
/// #     type Out = shape![2];
/// #     type Need = needs::Real;
/// #     const NAME: &'static str = "rule";
/// #     fn forward(&self, r: &Recorder<needs::Real>, (a,): (Var<shape![2]>,)) -> Var<Self::Out> { mish(r, a) }
/// # }
/// # fn op(a: Var<shape![2]>) -> Call<Rule, (Var<shape![2]>,)> { Call::new(Rule, (a,)) }
/// let g = graph!(|a: [2]| op(a)); // `op` has it as its rule
/// assert_eq!(g.value(&tlist![Tensor::from([0.0, 0.0])], &tlist![]), Tensor::from([0.0, 0.0]));
/// ```
impl<N: Need> Recorder<N> {
    /// Records [`tanh`].
    #[track_caller]
    pub fn tanh<S: Shape>(&self, x: Var<S>) -> Var<S>
    where
        N: Includes<needs::Real>,
    {
        self.record(tanh(x))
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        tanh:
        small(|x: [2]| tanh(x));
        small(|x: [2, 2]| tanh(x));
        middle(|x: [4, 8]| tanh(x));
    }
}
