//! The tensors of a structure, by name.

use super::name::{Name, part};
use super::{List, TensorList};
use crate::shape::Shape;
use crate::tensor::Tensor;
use frunk::hlist::{HCons, HNil};

/// What is called at each tensor, with its name, its dims and its elements.
pub type Walk<'w, 'a, A> = dyn FnMut(Name, &'static [usize], &'a [A]) + 'w;

/// Tensors by name, with their dims and their elements: what [`Vector::names`](super::Vector::names) returns.
pub type Tensors<'a, A> = Vec<(Name, &'static [usize], &'a [A])>;

/// Tensors, and structures of them, that name their tensors: by fields, and by numbers in lists and arrays.
pub trait Named<A> {
    /// Calls `walk` at each tensor, depth first, where this is called `name`.
    fn walk<'a>(&'a self, name: &Name, walk: &mut Walk<'_, 'a, A>);
    /// The same, for the rest of a list from entry `at` on.
    #[doc(hidden)]
    fn walk_from<'a>(&'a self, name: &Name, _at: usize, walk: &mut Walk<'_, 'a, A>) {
        self.walk(name, walk);
    }
}

impl<A, S: Shape> Named<A> for Tensor<A, S> {
    fn walk<'a>(&'a self, name: &Name, walk: &mut Walk<'_, 'a, A>) {
        walk(name.clone(), S::DIMS, self.as_slice());
    }
}

impl<A> Named<A> for HNil {
    fn walk<'a>(&'a self, _name: &Name, _walk: &mut Walk<'_, 'a, A>) {}
}

impl<A, H: Named<A>, T: Named<A>> Named<A> for HCons<H, T> {
    fn walk<'a>(&'a self, name: &Name, walk: &mut Walk<'_, 'a, A>) {
        self.walk_from(name, 0, walk);
    }
    fn walk_from<'a>(&'a self, name: &Name, at: usize, walk: &mut Walk<'_, 'a, A>) {
        self.head.walk(&part(name, at), walk);
        self.tail.walk_from(name, at + 1, walk);
    }
}

impl<A, L: Named<A>> Named<A> for TensorList<L> {
    fn walk<'a>(&'a self, name: &Name, walk: &mut Walk<'_, 'a, A>) {
        self.0.walk(name, walk);
    }
}

impl<A, V: Named<A>, const L: usize> Named<A> for List<V, L> {
    fn walk<'a>(&'a self, name: &Name, walk: &mut Walk<'_, 'a, A>) {
        for (layer, value) in self.iter().enumerate() {
            value.walk(&part(name, layer), walk);
        }
    }
}
