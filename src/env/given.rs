//! What a graph is given: a list, a tuple of references, one value, or nothing.

use super::{EnvEntry, Environment, LabelsOf};
use crate::context::{Erase, GroupValues, Holds, List, Taking, TensorList, ValueOf};
use crate::scalar::Semiring;
use crate::tensor::{AnyTensor, Key, Tensor, Value};
use core::any::Any;
use frunk::hlist::{HCons, HNil};
use frunk::{HList, hlist};

/// What can be given for a list of entries `L`, the inputs of a graph or its environment, over the scalar `A`.
///
/// | for | is given |
/// | --- | --- |
/// | any entries | a list of their values, `&list` |
/// | two to twelve | a tuple of references, `(&x, &w)` |
/// | one | its value, `&x` |
/// | none | `()` |
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [2], w: [2]; scale: []| sum(x * w) * scale);
/// let (x, w) = (Tensor::from([1.0, 2.0]), Tensor::from([3.0, 4.0]));
/// let ten = Tensor::scalar(10.0);
/// assert_eq!(g.value((&x, &w), &ten).item(), 110.0);
/// assert_eq!(g.value(&tlist![x, w], &tlist![ten]).item(), 110.0);
/// let square = graph!(|x: []| x * x);
/// assert_eq!(square.value(&Tensor::scalar(3.0), ()).item(), 9.0);
/// ```
#[diagnostic::on_unimplemented(
    message = "the graph takes `{L}`",
    label = "expected one reference for each, as `(&x, &w)`, or a list of them; docs/errors.md#x01"
)]
pub trait Given<A, L>: Copy {
    /// Adds the values, with their types forgotten, depth first.
    fn push_values(&self, values: &mut Vec<Value<A>>);
    /// The values.
    fn values(&self) -> Vec<Value<A>> {
        let mut values = Vec::new();
        self.push_values(&mut values);
        values
    }
    /// The tensors among them.
    fn tensors(&self) -> Vec<AnyTensor<A>> {
        let values = self.values().into_iter();
        values.filter_map(Value::into_tensor).collect()
    }
    /// The list of them, as closures take an environment.
    #[doc(hidden)]
    fn any(&self) -> Box<dyn Any + Send + Sync>;
}

/// What can be given for inputs that are differentiated: [`Given`], of tensors. Cotangents come in the form in which the inputs
/// were given: a list for a list, a tuple for a tuple, one for one.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [2], y: [2]| sum(x * y));
/// let (x, y) = (Tensor::from([1.0, 2.0]), Tensor::from([3.0, 4.0]));
/// let (_, (dx, dy)) = g.value_and_vjp((&x, &y), ());
/// assert_eq!((dx, dy), (y.clone(), x.clone()));
/// let (_, tlist![dx, _]) = g.value_and_vjp(&tlist![x, y.clone()], ());
/// assert_eq!(dx, y);
/// ```
#[diagnostic::on_unimplemented(
    message = "the graph takes `{G}`",
    label = "expected one reference for each, as `(&x, &w)`, or a list of them; docs/errors.md#x01"
)]
pub trait Inputs<A, G>: Given<A, G> {
    /// Their cotangents, and their tangents.
    type Cotangents;
    /// The cotangents, from those without types.
    #[doc(hidden)]
    fn take(from: &mut Taking<A>) -> Self::Cotangents;
}

#[diagnostic::do_not_recommend]
impl<A: Semiring, E: EnvEntry> ValueOf<A, E> for E::Of<A> {
    fn push_value(&self, values: &mut Vec<Value<A>>) {
        E::push_values(self, values);
    }
}

/// That one value is given for a list with one entry.
macro_rules! one {
    ([$($param:tt)*] $Of:ty) => {
        #[diagnostic::do_not_recommend]
        impl<A, E, $($param)*> Holds<A, HCons<E, HNil>> for $Of
        where
            $Of: ValueOf<A, E> + Clone + Send + Sync + 'static,
        {
            fn push_all(&self, values: &mut Vec<Value<A>>) {
                self.push_value(values);
            }
            fn any(&self) -> Box<dyn Any + Send + Sync> {
                Box::new(TensorList(hlist![self.clone()]))
            }
        }
    };
}

one!([B, S] Tensor<B, S>);
one!([C, S] LabelsOf<C, S>);
one!([] Key);
one!([V, const N: usize] List<V, N>);
one!([P: GroupValues] P);

