//! The model: 64 pixels, 48 hidden units, 10 classes.

use cotangent::data::Dataset;
use cotangent::prelude::*;

/// Images of 8 by 8 pixels, from 0 to 1, with a label each.
pub type Digits = Dataset<f32, environment![[64], [] < 10]>;
/// All parameters, as values; gradients have the same type.
pub type Weights = Parameters<f32, Network>;
graph! {
    use cotangent::nn::{Linear, linear};

    /// All parameters.
    pub struct Network {
        #[init(kaiming_uniform())]
        pub hidden: Linear<64, 48>,
        pub output: Linear<48, 10>,
    }

    /// One score for each class.
    pub fn logits<B: Dim>(x: [B, 64], p: Network) -> [B, 10] {
        linear(relu(linear(x, p.hidden)), p.output)
    }

    /// The mean cross-entropy of the scores, and the class of the largest. After the semicolon: the data, which are not
    /// differentiated.
    pub fn loss<B: Dim>(p: Network; x: [B, 64], labels: [B] < 10) -> ([], [B] < 10) {
        let scores = logits(x, p);
        (cross_entropy(scores, labels), argmax(scores, 1))
    }

    /// The probability of each class, and the class of the largest.
    pub fn answers<B: Dim>(x: [B, 64], p: Network) -> ([B, 10], [B] < 10) {
        let scores = logits(x, p);
        (softmax(scores, 1), argmax(scores, 1))
    }
}
