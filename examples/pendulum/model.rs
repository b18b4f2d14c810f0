//! A pendulum with a motor, and a controller: a loop over steps of time.

use cotangent::prelude::*;

graph! {
    /// Where the pendulum is, in radians from the bottom, and how fast it turns.
    pub struct Motion { pub angle: [], pub speed: [] }

    /// A controller: how its torque follows from the motion.
    pub struct Policy { pub offset: [], pub stiffness: [], pub damping: [] }

    /// What is seen of a step.
    pub struct Seen { pub angle: [], pub torque: [] }

    /// The torque of the motor, at most 1.5. Gravity pulls with 1 where the pendulum is level.
    pub fn torque(s: Motion, p: Policy) -> [] {
        tanh(p.offset - p.stiffness * s.angle - p.damping * s.speed) * 1.5
    }

    /// A step of time `dt`, with a gust of wind: the speed first, then the angle with the new speed.
    pub fn step(s: Motion, gust: [], p: Policy; dt: []) -> (Motion, Seen) {
        let torque = torque(s, p);
        let speed = s.speed + (torque + gust - sin(s.angle) - s.speed * 0.1) * dt;
        let angle = s.angle + speed * dt;
        (Motion { angle, speed }, Seen { angle, torque })
    }

    /// How far the pendulum is from the goal, on average over all steps, and what the motor spends; then the last motion.
    /// After the semicolon: where it starts, the wind and the time, which are not differentiated.
    pub fn loss<T: Dim>(p: Policy; start: Motion, gusts: [T], goal: [], dt: []) -> ([], Motion) {
        let (last, [angles, torques]) = scan(step)(start, gusts, p, dt);
        let off = angles - goal;
        (mean(off * off) + mean(torques * torques) * 0.01, last)
    }
}

/// The environment of [`loss`]: from rest at the bottom to the top, in seconds of steady weather.
pub fn weather<T: Dim>(seconds: f64) -> Result<Weather<T>, TensorError> {
    let dt = seconds / T::SIZE as f64;
    let gust = |step: usize| {
        let time = step as f64 * dt;
        0.2 * (3.0 * time).sin() + 0.1 * (7.0 * time).cos()
    };
    Ok(tlist![
        Motion::of(Tensor::scalar(0.0), Tensor::scalar(0.0)),
        Tensor::from_vec((0..T::SIZE).map(gust).collect())?,
        Tensor::scalar(std::f64::consts::PI),
        Tensor::scalar(dt),
    ])
}

/// What [`weather`] returns.
pub type Weather<T> = <environment![Motion, [T], [], []] as Environment>::Of<f64>;
