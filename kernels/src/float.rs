//! The two scalars of plans.

use pulp::Simd;

/// `f32` or `f64`. Nothing else is one.
pub trait Float:
    sealed::Vectors
    + crate::functions::Functions
    + crate::matmul::Turn
    + Copy
    + Send
    + Sync
    + PartialOrd
    + core::fmt::Debug
    + core::ops::Add<Output = Self>
    + core::ops::Sub<Output = Self>
    + core::ops::Mul<Output = Self>
    + core::ops::Div<Output = Self>
    + core::ops::Neg<Output = Self>
    + 'static
{
    /// 0.
    const ZERO: Self;
    /// 1.
    const ONE: Self;
    /// The square root.
    fn root(self) -> Self;
    /// `self * b + c`, rounded once. It is one instruction under the dispatch of this crate, and a slow call on an x86 before
    /// AVX2: so every machine computes the same bits.
    fn fma(self, b: Self, c: Self) -> Self;
}

pub(crate) mod sealed {
    use super::Simd;

    /// The vectors of an instruction set.
    pub trait Vectors: Sized {
        /// So many side by side as a register has.
        type Of<S: Simd>: Copy;
        /// How many these are.
        fn lanes<S: Simd>() -> usize;
        /// `x` in each lane.
        fn splat<S: Simd>(simd: S, x: Self) -> Self::Of<S>;
        /// Slices of whole vectors; what is left over is not in it.
        fn vectors<S: Simd>(x: &[Self]) -> &[Self::Of<S>];
        /// The same, to be written.
        fn vectors_mut<S: Simd>(x: &mut [Self]) -> &mut [Self::Of<S>];
        /// A slice shorter than a vector, then zeros.
        fn load<S: Simd>(simd: S, x: &[Self]) -> Self::Of<S>;
        /// The first lanes, into a slice shorter than a vector.
        fn store<S: Simd>(simd: S, x: &mut [Self], v: Self::Of<S>);
        /// `a + b`.
        fn plus<S: Simd>(simd: S, a: Self::Of<S>, b: Self::Of<S>) -> Self::Of<S>;
        /// `a * b + c`, rounded once.
        fn mul_add<S: Simd>(simd: S, a: Self::Of<S>, b: Self::Of<S>, c: Self::Of<S>)
        -> Self::Of<S>;
    }
}

macro_rules! float {
    ($F:ident $of:ident $lanes:ident $splat:ident $as:ident $as_mut:ident $load:ident $store:ident $add:ident $mul_add:ident) => {
        impl Float for $F {
            const ZERO: Self = 0.0;
            const ONE: Self = 1.0;
            #[inline(always)]
            fn root(self) -> Self {
                self.sqrt()
            }
            #[inline(always)]
            fn fma(self, b: Self, c: Self) -> Self {
                self.mul_add(b, c)
            }
        }
        impl sealed::Vectors for $F {
            type Of<S: Simd> = S::$of;
            #[inline(always)]
            fn lanes<S: Simd>() -> usize {
                S::$lanes
            }
            #[inline(always)]
            fn splat<S: Simd>(simd: S, x: Self) -> S::$of {
                simd.$splat(x)
            }
            #[inline(always)]
            fn vectors<S: Simd>(x: &[Self]) -> &[S::$of] {
                S::$as(x).0
            }
            #[inline(always)]
            fn vectors_mut<S: Simd>(x: &mut [Self]) -> &mut [S::$of] {
                S::$as_mut(x).0
            }
            #[inline(always)]
            fn load<S: Simd>(simd: S, x: &[Self]) -> S::$of {
                simd.$load(x)
            }
            #[inline(always)]
            fn store<S: Simd>(simd: S, x: &mut [Self], v: S::$of) {
                simd.$store(x, v)
            }
            #[inline(always)]
            fn plus<S: Simd>(simd: S, a: S::$of, b: S::$of) -> S::$of {
                simd.$add(a, b)
            }
            #[inline(always)]
            fn mul_add<S: Simd>(simd: S, a: S::$of, b: S::$of, c: S::$of) -> S::$of {
                simd.$mul_add(a, b, c)
            }
        }
    };
}

float!(f32 f32s F32_LANES splat_f32s as_simd_f32s as_mut_simd_f32s partial_load_f32s partial_store_f32s add_f32s mul_add_f32s);
float!(f64 f64s F64_LANES splat_f64s as_simd_f64s as_mut_simd_f64s partial_load_f64s partial_store_f64s add_f64s mul_add_f64s);
