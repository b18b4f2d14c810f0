//! The handle of a value that is not made of scalars.

use super::any_var::AnyVar;
use super::graph_id::GraphId;
use super::methods::handle;
use core::marker::PhantomData;

/// A value of a graph or of a rule that has no derivative: class numbers, `Discrete<Labels<10, shape![32]>>`, or a key,
/// `Discrete<Key>`; of the environment, or computed. A tensor has a [`Var`](super::Var).
///
/// ```
/// use cotangent::prelude::*;
/// let g = GraphData::<f64, environment![[2] < 10], context![[2, 10]], _>::nil();
/// let frunk::hlist_pat![labels] = g.environment();
/// let labels: Discrete<Labels<10, shape![2]>> = labels;
/// assert_eq!((labels.graph_id(), labels.id()), (g.graph_id(), 1));
/// ```
pub struct Discrete<T> {
    graph_id: GraphId,
    id: usize,
    kind: PhantomData<fn(T) -> T>,
}

handle!(Discrete);
