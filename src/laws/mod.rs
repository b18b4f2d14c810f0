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
mod compile;
mod context;
mod erase;
mod floats;
mod leaves;
mod mutants;
mod proof;
mod prove;
mod prove_op;
mod tests_of_op;

pub use crate::counterexample::Counterexample;
pub use backprop::{
    backprop_correct, backward_dense_from_compile_data_eq_backprop_all,
    backward_dense_from_compile_eq_backprop_all, backward_dense_from_eq_of,
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

pub use floats::{agrees_with_differences, anywhere, positive, singles_agree_with_doubles};
pub use mutants::{Tally, reject_mutants};
pub use proof::{Method, Proof};
pub use prove::{prove, prove_in, prove_modulo};
pub use prove_op::prove_op;

use crate::context::{Erase, TensorList};
use crate::graph::identities::Entry;
use crate::scalar::{Agreement, Sample};
use crate::tape::Tape;
use crate::tensor::AnyTensor;
use core::fmt::Display;

/// Two results of the same computation: equal to the bit, NaN being equal to NaN.
fn same<A: PartialEq>(x: &A, y: &A) -> bool {
    // A scalar that is not equal to itself is not a number.
    x == y || !equal(x, x) && !equal(y, y)
}

/// The same, for whole tensors.
fn identical<A: PartialEq>(x: &AnyTensor<A>, y: &AnyTensor<A>) -> bool {
    let mut pairs = x.as_slice().iter().zip(y.as_slice());
    x.dims() == y.dims() && pairs.all(|(x, y)| same(x, y))
}

/// `==` as a function, so that comparing a value to itself reads as the question it is.
fn equal<T: PartialEq>(x: &T, y: &T) -> bool {
    x == y
}

/// Two lists of tensors of the same computation, entry by entry.
fn all_identical<A: PartialEq + Display>(
    law: &'static str,
    expected: &[AnyTensor<A>],
    got: &[AnyTensor<A>],
) -> Result<(), Counterexample> {
    all_identical_at(law, |entry| format!("entry {entry}"), expected, got)
}

/// The same, for entries that have names.
fn all_identical_at<A: PartialEq + Display>(
    law: &'static str,
    name: impl Fn(usize) -> String,
    expected: &[AnyTensor<A>],
    got: &[AnyTensor<A>],
) -> Result<(), Counterexample> {
    same_count(law, "the number of entries", expected.len(), got.len())?;
    for (entry, (expected, got)) in expected.iter().zip(got).enumerate() {
        if expected.dims() != got.dims() {
            return Err(Counterexample::new(law, name(entry), expected, got));
        }
        let mut pairs = expected.as_slice().iter().zip(got.as_slice());
        if let Some(at) = pairs.position(|(x, y)| !same(x, y)) {
            let dims = expected.dims();
            let place = format!("{}{}", name(entry), Entry { dims, at });
            let (expected, got) = (&expected.as_slice()[at], &got.as_slice()[at]);
            return Err(Counterexample::new(law, place, expected, got));
        }
    }
    Ok(())
}

/// The name of a value on a tape, for messages.
fn on_tape<A>(tape: &Tape<A>) -> impl Fn(usize) -> String {
    |id| match tape.get_node(id) {
        Some(node) => node.describe(id),
        None => format!("entry {id}"),
    }
}

fn same_count(
    law: &'static str,
    place: &str,
    expected: usize,
    got: usize,
) -> Result<(), Counterexample> {
    if expected == got {
        Ok(())
    } else {
        Err(Counterexample::new(law, place, expected, got))
    }
}

/// The two sides of an equation between scalars; floats up to rounding.
fn same_scalar<A: Sample>(
    law: &'static str,
    place: &str,
    expected: &A,
    got: &A,
) -> Result<(), Counterexample> {
    match expected.agreement(got) {
        Agreement::Equal => Ok(()),
        Agreement::Differ | Agreement::Undefined => {
            Err(Counterexample::new(law, place, expected, got))
        }
    }
}

/// The typed list of tensors that were made from its own dims.
fn typed_list<A, L: Erase<A>>(tensors: impl IntoIterator<Item = AnyTensor<A>>) -> TensorList<L> {
    match TensorList::from_any_list(tensors) {
        Ok(list) => list,
        Err(error) => unreachable!("the dims of a context do not fit it: {error}"),
    }
}
