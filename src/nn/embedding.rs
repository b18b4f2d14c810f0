//! Vectors for tokens.

use crate::dim::Dim;
use crate::op;
use crate::scalar::Semiring;
use cotangent_macros::graph;

graph! {
    /// A vector for each of `V` tokens, of [`embedding`](embedding()): normal, with a deviation of 0.02, as in GPT-2.
    pub struct Embedding<V: Dim, D: Dim> {
        /// A row for each token.
        #[init(normal(0.02))]
        pub weight: [V, D],
    }

    /// The vectors of the tokens of some texts: `(B, T)` to `(B, T, D)`. Of tokens of any other shape it is the op,
    /// [`embedding`](op::embedding()).
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// graph! {
    ///     use cotangent::nn::{Embedding, embedding};
    ///     fn vectors(p: Embedding<3, 2>; tokens: [1, 4] < 3) -> [1, 4, 2] { embedding(p, tokens) }
    /// }
    /// let p = Embedding::of(Tensor::from([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]));
    /// let y = vectors::<f64>().value(&p, &Labels::new([0, 2, 2, 1])?);
    /// assert_eq!(y, Tensor::from([[[1.0, 2.0], [5.0, 6.0], [5.0, 6.0], [3.0, 4.0]]]));
    /// # Ok::<(), LabelsError>(())
    /// ```
    pub fn embedding<B: Dim, T: Dim, V: Dim, D: Dim>(p: Embedding<V, D>; tokens: [B, T] < V) -> [B, T, D]
    where
        A: Semiring,
    {
        op::embedding(p.weight, tokens)
    }
}
