//! What a list holds for an array: as many values of one kind, on the heap.

use core::fmt;
use core::ops::{Deref, DerefMut};

/// `L` values of one kind, such as the parameters of `L` layers: what a list holds for the entry `[E; L]`.
///
/// They are on the heap, so that 10,000 layers take no stack. Otherwise it is an array: it derefs to `[V; L]`, is
/// indexed and iterated, and [`into_array`](Self::into_array) takes it apart.
///
/// ```
/// use cotangent::prelude::*;
/// let p: List<Tensor<f64, ()>, 3> = List::from([1.0, 2.0, 3.0].map(Tensor::scalar));
/// assert_eq!((p.len(), p[1].item()), (3, 2.0));
/// // Taken apart, by reference and by value.
/// let [first, .., last] = &*p;
/// assert_eq!((first.item(), last.item()), (1.0, 3.0));
/// let [_, second, _] = p.into_array();
/// assert_eq!(second.item(), 2.0);
/// ```
///
/// `tlist![…]` writes it as an array:
/// ```
/// use cotangent::prelude::*;
/// type Layer = context![[2], []];
/// let layer = |b| tlist![Tensor::from([1.0, 2.0]), Tensor::scalar(b)];
/// let x: TList<f64, context![[], [Layer; 2]]> = tlist![Tensor::scalar(0.0), [layer(1.0), layer(2.0)]];
/// let tlist![_, layers] = x;
/// assert_eq!(layers.iter().map(|layer| layer.get::<1>().item()).sum::<f64>(), 3.0);
/// ```
#[derive(PartialEq, Eq, Hash)]
pub struct List<V, const L: usize>(Box<[V; L]>);

/// A list of another length.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected {expected} values, got {got}")]
pub struct LengthError {
    /// The length of the type.
    pub expected: usize,
    /// How many values there are.
    pub got: usize,
}

impl<V, const L: usize> List<V, L> {
    /// The list of `f` of each number, from 0 on.
    pub fn from_fn(f: impl FnMut(usize) -> V) -> Self {
        Self::of_length((0..L).map(f).collect())
    }

    /// The values as an array, on the stack.
    pub fn into_array(self) -> [V; L] {
        *self.0
    }

    /// The values as a vector, without copying.
    pub fn into_vec(self) -> Vec<V> {
        let slice: Box<[V]> = self.0;
        slice.into_vec()
    }

    /// The list of `f` of each pair.
    pub(super) fn zip<W>(&self, other: &Self, mut f: impl FnMut(&V, &V) -> W) -> List<W, L> {
        let pairs = self.iter().zip(other);
        List::of_length(pairs.map(|(x, y)| f(x, y)).collect())
    }

    /// The list of these values, of which the caller has counted out `L`.
    fn of_length(values: Vec<V>) -> Self {
        match Self::try_from(values) {
            Ok(list) => list,
            Err(error) => unreachable!("a list that was counted out: {error}"),
        }
    }
}

impl<V, const L: usize> From<[V; L]> for List<V, L> {
    fn from(values: [V; L]) -> Self {
        List(Box::new(values))
    }
}

impl<V, const L: usize> TryFrom<Vec<V>> for List<V, L> {
    type Error = LengthError;
    fn try_from(values: Vec<V>) -> Result<Self, LengthError> {
        let got = values.len();
        let array = values.into_boxed_slice().try_into();
        array
            .map(List)
            .map_err(|_| LengthError { expected: L, got })
    }
}

impl<V, const L: usize> Deref for List<V, L> {
    type Target = [V; L];
    fn deref(&self) -> &[V; L] {
        &self.0
    }
}

impl<V, const L: usize> DerefMut for List<V, L> {
    fn deref_mut(&mut self) -> &mut [V; L] {
        &mut self.0
    }
}

impl<V: Default, const L: usize> Default for List<V, L> {
    fn default() -> Self {
        Self::from_fn(|_| V::default())
    }
}

/// Value by value: the clone of a box of an array may go over the stack.
impl<V: Clone, const L: usize> Clone for List<V, L> {
    fn clone(&self) -> Self {
        Self::of_length(self.to_vec())
    }
}

impl<V: fmt::Debug, const L: usize> fmt::Debug for List<V, L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&*self.0, f)
    }
}

impl<V, const L: usize> IntoIterator for List<V, L> {
    type Item = V;
    type IntoIter = std::vec::IntoIter<V>;
    fn into_iter(self) -> Self::IntoIter {
        self.into_vec().into_iter()
    }
}

impl<'a, V, const L: usize> IntoIterator for &'a List<V, L> {
    type Item = &'a V;
    type IntoIter = core::slice::Iter<'a, V>;
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<'a, V, const L: usize> IntoIterator for &'a mut List<V, L> {
    type Item = &'a mut V;
    type IntoIter = core::slice::IterMut<'a, V>;
    fn into_iter(self) -> Self::IntoIter {
        self.iter_mut()
    }
}

/// What `tlist!` writes around an array.
///
/// Not through a parameter of the type `[V; L]`: rustc would then show this function wherever the length is wrong.
#[doc(hidden)]
pub trait IntoList {
    /// `List<V, L>`.
    type List;
    /// The same values on the heap.
    fn into_list(self) -> Self::List;
}

impl<V, const L: usize> IntoList for [V; L] {
    type List = List<V, L>;
    fn into_list(self) -> List<V, L> {
        self.into()
    }
}
