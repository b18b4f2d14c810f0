//! The wing of the Lean file: the erased tape, the compile step to it, and one executable law for each theorem.
//!
//! Lean's `NN.Proofs.Autograd.Runtime.Link.Core`. `docs/correspondence.md` has the theorems beside the laws.
//!
//! ```
//! use cotangent::prelude::*;
//! let (g, x) = (graph!(|x: [2]| sum(x * x)), tlist![Tensor::from([1.0, 2.0])]);
//! let tape = compile_tape(&g, &x, ()); // from here on without types
//! assert_eq!(tape.backward_scalar(tape.last())?[&0].as_slice(), [2.0, 4.0]);
//! laws::compile_data_ctx_eq_eval(&g, &x, ())?; // and the same values
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod certified;
mod environments;
pub mod laws;
pub mod link;
pub mod tape;

pub(crate) use certified::{Certificate, at_node};
pub use certified::{Graph, Node};
pub use environments::Environments;
