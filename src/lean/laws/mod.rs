//! The theorems of the Lean file, as functions that anyone can run.
//!
//! Each law is named after its theorem and returns `Ok(())` or a [`Counterexample`](crate::counterexample::Counterexample). A law about what the library
//! makes (a tape, a context) has a twin ending in `_of` that judges one made elsewhere; the mutants in the tests are
//! judged by it. `docs/correspondence.md` lists the theorems beside the laws.
//!
//! ```
//! use cotangent::prelude::*;
//! let g = graph!(|x: [2], y: [2]| sum(x * y));
//! let x = tlist![Tensor::from([1.0, 2.0]), Tensor::from([3.0, 4.0])];
//! laws::compile_data_values_eq(&g, &x, ())?;
//! # Ok::<(), Counterexample>(())
//! ```

mod backprop;
mod checked;
pub(crate) mod compare;
mod compile;
mod compiled_loops;
mod context;
mod erase;
mod fold;
mod invariants;
mod leaves;
mod loops;
mod lowered;
mod trials;
mod zero;

pub(crate) use backprop::{adjoint, reverse_loop};
pub use backprop::{
    backprop_correct, backward_dense_from_compile_data_eq_backprop_all,
    backward_dense_from_compile_eq_backprop_all, backward_dense_from_eq_of,
};
pub use checked::{jvp_checked_eq, jvp_checked_eq_of, vjp_checked_eq, vjp_checked_eq_of};
pub(crate) use checked::{pullback_of_whole, tangents_of_whole};
pub(crate) use compare::all_identical;
pub use compile::{
    compile_ctx_eq_eval, compile_data_ctx_eq_eval, compile_data_nodes_size, compile_data_values_eq,
    compile_nodes_size, compile_values_eq, ctx_eq_eval_of, nodes_size_of, values_eq_of,
};
pub(crate) use compile::{eq_program, nodes_size};
pub(crate) use compiled_loops::Typed;
pub use compiled_loops::{
    backward_compile_eq_backprop_all, backward_compile_eq_backprop_all_of,
    backward_dense_all_compile_eq_backprop_all, backward_dense_all_compile_eq_backprop_all_of,
    backward_dense_compile_eq_backprop_all, backward_dense_compile_eq_backprop_all_of,
    backward_scalar_compile_eq_backprop_all, backward_scalar_compile_eq_backprop_all_of,
};
pub use context::{dot_add_right, dot_single, dot_snoc, dot_zero_right, snoc_unsnoc, unsnoc_snoc};
pub use erase::{
    cast_symm, dot_cast_left, length_to_any_list, length_to_any_list_of,
    mem_to_indexed_any_list_lt, mem_to_indexed_any_list_lt_of, to_any_list_cast, to_any_list_snoc,
};
pub(crate) use fold::fold;
pub use fold::{backward_dense_eq_foldl_m, backward_dense_eq_foldl_m_of};
pub use invariants::{
    all_requires_grad_true, all_requires_grad_true_of, backward_pids_lt_id, backward_pids_lt_id_at,
    backward_pids_lt_id_of,
};
pub use leaves::{
    add_leaves_values, add_leaves_values_of, nodes_add_leaves, nodes_add_leaves_of,
    size_add_leaves, size_add_leaves_of,
};
pub use loops::{
    backward_dense_all_eq_backward_dense_from, backward_dense_all_eq_backward_dense_from_of,
    backward_dense_all_eq_map_totalize_grads, backward_dense_all_eq_map_totalize_grads_of,
};
pub use lowered::{
    lower_node, lower_node_backward_of_ne, lower_node_backward_of_ne_of,
    lower_node_backward_of_shape, lower_node_backward_of_shape_of, lower_node_of,
};
pub(crate) use lowered::{lowered, lowered_backward};
pub use zero::{zero_preserving, zero_preserving_of};
