//! What an operation needs of its scalar, as a type.

use super::{Field, OrderedField, Real, Ring, Semiring};

/// A level of the algebra tower.
///
/// ```
/// use cotangent::scalar::Level;
/// assert!(Level::Semiring < Level::Ring && Level::Ring < Level::Field);
/// assert!(Level::Field < Level::OrderedField && Level::OrderedField < Level::Real);
/// ```
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
///
/// ```
/// use cotangent::prelude::*;
/// /// `x - x y`: it runs over every ring.
/// #[derive(Clone)]
/// struct Decay;
/// impl<S: Shape> Op<(S, S)> for Decay {
///     type Out = S;
///     type Need = needs::Ring;
///     const NAME: &'static str = "decay";
///     fn forward(&self, r: &Recorder<needs::Ring>, (x, y): (Var<S>, Var<S>)) -> Var<S> {
///         r.sub_same(x, r.mul_same(x, y)) // `r.exp(y)` would not compile here
///     }
/// }
/// cotangent::prove::prove_op::<(shape![2], shape![2])>(Decay)?;
/// # Ok::<(), Counterexample>(())
/// ```
pub mod needs {
    /// Runs over every commutative semiring.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// use cotangent::scalar::{Level, Need};
    /// assert_eq!(needs::SemiringScalar::LEVEL, Level::Semiring);
    /// ```
    #[derive(Clone, Copy, Debug)]
    pub struct SemiringScalar;
    /// Runs over every commutative ring.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// use cotangent::scalar::{Level, Need};
    /// assert_eq!(needs::RingScalar::LEVEL, Level::Ring);
    /// ```
    #[derive(Clone, Copy, Debug)]
    pub struct RingScalar;
    /// Runs over every field.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// use cotangent::scalar::{Level, Need};
    /// assert_eq!(needs::FieldScalar::LEVEL, Level::Field);
    /// ```
    #[derive(Clone, Copy, Debug)]
    pub struct FieldScalar;
    /// Runs over every ordered field.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// use cotangent::scalar::{Level, Need};
    /// assert_eq!(needs::OrderedFieldScalar::LEVEL, Level::OrderedField);
    /// ```
    #[derive(Clone, Copy, Debug)]
    pub struct OrderedFieldScalar;
    /// Runs over real scalars only.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// use cotangent::scalar::{Level, Need};
    /// assert_eq!(needs::RealScalar::LEVEL, Level::Real);
    /// ```
    #[derive(Clone, Copy, Debug)]
    pub struct RealScalar;

    /// Runs over every commutative semiring.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// // The need of `mul` is the lowest: its graphs run over every scalar.
    /// fn need<O: Op<(shape![2], shape![2]), Need = needs::Semiring>>() {}
    /// need::<Mul>();
    /// ```
    pub type Semiring = SemiringScalar;
    /// Runs over every commutative ring.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// fn need<O: Op<(shape![2], shape![2]), Need = needs::Ring>>() {}
    /// need::<Sub>();
    /// ```
    pub type Ring = RingScalar;
    /// Runs over every field.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// fn need<O: Op<(shape![2], shape![2]), Need = needs::Field>>() {}
    /// need::<Div>();
    /// ```
    pub type Field = FieldScalar;
    /// Runs over every ordered field.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// fn need<O: Op<(shape![2], shape![2]), Need = needs::OrderedField>>() {}
    /// need::<Maximum>();
    /// ```
    pub type OrderedField = OrderedFieldScalar;
    /// Runs over real scalars only.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// fn need<O: Op<(shape![2], shape![2]), Need = needs::Real>>() {}
    /// need::<Pow>();
    /// ```
    pub type Real = RealScalar;
}

/// One of the types of [`needs`].
///
/// ```
/// use cotangent::scalar::{Level, Need, needs};
/// fn level<N: Need>() -> Level {
///     N::LEVEL
/// }
/// assert_eq!(level::<needs::Ring>(), Level::Ring);
/// ```
pub trait Need: Copy + core::fmt::Debug + Send + Sync + 'static {
    /// The level as a value.
    const LEVEL: Level;
}

/// A need that is at least as high as `Lower`: a rule may record an operation that needs `Lower`.
///
/// ```
/// use cotangent::prelude::*;
/// use cotangent::scalar::{Includes, Need};
/// // A part of a rule, for every op that needs at least a real scalar.
/// fn softplus<N: Need + Includes<needs::Real>, S: Shape>(r: &Recorder<N>, x: Var<S>) -> Var<S>
/// where
///     N: Includes<needs::Semiring>,
/// {
///     let one = r.ones();
///     r.log(r.add_same(one, r.exp(x)))
/// }
/// # let _ = softplus::<needs::Real, shape![2]>;
/// ```
#[diagnostic::on_unimplemented(
    message = "this operation needs `{Lower}`, and the rule is written for every `{Self}`",
    label = "raise the op's `type Need`, or write the rule without this operation; docs/errors.md#o03"
)]
pub trait Includes<Lower: Need>: Need {
    /// `Self`. What is computed with it depends on the judgement.
    ///
    /// ```
    /// use cotangent::scalar::{Includes, Level, Need, needs};
    /// type Same = <needs::Real as Includes<needs::Field>>::Checked;
    /// assert_eq!(Same::LEVEL, Level::Real);
    /// ```
    type Checked: Need;
}

#[diagnostic::do_not_recommend]
impl<N: Need, Lower: Within<N>> Includes<Lower> for N {
    type Checked = Lower::Higher;
}

/// [`Includes`] from its other side. The need of an operation is the subject here: rustc never guesses a subject, so
/// it waits until it knows the need, and then says what is wrong with it.
pub trait Within<N: Need>: Need {
    /// `N`.
    type Higher: Need;
}

/// A need that the scalar `A` meets. The need is the subject for the same reason as in `Within`.
///
/// ```
/// use cotangent::prelude::*;
/// use cotangent::scalar::MetBy;
/// use cotangent::scalar::Modular;
/// fn meets<N: MetBy<A>, A: Semiring>() {}
/// meets::<needs::Real, f64>();
/// meets::<needs::Field, Modular>(); // `needs::Real` would not compile: there is no `exp` over a prime field
/// // The shape of a node that needs a ring, over `f64`:
/// let _: Tensor<f64, <needs::Ring as MetBy<f64>>::If<shape![2]>> = Tensor::from([1.0, 2.0]);
/// ```
#[diagnostic::on_unimplemented(
    message = "this operation needs `{Self}`, and `{A}` is not one",
    label = "not over `{A}`; which scalar is what: docs/errors.md#s02, #s03"
)]
pub trait MetBy<A: Semiring>: Need {
    /// `T`. A result that is computed with it depends on the judgement, and then rustc's message is short. It is `T`
    /// whatever `A` is: the shapes of a graph are known before its scalar.
    type If<T>;
}

macro_rules! levels {
    ($($Level:ident includes $($Lower:ident)*;)*) => {$(
        impl Need for needs::$Level {
            const LEVEL: Level = Level::$Level;
        }
        #[diagnostic::do_not_recommend]
        impl<A: $Level> MetBy<A> for needs::$Level {
            type If<T> = T;
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
