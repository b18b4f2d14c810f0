//! Products of matrices.

mod einsum;
mod matmul;

#[doc(hidden)]
pub use einsum::Einsum;
#[doc(hidden)]
pub use matmul::{MatMul, MatMulBy, MatMulNt, MatMulNtBy, MatMulTn, MatMulTnBy};
pub use matmul::{matmul, matmul_nt, matmul_tn};
