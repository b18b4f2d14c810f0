//! Proof of second derivatives: the gradient graph is the gradient, and its own derivatives are the Hessian.

use super::Proof;
use super::environments::{all_or_some, no_environment};
use super::second_derivatives::{GRADIENT, SECOND, SYMMETRIC, Second};
use super::uses_draws::uses_draws;
use crate::context::Context;
use crate::counterexample::Counterexample;
use crate::env::Environment;
use crate::graph::{Computes, GraphData};
use crate::program::{Program, prune};
use crate::scalar::Semiring;
use crate::shape::ScalarShape;

/// The laws that a proof shows.
const LAWS: [&str; 3] = [GRADIENT, SYMMETRIC, SECOND];

/// Shows that the [gradient](GraphData::gradient) of a graph is its gradient, and that the derivatives of that graph are the
/// Hessian:
///
/// - `gradient_is_the_derivative`: each element is the derivative of the first result along it, by dual numbers;
/// - `forward_over_reverse_eq_reverse_over_reverse`: for a direction `v`, the JVP of the gradient along `v` is its VJP at `v`;
/// - `hessian_is_the_second_derivative`: that is the second derivative of the graph, by dual numbers of dual numbers.
///
/// The inputs and the directions are indeterminates, so all elements are shown at once. Dual numbers run through the value
/// of the graph alone: no rule of an op takes part in that side of the first and the last law. A rule that is right, and is
/// stopped or wrong when it is differentiated again, is refused by the last. How it is shown, and for which environments, is
/// as in [`prove`](super::prove); that the rules of each op are right to first order is shown there, too.
///
/// # Errors
/// The first law that does not hold: its name, the element, and the two terms. A node made from closures has no program, and
/// is an error too.
///
/// ```
/// use cotangent::prelude::*;
/// let g: GraphData<f64, _, _, _> = graph!(|x: [1, 2], w: [2, 2]| sum(tanh(matmul(x, w))));
/// let proof = prove_gradient(&g)?;
/// assert!(proof.is_exact());
/// assert_eq!(proof.laws[2], "hessian_is_the_second_derivative");
/// # Ok::<(), Counterexample>(())
/// ```
pub fn prove_gradient<A, D, G, Ss>(graph: &GraphData<A, D, G, Ss>) -> Result<Proof, Counterexample>
where
    A: Semiring,
    D: Environment,
    G: Context,
    Ss: Computes,
    Ss::First: ScalarShape,
{
    let name = graph.nodes.graph_id.name();
    let none = |error| Counterexample::new(GRADIENT, name, "a program", error);
    let value = graph.program().map_err(none)?;
    let gradient = graph.gradient().program().map_err(none)?;
    prove_gradient_of(&value, &gradient)
        .map(|proof| Proof {
            graph: name.to_owned(),
            ..proof
        })
        .map_err(|mut error| {
            error.place = format!("{} of `{name}`", error.place);
            error
        })
}

/// [`prove_gradient`] of a gradient that was made elsewhere: of the first output of a program, for as many of its first inputs
/// as the gradient has outputs.
///
/// # Errors
/// As [`prove_gradient`].
///
/// ```
/// use cotangent::program::Program;
/// use cotangent::prove::prove_gradient_of;
/// let program = |line: &str| format!("cotangent program 1\n%0: []\n{line}\n").parse::<Program>();
/// let square = program("%1 [] = mul %0 %0\nreturn %1")?;
/// assert!(prove_gradient_of(&square, &program("%1 [] = scale(2) %0\nreturn %1")?).is_ok());
/// assert!(prove_gradient_of(&square, &program("%1 [] = scale(3) %0\nreturn %1")?).is_err());
/// // Right, but no longer a gradient that can be differentiated.
/// let stopped = program("%1 [] = scale(2) %0\n%2 [] = stop %1\nreturn %2")?;
/// assert_eq!(prove_gradient_of(&square, &stopped).unwrap_err().law, "hessian_is_the_second_derivative");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn prove_gradient_of(value: &Program, gradient: &Program) -> Result<Proof, Counterexample> {
    let second = Second::of(value, gradient)?;
    let programs = [value, gradient];
    let derived = [&second.jvp.program, &second.vjp.backward];
    let computed = programs.into_iter().chain(derived).any(uses_draws);
    let entries = &value.input_types()[second.inputs..];
    let read = programs.map(|program| prune(program).read_inputs());
    let read =
        (second.inputs..value.inputs().len()).map(|input| read.iter().any(|read| read[input]));
    let drawn = all_or_some(entries, read.collect(), computed);
    let tried = drawn.show(|chosen, exact| second.shown(chosen, exact))?;
    let tried = tried.ok_or_else(|| no_environment(GRADIENT, "the gradient"))?;
    let shown = &tried.shown;
    if shown.identities == 0 {
        let expected = "an element to differentiate by";
        let got = "none: nothing would be shown";
        return Err(Counterexample::new(GRADIENT, "the gradient", expected, got));
    }
    let inputs = value.input_types()[..second.inputs].iter();
    Ok(Proof {
        graph: "program".to_owned(),
        inputs: inputs.map(|ty| ty.dims().clone()).collect(),
        laws: LAWS.to_vec(),
        identities: shown.identities,
        level: second.jvp.program.level().max(second.vjp.backward.level()),
        environments: drawn.of(&tried),
        drawn: computed,
        method: shown.method,
        conditions: shown.conditions.texts(),
    })
}
