//! Functions of one scalar.
//!
//! What is said here of a function, dual numbers, terms, oracles and programs read. Elsewhere it has only its derivative
//! (`derivative.rs`) and its values over floats and intervals.

use crate::scalar::Level;

/// Where a function of a real number is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Domain {
    All,
    NotZero,
    Positive,
    /// The positive numbers and 0, where its derivative may be infinite.
    NotNegative,
    /// Above -1.
    AboveMinusOne,
}

/// Functions of one scalar.
///
/// ```
/// use cotangent::scalar::{Kernels, RealKernels, Unary};
/// let run = |f, x: f64| Kernels::unary(&RealKernels, f, &[x]).unwrap()[0];
/// assert_eq!((run(Unary::Neg, 2.0), run(Unary::Recip, 2.0), run(Unary::Stop, 2.0)), (-2.0, 0.5, 2.0));
/// assert_eq!((run(Unary::Relu, -1.0), run(Unary::Step, 3.0), run(Unary::Sqrt, 9.0)), (0.0, 1.0, 3.0));
/// assert_eq!((run(Unary::Exp, 0.0), run(Unary::Log, 1.0)), (1.0, 0.0));
/// assert_eq!((run(Unary::Tanh, 0.0), run(Unary::Sigmoid, 0.0)), (0.0, 0.5));
/// assert_eq!((run(Unary::Expm1, 1e-20), run(Unary::Log1p, 1e-20), run(Unary::Rsqrt, 4.0)), (1e-20, 1e-20, 0.5));
/// assert_eq!((run(Unary::Sin, 0.0), run(Unary::Cos, 0.0), run(Unary::Erf, f64::INFINITY)), (0.0, 1.0, 1.0));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unary {
    /// `x`, whose derivative counts as zero.
    Stop,
    /// `-x`.
    Neg,
    /// `1 / x`.
    Recip,
    /// `max(x, 0)`.
    Relu,
    /// `1` where `x > 0`, else `0`: the derivative of [`Unary::Relu`] (0 at the kink, as in PyTorch).
    Step,
    /// e to the power of `x`.
    Exp,
    /// The natural logarithm.
    Log,
    /// The hyperbolic tangent.
    Tanh,
    /// `1 / (1 + exp(-x))`.
    Sigmoid,
    /// The square root.
    Sqrt,
    /// `1 / √x`.
    Rsqrt,
    /// `eˣ - 1`, accurate near 0.
    Expm1,
    /// `log(1 + x)`, accurate near 0.
    Log1p,
    /// The sine.
    Sin,
    /// The cosine.
    Cos,
    /// The error function, `2/√π` times the integral of `exp(-t²)` from 0 to `x`.
    Erf,
}

impl Unary {
    /// All of them.
    ///
    /// ```
    /// use cotangent::scalar::{Level, Unary};
    /// let of_rings = Unary::ALL.iter().filter(|f| f.level() <= Level::Ring);
    /// assert!(of_rings.eq(&[Unary::Stop, Unary::Neg]));
    /// ```
    pub const ALL: &[Unary] = &[
        Unary::Stop,
        Unary::Neg,
        Unary::Recip,
        Unary::Relu,
        Unary::Step,
        Unary::Exp,
        Unary::Log,
        Unary::Tanh,
        Unary::Sigmoid,
        Unary::Sqrt,
        Unary::Rsqrt,
        Unary::Expm1,
        Unary::Log1p,
        Unary::Sin,
        Unary::Cos,
        Unary::Erf,
    ];

