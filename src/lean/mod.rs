//! The wing of the Lean file: the erased tape, the compile step to it, and one executable law for each theorem.
//!
//! Lean's `NN.Proofs.Autograd.Runtime.Link.Core`. `docs/correspondence.md` has the theorems beside the laws.

mod certified;
pub mod laws;
pub mod link;
pub mod tape;

pub use certified::{Graph, Node};
