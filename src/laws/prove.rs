//! Proof by evaluation: a graph is run on indeterminates, and the two sides of each law have one normal form.

use super::{
    Counterexample, Proof, all_requires_grad_true, backprop_correct,
    backward_dense_from_compile_data_eq_backprop_all, backward_pids_lt_id,
    compile_data_ctx_eq_eval, compile_data_nodes_size, compile_data_values_eq, typed_list,
};
use crate::context::{Computed, Context, TList, Values};
use crate::env::{Draw, Environment};
use crate::graph::Method;
use crate::graph::identities::{FUEL, POINTS, Shown, at_points, show, variables};
use crate::graph::{GraphData, false_pass, identities};
use crate::scalar::term::with_fuel;
use crate::scalar::{Agreement, Oracle, Subject, Term};

/// The laws that a proof shows, in the order in which it does.
const LAWS: [&str; 9] = [
    "jvp_is_the_derivative",
    "adjointness",
    "compile_data_ctx_eq_eval",
    "compile_data_values_eq",
    "compile_data_nodes_size",
    "all_requires_grad_true",
    "backward_pids_lt_id",
    "backward_dense_from_compile_data_eq_backprop_all",
    "backprop_correct",
];

/// In how many environments a proof tries to show the laws: all of them if there are at most so many.
const ENVIRONMENTS: usize = 32;

/// In how many where the normal forms are too large.
const LARGE_ENVIRONMENTS: usize = 4;

/// Shows that a graph and its tape are right: every JVP is the derivative of its value, every VJP the adjoint of its
/// JVP, the tape holds what the typed graph computes, its reverse loop is `backprop_all`, and that is the adjoint of
/// `jvp`.
///
/// The programs of the graph are run on indeterminates in the free algebra ([`Term`]), and the two sides of each law
/// are compared in normal form. So what is shown holds for every input and over every scalar that has the operations,
/// at these shapes. Where normal forms are too large, the same equations are checked modulo a prime at random points
/// ([`Oracle`]); [`Proof::method`] says so, with a bound on the chance that a wrong graph passes.
///
/// What it cannot show: that the value is what its name promises (a `matmul` that adds is a right node for a wrong
/// function), that rounding is harmless, other shapes, and the table of derivatives of the scalar functions, which is
/// trusted here and tested against differences in `tests/derivatives.rs`. `stop_gradient` is right by definition.
///
/// # Errors
/// The first law that does not hold: its name, the node and entry, and the two terms. A node made from closures has no
/// program, and is an error too.
///
/// ```
/// use cotangent::prelude::*;
/// graph! { fn layer(x: [2, 2], w: [2, 2]) -> [] { sum(relu(matmul(x, w))) } }
/// let proof = laws::prove(&layer::<f32>())?;
/// assert!(proof.is_exact());
/// println!("{proof}");
/// # Ok::<(), Counterexample>(())
/// ```
pub fn prove<A, D, G, Ss>(graph: &GraphData<A, D, G, Ss>) -> Result<Proof, Counterexample>
where
    D: Draw,
    G: Context,
    Ss: Computed,
{
    everywhere(graph, true)
}

/// [`prove`] at random points modulo the prime only: for shapes whose normal forms are known to be too large.
///
/// # Errors
/// As [`prove`].
///
/// ```
/// use cotangent::prelude::*;
/// graph! { fn layer(x: [32, 64], w: [64, 10]) -> [32, 10] { softmax(matmul(x, w), { Axis::<1> }) } }
/// let proof = laws::prove_modulo(&layer::<f32>())?;
/// assert!(matches!(proof.method, laws::Method::Modulo { false_pass, .. } if false_pass < 1e-18));
/// # Ok::<(), Counterexample>(())
/// ```
pub fn prove_modulo<A, D, G, Ss>(graph: &GraphData<A, D, G, Ss>) -> Result<Proof, Counterexample>
where
    D: Draw,
    G: Context,
    Ss: Computed,
{
    everywhere(graph, false)
}

/// [`prove`] in one environment.
///
/// # Errors
/// As [`prove`].
///
/// ```
/// use cotangent::prelude::*;
/// graph! { fn loss(x: [2, 3]; labels: [2] < 3) -> [] { cross_entropy(x, labels) } }
/// let proof = laws::prove_in(&loss::<f64>(), &tlist![Labels::new([0, 2])?])?;
/// assert_eq!((proof.environments, proof.all_environments), (1, false));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn prove_in<A, D, G, Ss>(graph: &GraphData<A, D, G, Ss>, d: &D) -> Result<Proof, Counterexample>
where
    D: Environment,
    G: Context,
    Ss: Computed,
{
    let shown = in_one(graph, d, true)?;
    Ok(proof(graph, shown, 1, false))
}

