//! The exponential.

use crate::op::{Call, Op, Recorder, Var};
use crate::scalar::{Includes, Need, Unary, needs};
use crate::shape::Shape;

/// The op of [`exp`].
///
/// ```
/// use cotangent::prelude::*;
/// cotangent::prove::prove_op::<(shape![2],)>(Exp)?; // its rules, for every input of this shape
/// # Ok::<(), Counterexample>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Exp;

/// `y = eˣ`, element by element. Real scalars.
///
/// JVP `y dx`; VJP `y dy`.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: []| exp(x));
/// let (y, tlist![dx]) = g.value_and_vjp(&tlist![Tensor::scalar(0.0)], &tlist![]);
/// assert_eq!((y.item(), dx.item()), (1.0, 1.0));
/// ```
pub fn exp<S: Shape>(x: Var<S>) -> Call<Exp, (Var<S>,)> {
    Call::new(Exp, (x,))
}

impl<S: Shape> Op<(S,)> for Exp {
    type Out = S;
    type Need = needs::Real;
    const NAME: &'static str = "exp";

    fn forward(&self, r: &Recorder, x: (Var<S>,)) -> Var<S> {
        r.prim(Unary::Exp, x)
    }
}

/// ```
/// use cotangent::prelude::*;
/// fn softplus<S: Shape>(r: &Recorder, x: Var<S>) -> Var<S> {
///     r.log(r.add_same(r.ones(), r.exp(x)))
/// }
/// # #[derive(Clone)]
/// # struct Rule;
/// # impl Op<(shape![2],)> for Rule {
/// #     type Out = shape![2];
/// #     type Need = needs::Real;
/// #     const NAME: &'static str = "rule";
/// #     fn forward(&self, r: &Recorder<needs::Real>, (a,): (Var<shape![2]>,)) -> Var<Self::Out> { softplus(r, a) }
/// # }
/// # fn op(a: Var<shape![2]>) -> Call<Rule, (Var<shape![2]>,)> { Call::new(Rule, (a,)) }
/// let g = graph!(|a: [2]| op(a)); // `op` has it as its rule
/// assert_eq!(g.value(&tlist![Tensor::from([0.0, 0.0])], &tlist![]), Tensor::full(2f64.ln()));
/// ```
impl<N: Need> Recorder<N> {
    /// Records [`exp`].
    #[track_caller]
    pub fn exp<S: Shape>(&self, x: Var<S>) -> Var<S>
    where
        N: Includes<needs::Real>,
    {
        self.record(exp(x))
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        exp:
        small(|x: [2]| exp(x));
        small(|x: [2, 2]| exp(x));
        middle(|x: [4, 8]| exp(x));
    }
}
