//! W3: a network 1024-1024-1024-1024 of 256 samples.

use super::door::{Inputs, training};
use super::layers::{Layer, layer, linear};
use crate::rows::{Failure, Row, Step};
use dfdx::prelude::*;

type Wide = Layer<1024, 1024>;

pub fn build(row: &Row) -> Result<Step, Failure> {
    let inputs = Inputs::new(row);
    let (x, y) = (
        inputs.data::<Rank2<256, 1024>, 2>("x")?,
        inputs.data::<Rank2<256, 1024>, 2>("y")?,
    );
    let mlp: (Wide, Wide, Wide) = (layer(&inputs, 1)?, layer(&inputs, 2)?, layer(&inputs, 3)?);
    training(row, mlp, move |p, zeros| {
        let h = linear(x.trace(zeros), &p.0).relu();
        let h = linear(h, &p.1).relu();
        mse_loss(linear(h, &p.2), y.clone())
    })
}
