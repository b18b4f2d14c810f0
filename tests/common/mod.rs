//! Random lists for the law tests.

use cotangent::context::{Computed, Context, Values};
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

/// A random list over all the values of a graph: a seed.
pub fn random_seed<A: Sample, D, G: Context, Ss: Computed>(
    _graph: &GraphData<A, D, G, Ss>,
    rng: &mut Rng,
) -> TList<A, Values<G, Ss>> {
    random_list::<A, Values<G, Ss>>(rng)
}
