//! What a graph runs in, its entries and their handles.

use super::choose::Choose;
use crate::context::TensorList;
use crate::owner::Owner;
use crate::tensor::{Type, Value};
use core::fmt;
use core::marker::PhantomData;
use frunk::hlist::{HCons, HNil};

/// Something a graph can be run in: `()`, a list of entries, or a type of your own.
///
/// ```
/// use cotangent::prelude::*;
/// #[derive(Clone)]
/// struct Temperature(f64);
/// impl Environment for Temperature {} // nodes made from closures read it
/// ```
///
/// ```
/// use cotangent::prelude::*;
/// let env = tlist![Labels::<10, shape![2]>::new([3, 1])?, Seed::new(7)];
/// assert_eq!(env.values::<f64>().len(), 2); // the inputs of programs, after those of the context
/// fn types<D: Environment>(_: &D) -> String {
///     format!("{} and {}", D::types()[0], D::types()[1])
/// }
/// assert_eq!(types(&env), "[2] < 10 and key []");
/// # Ok::<(), LabelsError>(())
/// ```
pub trait Environment: Clone + Send + Sync + 'static {
    /// The types of the entries that programs take.
    fn types() -> Vec<Type> {
        Vec::new()
    }
    /// The entries that programs take, for a run over the scalar `A`.
    fn values<A>(&self) -> Vec<Value<A>> {
        Vec::new()
    }
}

impl Environment for () {}

/// One typed entry of an environment.
///
/// ```
/// use cotangent::env::EnvEntry;
/// use cotangent::prelude::*;
/// fn dims<E: EnvEntry>(entry: &E) -> String {
///     assert!(entry.value::<f64>().fits(&E::ty()));
///     E::ty().dims().to_string()
/// }
/// assert_eq!(dims(&Labels::<10, shape![3]>::new([3, 1, 4])?), "[3]");
/// // An entry by choices: here always the largest.
/// let drawn = <Labels<10, shape![3]> as EnvEntry>::draw(&mut |below| below - 1);
/// assert_eq!(drawn, Some(Labels::new([9, 9, 9])?));
/// # Ok::<(), LabelsError>(())
/// ```
pub trait EnvEntry: Clone + Send + Sync + 'static {
    /// What it is in a program.
    fn ty() -> Type;
    /// The entry with its type forgotten, for a run over the scalar `A`.
    fn value<A>(&self) -> Value<A>;
    /// An entry made by choices; `None` if there is none. See [`Draw`](super::Draw).
    fn draw(choose: &mut Choose<'_>) -> Option<Self>;
}

/// Lists of entries.
///
/// ```
/// use cotangent::env::EnvEntries;
/// use cotangent::frunk::{HList, hlist};
/// use cotangent::owner::Owner;
/// use cotangent::prelude::*;
/// fn slots<E: EnvEntries>(entries: &E, graph: Owner) -> (usize, E::Vars) {
///     let (mut types, mut values) = (Vec::new(), Vec::new());
///     E::push_types(&mut types);
///     entries.push_values::<f64>(&mut values);
///     assert_eq!(types.len(), values.len());
///     (values.len(), E::vars(graph, 0))
/// }
/// let g = GraphData::<f64, (), context![], _>::nil();
/// let (count, handles) = slots(&hlist![Seed::new(1), Seed::new(2)], g.owner());
/// assert_eq!((count, handles.tail.head.slot()), (2, 1));
/// ```
pub trait EnvEntries: Clone + Send + Sync + 'static {
    /// A handle for each entry.
    type Vars;
    /// The handles, for a graph.
    fn vars(owner: Owner, first: usize) -> Self::Vars;
    /// Adds the type of every entry.
    fn push_types(list: &mut Vec<Type>);
    /// Adds every entry, its type forgotten.
    fn push_values<A>(&self, list: &mut Vec<Value<A>>);
}

impl EnvEntries for HNil {
    type Vars = HNil;
    fn vars(_owner: Owner, _first: usize) -> HNil {
        HNil
    }
    fn push_types(_list: &mut Vec<Type>) {}
    fn push_values<A>(&self, _list: &mut Vec<Value<A>>) {}
}

impl<E: EnvEntry, D: EnvEntries> EnvEntries for HCons<E, D> {
    type Vars = HCons<EnvVar<E>, D::Vars>;
    fn vars(owner: Owner, first: usize) -> Self::Vars {
        HCons {
            head: EnvVar::new(owner, first),
            tail: D::vars(owner, first + 1),
        }
    }
    fn push_types(list: &mut Vec<Type>) {
        list.push(E::ty());
        D::push_types(list);
    }
    fn push_values<A>(&self, list: &mut Vec<Value<A>>) {
        list.push(self.head.value());
        self.tail.push_values(list);
    }
}

impl<D: EnvEntries> Environment for TensorList<D> {
    fn types() -> Vec<Type> {
        let mut list = Vec::new();
        D::push_types(&mut list);
        list
    }
    fn values<A>(&self) -> Vec<Value<A>> {
        let mut list = Vec::new();
        self.0.push_values(&mut list);
        list
    }
}

/// Environments whose entries have handles in a graph.
///
/// ```
/// use cotangent::env::EnvHandles;
/// use cotangent::prelude::*;
/// type Env = TensorList<cotangent::frunk::HList![Labels<10, shape![2]>]>;
/// let g = GraphData::<f64, Env, context![[2, 10]], _>::nil();
/// // What `g.environment()` returns: a handle for each entry.
/// let handles: <Env as EnvHandles>::Vars = Env::vars(g.owner());
/// assert_eq!(handles.head.slot(), 0);
/// ```
pub trait EnvHandles: Environment {
    /// A handle for each entry.
    type Vars;
    /// The handles, for a graph.
    fn vars(owner: Owner) -> Self::Vars;
}

impl EnvHandles for () {
    type Vars = HNil;
    fn vars(_owner: Owner) -> HNil {
        HNil
    }
}

impl<D: EnvEntries> EnvHandles for TensorList<D> {
    type Vars = D::Vars;
    fn vars(owner: Owner) -> D::Vars {
        D::vars(owner, 0)
    }
}

/// A handle of an environment entry of type `E`, as `Var<S>` is of a tensor.
///
/// ```
/// use cotangent::prelude::*;
/// type Env = TensorList<cotangent::frunk::HList![Labels<10, shape![2]>]>;
/// let g = GraphData::<f64, Env, context![[2, 10]], _>::nil();
/// let cotangent::frunk::hlist_pat![labels] = g.environment();
/// let labels: EnvVar<Labels<10, shape![2]>> = labels;
/// assert_eq!((labels.owner(), labels.slot()), (g.owner(), 0));
/// ```
pub struct EnvVar<E> {
    owner: Owner,
    slot: usize,
    entry: PhantomData<fn() -> E>,
}

impl<E> EnvVar<E> {
    fn new(owner: Owner, slot: usize) -> Self {
        EnvVar {
            owner,
            slot,
            entry: PhantomData,
        }
    }
    /// The graph it belongs to.
    pub fn owner(&self) -> Owner {
        self.owner
    }
    /// Its position in the environment.
    pub fn slot(&self) -> usize {
        self.slot
    }
}

impl<E> Clone for EnvVar<E> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<E> Copy for EnvVar<E> {}

impl<E> fmt::Debug for EnvVar<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "entry {} of the environment of {}",
            self.slot, self.owner
        )
    }
}
