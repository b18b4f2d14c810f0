//! W9: forward only.

use super::door::{Inputs, serving};
use super::layers::{Layer, layer, linear};
use super::w6_transformer::{block, later, parameters};
use crate::rows::{Failure, Row, Step};
use dfdx::prelude::*;

/// The block of W6, for `B` sequences.
pub fn block_of<const B: usize>(row: &Row) -> Result<Step, Failure> {
    let inputs = Inputs::new(row);
    let x = inputs.data::<Rank3<B, 128, 256>, 3>("x")?;
    let (p, later) = (parameters(&inputs)?, later(&inputs));
    serving(move || block(x.clone(), &later, &p))
}

/// The classifier of the example, for `B` images.
pub fn digits_of<const B: usize>(row: &Row) -> Result<Step, Failure> {
    let inputs = Inputs::new(row);
    let x = inputs.data::<Rank2<B, 64>, 2>("x")?;
    let p: (Layer<64, 48>, Layer<48, 10>) = (layer(&inputs, 1)?, layer(&inputs, 2)?);
    serving(move || linear(linear(x.clone(), &p.0).relu(), &p.1))
}
