//! Sizes that are possible nowhere: no sum and no product of them overflows.

use super::primitives::{HALF, MAX, dims, indices, keys, refused_at, scalars, window};
use cotangent::program::*;

/// Sizes whose sum or product is past `usize`, also where another dim is 0.
#[test]
fn sizes_that_overflow() {
    let half = MAX / 2 + 1;
    let huge = Window {
        padding: [MAX, 1],
        ..window([1, 1])
    };
    let far = Window {
        dilation: [MAX, 1],
        ..window([MAX, 1])
    };
    let wide = Window {
        padding: [1 << 40, 1 << 40],
        ..window([1, 1])
    };
    let one = Literal::ratio(1, 1);
    let pad = Pad {
        axis: 0,
        start: 0,
        len: MAX,
    };
    let gather = Gather { batch: 0, axis: 0 };
    let scatter = |batch, axis| ScatterAdd {
        batch,
        axis,
        rows: MAX,
    };
    let mask = Mask {
        dims: dims(&[half, 4]),
        keep: HALF,
    };
    let x = scalars;
    let cases: Vec<(Prim, Vec<Type>)> = vec![
        (Unary::Neg.into(), vec![x(&[MAX, 2])]),
        (Unary::Neg.into(), vec![x(&[0, MAX, MAX])]),
        (Full(dims(&[MAX, MAX]), one).into(), vec![]),
        (Full(dims(&[1 << 60]), one).into(), vec![]),
        (mask.into(), vec![keys(&[])]),
        (Iota(dims(&[MAX, 2]), 0).into(), vec![]),
        (Iota(dims(&[0, MAX, MAX]), 1).into(), vec![]),
        (Concat(0).into(), vec![x(&[half]); 2]),
        (Concat(0).into(), vec![x(&[1 << 47]); 3]),
        (Reshape(dims(&[MAX, 3])).into(), vec![x(&[MAX, 2])]),
        (Broadcast(dims(&[MAX, 2]), vec![1]).into(), vec![x(&[2])]),
        (
            Reduce(Reduction::Sum, vec![0]).into(),
            vec![x(&[0, MAX, 2])],
        ),
        (pad.into(), vec![x(&[2, 2])]),
        (Unfold(huge).into(), vec![x(&[2, 2])]),
        (Unfold(far).into(), vec![x(&[2, 2])]),
        (Unfold(wide).into(), vec![x(&[2, 2])]),
        (Unfold(wide).into(), vec![x(&[0, 2, 2])]),
        (Fold(window([1, 1]), [half, 2]).into(), vec![x(&[1, 0])]),
        (Fold(window([1, 1]), [MAX, MAX]).into(), vec![x(&[1, 1])]),
        (
            gather.into(),
            vec![x(&[2, 1 << 20]), indices(&[1 << 40], 2)],
        ),
        (scatter(0, 0).into(), vec![x(&[2, 2]), indices(&[2], 2)]),
        (scatter(1, 1).into(), vec![x(&[2]), indices(&[2], 2)]),
        (OneHot(MAX).into(), vec![indices(&[2], 2)]),
        (OneHot(MAX).into(), vec![indices(&[0, 2], 2)]),
        (
            Contract::matmul(0, true, false).into(),
            vec![x(&[0, 1 << 40]); 2],
        ),
    ];
    for (prim, inputs) in cases {
        let error = refused_at(prim, &inputs);
        assert!(
            error.ends_with("expected a number of elements that fits into memory")
                || error.ends_with("expected an image that the window fits in")
                || error.ends_with("expected what the window makes of the image"),
            "{error}"
        );
    }
    // The words themselves do not overflow either.
    let slice = Slice {
        axis: 0,
        start: MAX,
        len: 2,
    };
    assert_eq!(Prim::from(slice).to_string(), format!("slice(0, {MAX}, 2)"));
    assert_eq!(window([MAX, 2]).size(), MAX);
}

/// The mutants of a window move, stretch and turn it: the sizes of none overflow.
#[test]
fn mutants_of_a_window() {
    let mut count = 0;
    for dilation in [[MAX, MAX], [MAX, 1], [1, MAX], [MAX - 1, MAX / 2]] {
        for kernel in [[1, 1], [1, 2], [2, 1]] {
            // Where it has one pixel, how far they are apart does not matter.
            let along = |axis: usize| if kernel[axis] == 1 { dilation[axis] } else { 1 };
            let window = Window {
                dilation: [along(0), along(1)],
                ..window(kernel)
            };
            let places = window.places([3, 4]).expect("it fits");
            let mut unfold = Program::new(&[dims(&[3, 4])]);
            let y = unfold.push(Unfold(window), &[0]).expect("it fits");
            unfold.set_outputs(&[y]).expect("it exists");
            let mut fold = Program::new(&[dims(&[kernel[0] * kernel[1], places[0] * places[1]])]);
            let y = fold.push(Fold(window, [3, 4]), &[0]).expect("it fits");
            fold.set_outputs(&[y]).expect("it exists");
            for program in [unfold, fold] {
                for mutant in program.mutants() {
                    assert_ne!(mutant.program, program, "{}", mutant.mistake);
                    assert_eq!(mutant.program.output_types(), program.output_types());
                    count += 1;
                }
            }
        }
    }
    assert!(count >= 24, "{count}");
}
