//! What the scores of a classifier can be when each pixel is known up to a radius: its graph, over intervals.

use super::data::{BLACK, Digit};
use super::model::Weights;
use cotangent::prelude::*;
use cotangent::scalar::Interval;

graph! {
    use super::model::{Linear, Network, logits};

    /// How far the score of a class is above each score: `logits` with the differences in the weights of its last
    /// layer. Column `k` of `differences` has 1 at the class and -1 at `k`.
    ///
    /// Bounds of differences are tighter than differences of bounds: what the two scores have in common cancels
    /// before it is bounded.
    pub fn margins<const B: usize>(
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

/// The pixels of some digits, from 0 to 1. Sixteenths are exact.
pub fn pixels<const B: usize>(digits: &[Digit]) -> Result<Images<f64, B>, TensorError>
where
    N<B>: Dim,
{
    let pixels = digits.iter().flat_map(|digit| digit.pixels);
    Ok(Tensor::from_vec(pixels.map(f64::from).collect())? / f64::from(BLACK))
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
pub fn right<A: Real, const B: usize>(scores: &Scores<A, B>, digits: &[Digit]) -> Vec<bool>
where
    N<B>: Dim,
{
    let above = |(scores, digit): (&[A], &Digit)| {
        let mut others = (0..10).filter(|class| *class != digit.label);
        others.all(|class| scores[digit.label] > scores[class])
    };
    let rows = scores.as_slice().chunks(10);
    rows.zip(digits).map(above).collect()
}

/// The matrix of [`margins`] for a class.
pub fn differences<A: Ring>(label: usize) -> Tensor<A, shape![10, 10]> {
    let one = |there: bool| if there { A::one() } else { A::zero() };
    Tensor::from_fn(|[from, to]| one(from == label) - one(from == to))
}

/// Whether each digit is certified by the bounds of its margins.
pub fn by_margins(
    digits: &[Digit],
    parameters: &ParametersOver<Interval>,
    radius: f64,
) -> Result<Vec<bool>, TensorError> {
    let graph = margins::<Interval, 1>();
    let zero = Interval::from(0.0);
    let certified = |digit: &Digit| {
        let x = all_within::<1>(&pixels::<1>(core::slice::from_ref(digit))?, radius);
        let margins = graph.value((&x, parameters), &differences(digit.label));
        let mut others = (0..10).filter(|class| *class != digit.label);
        Ok(others.all(|class| margins[[0, class]] > zero))
    };
    digits.iter().map(certified).collect()
}
