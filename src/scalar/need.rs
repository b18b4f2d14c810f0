//! What an operation needs of its scalar, as a type.

use super::{Field, OrderedField, Real, Ring, Semiring};
use crate::shape::Shape;

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
///
/// The aliases are what is written. The types behind them have names that no trait has, so that messages of rustc name
/// them without a path.
pub mod needs {
    /// Runs over every commutative semiring.
    #[derive(Clone, Copy, Debug)]
    pub struct SemiringScalar;
    /// Runs over every commutative ring.
    #[derive(Clone, Copy, Debug)]
    pub struct RingScalar;
    /// Runs over every field.
    #[derive(Clone, Copy, Debug)]
    pub struct FieldScalar;
    /// Runs over every ordered field.
    #[derive(Clone, Copy, Debug)]
    pub struct OrderedFieldScalar;
    /// Runs over real scalars only.
    #[derive(Clone, Copy, Debug)]
    pub struct RealScalar;

    /// Runs over every commutative semiring.
    pub type Semiring = SemiringScalar;
    /// Runs over every commutative ring.
    pub type Ring = RingScalar;
    /// Runs over every field.
    pub type Field = FieldScalar;
    /// Runs over every ordered field.
    pub type OrderedField = OrderedFieldScalar;
    /// Runs over real scalars only.
    pub type Real = RealScalar;
}

/// One of the types of [`needs`].
pub trait Need: Copy + core::fmt::Debug + Send + Sync + 'static {
    /// The level as a value.
    const LEVEL: Level;
}

/// A need that is at least as high as `Lower`: a rule may record an operation that needs `Lower`.
#[diagnostic::on_unimplemented(
    message = "this operation needs `{Lower}`, and the rule is written for every `{Self}`",
    label = "raise the op's `type Need`, or write the rule without this operation; docs/errors.md#o03"
)]
pub trait Includes<Lower: Need>: Need {
    /// `Self`. What is computed with it depends on the judgement.
    type Itself: Need;
}

#[diagnostic::do_not_recommend]
impl<N: Need, Lower: Within<N>> Includes<Lower> for N {
    type Itself = Lower::Higher;
}

/// [`Includes`] from its other side. The need of an operation is the subject here: rustc never guesses a subject, so
/// it waits until it knows the need, and then says what is wrong with it.
pub trait Within<N: Need>: Need {
    /// `N`.
    type Higher: Need;
}

/// A need that the scalar `A` meets. The need is the subject for the same reason as in `Within`.
#[diagnostic::on_unimplemented(
    message = "this operation needs `{Self}`, and `{A}` is not one",
    label = "not over `{A}`; which scalar is what: docs/errors.md#s02, #s03"
)]
pub trait MetBy<A: Semiring>: Need {
    /// `T`. A result that is computed with it depends on the judgement, and then rustc's message is short. It is `T`
    /// whatever `A` is: the shapes of a graph are known before its scalar.
    type Then<T: Shape>: Shape;
}

macro_rules! levels {
    ($($Level:ident includes $($Lower:ident)*;)*) => {$(
        impl Need for needs::$Level {
            const LEVEL: Level = Level::$Level;
        }
        #[diagnostic::do_not_recommend]
        impl<A: $Level> MetBy<A> for needs::$Level {
            type Then<T: Shape> = T;
        }
        $(
            impl Within<needs::$Level> for needs::$Lower {
                type Higher = needs::$Level;
            }
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
