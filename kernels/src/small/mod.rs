//! Lists over small values, in one region compiled for the instructions of the machine.

mod list;
mod memory;
mod product;
mod registers;
mod run;

pub use list::{Each, Joined, Moved, Small, SmallError, Spread, Work};
pub use memory::{Cell, Region, Slices};
pub use product::SmallProduct;
pub use registers::Run;
pub(crate) use run::SmallLists;
