//! What shows that a derivative is right: proofs of graphs, ops and batches over a free algebra, and laws tried over
//! floats.
//!
//! ```
//! use cotangent::prelude::*;
//! graph! { fn layer(x: [2, 3], w: [3, 4]) -> [] { sum(relu(matmul(x, w))) } }
//! let proof: Proof = prove(&layer::<f64>())?;
//! assert!(proof.is_exact());
//! # Ok::<(), Counterexample>(())
//! ```

mod alone;
mod at_point;
mod batch;
mod batch_bits;
mod batch_cases;
mod batch_rules;
mod cells;
mod certify;
mod choices;
mod chosen;
mod conditions;
mod domain;
mod drawn_environments;
mod draws;
mod draws_apart;
mod environments;
mod equations;
mod floats;
mod function_laws;
mod kernels_eq;
mod loop_steps;
mod loops;
mod method;
mod mutants;
mod oracle;
mod passes;
mod points;
mod proof;
mod proof_scalar;
mod proof_shapes;
mod prove;
mod prove_batch;
mod prove_equal;
mod prove_gradient;
mod prove_op;
mod rules_match_parents;
mod samples;
mod second_derivatives;
mod soundness_error;
mod special;
pub mod term;
mod tests_of_op;
mod uses_draws;

pub use crate::lean::Environments;
pub use batch::{batch_eq_each, batch_eq_each_of};
pub use batch_bits::{batch_eq_each_bit_for_bit, batch_eq_each_bit_for_bit_of};
pub use batch_rules::{
    jvp_of_batch_eq_each, jvp_of_batch_eq_each_of, vjp_of_batch_eq_each, vjp_of_batch_eq_each_of,
};
pub use draws_apart::{draws_are_apart, draws_are_apart_of};
pub use floats::{agrees_with_differences, anywhere, positive, singles_agree_with_doubles};
pub use kernels_eq::kernels_eq;
pub use loop_steps::{repeat_eq_layers, scan_eq_steps, vmap_eq_entries};
pub use method::Method;
pub use mutants::{Tally, reject_mutants};
pub use oracle::Oracle;
pub use passes::{hoist_eq, inline_eq, prune_eq, recompute_eq, simplify_eq};
pub use proof::Proof;
pub(crate) use proof_scalar::ProofScalar;
#[doc(hidden)]
pub use proof_shapes::{Excused, ProofShapes, dims_of};
pub use prove::{prove, prove_in, prove_modulo};
pub use prove_batch::{prove_batch, prove_batch_of};
pub use prove_equal::{prove_equal, prove_equal_up_to_rounding};
pub use prove_gradient::{prove_gradient, prove_gradient_of};
pub use prove_op::prove_op;
pub use rules_match_parents::{rules_match_parents, rules_match_parents_of};
pub use term::Term;
