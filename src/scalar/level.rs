//! The levels of the tower, lowest first. They are listed here and nowhere else.

/// Calls a macro with what it is given, in brackets, and with the list of all levels, lowest first. Of each: what a scalar of
/// it can do, the trait of [`tower`](super::tower), the type of it in [`levels`](super::levels), and what it is in words.
///
/// Who reads it writes an item for each level, so there is none that another file has and one lacks.
macro_rules! each_level {
    ($then:ident $($given:tt)*) => {
        $then! { [$($given)*]
            /// `0`, `1`, `+`, `*`.
            Semiring SemiringScalar "commutative semiring";
            /// A semiring with negation.
            Ring RingScalar "commutative ring";
            /// A ring with division.
            Field FieldScalar "field";
            /// A field with comparison.
            OrderedField OrderedFieldScalar "ordered field";
            /// An ordered field with exp, log and their relatives.
            Real RealScalar "real scalar";
        }
    };
}
pub(super) use each_level;

macro_rules! level {
    ([] $($(#[$doc:meta])* $Level:ident $Scalar:ident $words:literal;)*) => {
        /// A level of the algebra tower.
        ///
        /// ```
        /// use cotangent::scalar::Level;
        /// assert!(Level::Semiring < Level::Ring && Level::Ring < Level::Field);
        /// assert!(Level::Field < Level::OrderedField && Level::OrderedField < Level::Real);
        /// ```
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Level {
            $($(#[$doc])* $Level,)*
        }
    };
}

each_level!(level);
