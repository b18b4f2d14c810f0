//! What the scores of a classifier can be when each pixel is known up to a radius: its graph, over intervals.

use super::model::{Digits, Weights};
use cotangent::data::DataError;
use cotangent::nn::Linear;
use cotangent::prelude::*;
use cotangent::scalar::Interval;

graph! {
    use super::model::{Network, logits};

    /// How far the score of a class is above each score: `logits` with the differences in the weights of its last
    /// layer. Column `k` of `differences` has 1 at the class and -1 at `k`.
    ///
    /// Bounds of differences are tighter than differences of bounds: what the two scores have in common cancels
    /// before it is bounded.
    pub fn margins<B: Dim>(
        x: [B, 64], p: Network; differences: [10, 10]
    ) -> [B, 10] {
        let weight = matmul(p.output.weight, differences);
        let output = Linear { weight, bias: matmul(p.output.bias, differences) };
        logits(x, Network { hidden: p.hidden, output })
    }
}

/// The parameters over another scalar.
pub type ParametersOver<A> = Parameters<A, Network>;

/// The pixels of `B` digits, from 0 to 1.
pub type Images<A, const B: usize> = Tensor<A, shape![{ B }, 64]>;

/// What `B` digits are.
pub type Classes<const B: usize> = Labels<10, shape![{ B }]>;

/// The scores of `B` digits.
pub type Scores<A, const B: usize> = Tensor<A, shape![{ B }, 10]>;

/// The trained parameters over another scalar. An `f32` is an `f64`, so nothing is rounded.
pub fn convert<A: Semiring + From<f64>>(weights: &Weights) -> ParametersOver<A> {
    let exact = |&x: &f32| A::from(f64::from(x));
    let (hidden, output) = (&weights.hidden, &weights.output);
    Network {
        hidden: Linear::of(hidden.weight.map(exact), hidden.bias.map(exact)),
        output: Linear::of(output.weight.map(exact), output.bias.map(exact)),
    }
}

/// The pixels of all digits of a set, from 0 to 1, and what they are. Pixels are sixteenths, which are exact.
pub fn images<const B: usize>(digits: &Digits) -> Result<(Images<f64, B>, Classes<B>), DataError>
where
    N<B>: Dim,
{
    let tlist![x, labels] = digits.all::<N<B>>()?;
    Ok((x.map(|&pixel| f64::from(pixel)), labels))
}

/// All that a pixel can be: at most `radius` from what it is, and from 0 to 1. The bounds are doubles around it.
pub fn perturbed(pixel: f64, radius: f64) -> Interval {
    let all = Interval::around(pixel, radius);
    let clipped = Interval::new(all.lo().max(0.0), all.hi().min(1.0));
    // A pixel is from 0 to 1 and the interval is around it, so the clipped bounds have it between them.
    clipped.unwrap_or(Interval::from(pixel))
}

/// What the pixels of some digits can be.
pub fn all_within<const B: usize>(x: &Images<f64, B>, radius: f64) -> Images<Interval, B>
where
    N<B>: Dim,
{
    x.map(|&pixel| perturbed(pixel, radius))
}

/// The scores of some digits: numbers over `f64`, bounds over [`Interval`].
pub fn scores<A: Real, const B: usize>(
    x: Images<A, B>,
    parameters: &ParametersOver<A>,
) -> Scores<A, B>
where
    N<B>: Dim,
{
    logits().value((&x, parameters), ())
}

/// For each digit, whether the score of its class is above the others. Of intervals: whether each member of the one is
/// above each of the other, which is what `>` says of them; then the digit is certified.
pub fn right<A: Real, const B: usize>(scores: &Scores<A, B>, labels: &Classes<B>) -> Vec<bool>
where
    N<B>: Dim,
{
    let above = |(scores, &label): (&[A], &usize)| {
        let mut others = (0..10).filter(|&class| class != label);
        others.all(|class| scores[label] > scores[class])
    };
    let rows = scores.as_slice().chunks(10);
    rows.zip(labels.as_slice()).map(above).collect()
}

/// The matrix of [`margins`] for a class.
pub fn differences<A: Ring>(label: usize) -> Tensor<A, shape![10, 10]> {
    let one = |there: bool| if there { A::one() } else { A::zero() };
    Tensor::from_fn(|[from, to]| one(from == label) - one(from == to))
}

/// Whether each digit is certified by the bounds of its margins.
pub fn by_margins<const B: usize>(
    x: &Images<f64, B>,
    labels: &Classes<B>,
    parameters: &ParametersOver<Interval>,
    radius: f64,
) -> Vec<bool>
where
    N<B>: Dim,
{
    let graph = margins::<Interval, N<1>>();
    let zero = Interval::from(0.0);
    let certified = |(pixels, &label): (&[f64], &usize)| {
        let x = all_within::<1>(&Tensor::from_fn(|[_, pixel]| pixels[pixel]), radius);
        let margins = graph.value((&x, parameters), &differences(label));
        let mut others = (0..10).filter(|&class| class != label);
        others.all(|class| margins[[0, class]] > zero)
    };
    let images = x.as_slice().chunks(64);
    images.zip(labels.as_slice()).map(certified).collect()
}
