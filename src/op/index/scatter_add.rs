//! Rows added into a table.

use crate::dim::Dim;
use crate::env::LabelsOf;
use crate::op::{Call, Discrete, Op, Recorder, Var};
use crate::program::primitives;
use crate::scalar::levels;
use crate::shape::{ScatterRows, Shape};

/// The op of [`scatter_add`]: where the indices are.
#[derive(Clone, Copy, Debug)]
pub struct ScatterAdd<V, I> {
    indices: Discrete<LabelsOf<V, I>>,
}

/// `y[v, ..] = Σ x[i.., ..]` over the `i..` with `indices[i..] = v`: each row added where its index says. Any semiring.
///
/// For values of shape `(I.., rest..)` and indices of shape `I`, each below `V`, `y` is `(V, rest..)`; a row that no
/// index names is 0. JVP: the same of `dx`; VJP: the rows of `dy` that the indices name, which is
/// [`gather`](crate::op::gather).
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [3]; i: [3] < 4| scatter_add(x, i));
/// let x = tlist![Tensor::from([1.0, 2.0, 4.0])];
/// let dy = Tensor::from([1.0, 2.0, 3.0, 4.0]);
/// let (y, tlist![dx]) = g.vjp(&x, &tlist![Labels::new([3, 0, 3])?], &dy);
/// assert_eq!((y, dx), (Tensor::from([2.0, 0.0, 0.0, 5.0]), Tensor::from([4.0, 1.0, 4.0])));
/// # Ok::<(), LabelsError>(())
/// ```
pub fn scatter_add<V: Dim, I: Shape, S: Shape>(
    values: Var<S>,
    indices: Discrete<LabelsOf<V, I>>,
) -> Call<ScatterAdd<V, I>, (Var<S>,)> {
    Call::new(ScatterAdd { indices }, (values,))
}

impl<V: Dim, I: Shape, S: ScatterRows<I, V>> Op<(S,)> for ScatterAdd<V, I> {
    type Out = S::Out;
    type Level = levels::Semiring;
    const NAME: &'static str = "scatter_add";

    fn forward(&self, r: &Recorder<levels::Semiring>, x: (Var<S>,)) -> Var<S::Out> {
        let (batch, axis, rows) = (0, 0, V::SIZE);
        r.prim_reading(
            primitives::ScatterAdd { batch, axis, rows },
            x,
            self.indices,
        )
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        scatter_add:
        small(|x: [5]; i: [5] < 7| scatter_add(x, i));
        small(|x: [2, 3, 4]; i: [2, 3] < 6| scatter_add(x, i));
        middle(|x: [8, 5]; i: [8] < 4| scatter_add(x, i));
    }

    /// Without indices every row is 0.
    #[test]
    fn nothing() -> Result<(), LabelsError> {
        let g = graph!(|x: [0, 2]; i: [0] < 3| scatter_add(x, i));
        let x = tlist![Tensor::<f64, _>::zeros()];
        let (y, tlist![dx]) = g.vjp(&x, &tlist![Labels::new([])?], &Tensor::ones());
        assert_eq!((y, dx), (Tensor::zeros(), Tensor::zeros()));
        Ok(())
    }
}
