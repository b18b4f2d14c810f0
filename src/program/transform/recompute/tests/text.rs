//! The text of programs before and after.

use super::super::recompute;
use crate::program::lines::program;
use crate::prove::prove_equal;

/// The program after the pass is this, and computes the same, by the bits. Once more, the pass finds nothing to do.
fn becomes(before: &str, after: &str) {
    let (before, after) = (program(before), program(after));
    let got = recompute(&before, 1).unwrap();
    assert_eq!(got.to_string(), after.to_string());
    assert_eq!(recompute(&got, 1).unwrap(), got);
    prove_equal(&before, &got).unwrap();
}

fn stays(before: &str) {
    becomes(before, before);
}

/// `y = tanh(3 x w) tanh(3 x w)` and what follows from it: the product `x w` is read again, and nothing else is kept. What only the
/// later stage needs is computed there alone.
#[test]
fn what_a_product_gave_is_read_again() {
    becomes(
        "%0: [2, 2]
        %1: [2, 2]
        %2 [2, 2] = contract([0, 1], [1, 2], [0, 2]) %0 %1
        %3 [2, 2] = scale(3) %2
        %4 [2, 2] = tanh %3
        %5 [2, 2] = neg %3
        %6 [2, 2] = mul %4 %4
        %7 [2, 2] = contract([0, 1], [1, 2], [0, 2]) %6 %1
        %8 [2, 2] = mul %7 %4
        %9 [2, 2] = mul %8 %5
        %10 [2, 2] = mul %9 %3
        return %10",
        "%0: [2, 2]
        %1: [2, 2]
        %2 [2, 2] = contract([0, 1], [1, 2], [0, 2]) %0 %1
        %3 [2, 2] = scale(3) %2
        %4 [2, 2] = tanh %3
        %5 [2, 2] = mul %4 %4
        %6 [2, 2] = contract([0, 1], [1, 2], [0, 2]) %5 %1
        %7 [2, 2] = scale(3) %2
        %8 [2, 2] = tanh %7
        %9 [2, 2] = mul %6 %8
        %10 [2, 2] = neg %7
        %11 [2, 2] = mul %9 %10
        %12 [2, 2] = mul %11 %7
        return %12",
    );
}

/// A function of one value that would have to be read in its place is kept if it is dear, and computed again if the value is read
/// anyway.
#[test]
fn what_is_dear_is_kept() {
    stays(
        "%0: [2]
        %1 [2] = exp %0
        %2 [] = reduce_sum([0]) %1
        %3 [2] = broadcast([2], []) %2
        %4 [2] = mul %1 %3
        return %4",
    );
    becomes(
        "%0: [2]
        %1 [2] = exp %0
        %2 [] = reduce_sum([0]) %1
        %3 [2] = broadcast([2], []) %2
        %4 [2] = mul %0 %3
        %5 [2] = mul %1 %4
        return %5",
        "%0: [2]
        %1 [2] = exp %0
        %2 [] = reduce_sum([0]) %1
        %3 [2] = broadcast([2], []) %2
        %4 [2] = mul %0 %3
        %5 [2] = exp %0
        %6 [2] = mul %5 %4
        return %6",
    );
}

/// Of two values, one dear: the other alone.
#[test]
fn what_is_cheap_is_computed_from_what_is_kept() {
    becomes(
        "%0: [2]
        %1 [2] = log %0
        %2 [2] = exp %1
        %3 [2] = tanh %2
        %4 [2] = neg %3
        %5 [] = reduce_sum([0]) %4
        %6 [2] = broadcast([2], []) %5
        %7 [2] = mul %4 %6
        %8 [2] = mul %3 %7
        return %8",
        "%0: [2]
        %1 [2] = log %0
        %2 [2] = exp %1
        %3 [2] = tanh %2
        %4 [2] = neg %3
        %5 [] = reduce_sum([0]) %4
        %6 [2] = broadcast([2], []) %5
        %7 [2] = neg %3
        %8 [2] = mul %7 %6
        %9 [2] = mul %3 %8
        return %9",
    );
}

/// What is written anyway is read: for a product, or since it is returned.
#[test]
fn what_is_written_anyway_is_read() {
    stays(
        "%0: [2]
        %1 [2] = neg %0
        %2 [] = contract([0], [0], []) %1 %0
        %3 [2] = broadcast([2], []) %2
        %4 [2] = mul %1 %3
        return %4",
    );
    stays(
        "%0: [2]
        %1 [2] = neg %0
        %2 [] = reduce_sum([0]) %1
        %3 [2] = broadcast([2], []) %2
        %4 [2] = mul %1 %3
        return %1 %4",
    );
}
