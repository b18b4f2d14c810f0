//! W1: a network 4-16-16-2 of one sample.

use super::door::{data, parameters, training};
use crate::rows::{Failure, Row, Step};
use cotangent::prelude::*;

graph! {
    struct Mlp { w1: [4, 16], b1: [16], w2: [16, 16], b2: [16], w3: [16, 2], b3: [2] }

    fn loss(p: Mlp; x: [1, 4], y: [1, 2]) -> [] {
        let h = tanh(matmul(x, p.w1) + p.b1);
        let h = tanh(matmul(h, p.w2) + p.b2);
        mse(matmul(h, p.w3) + p.b3, y)
    }
}

pub fn build(row: &Row) -> Result<Step, Failure> {
    let (x, y) = (
        data::<shape![1, 4]>(row, "x")?,
        data::<shape![1, 2]>(row, "y")?,
    );
    training!(loss::<f32>(), row, parameters::<Mlp>(row)?, (&x, &y))
}
