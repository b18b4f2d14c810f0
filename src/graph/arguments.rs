//! What a graph is called with.

use crate::env::EnvVar;
use crate::op::Var;
use crate::owner::Owner;
use frunk::hlist::{HCons, HNil};

/// Handles passed to a graph: values and environment entries, apart.
///
/// ```
/// use cotangent::graph::Arguments;
/// use cotangent::prelude::*;
/// let g = GraphData::<f64, (), context![[2], [3]], _>::nil();
/// let (mut values, mut slots) = (Vec::new(), Vec::new());
/// Arguments::push(&g.inputs(), g.owner(), &mut values, &mut slots); // a list of handles, as `call` takes
/// assert_eq!((values, slots), (vec![0, 1], vec![]));
/// ```
pub trait Arguments {
    /// Adds the ids of the values and the slots of the entries, after their owners have been checked.
    fn push(&self, owner: Owner, values: &mut Vec<usize>, slots: &mut Vec<usize>);
}

impl<S> Arguments for Var<S> {
    #[track_caller]
    fn push(&self, owner: Owner, values: &mut Vec<usize>, _slots: &mut Vec<usize>) {
        owner.demand(self.owner());
        values.push(self.id());
    }
}

impl<E> Arguments for EnvVar<E> {
    #[track_caller]
    fn push(&self, owner: Owner, _values: &mut Vec<usize>, slots: &mut Vec<usize>) {
        owner.demand(self.owner());
        slots.push(self.slot());
    }
}

impl Arguments for HNil {
    fn push(&self, _owner: Owner, _values: &mut Vec<usize>, _slots: &mut Vec<usize>) {}
}

impl<H: Arguments, T: Arguments> Arguments for HCons<H, T> {
    #[track_caller]
    fn push(&self, owner: Owner, values: &mut Vec<usize>, slots: &mut Vec<usize>) {
        self.head.push(owner, values, slots);
        self.tail.push(owner, values, slots);
    }
}
