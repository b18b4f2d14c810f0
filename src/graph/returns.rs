//! What the type of a graph says of what it computes.

use super::results::Results;
use crate::context::{All, Computed, Context, Entry, Erase, Growing, TList, TensorList};
use crate::env::EnvEntry;
use crate::scalar::Semiring;
use crate::tensor::AnyTensor;
use core::marker::PhantomData;
use frunk::hlist::{HCons, HNil};

/// The last parameter of a graph that names what it returns: `R` is the list of its results. A graph with a name hides its
/// nodes, so its type can be written; a closure form has them in `Ss`, newest first.
///
/// ```
/// use cotangent::prelude::*;
/// graph! {
///     fn moments(x: [2]) -> ([], []) { (mean(x), variance(x)) }
/// }
/// /// A graph in a struct, with its type written out.
/// struct Statistics {
///     moments: GraphData<f64, environment![], context![[2]], Returns<context![[], []]>>,
/// }
/// let statistics = Statistics { moments: moments() };
/// let (mean, variance) = statistics.moments.value(&Tensor::from([1.0, 3.0]), ());
/// assert_eq!((mean.item(), variance.item()), (2.0, 1.0));
/// ```
pub struct Returns<R, Ss = Hidden>(PhantomData<fn() -> (R, Ss)>);

/// The nodes of a graph, where its type does not name them.
pub struct Hidden(());

impl Growing for Hidden {
    type With<E> = Hidden;
}

/// What a type says of the nodes of a graph.
pub trait Body: 'static {
    /// All values: a typed list if the type names the nodes, else one without types.
    type All<A: Semiring, G: Context>: AllValues<A>;
    /// How many tensors are computed, if the type says it.
    fn computed() -> Option<usize>;
}

/// A body that names all nodes.
pub trait NamesNodes: Body {
    /// The nodes, newest first.
    type Nodes: Computed;
}

/// A body with results.
#[diagnostic::on_unimplemented(
    message = "the graph has no result yet",
    label = "add a node, or return a value",
    note = "docs/errors.md#t03"
)]
pub trait Computes: Body {
    /// The results.
    type Results: Results<First = Self::First>;
    /// The first of them.
    type First: EnvEntry;
}

impl Body for HNil {
    type All<A: Semiring, G: Context> = TList<A, G>;
    fn computed() -> Option<usize> {
        Some(0)
    }
}

impl<E: Entry, Ss: Computed> Body for HCons<E, Ss> {
    type All<A: Semiring, G: Context> = TList<A, All<G, Self>>;
    fn computed() -> Option<usize> {
        Some(Self::dims().len())
    }
}

impl<R: Results> Body for Returns<R> {
    type All<A: Semiring, G: Context> = Vec<AnyTensor<A>>;
    fn computed() -> Option<usize> {
        None
    }
}

impl<R: Results, Ss: Computed> Body for Returns<R, Ss> {
    type All<A: Semiring, G: Context> = TList<A, All<G, Ss>>;
    fn computed() -> Option<usize> {
        Some(Ss::dims().len())
    }
}

impl NamesNodes for HNil {
    type Nodes = HNil;
}

impl<E: Entry, Ss: Computed> NamesNodes for HCons<E, Ss> {
    type Nodes = Self;
}

impl<R: Results, Ss: Computed> NamesNodes for Returns<R, Ss> {
    type Nodes = Ss;
}

#[diagnostic::do_not_recommend]
impl<E: Entry, Ss: Computed> Computes for HCons<E, Ss> {
    type Results = HCons<E, HNil>;
    type First = E;
}

#[diagnostic::do_not_recommend]
impl<R: Results, Ss: 'static> Computes for Returns<R, Ss>
where
    Self: Body,
{
    type Results = R;
    type First = R::First;
}

/// All values of a graph: a typed list, or one without types.
pub trait AllValues<A>: Sized {
    /// Without types, in the order of the tape.
    fn erased(&self) -> Vec<AnyTensor<A>>;
    /// With types, of values that the graph has computed.
    #[doc(hidden)]
    fn typed(values: Vec<AnyTensor<A>>) -> Self;
}

impl<A, L: Erase<A>> AllValues<A> for TensorList<L> {
    fn erased(&self) -> Vec<AnyTensor<A>> {
        self.to_any_list()
    }
    fn typed(values: Vec<AnyTensor<A>>) -> Self {
        match TensorList::from_any_list(values) {
            Ok(list) => list,
            // The graph computed these values for exactly this context.
            Err(error) => unreachable!("values that are not of their context: {error}"),
        }
    }
}

impl<A> AllValues<A> for Vec<AnyTensor<A>> {
    fn erased(&self) -> Vec<AnyTensor<A>> {
        self.clone()
    }
    fn typed(values: Vec<AnyTensor<A>>) -> Self {
        values
    }
}
