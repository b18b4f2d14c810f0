//! Windows over images: what convolutions and pools are made of.

use super::zeros;
use crate::program::Window;
use crate::scalar::Semiring;
use crate::tensor::AnyTensor;

/// The elements under the window at each place; zeros in the padding.
pub(super) fn unfold<A: Semiring>(x: &AnyTensor<A>, window: &Window) -> Vec<A> {
    let rank = x.dims().len();
    let image = [x.dims()[rank - 2], x.dims()[rank - 1]];
    // `dims.rs` lets no window through that does not fit.
    let places = window.places(image).map_or(0, |[h, w]| h * w);
    let (pixels, size) = (image[0] * image[1], window.size() * places);
    let images = x.dims()[..rank - 2].iter().product();
    let mut out = zeros::<A>(images * size);
    for i in 0..images {
        window.visit(image, |entry, pixel| {
            out[i * size + entry] = x.as_slice()[i * pixels + pixel].clone();
        });
    }
    out
}

/// The adjoint: each element is added to its pixel.
pub(super) fn fold<A: Semiring>(x: &AnyTensor<A>, window: &Window, image: [usize; 2]) -> Vec<A> {
    let rank = x.dims().len();
    let (pixels, size) = (image[0] * image[1], x.dims()[rank - 2] * x.dims()[rank - 1]);
    let images = x.dims()[..rank - 2].iter().product();
    let mut out = zeros::<A>(images * pixels);
    for i in 0..images {
        window.visit(image, |entry, pixel| {
            let place = &mut out[i * pixels + pixel];
            let sum = core::mem::replace(place, A::zero());
            *place = sum + x.as_slice()[i * size + entry].clone();
        });
    }
    out
}
