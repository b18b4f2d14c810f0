//! W1: a network 4-16-16-2 of one sample.

use super::door::{Inputs, training};
use super::layers::{Layer, layer, linear};
use crate::rows::{Failure, Row, Step};
use dfdx::prelude::*;

type Mlp = (Layer<4, 16>, Layer<16, 16>, Layer<16, 2>);

pub fn build(row: &Row) -> Result<Step, Failure> {
    let inputs = Inputs::new(row);
    let (x, y) = (
        inputs.data::<Rank2<1, 4>, 2>("x")?,
        inputs.data::<Rank2<1, 2>, 2>("y")?,
    );
    let mlp: Mlp = (layer(&inputs, 1)?, layer(&inputs, 2)?, layer(&inputs, 3)?);
    training(row, mlp, move |p, zeros| {
        let h = linear(x.trace(zeros), &p.0).tanh();
        let h = linear(h, &p.1).tanh();
        mse_loss(linear(h, &p.2), y.clone())
    })
}
