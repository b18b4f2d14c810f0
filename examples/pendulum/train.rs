//! Gradient descent on the policy, through all steps of the loop.

use super::model::{Motion, Policy, loss, weather};
use cotangent::prelude::*;

/// How long the pendulum is watched.
pub const SECONDS: f64 = 10.0;

/// What training reaches.
#[derive(Debug)]
pub struct Trained {
    pub policy: Parameters<f64, Policy>,
    /// The loss of each round, before its step.
    pub losses: Vec<f64>,
    /// Where the pendulum is in the end.
    pub last: Parameters<f64, Motion>,
}

/// Trains a policy over `T` steps of time, from one that does nothing.
pub fn train<T: Dim>(rounds: usize) -> Result<Trained, TensorError> {
    let (graph, env) = (loss::<f64, T>(), weather::<T>(SECONDS)?);
    let mut policy = Parameters::<f64, Policy>::zeros();
    let mut velocity = policy.clone();
    let mut losses = Vec::with_capacity(rounds);
    for _ in 0..rounds {
        let ((value, _), gradient) = graph.value_and_vjp(&policy, &env);
        losses.push(value.item());
        // A long gradient is cut to length 1.
        let length = gradient.dot(&gradient).sqrt();
        velocity = velocity * 0.9 + gradient * (0.05 / length.max(1.0));
        policy -= &velocity;
    }
    let (_, last) = graph.value(&policy, &env);
    Ok(Trained {
        policy,
        losses,
        last,
    })
}
