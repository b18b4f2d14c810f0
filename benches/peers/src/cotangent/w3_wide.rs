//! W3: a network 1024-1024-1024-1024 of 256 samples.

use super::door::{data, parameters, training};
use crate::rows::{Failure, Row, Step};
use cotangent::prelude::*;

graph! {
    struct Mlp {
        w1: [1024, 1024], b1: [1024], w2: [1024, 1024], b2: [1024], w3: [1024, 1024], b3: [1024],
    }

    fn loss(p: Mlp; x: [256, 1024], y: [256, 1024]) -> [] {
        let h = relu(matmul(x, p.w1) + p.b1);
        let h = relu(matmul(h, p.w2) + p.b2);
        mse(matmul(h, p.w3) + p.b3, y)
    }
}

pub fn build(row: &Row) -> Result<Step, Failure> {
    let (x, y) = (
        data::<shape![256, 1024]>(row, "x")?,
        data::<shape![256, 1024]>(row, "y")?,
    );
    training!(loss::<f32>(), row, parameters::<Mlp>(row)?, (&x, &y))
}
