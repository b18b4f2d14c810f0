//! Contexts: lists of shapes, and lists of tensors of those shapes.
//!
//! A context, written Γ in prose, is a frunk `HList` of shapes. `TList<A, Γ>` is a list with one tensor for each
//! shape of Γ. An entry may also be a context itself, a group: parameters of a block that travel as one; or an array of
//! entries of one kind, one for each layer. Depth first is the order of the tape.

mod algebra;
mod append;
mod array;
mod close;
mod elementwise;
mod erase;
mod list;
mod single;
mod snoc;

pub use algebra::Algebra;
pub use append::Append;
pub use close::{CloseEntries, CloseEntry};
pub use elementwise::Elementwise;
pub use erase::{Erase, EraseError};
pub use list::{
    Computed, Context, DebugEntries, Entry, Name, Parameters, TList, TensorList, Values, Vector,
};
pub use single::{At, Here, Nth, Number, Single, There};
pub use snoc::{Snoc, Unsnoc};
