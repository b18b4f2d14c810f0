//! What the fields of a group hold: handles, or values.

use super::Entry;
use crate::scalar::Semiring;
use core::fmt;
use core::marker::PhantomData;

/// What stands for the entries of a group: handles of a graph, or values over a scalar. The last parameter of a struct of
/// [`graph!`](crate::graph!).
///
/// ```
/// use cotangent::context::{Handles, Kind, Values};
/// use cotangent::prelude::*;
/// let weight: <Values<f64> as Kind>::At<shape![2]> = Tensor::from([1.0, 2.0]);
/// let g = GraphData::<f64, (), context![[2]], _>::nil();
/// let frunk::hlist_pat![x] = g.inputs();
/// let handle: <Handles as Kind>::At<shape![2]> = x;
/// # let _ = (weight, handle);
/// ```
pub trait Kind: 'static {
    /// What stands for an entry.
    type At<E: Entry>: Clone + fmt::Debug;
}

/// Handles of the values of a graph: what a group is in [`graph!`](crate::graph!).
///
/// ```
/// use cotangent::context::Handles;
/// use cotangent::prelude::*;
/// graph! { struct Linear { weight: [2], bias: [] } }
/// let g = GraphData::<f64, (), context![Linear], _>::nil();
/// let frunk::hlist_pat![p] = g.inputs();
/// let _: Linear<Handles> = p; // which is what `Linear` alone means
/// assert_eq!((p.weight.id(), p.bias.id()), (0, 1));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Handles;

/// Values over the scalar `A`: what a group is outside of graphs, `Parameters<f32, Linear>` for short.
///
/// ```
/// use cotangent::context::Values;
/// use cotangent::prelude::*;
/// graph! { struct Linear { weight: [2], bias: [] } }
/// let p: Linear<Values<f64>> = Linear { weight: Tensor::from([1.0, 2.0]), bias: Tensor::scalar(3.0) };
/// assert_eq!((&p + &p).bias, Tensor::scalar(6.0));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Values<A>(PhantomData<fn() -> A>);

impl Kind for Handles {
    type At<E: Entry> = E::Vars;
}

impl<A: Semiring> Kind for Values<A> {
    type At<E: Entry> = E::Of<A>;
}
