//! The functions of two scalars. They are listed here, by the level that has them, and nowhere else.
//!
//! The list is read as that of the functions of [one scalar](super::unary) is.

use crate::scalar::level::Level;

/// Calls a macro with what it is given, in brackets, and with the list: `Function in family` by level, lowest first.
macro_rules! each_binary {
    ($then:ident $($given:tt)*) => {
        $then! { [$($given)*]
            Semiring {
                /// `x + y`.
                Add in arithmetic,
                /// `x * y`.
                Mul in arithmetic,
            }
            Ring {
                /// `x - y`.
                Sub in arithmetic,
            }
            Field {
                /// `x / y`.
                Div in arithmetic,
            }
            OrderedField {
                /// The larger of the two; NaN if either is (where the scalar has one).
                Max in order,
            }
            Real {
                /// `x` to the power of `y`.
                Pow in power,
            }
        }
    };
}
pub(in crate::scalar) use each_binary;

macro_rules! binary {
    ([] $($Level:ident { $($(#[$doc:meta])* $F:ident in $family:ident,)* })*) => {
        /// Functions of two scalars. There may be more in a later version.
        ///
        /// ```
        /// use cotangent::scalar::{Binary, Kernels, RealScalar};
        /// let run = |f| Kernels::binary(&RealScalar, f, &[3.0_f64], &[2.0]).unwrap()[0];
        /// assert_eq!((run(Binary::Add), run(Binary::Sub), run(Binary::Mul)), (5.0, 1.0, 6.0));
        /// assert_eq!((run(Binary::Div), run(Binary::Max), run(Binary::Pow)), (1.5, 3.0, 9.0));
        /// ```
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Binary {
            $($($(#[$doc])* $F,)*)*
        }

        impl Binary {
            /// All of them.
            pub const ALL: &[Binary] = &[$($(Binary::$F,)*)*];

            /// The lowest level of the tower that has this function.
            pub const fn level(self) -> Level {
                match self {
                    $($(Binary::$F)|* => Level::$Level,)*
                }
            }
        }
    };
}

each_binary!(binary);
