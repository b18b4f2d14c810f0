//! The level of an operation, as a type.

use super::level::{Level, each_level};
use super::tower::{Field, OrderedField, Real, Ring, Semiring};

/// The types behind [`levels`], each also the table of its scalars (`tables.rs`). Their names are such that no trait has them,
/// so that messages of rustc name them without a path.
macro_rules! types {
    ([] $($(#[$doc:meta])* $Level:ident $Scalar:ident $words:literal;)*) => {
        $(
            #[doc = concat!("Every ", $words, ": a level, and the table of what its scalars can do.")]
            ///
            /// [`levels`] has the levels, and [`Kernels`](super::Kernels) is what a table has.
            #[derive(Clone, Copy, Debug)]
            pub struct $Scalar;

            impl ScalarLevel for $Scalar {
                const LEVEL: Level = Level::$Level;
            }

            #[diagnostic::do_not_recommend]
            impl<A: $Level> MetBy<A> for $Scalar {
                type If<T> = T;
            }
        )*
    };
}

/// Each level includes itself and those below it.
macro_rules! includes {
    ([$($below:ident)*]) => {};
    ([$($below:ident)*] $(#[$doc:meta])* $Level:ident $Scalar:ident $words:literal; $($above:tt)*) => {
        impl Within<$Scalar> for $Scalar {
            type Higher = $Scalar;
        }
        $(
            impl Within<$Scalar> for $below {
                type Higher = $Scalar;
            }
        )*
        includes! { [$($below)* $Scalar] $($above)* }
    };
}

each_level!(types);
each_level!(includes);

/// The levels as types: `type Level = levels::Ring;` in an `impl Op`.
///
/// ```
/// use cotangent::prelude::*;
/// /// `x - x y`: it runs over every ring.
/// #[derive(Clone)]
/// struct Decay;
/// impl<S: Shape> Op<(S, S)> for Decay {
///     type Out = S;
///     type Level = levels::Ring;
///     const NAME: &'static str = "decay";
///     fn forward(&self, r: &Recorder<levels::Ring>, (x, y): (Var<S>, Var<S>)) -> Var<S> {
///         r.sub_same(x, r.mul_same(x, y)) // `r.exp(y)` would not compile here
///     }
/// }
/// cotangent::prove::prove_op::<(shape![2], shape![2])>(Decay)?;
/// # Ok::<(), Counterexample>(())
/// ```
pub mod levels {
    use crate::scalar::level::each_level;

    macro_rules! aliases {
        ([] $($(#[$doc:meta])* $Level:ident $Scalar:ident $words:literal;)*) => {$(
            #[doc = concat!("Runs over every ", $words, ".")]
            pub type $Level = super::$Scalar;
        )*};
    }

    each_level!(aliases);
}

/// One of the types of [`levels`].
///
/// ```
/// use cotangent::scalar::{Level, ScalarLevel, levels};
/// fn level<N: ScalarLevel>() -> Level {
///     N::LEVEL
/// }
/// assert_eq!(level::<levels::Ring>(), Level::Ring);
/// ```
pub trait ScalarLevel: Copy + core::fmt::Debug + Send + Sync + 'static {
    /// The level as a value.
    const LEVEL: Level;
}

/// A level that is at least as high as `Lower`: a rule may record an operation that needs `Lower`.
///
/// ```
/// use cotangent::prelude::*;
/// use cotangent::scalar::{Includes, ScalarLevel};
/// // A part of a rule, for every op that needs at least a real scalar.
/// fn softplus<N: ScalarLevel + Includes<levels::Real>, S: Shape>(r: &Recorder<N>, x: Var<S>) -> Var<S>
/// where
///     N: Includes<levels::Semiring>,
/// {
///     let one = r.ones();
///     r.log(r.add_same(one, r.exp(x)))
/// }
/// # let _ = softplus::<levels::Real, shape![2]>;
/// ```
#[diagnostic::on_unimplemented(
    message = "this operation needs `{Lower}`, and the rule is written for every `{Self}`",
    label = "raise the op's `type Level`, or write the rule without this operation; docs/errors.md#o03"
)]
pub trait Includes<Lower: ScalarLevel>: ScalarLevel {
    /// `Self`. What is computed with it depends on the judgement.
    ///
    /// ```
    /// use cotangent::scalar::{Includes, Level, ScalarLevel, levels};
    /// type Same = <levels::Real as Includes<levels::Field>>::Checked;
    /// assert_eq!(Same::LEVEL, Level::Real);
    /// ```
    type Checked: ScalarLevel;
}

#[diagnostic::do_not_recommend]
impl<N: ScalarLevel, Lower: Within<N>> Includes<Lower> for N {
    type Checked = Lower::Higher;
}

/// [`Includes`] from its other side. The level of an operation is the subject here: rustc never guesses a subject, so
/// it waits until it knows the level, and then says what is wrong with it.
pub trait Within<N: ScalarLevel>: ScalarLevel {
    /// `N`.
    type Higher: ScalarLevel;
}

/// A level that the scalar `A` meets. The level is the subject for the same reason as in `Within`.
///
/// ```
/// use cotangent::prelude::*;
/// use cotangent::scalar::MetBy;
/// use cotangent::scalar::Modular;
/// fn meets<N: MetBy<A>, A: Semiring>() {}
/// meets::<levels::Real, f64>();
/// meets::<levels::Field, Modular>(); // `levels::Real` would not compile: there is no `exp` over a prime field
/// // The shape of a node that needs a ring, over `f64`:
/// let _: Tensor<f64, <levels::Ring as MetBy<f64>>::If<shape![2]>> = Tensor::from([1.0, 2.0]);
/// ```
#[diagnostic::on_unimplemented(
    message = "this operation needs `{Self}`, and `{A}` is not one",
    label = "not over `{A}`; which scalar is what: docs/errors.md#s02, #s03"
)]
pub trait MetBy<A: Semiring>: ScalarLevel {
    /// `T`. A result that is computed with it depends on the judgement, and then rustc's message is short. It is `T`
    /// whatever `A` is: the shapes of a graph are known before its scalar.
    type If<T>;
}
