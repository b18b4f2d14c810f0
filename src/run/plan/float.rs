//! The scalars that plans run over: `f32` and `f64`.

use super::node::Width;
use crate::scalar::{Literal, Precision, Real, Unary};
use core::ops::{AddAssign, Div, Mul, Neg, Sub};

/// A float of Rust.
pub(crate) trait Float:
    Real
    + Copy
    + Default
    + Send
    + Sync
    + 'static
    + AddAssign
    + Neg<Output = Self>
    + Sub<Output = Self>
    + Mul<Output = Self>
    + Div<Output = Self>
{
    /// Which of the two it is.
    const WIDTH: WidthOf;
    /// Below every number.
    const LOWEST: Self;
    /// What a literal is.
    fn of(literal: Literal) -> Self;
    /// The nearest to a whole number.
    fn of_index(index: usize) -> Self;
    /// As [`crate::scalar::Semiring::rounded`].
    fn in_precision(self, precision: Precision) -> Self;
    /// A function of a real number.
    fn real(f: Unary, x: Self) -> Self;
}

/// [`Width`], behind a name that may be seen where the trait is.
pub(crate) struct WidthOf(pub(super) Width);

macro_rules! float {
    ($($F:ident $Width:ident $value:ident)*) => {$(
        impl Float for $F {
            const WIDTH: WidthOf = WidthOf(Width::$Width);
            const LOWEST: Self = $F::NEG_INFINITY;
            fn of(literal: Literal) -> Self {
                crate::scalar::Field::from_literal(literal)
            }
            fn of_index(index: usize) -> Self {
                index as $F
            }
            fn in_precision(self, precision: Precision) -> Self {
                crate::scalar::Semiring::rounded(&self, precision)
            }
            #[inline(always)]
            fn real(f: Unary, x: Self) -> Self {
                match f.$value(x) {
                    Some(y) => y,
                    // The others need no real numbers, and are in `elements.rs`.
                    None => x,
                }
            }
        }
    )*};
}

float! {
    f32 Single single
    f64 Double double
}