fn everywhere<A, D, G, Ss>(
    graph: &GraphData<A, D, G, Ss>,
    exact: bool,
) -> Result<Proof, Counterexample>
where
    D: Draw,
    G: Context,
    Ss: Computed,
{
    let (environments, all) = match D::all(ENVIRONMENTS) {
        Some(all) => (all, true),
        None => {
            let rng = &mut fastrand::Rng::with_seed(0xe27);
            let draw = |_| D::draw(&mut |below| rng.usize(..below));
            ((0..ENVIRONMENTS).filter_map(draw).collect(), false)
        }
    };
    let (mut total, mut tried): (Option<Shown>, usize) = (None, 0);
    for d in &environments {
        let shown = in_one(graph, d, exact)?;
        tried += 1;
        let total = total.insert(match total {
            None => shown,
            Some(total) => total.and(shown),
        });
        // Each environment of a large graph has random points of its own.
        if total.method != Method::NormalForms && tried == LARGE_ENVIRONMENTS {
            break;
        }
    }
    match total {
        Some(shown) => {
            let all = all && tried == environments.len();
            Ok(proof(graph, shown, tried, all))
        }
        None => {
            let got = "none: there is a label, and it has no class";
            Err(Counterexample::new(
                "prove",
                graph.owner().name(),
                "an environment",
                got,
            ))
        }
    }
}

fn proof<A, D, G, Ss>(
    graph: &GraphData<A, D, G, Ss>,
    shown: Shown,
    environments: usize,
    all_environments: bool,
) -> Proof {
    Proof {
        graph: graph.nodes.owner.name().to_owned(),
        inputs: graph.nodes.input_dims(),
        laws: LAWS.to_vec(),
        identities: shown.identities,
        level: graph.nodes.level(),
        environments,
        all_environments,
        method: shown.method,
    }
}

/// Node by node, then the whole graph, in one environment.
fn in_one<A, D, G, Ss>(
    graph: &GraphData<A, D, G, Ss>,
    d: &D,
    exact: bool,
) -> Result<Shown, Counterexample>
where
    D: Environment,
    G: Context,
    Ss: Computed,
{
    let mut total = Shown {
        identities: 0,
        method: Method::NormalForms,
    };
    for (node, function) in graph.nodes.with_functions()? {
        total = total.and(show(&function, &node.describe(), &node.slots(), d, exact)?);
    }
    Ok(total.and(whole(graph, d, exact)?))
}

/// The laws of the whole graph: the link, and reverse mode against forward mode.
fn whole<A, D, G, Ss>(
    graph: &GraphData<A, D, G, Ss>,
    d: &D,
    exact: bool,
) -> Result<Shown, Counterexample>
where
    D: Environment,
    G: Context,
    Ss: Computed,
{
    let rng = &mut fastrand::Rng::with_seed(0x3a9e);
    if exact {
        let terms = graph.over::<Term>()?;
        let exactly = with_fuel(FUEL, || check::<Term, _, _, _>(&terms, d, rng));
        if let Ok(result) = exactly
            && let Some(identities) = result?
        {
            let method = Method::NormalForms;
            return Ok(Shown { identities, method });
        }
    }
    let numbers = graph.over::<Oracle>()?;
    let name = graph.nodes.owner.name();
    let identities = at_points(name, || check::<Oracle, _, _, _>(&numbers, d, rng))?;
    let points = POINTS;
    let false_pass = false_pass::of_graph(&graph.nodes)?.powi(points as i32);
    let method = Method::Modulo { points, false_pass };
    Ok(Shown { identities, method })
}

/// The laws of a whole graph over one scalar; `None` where a value is not defined.
fn check<A, D, G, Ss>(
    graph: &GraphData<A, D, G, Ss>,
    d: &D,
    rng: &mut fastrand::Rng,
) -> Result<Option<usize>, Counterexample>
where
    A: Subject,
    D: Environment,
    G: Context,
    Ss: Computed,
{
    let context = graph.nodes.context();
    let named = match context.iter().any(|input| input.name.is_empty()) {
        false => context.iter().map(|input| input.name.to_string()).collect(),
        true => identities::names("x", context.len()),
    };
    let mut list = |prefix: &str| -> TList<A, G> {
        let tensors = context.iter().zip(&named);
        typed_list(tensors.map(|(x, name)| variables(&format!("{prefix}{name}"), x.ty.dims(), rng)))
    };
    let (x, dx) = (list(""), list("d"));
    let values = graph.eval(&x, d).to_any_list();
    let seeds = values.iter().enumerate();
    let seed: TList<A, Values<G, Ss>> =
        typed_list(seeds.map(|(i, x)| variables(&format!("s{i}"), x.dims(), rng)));

    compile_data_ctx_eq_eval(graph, &x, d)?;
    compile_data_values_eq(graph, &x, d)?;
    compile_data_nodes_size(graph, &x, d)?;
    all_requires_grad_true(graph, &x, d)?;
    backward_pids_lt_id(graph, &x, d)?;
    backward_dense_from_compile_data_eq_backprop_all(graph, &x, d, &seed)?;
    let undefined = |x: &A| x.agreement(x) == Agreement::Undefined;
    if values.iter().any(|x| x.as_slice().iter().any(undefined)) {
        return Ok(None);
    }
    backprop_correct(graph, &x, &dx, d, &seed)?;
    // Each value twice, each cotangent once, and adjointness for each element of an input.
    let all: usize = values.iter().map(|x| x.as_slice().len()).sum();
    let inputs: usize = context.iter().map(|x| x.ty.dims().count()).sum();
    Ok(Some(3 * all + inputs))
}
