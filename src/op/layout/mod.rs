//! Elements in other places.

mod broadcast;
mod concat;
mod merge_axes;
mod pad;
mod reshape;
mod slice;
mod stack;
mod transpose;

pub use broadcast::{Broadcast, BroadcastAxis, broadcast, broadcast_axis};
pub use concat::{Concat, concat};
pub use merge_axes::{MergeAxes, SplitAxis, merge_axes, split_axis};
pub use pad::{Pad, pad};
pub use reshape::{FlattenRows, Reshape, flatten, flatten_rows, reshape};
pub use slice::{HasPart, Slice, slice};
pub use stack::{Stack, Stackable, stack};
pub use transpose::{Matrix, Permute, Transpose, permute, transpose};
