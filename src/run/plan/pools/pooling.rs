//! A pool, as it is found in a program.

use crate::program::Window;
use crate::scalar::Literal;
use cotangent_kernels::Pool;

/// What a pool, or the gradient of one, makes of what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::run::plan) enum How {
    /// The largest entries, of images.
    Max,
    /// The sums of the entries, of images.
    Sum,
    /// What images are given, of them, the largest entries, and what those are given.
    MaxGradient,
    /// What images are given, of what the sums are given.
    SumGradient,
}

/// What a pool reads.
pub(in crate::run::plan) enum Read {
    /// A value of the program, all of it.
    Value(usize),
    /// A value whose axis `i` is axis `axes[i]` of the places, which have these dims; the others repeat.
    Along(usize, Vec<usize>, Vec<usize>),
    /// A number at all places, which have these dims.
    Number(Literal, Vec<usize>),
}

/// A pool, or the gradient of one.
pub(in crate::run::plan) struct Pooling {
    pub how: How,
    pub pool: Pool,
    /// In the order of [`How`].
    pub reads: Vec<Read>,
}

/// The pool with a window over images of these pixels, if it has a place and an image a pixel.
pub(super) fn pool(window: Window, image: [usize; 2]) -> Option<Pool> {
    let Window {
        kernel,
        stride,
        padding,
        dilation,
    } = window;
    Pool::new(image, kernel, stride, padding, dilation)
}
