//! What the type of a graph says of what it computes.

use super::results::Results;
use crate::context::{All, Computed, Context, Entry, Erase, TList, TensorList};
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
/// let (mean, variance) = statistics.moments.value(&tlist![Tensor::from([1.0, 3.0])], &tlist![]);
/// assert_eq!((mean.item(), variance.item()), (2.0, 1.0));
/// ```
pub struct Returns<R, Ss = Hidden>(PhantomData<fn() -> (R, Ss)>);

/// The nodes of a graph, where its type does not name them.
///
/// ```
/// use cotangent::graph::Hidden;
/// use cotangent::prelude::*;
/// graph! { fn double(x: [2]) -> [2] { x + x } }
/// let _: GraphData<f64, environment![], context![[2]], Returns<context![[2]], Hidden>> = double();
/// ```
pub struct Hidden(());

/// What a type says of the nodes of a graph.
///
/// ```
/// use cotangent::graph::Body;
/// use cotangent::prelude::*;
/// type Context = context![[2]];
/// // Of a closure form it says everything.
/// assert_eq!(<context![[], [2]] as Body>::computed(), Some(2));
/// // Of a graph with a name, nothing.
/// assert_eq!(<Returns<context![[]]> as Body>::computed(), None);
/// // So all values are a list with types, or one without.
/// let typed: <context![[]] as Body>::All<f64, Context> = tlist![Tensor::zero(), Tensor::scalar(0.0)];
/// let untyped: <Returns<context![[]]> as Body>::All<f64, Context> = typed.to_any_list();
/// assert_eq!(untyped.len(), 2);
/// ```
pub trait Body: 'static {
    /// All values: a typed list if the type names the nodes, else one without types.
    type All<A: Semiring, G: Context>: AllValues<A>;
    /// How many tensors are computed, if the type says it.
    fn computed() -> Option<usize>;
}

/// A body that names all nodes.
///
/// ```
/// use cotangent::graph::NamesNodes;
/// use cotangent::prelude::*;
/// fn dims<Ss: NamesNodes>() -> String {
///     format!("{:?}", <Ss::Nodes as Context>::dims())
/// }
/// assert_eq!(dims::<Returns<context![[]], context![[], [2]]>>(), "[[], [2]]");
/// ```
pub trait NamesNodes: Body {
    /// The nodes, newest first.
    type Nodes: Computed;
}

/// A body with results.
///
/// ```
/// use cotangent::graph::Computes;
/// use cotangent::prelude::*;
/// fn count<Ss: Computes>() -> usize {
///     <Ss::Results as cotangent::graph::Results>::COUNT
/// }
/// assert_eq!(count::<context![[], [2]]>(), 1); // the newest
/// assert_eq!(count::<Returns<context![[], [2]]>>(), 2);
/// assert_eq!(<<context![[], [2]] as Computes>::First as Shape>::DIMS, [0; 0]);
/// ```
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
///
/// ```
/// use cotangent::graph::AllValues;
/// use cotangent::prelude::*;
/// graph! { fn double(x: [2]) -> [2] { x + x } }
/// fn count(all: &impl AllValues<f64>) -> usize {
///     all.erased().len()
/// }
/// let x = tlist![Tensor::from([1.0, 2.0])];
/// let all: Vec<AnyTensor<f64>> = double().eval(&x, &tlist![]);
/// let typed = graph!(|x: [2]| x + x).eval(&x, &tlist![]);
/// assert_eq!((count(&all), count(&typed)), (2, 2));
/// assert_eq!(all, typed.erased());
/// ```
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
