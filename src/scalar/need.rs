//! What an operation needs of its scalar, as a type.

use super::{Field, OrderedField, Real, Ring, Semiring};

/// A level of the algebra tower.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// `0`, `1`, `+`, `*`.
    Semiring,
    /// A semiring with negation.
    Ring,
    /// A ring with division.
    Field,
    /// A field with comparison.
    OrderedField,
    /// An ordered field with exp, log and their relatives.
    Real,
}

/// The levels as types: `type Need = needs::Ring;` in an `impl Op`.
pub mod needs {
    /// Runs over every commutative semiring.
    #[derive(Clone, Copy, Debug)]
    pub struct Semiring;
    /// Runs over every commutative ring.
    #[derive(Clone, Copy, Debug)]
    pub struct Ring;
    /// Runs over every field.
    #[derive(Clone, Copy, Debug)]
    pub struct Field;
    /// Runs over every ordered field.
    #[derive(Clone, Copy, Debug)]
    pub struct OrderedField;
    /// Runs over real scalars only.
    #[derive(Clone, Copy, Debug)]
    pub struct Real;
}

/// One of the types of [`needs`].
pub trait Need: Copy + core::fmt::Debug + Send + Sync + 'static {
    /// The level as a value.
    const LEVEL: Level;
}

/// A need that is at least as high as `Lower`: a rule may record an operation that needs `Lower`.
#[diagnostic::on_unimplemented(
    message = "this operation needs a `{Lower}` scalar, and the rule is written for every `{Self}` scalar",
    label = "raise the op's `type Need`, or write the rule without this operation"
)]
pub trait Includes<Lower: Need>: Need {}

#[diagnostic::do_not_recommend]
impl<N: Need, Lower: Within<N>> Includes<Lower> for N {}

/// [`Includes`] from its other side. The need of an operation is the subject here: rustc never guesses a subject, so
/// it waits until it knows the need, and then says what is wrong with it.
pub trait Within<N: Need>: Need {}

/// A need that the scalar `A` meets. The need is the subject for the same reason as in `Within`.
#[diagnostic::on_unimplemented(
    message = "this operation needs a `{Self}` scalar, and `{A}` is not one",
    label = "not over `{A}`",
    note = "semiring < ring < field < ordered field < real; a graph says which it is for: `where A: Field`"
)]
pub trait MetBy<A: Semiring>: Need {}

macro_rules! levels {
    ($($Level:ident includes $($Lower:ident)*;)*) => {$(
        impl Need for needs::$Level {
            const LEVEL: Level = Level::$Level;
        }
        #[diagnostic::do_not_recommend]
        impl<A: $Level> MetBy<A> for needs::$Level {}
        $(
            impl Within<needs::$Level> for needs::$Lower {}
        )*
    )*};
}

levels! {
    Semiring includes Semiring;
    Ring includes Semiring Ring;
    Field includes Semiring Ring Field;
    OrderedField includes Semiring Ring Field OrderedField;
    Real includes Semiring Ring Field OrderedField Real;
}
