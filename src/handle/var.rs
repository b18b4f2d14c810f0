//! The handle of a tensor, with its shape in the type.

use super::any_var::AnyVar;
use super::graph_id::GraphId;
use super::methods::handle;
use core::marker::PhantomData;

/// A tensor of a graph or of a rule, of shape `S`: an input, an entry of the environment, or a node. Lean's `Idx Γ s`.
///
/// A handle belongs to the graph that made it; used in another, it panics and names both.
///
/// ```
/// use cotangent::prelude::*;
/// let g = GraphData::<f64, environment![[4]], context![[2], [3]], _>::nil();
/// let (frunk::hlist_pat![x, y], frunk::hlist_pat![data]) = (g.inputs(), g.environment());
/// let _: (Var<shape![2]>, Var<shape![3]>, Var<shape![4]>) = (x, y, data); // the shape is in the type
/// assert_eq!((x.id(), y.id(), data.id()), (0, 1, 2));
/// assert_eq!(x.graph_id(), g.graph_id());
/// ```
pub struct Var<S> {
    graph_id: GraphId,
    id: usize,
    // Invariant: of `(x, p)`, which share a generic dim, rustc then blames the one that does not fit, and not the pair.
    kind: PhantomData<fn(S) -> S>,
}

handle!(Var);

impl<S> Var<S> {
    /// The handle of a value whose shape is known to be this.
    pub(crate) fn of(var: AnyVar) -> Self {
        Self::new(var.graph_id, var.id)
    }
}
