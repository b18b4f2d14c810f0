//! Norms of rows and of channels, which keep no state.

use crate::dim::Dim;
use crate::op::{self, EqualGroups, NormalChannels, NormalRows, ScaledRows};
use crate::shape::{Axis, AxisDim, Shape};
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

    /// What a row is multiplied by after it is normed, of [`rms_norm`](rms_norm()). Ones.
    pub struct RmsNorm<D: Dim> {
        /// What the normed row is multiplied by.
        #[init(ones())]
        pub gain: [D],
    }

    /// Each row with the mean square 1, then scaled: [`rms_norm`](op::rms_norm()), to whose mean square 1e-5 is added. `(.., D)`.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// graph! {
    ///     use cotangent::nn::{RmsNorm, rms_norm};
    ///     fn normed(x: [1, 4], p: RmsNorm<4>) -> [1, 4] { rms_norm(x, p) }
    /// }
    /// let p: Parameters<f64, RmsNorm<N<4>>> = RmsNorm::init(Key::new(0));
    /// let y = normed().value((&Tensor::from([[300.0, 400.0, 0.0, 0.0]]), &p), ());
    /// assert!((y[[0, 0]] - 1.2).abs() < 1e-9 && (y[[0, 1]] - 1.6).abs() < 1e-9); // the root of the mean square is 250
    /// ```
    pub fn rms_norm<S: Shape, D: Dim>(x: S, p: RmsNorm<D>) -> S
    where
        S: ScaledRows<shape![D], Checked = S>,
    {
        op::rms_norm(x, p.gain, 1e-5)
    }

    /// What each channel is multiplied by after it is normed, and what is added to it: of [`group_norm`](group_norm()). Ones and
    /// zeros.
    pub struct GroupNorm<C: Dim> {
        /// What the normed channel is multiplied by.
        #[init(ones())]
        pub gain: [C],
        /// What is added after that.
        pub shift: [C],
    }

    /// Groups of channels with the mean 0 and the variance 1 in each sample, then scaled and shifted: [`group_norm`](op::group_norm()), to
    /// whose variance 1e-5 is added. `(B, C, ..)`; the number of groups is an argument, `group_norm(x, p, 8)`.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// graph! {
    ///     use cotangent::nn::{GroupNorm, group_norm};
    ///     fn normed(x: [1, 4, 1], p: GroupNorm<4>) -> [1, 4, 1] { group_norm(x, p, 2) }
    /// }
    /// let p: Parameters<f64, GroupNorm<N<4>>> = GroupNorm::init(Key::new(0));
    /// let y = normed().value((&Tensor::from([[[0.0], [800.0], [7.0], [7.0]]]), &p), ());
    /// assert!((y[[0, 0, 0]] + 1.0).abs() < 1e-9 && (y[[0, 1, 0]] - 1.0).abs() < 1e-9); // a group of two
    /// assert_eq!(y[[0, 3, 0]], 0.0);
    /// ```
    pub fn group_norm<S: Shape, C: Dim, G: Dim>(x: S, p: GroupNorm<C>) -> S
    where
        S: AxisDim<Axis<1>, Dim = C> + NormalChannels<shape![C], shape![C], Checked = S>,
        C: EqualGroups<G>,
    {
        op::group_norm(x, { G }, p.gain, p.shift, 1e-5)
    }
}
