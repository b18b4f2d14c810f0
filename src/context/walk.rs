//! The tensors of a structure, by name.

use super::name::{Name, part};
use super::{List, TensorList};
use crate::shape::Shape;
use crate::tensor::Tensor;
use frunk::hlist::{HCons, HNil};

/// What is called at each tensor, with its name, its dims and its elements.
///
/// ```
/// use cotangent::context::{Named, Walk};
/// use cotangent::prelude::*;
/// let mut count = 0;
/// let walk: &mut Walk<'_, '_, f64> = &mut |_name, _dims, elements| count += elements.len();
/// tlist![Tensor::from([1.0, 2.0]), Tensor::scalar(3.0)].walk(&"x".into(), walk);
/// assert_eq!(count, 3);
/// ```
pub type Walk<'w, 'a, A> = dyn FnMut(Name, &'static [usize], &'a [A]) + 'w;

/// Tensors by name, with their dims and their elements: what [`Vector::names`](super::Vector::names) returns.
///
/// ```
/// use cotangent::context::Tensors;
/// use cotangent::prelude::*;
/// fn largest(tensors: &Tensors<'_, f64>) -> usize {
///     tensors.iter().map(|(_name, _dims, elements)| elements.len()).max().unwrap_or(0)
/// }
/// assert_eq!(largest(&tlist![Tensor::from([1.0, 2.0]), Tensor::scalar(3.0)].names()), 2);
/// ```
pub type Tensors<'a, A> = Vec<(Name, &'static [usize], &'a [A])>;

/// Tensors, and structures of them, that name their tensors: by fields, and by numbers in lists and arrays.
///
/// ```
/// use cotangent::context::{Name, Named};
/// use cotangent::prelude::*;
/// fn sizes<X: Named<f64>>(x: &X) -> Vec<(Name, usize)> {
///     let mut sizes = Vec::new();
///     x.walk(&Name::from("x"), &mut |name, _dims, elements| sizes.push((name, elements.len())));
///     sizes
/// }
/// let list = tlist![Tensor::from([1.0, 2.0]), Tensor::scalar(3.0)];
/// assert_eq!(sizes(&list), [("x.0".into(), 2), ("x.1".into(), 1)]);
/// ```
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
