//! What the fields of a group hold: handles, or values.

use super::Entry;
use crate::scalar::Semiring;
use core::fmt;
use core::marker::PhantomData;

/// What stands for the entries of a group: handles of a graph, or values over a scalar. The last parameter of a struct of
/// [`graph!`](crate::graph!).
pub trait Kind: 'static {
    /// What stands for an entry.
    type At<E: Entry>: Clone + fmt::Debug;
}

/// Handles of the values of a graph: what a group is in [`graph!`](crate::graph!).
#[derive(Clone, Copy, Debug)]
pub struct Handles;

/// Values over the scalar `A`: what a group is outside of graphs, `Parameters<f32, Linear>` for short.
#[derive(Clone, Copy, Debug)]
pub struct Values<A>(PhantomData<fn() -> A>);

impl Kind for Handles {
    type At<E: Entry> = E::Vars;
}

impl<A: Semiring> Kind for Values<A> {
    type At<E: Entry> = E::Of<A>;
}
