//! Labels, and what is chosen by them.

mod argmax;
mod constant;
mod embedding;
mod gather;
mod iota;
mod one_hot;
mod scatter_add;
mod to_scalar;
mod topk;

#[doc(hidden)]
pub use argmax::{ArgMax, ArgMin};
pub use argmax::{argmax, argmin};
pub use constant::constant;
#[doc(hidden)]
pub use constant::{Constant, Known};
pub use embedding::embedding;
pub use gather::gather;
#[doc(hidden)]
pub use gather::{Gather, GatheredBy};
#[doc(hidden)]
pub use iota::Iota;
pub use iota::iota;
#[doc(hidden)]
pub use one_hot::OneHot;
pub use one_hot::one_hot;
#[doc(hidden)]
pub use scatter_add::ScatterAdd;
pub use scatter_add::scatter_add;
#[doc(hidden)]
pub use to_scalar::ToScalar;
pub use to_scalar::to_scalar;
pub use topk::topk;
#[doc(hidden)]
pub use topk::{HasTop, TopK};
