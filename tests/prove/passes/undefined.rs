//! Results that the first program does not have: the second may have one where a choice between two equal values is made by
//! what is undefined, and nowhere else.

use cotangent::program::{Program, Value};
use cotangent::prove::{prove_equal, prove_equal_up_to_rounding};
use cotangent::tensor::AnyTensor;

fn program(lines: &str) -> Program {
    format!("cotangent program 1\n%0: [2]\n{lines}\n")
        .parse()
        .unwrap_or_else(|error| panic!("{error}\n{lines}"))
}

/// `x`, by a choice that nothing makes: 0/0 is not a number.
fn chosen() -> Program {
    program(
        "%1 [2] = full([2], 0)\n%2 [2] = recip %1\n%3 [2] = mul %2 %1\n%4 [2] = select %3 %0 %0\nreturn %4 %0",
    )
}

fn is_refused_by_terms(one: &Program, other: &Program) {
    for prove in [prove_equal, prove_equal_up_to_rounding] {
        let error = prove(one, other).unwrap_err();
        let place = error.place.as_str();
        assert_eq!((error.law, place), ("programs_are_equal", "output 0[0]"));
    }
}

/// A choice of two that are one, by what has no value: `simplify` takes the one.
#[test]
fn a_choice_by_what_is_undefined() {
    // Of the same level.
    let same = program("%1 [2] = recip %0\n%2 [2] = select %1 %0 %0\nreturn %0 %0");
    assert!(prove_equal(&chosen(), &same).unwrap().is_exact());
    assert!(prove_equal_up_to_rounding(&chosen(), &same).is_ok());
    // Not the other way round: a field has no result there.
    is_refused_by_terms(&same, &chosen());
    is_refused_by_terms(&chosen(), &program("%1 [2] = neg %0\nreturn %1 %0"));
    // Two values are not one.
    let two = program(
        "%1 [2] = full([2], 0)\n%2 [2] = recip %1\n%3 [2] = neg %0\n%4 [2] = select %2 %0 %3\nreturn %4 %0",
    );
    is_refused_by_terms(&two, &same);
}

/// What all tried floats agree on is not equal for that: near one number the other program gives 0.
#[test]
fn floats_alone_do_not_decide() {
    let near = program(
        "%1 [2] = offset(-12345/10000) %0\n%2 [2] = mul %1 %1\n%3 [2] = full([2], 1e-20f)\n%4 [2] = sub %3 %2
%5 [2] = full([2], 0)\n%6 [2] = select %4 %5 %0\nreturn %6 %0",
    );
    let at = |program: &Program, x: f64| {
        let x = AnyTensor::new(&[2], vec![x, x]).unwrap();
        let outputs = program.run(&[Value::Scalar(x)]).unwrap();
        outputs[0].tensor().unwrap().as_slice()[0]
    };
    for x in [0.0, -3.0, 0.1, f64::MAX, f64::INFINITY] {
        assert_eq!((at(&chosen(), x), at(&near, x)), (x, x));
    }
    assert_eq!(at(&chosen(), 1.2345), 1.2345);
    assert_eq!(at(&near, 1.2345), 0.0);
    is_refused_by_terms(&chosen(), &near);
}

/// NaN everywhere is not whatever comes instead.
#[test]
fn nan_is_not_anything() {
    let nan = program("%1 [2] = full([2], nan:7ff8000000000000)\nreturn %1 %0");
    is_refused_by_terms(&nan, &program("return %0 %0"));
}
