//! Where no sum is rounded, the results are the same bit for bit: also of signed zeros, infinities and NaN.

use super::hoisted;
use crate::program::lines::program;
use crate::program::{Program, Value};
use crate::tensor::AnyTensor;
use fastrand::Rng;

/// Numbers whose sums of products are exact in any order.
const NUMBERS: [f64; 9] = [
    0.0,
    -0.0,
    1.0,
    -1.0,
    2.0,
    -3.0,
    f64::INFINITY,
    f64::NEG_INFINITY,
    f64::NAN,
];

/// One is rare: NaN would be all that is seen.
fn number(rng: &mut Rng) -> f64 {
    match rng.u8(..8) {
        0 => NUMBERS[rng.usize(..NUMBERS.len())],
        _ => NUMBERS[rng.usize(..4)],
    }
}

fn bits(values: &[Value<f64>]) -> Vec<u64> {
    let scalars = values.iter().filter_map(Value::tensor);
    let numbers = scalars.flat_map(AnyTensor::as_slice);
    numbers
        .map(|x| match x.is_nan() {
            true => f64::NAN.to_bits(),
            false => x.to_bits(),
        })
        .collect()
}

fn same_bits(program: &Program) {
    let got = hoisted(program);
    assert_ne!(got, *program);
    let mut rng = Rng::with_seed(5);
    let mut seen = [0; 3];
    for _ in 0..400 {
        let types = program.input_types().iter();
        let inputs: Vec<Value<f64>> = types
            .map(|ty| {
                let dims = ty.dims().clone();
                let numbers = (0..dims.count()).map(|_| number(&mut rng)).collect();
                AnyTensor::from_parts(dims, numbers).into()
            })
            .collect();
        let expected = bits(&program.run(&inputs).unwrap());
        assert_eq!(
            bits(&got.run(&inputs).unwrap()),
            expected,
            "{inputs:?}\n{got}"
        );
        for bits in expected {
            let x = f64::from_bits(bits);
            seen[0] += usize::from(x.is_nan());
            seen[1] += usize::from(x.is_infinite());
            seen[2] += usize::from(x == 0.0);
        }
    }
    assert!(seen.iter().all(|&seen| seen > 9), "{seen:?}");
}

#[test]
fn before_and_after_the_loop() {
    same_bits(&program(
        "function 0 step {
        %0: [2, 2]
        %1: [2]
        %2: [2]
        %3 [2] = neg %2
        %4 [2] = contract([0, 1], [1], [0]) %0 %3
        %5 [2] = sub %4 %1
        %6 [2] = contract([0, 1], [1], [0]) %0 %5
        %7 [2] = neg %6
        return %2 %7
        }
        %0: [2, 2]
        %1: [2]
        %2: [3, 2]
        %3 [2], %4 [3, 2] = scan(f0, 3, 1, 1, [0], [0]) %0 %1 %2
        return %3 %4",
    ));
}

/// Sums of products that have a sum of their own, and of those that have none; from a start with any zero.
#[test]
fn sums() {
    same_bits(&program(
        "function 0 step {
        %0: []
        %1: [2, 2]
        %2: [2]
        %3: [2]
        %4: [2]
        %5 [2] = neg %4
        %6 [] = contract([0], [0], []) %4 %3
        %7 [] = add %0 %6
        %8 [2, 2] = contract([0], [1], [0, 1]) %5 %3
        %9 [2, 2] = add %8 %1
        %10 [2] = add %2 %5
        return %7 %9 %10 %5
        }
        %0: []
        %1: [2, 2]
        %2: [2]
        %3: [2]
        %4: [3, 2]
        %5 [], %6 [2, 2], %7 [2], %8 [2] = scan(f0, 3, 0, 4, [0], []) %0 %1 %2 %3 %4
        return %5 %6 %7 %8",
    ));
}

/// The start, with the sign of its zero: a product over no steps added to it would give +0.
#[test]
fn no_steps() {
    let text = "function 0 step {
        %0: []
        %1: [2]
        %2 [] = contract([0], [0], []) %1 %1
        %3 [] = add %0 %2
        return %3
        }
        %0: []
        %1: [0, 2]
        %2 [] = scan(f0, 0, 0, 1, [0], []) %0 %1
        return %2";
    let got = hoisted(&program(text));
    assert_eq!(got, program(text));
    let none = AnyTensor::new(&[0, 2], Vec::new()).unwrap();
    let y = got
        .run::<f64>(&[AnyTensor::scalar(-0.0).into(), none.into()])
        .unwrap();
    assert_eq!(bits(&y), [(-0.0_f64).to_bits()]);
}
