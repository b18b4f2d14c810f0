//! Handles for the inputs of a graph.

use crate::context::Context;
use crate::op::Var;
use crate::owner::Owner;
use crate::shape::Shape;
use frunk::hlist::{HCons, HNil};

/// An entry of a context, with the type of its handle.
///
/// ```
/// use cotangent::graph::EntryHandles;
/// use cotangent::prelude::*;
/// // What `g.inputs()` returns: a handle for a shape, a list of handles for a group.
/// let g = GraphData::<f64, (), context![[2]], _>::nil();
/// let x: <shape![2] as EntryHandles>::Vars = <shape![2]>::vars(g.owner(), &mut 0);
/// assert_eq!(x.id(), 0);
/// ```
pub trait EntryHandles {
    /// A handle, or a list of them for a group.
    type Vars;
    /// Handles of consecutive values, from `next` on.
    fn vars(owner: Owner, next: &mut usize) -> Self::Vars;
}

#[diagnostic::do_not_recommend]
impl<S: Shape> EntryHandles for S {
    type Vars = Var<S>;
    fn vars(owner: Owner, next: &mut usize) -> Var<S> {
        *next += 1;
        Var::new(owner, *next - 1)
    }
}

impl EntryHandles for HNil {
    type Vars = HNil;
    fn vars(_owner: Owner, _next: &mut usize) -> HNil {
        HNil
    }
}

impl<E: EntryHandles, G: EntryHandles> EntryHandles for HCons<E, G> {
    type Vars = HCons<E::Vars, G::Vars>;
    fn vars(owner: Owner, next: &mut usize) -> Self::Vars {
        HCons {
            head: E::vars(owner, next),
            tail: G::vars(owner, next),
        }
    }
}

/// A context, with handles for its entries.
///
/// ```
/// use cotangent::graph::Handles;
/// use cotangent::prelude::*;
/// fn count<G: Handles>() -> usize {
///     let g = GraphData::<f64, (), G, _>::nil();
///     let _handles: G::Vars = g.inputs();
///     G::LEN
/// }
/// assert_eq!(count::<context![[2], [3]]>(), 2);
/// ```
pub trait Handles: Context + EntryHandles {}
impl<G: Context + EntryHandles> Handles for G {}
