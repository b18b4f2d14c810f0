//! W7: 50 torques that bring a pendulum to the top.

use super::door::{Array, Inputs, training};
use crate::rows::{Failure, Row, Step};
use dfdx::prelude::*;
use std::f32::consts::PI;

const STEPS: usize = 50;

pub fn build(row: &Row) -> Result<Step, Failure> {
    let inputs = Inputs::new(row);
    let controls = inputs.p::<Rank1<STEPS>, 1>("controls")?;
    let zero: Array<Rank0> = inputs.device().zeros();
    let numbers: Vec<Tensor<Rank0, usize, Cpu>> =
        (0..STEPS).map(|i| inputs.device().tensor(i)).collect();
    training(row, controls, move |controls, zeros| {
        let (mut angle, mut speed) = (zero.clone(), zero.clone());
        // One tape goes from tensor to tensor, in the order of the steps.
        let (_, mut tape) = controls.trace(zeros).split_tape();
        for number in &numbers {
            let torque: Array<Rank0, _> = controls.clone().put_tape(tape).select(number.clone());
            let (torque, torque_tape) = torque.split_tape();
            let (pull, pull_tape) = angle.clone().put_tape(torque_tape).sin().split_tape();
            let faster = (torque.put_tape(pull_tape) - pull) * 0.1 + speed;
            let (next, speed_tape) = faster.split_tape();
            speed = next;
            let further = speed.clone().put_tape(speed_tape) * 0.1 + angle;
            (angle, tape) = further.split_tape();
        }
        let (miss, tape) = (angle.put_tape(tape) - PI).square().split_tape();
        let (motion, tape) = speed.put_tape(tape).square().split_tape();
        let effort = controls.clone().put_tape(tape).square().sum::<Rank0, _>() * 0.001;
        effort + miss + motion
    })
}
