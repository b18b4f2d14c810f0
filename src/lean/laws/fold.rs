//! The law of the reverse loop that users call, without a premise: which pullbacks it runs, on what, and what it adds.

use super::compare::{all_identical_at, on_tape, same_count};
use crate::counterexample::Counterexample;
use crate::lean::tape::{Tape, TapeError, TapeNode};
use crate::scalar::Semiring;
use crate::tensor::AnyTensor;
use std::sync::{Arc, Mutex, PoisonError};

const LAW: &str = "backward_dense_eq_foldl_m";

/// What a sparse reverse loop returns: a cotangent for each node that is reached.
pub(crate) type Sparse<A> = Result<Vec<Option<AnyTensor<A>>>, TapeError>;

/// `backward_dense` runs the pullback of each node that the output reaches once, after those of its consumers, on the sum
/// of the seed and of all contributions to the node, and no other pullback. Lean's `backwardDense_eq_foldlM`, for any
/// tape.
///
/// Nothing is demanded of the pullbacks: it holds where 0 times infinity is NaN, too. If a pullback fails, or breaks its
/// promises, the loop has to fail.
///
/// # Errors
/// The first node whose pullback runs another number of times or on another cotangent, or whose cotangent is another.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [2]| sum(relu(x) + x * 2.0)); // x has two consumers
/// let tape = compile_tape(&g, &tlist![Tensor::from([1.0, 2.0])], ());
/// for id in 0..tape.size() {
///     let seed = AnyTensor::full(tape.nodes()[id].value.dims().clone(), 3.0);
///     laws::backward_dense_eq_foldl_m(&tape, id, &seed)?;
/// }
/// # Ok::<(), Counterexample>(())
/// ```
pub fn backward_dense_eq_foldl_m<A: Semiring>(
    tape: &Tape<A>,
    output: usize,
    seed: &AnyTensor<A>,
) -> Result<(), Counterexample> {
    backward_dense_eq_foldl_m_of(tape, output, seed, Tape::backward_dense)
}

/// [`backward_dense_eq_foldl_m`] for a loop made elsewhere. It gets the tape, the output and the seed.
///
/// # Errors
/// As [`backward_dense_eq_foldl_m`].
///
/// ```
/// use cotangent::prelude::*;
/// let tape = compile_tape(&graph!(|x: [2]| sum(x * x)), &tlist![Tensor::from([1.0, 2.0])], ());
/// // A loop that forgets to go on after the output.
/// let lazy = |tape: &Tape<f64>, output: usize, seed: &AnyTensor<f64>| {
///     let mut cotangents = vec![None; tape.size()];
///     cotangents[output] = Some(seed.clone());
///     Ok(cotangents)
/// };
/// let found = laws::backward_dense_eq_foldl_m_of(&tape, 2, &AnyTensor::scalar(1.0), lazy).unwrap_err();
/// assert_eq!(found.place, "the pullback of node 2 `out` (sum)");
/// assert_eq!((found.expected.as_str(), found.got.as_str()), ("1 run", "0 runs"));
/// ```
pub fn backward_dense_eq_foldl_m_of<A: Semiring>(
    tape: &Tape<A>,
    output: usize,
    seed: &AnyTensor<A>,
    run: impl Fn(&Tape<A>, usize, &AnyTensor<A>) -> Sparse<A>,
) -> Result<(), Counterexample> {
    fold(tape, output, seed, run).map(|_| ())
}

/// The same, with what the loop returned; nothing where it had to fail.
pub(crate) fn fold<A: Semiring>(
    tape: &Tape<A>,
    output: usize,
    seed: &AnyTensor<A>,
    run: impl Fn(&Tape<A>, usize, &AnyTensor<A>) -> Sparse<A>,
) -> Result<Option<Vec<Option<AnyTensor<A>>>>, Counterexample> {
    let runs: Runs<A> = Arc::default();
    let got = run(&recording(tape, &runs), output, seed);
    // The loop is done, and what it holds of the recorder is not used any more.
    let runs = std::mem::take(&mut *runs.lock().unwrap_or_else(PoisonError::into_inner));
    let (expected, got) = match (by_definition(tape, output, seed), got) {
        (Some(expected), Ok(got)) => (expected, got),
        (None, Err(_)) => return Ok(None),
        (Some(_), Err(error)) => {
            return Err(Counterexample::new(LAW, "the loop", "cotangents", error));
        }
        (None, Ok(_)) => {
            return Err(Counterexample::new(
                LAW,
                "the loop",
                "an error",
                "cotangents",
            ));
        }
    };
    // As the loop goes, so that the first node to be found is where it goes wrong.
    for (id, node) in tape.nodes().iter().enumerate().rev() {
        let place = || format!("the pullback of {}", node.describe(id));
        let of_node = runs.iter().filter(|(at, _)| *at == id);
        let on: Vec<&AnyTensor<A>> = of_node.map(|(_, cotangent)| cotangent).collect();
        match &expected[id] {
            Some(sum) if node.requires_grad => {
                same_runs(place(), 1, on.len())?;
                let name = |_| format!("{} on ({})", place(), sum.of());
                let (expected, on) = (std::slice::from_ref(&sum.cotangent), &[on[0].clone()]);
                all_identical_at(LAW, name, expected, on)?;
            }
            Some(_) | None => same_runs(place(), 0, on.len())?,
        }
    }
    let expected = expected.into_iter().map(|sum| Some(sum?.cotangent));
    same_sparse(LAW, tape, &expected.collect::<Vec<_>>(), &got)?;
    Ok(Some(got))
}

