//! Laws of the reverse pass: it is the adjoint of the forward one, and the tape's loop is it.

use super::compare::{all_identical_at, on_tape, same_count, same_scalar};
use crate::context::Context;
use crate::counterexample::Counterexample;
use crate::env::{Environment, Given};
use crate::graph::nodes::Nodes;
use crate::graph::steps::Entries;
use crate::graph::{AllValues, Body, GraphData};
use crate::lean::certified::Graph;
use crate::lean::link::{compile, compile_data};
use crate::lean::tape::Tape;
use crate::scalar::{Sample, Semiring};
use crate::tensor::dot;
use crate::tensor::{AnyTensor, Dims};

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
/// laws::backprop_correct(&g, &x, &dx, (), &seed)?;
/// # Ok::<(), Counterexample>(())
/// ```
pub fn backprop_correct<A, D, G, Ss>(
    graph: &GraphData<A, D, G, Ss>,
    x: impl Given<A, G>,
    dx: impl Given<A, G>,
    env: impl Given<A, D>,
    seed: &Ss::All<A, G>,
) -> Result<(), Counterexample>
where
    A: Sample,
    D: Environment,
    G: Context,
    Ss: Body,
{
    let (x, dx, seed) = (x.tensors(), dx.tensors(), seed.erased());
    adjoint(
        &graph.nodes,
        &x,
        &dx,
        &Entries::of(&graph.nodes, env),
        &seed,
    )
}

/// The same, of a graph whose types are forgotten.
pub(crate) fn adjoint<A: Sample>(
    nodes: &Nodes,
    x: &[AnyTensor<A>],
    dx: &[AnyTensor<A>],
    d: &Entries<A>,
    seed: &[AnyTensor<A>],
) -> Result<(), Counterexample> {
    const LAW: &str = "backprop_correct";
    let values = nodes.eval(x.to_vec(), d);
    demand_seeds(LAW, &values, seed)?;
    let forward = dot(&nodes.jvp(&values, dx.to_vec(), d), seed);
    let cotangents = nodes.backprop_all(&values, seed.to_vec(), d);
    let reverse = dot(dx, &cotangents[..nodes.inputs]);
    same_scalar(LAW, "the whole graph", &forward, &reverse)
}

/// A seed for each value, of its dims.
fn demand_seeds<A: Semiring>(
    law: &'static str,
    values: &[AnyTensor<A>],
    seed: &[AnyTensor<A>],
) -> Result<(), Counterexample> {
    same_count(law, "the number of seeds", values.len(), seed.len())?;
    let dims = |x: &AnyTensor<A>| -> Dims { x.dims().clone() };
    for (i, (value, seed)) in values.iter().zip(seed).enumerate() {
        if value.dims() != seed.dims() {
            let place = format!("the seed of value {i}");
            return Err(Counterexample::new(law, place, dims(value), dims(seed)));
        }
    }
    Ok(())
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
/// laws::backward_dense_from_compile_data_eq_backprop_all(&g, &x, (), &seed)?;
/// # Ok::<(), Counterexample>(())
/// ```
pub fn backward_dense_from_compile_data_eq_backprop_all<A, D, G, Ss>(
    graph: &GraphData<A, D, G, Ss>,
    x: impl Given<A, G>,
    env: impl Given<A, D>,
    seed: &Ss::All<A, G>,
) -> Result<(), Counterexample>
where
    A: Semiring,
    D: Environment,
    G: Context,
    Ss: Body,
{
    let law = "backward_dense_from_compile_data_eq_backprop_all";
    backward_dense_from_eq_of(law, &compile_data(graph, x, env).0, graph, x, env, seed)
}

/// The same for a certified graph. Lean's `backwardDenseFrom_compileAux_eq_backpropAllCtx`.
///
/// # Errors
/// The first entry that is another, or the error of the loop.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [2]| x * x).certify()?;
/// let seed = tlist![Tensor::from([5.0, 6.0]), Tensor::from([7.0, 8.0])];
/// let x = tlist![Tensor::from([3.0, 4.0])];
/// laws::backward_dense_from_compile_eq_backprop_all(&g, &x, (), &seed)?;
/// # Ok::<(), Counterexample>(())
/// ```
pub fn backward_dense_from_compile_eq_backprop_all<A, D, G, Ss>(
    graph: &Graph<A, D, G, Ss>,
    x: impl Given<A, G>,
    env: impl Given<A, D>,
    seed: &Ss::All<A, G>,
) -> Result<(), Counterexample>
where
    A: Semiring,
    D: Environment,
    G: Context,
    Ss: Body,
{
    let law = "backward_dense_from_compile_eq_backprop_all";
    backward_dense_from_eq_of(law, &compile(graph, x, env).0, graph, x, env, seed)
}

/// A tape whose reverse loop should give the typed cotangents; `law` is the name it is reported under.
///
/// # Errors
/// The first entry that is another, or the error of the loop.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [2]| x * x);
/// let (x, seed) = (tlist![Tensor::from([3.0, 4.0])], tlist![Tensor::zeros(), Tensor::from([1.0, 1.0])]);
/// let mut tape = compile_tape(&g, &x, ());
/// laws::backward_dense_from_eq_of("mine", &tape, &g, &x, (), &seed)?;
/// tape.set_requires_grad(1, false)?; // its pullback does not run
/// assert!(laws::backward_dense_from_eq_of("mine", &tape, &g, &x, (), &seed).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn backward_dense_from_eq_of<A, D, G, Ss>(
    law: &'static str,
    tape: &Tape<A>,
    graph: &GraphData<A, D, G, Ss>,
    x: impl Given<A, G>,
    env: impl Given<A, D>,
    seed: &Ss::All<A, G>,
) -> Result<(), Counterexample>
where
    A: Semiring,
    D: Environment,
    G: Context,
    Ss: Body,
{
    let d = Entries::of(&graph.nodes, env);
    reverse_loop(law, tape, &graph.nodes, x.tensors(), &d, &seed.erased())
}

/// The same, of a graph whose types are forgotten.
pub(crate) fn reverse_loop<A: Semiring>(
    law: &'static str,
    tape: &Tape<A>,
    nodes: &Nodes,
    x: Vec<AnyTensor<A>>,
    d: &Entries<A>,
    seed: &[AnyTensor<A>],
) -> Result<(), Counterexample> {
    let values = nodes.eval(x, d);
    demand_seeds(law, &values, seed)?;
    let typed = nodes.backprop_all(&values, seed.to_vec(), d);
    match tape.backward_dense_from(seed.to_vec()) {
        Ok(erased) => all_identical_at(law, on_tape(tape), &typed, &erased),
        Err(error) => Err(Counterexample::new(law, "the tape", "cotangents", error)),
    }
}
