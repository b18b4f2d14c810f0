//! W4: a chain of elementwise functions, and the gradients of all that goes in.

use super::door::{Array, Inputs, Recording, training};
use crate::rows::{Failure, Row, Step};
use dfdx::prelude::*;

type Long = Array<Rank1<1_048_576>>;

pub fn build(row: &Row) -> Result<Step, Failure> {
    let inputs = Inputs::new(row);
    let parameters: (Long, Long, Long) = (inputs.p("x")?, inputs.p("a")?, inputs.p("b")?);
    training(row, parameters, |(x, a, b), zeros| {
        let bent = (x.trace(zeros) * a.clone() + b.clone()).tanh() * x.clone();
        let bell = x.retaped::<Recording>().square().negate().exp();
        (bent + bell).sum()
    })
}
