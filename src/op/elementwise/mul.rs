//! Product, element by element.

use crate::op::{Call, Op, Recorder, Var};
use crate::scalar::{Binary, Includes, Need, needs};
use crate::shape::{BroadcastsWith, Shape};

/// `a * b`, element by element; the smaller shape is repeated.
///
/// ```
/// use cotangent::prelude::*;
/// cotangent::prove::prove_op::<(shape![2, 3], shape![3])>(Mul)?; // its rules, for every input of these shapes
/// # Ok::<(), Counterexample>(())
/// ```
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
/// let y = g.value(&tlist![x, Tensor::from([10.0, 20.0, 30.0])], &tlist![]);
/// assert_eq!(y, Tensor::from([[10.0, 40.0, 90.0], [40.0, 100.0, 180.0]]));
/// ```
pub fn mul<S: Shape, R: Shape>(a: Var<S>, b: Var<R>) -> Call<Mul, (Var<S>, Var<R>)> {
    Call::new(Mul, (a, b))
}

impl<S: BroadcastsWith<R>, R: Shape> Op<(S, R)> for Mul {
    type Out = S::Out;
    type Need = needs::Semiring;
    const NAME: &'static str = "mul";

    fn forward(&self, r: &Recorder<needs::Semiring>, (a, b): (Var<S>, Var<R>)) -> Var<S::Out> {
        let (a, b) = (r.repeated::<S::Out, _>(a), r.repeated::<S::Out, _>(b));
        r.prim(Binary::Mul, (a, b))
    }
}

/// ```
/// use cotangent::prelude::*;
/// fn weighted<B: Dim, D: Dim>(r: &Recorder<needs::Semiring>, x: Var<(B, D)>, w: Var<(D,)>) -> Var<(B, D)> {
///     r.mul(r.mul_same(x, x), w) // x² w
/// }
/// # #[derive(Clone)]
/// # struct Rule;
/// # impl Op<(shape![1, 2], shape![2])> for Rule {
/// #     type Out = shape![1, 2];
/// #     type Need = needs::Semiring;
/// #     const NAME: &'static str = "rule";
/// #     fn forward(&self, r: &Recorder<needs::Semiring>, (a, b): (Var<shape![1, 2]>, Var<shape![2]>)) -> Var<Self::Out> { weighted(r, a, b) }
/// # }
/// # fn op(a: Var<shape![1, 2]>, b: Var<shape![2]>) -> Call<Rule, (Var<shape![1, 2]>, Var<shape![2]>)> { Call::new(Rule, (a, b)) }
/// let g = graph!(|a: [1, 2], b: [2]| op(a, b)); // `op` has it as its rule
/// let x = tlist![Tensor::from([[1.0, 2.0]]), Tensor::from([4.0, 5.0])];
/// assert_eq!(g.value(&x, &tlist![]), Tensor::from([[4.0, 20.0]]));
/// ```
impl<N: Need> Recorder<N> {
    /// Records [`mul`].
    #[track_caller]
    pub fn mul<S: BroadcastsWith<R>, R: Shape>(&self, a: Var<S>, b: Var<R>) -> Var<S::Out>
    where
        N: Includes<needs::Semiring>,
    {
        self.record(mul(a, b))
    }

    /// The product of two values of one shape. A rule that is generic over the shape needs it: `S: BroadcastsWith<S>` is
    /// true of every shape, and the compiler cannot see it.
    #[track_caller]
    pub fn mul_same<S: Shape>(&self, a: Var<S>, b: Var<S>) -> Var<S>
    where
        N: Includes<needs::Semiring>,
    {
        self.prim(Binary::Mul, (a, b))
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        mul:
        small(|a: [2], b: [2]| a * b);
        small(|a: [2, 2], b: [2]| a * b);
        middle(|a: [12], b: [4, 12]| a * b);
    }
}
