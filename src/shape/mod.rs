//! Shapes: tuples of dims, rank 0 to 6, and the judgements over them.
//!
//! A judgement is a trait that holds exactly when an operation makes sense, and computes the resulting shape.
//! All of them are decided by `cargo check`.
//!
//! ```
//! use cotangent::prelude::*;
//! use cotangent::shape::BroadcastsWith;
//! let x: Tensor<f64, shape![32, 10]> = Tensor::zeros();
//! assert_eq!(x.dims(), [32, 10]);
//! // The judgement behind `x + bias`, and its shape.
//! let _: <shape![32, 10] as BroadcastsWith<shape![10]>>::Larger = <shape![32, 10]>::default();
//! ```

mod axis;
mod broadcast;
mod concat;
mod conv;
mod conv1d;
mod count;
mod elements;
mod gather;
mod judged;
mod last;
mod merge;
mod pad;
mod permute;
mod pool;
mod pool1d;
mod same;
mod sizes;
mod transposed;
mod window;

pub use axis::{Axis, Keep};
#[doc(hidden)]
pub use axis::{AxisDim, InsertAxis, RemoveAxis};
#[doc(hidden)]
pub use broadcast::{Combine, HasSuffix};
#[doc(hidden)]
pub use concat::{Concatenates, JoinAll};
pub use conv::ConvWindow;
#[doc(hidden)]
pub use conv::{Convolve, Grouped, InGroups};
pub use conv1d::ConvWindow1d;
#[doc(hidden)]
pub use conv1d::Convolve1d;
#[doc(hidden)]
pub use count::{Count, FlattensRows, HoldsAsMany, ScalarShape};
#[doc(hidden)]
pub use elements::HasElements;
#[doc(hidden)]
pub use gather::{GatherRows, NamesRow, ScatterRows};
pub(crate) use judged::Is;
#[doc(hidden)]
pub use judged::{If, Judged};
#[doc(hidden)]
pub use last::{Last, LastAxis};
#[doc(hidden)]
pub use merge::MergesAxes;
#[doc(hidden)]
pub use pad::PadAxis;
#[doc(hidden)]
pub use permute::{Distinct, HasPermutation, PermuteAxes};
#[doc(hidden)]
pub use pool::Pool;
pub use pool::PoolWindow;
#[doc(hidden)]
pub use pool1d::Pool1d;
pub use pool1d::PoolWindow1d;
#[doc(hidden)]
pub use same::SameShape;
pub use sizes::Shape;
#[doc(hidden)]
pub use sizes::{BroadcastsWith, Combined};
pub use transposed::OutputPadded;
#[doc(hidden)]
pub use transposed::{ConvolveTransposed, RestOf, Spread, WithRest};
#[doc(hidden)]
pub use window::Windowed;
