//! Results that the first program does not have: where the bits agree the second may have them, and nowhere else.

use cotangent::program::Program;
use cotangent::prove::{prove_equal, prove_equal_up_to_rounding};

fn program(lines: &str) -> Program {
    format!("cotangent program 1\n%0: [2]\n{lines}\n")
        .parse()
        .unwrap_or_else(|error| panic!("{error}\n{lines}"))
}

/// A choice of two that are one, by what has no value: `simplify` takes the one, and so do the floats.
#[test]
fn a_choice_by_what_is_undefined() {
    let chosen = program(
        "%1 [2] = full([2], 0)\n%2 [2] = recip %1\n%3 [2] = mul %2 %1\n%4 [2] = select %3 %0 %0\nreturn %4 %0",
    );
    // Of the same level.
    let same = program("%1 [2] = recip %0\n%2 [2] = select %1 %0 %0\nreturn %0 %0");
    assert!(prove_equal(&chosen, &same).is_ok());
    // Not the other way round.
    let error = prove_equal(&same, &chosen).unwrap_err();
    assert_eq!(
        (error.law, error.place.as_str()),
        ("programs_are_equal", "output 0[0]")
    );
    // Only if the floats agree.
    let other = program("%1 [2] = neg %0\nreturn %1 %0");
    let error = prove_equal(&chosen, &other).unwrap_err();
    assert_eq!(error.law, "programs_are_equal");
    // And without the floats nothing says that they are equal.
    let error = prove_equal_up_to_rounding(&chosen, &same).unwrap_err();
    assert_eq!(error.law, "programs_are_equal");
}

/// NaN everywhere is not whatever comes instead.
#[test]
fn nan_is_not_anything() {
    let nan = program("%1 [2] = full([2], nan:7ff8000000000000)\nreturn %1 %0");
    let x = program("return %0 %0");
    let error = prove_equal(&nan, &x).unwrap_err();
    assert_eq!(error.law, "programs_are_equal");
    let error = prove_equal_up_to_rounding(&nan, &x).unwrap_err();
    assert_eq!(error.law, "programs_are_equal");
}
