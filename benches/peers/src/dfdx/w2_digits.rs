//! W2: a network 784-128-10 of 32 samples with labels.

use super::door::{Inputs, training};
use super::layers::{Layer, layer, linear};
use crate::rows::{Failure, Row, Step};
use dfdx::prelude::*;

type Mlp = (Layer<784, 128>, Layer<128, 10>);

pub fn build(row: &Row) -> Result<Step, Failure> {
    let inputs = Inputs::new(row);
    let x = inputs.data::<Rank2<32, 784>, 2>("x")?;
    let labels = inputs.labels()?;
    let mlp: Mlp = (layer(&inputs, 1)?, layer(&inputs, 2)?);
    training(row, mlp, move |p, zeros| {
        let h = linear(x.trace(zeros), &p.0).relu();
        cross_entropy_with_logits_loss(linear(h, &p.1), labels.clone())
    })
}
