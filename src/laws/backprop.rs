//! Laws of the reverse pass: it is the adjoint of the forward one, and the tape's loop is it.

use super::{Counterexample, all_identical_at, on_tape, same_scalar};
use crate::context::{Algebra, Computed, Context, TList, Values};
use crate::env::Environment;
use crate::graph::{Graph, GraphData};
use crate::link::{compile, compile_data};
use crate::scalar::{Sample, Semiring};
use crate::tape::Tape;

/// `⟨jvp(x, dx), seed⟩ = ⟨dx, backprop(x, seed)⟩`: reverse mode is the adjoint of forward mode.
/// Lean's `backprop_correct`.
///
/// # Errors
/// The two inner products, where they differ.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [2]| x * x);
/// let x = tlist![Tensor::from([3.0, 4.0])];
/// let dx = tlist![Tensor::from([1.0, -1.0])];
/// let seed = tlist![Tensor::from([5.0, 6.0]), Tensor::from([7.0, 8.0])];
/// laws::backprop_correct(&g, &x, &dx, &tlist![], &seed)?;
/// # Ok::<(), Counterexample>(())
/// ```
pub fn backprop_correct<A, D, G, Ss>(
    graph: &GraphData<A, D, G, Ss>,
    x: &TList<A, G>,
    dx: &TList<A, G>,
    d: &D,
    seed: &TList<A, Values<G, Ss>>,
) -> Result<(), Counterexample>
where
    A: Sample,
    D: Environment,
    G: Context,
    Ss: Computed,
{
    let forward: A = Algebra::dot(&graph.jvp(x, dx, d), seed);
    let reverse: A = Algebra::dot(dx, &graph.backprop(x, d, seed));
    same_scalar("backprop_correct", "the whole graph", &forward, &reverse)
}

/// The tape's reverse loop gives the typed cotangents, for every value and every seed.
/// Lean's `backwardDenseFrom_compileAuxData_eq_backpropAllCtx`.
///
/// # Errors
/// The first entry that is another, or the error of the loop.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [2]| x * x);
/// let seed = tlist![Tensor::from([5.0, 6.0]), Tensor::from([7.0, 8.0])];
/// let x = tlist![Tensor::from([3.0, 4.0])];
/// laws::backward_dense_from_compile_data_eq_backprop_all(&g, &x, &tlist![], &seed)?;
/// # Ok::<(), Counterexample>(())
/// ```
pub fn backward_dense_from_compile_data_eq_backprop_all<A, D, G, Ss>(
    graph: &GraphData<A, D, G, Ss>,
    x: &TList<A, G>,
    d: &D,
    seed: &TList<A, Values<G, Ss>>,
) -> Result<(), Counterexample>
where
    A: Semiring,
    D: Environment,
    G: Context,
    Ss: Computed,
{
    let law = "backward_dense_from_compile_data_eq_backprop_all";
    backward_dense_from_eq_of(law, &compile_data(graph, x, d).0, graph, x, d, seed)
}

/// The same for a certified graph. Lean's `backwardDenseFrom_compileAux_eq_backpropAllCtx`.
///
/// # Errors
/// The first entry that is another, or the error of the loop.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [2]| x * x).certify(&tlist![])?;
/// let seed = tlist![Tensor::from([5.0, 6.0]), Tensor::from([7.0, 8.0])];
/// let x = tlist![Tensor::from([3.0, 4.0])];
/// laws::backward_dense_from_compile_eq_backprop_all(&g, &x, &tlist![], &seed)?;
/// # Ok::<(), Counterexample>(())
/// ```
pub fn backward_dense_from_compile_eq_backprop_all<A, D, G, Ss>(
    graph: &Graph<A, D, G, Ss>,
    x: &TList<A, G>,
    d: &D,
    seed: &TList<A, Values<G, Ss>>,
) -> Result<(), Counterexample>
where
    A: Semiring,
    D: Environment,
    G: Context,
    Ss: Computed,
{
    let law = "backward_dense_from_compile_eq_backprop_all";
    backward_dense_from_eq_of(law, &compile(graph, x, d).0, graph, x, d, seed)
}

/// A tape whose reverse loop should give the typed cotangents; `law` is the name it is reported under.
///
/// # Errors
/// The first entry that is another, or the error of the loop.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [2]| x * x);
/// let (x, seed) = (tlist![Tensor::from([3.0, 4.0])], tlist![Tensor::zero(), Tensor::from([1.0, 1.0])]);
/// let mut tape = compile_tape(&g, &x, &tlist![]);
/// laws::backward_dense_from_eq_of("mine", &tape, &g, &x, &tlist![], &seed)?;
/// tape.set_requires_grad(1, false)?; // its pullback does not run
/// assert!(laws::backward_dense_from_eq_of("mine", &tape, &g, &x, &tlist![], &seed).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn backward_dense_from_eq_of<A, D, G, Ss>(
    law: &'static str,
    tape: &Tape<A>,
    graph: &GraphData<A, D, G, Ss>,
    x: &TList<A, G>,
    d: &D,
    seed: &TList<A, Values<G, Ss>>,
) -> Result<(), Counterexample>
where
    A: Semiring,
    D: Environment,
    G: Context,
    Ss: Computed,
{
    let typed = graph.backprop_all(x, d, seed).to_any_list();
    match tape.backward_dense_from(seed.to_any_list()) {
        Ok(erased) => all_identical_at(law, on_tape(tape), &typed, &erased),
        Err(error) => Err(Counterexample::new(law, "the tape", "cotangents", error)),
    }
}
