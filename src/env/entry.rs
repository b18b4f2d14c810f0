//! Entries of an environment, and of what a graph returns.

use crate::context::{Entry, Erase, EraseError, Growing, Name, Taking, TensorList, Vector};
use crate::handle::{Arguments, Discrete, GraphId, Handle};
use crate::scalar::Semiring;
use crate::tensor::{Dims, Key, Type, Value};
use core::fmt;
use frunk::hlist::HNil;

/// What a graph can read without being differentiated by it, and what it can return: labels and keys, and every
/// [`Entry`] of a context: tensors, groups, arrays and lists of them.
///
/// | entry | its value |
/// | --- | --- |
/// | a shape, a group, an array, a context | as in a context |
/// | `Labels<10, shape![32]>` | itself: class numbers |
/// | `Key` | itself: what random bits are made of |
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an entry of an environment",
    label = "expected a shape, labels such as `[32] < 10`, a key, a `struct` of graph!, or an array; docs/errors.md#n15"
)]
pub trait EnvEntry: 'static {
    /// Its value over the scalar `A`.
    type Of<A: Semiring>: Clone + PartialEq + fmt::Debug + Send + Sync + 'static;
    /// Its handles in a graph.
    type Vars: Arguments + Handle<Entry = Self> + Copy + fmt::Debug + 'static;
    /// Its tangents and cotangents, where it is a result: of labels and keys an empty list.
    type Tangents<A: Semiring>: Vector<A> + fmt::Debug;
    /// The computed shapes of a graph once it is one of them: each tensor is a node, newest first.
    #[doc(hidden)]
    type Onto<Ss: Growing>: Growing;
    /// Adds the type of every value, depth first.
    fn push_types(types: &mut Vec<Type>);
    /// Adds a name for every value, depth first.
    #[doc(hidden)]
    fn push_names(name: Name, names: &mut Vec<Name>);
    /// Handles of consecutive values, from `next` on.
    #[doc(hidden)]
    fn vars(graph_id: GraphId, next: &mut usize) -> Self::Vars;
    /// Adds the values with their types forgotten, depth first.
    #[doc(hidden)]
    fn push_values<A: Semiring>(of: &Self::Of<A>, values: &mut Vec<Value<A>>);
    /// The inverse of [`push_values`](Self::push_values).
    #[doc(hidden)]
    fn take_values<A: Semiring>(from: &mut Taking<A>) -> Self::Of<A>;
}

/// That something is an entry of an environment, for what [`graph!`](crate::graph!) writes: so what is none is said in these words.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an entry of an environment",
    label = "expected a shape, labels such as `[32] < 10`, a key, a `struct` of graph!, or an array; docs/errors.md#n15"
)]
pub trait EnvType {
    /// Nothing: that there is one is what counts.
    type Is;
}

#[diagnostic::do_not_recommend]
impl<E: EnvEntry> EnvType for E {
    type Is = ();
}

/// Compiled once, not for each entry.
fn push_scalars(dims: Vec<Dims>, types: &mut Vec<Type>) {
    types.extend(dims.into_iter().map(Type::scalar));
}

#[diagnostic::do_not_recommend]
impl<E: Entry> EnvEntry for E {
    type Of<A: Semiring> = <E as Entry>::Of<A>;
    type Vars = <E as Entry>::Vars;
    type Tangents<A: Semiring> = <E as Entry>::Of<A>;
    type Onto<Ss: Growing> = Ss::With<E>;
    fn push_types(types: &mut Vec<Type>) {
        let mut dims = Vec::new();
        E::push_dims(&mut dims);
        push_scalars(dims, types);
    }
    fn push_names(name: Name, names: &mut Vec<Name>) {
        <E as Entry>::push_names(name, names);
    }
    fn vars(graph_id: GraphId, next: &mut usize) -> Self::Vars {
        <E as Entry>::vars(graph_id, next)
    }
    fn push_values<A: Semiring>(of: &Self::Of<A>, values: &mut Vec<Value<A>>) {
        of.push_any(values);
    }
    fn take_values<A: Semiring>(from: &mut Taking<A>) -> Self::Of<A> {
        Erase::take_any(from)
    }
}

/// What is one value, and no tensor of scalars: its parts of [`EnvEntry`] that are the same for all of these.
macro_rules! itself {
    () => {
        type Of<A: Semiring> = Self;
        type Vars = Discrete<Self>;
        type Tangents<A: Semiring> = TensorList<HNil>;
        type Onto<Ss: crate::context::Growing> = Ss;
        fn push_names(name: Name, names: &mut Vec<Name>) {
            names.push(name);
        }
        fn vars(graph_id: GraphId, next: &mut usize) -> Discrete<Self> {
            *next += 1;
            Discrete::new(graph_id, *next - 1)
        }
    };
}
pub(super) use itself;

impl EnvEntry for Key {
    itself!();
    fn push_types(types: &mut Vec<Type>) {
        types.push(Type::Key(Dims::default()));
    }
    fn push_values<A: Semiring>(of: &Key, values: &mut Vec<Value<A>>) {
        values.push((*of).into());
    }
    fn take_values<A: Semiring>(from: &mut Taking<A>) -> Key {
        let keys = match from.value() {
            Some(Value::Key(keys)) => keys.as_slice().first().copied(),
            Some(Value::Scalar(_) | Value::Index(_)) | None => None,
        };
        keys.unwrap_or_else(|| {
            from.fail(EraseError::TooShort);
            Key::new(0)
        })
    }
}
