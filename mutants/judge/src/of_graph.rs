//! All laws of a graph.

use crate::{Judge, passes};
use cotangent::context::Context;
use cotangent::env::Given;
use cotangent::graph::{AllValues, Body};
use cotangent::prelude::*;
use cotangent::prove::{
    agrees_with_differences, anywhere, draws_are_apart, rules_match_parents,
    singles_agree_with_doubles,
};
use cotangent::scalar::Sample;
use fastrand::Rng;

fn tensor(dims: &[usize], domain: fn(f64) -> f64, rng: &mut Rng) -> AnyTensor<f64> {
    let count = dims.iter().product();
    let data = (0..count).map(|_| domain(f64::sample(rng))).collect();
    AnyTensor::new(dims, data).expect("as many as the dims say")
}

/// A random list over a context.
pub fn random_list<G: Context>(domain: fn(f64) -> f64, rng: &mut Rng) -> TList<f64, G> {
    let dims = G::dims();
    let all = dims.iter().map(|dims| tensor(dims, domain, rng));
    TensorList::from_any_list(all.collect::<Vec<_>>()).expect("the dims of the context")
}

/// The proofs of a graph, its laws at random values, and those of it over floats.
pub fn check<D: Environment, G: Context, Ss: Body>(
    judge: &mut Judge,
    name: &str,
    g: &GraphData<f64, D, G, Ss>,
    env: impl Given<f64, D>,
    domain: fn(f64) -> f64,
) {
    proofs(judge, name, g);
    judge.demand(name, || prove_in(g, env));
    judge.demand(name, || agrees_with_differences(g, domain));
    judge.demand(name, || singles_agree_with_doubles(g, domain));
    at_values(judge, name, g, env, domain);
    passes::check(judge, name, g.program());
}

/// The proofs of a graph and of a batch of it.
pub fn proofs<A, D: Environment, G: Context, Ss: Body>(
    judge: &mut Judge,
    name: &str,
    g: &GraphData<A, D, G, Ss>,
) {
    judge.demand(name, || rules_match_parents(g));
    judge.demand(name, || draws_are_apart(g));
    judge.demand(name, || prove(g));
    judge.demand(name, || prove_batch(g));
}

/// The laws of the compile step and of the reverse pass, at random values.
fn at_values<D: Environment, G: Context, Ss: Body>(
    judge: &mut Judge,
    name: &str,
    g: &GraphData<f64, D, G, Ss>,
    d: impl Given<f64, D>,
    domain: fn(f64) -> f64,
) {
    let rng = &mut Rng::with_seed(0xa75);
    let (x, dx) = (
        random_list::<G>(domain, rng),
        random_list::<G>(anywhere, rng),
    );
    let seed = || -> Ss::All<f64, G> {
        let rng = &mut Rng::with_seed(0x5eed);
        let values = g.eval(&x, d).erased();
        let seeds = values
            .iter()
            .map(|value| tensor(value.dims(), anywhere, rng));
        AllValues::typed(seeds.collect())
    };
    judge.demand(name, || laws::compile_data_ctx_eq_eval(g, &x, d));
    judge.demand(name, || laws::compile_data_values_eq(g, &x, d));
    judge.demand(name, || laws::compile_data_nodes_size(g, &x, d));
    judge.demand(name, || laws::all_requires_grad_true(g, &x, d));
    judge.demand(name, || laws::backward_pids_lt_id(g, &x, d));
    judge.demand(name, || {
        laws::backward_dense_from_compile_data_eq_backprop_all(g, &x, d, &seed())
    });
    judge.demand(name, || laws::backprop_correct(g, &x, &dx, d, &seed()));
    judge.demand(name, || laws::lower_node(g, &x, d));
    judge.demand(name, || laws::lower_node_backward_of_shape(g, &x, d));
    judge.demand(name, || laws::lower_node_backward_of_ne(g, &x, d));
    judge.demand(name, || laws::zero_preserving(g, &x, d));
    loops(judge, name, g, &x, d);
    judge.demand(name, || {
        let certified = g.clone().certify_in(d)?;
        laws::compile_ctx_eq_eval(&certified, &x, d)?;
        laws::compile_values_eq(&certified, &x, d)?;
        laws::compile_nodes_size(&certified, &x, d)?;
        laws::backward_dense_from_compile_eq_backprop_all(&certified, &x, d, &seed())
    });
}

/// The laws of the loops that users call, from each node.
fn loops<D: Environment, G: Context, Ss: Body>(
    judge: &mut Judge,
    name: &str,
    g: &GraphData<f64, D, G, Ss>,
    x: &TList<f64, G>,
    d: impl Given<f64, D>,
) {
    let rng = &mut Rng::with_seed(0x100);
    let seeds = |rng: &mut Rng| -> Vec<AnyTensor<f64>> {
        let values = g.eval(x, d).erased();
        let seeds = values
            .iter()
            .map(|value| tensor(value.dims(), anywhere, rng));
        seeds.collect()
    };
    let Some(seeds) = judge.value_of(name, || Ok(seeds(rng))) else {
        return;
    };
    for (output, seed) in seeds.iter().enumerate() {
        let of_tape =
            |law: fn(&Tape<f64>, usize, &AnyTensor<f64>) -> Result<(), Counterexample>| {
                law(&compile_tape(g, x, d), output, seed)
            };
        judge.demand(name, || of_tape(laws::backward_dense_eq_foldl_m));
        judge.demand(name, || {
            of_tape(laws::backward_dense_all_eq_map_totalize_grads)
        });
        judge.demand(name, || {
            of_tape(laws::backward_dense_all_eq_backward_dense_from)
        });
        judge.demand(name, || {
            laws::backward_dense_compile_eq_backprop_all(g, x, d, output, seed)
        });
        judge.demand(name, || {
            laws::backward_dense_all_compile_eq_backprop_all(g, x, d, output, seed)
        });
        judge.demand(name, || {
            laws::backward_compile_eq_backprop_all(g, x, d, output, seed)
        });
        if seed.dims().is_empty() {
            judge.demand(name, || {
                laws::backward_scalar_compile_eq_backprop_all(g, x, d, output)
            });
        }
    }
}
