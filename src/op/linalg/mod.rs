//! Products of matrices.

mod batch_matmul;
mod einsum;
mod matmul;

pub use batch_matmul::batch_matmul;
#[doc(hidden)]
pub use batch_matmul::{BatchMatMul, BatchMatMulBy};
#[doc(hidden)]
pub use einsum::Einsum;
#[doc(hidden)]
pub use matmul::{MatMul, MatMulBy, MatMulNt, MatMulNtBy, MatMulTn, MatMulTnBy};
pub use matmul::{matmul, matmul_nt, matmul_tn};
