//! The scalars of this crate: `f32`, `f64`, exact rationals, and the naturals as the plainest semiring.

use super::{
    Field, Kernels, Literal, OrderedField, OrderedFieldKernels, Precision, Real, RealKernels, Ring,
    Semiring, SemiringKernels, Unary,
};
use ndarray::{ArrayView2, ShapeBuilder};
use num_bigint::{BigInt, BigUint};
use num_rational::BigRational;
use num_traits::Zero;

macro_rules! float {
    ($($F:ident $erf:path;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl Semiring for $F {
            const EXACT: bool = false;
            #[inline(never)] // the table is made in this crate
            fn kernels() -> &'static dyn Kernels<Self> {
                &RealKernels
            }
            fn matmul(a: &[Self], b: &[Self], [m, k, n]: [usize; 3], ta: bool, tb: bool) -> Vec<Self> {
                let view = |x, rows: usize, columns: usize, transposed: bool| {
                    ArrayView2::from_shape((rows, columns).set_f(transposed), x)
                };
                match (view(a, m, k, ta), view(b, k, n, tb)) {
                    (Ok(a), Ok(b)) => {
                        let product = a.dot(&b);
                        if product.is_standard_layout() {
                            product.into_raw_vec_and_offset().0
                        } else {
                            product.iter().copied().collect()
                        }
                    }
                    // Slices that do not have the sizes they claim: the loops panic on them, as indexing does.
                    _ => super::kernels::matmul(a, b, [m, k, n], ta, tb),
                }
            }
            fn rounded(&self, precision: Precision) -> Self {
                match precision {
                    // Of a single, itself.
                    Precision::Single => *self as f32 as $F,
                    Precision::Run | Precision::Double => *self,
                }
            }
        }
        #[diagnostic::do_not_recommend]
        impl Ring for $F {}
        #[diagnostic::do_not_recommend]
        impl Field for $F {
            fn from_literal(literal: Literal) -> Self {
                match literal {
                    Literal::Ratio(n, d) => n as $F / d as $F,
                    Literal::Real(value) => value as $F,
                }
            }
        }
        #[diagnostic::do_not_recommend]
        impl OrderedField for $F {}
        #[diagnostic::do_not_recommend]
        impl Real for $F {
            fn exp(&self) -> Self {
                $F::exp(*self)
            }
            fn log(&self) -> Self {
                $F::ln(*self)
            }
            fn tanh(&self) -> Self {
                $F::tanh(*self)
            }
            fn sigmoid(&self) -> Self {
                // exp of a number that is not positive cannot overflow.
                if *self >= 0.0 {
                    1.0 / (1.0 + (-self).exp())
                } else {
                    let e = self.exp();
                    e / (1.0 + e)
                }
            }
            fn sqrt(&self) -> Self {
                $F::sqrt(*self)
            }
            fn pow(&self, exponent: &Self) -> Self {
                $F::powf(*self, *exponent)
            }
            fn function(&self, f: Unary) -> Option<Self> {
                Some(match f {
                    Unary::Rsqrt => 1.0 / $F::sqrt(*self),
                    Unary::Expm1 => $F::exp_m1(*self),
                    Unary::Log1p => $F::ln_1p(*self),
                    Unary::Sin => $F::sin(*self),
                    Unary::Cos => $F::cos(*self),
                    Unary::Erf => $erf(*self),
                    // These have methods.
                    Unary::Stop
                    | Unary::Neg
                    | Unary::Recip
                    | Unary::Relu
                    | Unary::Step
                    | Unary::Exp
                    | Unary::Log
                    | Unary::Tanh
                    | Unary::Sigmoid
                    | Unary::Sqrt => return None,
                })
            }
        }
    )*};
}

float! {
    f32 libm::erff;
    f64 libm::erf;
}

/// Exact rationals of any size: an ordered field. Every law of this crate holds over them to the letter.
#[diagnostic::do_not_recommend]
impl Semiring for BigRational {
    const EXACT: bool = true;
    #[inline(never)] // the table is made in this crate
    fn kernels() -> &'static dyn Kernels<Self> {
        &OrderedFieldKernels
    }
}
#[diagnostic::do_not_recommend]
impl Ring for BigRational {}
#[diagnostic::do_not_recommend]
impl Field for BigRational {
    fn from_literal(literal: Literal) -> Self {
        match literal {
            // Infinities and NaN are not rational numbers; zero is what is left, as documented at `Literal`.
            Literal::Ratio(_, 0) => Self::zero(),
            Literal::Ratio(n, d) => BigRational::new(BigInt::from(n), BigInt::from(d)),
            Literal::Real(value) => BigRational::from_float(value).unwrap_or_else(Self::zero),
        }
    }
    fn is_divisor(&self) -> bool {
        !self.is_zero()
    }
}
#[diagnostic::do_not_recommend]
impl OrderedField for BigRational {}

/// Natural numbers of any size: a semiring, and no more.
#[diagnostic::do_not_recommend]
impl Semiring for BigUint {
    const EXACT: bool = true;
    #[inline(never)] // the table is made in this crate
    fn kernels() -> &'static dyn Kernels<Self> {
        &SemiringKernels
    }
}
