//! Negation.

use crate::op::{Call, Op, Recorder, Var};
use crate::scalar::{Includes, Need, Unary, needs};
use crate::shape::Shape;

/// The op of [`neg`].
///
/// ```
/// use cotangent::prelude::*;
/// cotangent::prove::prove_op::<(shape![2],)>(Neg)?; // its rules, for every input of this shape
/// # Ok::<(), Counterexample>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Neg;

/// `y = -x`, element by element. Any ring.
///
/// JVP `-dx`; VJP `-dy`.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [2]| neg(x)); // or `-x`
/// let y = g.value(&tlist![Tensor::from([1.0, -2.0])], &tlist![]);
/// assert_eq!(y, Tensor::from([-1.0, 2.0]));
/// ```
pub fn neg<S: Shape>(x: Var<S>) -> Call<Neg, (Var<S>,)> {
    Call::new(Neg, (x,))
}

impl<S: Shape> Op<(S,)> for Neg {
    type Out = S;
    type Need = needs::Ring;
    const NAME: &'static str = "neg";

    fn forward(&self, r: &Recorder<needs::Ring>, x: (Var<S>,)) -> Var<S> {
        r.prim(Unary::Neg, x)
    }
}

/// ```
/// use cotangent::prelude::*;
/// fn reflected<S: Shape>(r: &Recorder<needs::Ring>, x: Var<S>) -> Var<S> {
///     r.add_same(r.ones(), r.neg(x)) // 1 - x
/// }
/// # #[derive(Clone)]
/// # struct Rule;
/// # impl Op<(shape![2],)> for Rule {
/// #     type Out = shape![2];
/// #     type Need = needs::Ring;
/// #     const NAME: &'static str = "rule";
/// #     fn forward(&self, r: &Recorder<needs::Ring>, (a,): (Var<shape![2]>,)) -> Var<Self::Out> { reflected(r, a) }
/// # }
/// # fn op(a: Var<shape![2]>) -> Call<Rule, (Var<shape![2]>,)> { Call::new(Rule, (a,)) }
/// let g = graph!(|a: [2]| op(a)); // `op` has it as its rule
/// assert_eq!(g.value(&tlist![Tensor::from([1.0, 3.0])], &tlist![]), Tensor::from([0.0, -2.0]));
/// ```
impl<N: Need> Recorder<N> {
    /// Records [`neg`].
    #[track_caller]
    pub fn neg<S: Shape>(&self, x: Var<S>) -> Var<S>
    where
        N: Includes<needs::Ring>,
    {
        self.record(neg(x))
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        neg:
        small(|x: [2]| -x);
        small(|x: [2, 2]| -x);
        middle(|x: [4, 8]| -x);
    }
}
