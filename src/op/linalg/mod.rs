//! Products of matrices.

mod batch_matmul;
mod einsum;
mod matmul;

pub use batch_matmul::{BatchMatMul, BatchMatMulBy, batch_matmul};
pub use einsum::Einsum;
pub use matmul::{
    MatMul, MatMulBy, MatMulNt, MatMulNtBy, MatMulTn, MatMulTnBy, matmul, matmul_nt, matmul_tn,
};
