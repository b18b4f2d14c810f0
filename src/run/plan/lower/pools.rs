//! The node of a pool, or of the gradient of one.

use super::Lowering;
use crate::run::plan::node::{Kind, Work};
use crate::run::plan::pools::{Pooling, Read};
use crate::run::plan::view::View;
use crate::tensor::Type;

impl Lowering {
    /// The node of a pool. Each image has one place in what it reads and in what it makes, one after the other.
    pub(super) fn pooled(&mut self, pooling: &Pooling, values: &[View], ty: &Type) -> View {
        let mut reads = Vec::with_capacity(pooling.reads.len());
        for read in &pooling.reads {
            let view = match read {
                Read::Value(value) => values[*value].clone(),
                Read::Along(value, axes, dims) => values[*value].repeated(dims, axes),
                Read::Number(number, dims) => self.number(*number, dims),
            };
            reads.push(self.beside(&view));
        }
        let work = Work::Pool {
            how: pooling.how,
            pool: Box::new(pooling.pool.clone()),
            reads,
        };
        let buffer = self.node(Kind::Scalar, ty.dims().count(), work);
        View::whole(buffer, ty.dims())
    }
}
