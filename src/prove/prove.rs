//! Proof by evaluation: a graph is run on indeterminates, and the two sides of each law have one normal form.

use super::Proof;
use super::alone::show_alone;
use super::chosen::Chosen;
use super::conditions::Conditions;
use super::environments::{Drawn, Tried, all_or_some, no_environment};
use super::equations::{self, Equations};
use super::function_laws::{FUEL, POINTS};
use super::loops::{LOOP_LAWS, Run, loops};
use super::method::{Method, Shown};
use super::proof_scalar::{names, variables};
use super::rules_match_parents;
use super::soundness_error;
use super::uses_draws::uses_draws;
use crate::context::Context;
use crate::counterexample::{Counterexample, Verdict};
use crate::env::{Environment, Given};
use crate::graph::nodes::Nodes;
use crate::graph::steps::Entries;
use crate::graph::{Body, GraphData};
use crate::lean::laws::{
    adjoint, all_identical, all_requires_grad_true_of, backward_pids_lt_id_at, eq_program,
    lower_node_backward_of_ne_of, lowered, lowered_backward, nodes_size, reverse_loop,
    values_eq_of,
};
use crate::lean::link::tape_of;
use crate::prove::ProofScalar;
use crate::scalar::{Agreement, Semiring};
use crate::tensor::AnyTensor;

/// The laws that a proof shows, in the order in which it does, but for those of the reverse loops.
const LAWS: [&str; 13] = [
    rules_match_parents::LAW,
    "jvp_is_the_derivative",
    "adjointness",
    "compile_data_ctx_eq_eval",
    "compile_data_values_eq",
    "compile_data_nodes_size",
    "all_requires_grad_true",
    "backward_pids_lt_id",
    "lower_node",
    "lower_node_backward_of_shape",
    "lower_node_backward_of_ne",
    "backward_dense_from_compile_data_eq_backprop_all",
    "backprop_correct",
];

/// How many times the fuel of the other laws those of the loops have. From all nodes together, a loop does what the one that
/// takes a seed for each node does at once, and five loops are compared.
const LOOPS: u64 = 5;

/// Shows that a graph and its tape are right: every JVP is the derivative of its value, every VJP the adjoint of its
/// JVP, the tape holds what the typed graph computes, each of its reverse loops is `backprop_all`, and that is the adjoint
/// of `jvp`.
///
/// The loops that take one output start from every node, or from eight of a graph with more, each with a seed of
/// indeterminates.
///
/// The programs of the graph are run on indeterminates in the free algebra ([`Term`](crate::prove::Term)), and the two sides of each law
/// are compared in normal form. So what is shown holds for every input and over every scalar that has the operations,
/// at these shapes. Where normal forms are too large, the same equations are checked modulo a prime at random points
/// ([`Oracle`](crate::prove::Oracle)); [`Proof::method`] says so, with a bound on the chance that a wrong graph passes.
///
/// Tensors of the environment are indeterminates, too; labels and keys are drawn. Labels that the graph computes, by a
/// comparison or as the place of the largest, are drawn as an environment is, since their derivative is zero, so that each node
/// sees each answer: [`Proof::drawn`] and [`Proof::environments`] say so.
///
/// What it cannot show: that the value is what its name promises (a `matmul` that adds is a right node for a wrong
/// function), that rounding is harmless, other shapes, and the table of derivatives of the scalar functions, which is
/// trusted here and tested against differences in `tests/ops/derivatives.rs`. `stop_gradient` is right by definition.
///
/// # Errors
/// The first law that does not hold: its name, the node and entry, and the two terms. A node made from closures has no
/// program, and is an error too.
///
/// ```
/// use cotangent::prelude::*;
/// graph! { fn layer(x: [2, 2], w: [2, 2]) -> [] { sum(relu(matmul(x, w))) } }
/// let proof = prove(&layer::<f32>())?;
/// assert!(proof.is_exact());
/// println!("{proof}");
/// # Ok::<(), Counterexample>(())
/// ```
pub fn prove<A, D, G, Ss>(graph: &GraphData<A, D, G, Ss>) -> Result<Proof, Counterexample>
where
    D: Environment,
    G: Context,
    Ss: Body,
{
    everywhere(&graph.nodes, Ss::computed(), true)
}

