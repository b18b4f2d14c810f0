//! W8: two layers of long short-term memory over 64 steps.

use super::door::{data, labels, parameters, training};
use crate::rows::{Failure, Row, Step};
use cotangent::prelude::*;

graph! {
    struct Layer { w: [128, 512], u: [128, 512], b: [512] }
    struct Lstm {
        w1: [128, 512], u1: [128, 512], b1: [512],
        w2: [128, 512], u2: [128, 512], b2: [512],
        w3: [128, 10], b3: [10],
    }

    /// The state is `h` and `c`, and a step gives `h`.
    fn step(state: [2, 16, 128], x: [16, 128], p: Layer) -> ([2, 16, 128], [16, 128]) {
        let next: [2, 16, 128] = lstm_cell(x, state, p.w, p.u, p.b);
        let h: [16, 128] = reshape(slice(next, 0, 0, 1));
        (next, h)
    }

    /// The classes of the sequences, by the last output of the second layer.
    fn loss(p: Lstm; x: [64, 16, 128], start: [2, 16, 128], labels: [16] < 10) -> [] {
        let (_, h) = scan(step)(start, x, Layer { w: p.w1, u: p.u1, b: p.b1 });
        let (last, _) = scan(step)(start, h, Layer { w: p.w2, u: p.u2, b: p.b2 });
        let h: [16, 128] = reshape(slice(last, 0, 0, 1));
        cross_entropy(matmul(h, p.w3) + p.b3, labels)
    }
}

pub fn build(row: &Row) -> Result<Step, Failure> {
    let (x, y) = (
        data::<shape![64, 16, 128]>(row, "x")?,
        labels::<N<10>, shape![16]>(row)?,
    );
    let start = Tensor::<f32, shape![2, 16, 128]>::zeros();
    training!(
        loss::<f32>(),
        row,
        parameters::<Lstm>(row)?,
        (&x, &start, &y)
    )
}
