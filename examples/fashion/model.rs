//! Two convolutions, each with a pool, and two linear layers.

use cotangent::optim::Trainer;
use cotangent::prelude::*;

/// An example.
pub type Image = environment![[28, 28], [] < 10];

/// The model in training, by batches of `B`.
pub type Of<const B: usize> = Trainer<
    f32,
    Parameters<f32, Model>,
    environment![[{ B }, 28, 28], [{ B }] < 10],
    environment![[], [{ B }] < 10],
    environment![key],
>;

graph! {
    use cotangent::nn::{Conv2d, Linear, conv2d, linear};

    pub struct Model {
        pub first: Conv2d<1, 16, 3>,
        pub second: Conv2d<16, 32, 3>,
        #[init(kaiming_uniform())]
        pub hidden: Linear<1568, 128>,
        pub scores: Linear<128, 10>,
    }

    /// What is seen in the images: 32 channels of 7 by 7.
    fn features<B: Dim>(x: [B, 28, 28], p: Model) -> [B, 1568] {
        let x: [B, 1, 28, 28] = reshape(x);
        let x = max_pool2d(relu(conv2d(x, p.first, 1, 1)), PoolWindow::of::<2, 2>());
        flatten_rows(max_pool2d(relu(conv2d(x, p.second, 1, 1)), PoolWindow::of::<2, 2>()))
    }

    /// With dropout, and the next key.
    pub fn loss<B: Dim>(p: Model; key, x: [B, 28, 28], labels: [B] < 10) -> ([], key, [B] < 10) {
        let h = dropout(relu(linear(features(x, p), p.hidden)), key, 0.3);
        let scores = linear(h, p.scores);
        (cross_entropy(scores, labels), next_key(key), argmax(scores, 1))
    }

    /// The same without: for the test.
    pub fn classify<B: Dim>(p: Model; x: [B, 28, 28], labels: [B] < 10) -> ([], [B] < 10) {
        let scores = linear(relu(linear(features(x, p), p.hidden)), p.scores);
        (cross_entropy(scores, labels), argmax(scores, 1))
    }
}
