//! The theorems of the Lean file, as functions that anyone can run.
//!
//! Each law is named after its theorem and returns `Ok(())` or a [`Counterexample`]. A law about what the library
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
mod batch;
mod batch_cases;
mod batch_rules;
mod compare;
mod compile;
mod context;
mod drawn;
mod erase;
mod floats;
mod leaves;
mod mutants;
mod proof;
mod prove;
mod prove_batch;
mod prove_op;
mod samples;
mod tests_of_op;

pub use crate::counterexample::Counterexample;
pub use backprop::{
    backprop_correct, backward_dense_from_compile_data_eq_backprop_all,
    backward_dense_from_compile_eq_backprop_all, backward_dense_from_eq_of,
};
pub use batch::{batch_eq_each, batch_eq_each_of};
pub use batch_rules::{
    jvp_of_batch_eq_each, jvp_of_batch_eq_each_of, vjp_of_batch_eq_each, vjp_of_batch_eq_each_of,
};
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

use compare::{all_identical, all_identical_at, identical, on_tape, same_count, same_scalar};
pub use floats::{agrees_with_differences, anywhere, positive, singles_agree_with_doubles};
pub use mutants::{Tally, reject_mutants};
pub use proof::{Method, Proof};
pub use prove::{prove, prove_in, prove_modulo};
pub use prove_batch::{prove_batch, prove_batch_of};
pub use prove_op::prove_op;
