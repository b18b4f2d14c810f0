//! Handles for an array of entries: as many layers as it has, in constant space.

use super::Entry;
use crate::handle::{Arguments, GraphId, Handle};
use core::fmt;
use core::marker::PhantomData;

/// Handles of the `L` entries of `[E; L]`, such as the parameters of `L` layers.
///
/// Their tensors are consecutive inputs of one graph, so it holds the first and how many an entry has. In
/// [`graph!`](crate::graph!) an entry is `blocks[3]`, and its fields `blocks[3].weight`; elsewhere it is
/// [`get`](Self::get).
///
/// ```
/// use cotangent::context::Layers;
/// use cotangent::prelude::*;
/// graph! {
///     struct Affine { scale: [2], shift: [2] }
/// }
/// let g = GraphData::<f64, (), context![[2], [Affine; 10_000]], _>::nil();
/// let cotangent::frunk::hlist_pat![x, layers] = g.inputs();
/// let _: Layers<Affine, 10_000> = layers;
/// let ids: Vec<usize> = layers.iter().map(|layer| layer.shift.id()).take(3).collect();
/// assert_eq!((x.id(), ids), (0, vec![2, 4, 6]));
/// ```
///
/// A number past the last does not compile, as for an array:
/// ```compile_fail
/// use cotangent::prelude::*;
/// let g: GraphData<f64, _, _, _> = graph!(|w: [[2]; 3]| tanh(w[3]));
/// ```
pub struct Layers<E, const L: usize> {
    graph_id: GraphId,
    /// The first tensor of the first entry.
    first: usize,
    /// How many tensors an entry has.
    size: usize,
    // Invariant, as a handle is.
    kind: PhantomData<fn(E) -> E>,
}

impl<E: Entry, const L: usize> Layers<E, L> {
    /// The handles of one entry; none past the last.
    pub fn get(self, index: usize) -> Option<E::Vars> {
        (index < L).then(|| self.handles(index))
    }

    /// The handles of each entry.
    pub fn iter(self) -> impl ExactSizeIterator<Item = E::Vars> {
        (0..L).map(move |index| self.handles(index))
    }

    /// What `graph!` makes of `blocks[3]`. The closure indexes an array of the same length, which takes no space: so
    /// rustc says what it says of every index that is out of range.
    ///
    /// # Panics
    /// If the closure does.
    #[doc(hidden)]
    pub fn layer(self, index: impl FnOnce([(); L]) -> usize) -> E::Vars {
        self.handles(index([(); L]))
    }

    /// The handles of consecutive values, from `next` on.
    pub(super) fn from(graph_id: GraphId, next: &mut usize) -> Self {
        let first = *next;
        // The handles of one entry say how many tensors it has.
        E::vars(graph_id, next);
        let size = *next - first;
        *next = first + L * size;
        Layers {
            graph_id,
            first,
            size,
            kind: PhantomData,
        }
    }

    fn handles(self, index: usize) -> E::Vars {
        E::vars(self.graph_id, &mut (self.first + index * self.size))
    }
}

impl<E, const L: usize> Arguments for Layers<E, L> {
    #[track_caller]
    fn push(&self, graph_id: GraphId, ids: &mut Vec<usize>) {
        graph_id.demand(self.graph_id);
        ids.extend(self.first..self.first + L * self.size);
    }
}

impl<E: 'static, const L: usize> Handle for Layers<E, L> {
    type Entry = [E; L];
}

impl<E, const L: usize> Clone for Layers<E, L> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<E, const L: usize> Copy for Layers<E, L> {}

impl<E, const L: usize> fmt::Debug for Layers<E, L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (first, size) = (self.first, self.size);
        write!(
            f,
            "{L} x {size} values of {}, from value {first} on",
            self.graph_id
        )
    }
}