/// [`prove`] at random points modulo the prime only: for shapes whose normal forms are known to be too large.
///
/// # Errors
/// As [`prove`].
///
/// ```
/// use cotangent::prelude::*;
/// graph! { fn layer(x: [32, 64], w: [64, 10]) -> [32, 10] { softmax(matmul(x, w), 1) } }
/// let proof = prove_modulo(&layer::<f32>())?;
/// assert!(matches!(proof.method, cotangent::prove::Method::Modulo { soundness_error, .. } if soundness_error < 1e-18));
/// # Ok::<(), Counterexample>(())
/// ```
pub fn prove_modulo<A, D, G, Ss>(graph: &GraphData<A, D, G, Ss>) -> Result<Proof, Counterexample>
where
    D: Environment,
    G: Context,
    Ss: Body,
{
    everywhere(&graph.nodes, Ss::computed(), false)
}

/// [`prove`] in one environment: with these labels and keys. Its tensors are indeterminates all the same.
///
/// # Errors
/// As [`prove`].
///
/// ```
/// use cotangent::prelude::*;
/// graph! { fn loss(x: [2, 3]; labels: [2] < 3) -> [] { cross_entropy(x, labels) } }
/// let proof = prove_in(&loss::<f64>(), &tlist![Labels::new([0, 2])?])?;
/// assert_eq!(proof.environments, cotangent::prove::Environments::Given);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn prove_in<A, D, G, Ss>(
    graph: &GraphData<A, D, G, Ss>,
    env: impl Given<A, D>,
) -> Result<Proof, Counterexample>
where
    A: Semiring,
    D: Environment,
    G: Context,
    Ss: Body,
{
    let chosen: Vec<Chosen> = env.values().iter().map(Chosen::of).collect();
    let nodes = &graph.nodes;
    let drawn = Drawn::given(
        nodes.entry_types(),
        nodes.read_entries(),
        chosen,
        draws(nodes),
    );
    shown_in(nodes, Ss::computed(), &drawn, true)
}

/// Whether a graph computes labels.
fn draws(nodes: &Nodes) -> bool {
    uses_draws(nodes.program())
}

fn everywhere(
    nodes: &Nodes,
    computed: Option<usize>,
    exact: bool,
) -> Result<Proof, Counterexample> {
    let drawn = all_or_some(nodes.entry_types(), nodes.read_entries(), draws(nodes));
    shown_in(nodes, computed, &drawn, exact)
}

/// The nodes, one after the other, and then the whole graph, each in some environments.
fn shown_in(
    nodes: &Nodes,
    computed: Option<usize>,
    drawn: &Drawn,
    exact: bool,
) -> Result<Proof, Counterexample> {
    rules_match_parents::of_nodes(nodes)?;
    let name = nodes.graph_id.name();
    if drawn.environments.is_empty() {
        return Err(no_environment("prove", name));
    }
    let mut alone = Tried::nothing();
    let functions = nodes.with_functions()?;
    for (node, function) in &functions {
        let (place, slots) = (node.describe(), node.slots());
        alone = alone.and(show_alone(function, &place, &slots, drawn, exact)?);
    }
    for (node, _) in &functions {
        if let Some(function) = node.with_several_results() {
            let (place, slots) = (node.describe(), node.slots());
            alone = alone.and(show_alone(function, &place, &slots, drawn, exact)?);
        }
    }
    // The whole graph runs the rules of its nodes, so it has their conditions, in its own names.
    alone.shown.conditions = Conditions::default();
    // Its normal forms are larger than those of its nodes.
    let exact = exact && alone.shown.method == Method::NormalForms;
    let one = |chosen: &[Chosen], is_exact| whole(nodes, computed, chosen, exact && is_exact);
    let whole = drawn.show(one)?;
    let whole = whole.ok_or_else(|| no_environment("prove", name))?;
    // What it compares, its nodes compare, too, and with each answer.
    let complete = alone.complete;
    let tried = Tried {
        complete,
        ..alone.and(whole)
    };
    Proof {
        graph: name.to_owned(),
        inputs: nodes.input_dims(),
        laws: [&LAWS[..], &LOOP_LAWS].concat(),
        identities: tried.shown.identities,
        level: nodes.level(),
        environments: drawn.of(&tried),
        drawn: drawn.computed,
        method: tried.shown.method,
        conditions: tried.shown.conditions.texts(),
    }
    .of_something()
}

/// The laws of the whole graph: the link, and reverse mode against forward mode.
struct Whole<'w> {
    nodes: &'w Nodes,
    computed: Option<usize>,
    chosen: &'w [Chosen],
}

