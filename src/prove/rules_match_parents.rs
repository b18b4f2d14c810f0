//! That the rules of a node take and give what its parents and its value are, before anything is run.

use crate::counterexample::Counterexample;
use crate::graph::GraphData;
use crate::graph::node::{Argument, Node};
use crate::graph::nodes::Nodes;
use crate::program::{Function, Program, Rule, takes};
use crate::tensor::{Dims, Type};

/// The name of the law.
pub(super) const LAW: &str = "rules_match_parents";

/// The rules of each node are about its parents, the tensors of the graph that it takes: its JVP takes a tangent for each of
/// them and gives one of its value, its VJP takes one cotangent and gives one for each of them, in their order and of their
/// dims. Tensors of the environment have neither. In the Lean file the types of a node say so.
///
/// ```text
/// JVP: x… y dx… -> dy        VJP: x… y dy -> dx…        x of the arguments, dx of the parents
/// ```
///
/// # Errors
/// The first node with another rule, or one made from closures: Rust's types say what those take.
///
/// ```
/// use cotangent::prelude::*;
/// let g: GraphData<f64, _, _, _> = graph!(|w: [3]; x: [2, 3]| sum(x * w));
/// cotangent::prove::rules_match_parents(&g)?;
/// # Ok::<(), Counterexample>(())
/// ```
pub fn rules_match_parents<A, D, G, Ss>(
    graph: &GraphData<A, D, G, Ss>,
) -> Result<(), Counterexample> {
    of_nodes(&graph.nodes)
}

/// [`rules_match_parents`] of a rule that was made elsewhere, for a function of which some arguments are parents.
///
/// # Errors
/// As [`rules_match_parents`].
///
/// ```
/// use cotangent::program::{Function, Rule, rule_of};
/// use cotangent::prove::rules_match_parents_of;
/// let product = Function::new("product", "cotangent program 1\n%0: [2]\n%1: [2]\n%2 [2] = mul %0 %1\nreturn %2\n".parse()?, None);
/// let rule = rule_of(&product)?;
/// assert!(rules_match_parents_of(&product, &[true, true], &rule).is_ok());
/// // The second is data: nobody gives its tangent.
/// let found = rules_match_parents_of(&product, &[true, false], &rule).unwrap_err();
/// assert_eq!(found.place, "the JVP of product");
/// assert_eq!(found.expected, "[2], [2], [2], [2] -> [2]");
/// assert_eq!(found.got, "[2], [2], [2], [2], [2] -> [2]");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn rules_match_parents_of(
    function: &Function,
    is_parent: &[bool],
    rule: &Rule,
) -> Result<(), Counterexample> {
    let rules = [&rule.jvp, &rule.vjp];
    match_parents(function.name(), function, is_parent, rules)
}

/// The same, of a graph whose types are forgotten.
pub(super) fn of_nodes(nodes: &Nodes) -> Result<(), Counterexample> {
    let all = nodes.with_functions()?;
    let inputs = nodes.input_dims();
    let values: Vec<&Dims> = inputs
        .iter()
        .chain(all.iter().map(|(node, _)| node.dims))
        .collect();
    all.iter()
        .try_for_each(|(node, function)| of_node(node, function, &values))
}

fn of_node(node: &Node<'_>, function: &Function, values: &[&Dims]) -> Result<(), Counterexample> {
    let arguments = node.arguments();
    let is_parent = |argument: &Argument| matches!(argument, Argument::Value(_));
    let is_parent: Vec<bool> = arguments.iter().map(is_parent).collect();
    // What the function calls a parent is one.
    let types = function.body().input_types().iter();
    for (argument, ty) in arguments.iter().zip(types) {
        if let Argument::Value(id) = *argument
            && values.get(id).is_none_or(|dims| *dims != ty.dims())
        {
            let place = format!("{}, its parent {id}", node.describe());
            let got = values
                .get(id)
                .map_or("none".to_owned(), ToString::to_string);
            return Err(Counterexample::new(LAW, place, ty.dims(), got));
        }
    }
    let rules = node.rules();
    match rules.programs.as_slice() {
        [jvp, vjp] => match_parents(&node.describe(), function, &is_parent, [jvp, vjp]),
        programs => {
            let got = programs.len();
            Err(Counterexample::new(LAW, node.describe(), "two rules", got))
        }
    }
}

fn match_parents(
    place: &str,
    function: &Function,
    is_parent: &[bool],
    [jvp, vjp]: [&Program; 2],
) -> Result<(), Counterexample> {
    let (x, y) = (
        function.body().input_types(),
        function.body().output_types(),
    );
    if x.len() != is_parent.len() {
        let place = format!("the arguments of {place}");
        return Err(Counterexample::new(LAW, place, x.len(), is_parent.len()));
    }
    let scalar = |ty: &&Type| ty.is_scalar();
    let dy: Vec<Type> = y.iter().filter(scalar).cloned().collect();
    let parents = x.iter().zip(is_parent).filter(|(_, parent)| **parent);
    let dx: Vec<Type> = parents.map(|(ty, _)| ty).filter(scalar).cloned().collect();
    let primals = [x, y.as_slice()].concat();
    for (name, program, changes, results) in [("JVP", jvp, &dx, &dy), ("VJP", vjp, &dy, &dx)] {
        let expected = [primals.as_slice(), changes].concat();
        let (inputs, outputs) = (program.input_types(), program.output_types());
        let fits = inputs.len() == expected.len()
            && inputs.iter().zip(&expected).all(|(ty, x)| takes(ty, x));
        if !fits || outputs != *results {
            let place = format!("the {name} of {place}");
            let [expected, got] =
                [(expected.as_slice(), results), (inputs, &outputs)].map(signature);
            return Err(Counterexample::new(LAW, place, expected, got));
        }
    }
    Ok(())
}

/// `[2], [3] -> [2]`.
fn signature((inputs, outputs): (&[Type], &Vec<Type>)) -> String {
    let list = |types: &[Type]| {
        let types: Vec<_> = types.iter().map(ToString::to_string).collect();
        types.join(", ")
    };
    format!("{} -> {}", list(inputs), list(outputs))
}
