//! What values are of which entries: what a graph is called on, held against what it takes.

use super::TensorList;
use crate::tensor::Value;
use frunk::hlist::{HCons, HNil};

/// That something is a value of the entry `E`, over the scalar `A`.
pub trait ValueOf<A, E> {
    /// Adds it with its types forgotten, depth first.
    fn push_value(&self, values: &mut Vec<Value<A>>);
}

/// That a frunk list has a value for each entry of `L`, over the scalar `A`.
pub trait ListOf<A, L> {
    /// Adds them with their types forgotten, depth first.
    fn push_list(&self, values: &mut Vec<Value<A>>);
}

#[diagnostic::do_not_recommend]
impl<A> ListOf<A, HNil> for HNil {
    fn push_list(&self, _values: &mut Vec<Value<A>>) {}
}

#[diagnostic::do_not_recommend]
impl<A, E, L, H: ValueOf<A, E>, T: ListOf<A, L>> ListOf<A, HCons<E, L>> for HCons<H, T> {
    // Inlined, each list would be compiled once more in every longer one.
    #[inline(never)]
    fn push_list(&self, values: &mut Vec<Value<A>>) {
        self.head.push_value(values);
        self.tail.push_list(values);
    }
}

/// That something holds a value for each entry of `L`: a list of them, or the only one itself.
pub trait Holds<A, L>: Clone + Send + Sync + 'static {
    /// Adds them with their types forgotten, depth first.
    fn push_all(&self, values: &mut Vec<Value<A>>);
    /// As closures take an environment: the list.
    fn any(&self) -> Box<dyn core::any::Any + Send + Sync>;
}

#[diagnostic::do_not_recommend]
impl<A, L, V: ListOf<A, L> + Clone + Send + Sync + 'static> Holds<A, L> for TensorList<V> {
    fn push_all(&self, values: &mut Vec<Value<A>>) {
        self.0.push_list(values);
    }
    fn any(&self) -> Box<dyn core::any::Any + Send + Sync> {
        Box::new(self.clone())
    }
}
