//! One of two, by a comparison.

use crate::dim::N;
use crate::env::LabelsOf;
use crate::op::{Call, Discrete, Op, Recorder, Var};
use crate::program::primitives;
use crate::scalar::levels;
use crate::shape::{If, SameShape, Shape};

/// The op of [`select`]: where the condition is.
#[derive(Clone, Copy, Debug)]
pub struct Select<S> {
    condition: Discrete<LabelsOf<N<2>, S>>,
}

/// `y = a` where the condition holds, else `b`, element by element, for a condition and two tensors of one shape. Any
/// ordered field.
///
/// The condition is a comparison, such as [`less`](crate::op::less()), or any labels below 2. VJP: `dy` to the chosen one, 0 to
/// the other. What is not chosen does not count, even where it is NaN, in the value and in the derivatives of both modes.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [2], a: [2], b: [2]| sum(select(greater(x, 0.0), a, b)));
/// let x = tlist![Tensor::from([1.0, 0.0]), Tensor::from([2.0, 3.0]), Tensor::from([4.0, 5.0])];
/// let (y, tlist![dx, da, db]) = g.value_and_vjp(&x, ());
/// assert_eq!((y.item(), dx), (7.0, Tensor::zeros()));
/// assert_eq!((da, db), (Tensor::from([1.0, 0.0]), Tensor::from([0.0, 1.0])));
/// ```
pub fn select<S: Shape, T: Shape, U: Shape>(
    condition: Discrete<LabelsOf<N<2>, S>>,
    a: Var<T>,
    b: Var<U>,
) -> Call<Select<S>, (Var<T>, Var<U>)> {
    Call::new(Select { condition }, (a, b))
}

impl<S, T, U> Op<(T, U)> for Select<S>
where
    S: SameShape<T> + SameShape<U>,
    T: Shape,
    U: Shape,
{
    type Out = If<<S as SameShape<T>>::Checked, If<<S as SameShape<U>>::Checked, S>>;
    type Level = levels::OrderedField;
    const NAME: &'static str = "select";

    fn forward(&self, r: &Recorder<levels::OrderedField>, (a, b): (Var<T>, Var<U>)) -> Var<S> {
        let condition = r.prim_reading::<S, _>(primitives::ToScalar, (), self.condition);
        r.prim(primitives::Select, (condition, a, b))
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        select:
        small(|a: [4], b: [4]; c: [4] < 2| select(c, a, b));
        small(|a: [2, 3], b: [2, 3]| select(less_equal(a, b), a * b, b));
        middle(|x: [3, 2, 4], a: [3, 2, 4], b: [3, 2, 4]| select(less(x, 0.25), a, b));
    }

    /// A NaN in the branch not taken reaches neither the value nor a cotangent, in either mode.
    #[test]
    fn nan_where_it_is_not_taken() {
        let g = graph!(|x: [2], a: [2], b: [2]| -> [2] { select(greater(x, 0.0), a, b) });
        let nan = f64::NAN;
        let x = tlist![
            Tensor::from([1.0, -1.0]),
            Tensor::from([2.0, nan]),
            Tensor::from([nan, 3.0])
        ];
        let (y, tlist![dx, da, db]) = g.vjp(&x, (), &Tensor::from([5.0, 7.0]));
        assert_eq!((y, dx), (Tensor::from([2.0, 3.0]), Tensor::zeros()));
        assert_eq!(
            (da, db),
            (Tensor::from([5.0, 0.0]), Tensor::from([0.0, 7.0]))
        );
        let tlist![_, _, _, dy] = g.jvp(&x, &x, ());
        assert_eq!(dy, Tensor::from([2.0, 3.0]));
    }

    /// The usual way to keep `log` in its domain: the choice is made before and after it.
    #[test]
    fn a_guarded_logarithm() {
        let g = graph!(|x: [2]| {
            let one = x * 0.0 + 1.0;
            let is_positive = greater(x, 0.0);
            let inside = select(is_positive, x, one);
            sum(select(is_positive, log(inside), x))
        });
        let (y, dx) = g.value_and_vjp(&Tensor::from([1.0, -2.0]), ());
        assert_eq!((y.item(), dx), (-2.0, Tensor::from([1.0, 1.0])));
    }
}
