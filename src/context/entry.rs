//! Contexts: what a graph is differentiated by, as types.

use super::name::{Name, part};
use super::{DebugEntries, Initialiser, ListOf, TensorList, Vector};
use crate::handle::{Arguments, GraphId, Handle, Var};
use crate::scalar::Semiring;
use crate::shape::Shape;
use crate::tensor::{Dims, Tensor};
use core::fmt;
use frunk::hlist::{HCons, HNil};

/// An entry of a context: a shape; a group, which is a context itself or a `struct` of [`graph!`](crate::graph!); or an
/// array of entries of one kind.
///
/// | entry | what a list holds there |
/// | --- | --- |
/// | a shape `S` | `Tensor<A, S>` |
/// | a context | a list, `TensorList<…>` |
/// | a struct of `graph!` | the same struct, with values for its fields: [`Values`](super::Values) |
/// | `[E; L]` | `L` of what it holds for `E`, on the heap: [`List<…, L>`](super::List) |
///
/// ```
/// use cotangent::prelude::*;
/// type Layer = context![[2, 2], [2]];
/// type Net = context![[2], [Layer; 3]];
/// assert_eq!(Net::dims().len(), 1 + 3 * 2);
/// let layer = tlist![Tensor::zeros(), Tensor::ones()];
/// let net: TList<f64, Net> = tlist![Tensor::zeros(), [layer.clone(), layer.clone(), layer]];
/// let tlist![_, layers] = net;
/// let [tlist![_, bias], ..] = layers.into_array();
/// assert_eq!(bias, Tensor::from([1.0, 1.0]));
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an entry of a context",
    label = "expected a shape, a `struct` of graph!, or an array of them; docs/errors.md#n04, #n09",
    note = "a struct with a difference or a quotient of dims needs `where D / 2: Dim` in other `graph!`s that take it"
)]
pub trait Entry: 'static {
    /// What a list holds at this entry: a tensor, or a list.
    type Of<A: Semiring>: Vector<A> + fmt::Debug;
    /// What a graph has for it: a handle; for a group the struct of `graph!`, for a list a list of handles, for an array
    /// [`Layers`](super::Layers).
    type Vars: Arguments + Handle<Entry = Self> + Copy + fmt::Debug + 'static;
    /// Adds the dims of every tensor of this entry, depth first.
    fn push_dims(dims: &mut Vec<Dims>);
    /// Adds a name for every tensor of this entry, depth first, where the entry itself is called `name`: `w`, `p.weight`,
    /// `blocks.3.weight`.
    fn push_names(name: Name, names: &mut Vec<Name>);
    /// Adds what every tensor of this entry is at first, depth first, where this is `given` for the entry.
    #[doc(hidden)]
    fn push_initialisers(given: Option<Initialiser>, list: &mut Vec<Initialiser>);
    /// Handles of consecutive values, from `next` on.
    fn vars(graph_id: GraphId, next: &mut usize) -> Self::Vars;
}

/// What a list holds at an entry: for a group its parameters, as `Parameters<f32, Linear<N<3>, N<4>>>`.
///
/// ```
/// use cotangent::prelude::*;
/// graph! {
///     struct Linear<I: Dim, O: Dim> { weight: [I, O], bias: [O] }
/// }
/// let p: Parameters<f64, Linear<N<2>, N<1>>> =
///     Linear { weight: Tensor::from([[1.0], [2.0]]), bias: Tensor::from([3.0]) };
/// assert_eq!(p.dot(&p), 14.0);
/// ```
pub type Parameters<A, E> = <E as Entry>::Of<A>;

#[diagnostic::do_not_recommend]
impl<S: Shape> Entry for S {
    type Of<A: Semiring> = Tensor<A, S>;
    type Vars = Var<S>;
    fn vars(graph_id: GraphId, next: &mut usize) -> Var<S> {
        *next += 1;
        Var::new(graph_id, *next - 1)
    }
    fn push_dims(dims: &mut Vec<Dims>) {
        push(dims, S::DIMS);
    }
    fn push_names(name: Name, names: &mut Vec<Name>) {
        names.push(name);
    }
    fn push_initialisers(given: Option<Initialiser>, list: &mut Vec<Initialiser>) {
        list.push(given.unwrap_or_else(|| Initialiser::of_dims(S::DIMS)));
    }
}

#[diagnostic::do_not_recommend]
impl Entry for HNil {
    type Of<A: Semiring> = TensorList<HNil>;
    type Vars = HNil;
    fn vars(_owner: GraphId, _next: &mut usize) -> HNil {
        HNil
    }
    fn push_dims(_dims: &mut Vec<Dims>) {}
    fn push_names(_name: Name, _names: &mut Vec<Name>) {}
    fn push_initialisers(_given: Option<Initialiser>, _list: &mut Vec<Initialiser>) {}
}

#[diagnostic::do_not_recommend]
impl<E: Entry, G: Context> Entry for HCons<E, G> {
    type Of<A: Semiring> = TList<A, Self>;
    type Vars = HCons<E::Vars, G::Vars>;
    // Inlined, each list would be compiled once more in every longer one.
    #[inline(never)]
    fn vars(graph_id: GraphId, next: &mut usize) -> Self::Vars {
        HCons {
            head: E::vars(graph_id, next),
            tail: G::vars(graph_id, next),
        }
    }
    #[inline(never)]
    fn push_dims(dims: &mut Vec<Dims>) {
        E::push_dims(dims);
        G::push_dims(dims);
    }
    fn push_names(name: Name, names: &mut Vec<Name>) {
        let entries: Vec<_> = (0..Self::LEN).map(|i| part(&name, i)).collect();
        Self::push_entry_names(&entries, names);
    }
    fn push_initialisers(given: Option<Initialiser>, list: &mut Vec<Initialiser>) {
        Self::push_entry_initialisers(&vec![given; Self::LEN], list);
    }
}

