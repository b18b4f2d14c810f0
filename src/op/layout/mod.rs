//! Elements in other places.

mod along;
mod broadcast;
mod concat;
mod flip;
mod merge_axes;
mod pad;
mod reshape;
mod roll;
mod slice;
mod split;
mod stack;
mod transpose;
mod triangle;

pub use along::along;
#[doc(hidden)]
pub use along::{Along, LiesAlong};
#[doc(hidden)]
pub use broadcast::{Broadcast, BroadcastAxis};
pub use broadcast::{broadcast, broadcast_axis};
#[doc(hidden)]
pub use concat::Concat;
pub use concat::concat;
#[doc(hidden)]
pub use flip::Flip;
pub use flip::flip;
#[doc(hidden)]
pub use merge_axes::{MergeAxes, SplitAxis};
pub use merge_axes::{merge_axes, split_axis};
#[doc(hidden)]
pub use pad::Pad;
pub use pad::pad;
#[doc(hidden)]
pub use reshape::{FlattenRows, Reshape};
pub use reshape::{flatten, flatten_rows, reshape};
#[doc(hidden)]
pub use roll::Roll;
pub use roll::roll;
pub use slice::slice;
#[doc(hidden)]
pub use slice::{HasPart, Slice};
pub use split::split;
#[doc(hidden)]
pub use split::{PartList, Split, SplitsInto};
pub use stack::stack;
#[doc(hidden)]
pub use stack::{Stack, StackAll, Stacks};
#[doc(hidden)]
pub use transpose::{Matrix, Permute, Transpose};
pub use transpose::{permute, transpose};
#[doc(hidden)]
pub use triangle::{Matrices, Tril, Triu};
pub use triangle::{tril, triu};
