//! `f32` and `f64`.

use super::functions::function::RealFunction;
use super::functions::{Exp, Log, Sigmoid, Sqrt, Tanh};
use super::{
    Field, Kernels, Literal, OrderedField, Precision, Real, RealScalar, Ring, Semiring, Unary,
};
use ndarray::{ArrayView2, ShapeBuilder};

macro_rules! float {
    ($($F:ident $value:ident;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl Semiring for $F {
            const EXACT: bool = false;
            #[inline(never)] // the table is made in this crate
            fn kernels() -> &'static dyn Kernels<Self> {
                &RealScalar
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
                    _ => super::sums::matmul(a, b, [m, k, n], ta, tb),
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
            fn fraction(numerator: u64) -> Self {
                // So many leading bits as are kept without rounding.
                let rest = 53 - $F::MANTISSA_DIGITS;
                (numerator >> rest) as $F / (1_u64 << (52 - rest)) as $F
            }
        }
        #[diagnostic::do_not_recommend]
        impl OrderedField for $F {}
        #[diagnostic::do_not_recommend]
        impl Real for $F {
            fn exp(&self) -> Self {
                Exp::$value(*self)
            }
            fn log(&self) -> Self {
                Log::$value(*self)
            }
            fn tanh(&self) -> Self {
                Tanh::$value(*self)
            }
            fn sigmoid(&self) -> Self {
                Sigmoid::$value(*self)
            }
            fn sqrt(&self) -> Self {
                Sqrt::$value(*self)
            }
            fn pow(&self, exponent: &Self) -> Self {
                $F::powf(*self, *exponent)
            }
            fn function(&self, f: Unary) -> Option<Self> {
                f.$value(*self)
            }
        }
    )*};
}

float! {
    f32 single;
    f64 double;
}
