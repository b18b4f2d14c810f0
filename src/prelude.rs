//! What most programs need: `use cotangent::prelude::*;`.
//!
//! ```
//! use cotangent::prelude::*;
//! let g = graph!(|x: [3]| sum(x * x));
//! let (_, tlist![dx]) = g.value_and_vjp(&tlist![Tensor::from([1.0, 2.0, 3.0])], &tlist![]);
//! assert_eq!(dx, Tensor::from([2.0, 4.0, 6.0]));
//! ```

pub use crate::context::{
    Algebra, Context, EraseError, Group, GroupValues, List, Parameters, TList, TensorList, Vector,
    by_name,
};
pub use crate::counterexample::Counterexample;
pub use crate::dim::{Dim, N, N2, N3, Positive, SplitHeads};
pub use crate::env::{Environment, Labels, LabelsError, LabelsOf};
pub use crate::graph::{
    GraphData, NodeData, Returns, checkpoint, repeat, scan, scan_each, scan_each_reverse,
    scan_reverse,
};
pub use crate::law_tests;
pub use crate::lean::link::{add_leaves, compile, compile_data, compile_tape, leaf_node_of_any};
pub use crate::lean::tape::{Tape, TapeError, TapeNode};
pub use crate::lean::{Graph, Node, laws};
pub use crate::op::*;
pub use crate::prove::{Proof, prove, prove_batch, prove_in, prove_modulo, prove_op};
pub use crate::scalar::{Field, OrderedField, Real, Ring, Semiring, needs};
pub use crate::shape::{Axis, ConvWindow, PoolWindow, Shape};
pub use crate::tensor::{AnyTensor, Indexed, Key, Tensor, TensorError};
pub use cotangent_macros::{
    context, einsum, environment, graph, graph_type, shape, tlist, tlist_pat,
};
