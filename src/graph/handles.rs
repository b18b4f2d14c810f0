//! Handles for the inputs of a graph: what `graph!` gives the names of a header.

use super::arguments::Arguments;
use crate::context::{Context, Entry};
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
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an entry of a context",
    label = "expected a shape, a `struct` of graph!, or an array of them; docs/errors.md#n04, #n09",
    note = "a struct with computed dims, such as `4 * D`, needs `where 4 * D: Dim` in other `graph!`s that take it"
)]
pub trait EntryHandles: 'static {
    /// A handle; for a group a list of them, or the struct of `graph!`; for an array [`Layers`](super::Layers).
    type Vars: Arguments + Copy + 'static;
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

#[diagnostic::do_not_recommend]
impl EntryHandles for HNil {
    type Vars = HNil;
    fn vars(_owner: Owner, _next: &mut usize) -> HNil {
        HNil
    }
}

#[diagnostic::do_not_recommend]
impl<E: EntryHandles, G: EntryHandles> EntryHandles for HCons<E, G> {
    type Vars = HCons<E::Vars, G::Vars>;
    fn vars(owner: Owner, next: &mut usize) -> Self::Vars {
        HCons {
            head: E::vars(owner, next),
            tail: G::vars(owner, next),
        }
    }
}

/// A group of parameters that [`graph!`](crate::graph!) declares as a `struct`: an entry of a context, and at the same
/// time the handles of its fields.
///
/// Its values are a list with an entry for each field, in the order in which they are written.
///
/// ```
/// use cotangent::prelude::*;
/// graph! {
///     /// A matrix and a bias.
///     struct Linear<I: Dim, O: Dim> { weight: [I, O], bias: [O] }
///
///     fn linear<I: Dim, O: Dim>(x: [I], p: Linear<I, O>) -> [O] {
///         einsum!("i,io->o", x, p.weight) + p.bias
///     }
/// }
/// assert_eq!(<Linear<N<2>, N<3>> as Group>::FIELDS, ["weight", "bias"]);
/// let g = linear::<f64, N<2>, N<1>>();
/// let p = tlist![Tensor::from([[1.0], [10.0]]), Tensor::from([100.0])];
/// let y = g.value(&tlist![Tensor::from([2.0, 3.0]), p], &tlist![]);
/// assert_eq!(y, Tensor::from([132.0]));
/// ```
pub trait Group: Entry + EntryHandles<Vars = Self> + Arguments + Copy {
    /// The shapes of the fields.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// graph! {
    ///     struct Linear<I: Dim, O: Dim> { weight: [I, O], bias: [O] }
    /// }
    /// type Fields = <Linear<N<2>, N<3>> as Group>::Fields;
    /// assert_eq!(format!("{:?}", Fields::dims()), "[[2, 3], [3]]");
    /// ```
    type Fields: Context + EntryHandles;
    /// Their names.
    const FIELDS: &'static [&'static str];
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
