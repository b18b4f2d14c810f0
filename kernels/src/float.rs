//! The two scalars of plans.

use pulp::Simd;

/// `f32` or `f64`. Nothing else is one.
pub trait Float:
    sealed::Vectors
    + crate::functions::Functions
    + crate::list::Lists
    + crate::small::SmallLists
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
    /// `self * b + c`, rounded once. It is one instruction under the dispatch of this crate, and a slow call on an x86 before
    /// AVX2: so every machine computes the same bits.
    fn fma(self, b: Self, c: Self) -> Self;
    /// The leading bits of a word of 64, as many as there are between 1 and 2, as a number from 0 up to 1, which it is not.
    fn fraction(upper: u32, lower: u32) -> Self;
}

pub(crate) mod sealed {
    use super::Simd;

    /// The vectors of an instruction set.
    pub trait Vectors: Sized {
        /// So many side by side as a register has.
        type Of<S: Simd>: Copy;
        /// A truth for each of them.
        type Truths<S: Simd>: Copy;
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
        /// `a - b`.
        fn minus<S: Simd>(simd: S, a: Self::Of<S>, b: Self::Of<S>) -> Self::Of<S>;
        /// `a * b`.
        fn times<S: Simd>(simd: S, a: Self::Of<S>, b: Self::Of<S>) -> Self::Of<S>;
        /// `a / b`.
        fn over<S: Simd>(simd: S, a: Self::Of<S>, b: Self::Of<S>) -> Self::Of<S>;
        /// `-a`.
        fn negative<S: Simd>(simd: S, a: Self::Of<S>) -> Self::Of<S>;
        /// The square root.
        fn root<S: Simd>(simd: S, a: Self::Of<S>) -> Self::Of<S>;
        /// `a < b`; not so if either is NaN.
        fn less<S: Simd>(simd: S, a: Self::Of<S>, b: Self::Of<S>) -> Self::Truths<S>;
        /// `a <= b`, likewise.
        fn less_or_equal<S: Simd>(simd: S, a: Self::Of<S>, b: Self::Of<S>) -> Self::Truths<S>;
        /// `a == b`, likewise.
        fn equal<S: Simd>(simd: S, a: Self::Of<S>, b: Self::Of<S>) -> Self::Truths<S>;
        /// `a` where it holds, else `b`.
        fn choose<S: Simd>(
            simd: S,
            holds: Self::Truths<S>,
            a: Self::Of<S>,
            b: Self::Of<S>,
        ) -> Self::Of<S>;
        /// The sum of the lanes, by halves.
        fn total<S: Simd>(simd: S, a: Self::Of<S>) -> Self;
        /// `a * b + c`, rounded once.
        fn mul_add<S: Simd>(simd: S, a: Self::Of<S>, b: Self::Of<S>, c: Self::Of<S>)
        -> Self::Of<S>;
    }
}

macro_rules! float {
    ($F:ident $fraction:ident $of:ident $truths:ident $lanes:ident $splat:ident $as:ident $as_mut:ident $load:ident $store:ident
     $negative:ident $root:ident $total:ident $mul_add:ident $choose:ident
     $($name:ident $method:ident)* ; $($test:ident $compare:ident)*) => {
        impl Float for $F {
            const ZERO: Self = 0.0;
            const ONE: Self = 1.0;
            #[inline(always)]
            fn fma(self, b: Self, c: Self) -> Self {
                self.mul_add(b, c)
            }
            #[inline(always)]
            fn fraction(upper: u32, lower: u32) -> Self {
                // From 1 up to 2, and exact: so is the difference.
                $F::from_bits(Self::ONE.to_bits() | $fraction(upper, lower)) - Self::ONE
            }
        }
        impl sealed::Vectors for $F {
            type Of<S: Simd> = S::$of;
            type Truths<S: Simd> = S::$truths;
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
            fn negative<S: Simd>(simd: S, a: S::$of) -> S::$of {
                simd.$negative(a)
            }
            #[inline(always)]
            fn root<S: Simd>(simd: S, a: S::$of) -> S::$of {
                simd.$root(a)
            }
            #[inline(always)]
            fn total<S: Simd>(simd: S, a: S::$of) -> Self {
                simd.$total(a)
            }
            #[inline(always)]
            fn mul_add<S: Simd>(simd: S, a: S::$of, b: S::$of, c: S::$of) -> S::$of {
                simd.$mul_add(a, b, c)
            }
            #[inline(always)]
            fn choose<S: Simd>(simd: S, holds: S::$truths, a: S::$of, b: S::$of) -> S::$of {
                simd.$choose(holds, a, b)
            }
            $(
                #[inline(always)]
                fn $name<S: Simd>(simd: S, a: S::$of, b: S::$of) -> S::$of {
                    simd.$method(a, b)
                }
            )*
            $(
                #[inline(always)]
                fn $test<S: Simd>(simd: S, a: S::$of, b: S::$of) -> S::$truths {
                    simd.$compare(a, b)
                }
            )*
        }
    };
}

/// The bits of a single after its exponent.
#[inline(always)]
fn bits23(upper: u32, _lower: u32) -> u32 {
    upper >> 9
}

/// The bits of a double after its exponent.
#[inline(always)]
fn bits52(upper: u32, lower: u32) -> u64 {
    (u64::from(upper) << 32 | u64::from(lower)) >> 12
}

float!(f32 bits23 f32s m32s F32_LANES splat_f32s as_simd_f32s as_mut_simd_f32s partial_load_f32s partial_store_f32s
       neg_f32s sqrt_f32s reduce_sum_f32s mul_add_f32s select_f32s
       plus add_f32s minus sub_f32s times mul_f32s over div_f32s;
       less less_than_f32s less_or_equal less_than_or_equal_f32s equal equal_f32s);
float!(f64 bits52 f64s m64s F64_LANES splat_f64s as_simd_f64s as_mut_simd_f64s partial_load_f64s partial_store_f64s
       neg_f64s sqrt_f64s reduce_sum_f64s mul_add_f64s select_f64s
       plus add_f64s minus sub_f64s times mul_f64s over div_f64s;
       less less_than_f64s less_or_equal less_than_or_equal_f64s equal equal_f64s);
