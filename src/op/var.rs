//! Handles: a value of a graph, with its shape in the type.

use crate::owner::Owner;
use crate::shape::Shape;
use crate::tensor::Dims;
use core::fmt;
use core::marker::PhantomData;

/// A value of a graph or of a rule, of shape `S`. Lean's `Idx Γ s`.
///
/// A handle belongs to the graph that made it; used in another, it panics and names both.
pub struct Var<S> {
    owner: Owner,
    id: usize,
    shape: PhantomData<fn() -> S>,
}

impl<S> Var<S> {
    pub(crate) fn new(owner: Owner, id: usize) -> Self {
        Var {
            owner,
            id,
            shape: PhantomData,
        }
    }

    /// The graph it belongs to.
    pub fn owner(&self) -> Owner {
        self.owner
    }

    /// Its position in the context of the graph, and on the tape: inputs first, then nodes.
    pub fn id(&self) -> usize {
        self.id
    }
}

impl<S> Clone for Var<S> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<S> Copy for Var<S> {}

impl<S: Shape> fmt::Debug for Var<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "value {} {} of {}", self.id, Dims::of::<S>(), self.owner)
    }
}

/// The inputs of an op, as shapes: a tuple such as `((M, K), (K, P))`.
pub trait Inputs: 'static {
    /// The same as handles: `(Var<(M, K)>, Var<(K, P)>)`.
    type Vars: Vars<Shapes = Self>;
    /// The dims of each.
    fn dims() -> Vec<Dims>;
}

/// The inputs of an op, as handles: a tuple such as `(Var<(M, K)>, Var<(K, P)>)`.
pub trait Vars: Copy {
    /// The same as shapes: `((M, K), (K, P))`.
    type Shapes: Inputs<Vars = Self>;
    /// Handles of consecutive values.
    fn starting_at(owner: Owner, first: usize) -> Self;
    /// Handles of these values, one for each shape.
    fn of_ids(owner: Owner, ids: &[usize]) -> Option<Self>;
    /// The values, after the owner of each has been checked.
    fn ids(self, owner: Owner) -> Vec<usize>;
}

macro_rules! inputs {
    ($($S:ident $i:tt)+) => {
        impl<$($S: Shape),+> Inputs for ($($S,)+) {
            type Vars = ($(Var<$S>,)+);
            fn dims() -> Vec<Dims> {
                vec![$(Dims::of::<$S>()),+]
            }
        }
        impl<$($S: Shape),+> Vars for ($(Var<$S>,)+) {
            type Shapes = ($($S,)+);
            fn starting_at(owner: Owner, first: usize) -> Self {
                ($(Var::<$S>::new(owner, first + $i),)+)
            }
            fn of_ids(owner: Owner, ids: &[usize]) -> Option<Self> {
                Some(($(Var::<$S>::new(owner, *ids.get($i)?),)+))
            }
            #[track_caller]
            fn ids(self, owner: Owner) -> Vec<usize> {
                $(owner.demand(self.$i.owner);)+
                vec![$(self.$i.id),+]
            }
        }
    };
}

inputs!(S0 0);
inputs!(S0 0 S1 1);
inputs!(S0 0 S1 1 S2 2);
inputs!(S0 0 S1 1 S2 2 S3 3);
inputs!(S0 0 S1 1 S2 2 S3 3 S4 4);
inputs!(S0 0 S1 1 S2 2 S3 3 S4 4 S5 5);
