//! The text of programs before and after.

use super::hoisted;
use crate::program::lines::program;
use crate::prove::prove_equal_up_to_rounding;

/// The program after the pass is this, and computes the same.
fn becomes(before: &str, after: &str) {
    let (before, after) = (program(before), program(after));
    let got = hoisted(&before);
    assert_eq!(got.to_string(), after.to_string());
    prove_equal_up_to_rounding(&before, &got).unwrap();
}

/// It stays as it is.
fn stays(before: &str) {
    becomes(before, before);
}

/// The input of a recurrent layer: what leads to the product goes with it, what only follows stays.
#[test]
fn products_of_inputs_are_computed_before_the_loop() {
    becomes(
        "function 0 step {
        %0: [2, 3]
        %1: [2, 2]
        %2: [2]
        %3: [3]
        %4 [3] = tanh %3
        %5 [2] = contract([0, 1], [1], [0]) %0 %4
        %6 [2] = contract([0, 1], [1], [0]) %1 %2
        %7 [2] = add %5 %6
        %8 [2] = tanh %7
        return %8 %8
        }
        %0: [2, 3]
        %1: [2, 2]
        %2: [2]
        %3: [4, 3]
        %4 [2], %5 [4, 2] = scan(f0, 4, 2, 1, [0], [0], reverse) %0 %1 %2 %3
        return %4 %5",
        "function 0 step {
        %0: [2, 2]
        %1: [2]
        %2: [2]
        %3 [2] = contract([0, 1], [1], [0]) %0 %1
        %4 [2] = add %2 %3
        %5 [2] = tanh %4
        return %5 %5
        }
        %0: [2, 3]
        %1: [2, 2]
        %2: [2]
        %3: [4, 3]
        %4 [4, 3] = tanh %3
        %5 [4, 2] = contract([0, 1], [2, 1], [2, 0]) %0 %4
        %6 [2], %7 [4, 2] = scan(f0, 4, 1, 1, [0], [0], reverse) %1 %2 %5
        return %6 %7",
    );
}

/// A broadcast stays where it is used: outside it would have to be stored. A carried value that no step changes is the same at
/// every step.
#[test]
fn what_is_the_same_at_every_step_is_computed_once() {
    becomes(
        "function 0 step {
        %0: []
        %1: [2]
        %2: []
        %3 [] = mul %0 %2
        %4 [] = exp %3
        %5 [2] = broadcast([2], []) %4
        %6 [2] = mul %1 %5
        return %6 %2
        }
        %0: []
        %1: [2]
        %2: []
        %3 [2], %4 [] = scan(f0, 5, 1, 2, [], []) %0 %1 %2
        return %3",
        "function 0 step {
        %0: []
        %1: [2]
        %2 [2] = broadcast([2], []) %0
        %3 [2] = mul %1 %2
        return %3
        }
        %0: []
        %1: [2]
        %2: []
        %3 [] = mul %0 %2
        %4 [] = exp %3
        %5 [2] = scan(f0, 5, 1, 1, [], []) %4 %1
        return %5",
    );
}

/// What a recurrent layer gives of its state: what follows from the product goes with it. The state is an output already, and
/// what is computed before the loop does not go through it.
#[test]
fn products_for_outputs_are_computed_after_the_loop() {
    becomes(
        "function 0 step {
        %0: [3, 2]
        %1: [2]
        %2: [2]
        %3 [2] = mul %1 %2
        %4 [3] = contract([0, 1], [1], [0]) %0 %3
        %5 [3] = exp %4
        %6 [3] = contract([0, 1], [1], [0]) %0 %2
        return %3 %5 %3 %6
        }
        %0: [3, 2]
        %1: [2]
        %2: [4, 2]
        %3 [2], %4 [4, 3], %5 [4, 2], %6 [4, 3] = scan(f0, 4, 1, 1, [0], [0, 0, 0]) %0 %1 %2
        return %3 %4 %5 %6",
        "function 0 step {
        %0: [2]
        %1: [2]
        %2 [2] = mul %0 %1
        return %2 %2
        }
        %0: [3, 2]
        %1: [2]
        %2: [4, 2]
        %3 [4, 3] = contract([0, 1], [2, 1], [2, 0]) %0 %2
        %4 [2], %5 [4, 2] = scan(f0, 4, 0, 1, [0], [0]) %1 %2
        %6 [4, 3] = contract([0, 1], [2, 1], [2, 0]) %0 %5
        %7 [4, 3] = exp %6
        return %4 %7 %5 %3",
    );
}

