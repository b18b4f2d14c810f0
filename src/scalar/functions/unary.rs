//! The functions of one scalar. They are listed here, by the level that has them, and nowhere else.
//!
//! What is said of a function is in the file of its family, which the list names ([`function`](super::function) says what there
//! is to say); its derivative is in the derivative table (`derivative.rs`). The kernels of each level, what floats and intervals
//! make of it, and what terms, oracles and programs read are written from the list.

use crate::scalar::level::Level;

/// Calls a macro with what it is given, in brackets, and with the list: `Function in family` by level, lowest first. A `;` stands
/// before those of real numbers.
macro_rules! each_unary {
    ($then:ident $($given:tt)*) => {
        $then! { [$($given)*]
            Semiring {
                /// `x`, whose derivative counts as zero.
                Stop in arithmetic,
            }
            Ring {
                /// `-x`.
                Neg in arithmetic,
            }
            Field {
                /// `1 / x`.
                Recip in arithmetic,
            }
            OrderedField {
                /// `max(x, 0)`.
                Relu in order,
                /// `1` where `x > 0`, else `0`: the derivative of [`Unary::Relu`] (0 at the kink, as in PyTorch).
                Step in order,
            }
            ;
            Real {
                /// e to the power of `x`.
                Exp in exponential,
                /// The natural logarithm.
                Log in exponential,
                /// The hyperbolic tangent.
                Tanh in hyperbolic,
                /// `1 / (1 + exp(-x))`.
                Sigmoid in hyperbolic,
                /// The square root.
                Sqrt in root,
                /// `1 / √x`.
                Rsqrt in root,
                /// `eˣ - 1`, accurate near 0.
                Expm1 in exponential,
                /// `log(1 + x)`, accurate near 0.
                Log1p in exponential,
                /// `log(1 + eˣ)`, finite however large `x` is.
                Softplus in exponential,
                /// The sine.
                Sin in trigonometric,
                /// The cosine.
                Cos in trigonometric,
                /// The arctangent, between `-π/2` and `π/2`.
                Atan in trigonometric,
                /// The error function, `2/√π` times the integral of `exp(-t²)` from 0 to `x`.
                Erf in error_function,
            }
        }
    };
}
pub(in crate::scalar) use each_unary;

macro_rules! unary {
    (
        [] $($Level:ident { $($(#[$doc:meta])* $F:ident in $family:ident,)* })*
        ; $Real:ident { $($(#[$of_reals:meta])* $G:ident in $g:ident,)* }
    ) => {
        /// Functions of one scalar. There may be more in a later version.
        ///
        /// ```
        /// use cotangent::scalar::{Kernels, RealScalar, Unary};
        /// let run = |f, x: f64| Kernels::unary(&RealScalar, f, &[x]).unwrap()[0];
        /// assert_eq!((run(Unary::Neg, 2.0), run(Unary::Recip, 2.0), run(Unary::Stop, 2.0)), (-2.0, 0.5, 2.0));
        /// assert_eq!((run(Unary::Relu, -1.0), run(Unary::Step, 3.0), run(Unary::Sqrt, 9.0)), (0.0, 1.0, 3.0));
        /// assert_eq!((run(Unary::Exp, 0.0), run(Unary::Log, 1.0)), (1.0, 0.0));
        /// assert_eq!((run(Unary::Tanh, 0.0), run(Unary::Sigmoid, 0.0)), (0.0, 0.5));
        /// assert_eq!((run(Unary::Expm1, 1e-20), run(Unary::Log1p, 1e-20), run(Unary::Rsqrt, 4.0)), (1e-20, 1e-20, 0.5));
        /// assert_eq!((run(Unary::Sin, 0.0), run(Unary::Cos, 0.0), run(Unary::Erf, f64::INFINITY)), (0.0, 1.0, 1.0));
        /// ```
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Unary {
            $($($(#[$doc])* $F,)*)*
            $($(#[$of_reals])* $G,)*
        }

        impl Unary {
            /// All of them.
            pub const ALL: &[Unary] = &[$($(Unary::$F,)*)* $(Unary::$G,)*];

            /// The lowest level of the tower that has this function.
            pub const fn level(self) -> Level {
                match self {
                    $($(Unary::$F)|* => Level::$Level,)*
                    $(Unary::$G)|* => Level::$Real,
                }
            }
        }
    };
}

each_unary!(unary);
