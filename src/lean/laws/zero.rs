//! Zero preservation: what makes it right to skip the nodes that are not reached.

use super::compare::all_identical_at;
use crate::context::Context;
use crate::counterexample::Counterexample;
use crate::env::{Environment, Given};
use crate::graph::GraphData;
use crate::lean::link::compile_tape;
use crate::lean::tape::Tape;
use crate::scalar::Semiring;

/// Every pullback of a compiled tape takes the zero cotangent to zeros. Lean's `lowerGraphToTape_zeroPreserving`.
///
/// It is the premise under which the loops that skip what is not reached (`backward`, `backward_dense`,
/// `backward_dense_all`, `backward_scalar`) and the one that runs every pullback (`backward_dense_from`) agree. Lean
/// derives it from adjointness in a commutative semiring. Floats are none: where a primal is infinite, zero times it is
/// NaN, the law fails, and the loops may differ.
///
/// # Errors
/// The first node whose pullback fails or makes something else of zeros.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [1]| sum(log(x)));
/// laws::zero_preserving(&g, &tlist![Tensor::from([2.0])], ())?;
/// // The derivative of the logarithm at 0 is infinite, and 0 * inf is NaN.
/// let found = laws::zero_preserving(&g, &tlist![Tensor::from([0.0])], ()).unwrap_err();
/// assert_eq!(found.got, "NaN");
/// # Ok::<(), Counterexample>(())
/// ```
pub fn zero_preserving<A, D, G, Ss>(
    graph: &GraphData<A, D, G, Ss>,
    x: impl Given<A, G>,
    env: impl Given<A, D>,
) -> Result<(), Counterexample>
where
    A: Semiring,
    D: Environment,
    G: Context,
{
    zero_preserving_of(&compile_tape(graph, x, env))
}

/// [`zero_preserving`] for a tape. Lean's `ZeroPreserving`.
///
/// # Errors
/// As [`zero_preserving`]; also a contribution to no node, or of other dims than its parent.
///
/// ```
/// use cotangent::prelude::*;
/// let one = || AnyTensor::scalar(1.0);
/// let mut tape = Tape::empty();
/// tape.add_node(TapeNode::leaf(one()));
/// // An affine pullback: 1 for a cotangent of 0.
/// tape.add_node(TapeNode::new("y", "op", one(), vec![0], move |dy| Ok(vec![(0, dy.add(&one()).unwrap())])));
/// let found = laws::zero_preserving_of(&tape).unwrap_err();
/// assert_eq!((found.law, found.expected.as_str(), found.got.as_str()), ("zero_preserving", "0", "1"));
/// ```
pub fn zero_preserving_of<A: Semiring>(tape: &Tape<A>) -> Result<(), Counterexample> {
    const LAW: &str = "zero_preserving";
    for (id, node) in tape.nodes().iter().enumerate() {
        if !node.requires_grad {
            continue;
        }
        let wrong = |expected: &str, got: &dyn std::fmt::Display| {
            Err(Counterexample::new(LAW, node.describe(id), expected, got))
        };
        let contributions = match node.backward(&node.zero_cotangent()) {
            Ok(contributions) => contributions,
            Err(error) => return wrong("zeros for zeros", &error),
        };
        for (parent, contribution) in contributions {
            let Some(of) = tape.get_node(parent) else {
                return wrong("contributions to nodes", &format!("one to node {parent}"));
            };
            let place = |_| {
                let (node, parent) = (node.describe(id), of.describe(parent));
                format!("the contribution of {node} to {parent}")
            };
            all_identical_at(LAW, place, &[of.zero_cotangent()], &[contribution])?;
        }
    }
    Ok(())
}
