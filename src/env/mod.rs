//! Environments: what a graph reads and is not differentiated by. Lean's Δ.

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
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Indices {
    dims: Dims,
    bound: usize,
    data: Arc<[usize]>,
}

impl Indices {
    /// The dims.
    pub fn dims(&self) -> Dims {
        self.dims
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
pub trait Environment: Clone + Send + Sync + 'static {
    /// The entries that programs read by slot.
    fn indices(&self) -> Vec<Indices> {
        Vec::new()
    }
}

impl Environment for () {}

/// One typed entry of an environment.
pub trait EnvEntry: Clone + Send + Sync + 'static {
    /// The entry with its type forgotten.
    fn indices(&self) -> Indices;
    /// An entry made by choices; `None` if there is none. See [`Draw`].
    fn draw(choose: &mut Choose<'_>) -> Option<Self>;
}

/// Lists of entries.
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