/// The cotangent of a weight: one factor is an input of the steps, the other what they compute. Two products are added; what is
/// no product is still carried.
#[test]
fn sums_of_products_are_products_after_the_loop() {
    becomes(
        "function 0 step {
        %0: [2]
        %1: [2, 2]
        %2: [2]
        %3: [2, 2]
        %4 [2] = mul %0 %2
        %5 [2, 2] = contract([0], [1], [0, 1]) %2 %4
        %6 [2, 2] = add %1 %5
        %7 [2, 2] = contract([0], [1], [0, 1]) %2 %2
        %8 [2, 2] = add %6 %7
        %9 [2, 2] = add %8 %3
        return %4 %9
        }
        %0: [2]
        %1: [2, 2]
        %2: [3, 2]
        %3: [3, 2, 2]
        %4 [2], %5 [2, 2] = scan(f0, 3, 0, 2, [0, 0], []) %0 %1 %2 %3
        return %4 %5",
        "function 0 step {
        %0: [2]
        %1: [2, 2]
        %2: [2]
        %3: [2, 2]
        %4 [2] = mul %0 %2
        %5 [2, 2] = add %1 %3
        return %4 %5 %4
        }
        %0: [2]
        %1: [2, 2]
        %2: [3, 2]
        %3: [3, 2, 2]
        %4 [2], %5 [2, 2], %6 [3, 2] = scan(f0, 3, 0, 2, [0, 0], [0]) %0 %1 %2 %3
        %7 [2, 2] = contract([0, 1], [0, 2], [1, 2]) %2 %6
        %8 [2, 2] = add %5 %7
        %9 [2, 2] = contract([0, 1], [0, 2], [1, 2]) %2 %2
        %10 [2, 2] = add %8 %9
        return %4 %10",
    );
}

/// A loss of each step, which follows from a product of the state by weights.
#[test]
fn sums_of_what_follows_from_products_are_sums_after_the_loop() {
    becomes(
        "function 0 step {
        %0: [2, 2]
        %1: []
        %2: [2]
        %3: [2]
        %4 [2] = mul %2 %3
        %5 [2] = contract([0, 1], [1], [0]) %0 %4
        %6 [] = contract([0], [0], []) %5 %5
        %7 [] = add %1 %6
        return %7 %4
        }
        %0: [2, 2]
        %1: []
        %2: [2]
        %3: [3, 2]
        %4 [], %5 [2] = scan(f0, 3, 1, 2, [0], []) %0 %1 %2 %3
        return %4 %5",
        "function 0 step {
        %0: [2]
        %1: [2]
        %2 [2] = mul %0 %1
        return %2 %2
        }
        %0: [2, 2]
        %1: []
        %2: [2]
        %3: [3, 2]
        %4 [2], %5 [3, 2] = scan(f0, 3, 0, 1, [0], [0]) %2 %3
        %6 [3, 2] = contract([0, 1], [2, 1], [2, 0]) %0 %5
        %7 [] = contract([0, 1], [0, 1], []) %6 %6
        %8 [] = add %1 %7
        return %8 %4",
    );
}

#[test]
fn a_loop_of_which_nothing_is_left_goes() {
    becomes(
        "function 0 step {
        %0: []
        %1: [2]
        %2 [] = contract([0], [0], []) %1 %1
        %3 [] = add %0 %2
        return %3
        }
        %0: []
        %1: [3, 2]
        %2 [] = scan(f0, 3, 0, 1, [0], []) %0 %1
        return %2",
        "%0: []
        %1: [3, 2]
        %2 [] = contract([0, 1], [0, 1], []) %1 %1
        %3 [] = add %0 %2
        return %3",
    );
}

