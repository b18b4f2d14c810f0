//! Rows of a table.

use crate::dim::Dim;
use crate::env::LabelsOf;
use crate::op::{Call, Discrete, Op, Recorder, Var};
use crate::program::primitives;
use crate::scalar::levels;
use crate::shape::{GatherRows, If, NamesRow, Shape};

/// The op of [`gather`]: where the indices are.
#[derive(Clone, Copy, Debug)]
pub struct Gather<V, I> {
    indices: Discrete<LabelsOf<V, I>>,
}

/// `y[i.., ..] = table[indices[i..], ..]`: the rows that the indices name. Any semiring.
///
/// For a table of shape `(V, rest..)` and indices of shape `I`, each below `V`, `y` is `(I.., rest..)`.
/// JVP: the same rows of `dtable`; VJP: each row of `dy` added where its index says, which is
/// [`scatter_add`](crate::op::scatter_add).
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|table: [3, 2]; i: [3] < 3| gather(table, i));
/// let x = tlist![Tensor::from([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])];
/// let (y, tlist![dx]) = g.vjp(&x, &tlist![Labels::new([2, 0, 2])?], &Tensor::ones());
/// assert_eq!(y, Tensor::from([[5.0, 6.0], [1.0, 2.0], [5.0, 6.0]]));
/// assert_eq!(dx, Tensor::from([[1.0, 1.0], [0.0, 0.0], [2.0, 2.0]]));
/// # Ok::<(), LabelsError>(())
/// ```
pub fn gather<V: Dim, I: Shape, S: Shape>(
    table: Var<S>,
    indices: Discrete<LabelsOf<V, I>>,
) -> Call<Gather<V, I>, (Var<S>,)> {
    Call::new(Gather { indices }, (table,))
}

/// A table whose rows are named by indices of shape `I` below `V`.
pub trait GatheredBy<V, I>: GatherRows<I> {
    /// The rows that are chosen.
    type Gathered: Shape;
}

#[diagnostic::do_not_recommend]
impl<S: GatherRows<I>, V: NamesRow<S::Rows>, I> GatheredBy<V, I> for S {
    type Gathered = If<V::Checked, S::Out>;
}

impl<V: Dim, I: Shape, S: GatheredBy<V, I>> Op<(S,)> for Gather<V, I> {
    type Out = If<S::Out, S::Gathered>;
    type Level = levels::Semiring;
    const NAME: &'static str = "gather";

    fn forward(&self, r: &Recorder<levels::Semiring>, x: (Var<S>,)) -> Var<S::Gathered> {
        r.prim_reading(primitives::Gather { batch: 0, axis: 0 }, x, self.indices)
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        gather:
        small(|t: [7]; i: [8] < 7| gather(t, i));
        small(|t: [3, 2]; i: [4, 5] < 3| gather(t, i));
        middle(|t: [5, 2, 3]; i: [6, 4] < 5| gather(t, i));
    }

    /// One index, without an axis, names one row; no index names none.
    #[test]
    fn one_row_and_none() -> Result<(), LabelsError> {
        let table = Tensor::from([[1.0, 2.0], [3.0, 4.0]]);
        let one = graph!(|t: [2, 2]; i: [] < 2| gather(t, i));
        let y = one.value(&table, &tlist![Labels::new([1])?]);
        assert_eq!(y, Tensor::from([3.0, 4.0]));
        let none = graph!(|t: [2, 2]; i: [0] < 2| gather(t, i));
        let (y, dt) = none.vjp(&table, &tlist![Labels::new([])?], &Tensor::zeros());
        assert_eq!((y, dt), (Tensor::zeros(), Tensor::zeros()));
        Ok(())
    }
}
