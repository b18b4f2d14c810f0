//! Vectors for tokens.

use crate::dim::Dim;
use crate::env::LabelsOf;
use crate::op::{Call, Discrete, Gather, Var, gather};
use crate::shape::Shape;

/// `y[i..] = table[tokens[i..]]`: for each token its vector. Any semiring. [`gather`] from a table of vectors.
///
/// For a table of shape `(V, D)`, or of any other rank, and tokens of shape `I`, each below `V`, `y` is `(I.., D)`.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|table: [3, 2]; tokens: [2] < 3| embedding(table, tokens));
/// let x = tlist![Tensor::from([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])];
/// let y = g.value(&x, &tlist![Labels::new([2, 0])?]);
/// assert_eq!(y, Tensor::from([[5.0, 6.0], [1.0, 2.0]]));
/// # Ok::<(), LabelsError>(())
/// ```
pub fn embedding<V: Dim, I: Shape, S: Shape>(
    table: Var<S>,
    tokens: Discrete<LabelsOf<V, I>>,
) -> Call<Gather<V, I>, (Var<S>,)> {
    gather(table, tokens)
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        embedding:
        small(|t: [6, 7]; i: [8] < 6| embedding(t, i));
        small(|t: [2, 5]; i: [3, 4] < 2| embedding(t, i));
        middle(|t: [10, 4]; i: [2, 3, 5] < 10| embedding(t, i));
    }
}
