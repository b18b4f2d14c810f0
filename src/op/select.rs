//! One of two, by a third.

use super::{Call, Op, Recorder, Var};
use crate::program::primitives;
use crate::scalar::needs;
use crate::shape::{Given, SameShape, Shape};

/// The op of [`select`].
///
/// ```
/// use cotangent::prelude::*;
/// laws::prove_op::<(shape![2], shape![2], shape![2])>(Select)?; // its rules, for every input of these shapes
/// # Ok::<(), Counterexample>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Select;

/// `y = a` where `c > 0`, else `b`, element by element, for three tensors of one shape. Any ordered field.
///
/// A `c` that is NaN chooses `b`. VJP: `dy` to the chosen one, 0 to the other and to `c`. What is not chosen does not count, even where it is NaN.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|c: [2], a: [2], b: [2]| sum(select(c, a, b)));
/// let x = tlist![Tensor::from([1.0, 0.0]), Tensor::from([2.0, 3.0]), Tensor::from([4.0, 5.0])];
/// let (y, tlist![dc, da, db]) = g.value_and_vjp(&x, &tlist![]);
/// assert_eq!((y.item(), dc), (7.0, Tensor::zero()));
/// assert_eq!((da, db), (Tensor::from([1.0, 0.0]), Tensor::from([0.0, 1.0])));
/// ```
pub fn select<S: Shape, T: Shape, U: Shape>(
    c: Var<S>,
    a: Var<T>,
    b: Var<U>,
) -> Call<Select, (Var<S>, Var<T>, Var<U>)> {
    Call::new(Select, (c, a, b))
}

impl<S, T, U> Op<(S, T, U)> for Select
where
    S: SameShape<T> + SameShape<U>,
    T: Shape,
    U: Shape,
{
    type Out = Given<<S as SameShape<T>>::Itself, Given<<S as SameShape<U>>::Itself, S>>;
    type Need = needs::OrderedField;
    const NAME: &'static str = "select";

    fn forward(&self, r: &Recorder<needs::OrderedField>, x: (Var<S>, Var<T>, Var<U>)) -> Var<S> {
        r.prim(primitives::Select, x)
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        select:
        small(|c: [2], a: [2], b: [2]| select(c, a, b));
        small(|c: [1, 2], a: [1, 2], b: [1, 2]| select(c, a, b));
        middle(|c: [4, 8], a: [4, 8], b: [4, 8]| select(c, a, b));
    }

    /// A NaN in the branch not taken reaches neither the value nor a cotangent, in either mode.
    #[test]
    fn nan_where_it_is_not_taken() {
        let g = graph!(|c: [2], a: [2], b: [2]| select(c, a, b));
        let nan = f64::NAN;
        let x = tlist![
            Tensor::from([1.0, -1.0]),
            Tensor::from([2.0, nan]),
            Tensor::from([nan, 3.0])
        ];
        let (y, tlist![dc, da, db]) = g.vjp(&x, &tlist![], &Tensor::from([5.0, 7.0]));
        assert_eq!((y, dc), (Tensor::from([2.0, 3.0]), Tensor::zero()));
        assert_eq!(
            (da, db),
            (Tensor::from([5.0, 0.0]), Tensor::from([0.0, 7.0]))
        );
        let tlist![_, _, _, dy] = g.jvp(&x, &x, &tlist![]);
        assert_eq!(dy, Tensor::from([2.0, 3.0]));
    }

    /// The usual way to keep `log` in its domain: the choice is made before and after it.
    #[test]
    fn a_guarded_logarithm() {
        let g = graph!(|x: [2]| {
            let one = x * 0.0 + 1.0;
            let inside = select(x, x, one);
            sum(select(x, log(inside), x))
        });
        let (y, tlist![dx]) = g.value_and_vjp(&tlist![Tensor::from([1.0, -2.0])], &tlist![]);
        assert_eq!((y.item(), dx), (-2.0, Tensor::from([1.0, 1.0])));
    }
}
