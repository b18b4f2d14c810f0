//! W5: two convolutions with pooling, and a linear layer.

use super::door::{data, labels, parameters, training};
use crate::rows::{Failure, Row, Step};
use cotangent::prelude::*;

graph! {
    struct Cnn {
        w1: [8, 1, 5, 5], b1: [8], w2: [16, 8, 5, 5], b2: [16], w3: [256, 10], b3: [10],
    }

    fn loss(p: Cnn; x: [32, 1, 28, 28], labels: [32] < 10) -> [] {
        let h = max_pool2d(relu(conv2d(x, p.w1, p.b1, ConvWindow::new())), 2);
        let h = max_pool2d(relu(conv2d(h, p.w2, p.b2, ConvWindow::new())), 2);
        cross_entropy(matmul(flatten_rows(h), p.w3) + p.b3, labels)
    }
}

pub fn build(row: &Row) -> Result<Step, Failure> {
    let (x, y) = (
        data::<shape![32, 1, 28, 28]>(row, "x")?,
        labels::<N<10>, shape![32]>(row)?,
    );
    training!(loss::<f32>(), row, parameters::<Cnn>(row)?, (&x, &y))
}
