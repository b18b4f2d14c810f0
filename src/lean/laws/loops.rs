//! Laws of the loops of any tape: those that skip what is not reached, and the one that runs every pullback.

use super::compare::{all_identical_at, on_tape, same_count};
use super::zero::zero_preserving_of;
use crate::counterexample::Counterexample;
use crate::lean::tape::{Tape, TapeError};
use crate::scalar::Semiring;
use crate::tensor::AnyTensor;

/// `backward_dense_all`, which skips what is not reached, is `backward_dense_from` from the seed at the output and zeros
/// elsewhere, which runs every pullback. Lean's `backwardDenseAll_eq_backwardDenseFrom`, under zero preservation.
///
/// # Errors
/// Where the premise fails, the counterexample of [`zero_preserving`](super::zero_preserving): the loops may differ
/// then, and the law says nothing. Otherwise the first node whose cotangent is another, or the error of a loop.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [2], unused: [2]| { let _log = log(unused); sum(x * x) });
/// let x = |unused: f64| tlist![Tensor::from([1.0, 2.0]), Tensor::from([unused, 1.0])];
/// let law = |tape: &Tape<f64>| {
///     laws::backward_dense_all_eq_backward_dense_from(tape, tape.last(), &AnyTensor::scalar(1.0))
/// };
/// law(&compile_tape(&g, &x(1.0), ()))?;
/// // The logarithm is not reached, and its pullback makes NaN of 0 at 0: only one of the loops runs it.
/// let found = law(&compile_tape(&g, &x(0.0), ())).unwrap_err();
/// assert_eq!(found.law, "zero_preserving");
/// # Ok::<(), Counterexample>(())
/// ```
pub fn backward_dense_all_eq_backward_dense_from<A: Semiring>(
    tape: &Tape<A>,
    output: usize,
    seed: &AnyTensor<A>,
) -> Result<(), Counterexample> {
    const LAW: &str = "backward_dense_all_eq_backward_dense_from";
    let all = returned(LAW, tape.backward_dense_all(output, seed))?;
    backward_dense_all_eq_backward_dense_from_of(tape, output, seed, &all)
}

/// [`backward_dense_all_eq_backward_dense_from`] for the cotangents that a loop made elsewhere returned.
///
/// # Errors
/// As [`backward_dense_all_eq_backward_dense_from`].
///
/// ```
/// use cotangent::prelude::*;
/// let tape = compile_tape(&graph!(|x: [2]| sum(x)), &tlist![Tensor::from([1.0, 2.0])], ());
/// let one = AnyTensor::scalar(1.0);
/// let wrong = tape.one_hot_grads(1, &one)?; // the loop did not run
/// let found = laws::backward_dense_all_eq_backward_dense_from_of(&tape, 1, &one, &wrong).unwrap_err();
/// assert_eq!(found.place, "node 0 `x` (leaf)[0]");
/// # Ok::<(), TapeError>(())
/// ```
pub fn backward_dense_all_eq_backward_dense_from_of<A: Semiring>(
    tape: &Tape<A>,
    output: usize,
    seed: &AnyTensor<A>,
    cotangents: &[AnyTensor<A>],
) -> Result<(), Counterexample> {
    const LAW: &str = "backward_dense_all_eq_backward_dense_from";
    zero_preserving_of(tape)?;
    let from = tape.one_hot_grads(output, seed);
    let from = from.and_then(|seeds| tape.backward_dense_from(seeds));
    all_identical_at(LAW, on_tape(tape), &returned(LAW, from)?, cotangents)
}

/// `backward_dense_all` is `backward_dense` with zeros where a node is not reached. Lean's
/// `backwardDenseAll_eq_map_totalizeGrads`; it has no premise.
///
/// # Errors
/// The first node whose cotangent is another, or the error of a loop.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [1]| { let _log = log(x); sum(x * x) });
/// let tape = compile_tape(&g, &tlist![Tensor::from([0.0])], ());
/// laws::backward_dense_all_eq_map_totalize_grads(&tape, tape.last(), &AnyTensor::scalar(1.0))?;
/// # Ok::<(), Counterexample>(())
/// ```
pub fn backward_dense_all_eq_map_totalize_grads<A: Semiring>(
    tape: &Tape<A>,
    output: usize,
    seed: &AnyTensor<A>,
) -> Result<(), Counterexample> {
    const LAW: &str = "backward_dense_all_eq_map_totalize_grads";
    let dense = returned(LAW, tape.backward_dense(output, seed))?;
    let all = returned(LAW, tape.backward_dense_all(output, seed))?;
    backward_dense_all_eq_map_totalize_grads_of(tape, &dense, &all)
}

/// [`backward_dense_all_eq_map_totalize_grads`] for what two loops returned: one that skips, and one that fills.
///
/// # Errors
/// As [`backward_dense_all_eq_map_totalize_grads`].
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [2], unused: []| sum(x));
/// let tape = compile_tape(&g, &tlist![Tensor::from([1.0, 2.0]), Tensor::scalar(0.0)], ());
/// let one = AnyTensor::scalar(1.0);
/// let (dense, mut all) = (tape.backward_dense(2, &one)?, tape.backward_dense_all(2, &one)?);
/// laws::backward_dense_all_eq_map_totalize_grads_of(&tape, &dense, &all).unwrap();
/// all[1] = AnyTensor::scalar(7.0); // what is not reached has a cotangent
/// assert!(laws::backward_dense_all_eq_map_totalize_grads_of(&tape, &dense, &all).is_err());
/// # Ok::<(), TapeError>(())
/// ```
pub fn backward_dense_all_eq_map_totalize_grads_of<A: Semiring>(
    tape: &Tape<A>,
    dense: &[Option<AnyTensor<A>>],
    all: &[AnyTensor<A>],
) -> Result<(), Counterexample> {
    const LAW: &str = "backward_dense_all_eq_map_totalize_grads";
    same_count(LAW, "the number of entries", tape.size(), dense.len())?;
    // `Tape::totalize_grads` is what the loop calls, so it is said here once more.
    let pairs = tape.nodes().iter().zip(dense);
    let total = pairs.map(|(node, cotangent)| match cotangent {
        Some(cotangent) => cotangent.clone(),
        None => AnyTensor::zeros(node.value.dims().clone()),
    });
    let total: Vec<_> = total.collect();
    all_identical_at(LAW, on_tape(tape), &total, all)
}

/// What a loop returned; its error is a counterexample.
pub(super) fn returned<T>(
    law: &'static str,
    loop_: Result<T, TapeError>,
) -> Result<T, Counterexample> {
    loop_.map_err(|error| Counterexample::new(law, "the loop", "cotangents", error))
}
