//! Labels, and what is chosen by them.

mod argmax;
mod embedding;
mod gather;
mod iota;
mod one_hot;
mod scatter_add;
mod to_scalar;

pub use argmax::{ArgMax, ArgMin, argmax, argmin};
pub use embedding::embedding;
pub use gather::{Gather, GatheredBy, gather};
pub use iota::{Iota, iota};
pub use one_hot::{OneHot, one_hot};
pub use scatter_add::{ScatterAdd, scatter_add};
pub use to_scalar::{ToScalar, to_scalar};
