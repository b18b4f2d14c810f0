//! Norms of rows, which keep no state.

use crate::dim::Dim;
use crate::op::{self, NormalRows};
use crate::shape::Shape;
use cotangent_macros::{graph, shape};

graph! {
    /// What a row is multiplied by after it is normed, and what is added to it: of [`layer_norm`](layer_norm()). Ones and zeros.
    pub struct LayerNorm<D: Dim> {
        /// What the normed row is multiplied by.
        #[init(ones())]
        pub gain: [D],
        /// What is added after that.
        pub shift: [D],
    }

    /// Each row with mean 0 and variance 1, then scaled and shifted: [`layer_norm`](op::layer_norm()), to whose variance 1e-5 is added.
    /// `(.., D)`.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// graph! {
    ///     use cotangent::nn::{LayerNorm, layer_norm};
    ///     fn normed(x: [2, 3, 4], p: LayerNorm<4>) -> [2, 3, 4] { layer_norm(x, p) }
    /// }
    /// let p: Parameters<f64, LayerNorm<N<4>>> = LayerNorm::init(Key::new(0));
    /// let y = normed().value((&Tensor::from_fn(|[_, _, i]| i as f64), &p), ());
    /// assert!((y[[1, 2, 3]] - 1.5 / 1.25_f64.sqrt()).abs() < 1e-5);
    /// ```
    pub fn layer_norm<S: Shape, D: Dim>(x: S, p: LayerNorm<D>) -> S
    where
        S: NormalRows<shape![D], shape![D], Checked = S>,
    {
        op::layer_norm(x, p.gain, p.shift, 1e-5)
    }
}
