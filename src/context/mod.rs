//! Contexts: lists of shapes, and lists of tensors of those shapes.
//!
//! A context, written Γ in prose, is a frunk `HList` of shapes. `TList<A, Γ>` is a list with one tensor for each
//! shape of Γ. An entry may also be a context itself, a group: parameters of a block that travel as one; or an array of
//! entries of one kind, one for each layer. Depth first is the order of the tape.
//!
//! ```
//! use cotangent::prelude::*;
//! type Gamma = context![[2], []]; // the type: two shapes
//! let x: TList<f64, Gamma> = tlist![Tensor::from([1.0, 2.0]), Tensor::scalar(3.0)];
//! assert_eq!((Gamma::LEN, x.dot(&x)), (2, 14.0));
//! ```

mod algebra;
mod append;
mod approximate;
mod array;
mod draws;
mod elementwise;
mod entry;
mod erase;
mod erase_error;
mod group;
mod heap;
pub(crate) mod initialiser;
mod kind;
mod layers;
mod list;
mod name;
mod named;
mod operators;
mod random;
mod single;
mod snoc;
mod taking;
mod value_of;
mod vector;
mod walk;

pub use algebra::Algebra;
#[doc(hidden)]
pub use append::Append;
pub use approximate::CloseEntries;
#[doc(hidden)]
pub use approximate::CloseEntry;
#[doc(hidden)]
pub use elementwise::Elementwise;
#[doc(hidden)]
pub use entry::Growing;
pub use entry::{All, Computed, Context, Entry, Parameters, TList};
#[doc(hidden)]
pub use erase::Erase;
pub use erase_error::EraseError;
pub use group::{Group, GroupValues};
#[doc(hidden)]
pub use heap::LengthError;
pub use heap::{IntoList, List};
pub use initialiser::Initialiser;
#[doc(hidden)]
pub use kind::Handles;
pub use kind::{Kind, Values};
#[doc(hidden)]
pub use layers::Layers;
#[doc(hidden)]
pub use list::DebugEntries;
pub use list::TensorList;
pub use name::Name;
pub(crate) use name::part;
pub use named::by_name;
#[doc(hidden)]
pub use operators::OverScalar;
#[doc(hidden)]
pub use single::{At, Here, Nth, Number, Single, There};
#[doc(hidden)]
pub use snoc::{Snoc, Unsnoc};
pub(crate) use taking::take_tensors;
#[doc(hidden)]
pub use taking::{Taking, take_all};
#[doc(hidden)]
pub use value_of::{Holds, ListOf, ValueOf};
pub use vector::Vector;
pub use walk::Tensors;
#[doc(hidden)]
pub use walk::{Named, Walk};
