//! Proof of one op, in one line of a test.

use super::Proof;
use super::alone::show_alone;
use super::environments::{all_or_some, computes_labels};
use crate::counterexample::Counterexample;
use crate::graph::nodes::level_of;
use crate::handle::GraphId;
use crate::op::{Call, Inputs, Op, Recorded, Surroundings, Vars};
use crate::program::Function;
use crate::tensor::Dims;

/// Shows that the rules of an op are right at some input shapes: its JVP is the derivative of its value, and its VJP the
/// adjoint of its JVP. For an op that reads no environment; [`prove`](super::prove) takes a graph around one that does.
///
/// # Errors
/// The first law that does not hold: its name, the entry, and the two terms.
///
/// ```
/// use cotangent::op::MatMul;
/// use cotangent::prelude::*;
/// let proof = cotangent::prove::prove_op::<(shape![2, 3], shape![3, 2])>(MatMul)?;
/// assert_eq!(proof.algebras(), "every commutative semiring");
/// # Ok::<(), Counterexample>(())
/// ```
pub fn prove_op<In: Inputs>(op: impl Op<In>) -> Result<Proof, Counterexample> {
    fn named<In: Inputs, O: Op<In>>(_op: &O) -> &'static str {
        O::NAME
    }
    let name = named(&op);
    let surroundings = Surroundings {
        owners: [GraphId::new(name)].into(),
        place: 0,
    };
    let call = Call::new(op, In::Vars::starting_at(GraphId::NOBODY, 0));
    let function = Recorded::of(&call, &surroundings).function;
    let place = format!("`{name}`");
    let again = Recorded::of(&call, &surroundings).function;
    let (first, second) = (text(&function), text(&again));
    if first != second {
        let law = "an op records one program";
        return Err(Counterexample::new(law, place, first, second));
    }
    let computed = computes_labels(&function);
    let drawn = all_or_some(&[], Vec::new(), computed);
    let tried = show_alone(&function, &place, &[], &drawn, true)?;
    Proof {
        graph: name.to_owned(),
        inputs: In::DIMS.iter().map(|dims| Dims::new(dims)).collect(),
        laws: vec!["jvp_is_the_derivative", "adjointness"],
        identities: tried.shown.identities,
        level: level_of(&function),
        environments: drawn.of(&tried),
        drawn: computed,
        method: tried.shown.method,
        conditions: tried.shown.conditions.texts(),
    }
    .of_something()
}

/// All that was recorded: the value, and the rules that are written.
fn text(function: &Function) -> String {
    let rule = function.rule().into_iter();
    let rule = rule.flat_map(|rule| [rule.jvp.to_string(), rule.vjp.to_string()]);
    [function.body().to_string()]
        .into_iter()
        .chain(rule)
        .collect()
}
