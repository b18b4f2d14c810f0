//! The scalars that plans run over: `f32` and `f64`.

use super::node::Width;
use crate::program::{AnyKernel, KernelInputs};
use crate::scalar::{Literal, Precision, Real};
use core::ops::{AddAssign, Div, Mul, Neg, Sub};

/// A float of Rust: `f32` or `f64`.
#[diagnostic::on_unimplemented(
    message = "there are no plans over `{Self}`",
    label = "expected `f32` or `f64`; a graph over any scalar runs without a plan"
)]
pub trait Float:
    Real
    + cotangent_kernels::Float
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
    /// What a kernel of a user makes of these inputs.
    #[doc(hidden)]
    fn run_kernel(kernel: &AnyKernel, x: KernelInputs<'_, Self>, y: &mut [&mut [Self]]);
}

/// [`Width`], behind a name that may be seen where the trait is.
pub struct WidthOf(pub(super) Width);

macro_rules! float {
    ($($F:ident $Width:ident $run:ident)*) => {$(
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
            fn run_kernel(kernel: &AnyKernel, x: KernelInputs<'_, $F>, y: &mut [&mut [$F]]) {
                kernel.$run(x, y);
            }
        }
    )*};
}

float! {
    f32 Single run_f32
    f64 Double run_f64
}
