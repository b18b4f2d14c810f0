//! What most programs need: `use cotangent::prelude::*;`.
//!
//! ```
//! use cotangent::prelude::*;
//! let g = graph!(|x: [3]| sum(x * x));
//! let (_, dx) = g.value_and_vjp(&Tensor::from([1.0, 2.0, 3.0]), ());
//! assert_eq!(dx, Tensor::from([2.0, 4.0, 6.0]));
//! ```

pub use crate::context::{
    Algebra, Context, EraseError, Group, GroupValues, List, Parameters, TList, TensorList, Vector,
    by_name,
};
pub use crate::counterexample::Counterexample;
pub use crate::dim::{Dim, Kept, N, N2, N3, Positive};
pub use crate::env::{Environment, Labels, LabelsError, LabelsOf};
pub use crate::graph::{
    GraphData, NodeData, Returns, checkpoint, repeat, scan, scan_each, scan_each_reverse,
    scan_reverse, vmap, vmap_each,
};
pub use crate::law_tests;
pub use crate::lean::link::{add_leaves, compile, compile_data, compile_tape, leaf_node_of_any};
pub use crate::lean::tape::{Tape, TapeError, TapeNode};
pub use crate::lean::{Graph, Node, laws};
// Ops: element by element.
pub use crate::op::{
    abs, add, atan, cos, div, equal, erf, exp, expm1, greater, greater_equal, identity, less,
    less_equal, log, log1p, maximum, minimum, mul, neg, not_equal, offset, pow, powi, recip, relu,
    rsqrt, scale, select, sigmoid, sin, softplus, sqrt, square, step, stop_gradient, sub, tanh,
};
// Ops: reductions.
pub use crate::op::{
    channel_mean, channel_variance, cumsum, logsumexp, max, max_axis, mean, mean_axis, sum,
    sum_axis, sum_leading, variance, variance_axis,
};
// Ops: products.
pub use crate::op::{matmul, matmul_nt, matmul_tn};
// Ops: shapes.
pub use crate::op::{
    along, broadcast, broadcast_axis, concat, flatten, flatten_rows, merge_axes, pad, permute,
    reshape, slice, split, split_axis, stack, transpose,
};
// Ops: labels, and what is chosen by them.
pub use crate::op::{
    argmax, argmin, constant, embedding, gather, iota, one_hot, scatter_add, to_scalar,
};
// Ops: windows.
pub use crate::op::{
    NoBias, adaptive_avg_pool2d, adaptive_max_pool2d, avg_pool1d, avg_pool2d, conv_transpose1d,
    conv_transpose2d, conv1d, conv2d, global_avg_pool, global_max_pool, max_pool1d, max_pool2d,
    upsample_bilinear, upsample_nearest,
};
// Ops: norms.
pub use crate::op::{batch_norm, batch_norm_inference, layer_norm, log_softmax, softmax};
// Ops: over time.
pub use crate::op::{
    Causal, attention, causal_attention, gru_cell, lstm_cell, masked_attention, rnn_cell, rotary,
    rotary_interleaved,
};
// Ops: losses.
pub use crate::op::{cross_entropy, mse};
// Ops: random.
pub use crate::op::{dropout, next_key};
// For ops of your own.
pub use crate::handle::{Discrete, Var};
pub use crate::op::{Call, Op, Recorder};
pub use crate::prove::{
    Proof, prove, prove_batch, prove_gradient, prove_in, prove_modulo, prove_op,
};
pub use crate::scalar::{Field, OrderedField, Real, Ring, Semiring, levels};
pub use crate::shape::{Axis, ConvWindow, ConvWindow1d, Keep, PoolWindow, PoolWindow1d, Shape};
pub use crate::tensor::{AnyTensor, Indexed, Key, Tensor, TensorError};
pub use cotangent_macros::{
    context, einsum, environment, graph, graph_type, shape, tlist, tlist_pat,
};
