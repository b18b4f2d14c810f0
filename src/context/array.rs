//! Arrays as entries: the parameters of as many layers of one kind.

use super::name::{Name, part};
use super::{Algebra, Elementwise, Entry, Erase, Initialiser, Layers, List, Taking};
use crate::handle::GraphId;
use crate::scalar::{Ring, Semiring};
use crate::tensor::{Dims, Value};

#[diagnostic::do_not_recommend]
impl<E: Entry, const L: usize> Entry for [E; L] {
    type Of<A: Semiring> = List<E::Of<A>, L>;
    fn push_dims(dims: &mut Vec<Dims>) {
        for _ in 0..L {
            E::push_dims(dims);
        }
    }
    fn push_names(name: Name, names: &mut Vec<Name>) {
        for layer in 0..L {
            E::push_names(part(&name, layer), names);
        }
    }
    fn push_initialisers(given: Option<Initialiser>, list: &mut Vec<Initialiser>) {
        for _ in 0..L {
            E::push_initialisers(given, list);
        }
    }
    type Vars = Layers<E, L>;
    fn vars(graph_id: GraphId, next: &mut usize) -> Layers<E, L> {
        Layers::from(graph_id, next)
    }
}

impl<A: Semiring, V: Algebra<A>, const L: usize> Algebra<A> for List<V, L> {
    fn zeros() -> Self {
        List::from_fn(|_| V::zeros())
    }
    fn add(&self, other: &Self) -> Self {
        self.zip(other, V::add)
    }
    fn sub(&self, other: &Self) -> Self
    where
        A: Ring,
    {
        self.zip(other, V::sub)
    }
    fn scale(&self, c: A) -> Self {
        List::from_fn(|i| self[i].scale(c.clone()))
    }
    fn dot(&self, other: &Self) -> A {
        let products = self.iter().zip(other).map(|(x, y)| x.dot(y));
        products.fold(A::zero(), |sum, product| sum + product)
    }
}

impl<A, V: Elementwise<A>, const L: usize> Elementwise<A> for List<V, L> {
    fn map_each(&self, f: &mut dyn FnMut(&A) -> A) -> Self {
        List::from_fn(|i| self[i].map_each(f))
    }
    fn zip_each(&self, other: &Self, f: &mut dyn FnMut(&A, &A) -> A) -> Self {
        self.zip(other, |x, y| x.zip_each(y, f))
    }
}

impl<A, V: Erase<A>, const L: usize> Erase<A> for List<V, L> {
    fn push_any(&self, list: &mut Vec<Value<A>>) {
        for layer in self {
            layer.push_any(list);
        }
    }
    fn take_any(from: &mut Taking<A>) -> Self {
        List::from_fn(|_| V::take_any(from))
    }
}

#[cfg(test)]
mod tests {
    use crate::context::{Context, Name};
    use crate::prelude::*;

    type Layer = context![[2, 1], [1]];
    type Net = context![[2], [Layer; 2], [[Layer; 1]; 1], [[3]; 2]];

    fn net() -> TList<f64, Net> {
        let next = core::cell::Cell::new(0.0);
        let one = || {
            next.set(next.get() + 1.0);
            next.get()
        };
        let layer = || tlist![Tensor::from([[one()], [one()]]), Tensor::from([one()])];
        tlist![
            Tensor::from([one(), one()]),
            [layer(), layer()],
            [[layer()]],
            [
                Tensor::from([one(), one(), one()]),
                Tensor::from([one(), one(), one()])
            ],
        ]
    }

    #[test]
    fn depth_first_is_the_order() {
        let erased = net().to_any_list();
        let flat: Vec<f64> = erased.iter().flat_map(|t| t.as_slice().to_vec()).collect();
        assert_eq!(flat, (1..=17).map(f64::from).collect::<Vec<_>>());
        assert_eq!(
            erased
                .iter()
                .map(AnyTensor::dims)
                .cloned()
                .collect::<Vec<_>>(),
            Net::dims()
        );
        assert_eq!(TensorList::from_any_list(erased.clone()), Ok(net()));
        let short = TList::<f64, Net>::from_any_list(erased[..8].to_vec());
        assert_eq!(short, Err(EraseError::TooShort));
    }

    #[test]
    fn names_say_the_way() {
        let mut names: Vec<Name> = Vec::new();
        Net::push_entry_names(&["x".into(), "p".into(), "q".into()], &mut names);
        let expected = [
            "x", "p.0.0", "p.0.1", "p.1.0", "p.1.1", "q.0.0.0", "q.0.0.1", "0", "1",
        ];
        assert_eq!(names, expected);
    }
}
