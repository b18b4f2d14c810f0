//! W4: a chain of elementwise functions, and the gradients of all that goes in.

use super::door::{parameters, training};
use crate::rows::{Failure, Row, Step};
use cotangent::prelude::*;

graph! {
    struct Chain { x: [1048576], a: [1048576], b: [1048576] }

    fn loss(p: Chain) -> [] {
        let bent = tanh(p.x * p.a + p.b);
        sum(bent * p.x + exp(-p.x * p.x))
    }
}

pub fn build(row: &Row) -> Result<Step, Failure> {
    training!(loss::<f32>(), row, parameters::<Chain>(row)?, ())
}
