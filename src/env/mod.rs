//! Environments: what a graph reads and is not differentiated by. Lean's Δ.
//!
//! ```
//! use cotangent::prelude::*;
//! // After the semicolon: what the graph reads and has no cotangent. It may be tensors, too.
//! let g = graph!(|x: [2, 3]; labels: [2] < 3| cross_entropy(x, labels));
//! let env = tlist![Labels::<3, shape![2]>::new([0, 2])?];
//! let (loss, tlist![dx]) = g.value_and_vjp(&tlist![Tensor::<f64, _>::zeros()], &env);
//! assert!((loss.item() - 3f64.ln()).abs() < 1e-12);
//! assert!(dx[[0, 0]] < 0.0 && dx[[0, 1]] > 0.0); // towards the label
//! # Ok::<(), LabelsError>(())
//! ```

mod entry;
mod environment;
mod given;
mod labels;
mod per_step;

pub use entry::EnvEntry;
#[doc(hidden)]
pub use entry::EnvType;
pub use environment::Environment;
#[doc(hidden)]
pub use environment::{EnvEntries, EnvHandles};
pub use given::{Given, Inputs};
pub use labels::{Labels, LabelsError, LabelsOf};
#[doc(hidden)]
pub use per_step::{EachEntry, StackedList};
pub use per_step::{EachEnvironment, PerStep};
