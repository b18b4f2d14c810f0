//! The pendulum example: gradients through loops, and what it learns.

use approx::assert_relative_eq;
use cotangent::prelude::*;

#[path = "../../examples/pendulum/model.rs"]
mod model;
#[path = "../../examples/pendulum/train.rs"]
mod train;

use model::{Motion, Policy};

#[test]
fn each_step_is_proven() -> Result<(), Counterexample> {
    assert!(prove(&model::torque::<f64>())?.is_exact());
    let proof = prove(&model::step::<f64>())?;
    assert!(proof.is_exact() && proof.environments.are_all(), "{proof}");
    let proof = prove_modulo(&model::loss::<f64, N<3>>())?;
    assert_eq!(proof.environments.tried(), 1, "{proof}");
    Ok(())
}

/// The loop is the steps in Rust, in the same order of operations.
#[test]
fn the_loop_is_its_steps() {
    let policy = Policy::of(
        Tensor::scalar(1.0),
        Tensor::scalar(0.5),
        Tensor::scalar(0.25),
    );
    let env = model::weather::<N<50>>(5.0).expect("50 gusts");
    let (_, last) = model::loss::<f64, N<50>>().value(&policy, &env);
    let (mut angle, mut speed) = (0.0_f64, 0.0_f64);
    for &gust in env.get::<1>().as_slice() {
        let torque = (1.0 - 0.5 * angle - 0.25 * speed).tanh() * 1.5;
        speed += (torque + gust - angle.sin() - speed * 0.1) * 0.1;
        angle += speed * 0.1;
    }
    assert_relative_eq!(last.angle.item(), angle, max_relative = 1e-12);
    assert_relative_eq!(last.speed.item(), speed, max_relative = 1e-12);
}

/// Through 5,000 steps: against differences, and against a tangent.
#[test]
fn gradients_through_many_steps() {
    let g = model::loss::<f64, N2<5, 0>>();
    let env = model::weather::<N2<5, 0>>(5.0).expect("5,000 gusts");
    let policy = Policy::of(
        Tensor::scalar(1.0),
        Tensor::scalar(0.5),
        Tensor::scalar(0.25),
    );
    let along = Policy::of(
        Tensor::scalar(0.5),
        Tensor::scalar(-1.0),
        Tensor::scalar(0.75),
    );
    let (_, gradient) = g.value_and_vjp(&policy, &env);
    let (_, (tangent, _)) = g.value_and_jvp(&tlist![policy.clone()], &tlist![along.clone()], &env);
    assert_relative_eq!(gradient.dot(&along), tangent.item(), max_relative = 1e-9);
    let at = |h: f64| {
        let moved = &policy + &(along.clone() * h);
        g.value(&moved, &env).0.item()
    };
    assert_relative_eq!(
        (at(1e-5) - at(-1e-5)) / 2e-5,
        tangent.item(),
        max_relative = 1e-6
    );
    // It starts at the bottom: with no torque and no wind it stays there.
    let rest = tlist![
        Motion::of(Tensor::scalar(0.0), Tensor::scalar(0.0)),
        Tensor::zeros(),
        Tensor::scalar(1.0),
        Tensor::scalar(1e-3),
    ];
    let (value, last) = g.value(&tlist![Parameters::<f64, Policy>::zeros()], &rest);
    assert_eq!(
        (value.item(), last),
        (1.0, Parameters::<f64, Motion>::zeros())
    );
}

#[test]
fn it_learns_to_stand_up() {
    let trained = train::train::<N<50>>(200).expect("50 gusts");
    let (first, last) = (trained.losses[0], trained.losses[199]);
    assert!(last < 0.3 * first, "{first} and {last}");
    assert!(trained.policy.stiffness.item() > 0.0, "{trained:?}");
    assert!(
        (trained.last.angle.item() - std::f64::consts::PI).abs() < 0.3,
        "{trained:?}"
    );
}
