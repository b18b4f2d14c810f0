//! W8: two layers of long short-term memory over 64 steps.

use super::door::{Array, Inputs, Recording, training};
use super::layers::{Layer, layer, linear, linear_of_each};
use crate::rows::{Failure, Row, Step};
use dfdx::prelude::*;
use std::mem::take;

const STEPS: usize = 64;
const BATCH: usize = 16;
const WIDTH: usize = 128;
const GATES: usize = 4 * WIDTH;

type State<T = NoneTape> = Array<Rank2<BATCH, WIDTH>, T>;
type Gates = Rank2<BATCH, GATES>;
type Sequence<T = NoneTape> = Array<Rank3<STEPS, BATCH, WIDTH>, T>;

/// The weight and the bias of the data, and the weight of the state.
type Cell = (Layer<WIDTH, GATES>, Array<Rank2<WIDTH, GATES>>);

pub fn build(row: &Row) -> Result<Step, Failure> {
    let inputs = Inputs::new(row);
    let x: Sequence = inputs.data("x")?;
    let labels = inputs.labels()?;
    let start: State = inputs.device().zeros();
    let cell = |number, u| -> Result<Cell, Failure> { Ok((layer(&inputs, number)?, inputs.p(u)?)) };
    let parameters: (Cell, Cell, Layer<WIDTH, 10>) =
        (cell(1, "u1")?, cell(2, "u2")?, layer(&inputs, 3)?);
    training(row, parameters, move |p, zeros| {
        let (outputs, _, mut tape) = recurrent(x.trace(zeros), &start, &p.0);
        let outputs = outputs.into_iter().map(|h| h.put_tape(take(&mut tape)));
        let h = outputs.collect::<Vec<_>>().stack().realize();
        let (_, last, tape) = recurrent(h, &start, &p.1);
        cross_entropy_with_logits_loss(linear(last.put_tape(tape), &p.2), labels.clone())
    })
}

/// What each step gives, what the last gives, and the tape of all. The products with the data of all steps are one.
fn recurrent(
    x: Sequence<Recording>,
    start: &State,
    (layer, u): &Cell,
) -> (Vec<State>, State, Recording) {
    let (driven, mut tape) = linear_of_each(x, layer).split_tape();
    let (mut h, mut c) = (start.clone(), start.clone());
    let mut outputs = Vec::with_capacity(STEPS);
    for step in 0..STEPS {
        let gates = driven
            .clone()
            .put_tape(tape)
            .slice((step..step + 1, .., ..));
        let (driven, driven_tape) = gates.reshape_like(&Gates::default()).split_tape();
        let gates = h.put_tape(driven_tape).matmul(u.clone()) + driven;
        let (gates, gates_tape) = gates.split_tape();
        let gate = |number: usize, tape| -> State<Recording> {
            let range = number * WIDTH..(number + 1) * WIDTH;
            gates.clone().put_tape(tape).slice((.., range)).realize()
        };
        let (i, i_tape) = gate(0, gates_tape).sigmoid().split_tape();
        let (f, f_tape) = gate(1, i_tape).sigmoid().split_tape();
        let (o, o_tape) = gate(3, f_tape).sigmoid().split_tape();
        let (new, new_tape) = (gate(2, o_tape).tanh() * i).split_tape();
        let (next, c_tape) = (f.put_tape(new_tape) * c + new).split_tape();
        c = next;
        (h, tape) = (c.clone().put_tape(c_tape).tanh() * o).split_tape();
        outputs.push(h.clone());
    }
    (outputs, h, tape)
}