/// What leaves the inner loop leaves the outer one, too: a product for all steps of both, and a logarithm once.
#[test]
fn from_inside_out() {
    becomes(
        "function 0 inner {
        %0: []
        %1: [2]
        %2: []
        %3: [2]
        %4 [] = contract([0], [0], []) %1 %3
        %5 [] = log %0
        %6 [] = mul %4 %5
        %7 [] = mul %2 %6
        return %7
        }
        function 1 outer {
        %0: []
        %1: [2]
        %2: []
        %3: [3, 2]
        %4 [] = scan(f0, 3, 2, 1, [0], []) %0 %1 %2 %3
        return %4
        }
        %0: []
        %1: [2]
        %2: []
        %3: [4, 3, 2]
        %4 [] = scan(f1, 4, 2, 1, [0], []) %0 %1 %2 %3
        return %4",
        "function 0 inner {
        %0: []
        %1: []
        %2: []
        %3 [] = mul %2 %0
        %4 [] = mul %1 %3
        return %4
        }
        function 1 outer {
        %0: []
        %1: []
        %2: [3]
        %3 [] = scan(f0, 3, 1, 1, [0], []) %0 %1 %2
        return %3
        }
        %0: []
        %1: [2]
        %2: []
        %3: [4, 3, 2]
        %4 [4, 3] = contract([0], [1, 2, 0], [1, 2]) %1 %3
        %5 [] = log %0
        %6 [] = scan(f1, 4, 1, 1, [0], []) %5 %2 %4
        return %6",
    );
}

/// The next product is of the sum itself.
#[test]
fn what_needs_what_is_carried_stays() {
    stays(
        "function 0 step {
        %0: [2]
        %1: [2, 2]
        %2 [2] = contract([0, 1], [1], [0]) %1 %0
        %3 [2] = add %0 %2
        return %3
        }
        %0: [2]
        %1: [3, 2, 2]
        %2 [2] = scan(f0, 3, 0, 1, [0], []) %0 %1
        return %2",
    );
}

/// No product by a fixed factor: each step has two factors of its own.
#[test]
fn elementwise_work_and_products_of_inputs_stay() {
    stays(
        "function 0 step {
        %0: [2]
        %1: [2, 2]
        %2: [2]
        %3 [2] = exp %2
        %4 [2] = contract([0, 1], [1], [0]) %1 %3
        %5 [2] = mul %0 %4
        return %5
        }
        %0: [2]
        %1: [3, 2, 2]
        %2: [3, 2]
        %3 [2] = scan(f0, 3, 0, 1, [0, 0], []) %0 %1 %2
        return %3",
    );
}

/// A result nine times as large as its input: who loops over the parts of a large value has reasons.
#[test]
fn what_takes_too_much_memory_stays() {
    stays(
        "function 0 step {
        %0: [9, 2]
        %1: []
        %2: [2]
        %3 [9] = contract([0, 1], [1], [0]) %0 %2
        %4 [] = reduce_max([0]) %3
        %5 [] = max %1 %4
        return %5
        }
        %0: [9, 2]
        %1: []
        %2: [3, 2]
        %3 [] = scan(f0, 3, 1, 1, [0], []) %0 %1 %2
        return %3",
    );
}

/// What a checkpoint computes is not kept.
#[test]
fn checkpoints_stay() {
    stays(
        "function 0 kept_small {
        %0: [2]
        %1 [2] = exp %0
        return %1
        }
        function 1 step {
        %0: [2, 2]
        %1: [2]
        %2: [2]
        %3 [2] = call(f0, checkpoint) %2
        %4 [2] = contract([0, 1], [1], [0]) %0 %3
        %5 [2] = mul %1 %4
        return %5
        }
        %0: [2, 2]
        %1: [2]
        %2: [3, 2]
        %3 [2] = scan(f1, 3, 1, 1, [0], []) %0 %1 %2
        return %3",
    );
}

/// Values that are given one by one do not lie in one value, and neither do those that are returned so.
#[test]
fn lists_stay() {
    stays(
        "function 0 step {
        %0: [2, 2]
        %1: [2]
        %2: [2]
        %3 [2] = contract([0, 1], [1], [0]) %0 %2
        %4 [2] = mul %1 %3
        %5 [2] = contract([0, 1], [1], [0]) %0 %4
        return %4 %5
        }
        %0: [2, 2]
        %1: [2]
        %2: [2]
        %3: [2]
        %4 [2], %5 [2], %6 [2] = scan(f0, 2, 1, 1, [1], [1]) %0 %1 %2 %3
        return %4 %5 %6",
    );
}
