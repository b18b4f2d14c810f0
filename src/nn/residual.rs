//! Residual blocks: what a few layers make of `x` is added to it.

use crate::dim::{Dim, N};
use crate::op::{self, NoBias, relu};
use crate::shape::{ConvWindow, Convolve};
use cotangent_macros::{graph, shape};

/// A window that moves by `Stride` in both directions, with `Padding` zeros at each side.
type Square<Stride, Padding> = ConvWindow<(Stride, Stride), (Padding, Padding)>;
/// Three by three, which keeps the size.
type Same = Square<N<1>, N<1>>;
/// Three by three, to half of the size.
type Half = Square<N<2>, N<1>>;
/// Every second pixel.
type Second = Square<N<2>, N<0>>;

graph! {
    use super::batch_norm::{BatchNorm, Statistics, batch_norm, batch_norm_inference};
    use super::linear::{Linear, linear};
    use super::norm::{LayerNorm, layer_norm};

    /// A norm and two linear layers, from width `D` to `F` and back, of [`residual_mlp`](residual_mlp()). The first matrix is
    /// [`kaiming_uniform`](super::init::kaiming_uniform()), the second zeros, so that the block is the identity at first.
    pub struct ResidualMlp<D: Dim, F: Dim> {
        /// Of what the layers take.
        pub norm: LayerNorm<D>,
        /// To the width between.
        #[init(kaiming_uniform())]
        pub up: Linear<D, F>,
        /// And back.
        #[init(zeros())]
        pub down: Linear<F, D>,
    }

    /// `x + relu(norm(x) w + b) v + c`: `(B, D)`. As many as one likes are a [`repeat`](fn@crate::graph::repeat).
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// graph! {
    ///     use cotangent::nn::{Linear, ResidualMlp, linear, residual_mlp};
    ///     struct Deep { blocks: [ResidualMlp<16, 64>; 20], head: Linear<16, 1> }
    ///     fn deep(x: [4, 16], p: Deep) -> [4, 1] { linear(repeat(residual_mlp)(x, p.blocks), p.head) }
    ///     fn flat(x: [4, 16], p: Linear<16, 1>) -> [4, 1] { linear(x, p) }
    /// }
    /// let p: Parameters<f64, Deep> = Deep::init(Key::new(7));
    /// let x = Tensor::from_fn(|[i, j]| (i * j) as f64);
    /// assert_eq!(deep().value((&x, &p), ()), flat().value((&x, &p.head), ())); // before it is trained
    /// ```
    pub fn residual_mlp<B: Dim, D: Dim, F: Dim>(x: [B, D], p: ResidualMlp<D, F>) -> [B, D] {
        let h: [B, F] = relu(linear(layer_norm(x, p.norm), p.up));
        let y: [B, D] = linear(h, p.down);
        x + y
    }

    /// Two convolutions of three by three that keep the `C` channels, each with a norm, of [`basic_block`](basic_block()). The
    /// filters are [`kaiming_normal`](super::init::kaiming_normal()); they have no biases, since the norms shift.
    pub struct BasicBlock<C: Dim> {
        /// The first filters.
        #[init(kaiming_normal().filters())]
        pub first: [C, C, 3, 3],
        /// After them.
        pub first_norm: BatchNorm<C>,
        /// The second filters.
        #[init(kaiming_normal().filters())]
        pub second: [C, C, 3, 3],
        /// After them.
        pub second_norm: BatchNorm<C>,
    }

    /// The running statistics of the norms of a [`BasicBlock`].
    pub struct BasicStatistics<C: Dim> {
        /// Of the first.
        pub first: Statistics<C>,
        /// Of the second.
        pub second: Statistics<C>,
    }

    /// `relu(x + norm(conv(relu(norm(conv(x))))))`: the basic block of a ResNet, and the statistics after it, as in
    /// [`batch_norm`](super::batch_norm()). `(B, C, H, W)`. Source: He et al., *Deep Residual Learning for Image Recognition* (2016), 4.1.
    ///
    /// ```
    /// use cotangent::optim::sgd;
    /// use cotangent::prelude::*;
    /// graph! {
    ///     use cotangent::nn::{BasicBlock, BasicStatistics, basic_block, basic_block_inference};
    ///     fn loss(p: BasicBlock<2>; s: BasicStatistics<2>, x: [4, 2, 5, 5]) -> ([], BasicStatistics<2>) {
    ///         let (y, s) = basic_block(x, p, s);
    ///         (mean(y), s)
    ///     }
    ///     fn predict(p: BasicBlock<2>; s: BasicStatistics<2>, x: [1, 2, 5, 5]) -> [1, 2, 5, 5] { basic_block_inference(x, p, s) }
    /// }
    /// let (p, s) = (BasicBlock::init(Key::new(0)), BasicStatistics::init(Key::new(1)));
    /// let mut trainer = loss::<f32>().trainer_with_state(&sgd(0.1), &p, &s);
    /// trainer.step(&Tensor::from_fn(|[b, c, h, w]| ((b + c * h) * w % 7) as f32));
    /// let s = trainer.state();
    /// assert!(s.first.mean != Tensor::zeros() && s.second.variance != Tensor::ones());
    /// assert!(predict().value(&trainer.parameters(), (&s, &Tensor::zeros())).iter().all(|y| *y >= 0.0));
    /// ```
    pub fn basic_block<B: Dim, C: Dim, H: Dim, W: Dim>(
        x: [B, C, H, W],
        p: BasicBlock<C>,
        s: BasicStatistics<C>,
    ) -> ([B, C, H, W], BasicStatistics<C>)
    where
        shape![B, C, H, W]: Convolve<shape![C, C, 3, 3], Same, Out = shape![B, C, H, W]>,
    {
        let h: [B, C, H, W] = op::conv2d(x, p.first, NoBias, { Same::default() });
        let (h, first) = batch_norm(h, p.first_norm, s.first);
        let h: [B, C, H, W] = op::conv2d(relu(h), p.second, NoBias, { Same::default() });
        let (h, second) = batch_norm(h, p.second_norm, s.second);
        (relu(x + h), BasicStatistics { first, second })
    }

    /// [`basic_block`](basic_block()) by the running statistics, when the training is over.
    pub fn basic_block_inference<B: Dim, C: Dim, H: Dim, W: Dim>(
        x: [B, C, H, W],
        p: BasicBlock<C>,
        s: BasicStatistics<C>,
    ) -> [B, C, H, W]
    where
        shape![B, C, H, W]: Convolve<shape![C, C, 3, 3], Same, Out = shape![B, C, H, W]>,
    {
        let h: [B, C, H, W] = op::conv2d(x, p.first, NoBias, { Same::default() });
        let h = relu(batch_norm_inference(h, p.first_norm, s.first));
        let h: [B, C, H, W] = op::conv2d(h, p.second, NoBias, { Same::default() });
        relu(x + batch_norm_inference(h, p.second_norm, s.second))
    }

    /// As [`BasicBlock`], from `C` channels to `O` of half the size: of [`down_block`](down_block()).
    pub struct DownBlock<C: Dim, O: Dim> {
        /// The first filters, of stride 2.
        #[init(kaiming_normal().filters())]
        pub first: [O, C, 3, 3],
        /// After them.
        pub first_norm: BatchNorm<O>,
        /// The second filters.
        #[init(kaiming_normal().filters())]
        pub second: [O, O, 3, 3],
        /// After them.
        pub second_norm: BatchNorm<O>,
        /// What makes `x` of the shape of the result: of stride 2, too.
        #[init(kaiming_normal().filters())]
        pub shortcut: [O, C, 1, 1],
        /// After it.
        pub shortcut_norm: BatchNorm<O>,
    }

    /// The running statistics of the norms of a [`DownBlock`].
    pub struct DownStatistics<O: Dim> {
        /// Of the first.
        pub first: Statistics<O>,
        /// Of the second.
        pub second: Statistics<O>,
        /// Of the shortcut.
        pub shortcut: Statistics<O>,
    }

    /// `relu(norm(conv1(x)) + norm(conv(relu(norm(conv(x))))))`: as [`basic_block`](basic_block()), from `(B, C, H, W)` to
    /// `(B, O, ⌈H / 2⌉, ⌈W / 2⌉)`; `conv1` is of one by one.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// graph! {
    ///     use cotangent::nn::{DownBlock, DownStatistics, down_block};
    ///     fn half(x: [1, 2, 8, 7], p: DownBlock<2, 4>; s: DownStatistics<4>) -> ([1, 4, 4, 4], DownStatistics<4>) {
    ///         down_block(x, p, s)
    ///     }
    /// }
    /// let (p, s) = (DownBlock::init(Key::new(0)), DownStatistics::init(Key::new(1)));
    /// let (y, _) = half::<f64>().value((&Tensor::zeros(), &p), &s);
    /// assert_eq!(y, Tensor::zeros());
    /// ```
    pub fn down_block<B: Dim, C: Dim, H: Dim, W: Dim, O: Dim, P: Dim, Q: Dim>(
        x: [B, C, H, W],
        p: DownBlock<C, O>,
        s: DownStatistics<O>,
    ) -> ([B, O, P, Q], DownStatistics<O>)
    where
        shape![B, C, H, W]: Convolve<shape![O, C, 3, 3], Half, Out = shape![B, O, P, Q]>,
        shape![B, C, H, W]: Convolve<shape![O, C, 1, 1], Second, Out = shape![B, O, P, Q]>,
        shape![B, O, P, Q]: Convolve<shape![O, O, 3, 3], Same, Out = shape![B, O, P, Q]>,
    {
        let h: [B, O, P, Q] = op::conv2d(x, p.first, NoBias, { Half::default() });
        let (h, first) = batch_norm(h, p.first_norm, s.first);
        let h: [B, O, P, Q] = op::conv2d(relu(h), p.second, NoBias, { Same::default() });
        let (h, second) = batch_norm(h, p.second_norm, s.second);
        let x: [B, O, P, Q] = op::conv2d(x, p.shortcut, NoBias, { Second::default() });
        let (x, shortcut) = batch_norm(x, p.shortcut_norm, s.shortcut);
        (relu(x + h), DownStatistics { first, second, shortcut })
    }

    /// [`down_block`](down_block()) by the running statistics, when the training is over.
    pub fn down_block_inference<B: Dim, C: Dim, H: Dim, W: Dim, O: Dim, P: Dim, Q: Dim>(
        x: [B, C, H, W],
        p: DownBlock<C, O>,
        s: DownStatistics<O>,
    ) -> [B, O, P, Q]
    where
        shape![B, C, H, W]: Convolve<shape![O, C, 3, 3], Half, Out = shape![B, O, P, Q]>,
        shape![B, C, H, W]: Convolve<shape![O, C, 1, 1], Second, Out = shape![B, O, P, Q]>,
        shape![B, O, P, Q]: Convolve<shape![O, O, 3, 3], Same, Out = shape![B, O, P, Q]>,
    {
        let h: [B, O, P, Q] = op::conv2d(x, p.first, NoBias, { Half::default() });
        let h = relu(batch_norm_inference(h, p.first_norm, s.first));
        let h: [B, O, P, Q] = op::conv2d(h, p.second, NoBias, { Same::default() });
        let x: [B, O, P, Q] = op::conv2d(x, p.shortcut, NoBias, { Second::default() });
        relu(batch_norm_inference(x, p.shortcut_norm, s.shortcut) + batch_norm_inference(h, p.second_norm, s.second))
    }
}