    /// Its name, as ops and programs have it.
    ///
    /// ```
    /// use cotangent::scalar::Unary;
    /// assert_eq!(Unary::Recip.name(), "recip");
    /// ```
    pub const fn name(self) -> &'static str {
        match self {
            Unary::Stop => "stop",
            Unary::Neg => "neg",
            Unary::Recip => "recip",
            Unary::Relu => "relu",
            Unary::Step => "step",
            Unary::Exp => "exp",
            Unary::Log => "log",
            Unary::Tanh => "tanh",
            Unary::Sigmoid => "sigmoid",
            Unary::Sqrt => "sqrt",
            Unary::Rsqrt => "rsqrt",
            Unary::Expm1 => "expm1",
            Unary::Log1p => "log1p",
            Unary::Sin => "sin",
            Unary::Cos => "cos",
            Unary::Erf => "erf",
        }
    }

    /// The lowest level of the tower that has this function.
    ///
    /// ```
    /// use cotangent::scalar::{Level, Unary};
    /// assert_eq!((Unary::Neg.level(), Unary::Exp.level()), (Level::Ring, Level::Real));
    /// ```
    pub const fn level(self) -> Level {
        match self {
            Unary::Stop => Level::Semiring,
            Unary::Neg => Level::Ring,
            Unary::Recip => Level::Field,
            Unary::Relu | Unary::Step => Level::OrderedField,
            Unary::Exp
            | Unary::Log
            | Unary::Tanh
            | Unary::Sigmoid
            | Unary::Sqrt
            | Unary::Rsqrt
            | Unary::Expm1
            | Unary::Log1p
            | Unary::Sin
            | Unary::Cos
            | Unary::Erf => Level::Real,
        }
    }

    /// Where it is defined over the reals.
    pub(crate) const fn domain(self) -> Domain {
        match self {
            Unary::Recip => Domain::NotZero,
            Unary::Log | Unary::Rsqrt => Domain::Positive,
            Unary::Sqrt => Domain::NotNegative,
            Unary::Log1p => Domain::AboveMinusOne,
            Unary::Stop
            | Unary::Neg
            | Unary::Relu
            | Unary::Step
            | Unary::Exp
            | Unary::Tanh
            | Unary::Sigmoid
            | Unary::Expm1
            | Unary::Sin
            | Unary::Cos
            | Unary::Erf => Domain::All,
        }
    }

    /// What it makes of an integer, where that is an integer over the reals and simple: all that terms and oracles know
    /// of functions of numbers.
    pub(crate) const fn at_integer(self, n: i64) -> Option<i64> {
        match (self, n) {
            (Unary::Stop, n) => Some(n),
            (Unary::Neg, n) => n.checked_neg(),
            (Unary::Recip, 1 | -1) => Some(n),
            (Unary::Relu, n) => Some(if n > 0 { n } else { 0 }),
            (Unary::Step, n) => Some((n > 0) as i64),
            (Unary::Exp | Unary::Cos, 0) => Some(1),
            (Unary::Tanh | Unary::Expm1 | Unary::Log1p | Unary::Sin | Unary::Erf, 0) => Some(0),
            (Unary::Log, 1) => Some(0),
            (Unary::Sqrt, 0 | 1) => Some(n),
            (Unary::Rsqrt, 1) => Some(1),
            (
                Unary::Recip
                | Unary::Exp
                | Unary::Log
                | Unary::Tanh
                | Unary::Sigmoid
                | Unary::Sqrt
                | Unary::Rsqrt
                | Unary::Expm1
                | Unary::Log1p
                | Unary::Sin
                | Unary::Cos
                | Unary::Erf,
                _,
            ) => None,
        }
    }
}

impl Domain {
    /// Whether an integer is in it.
    pub(crate) const fn has(self, n: i64) -> bool {
        match self {
            Domain::All => true,
            Domain::NotZero => n != 0,
            Domain::Positive => n > 0,
            Domain::NotNegative => n >= 0,
            Domain::AboveMinusOne => n > -1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prove::{Oracle, Term};
    use crate::scalar::{Kernels, Real, RealKernels};

    /// In the order of the enum, none forgotten before the last, and named as the variants are.
    #[test]
    fn all_are_all() {
        for (i, f) in Unary::ALL.iter().enumerate() {
            assert_eq!(*f as usize, i);
            assert_eq!(f.name(), format!("{f:?}").to_lowercase());
        }
    }

    /// The domain is where doubles have a finite value; over terms and oracles nothing else is defined.
    #[test]
    fn domains() {
        for (&f, n) in Unary::ALL.iter().flat_map(|f| (-4..5).map(move |n| (f, n))) {
            let is_in = f.domain().has(n);
            let double = RealKernels.unary(f, &[n as f64]).map(|y| y[0].is_finite());
            assert_eq!(double, Some(is_in), "{f:?} at {n}");
            let term = RealKernels
                .unary(f, &[Term::from(n)])
                .map(|y| !y[0].is_undefined());
            assert_eq!(term, Some(is_in), "{f:?} at {n}");
            let oracle = RealKernels
                .unary(f, &[Oracle::from(n)])
                .map(|y| y[0].value().is_some());
            assert_eq!(oracle, Some(is_in), "{f:?} at {n}");
        }
    }

    /// What is known at integers is what doubles say there, and what terms and oracles say.
    #[test]
    fn at_integers() {
        for (&f, n) in Unary::ALL.iter().flat_map(|f| (-4..5).map(move |n| (f, n))) {
            let Some(value) = f.at_integer(n) else {
                continue;
            };
            let double = RealKernels.unary(f, &[n as f64]);
            assert_eq!(double, Some(vec![value as f64]), "{f:?} at {n}");
            let term = RealKernels.unary(f, &[Term::from(n)]);
            assert_eq!(term, Some(vec![Term::from(value)]), "{f:?} at {n}");
            let oracle = RealKernels.unary(f, &[Oracle::from(n)]);
            assert_eq!(oracle, Some(vec![Oracle::from(value)]), "{f:?} at {n}");
        }
        assert_eq!(
            Term::from(1)
                .function(Unary::Sin)
                .map(|y| y.to_string())
                .as_deref(),
            Some("sin(1)")
        );
    }
}
