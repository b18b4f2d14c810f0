//! Shapes: tuples of dims, rank 0 to 6, and the judgements over them.
//!
//! A judgement is a trait that holds exactly when an operation makes sense, and computes the resulting shape.
//! All of them are decided by `cargo check`.
//!
//! ```
//! use cotangent::prelude::*;
//! use cotangent::shape::BroadcastsWith;
//! let x: Tensor<f64, shape![32, 10]> = Tensor::zero();
//! assert_eq!(x.dims(), [32, 10]);
//! // The judgement behind `x + bias`, and its shape.
//! let _: <shape![32, 10] as BroadcastsWith<shape![10]>>::Out = <shape![32, 10]>::default();
//! ```

mod axis;
mod broadcast;
mod concat;
mod conv;
mod count;
mod elements;
mod gather;
mod judged;
mod last;
mod merge;
mod pad;
mod permute;
mod pool;
mod same;
mod sizes;
mod window;

pub use axis::{Axis, AxisDim, InsertAxis, RemoveAxis};
pub use broadcast::{BroadcastsWith, HasSuffix};
pub use concat::ConcatenatesWith;
pub use conv::{ConvWindow, Convolve, Grouped, InGroups};
pub use count::{Count, FlattensRows, HoldsAsMany, ScalarShape};
pub use elements::HasElements;
pub use gather::{GatherRows, NamesRow, ScatterRows};
pub(crate) use judged::Is;
pub use judged::{If, Judged};
pub use last::LastAxis;
pub use merge::MergesAxes;
pub use pad::PadAxis;
pub use permute::{Distinct, HasPermutation, PermuteAxes};
pub use pool::{Pool, PoolWindow};
pub use same::SameShape;
pub use sizes::Shape;
pub use window::Windowed;
