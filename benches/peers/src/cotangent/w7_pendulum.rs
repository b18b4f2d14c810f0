//! W7: 50 torques that bring a pendulum to the top.

use super::door::{parameters, training};
use crate::rows::{Failure, Row, Step};
use cotangent::prelude::*;

graph! {
    struct Motion { angle: [], speed: [] }
    struct Torques { controls: [50] }

    fn step(s: Motion, torque: []) -> (Motion, []) {
        let speed = s.speed + (torque - sin(s.angle)) * 0.1;
        let angle = s.angle + speed * 0.1;
        (Motion { angle, speed }, angle)
    }

    fn cost(p: Torques; start: Motion) -> [] {
        let (last, _) = scan(step)(start, p.controls);
        square(last.angle - { std::f32::consts::PI }) + square(last.speed) + sum(square(p.controls)) * 0.001
    }
}

pub fn build(row: &Row) -> Result<Step, Failure> {
    let start = Motion::zeros();
    training!(cost::<f32>(), row, parameters::<Torques>(row)?, &start)
}
