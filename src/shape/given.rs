//! Shapes that are known through a judgement.

use super::Shape;
use core::marker::PhantomData;

/// `S`, where `J` is a type of a judgement: `type Out = Given<<S as RemoveAxis<I>>::Out, S>` of an op.
///
/// To a rule it is `S`. To a caller of the op it is an error where the judgement fails, and then rustc says the sentence of
/// that judgement and no more. A judgement that is only in the bounds of the op is reported with the op, the impl and
/// what needs it, in 14 lines.
pub type Given<J, S> = <PhantomData<J> as Before<S>>::Then;

/// Any type, before a shape: the trait behind [`Given`].
pub trait Before<S: Shape> {
    /// `S`.
    type Then: Shape;
}

impl<J, S: Shape> Before<S> for PhantomData<J> {
    type Then = S;
}
