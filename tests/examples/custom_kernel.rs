//! The kernel of `examples/custom_kernel.rs` is what plans run, it computes what the body does, and proofs see the body.

#[path = "../../examples/custom_kernel.rs"]
#[allow(dead_code)]
mod custom_kernel;

use cotangent::prelude::*;
use cotangent::prove::{kernels_eq, prove, prove_op};
use custom_kernel::Curvature;

fn curved<const KERNEL: bool, M, N>(x: Var<(M, N)>) -> Call<Curvature<KERNEL>, (Var<(M, N)>,)> {
    Call::new(Curvature, (x,))
}

graph! {
    fn bending(x: [3, 5]) -> [] { sum(square(curved::<true, _, _>(x))) }
    fn by_body(x: [3, 5]) -> [] { sum(square(curved::<false, _, _>(x))) }
}

/// Three terms are added in two orders.
#[test]
fn the_law() -> Result<(), Counterexample> {
    assert_eq!(kernels_eq(&bending::<f64>(), 4.0)?, 2); // of the value, and of its cotangents
    let none = kernels_eq(&by_body::<f64>(), 4.0).unwrap_err();
    assert_eq!(
        (none.expected.as_str(), none.got.as_str()),
        ("an op with a kernel", "none")
    );
    Ok(())
}

#[test]
fn the_body_is_proven() -> Result<(), Counterexample> {
    prove_op::<(shape![2, 3],)>(Curvature::<true>)?;
    assert!(prove(&bending::<f64>())?.is_exact());
    Ok(())
}

#[test]
fn plans_run_it() {
    let explained = bending::<f32>().plan().explain_vjp().to_string();
    assert_eq!(explained.matches("kernel").count(), 2, "{explained}");
    let explained = by_body::<f32>().plan().explain_vjp().to_string();
    assert_eq!(explained.matches("kernel").count(), 0, "{explained}");
}

#[test]
fn both_give_the_same() {
    let x = Tensor::from([
        [1.0, 2.0, 4.0, 8.0, 16.0],
        [0.0, 1.0, 0.0, -1.0, 0.0],
        [3.0, 3.0, 3.0, 3.0, 3.0],
    ]);
    // Whole numbers: no rounding.
    assert_eq!(
        bending::<f64>().value_and_vjp(&x, ()),
        by_body::<f64>().value_and_vjp(&x, ())
    );
}
