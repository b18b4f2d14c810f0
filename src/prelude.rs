//! What most programs need: `use cotangent::prelude::*;`.
//!
//! ```
//! use cotangent::prelude::*;
//! let g = graph!(|x: [3]| sum(x * x));
//! let (_, tlist![dx]) = g.value_and_vjp(&tlist![Tensor::from([1.0, 2.0, 3.0])], &tlist![]);
//! assert_eq!(dx, Tensor::from([2.0, 4.0, 6.0]));
//! ```

pub use crate::context::{Context, EraseError, List, Parameters, TList, TensorList};
pub use crate::counterexample::Counterexample;
pub use crate::dim::{Dim, N, N2, N3, Positive, SplitHeads};
pub use crate::env::{EnvVar, Environment, Labels, LabelsError, LabelsOf, Seed};
pub use crate::graph::{Graph, GraphData, Group, Node, NodeData, checkpoint, repeat};
pub use crate::law_tests;
pub use crate::laws;
pub use crate::link::{add_leaves, compile, compile_data, compile_tape, leaf_node_of_any};
pub use crate::op::*;
pub use crate::scalar::{Field, OrderedField, Real, Ring, Semiring, needs};
pub use crate::shape::{Axis, ConvWindow, PoolWindow, Shape};
pub use crate::tape::{Tape, TapeError, TapeNode};
pub use crate::tensor::{AnyTensor, Indexed, Tensor, TensorError};
pub use cotangent_macros::{context, einsum, graph, shape, tlist, tlist_pat};
