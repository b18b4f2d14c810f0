//! W6: a pre-norm block of a transformer.

use super::door::{Array, Inputs, training};
use super::layers::{Layer, linear_of_each as linear};
use crate::rows::{Failure, Row, Step};
use dfdx::prelude::*;

const TIME: usize = 128;
const WIDTH: usize = 256;
const HEADS: usize = 4;
const HEAD: usize = 64;

type Vectors<const B: usize, T = NoneTape> = Array<Rank3<B, TIME, WIDTH>, T>;
type Heads<const B: usize> = Rank4<B, TIME, HEADS, HEAD>;
/// A gain and a shift.
type Norm = (Array<Rank1<WIDTH>>, Array<Rank1<WIDTH>>);
type Square = Layer<WIDTH, WIDTH>;

/// Query, key, value, what follows them; the norm before them and that before the last; up and down.
pub type Parameters = (
    (Square, Square, Square, Square),
    (Norm, Norm),
    (Layer<WIDTH, 1024>, Layer<1024, WIDTH>),
);

pub fn parameters(inputs: &Inputs) -> Result<Parameters, Failure> {
    let square = |w, b| -> Result<Square, Failure> { Ok((inputs.p(w)?, inputs.p(b)?)) };
    let attention = (
        square("query", "query_bias")?,
        square("key", "key_bias")?,
        square("value", "value_bias")?,
        square("out", "out_bias")?,
    );
    let norm = |gain, shift| -> Result<Norm, Failure> { Ok((inputs.p(gain)?, inputs.p(shift)?)) };
    let norms = (norm("gain1", "shift1")?, norm("gain2", "shift2")?);
    let up = (inputs.p("up")?, inputs.p("up_bias")?);
    let down = (inputs.p("down")?, inputs.p("down_bias")?);
    Ok((attention, norms, (up, down)))
}

/// Minus infinity where a key is later than the query, and 0 elsewhere.
pub fn later(inputs: &Inputs) -> Array<Rank2<TIME, TIME>> {
    inputs.device().upper_tri(f32::NEG_INFINITY, 1)
}

pub fn build(row: &Row) -> Result<Step, Failure> {
    let inputs = Inputs::new(row);
    let (x, later) = (
        inputs.data::<Rank3<4, TIME, WIDTH>, 3>("x")?,
        later(&inputs),
    );
    training(row, parameters(&inputs)?, move |p, zeros| {
        block(x.trace(zeros), &later, p).square().mean()
    })
}

/// `B` sequences of 128 vectors. The tape, if there is one, goes from tensor to tensor.
pub fn block<const B: usize, T: Tape<f32, Cpu>>(
    x: Vectors<B, T>,
    later: &Array<Rank2<TIME, TIME>>,
    ((query, key, value, out), (norm1, norm2), (up, down)): &Parameters,
) -> Vectors<B, T> {
    let (x, tape) = x.split_tape();
    let (h, tape) = norm(x.clone().put_tape(tape), norm1).split_tape();
    let query: Array<Heads<B>, T> = linear(h.clone().put_tape(tape), query).reshape();
    let (query, tape) = query
        .permute::<Rank4<B, HEADS, TIME, HEAD>, Axes4<0, 2, 1, 3>>()
        .split_tape();
    let key: Array<Heads<B>, T> = linear(h.clone().put_tape(tape), key).reshape();
    let (key, tape) = key
        .permute::<Rank4<B, HEADS, HEAD, TIME>, Axes4<0, 2, 3, 1>>()
        .split_tape();
    let value: Array<Heads<B>, T> = linear(h.put_tape(tape), value).reshape();
    let (value, tape) = value
        .permute::<Rank4<B, HEADS, TIME, HEAD>, Axes4<0, 2, 1, 3>>()
        .split_tape();

    let scores = query.put_tape(tape).matmul(key) / (HEAD as f32).sqrt();
    let scores = scores + later.clone().broadcast::<_, Axes2<0, 1>>();
    let mixed = scores.softmax::<Axis<3>>().matmul(value);
    let mixed = mixed.permute::<Heads<B>, Axes4<0, 2, 1, 3>>().reshape();
    let (x, tape) = (linear(mixed, out) + x).split_tape();
    let h = norm(x.clone().put_tape(tape), norm2);
    linear(linear(h, up).fast_gelu(), down) + x
}

fn norm<const B: usize, T: Tape<f32, Cpu>>(
    x: Vectors<B, T>,
    (gain, shift): &Norm,
) -> Vectors<B, T> {
    let x = x.normalize::<Axis<2>>(1e-5);
    x * gain.clone().broadcast::<_, Axes2<0, 1>>() + shift.clone().broadcast::<_, Axes2<0, 1>>()
}
