//! One number for each place along an axis of another tensor.

use crate::op::{Call, Op, Recorder, Var};
use crate::scalar::levels;
use crate::shape::{AxisDim, If, Is, Shape};
use core::marker::PhantomData;

/// The op of [`along`]: the axis `I`.
#[derive(Clone, Copy, Debug)]
pub struct Along<I>(PhantomData<I>);

/// `y[.., c, ..] = b[c]`: a vector along an axis of `x`, repeated along every other. `y` has the shape of `x`, and nothing
/// else of it. Any semiring.
///
/// Of images `[B, C, H, W]`, a number for each channel: `x + along(b, x, 1)`. VJP: `dy` summed over the other axes;
/// zeros for `x`.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [1, 2, 1, 2], b: [2]| x * along(b, x, 1));
/// let (x, b) = (Tensor::from([[[[1.0, 2.0]], [[3.0, 4.0]]]]), Tensor::from([1.0, 10.0]));
/// let (y, tlist![_, db]) = g.vjp(&tlist![x, b], (), &Tensor::ones());
/// assert_eq!(y, Tensor::from([[[[1.0, 2.0]], [[30.0, 40.0]]]]));
/// assert_eq!(db, Tensor::from([3.0, 7.0]));
/// ```
pub fn along<I, S: Shape, V: Shape>(
    vector: Var<V>,
    x: Var<S>,
    _axis: I,
) -> Call<Along<I>, (Var<V>, Var<S>)> {
    Call::new(Along(PhantomData), (vector, x))
}

/// A vector of as many numbers as the shape `S` has places along the axis `I`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not one number for each place along `{I}` of `{S}`",
    label = "expected a vector as long as the axis",
    note = "docs/errors.md#b08"
)]
pub trait LiesAlong<I, S>: Shape {
    /// `S`.
    type Checked: Shape;
}

#[diagnostic::do_not_recommend]
impl<V: Shape + Is<(S::Dim,)>, I, S: AxisDim<I>> LiesAlong<I, S> for V {
    type Checked = S;
}

impl<I, V, S> Op<(V, S)> for Along<I>
where
    I: Send + Sync + Clone + 'static,
    V: LiesAlong<I, S>,
    S: AxisDim<I>,
{
    type Out = If<S::Dim, V::Checked>;
    type Level = levels::Semiring;
    const NAME: &'static str = "along";

    fn forward(
        &self,
        r: &Recorder<levels::Semiring>,
        (vector, _): (Var<V>, Var<S>),
    ) -> Var<V::Checked> {
        let vector = r.typed::<(S::Dim,)>(vector.id());
        r.typed(r.by_channel::<I, S>(vector).id())
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        along:
        small(|b: [4], x: [3, 4]| x * along(b, x, 1));
        small(|b: [2], x: [2, 5, 6]| x * along(b, x, 0));
        middle(|b: [3], x: [2, 3, 4, 5]| x + along(b, x, 1));
    }
}
