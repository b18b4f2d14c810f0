//! The laws of the loops and derivatives that users call, of one graph, with seeds that are indeterminates.

use crate::counterexample::Counterexample;
use crate::graph::nodes::Nodes;
use crate::graph::steps::Entries;
use crate::lean::laws::{
    Typed, backward_dense_all_eq_map_totalize_grads_of, fold, pullback_of_whole, tangents_of_whole,
    zero_preserving_of,
};
use crate::lean::tape::{Tape, TapeError};
use crate::scalar::Sample;
use crate::tensor::AnyTensor;

/// The names of these laws.
pub(super) const LOOP_LAWS: [&str; 9] = [
    "zero_preserving",
    "backward_dense_eq_foldl_m",
    "backward_dense_compile_eq_backprop_all",
    "backward_dense_all_eq_map_totalize_grads",
    "backward_dense_all_compile_eq_backprop_all",
    "backward_compile_eq_backprop_all",
    "backward_scalar_compile_eq_backprop_all",
    "vjp_checked_eq",
    "jvp_checked_eq",
];

/// From how many nodes the loops start, of a graph with more.
const OUTPUTS: usize = 8;

/// The nodes to start from: all of a small graph; of others the first, the last, and some between.
fn outputs(size: usize) -> Vec<usize> {
    match size <= OUTPUTS {
        true => (0..size).collect(),
        false => (0..OUTPUTS)
            .map(|i| i * (size - 1) / (OUTPUTS - 1))
            .collect(),
    }
}

/// A graph that has run: what the other laws hold of already.
pub(super) struct Run<A> {
    pub tape: Tape<A>,
    pub values: Vec<AnyTensor<A>>,
    /// The environment.
    pub d: Entries<A>,
    /// A tangent of indeterminates for each input.
    pub dx: Vec<AnyTensor<A>>,
    /// A cotangent of indeterminates for each value.
    pub seed: Vec<AnyTensor<A>>,
    /// How many equations that were.
    pub identities: usize,
}

/// From each of some outputs, with the seed of its node: every loop that skips what is not reached, against its definition
/// and against `backprop_all`. Returns how many elements were compared.
pub(super) fn loops<A: Sample>(nodes: &Nodes, run: &Run<A>) -> Result<usize, Counterexample> {
    let (tape, values, d) = (&run.tape, &run.values, &run.d);
    let [_, by_fold, dense, _, all, by_id, scalar, _, _] = LOOP_LAWS;
    let failed =
        |law| move |error: TapeError| Counterexample::new(law, "the loop", "cotangents", error);
    zero_preserving_of(tape)?;
    let mut identities = 0;
    for output in outputs(tape.size()) {
        let seed = &run.seed[output];
        let Some(cotangents) = fold(tape, output, seed, Tape::backward_dense)? else {
            return Err(Counterexample::new(
                by_fold,
                "the loop",
                "cotangents",
                "an error",
            ));
        };
        let typed = Typed::from(dense, nodes, values, d, output, seed)?;
        typed.dense(tape, &cotangents)?;
        let total = tape.backward_dense_all(output, seed).map_err(failed(all))?;
        backward_dense_all_eq_map_totalize_grads_of(tape, &cotangents, &total)?;
        let typed = typed.by(all);
        typed.all(tape, &total)?;
        let typed = typed.by(by_id);
        typed.by_id(tape, &tape.backward(output, seed).map_err(failed(by_id))?)?;
        identities += 3 * typed.elements();
        if seed.dims().is_empty() {
            let one = AnyTensor::scalar(A::one());
            let typed = Typed::from(scalar, nodes, values, d, output, &one)?;
            typed.by_id(tape, &tape.backward_scalar(output).map_err(failed(scalar))?)?;
            identities += typed.elements();
        }
    }
    pullback_of_whole(nodes, values, d, &run.seed)?;
    tangents_of_whole(nodes, values, d, &run.dx)?;
    let dx: usize = run.dx.iter().map(|dx| dx.as_slice().len()).sum();
    let outputs = nodes.outputs().into_iter().map(|id| nodes.ty(id));
    let dy = outputs
        .filter(|ty| ty.is_scalar())
        .map(|ty| ty.dims().count());
    Ok(identities + dx + dy.sum::<usize>())
}
