//! What a graph runs in.

use super::EnvEntry;
use crate::context::{Holds, ListOf, Name, Taking, TensorList};
use crate::handle::{Arguments, GraphId};
use crate::scalar::Semiring;
use crate::tensor::{Type, Value};
use frunk::hlist::{HCons, HNil};

/// An environment: what a graph reads and is not differentiated by. It describes, as a context does, and `D::Of<A>` holds
/// its values over the scalar `A`. It is a list of entries, `environment![[2] < 10, key]`; `()`; or, for nodes that are made
/// from closures, a type of your own.
///
/// ```
/// use cotangent::prelude::*;
/// type Env = environment![[2] < 10, [3], key];
/// let env: <Env as Environment>::Of<f64> =
///     tlist![Labels::new([3, 1])?, Tensor::from([1.0, 2.0, 3.0]), Key::new(7)];
/// assert_eq!(Env::values(&env).len(), 3); // the inputs of programs, after those of the context
/// let types: Vec<_> = Env::types().iter().map(ToString::to_string).collect();
/// assert_eq!(types, ["[2] < 10", "[3]", "key []"]);
/// # Ok::<(), LabelsError>(())
/// ```
///
/// ```
/// use cotangent::prelude::*;
/// #[derive(Clone)]
/// struct Temperature(f64);
/// impl Environment for Temperature {
///     type Of<A: Semiring> = Temperature; // nodes made from closures read it
/// }
/// ```
pub trait Environment: Sized + 'static {
    /// Its values over the scalar `A`.
    type Of<A: Semiring>: Holds<A, Self>;
    /// The types of the values that programs take.
    fn types() -> Vec<Type> {
        Vec::new()
    }
    /// Adds a name for each of these, from one for each entry.
    #[doc(hidden)]
    fn name_values(_entries: &[&'static str], _names: &mut Vec<Name>) {}
    /// The values that programs take.
    fn values<A: Semiring>(_env: &Self::Of<A>) -> Vec<Value<A>> {
        Vec::new()
    }
}

impl Environment for () {
    type Of<A: Semiring> = ();
}

/// Lists of entries.
pub trait EnvEntries: Sized + 'static {
    /// The `HList` of their values.
    type Values<A: Semiring>: ListOf<A, Self> + Clone + Send + Sync + 'static;
    /// A handle for each entry.
    type Vars: Arguments;
    /// The handles, from `next` on.
    #[doc(hidden)]
    fn vars(graph_id: GraphId, next: &mut usize) -> Self::Vars;
    /// Adds the types of every entry.
    fn push_types(list: &mut Vec<Type>);
    /// Adds the names of every entry, from one for each.
    #[doc(hidden)]
    fn push_names(entries: &[&'static str], names: &mut Vec<Name>);
    /// Adds the values of every entry.
    #[doc(hidden)]
    fn push_values<A: Semiring>(values: &Self::Values<A>, list: &mut Vec<Value<A>>);
    /// The inverse of [`push_values`](Self::push_values).
    #[doc(hidden)]
    fn take_values<A: Semiring>(from: &mut Taking<A>) -> Self::Values<A>;
}

impl EnvEntries for HNil {
    type Values<A: Semiring> = HNil;
    type Vars = HNil;
    fn vars(_owner: GraphId, _next: &mut usize) -> HNil {
        HNil
    }
    fn push_types(_list: &mut Vec<Type>) {}
    fn push_names(_entries: &[&'static str], _names: &mut Vec<Name>) {}
    fn push_values<A: Semiring>(_values: &HNil, _list: &mut Vec<Value<A>>) {}
    fn take_values<A: Semiring>(_from: &mut Taking<A>) -> HNil {
        HNil
    }
}

impl<E: EnvEntry, D: EnvEntries> EnvEntries for HCons<E, D> {
    type Values<A: Semiring> = HCons<E::Of<A>, D::Values<A>>;
    type Vars = HCons<E::Vars, D::Vars>;
    fn vars(graph_id: GraphId, next: &mut usize) -> Self::Vars {
        HCons {
            head: E::vars(graph_id, next),
            tail: D::vars(graph_id, next),
        }
    }
    fn push_types(list: &mut Vec<Type>) {
        E::push_types(list);
        D::push_types(list);
    }
    fn push_names(entries: &[&'static str], names: &mut Vec<Name>) {
        let (first, rest) = match entries {
            [first, rest @ ..] => (*first, rest),
            [] => ("", entries),
        };
        E::push_names(first.into(), names);
        D::push_names(rest, names);
    }
    fn push_values<A: Semiring>(values: &Self::Values<A>, list: &mut Vec<Value<A>>) {
        E::push_values(&values.head, list);
        D::push_values(&values.tail, list);
    }
    fn take_values<A: Semiring>(from: &mut Taking<A>) -> Self::Values<A> {
        HCons {
            head: E::take_values(from),
            tail: D::take_values(from),
        }
    }
}

/// Implements [`Environment`] for a list of entries.
macro_rules! list {
    ([$($param:tt)*] $D:ty) => {
        impl<$($param)*> Environment for $D {
            type Of<A: Semiring> = TensorList<<$D as EnvEntries>::Values<A>>;
            fn types() -> Vec<Type> {
                let mut list = Vec::new();
                <$D as EnvEntries>::push_types(&mut list);
                list
            }
            fn name_values(entries: &[&'static str], names: &mut Vec<Name>) {
                <$D as EnvEntries>::push_names(entries, names);
            }
            fn values<A: Semiring>(env: &Self::Of<A>) -> Vec<Value<A>> {
                let mut list = Vec::new();
                <$D as EnvEntries>::push_values(&env.0, &mut list);
                list
            }
        }
    };
}

list!([] HNil);
list!([E: EnvEntry, D: EnvEntries] HCons<E, D>);

/// Environments whose entries have handles in a graph.
pub trait EnvHandles: Environment {
    /// A handle for each entry.
    type Vars: Arguments;
    /// The handles, for a graph: those of consecutive values.
    fn handles(graph_id: GraphId, first: usize) -> Self::Vars;
}

impl EnvHandles for () {
    type Vars = HNil;
    fn handles(_owner: GraphId, _first: usize) -> HNil {
        HNil
    }
}

impl EnvHandles for HNil {
    type Vars = HNil;
    fn handles(_owner: GraphId, _first: usize) -> HNil {
        HNil
    }
}

impl<E: EnvEntry, D: EnvEntries> EnvHandles for HCons<E, D> {
    type Vars = <Self as EnvEntries>::Vars;
    fn handles(graph_id: GraphId, first: usize) -> Self::Vars {
        <Self as EnvEntries>::vars(graph_id, &mut { first })
    }
}
