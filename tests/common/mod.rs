//! Random lists for the law tests.

use cotangent::context::Context;
use cotangent::env::Given;
use cotangent::graph::{AllValues, Body};
use cotangent::prelude::*;
use cotangent::scalar::Sample;
use fastrand::Rng;

/// A random list over a context.
pub fn random_list<A: Sample, G: Context>(rng: &mut Rng) -> TList<A, G> {
    let tensors = G::dims().into_iter().map(|dims| {
        let data = (0..dims.count()).map(|_| A::sample(rng)).collect();
        AnyTensor::new(&dims, data).expect("as many as the dims say")
    });
    TensorList::from_any_list(tensors.collect::<Vec<_>>()).expect("the dims of the context")
}

/// A random tensor for each of the values of a graph: a seed. Typed if the type of the graph names its nodes.
pub fn random_seed<A: Sample, D: Environment, G: Context, Ss: Body>(
    graph: &GraphData<A, D, G, Ss>,
    x: &TList<A, G>,
    env: impl Given<A, D>,
    rng: &mut Rng,
) -> Ss::All<A, G> {
    let values = graph.eval(x, env).erased();
    let mut draw = |value: &AnyTensor<A>| {
        let data = value.as_slice().iter().map(|_| A::sample(rng)).collect();
        AnyTensor::new(value.dims(), data).expect("as many as the value has")
    };
    AllValues::typed(values.iter().map(&mut draw).collect())
}
