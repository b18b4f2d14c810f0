//! How a tile of lines is multiplied.

use cotangent_kernels::{Dots, Sums};

/// By what kernel.
#[derive(Clone, Debug)]
pub(in crate::run::plan) enum Way {
    /// A vector is over places, or over filters where weights are made.
    Sums(Sums),
    /// Weights alone: a vector is over the places that are summed.
    Dots(Dots),
}
