//! Lists of functions over a block of elements.

mod block;
mod instruction;
mod one;
mod scalars;

pub(crate) use block::Lists;
pub use block::{Block, ListError};
pub use instruction::{Call, Instruction, Source, Target};
pub use one::{binary, select, unary};
pub(crate) use scalars::ScalarLists;
pub use scalars::{Cell, Region, Scalars, ScalarsError, Slices};
