//! Each equation alone, on both sides, over floats by the bits and over other scalars; then all together.

use super::same::assert_same;
use crate::program::lines::program;
use crate::program::prune;
use crate::program::transform::simplify::known::Identity;
use crate::program::transform::simplify::pass::{IDENTITIES, pass_by, simplify};
use std::collections::HashMap;
use std::fmt::Write;

/// An example of each equation: it changes it. Two inputs of 256 elements are all pairs of special values.
const CASES: &[(&str, &str)] = &[
    ("arithmetic of constants = constant", "%0 [2] = full([2], 3/4)\n%1 [2] = constant([2], scalars [1, -5/8])
      %2 [2] = mul %0 %1\n%3 [2] = sub %2 %0\nreturn %2 %3"),
    ("constant of equal numbers = number", "%0 [2, 1] = constant([2, 1], scalars [1/3, 1/3])\nreturn %0"),
    ("x * 1 = x", "%0: [256]\n%1 [256] = full([256], 1)\n%2 [256] = mul %0 %1\nreturn %2"),
    ("1 * x = x", "%0: [256]\n%1 [256] = full([256], 1.0f)\n%2 [256] = mul %1 %0\nreturn %2"),
    ("scale(1) = x", "%0: [256]\n%1 [256] = scale(1) %0\nreturn %1"),
    ("x / 1 = x", "%0: [256]\n%1 [256] = full([256], 1)\n%2 [256] = div %0 %1\nreturn %2"),
    ("x - 0 = x", "%0: [256]\n%1 [256] = full([256], 0)\n%2 [256] = sub %0 %1\nreturn %2"),
    ("x + (-0) = x",
      "%0: [256]\n%1 [256] = full([256], -0.0f)\n%2 [256] = add %0 %1\n%3 [256] = add %1 %0\nreturn %2 %3"),
    ("offset(-0) = x", "%0: [256]\n%1 [256] = offset(-0.0f) %0\nreturn %1"),
    ("-(-x) = x", "%0: [256]\n%1 [256] = neg %0\n%2 [256] = neg %1\nreturn %2"),
    ("x + (-y) = x - y", "%0: [256]\n%1: [256]\n%2 [256] = neg %1\n%3 [256] = add %0 %2\nreturn %3"),
    ("(-x) + y = y - x", "%0: [256]\n%1: [256]\n%2 [256] = neg %0\n%3 [256] = add %2 %1\nreturn %3"),
    ("x - (-y) = x + y", "%0: [256]\n%1: [256]\n%2 [256] = neg %1\n%3 [256] = sub %0 %2\nreturn %3"),
    ("(-x) * (-y) = x * y",
     "%0: [256]\n%1: [256]\n%2 [256] = neg %0\n%3 [256] = neg %1\n%4 [256] = mul %2 %3\nreturn %4"),
    ("(-x) / (-y) = x / y",
     "%0: [256]\n%1: [256]\n%2 [256] = neg %0\n%3 [256] = neg %1\n%4 [256] = div %2 %3\nreturn %4"),
    ("scale(-1) = -x", "%0: [256]\n%1 [256] = scale(-1) %0\nreturn %1"),
    ("-scale(c) = scale(-c)", "%0: [256]\n%1 [256] = scale(-1/10) %0\n%2 [256] = neg %1\nreturn %2"),
    ("scale(c) of -x = scale(-c)", "%0: [256]\n%1 [256] = neg %0\n%2 [256] = scale(0.0f) %1\nreturn %2"),
    ("scale(2^a) of scale(2^b) = scale(2^(a+b))",
      "%0: [256]\n%1 [256] = scale(-2) %0\n%2 [256] = scale(4) %1\nreturn %2"),
    ("x * c = scale(c)",
      "%0: [256]\n%1 [256] = full([256], 1/10)\n%2 [256] = mul %1 %0\n%3 [256] = mul %0 %1\nreturn %2 %3"),
    ("x + c = offset(c)",
      "%0: [256]\n%1 [256] = full([256], 3)\n%2 [256] = add %1 %0\n%3 [256] = add %0 %1\nreturn %2 %3"),
    ("x - c = offset(-c)", "%0: [256]\n%1 [256] = full([256], 1/10)\n%2 [256] = sub %0 %1\nreturn %2"),
    ("stop(stop(x)) = stop(x)", "%0: [256]\n%1 [256] = stop %0\n%2 [256] = stop %1\nreturn %2"),
    ("select(c, x, x) = x", "%0: [256]\n%1: [256]\n%2 [256] = select %0 %1 %1\nreturn %2"),
    ("cast to the same precision = x", "%0: single [256]\n%1 single [256] = cast(single) %0\nreturn %1"),
    ("cast to double and back = x",
     "%0: single [256]\n%1 double [256] = cast(double) %0\n%2 single [256] = cast(single) %1\nreturn %2"),
    ("reshape to the same dims = x", "%0: [2, 3] < 5\n%1 [2, 3] < 5 = reshape([2, 3]) %0\nreturn %1"),
    ("reshape of reshape = reshape",
      "%0: [2, 3]\n%1 [6] = reshape([6]) %0\n%2 [3, 2] = reshape([3, 2]) %1\nreturn %2"),
    ("permute that moves nothing = x", "%0: key [2, 3]\n%1 key [2, 3] = permute([0, 1]) %0\nreturn %1"),
    ("permute of permute = permute",
     "%0: [2, 3, 4]\n%1 [4, 2, 3] = permute([2, 0, 1]) %0\n%2 [2, 4, 3] = permute([1, 0, 2]) %1\nreturn %2"),
    ("broadcast to the same dims = x", "%0: [2, 3]\n%1 [2, 3] = broadcast([2, 3], [0, 1]) %0\nreturn %1"),
    ("broadcast of broadcast = broadcast",
     "%0: [3]\n%1 [2, 3] = broadcast([2, 3], [1]) %0\n%2 [2, 4, 3, 5] = broadcast([2, 4, 3, 5], [0, 2]) %1\nreturn %2"),
    ("slice of all = x", "%0: [2, 3]\n%1 [2, 3] = slice(1, 0, 3) %0\nreturn %1"),
    ("slice of slice = slice", "%0: [2, 9]\n%1 [2, 6] = slice(1, 2, 6) %0\n%2 [2, 3] = slice(1, 1, 3) %1\nreturn %2"),
    ("slice inside of pad = slice",
      "%0: [2, 4]\n%1 [2, 9] = pad(1, 3, 9) %0\n%2 [2, 2] = slice(1, 4, 2) %1\nreturn %2"),
    ("pad by nothing = x", "%0: [2, 4]\n%1 [2, 4] = pad(1, 0, 4) %0\nreturn %1"),
    ("pad of pad = pad", "%0: [2, 4]\n%1 [2, 6] = pad(1, 1, 6) %0\n%2 [2, 9] = pad(1, 2, 9) %1\nreturn %2"),
    ("concat of one = x", "%0: [2, 4]\n%1 [2, 4] = concat(1) %0\nreturn %1"),
    ("largest over no axes = x", "%0: [256]\n%1 [256] = reduce_max([]) %0\nreturn %1"),
    ("layout of a number = the number", "%0 [2, 3] = full([2, 3], -0.0f)\n%1 [3, 2] = permute([1, 0]) %0
      %2 [1, 2] = slice(0, 1, 1) %1\n%3 [2] = reshape([2]) %2\n%4 [2, 5] = broadcast([2, 5], [0]) %3
      %5 [4, 3] = concat(0) %0 %0\nreturn %4 %5"),
    ("reshape of a constant = constant",
      "%0 [2] < 3 = constant([2], 3, [2, 0])\n%1 [2, 1] < 3 = reshape([2, 1]) %0\nreturn %1"),
    ("contract of a permuted left operand = contract",
      "%0: [3, 5, 2]\n%1: [5, 3, 4]\n%2 [2, 5, 3] = permute([2, 1, 0]) %0
      %3 [2, 4] = contract([0, 1, 2], [1, 2, 3], [0, 3]) %2 %1\nreturn %3"),
    ("contract of a permuted right operand = contract", "%0: [2, 5]\n%1: [4, 5]\n%2 [5, 4] = permute([1, 0]) %1
      %3 [4, 2] = contract([0, 1], [1, 2], [2, 0]) %0 %2\nreturn %3"),
    ("permute of contract = contract",
      "%0: [2, 5, 3]\n%1: [2, 5, 4]\n%2 [2, 3, 4] = contract([0, 1, 2], [0, 1, 3], [0, 2, 3]) %0 %1
      %3 [4, 2, 3] = permute([2, 0, 1]) %2\nreturn %3"),
];

#[test]
fn every_equation_holds() {
    let all: Vec<&Identity> = IDENTITIES.iter().copied().flatten().collect();
    let names = all.iter().map(|identity| identity.name);
    assert!(
        names.eq(CASES.iter().map(|(name, _)| *name)),
        "a case for each, in order"
    );
    for (identity, (name, lines)) in all.iter().zip(CASES) {
        let program = program(lines);
        let plain = prune(&pass_by(&[], &program, &HashMap::new()));
        let by_it = prune(&pass_by(
            &[core::slice::from_ref(*identity)],
            &program,
            &HashMap::new(),
        ));
        assert_ne!(plain, by_it, "{name} applies");
        assert!(
            by_it.instructions().len() <= plain.instructions().len(),
            "{name}"
        );
        assert_same(name, &program, &by_it);
        let simple = simplify(&program);
        assert_same(name, &program, &simple);
        assert_eq!(simplify(&simple), simple, "{name}");
    }
}

/// What looks like an equation and is none: for NaN, infinities, signed zeros or rounding.
#[test]
fn what_is_left_alone() {
    for lines in [
        "%0: [256]\n%1 [256] = full([256], 0)\n%2 [256] = add %0 %1\nreturn %2",
        "%0: [256]\n%1 [256] = full([256], 0)\n%2 [256] = mul %0 %1\nreturn %2",
        "%0: [256]\n%1 [256] = full([256], 0)\n%2 [256] = sub %1 %0\nreturn %2",
        "%0: [256]\n%1 [256] = scale(0) %0\nreturn %1",
        "%0: [256]\n%1 [256] = offset(0.0f) %0\nreturn %1",
        "%0: [256]\n%1 [256] = offset(0) %0\nreturn %1",
        "%0: [256]\n%1 [256] = sub %0 %0\n%2 [256] = div %0 %0\nreturn %1 %2",
        "%0: [256]\n%1: [256]\n%2 [256] = sub %0 %1\n%3 [256] = neg %2\nreturn %3",
        "%0: [256]\n%1 [256] = scale(0) %0\n%2 [256] = neg %1\nreturn %2",
        "%0: [256]\n%1 [256] = scale(1/2) %0\n%2 [256] = scale(2) %1\nreturn %2",
        "%0: [256]\n%1 [256] = scale(3) %0\n%2 [256] = scale(5) %1\nreturn %2",
        "%0: [256]\n%1 [256] = offset(1) %0\n%2 [256] = offset(2) %1\nreturn %2",
        "%0: [256]\n%1 [256] = reduce_sum([]) %0\nreturn %1",
        "%0 [2] = full([2], 1/10)\n%1 [2] = scale(2/10) %0\nreturn %1",
        "%0 [2] = full([2], 0)\n%1 [2] = neg %0\n%2 [2] = scale(-1/2) %0\nreturn %1 %2",
        "%0: single [2]\n%1 [2] = cast(run) %0\n%2 single [2] = cast(single) %1\nreturn %2",
        // The contraction is used by others, too.
        "%0: [2, 5]\n%1: [5, 4]\n%2 [2, 4] = contract([0, 1], [1, 2], [0, 2]) %0 %1
         %3 [4, 2] = permute([1, 0]) %2\nreturn %2 %3",
    ] {
        let program = program(lines);
        let simple = simplify(&program);
        assert_same(lines, &program, &simple);
        assert_eq!(simple, program);
    }
}

/// Numbers of more than 24 bits are not folded: single precision would round them.
#[test]
fn small_numbers_are_folded() {
    let by = |c: u64| {
        let program = program(&format!(
            "%0 [2] = full([2], {c})\n%1 [2] = offset(1) %0\nreturn %1"
        ));
        let simple = simplify(&program);
        assert_same("offset", &program, &simple);
        simple.instructions().len()
    };
    assert_eq!(
        (by((1 << 24) - 2), by((1 << 24) - 1), by(1 << 25)),
        (1, 2, 2)
    );
}

/// The order of the sums of a contraction over two axes stays when an operand is permuted.
#[test]
fn the_order_of_sums_stays() {
    let lines = "%0: [3, 5, 2]\n%1: [5, 3, 4]\n%2 [2, 3, 5] = permute([2, 0, 1]) %0
        %3 [3, 5, 4] = permute([1, 0, 2]) %1\n%4 [2, 4] = contract([0, 1, 2], [1, 2, 3], [0, 3]) %2 %3\nreturn %4";
    let program = program(lines);
    let simple = simplify(&program);
    assert_eq!(simple.instructions().len(), 1);
    assert_same("two axes", &program, &simple);
}

#[test]
fn equal_instructions_once() {
    let lines =
        "%0 x: [3]\n%1 y: [3]\n%2 [3] = mul %0 %1\n%3 [3] = mul %1 %0; h mul\n%4 [3] = exp %2
        %5 [3] = exp %3\n%6 [3] = sub %4 %0\n%7 [3] = sub %0 %4\nreturn %4 %5 %6 %7";
    let expected =
        "%0 x: [3]\n%1 y: [3]\n%2 [3] = mul %0 %1; h mul\n%3 [3] = exp %2\n%4 [3] = sub %3 %0
        %5 [3] = sub %0 %3\nreturn %3 %3 %4 %5";
    assert_eq!(
        simplify(&program(lines)).to_string(),
        program(expected).to_string()
    );
}

/// 10,000 instructions in well under a second, deep or wide: it is linear.
#[test]
fn is_linear() {
    let mut chain = "%0: [1]\n".to_owned();
    for id in 1..=10_000 {
        let f = ["exp", "neg", "neg", "scale(2)", "scale(2)"][id % 5];
        writeln!(chain, "%{id} [1] = {f} %{}", id - 1).unwrap();
    }
    chain += "return %10000";
    let chain = program(&chain);
    let start = std::time::Instant::now();
    let simple = simplify(&chain);
    let elapsed = start.elapsed();
    assert_eq!(simple.instructions().len(), 4_000);
    assert_eq!(simplify(&simple), simple);
    assert!(elapsed.as_secs() < 5, "{elapsed:?}");
}
