//! All laws of a graph.

use crate::Judge;
use cotangent::context::Context;
use cotangent::graph::{AllValues, Body};
use cotangent::prelude::*;
use cotangent::prove::{agrees_with_differences, anywhere, singles_agree_with_doubles};
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
    env: &D::Of<f64>,
    domain: fn(f64) -> f64,
) {
    proofs(judge, name, g);
    judge.demand(name, || prove_in(g, env));
    judge.demand(name, || agrees_with_differences(g, domain));
    judge.demand(name, || singles_agree_with_doubles(g, domain));
    at_values(judge, name, g, env, domain);
}

/// The proofs of a graph and of a batch of it.
pub fn proofs<A, D: Environment, G: Context, Ss: Body>(
    judge: &mut Judge,
    name: &str,
    g: &GraphData<A, D, G, Ss>,
) {
    judge.demand(name, || prove(g));
    judge.demand(name, || prove_batch(g));
}

/// The laws of the compile step and of the reverse pass, at random values.
fn at_values<D: Environment, G: Context, Ss: Body>(
    judge: &mut Judge,
    name: &str,
    g: &GraphData<f64, D, G, Ss>,
    d: &D::Of<f64>,
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
    judge.demand(name, || {
        let certified = g.clone().certify(d)?;
        laws::compile_ctx_eq_eval(&certified, &x, d)?;
        laws::compile_values_eq(&certified, &x, d)?;
        laws::compile_nodes_size(&certified, &x, d)?;
        laws::backward_dense_from_compile_eq_backprop_all(&certified, &x, d, &seed())
    });
}
