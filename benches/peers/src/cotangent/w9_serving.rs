//! W9: forward only.

use super::door::{data, parameters, serving};
use super::w6_transformer::{Block, block};
use crate::rows::{Failure, Row, Step};
use cotangent::prelude::*;

graph! {
    struct Digits { w1: [64, 48], b1: [48], w2: [48, 10], b2: [10] }

    fn digits<B: Dim>(p: Digits; x: [B, 64]) -> [B, 10] {
        let h = relu(matmul(x, p.w1) + p.b1);
        matmul(h, p.w2) + p.b2
    }
}

/// The block of W6, for `B` sequences.
pub fn block_of<B: Dim>(row: &Row) -> Result<Step, Failure> {
    let x = data::<shape![B, 128, 256]>(row, "x")?;
    serving!(block::<f32, B>(), parameters::<Block>(row)?, &x)
}

/// The classifier of the example, for `B` images.
pub fn digits_of<B: Dim>(row: &Row) -> Result<Step, Failure> {
    let x = data::<shape![B, 64]>(row, "x")?;
    serving!(digits::<f32, B>(), parameters::<Digits>(row)?, &x)
}
