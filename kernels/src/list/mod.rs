//! Lists of functions over a block of elements.

mod block;
mod instruction;
mod one;

pub(crate) use block::Lists;
pub use block::{Block, ListError};
pub use instruction::{Call, Instruction, Source, Target};
pub use one::{binary, select, unary};
