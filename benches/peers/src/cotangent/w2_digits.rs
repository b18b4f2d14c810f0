//! W2: a network 784-128-10 of 32 samples with labels.

use super::door::{data, labels, parameters, training};
use crate::rows::{Failure, Row, Step};
use cotangent::prelude::*;

graph! {
    struct Mlp { w1: [784, 128], b1: [128], w2: [128, 10], b2: [10] }

    fn loss(p: Mlp; x: [32, 784], labels: [32] < 10) -> [] {
        let h = relu(matmul(x, p.w1) + p.b1);
        cross_entropy(matmul(h, p.w2) + p.b2, labels)
    }
}

pub fn build(row: &Row) -> Result<Step, Failure> {
    let (x, y) = (
        data::<shape![32, 784]>(row, "x")?,
        labels::<N<10>, shape![32]>(row)?,
    );
    training!(loss::<f32>(), row, parameters::<Mlp>(row)?, (&x, &y))
}