/// Which pullback ran, and on what.
type Runs<A> = Arc<Mutex<Vec<(usize, AnyTensor<A>)>>>;

/// The tape with pullbacks that say when they run.
fn recording<A: Semiring>(tape: &Tape<A>, runs: &Runs<A>) -> Tape<A> {
    let mut recording = tape.clone();
    for (id, node) in recording.nodes_mut().iter_mut().enumerate() {
        let (inner, runs) = (node.clone(), Arc::clone(runs));
        *node = node.with_backward(move |cotangent| {
            let mut runs = runs.lock().unwrap_or_else(PoisonError::into_inner);
            runs.push((id, cotangent.clone()));
            drop(runs);
            inner.backward(cotangent)
        });
    }
    recording
}

/// The cotangent of a node, and whose contributions it is the sum of.
struct Sum<A> {
    cotangent: AnyTensor<A>,
    /// `None` is the seed.
    from: Vec<Option<usize>>,
}

impl<A> Sum<A> {
    fn of(&self) -> String {
        let name = |from: &Option<usize>| match from {
            Some(id) => format!("node {id}"),
            None => "seed".to_owned(),
        };
        self.from.iter().map(name).collect::<Vec<_>>().join(" + ")
    }
}

/// What the loop is by definition: node by node, from the last one down, each with all that its consumers contribute;
/// nothing where the loop has to fail. It shares no code with the loop.
fn by_definition<A: Semiring>(
    tape: &Tape<A>,
    output: usize,
    seed: &AnyTensor<A>,
) -> Option<Vec<Option<Sum<A>>>> {
    let mut contributions: Vec<Vec<(Option<usize>, AnyTensor<A>)>> = vec![Vec::new(); tape.size()];
    contributions.get_mut(output)?.push((None, seed.clone()));
    let mut sums: Vec<Option<Sum<A>>> = tape.nodes().iter().map(|_| None).collect();
    for (id, node) in tape.nodes().iter().enumerate().rev() {
        let Some((_, first)) = contributions[id].first() else {
            continue;
        };
        if first.dims() != node.value.dims() {
            return None;
        }
        let mut more = contributions[id].iter().skip(1);
        let cotangent = more.try_fold(first.clone(), |sum, (_, more)| sum.add(more).ok())?;
        if node.requires_grad {
            for (parent, contribution) in node.backward(&cotangent).ok()? {
                let is_right = |of: &TapeNode<A>| contribution.dims() == of.value.dims();
                let of = tape
                    .get_node(parent)
                    .filter(|of| parent < id && is_right(of))?;
                if of.requires_grad {
                    contributions[parent].push((Some(id), contribution));
                }
            }
        }
        let from = contributions[id].iter().map(|(from, _)| *from).collect();
        sums[id] = Some(Sum { cotangent, from });
    }
    Some(sums)
}

fn same_runs(place: String, expected: usize, got: usize) -> Result<(), Counterexample> {
    let runs = |n: usize| {
        if n == 1 {
            "1 run".to_owned()
        } else {
            format!("{n} runs")
        }
    };
    match expected == got {
        true => Ok(()),
        false => Err(Counterexample::new(LAW, place, runs(expected), runs(got))),
    }
}

/// Two lists of cotangents, in which nodes that were not reached have none.
pub(super) fn same_sparse<A: Semiring>(
    law: &'static str,
    tape: &Tape<A>,
    expected: &[Option<AnyTensor<A>>],
    got: &[Option<AnyTensor<A>>],
) -> Result<(), Counterexample> {
    same_count(law, "the number of entries", expected.len(), got.len())?;
    for (id, pair) in expected.iter().zip(got).enumerate() {
        let name = on_tape(tape);
        let wrong =
            |expected: &str, got: &str| Err(Counterexample::new(law, name(id), expected, got));
        match pair {
            (None, None) => {}
            (Some(_), None) => return wrong("a cotangent", "none"),
            (None, Some(_)) => return wrong("none", "a cotangent"),
            (Some(expected), Some(got)) => {
                let (expected, got) = (std::slice::from_ref(expected), std::slice::from_ref(got));
                all_identical_at(law, |_| name(id), expected, got)?;
            }
        }
    }
    Ok(())
}
