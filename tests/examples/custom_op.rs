//! The counterexample of `examples/custom_op/wrong_value.rs` names the mistake.

#[path = "../../examples/custom_op/wrong_value.rs"]
mod wrong_value;

use cotangent::prelude::*;

#[test]
fn the_missing_half_is_named() {
    let counterexample = cotangent::prove::prove_op::<(shape![2, 1],)>(wrong_value::Gram)
        .expect_err("half is missing");
    assert_eq!(counterexample.law, "adjointness");
    assert_eq!(counterexample.place, "`gram`, the cotangent of x[0,0]");
    assert_eq!(
        counterexample.expected,
        "2·dy[0,0]·x[0,0] + dy[0,1]·x[1,0] + dy[1,0]·x[1,0]"
    );
    assert_eq!(counterexample.got, "dy[0,0]·x[0,0] + dy[0,1]·x[1,0]");
}
