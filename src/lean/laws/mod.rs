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
//! laws::compile_data_values_eq(&g, &x, &tlist![])?;
//! # Ok::<(), Counterexample>(())
//! ```

mod backprop;
pub(crate) mod compare;
mod compile;
mod context;
mod erase;
mod leaves;

pub(crate) use backprop::{adjoint, reverse_loop};
pub use backprop::{
    backprop_correct, backward_dense_from_compile_data_eq_backprop_all,
    backward_dense_from_compile_eq_backprop_all, backward_dense_from_eq_of,
};
pub(crate) use compare::all_identical;
pub(crate) use compile::nodes_size;
pub use compile::{
    all_requires_grad_true, all_requires_grad_true_of, backward_pids_lt_id, backward_pids_lt_id_of,
    compile_ctx_eq_eval, compile_data_ctx_eq_eval, compile_data_nodes_size, compile_data_values_eq,
    compile_nodes_size, compile_values_eq, ctx_eq_eval_of, nodes_size_of, values_eq_of,
};
pub use context::{dot_add_right, dot_single, dot_snoc, dot_zero_right, snoc_unsnoc, unsnoc_snoc};
pub use erase::{
    cast_symm, dot_cast_left, length_to_any_list, length_to_any_list_of,
    mem_to_indexed_any_list_lt, mem_to_indexed_any_list_lt_of, to_any_list_cast, to_any_list_snoc,
};
pub use leaves::{
    add_leaves_values, add_leaves_values_of, nodes_add_leaves, nodes_add_leaves_of,
    size_add_leaves, size_add_leaves_of,
};
