//! The tape: values and pullbacks with their shapes forgotten, and the reverse loop over them.
//!
//! It knows nothing of typed graphs. Every check is at run time, and every error names the node, the op, what was
//! expected and what came. Lean's `Runtime.Autograd.Tape`.
//!
//! ```
//! use cotangent::prelude::*;
//! let g = graph!(|x: [2], y: [2]| sum(x * y));
//! let x = tlist![Tensor::from([1.0, 2.0]), Tensor::from([3.0, 4.0])];
//! let tape = compile_tape(&g, &x, ());
//! let gradients = tape.backward_scalar(tape.last())?;
//! assert_eq!(gradients[&0], Tensor::from([3.0, 4.0]).to_any());
//! # Ok::<(), TapeError>(())
//! ```

mod backward;
mod error;
mod node;
mod seeds;
mod tape;

pub use error::TapeError;
pub use node::{Contributions, TapeNode};
pub use tape::Tape;
