//! What a graph gives: one result, or a tuple of them.

use crate::context::{Erase, Growing, Name, Taking, part};
use crate::env::EnvEntry;
use crate::handle::GraphId;
use crate::scalar::Semiring;
use crate::tensor::{AnyTensor, Type, Value, only_tensors};
use core::fmt;
use frunk::hlist::{HCons, HNil};

/// The results of a graph, as a list of entries: tensors, labels, keys, groups and arrays. Of one result the value is that
/// of its entry; of two to twelve it is a tuple.
#[diagnostic::on_unimplemented(
    message = "these are not the results of a graph",
    label = "expected one to twelve entries; docs/errors.md#t03"
)]
pub trait Results: 'static {
    /// Their values: one, or a tuple.
    type Of<A: Semiring>: Clone + PartialEq + fmt::Debug;
    /// Their tangents, or cotangents: one, or a tuple; of labels and keys an empty list.
    type Tangents<A: Semiring>: Clone + PartialEq + fmt::Debug;
    /// Their handles in a graph that calls this one: one, or a tuple.
    type Vars;
    /// The first of them.
    type First: EnvEntry;
    /// The computed shapes of a graph that calls this one.
    #[doc(hidden)]
    type Onto<Ss: Growing>: Growing;
    /// How many.
    const COUNT: usize;
    /// The types of their values.
    fn types() -> Vec<Type>;
    /// A name for each value, from one for each result.
    #[doc(hidden)]
    fn push_names(names: &[Name], all: &mut Vec<Name>);
    /// Handles of consecutive values.
    #[doc(hidden)]
    fn vars(graph_id: GraphId, first: usize) -> Self::Vars;
    /// Their values, from values without types.
    #[doc(hidden)]
    fn take<A: Semiring>(from: &mut Taking<A>) -> Self::Of<A>;
    /// Their tangents, from those of the tensors among them.
    #[doc(hidden)]
    fn take_tangents<A: Semiring>(from: &mut Taking<A>) -> Self::Tangents<A>;
    /// Adds the tangents of the tensors among them.
    #[doc(hidden)]
    fn push_tangents<A: Semiring>(of: &Self::Tangents<A>, list: &mut Vec<Value<A>>);
}

/// The tangents of some results with their types forgotten.
pub(crate) fn erased<A: Semiring, R: Results>(of: &R::Tangents<A>) -> Vec<AnyTensor<A>> {
    let mut list = Vec::new();
    R::push_tangents(of, &mut list);
    only_tensors(list)
}

impl<E: EnvEntry> Results for HCons<E, HNil> {
    type Of<A: Semiring> = E::Of<A>;
    type Tangents<A: Semiring> = E::Tangents<A>;
    type Vars = E::Vars;
    type First = E;
    type Onto<Ss: Growing> = E::Onto<Ss>;
    const COUNT: usize = 1;
    fn types() -> Vec<Type> {
        let mut types = Vec::new();
        E::push_types(&mut types);
        types
    }
    fn push_names(names: &[Name], all: &mut Vec<Name>) {
        E::push_names(names.first().cloned().unwrap_or_default(), all);
    }
    fn vars(graph_id: GraphId, first: usize) -> E::Vars {
        E::vars(graph_id, &mut { first })
    }
    fn take<A: Semiring>(from: &mut Taking<A>) -> E::Of<A> {
        E::take_values(from)
    }
    fn take_tangents<A: Semiring>(from: &mut Taking<A>) -> E::Tangents<A> {
        Erase::take_any(from)
    }
    fn push_tangents<A: Semiring>(of: &E::Tangents<A>, list: &mut Vec<Value<A>>) {
        of.push_any(list);
    }
}

macro_rules! several {
    ($($E:ident $i:tt)+) => {
        impl<$($E: EnvEntry),+> Results for several!(@list $($E)+) {
            type Of<Scalar: Semiring> = ($($E::Of<Scalar>,)+);
            type Tangents<Scalar: Semiring> = ($($E::Tangents<Scalar>,)+);
            type Vars = ($($E::Vars,)+);
            type First = E0;
            type Onto<Ss: Growing> = several!(@onto Ss; $($E)+);
            const COUNT: usize = [$($i),+].len();
            fn types() -> Vec<Type> {
                let mut types = Vec::new();
                $($E::push_types(&mut types);)+
                types
            }
            fn push_names(names: &[Name], all: &mut Vec<Name>) {
                $($E::push_names(names.get($i).cloned().unwrap_or_default(), all);)+
            }
            fn vars(graph_id: GraphId, first: usize) -> Self::Vars {
                let next = &mut { first };
                ($($E::vars(graph_id, next),)+)
            }
            fn take<Scalar: Semiring>(from: &mut Taking<Scalar>) -> Self::Of<Scalar> {
                ($($E::take_values(from),)+)
            }
            fn take_tangents<Scalar: Semiring>(from: &mut Taking<Scalar>) -> Self::Tangents<Scalar> {
                ($(<$E::Tangents<Scalar> as Erase<Scalar>>::take_any(from),)+)
            }
            fn push_tangents<Scalar: Semiring>(
                of: &Self::Tangents<Scalar>,
                list: &mut Vec<Value<Scalar>>,
            ) {
                $(of.$i.push_any(list);)+
            }
        }
    };
    (@list) => { HNil };
    (@list $First:ident $($More:ident)*) => { HCons<$First, several!(@list $($More)*)> };
    // The last one is the newest.
    (@onto $Ss:ty;) => { $Ss };
    (@onto $Ss:ty; $First:ident $($More:ident)*) => {
        several!(@onto $First::Onto<$Ss>; $($More)*)
    };
}

several!(E0 0 E1 1);
several!(E0 0 E1 1 E2 2);
several!(E0 0 E1 1 E2 2 E3 3);
several!(E0 0 E1 1 E2 2 E3 3 E4 4);
several!(E0 0 E1 1 E2 2 E3 3 E4 4 E5 5);
several!(E0 0 E1 1 E2 2 E3 3 E4 4 E5 5 E6 6);
several!(E0 0 E1 1 E2 2 E3 3 E4 4 E5 5 E6 6 E7 7);
several!(E0 0 E1 1 E2 2 E3 3 E4 4 E5 5 E6 6 E7 7 E8 8);
several!(E0 0 E1 1 E2 2 E3 3 E4 4 E5 5 E6 6 E7 7 E8 8 E9 9);
several!(E0 0 E1 1 E2 2 E3 3 E4 4 E5 5 E6 6 E7 7 E8 8 E9 9 E10 10);
several!(E0 0 E1 1 E2 2 E3 3 E4 4 E5 5 E6 6 E7 7 E8 8 E9 9 E10 10 E11 11);

/// The names of `count` results, as one text has them: `"a, b"`; or one name for all of them, `a.0` and so on.
pub(super) fn names(text: &str, count: usize) -> Vec<Name> {
    let each: Vec<Name> = text
        .split(", ")
        .map(|name| name.to_owned().into())
        .collect();
    match each.as_slice() {
        [one] if count > 1 => (0..count).map(|i| part(one, i)).collect(),
        _ => each,
    }
}