/// A context Γ: a frunk `HList` of shapes, such as `context![[32, 64], [64, 10]]`.
///
/// ```
/// use cotangent::prelude::*;
/// // How many numbers a list over it has.
/// fn count<G: Context>() -> usize {
///     G::dims().iter().map(|dims| dims.count()).sum()
/// }
/// type Gamma = context![[32, 64], [64, 10]];
/// assert_eq!((Gamma::LEN, count::<Gamma>()), (2, 32 * 64 + 64 * 10));
/// ```
#[diagnostic::on_unimplemented(
    message = "this is not a context",
    label = "expected a list of shapes and groups, as `context![[32, 64], Linear<64, 10>]`; docs/errors.md#x01"
)]
pub trait Context: Entry + Sized {
    /// The `HList` of what a list over this context holds.
    type Tensors<A: Semiring>: Vector<A> + DebugEntries + ListOf<A, Self>;
    /// This context, then another: `Γ ++ Δ`.
    type Append<B: Context>: Context;
    /// How many entries.
    const LEN: usize;
    /// Adds a name for every tensor, depth first, from a name for each entry; a name that is missing is empty.
    fn push_entry_names(entries: &[Name], names: &mut Vec<Name>);
    /// Adds what every tensor is at first, depth first, from what is given for each entry.
    #[doc(hidden)]
    fn push_entry_initialisers(given: &[Option<Initialiser>], list: &mut Vec<Initialiser>);

    /// The dims of every tensor, depth first.
    fn dims() -> Vec<Dims> {
        let mut dims = Vec::with_capacity(Self::LEN);
        Self::push_dims(&mut dims);
        dims
    }
}

#[diagnostic::do_not_recommend]
impl Context for HNil {
    type Tensors<A: Semiring> = HNil;
    type Append<B: Context> = B;
    const LEN: usize = 0;
    fn push_entry_names(_entries: &[Name], _names: &mut Vec<Name>) {}
    fn push_entry_initialisers(_given: &[Option<Initialiser>], _list: &mut Vec<Initialiser>) {}
}

impl<E: Entry, G: Context> Context for HCons<E, G> {
    type Tensors<A: Semiring> = HCons<E::Of<A>, G::Tensors<A>>;
    type Append<B: Context> = HCons<E, G::Append<B>>;
    const LEN: usize = 1 + G::LEN;
    // Inlined, each list would be compiled once more in every longer one.
    #[inline(never)]
    fn push_entry_names(entries: &[Name], names: &mut Vec<Name>) {
        let (first, rest) = first_name(entries);
        E::push_names(first, names);
        G::push_entry_names(rest, names);
    }
    #[inline(never)]
    fn push_entry_initialisers(given: &[Option<Initialiser>], list: &mut Vec<Initialiser>) {
        let (first, rest) = match given {
            [first, rest @ ..] => (*first, rest),
            [] => (None, given),
        };
        E::push_initialisers(first, list);
        G::push_entry_initialisers(rest, list);
    }
}

/// The first name and the others; a name that is missing is empty. Compiled once, not for each list.
fn first_name(entries: &[Name]) -> (Name, &[Name]) {
    match entries {
        [first, rest @ ..] => (first.clone(), rest),
        [] => (Name::default(), entries),
    }
}

/// Compiled once, not for each shape.
fn push(all: &mut Vec<Dims>, dims: &[usize]) {
    all.push(Dims::new(dims));
}

/// The shapes that a graph computes, newest first: each node adds one at the head, which costs the compiler the
/// same however long the list is. A group stands for as many nodes as it has tensors.
pub trait Computed: Context {
    /// These shapes, oldest first, then `Done`.
    type Onto<Done: Context>: Context;
}

impl Computed for HNil {
    type Onto<Done: Context> = Done;
}

impl<E: Entry, Ss: Computed> Computed for HCons<E, Ss> {
    type Onto<Done: Context> = Ss::Onto<HCons<E, Done>>;
}

/// What a graph that is being built says of its nodes. Types that name them grow by one for each, and rustc looks at the
/// whole type of the graph at each node; a graph with a name says nothing of them, so that its type stays as it is.
pub trait Growing {
    /// The same with one more tensor, the newest.
    type With<E>: Growing;
}

impl Growing for HNil {
    type With<E> = HCons<E, HNil>;
}

impl<H, Ss: Growing> Growing for HCons<H, Ss> {
    type With<E> = HCons<E, Self>;
}

/// `Γ ++ Ss` in the order of the tape: the inputs, then the computed shapes, oldest first.
pub type All<G, Ss> = <G as Context>::Append<<Ss as Computed>::Onto<HNil>>;

/// One tensor of scalars `A` for each shape of the context `G`.
///
/// ```
/// use cotangent::prelude::*;
/// // It names a list in a signature.
/// fn bias(parameters: &TList<f64, context![[2, 3], [3]]>) -> f64 {
///     parameters.get::<1>()[[0]]
/// }
/// assert_eq!(bias(&tlist![Tensor::zeros(), Tensor::ones()]), 1.0);
/// ```
pub type TList<A, G> = TensorList<<G as Context>::Tensors<A>>;
