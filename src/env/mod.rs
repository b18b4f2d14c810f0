//! Environments: what a graph reads and is not differentiated by. Lean's Δ.
//!
//! ```
//! use cotangent::prelude::*;
//! // After the semicolon: what the graph reads and has no cotangent.
//! let g = graph!(|x: [2, 3]; labels: [2] < 3| cross_entropy(x, labels));
//! let env = tlist![Labels::<3, shape![2]>::new([0, 2])?];
//! let (loss, tlist![dx]) = g.value_and_vjp(&tlist![Tensor::<f64, _>::zero()], &env);
//! assert!((loss.item() - 3f64.ln()).abs() < 1e-12);
//! assert!(dx[[0, 0]] < 0.0 && dx[[0, 1]] > 0.0); // towards the label
//! # Ok::<(), LabelsError>(())
//! ```

mod draw;
mod labels;
mod seed;

pub use draw::{Choose, Draw, DrawEntries};
pub use labels::{Labels, LabelsError, LabelsOf};
pub use seed::Seed;

use crate::context::TensorList;
use crate::owner::Owner;
use crate::tensor::Dims;
use core::fmt;
use core::marker::PhantomData;
use frunk::hlist::{HCons, HNil};
use std::sync::Arc;

/// Indices with their dims and their bound: an environment entry with its type forgotten.
///
/// ```
/// use cotangent::env::{EnvEntry, Indices};
/// use cotangent::prelude::*;
/// let labels = Labels::<10, shape![3]>::new([3, 1, 4])?;
/// let indices: Indices = labels.indices();
/// assert_eq!((indices.dims().to_string().as_str(), indices.bound()), ("[3]", 10));
/// assert_eq!(indices.as_slice(), [3, 1, 4]);
/// # let _: Option<Indices> = None;
/// # Ok::<(), LabelsError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Indices {
    dims: Dims,
    bound: usize,
    data: Arc<[usize]>,
}

impl Indices {
    /// The dims.
    pub fn dims(&self) -> &Dims {
        &self.dims
    }
    /// Every index is below this.
    pub fn bound(&self) -> usize {
        self.bound
    }
    /// The indices, row major.
    pub fn as_slice(&self) -> &[usize] {
        &self.data
    }
}

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
/// assert_eq!(env.indices().len(), 2); // what programs read, by slot
/// # Ok::<(), LabelsError>(())
/// ```
pub trait Environment: Clone + Send + Sync + 'static {
    /// The entries that programs read by slot.
    fn indices(&self) -> Vec<Indices> {
        Vec::new()
    }
}

impl Environment for () {}

/// One typed entry of an environment.
///
/// ```
/// use cotangent::env::EnvEntry;
/// use cotangent::prelude::*;
/// fn largest<E: EnvEntry>(entry: &E) -> Option<usize> {
///     entry.indices().as_slice().iter().copied().max()
/// }
/// assert_eq!(largest(&Labels::<10, shape![3]>::new([3, 1, 4])?), Some(4));
/// // An entry by choices: here always the largest.
/// let drawn = <Labels<10, shape![3]> as EnvEntry>::draw(&mut |below| below - 1);
/// assert_eq!(drawn, Some(Labels::new([9, 9, 9])?));
/// # Ok::<(), LabelsError>(())
/// ```
pub trait EnvEntry: Clone + Send + Sync + 'static {
    /// The entry with its type forgotten.
    fn indices(&self) -> Indices;
    /// An entry made by choices; `None` if there is none. See [`Draw`].
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
///     let mut list = Vec::new();
///     entries.push_indices(&mut list);
///     (list.len(), E::vars(graph, 0))
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
    /// Adds every entry, its type forgotten.
    fn push_indices(&self, list: &mut Vec<Indices>);
}

impl EnvEntries for HNil {
    type Vars = HNil;
    fn vars(_owner: Owner, _first: usize) -> HNil {
        HNil
    }
    fn push_indices(&self, _list: &mut Vec<Indices>) {}
}

impl<E: EnvEntry, D: EnvEntries> EnvEntries for HCons<E, D> {
    type Vars = HCons<EnvVar<E>, D::Vars>;
    fn vars(owner: Owner, first: usize) -> Self::Vars {
        HCons {
            head: EnvVar::new(owner, first),
            tail: D::vars(owner, first + 1),
        }
    }
    fn push_indices(&self, list: &mut Vec<Indices>) {
        list.push(self.head.indices());
        self.tail.push_indices(list);
    }
}

impl<D: EnvEntries> Environment for TensorList<D> {
    fn indices(&self) -> Vec<Indices> {
        let mut list = Vec::new();
        self.0.push_indices(&mut list);
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
