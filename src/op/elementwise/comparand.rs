//! What a tensor is compared with.

use crate::dim::N;
use crate::env::LabelsOf;
use crate::handle::Discrete;
use crate::op::{Recorder, Var, Vars};
use crate::program::{Literal, primitives};
use crate::scalar::{Comparison, levels};
use crate::shape::Shape;
use core::fmt::Debug;

/// What a tensor of shape `S` is compared with: a tensor, or a number, `less(x, 0.0)`.
#[diagnostic::on_unimplemented(
    message = "a tensor cannot be compared with `{Self}`",
    label = "expected a tensor of the same shape, or a number; docs/errors.md#l07"
)]
pub trait Comparand<S: Shape> {
    /// What the op keeps of it: the number.
    #[doc(hidden)]
    type Kept: Copy + Debug + Send + Sync + 'static;
    /// What the op takes: the tensors.
    #[doc(hidden)]
    type Vars: Vars;
    /// Both, for a comparison of `x` with it.
    fn beside(self, x: Var<S>) -> (Self::Kept, Self::Vars);
}

#[diagnostic::do_not_recommend]
impl<S: Shape, R: Shape> Comparand<S> for Var<R> {
    type Kept = ();
    type Vars = (Var<S>, Var<R>);
    fn beside(self, x: Var<S>) -> ((), Self::Vars) {
        ((), (x, self))
    }
}

#[diagnostic::do_not_recommend]
impl<S: Shape, L: Into<Literal>> Comparand<S> for L {
    type Kept = Literal;
    type Vars = (Var<S>,);
    fn beside(self, x: Var<S>) -> (Literal, Self::Vars) {
        (self.into(), (x,))
    }
}

/// What a comparison gives: 1 where it holds, else 0.
pub(crate) type Holds<S> = LabelsOf<N<2>, S>;

type R = Recorder<levels::OrderedField>;

/// A comparison as it is among the primitives, or one made of those.
#[derive(Clone, Copy)]
pub(crate) enum Relation {
    This(Comparison),
    /// Of the two in the other order.
    Reversed(Comparison),
    Not(Comparison),
}

impl Relation {
    pub(crate) fn record<S: Shape>(self, r: &R, a: Var<S>, b: Var<S>) -> Discrete<Holds<S>> {
        match self {
            Relation::This(f) => r.prim_labels(primitives::Compare(f), (a, b)),
            Relation::Reversed(f) => r.prim_labels(primitives::Compare(f), (b, a)),
            Relation::Not(f) => {
                let holds = Relation::This(f).record(r, a, b);
                let number = r.prim_reading::<S, _>(primitives::ToScalar, (), holds);
                Relation::This(Comparison::Equal).record(r, number, r.zeros())
            }
        }
    }
}

/// A comparison: its op and both judgements. Its function is beside it: of one that a macro writes a message shows the macro.
macro_rules! comparison {
    ($(#[$op_doc:meta])* $Op:ident, $function:ident, $relation:expr) => {
        $(#[$op_doc])*
        #[derive(Clone, Copy, Debug)]
        pub struct $Op<K>(K);

        impl<S: SameShape<R>, R: Shape> Op<(S, R)> for $Op<()> {
            type Out = Holds<If<S::Checked, S>>;
            type Level = levels::OrderedField;
            const NAME: &'static str = stringify!($function);

            fn forward(
                &self,
                r: &Recorder<levels::OrderedField>,
                (a, b): (Var<S>, Var<R>),
            ) -> Discrete<Holds<S>> {
                $relation.record(r, a, r.typed::<S>(b.id()))
            }
        }

        impl<S: Shape> Op<(S,)> for $Op<Literal> {
            type Out = Holds<S>;
            type Level = levels::OrderedField;
            const NAME: &'static str = stringify!($function);

            fn forward(
                &self,
                r: &Recorder<levels::OrderedField>,
                (a,): (Var<S>,),
            ) -> Discrete<Holds<S>> {
                $relation.record(r, a, r.full(self.0))
            }
        }
    };
}

pub(crate) use comparison;
