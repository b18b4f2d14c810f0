//! The other side: perturbations within the radius, drawn at random and found by cotangents, in `f64`.

use super::certify::{Classes, Images, ParametersOver, perturbed};
use cotangent::prelude::*;

graph! {
    use super::model::{Network, logits};

    /// The loss as a function of the pixels: here the parameters are what is not differentiated.
    pub fn loss_of_pixels<B: Dim>(x: [B, 64]; p: Network, labels: [B] < 10) -> [] {
        cross_entropy(logits(x, p), labels)
    }
}

/// Perturbed images. `shift` says for each pixel how far in the radius, from -1 to 1.
pub fn shifted<const B: usize>(
    x: &Images<f64, B>,
    radius: f64,
    mut shift: impl FnMut(usize) -> f64,
) -> Images<f64, B>
where
    N<B>: Dim,
{
    let mut place = 0..;
    x.map(|&pixel| {
        let all = perturbed(pixel, radius);
        let moved = pixel + radius * shift(place.next().unwrap_or(0));
        moved.clamp(all.lo(), all.hi())
    })
}

/// Perturbed images: each at random at a corner of what it can be, or anywhere in it.
pub fn random<const B: usize>(
    x: &Images<f64, B>,
    radius: f64,
    rng: &mut fastrand::Rng,
) -> Images<f64, B>
where
    N<B>: Dim,
{
    let mut corner = true;
    shifted::<B>(x, radius, |place| {
        if place % 64 == 0 {
            corner = rng.bool();
        }
        let shift = 2.0 * rng.f64() - 1.0;
        if corner { shift.signum() } else { shift }
    })
}

/// The images with each pixel moved by the radius to where the loss grows (Goodfellow et al. 2015): the signs of the
/// cotangent of `x`.
pub fn by_gradient<const B: usize>(
    x: &Images<f64, B>,
    parameters: &ParametersOver<f64>,
    labels: &Classes<B>,
    radius: f64,
) -> Images<f64, B>
where
    N<B>: Dim,
{
    let (_, dx) = loss_of_pixels().value_and_vjp(x, (parameters, labels));
    shifted::<B>(x, radius, |place| match dx.as_slice()[place] {
        0.0 => 0.0,
        slope => slope.signum(),
    })
}