impl Equations for Whole<'_> {
    fn check<A: ProofScalar>(
        &self,
        rng: &mut fastrand::Rng,
    ) -> Result<Option<usize>, Counterexample> {
        let Some(run) = check::<A>(self.nodes, self.computed, self.chosen, rng)? else {
            return Ok(None);
        };
        match loops(self.nodes, &run) {
            Err(error) if error.verdict == Verdict::Undefined => Ok(None),
            of_loops => Ok(Some(run.identities + of_loops?)),
        }
    }
    fn place(&self) -> String {
        self.nodes.graph_id.name().to_owned()
    }
    fn soundness_error(&self) -> Result<f64, Counterexample> {
        soundness_error::of_graph(self.nodes)
    }
}

fn whole(
    nodes: &Nodes,
    computed: Option<usize>,
    chosen: &[Chosen],
    exact: bool,
) -> Result<Shown, Counterexample> {
    let laws = Whole {
        nodes,
        computed,
        chosen,
    };
    let rng = &mut fastrand::Rng::with_seed(0x3a9e);
    equations::show(&laws, exact.then_some((1 + LOOPS) * FUEL), POINTS, rng)
        .map_err(|error| equations::explained(&laws, error))
}

/// The laws of a whole graph over one scalar; `None` where a value is not defined.
fn check<A: ProofScalar>(
    nodes: &Nodes,
    computed: Option<usize>,
    chosen: &[Chosen],
    rng: &mut fastrand::Rng,
) -> Result<Option<Run<A>>, Counterexample> {
    let context = nodes.context();
    let named: Vec<String> = match context.iter().any(|input| input.name.is_empty()) {
        false => context.iter().map(|input| input.name.to_string()).collect(),
        true => names("x", context.len()),
    };
    let mut list = |prefix: &str| -> Vec<AnyTensor<A>> {
        let tensors = context.iter().zip(&named);
        let tensor =
            tensors.map(|(x, name)| variables(&format!("{prefix}{name}"), x.ty.dims(), rng));
        tensor.collect()
    };
    let (x, dx) = (list(""), list("d"));
    let entries = nodes.entries().iter().zip(chosen).enumerate();
    let entries = entries.map(|(slot, (input, chosen))| {
        let name = match &*input.name {
            "" => format!("e{slot}"),
            name => name.to_owned(),
        };
        chosen.value_or(&name, input.ty.dims(), rng)
    });
    let d = Entries::of_values(entries.collect());
    let values = nodes.eval(x.clone(), &d);
    let seeds = values.iter().enumerate();
    let seed: Vec<AnyTensor<A>> = seeds
        .map(|(i, x)| variables(&format!("s{i}"), x.dims(), rng))
        .collect();

    let tape = tape_of(nodes, x.clone(), &d);
    all_identical("compile_data_ctx_eq_eval", &values, &tape.values())?;
    values_eq_of("compile_data_values_eq", &tape, &values)?;
    let on_tape = tape.values();
    eq_program("compile_data_values_eq", nodes, x.clone(), &d, &on_tape)?;
    nodes_size("compile_data_nodes_size", nodes, computed, &tape)?;
    all_requires_grad_true_of(&tape)?;
    let ones = values
        .iter()
        .map(|x| AnyTensor::full(x.dims().clone(), A::one()));
    backward_pids_lt_id_at(&tape, &ones.collect::<Vec<_>>())?;
    backward_pids_lt_id_at(&tape, &seed)?;
    lowered(&tape, nodes)?;
    lowered_backward(&tape, nodes, &values, &d, |id| vec![seed[id].clone()])?;
    lower_node_backward_of_ne_of(&tape, nodes.inputs)?;
    let law = "backward_dense_from_compile_data_eq_backprop_all";
    reverse_loop(law, &tape, nodes, x.clone(), &d, &seed)?;
    let undefined = |x: &A| x.agreement(x) == Agreement::Undefined;
    if values.iter().any(|x| x.as_slice().iter().any(undefined)) {
        return Ok(None);
    }
    match adjoint(nodes, &x, &dx, &d, &seed) {
        Err(error) if error.verdict == Verdict::Undefined => return Ok(None),
        result => result?,
    }
    // Each value three times, each cotangent once, and adjointness for each element of an input.
    let all: usize = values.iter().map(|x| x.as_slice().len()).sum();
    let inputs: usize = context.iter().map(|x| x.ty.dims().count()).sum();
    Ok(Some(Run {
        tape,
        values,
        d,
        dx,
        seed,
        identities: 4 * all + inputs,
    }))
}