// Environments of closures, of a type of their own.
#[diagnostic::do_not_recommend]
impl<A: Semiring, D: Environment<Of<A> = D> + Clone + Send + Sync> Holds<A, D> for D {
    fn push_all(&self, values: &mut Vec<Value<A>>) {
        values.extend(D::values(self));
    }
    fn any(&self) -> Box<dyn Any + Send + Sync> {
        Box::new(self.clone())
    }
}

#[diagnostic::do_not_recommend]
impl<A, L, T: Holds<A, L>> Given<A, L> for &T {
    fn push_values(&self, values: &mut Vec<Value<A>>) {
        self.push_all(values);
    }
    fn any(&self) -> Box<dyn Any + Send + Sync> {
        Holds::any(*self)
    }
}

#[diagnostic::do_not_recommend]
impl<A, G, T: Holds<A, G> + Erase<A>> Inputs<A, G> for &T {
    type Cotangents = T;
    fn take(from: &mut Taking<A>) -> T {
        T::take_any(from)
    }
}

/// Lists without entries.
pub trait NoEntries {
    /// As closures take it.
    fn any() -> Box<dyn Any + Send + Sync>;
}

impl NoEntries for () {
    fn any() -> Box<dyn Any + Send + Sync> {
        Box::new(())
    }
}

impl NoEntries for HNil {
    fn any() -> Box<dyn Any + Send + Sync> {
        Box::new(TensorList(HNil))
    }
}

#[diagnostic::do_not_recommend]
impl<A, L: NoEntries> Given<A, L> for () {
    fn push_values(&self, _values: &mut Vec<Value<A>>) {}
    fn any(&self) -> Box<dyn Any + Send + Sync> {
        L::any()
    }
}

#[diagnostic::do_not_recommend]
impl<A> Inputs<A, HNil> for () {
    type Cotangents = ();
    fn take(_from: &mut Taking<A>) {}
}

macro_rules! tuple {
    ($($T:ident $E:ident $i:tt)+) => {
        #[diagnostic::do_not_recommend]
        impl<A, $($E, $T: ValueOf<A, $E> + Clone + Send + Sync + 'static),+> Given<A, HList![$($E),+]>
            for ($(&$T,)+)
        {
            fn push_values(&self, values: &mut Vec<Value<A>>) {
                $(self.$i.push_value(values);)+
            }
            fn any(&self) -> Box<dyn Any + Send + Sync> {
                Box::new(TensorList(hlist![$(self.$i.clone()),+]))
            }
        }

        #[diagnostic::do_not_recommend]
        impl<A, $($E, $T: ValueOf<A, $E> + Erase<A> + Clone + Send + Sync + 'static),+>
            Inputs<A, HList![$($E),+]> for ($(&$T,)+)
        {
            type Cotangents = ($($T,)+);
            fn take(from: &mut Taking<A>) -> Self::Cotangents {
                ($($T::take_any(from),)+)
            }
        }
    };
}

tuple!(T0 E0 0 T1 E1 1);
tuple!(T0 E0 0 T1 E1 1 T2 E2 2);
tuple!(T0 E0 0 T1 E1 1 T2 E2 2 T3 E3 3);
tuple!(T0 E0 0 T1 E1 1 T2 E2 2 T3 E3 3 T4 E4 4);
tuple!(T0 E0 0 T1 E1 1 T2 E2 2 T3 E3 3 T4 E4 4 T5 E5 5);
tuple!(T0 E0 0 T1 E1 1 T2 E2 2 T3 E3 3 T4 E4 4 T5 E5 5 T6 E6 6);
tuple!(T0 E0 0 T1 E1 1 T2 E2 2 T3 E3 3 T4 E4 4 T5 E5 5 T6 E6 6 T7 E7 7);
tuple!(T0 E0 0 T1 E1 1 T2 E2 2 T3 E3 3 T4 E4 4 T5 E5 5 T6 E6 6 T7 E7 7 T8 E8 8);
tuple!(T0 E0 0 T1 E1 1 T2 E2 2 T3 E3 3 T4 E4 4 T5 E5 5 T6 E6 6 T7 E7 7 T8 E8 8 T9 E9 9);
tuple!(T0 E0 0 T1 E1 1 T2 E2 2 T3 E3 3 T4 E4 4 T5 E5 5 T6 E6 6 T7 E7 7 T8 E8 8 T9 E9 9 T10 E10 10);
tuple!(T0 E0 0 T1 E1 1 T2 E2 2 T3 E3 3 T4 E4 4 T5 E5 5 T6 E6 6 T7 E7 7 T8 E8 8 T9 E9 9 T10 E10 10 T11 E11 11);
