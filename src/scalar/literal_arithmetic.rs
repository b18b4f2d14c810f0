//! Arithmetic of numbers written in a program.

use super::Literal;
use core::ops::{Add, Div, Mul, Neg, Sub};
use num_rational::Ratio;
use num_traits::{CheckedAdd, CheckedDiv, CheckedMul, CheckedSub};

/// The ratio that a literal is.
fn ratio(literal: Literal) -> Option<Ratio<i128>> {
    match literal {
        Literal::Ratio(n, d) if d != 0 => Some(Ratio::new(n.into(), d.into())),
        Literal::Ratio(..) | Literal::Real(_) => None,
    }
}

/// The literal of a ratio, if it fits.
fn fitting(ratio: &Ratio<i128>) -> Option<Literal> {
    let n = i64::try_from(*ratio.numer()).ok()?;
    let d = u64::try_from(*ratio.denom()).ok()?;
    Some(Literal::Ratio(n, d))
}

macro_rules! operators {
    ($($Trait:ident $method:ident $checked:ident $operator:tt)*) => {
        $(
            /// Of two ratios exact, if the result fits; else that of doubles.
            impl $Trait for Literal {
                type Output = Self;
                fn $method(self, other: Self) -> Self {
                    let exact = || fitting(&ratio(self)?.$checked(&ratio(other)?)?);
                    exact().unwrap_or_else(|| Literal::Real(self.to_f64() $operator other.to_f64()))
                }
            }
        )*
    };
}

operators!(Add add checked_add + Sub sub checked_sub - Mul mul checked_mul * Div div checked_div /);

impl Neg for Literal {
    type Output = Self;
    fn neg(self) -> Self {
        match self {
            Literal::Ratio(n, d) => match n.checked_neg() {
                Some(n) => Literal::Ratio(n, d),
                None => Literal::Real(-self.to_f64()),
            },
            Literal::Real(value) => Literal::Real(-value),
        }
    }
}
