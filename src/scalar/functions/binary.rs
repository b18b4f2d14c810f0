//! Functions of two scalars.

use crate::scalar::Level;

/// Functions of two scalars.
///
/// ```
/// use cotangent::scalar::{Binary, Kernels, RealKernels};
/// let run = |f| Kernels::binary(&RealKernels, f, &[3.0_f64], &[2.0]).unwrap()[0];
/// assert_eq!((run(Binary::Add), run(Binary::Sub), run(Binary::Mul)), (5.0, 1.0, 6.0));
/// assert_eq!((run(Binary::Div), run(Binary::Max), run(Binary::Pow)), (1.5, 3.0, 9.0));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Binary {
    /// `x + y`.
    Add,
    /// `x * y`.
    Mul,
    /// `x - y`.
    Sub,
    /// `x / y`.
    Div,
    /// The larger of the two; NaN if either is (where the scalar has one).
    Max,
    /// `x` to the power of `y`.
    Pow,
}

impl Binary {
    /// All of them.
    pub const ALL: &[Binary] = &[
        Binary::Add,
        Binary::Mul,
        Binary::Sub,
        Binary::Div,
        Binary::Max,
        Binary::Pow,
    ];

    /// Its name, as programs have it.
    pub const fn name(self) -> &'static str {
        match self {
            Binary::Add => "add",
            Binary::Mul => "mul",
            Binary::Sub => "sub",
            Binary::Div => "div",
            Binary::Max => "max",
            Binary::Pow => "pow",
        }
    }

    /// The lowest level of the tower that has this function.
    pub const fn level(self) -> Level {
        match self {
            Binary::Add | Binary::Mul => Level::Semiring,
            Binary::Sub => Level::Ring,
            Binary::Div => Level::Field,
            Binary::Max => Level::OrderedField,
            Binary::Pow => Level::Real,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// In the order of the enum, none forgotten before the last, and named as the variants are.
    #[test]
    fn all_are_all() {
        for (i, f) in Binary::ALL.iter().enumerate() {
            assert_eq!(*f as usize, i);
            assert_eq!(f.name(), format!("{f:?}").to_lowercase());
        }
    }
}
