//! What depends on a judgement.
//!
//! A judgement is a trait with a sentence of its own, `#[diagnostic::on_unimplemented]`: what a user reads where a shape is
//! wrong. Three things make rustc say that sentence, and no more:
//!
//! - The impl has one bound, a trait of cases behind it, and `#[diagnostic::do_not_recommend]`. So rustc lists no cases.
//! - The judgement has an associated type, `Checked` where it is the subject itself. It is an error type where the
//!   judgement fails, and rustc says nothing more of what has an error type in it.
//! - The result of an op names that type through [`If`]. A judgement that is only in the bounds of the op would be reported
//!   with the op, the impl and what needs it, in 14 lines.

use core::marker::PhantomData;

/// `T`, if `J`, a type of a judgement, is one: `type Out = If<<S as RemoveAxis<I>>::Out, S>` of an op.
///
/// To a rule it is `T`. To a caller of the op it is an error where the judgement fails.
///
/// ```
/// use cotangent::prelude::*;
/// use cotangent::shape::{If, RemoveAxis};
/// let _: If<<shape![2, 3] as RemoveAxis<Axis<1>>>::Out, shape![4]> = (N::<4>,);
/// ```
pub type If<J, T> = <PhantomData<J> as Judged<T>>::Out;

/// Any type, for another: the trait behind [`If`].
pub trait Judged<T> {
    /// `T`.
    type Out;
}

impl<J, T> Judged<T> for PhantomData<J> {
    type Out = T;
}

/// A type that is another: the case of judgements such as [`SameShape`](super::SameShape).
pub trait Is<Other> {}

impl<T> Is<T> for T {}
