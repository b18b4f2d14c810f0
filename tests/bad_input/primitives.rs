//! `Program::push` of each primitive on values that it does not take: one error, in words, and no overflow.

use cotangent::program::{Literal, Prim, Program, ProgramError, Reduction, Window};
use cotangent::scalar::{Binary, Unary};
use cotangent::tensor::{AnyTensor, Dims};

const MAX: usize = usize::MAX;

fn dims(sizes: &[usize]) -> Dims {
    Dims::new(sizes)
}

/// The words in which the primitive is refused.
fn refused(prim: Prim, inputs: &[&[usize]]) -> String {
    let inputs: Vec<_> = inputs.iter().map(|sizes| dims(sizes)).collect();
    let ids: Vec<_> = (0..inputs.len()).collect();
    let mut program = Program::new(&inputs);
    let size = program.size();
    match program.push(prim.clone(), &ids) {
        Err(error @ ProgramError::Dims { .. }) => {
            assert_eq!(program.size(), size, "what is refused leaves no trace");
            error.to_string()
        }
        other => panic!("{prim}: {other:?}"),
    }
}

fn window(kernel: [usize; 2]) -> Window {
    Window::of(kernel)
}

/// One of each primitive, for values of rank 2 if it takes any.
fn one_of_each() -> Vec<(Prim, usize)> {
    let some = dims(&[2, 3]);
    vec![
        (Prim::Unary(Unary::Exp), 1),
        (Prim::Binary(Binary::Mul), 2),
        (Prim::Scale(Literal::ratio(1, 2)), 1),
        (Prim::Offset(Literal::ratio(1, 2)), 1),
        (Prim::Full(some.clone(), Literal::ratio(1, 2)), 0),
        (Prim::Select, 3),
        (
            Prim::MatMul {
                ta: false,
                tb: true,
            },
            2,
        ),
        (Prim::Reduce(Reduction::Sum, vec![0]), 1),
        (Prim::Reduce(Reduction::Max, vec![1]), 1),
        (Prim::Reshape(dims(&[6])), 1),
        (Prim::Permute(vec![1, 0]), 1),
        (Prim::Broadcast(dims(&[4, 2, 3]), vec![1, 2]), 1),
        (Prim::Concat(1), 2),
        (
            Prim::Slice {
                axis: 0,
                start: 1,
                len: 1,
            },
            1,
        ),
        (
            Prim::Pad {
                axis: 0,
                start: 1,
                len: 3,
            },
            1,
        ),
        (
            Prim::CumSum {
                axis: 0,
                reverse: true,
            },
            1,
        ),
        (Prim::Unfold(window([1, 2])), 1),
        (Prim::Fold(window([1, 2]), [1, 4]), 1),
        (
            Prim::Gather {
                slot: 0,
                index: dims(&[5]),
            },
            1,
        ),
        (
            Prim::ScatterAdd {
                slot: 0,
                index: dims(&[2]),
                rows: 4,
            },
            1,
        ),
        (
            Prim::Mask {
                slot: 0,
                dims: some,
                keep: 0.5,
            },
            0,
        ),
        (Prim::Pick { slot: 0 }, 1),
        (
            Prim::Place {
                slot: 0,
                classes: 4,
            },
            1,
        ),
    ]
}

/// With the right number of arguments each is taken, with one more or one less none.
#[test]
fn the_number_of_arguments() {
    for (prim, takes) in one_of_each() {
        for given in 0..5 {
            let inputs: Vec<&[usize]> = vec![&[2, 3]; given];
            if given == takes {
                let mut program = Program::new(&vec![dims(&[2, 3]); given]);
                let ids: Vec<_> = (0..given).collect();
                assert_eq!(program.push(prim.clone(), &ids), Ok(given), "{prim}");
            } else {
                let error = refused(prim.clone(), &inputs);
                assert!(error.contains(": expected "), "{error}");
            }
        }
    }
}

#[test]
fn arguments_that_do_not_exist() {
    let mut program = Program::new(&[dims(&[2])]);
    let error = program
        .push(Prim::Binary(Binary::Add), &[0, 1])
        .unwrap_err();
    assert_eq!(error, ProgramError::NoValue { size: 1, id: 1 });
    assert_eq!(
        program.set_outputs(&[MAX]),
        Err(ProgramError::NoValue { size: 1, id: MAX })
    );
}

#[test]
fn ranks_axes_and_sizes() {
    let index = |sizes: &[usize], rows| Prim::ScatterAdd {
        slot: 0,
        index: dims(sizes),
        rows,
    };
    let slice = |axis, start, len| Prim::Slice { axis, start, len };
    let pad = |axis, start, len| Prim::Pad { axis, start, len };
    let mask = |keep| Prim::Mask {
        slot: 0,
        dims: dims(&[2]),
        keep,
    };
    let cases = [
        refused(Prim::Binary(Binary::Div), &[&[2], &[2, 1]]),
        refused(Prim::Select, &[&[2], &[2], &[3]]),
        refused(
            Prim::MatMul {
                ta: false,
                tb: false,
            },
            &[&[2, 3, 4], &[3, 4, 5]],
        ),
        refused(
            Prim::MatMul {
                ta: false,
                tb: false,
            },
            &[&[3, 4], &[2, 4, 5]],
        ),
        refused(Prim::Reduce(Reduction::Sum, vec![1, 0]), &[&[2, 3]]),
        refused(Prim::Reduce(Reduction::Sum, vec![1, 1]), &[&[2, 3]]),
        refused(Prim::Reduce(Reduction::Max, vec![MAX]), &[&[2, 3]]),
        refused(Prim::Permute(vec![1]), &[&[2, 3]]),
        refused(Prim::Permute(vec![0, 2]), &[&[2, 3]]),
        refused(Prim::Broadcast(dims(&[2, 3]), vec![0]), &[&[2, 3]]),
        refused(Prim::Broadcast(dims(&[2, 3]), vec![1, 0]), &[&[3, 2]]),
        refused(Prim::Broadcast(dims(&[2, 3]), vec![MAX]), &[&[3]]),
        refused(Prim::Concat(2), &[&[2, 3], &[2, 3]]),
        refused(Prim::Concat(0), &[&[2, 3], &[2]]),
        refused(slice(1, 0, 0), &[&[2]]),
        refused(slice(0, MAX, MAX), &[&[2]]),
        refused(pad(1, 0, 9), &[&[2]]),
        refused(pad(0, MAX, 2), &[&[2]]),
        refused(
            Prim::CumSum {
                axis: 1,
                reverse: false,
            },
            &[&[2]],
        ),
        refused(Prim::Unfold(window([2, 2])), &[&[4]]),
        refused(Prim::Unfold(window([3, 1])), &[&[2, 2]]),
        refused(Prim::Unfold(window([0, 1])), &[&[2, 2]]),
        refused(
            Prim::Unfold(Window {
                stride: [0, 1],
                ..window([1, 1])
            }),
            &[&[2, 2]],
        ),
        refused(
            Prim::Unfold(Window {
                dilation: [0, 1],
                ..window([1, 1])
            }),
            &[&[2, 2]],
        ),
        refused(Prim::Fold(window([1, 2]), [2, 2]), &[&[2, 3]]),
        refused(
            Prim::Gather {
                slot: 0,
                index: dims(&[2]),
            },
            &[&[]],
        ),
        refused(index(&[3], 2), &[&[2, 3]]),
        refused(Prim::Pick { slot: 0 }, &[&[]]),
        refused(mask(1.5), &[]),
        refused(mask(f64::NAN), &[]),
    ];
    insta::assert_snapshot!(cases.join("\n"), @r"
    `div` cannot take [2] and [2, 1]: expected two values of the same dims
    `select` cannot take [2] and [2] and [3]: expected three values of the same dims
    `matmul` cannot take [2, 3, 4] and [3, 4, 5]: expected equal dims before the last two
    `matmul` cannot take [3, 4] and [2, 4, 5]: expected equal dims before the last two
    `reduce_sum([1, 0])` cannot take [2, 3]: expected one value that has these axes, in increasing order
    `reduce_sum([1, 1])` cannot take [2, 3]: expected one value that has these axes, in increasing order
    `reduce_max([18446744073709551615])` cannot take [2, 3]: expected one value that has these axes, in increasing order
    `permute([1])` cannot take [2, 3]: expected one value, and each of its axes once
    `permute([0, 2])` cannot take [2, 3]: expected one value, and each of its axes once
    `broadcast([2, 3], [0])` cannot take [2, 3]: expected one value whose axes keep their dims and their order
    `broadcast([2, 3], [1, 0])` cannot take [3, 2]: expected one value whose axes keep their dims and their order
    `broadcast([2, 3], [18446744073709551615])` cannot take [3]: expected one value whose axes keep their dims and their order
    `concat(2)` cannot take [2, 3] and [2, 3]: expected two values that are equal on every other axis
    `concat(0)` cannot take [2, 3] and [2]: expected two values that are equal on every other axis
    `slice(1, 0..0)` cannot take [2]: expected one value that has this part
    `slice(0, 18446744073709551615..18446744073709551615)` cannot take [2]: expected one value that has this part
    `pad(1, 0, 9)` cannot take [2]: expected one value that fits
    `pad(0, 18446744073709551615, 2)` cannot take [2]: expected one value that fits
    `cumsum(1)` cannot take [2]: expected one value that has this axis
    `unfold(kernel [2, 2])` cannot take [4]: expected an image: at least two axes
    `unfold(kernel [3, 1])` cannot take [2, 2]: expected an image that the window fits in
    `unfold(kernel [0, 1])` cannot take [2, 2]: expected an image that the window fits in
    `unfold(kernel [1, 1], stride [0, 1])` cannot take [2, 2]: expected an image that the window fits in
    `unfold(kernel [1, 1], dilation [0, 1])` cannot take [2, 2]: expected an image that the window fits in
    `fold(kernel [1, 2], [2, 2])` cannot take [2, 3]: expected what the window makes of the image
    `gather(env 0, [2])` cannot take []: expected at least one axis
    `scatter_add(env 0, [3], 2)` cannot take [2, 3]: expected one value whose dims begin with those of the indices
    `pick(env 0)` cannot take []: expected at least one axis
    `mask(env 0, [2], 1.5)` cannot take no argument: expected no argument, and a probability from 0 to 1
    `mask(env 0, [2], NaN)` cannot take no argument: expected no argument, and a probability from 0 to 1
    ");
}

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
    let cases = [
        (Prim::Unary(Unary::Neg), vec![dims(&[MAX, 2])]),
        (Prim::Unary(Unary::Neg), vec![dims(&[0, MAX, MAX])]),
        (Prim::Full(dims(&[MAX, MAX]), Literal::ratio(1, 1)), vec![]),
        (Prim::Full(dims(&[1 << 60]), Literal::ratio(1, 1)), vec![]),
        (
            Prim::Mask {
                slot: 0,
                dims: dims(&[half, 4]),
                keep: 0.5,
            },
            vec![],
        ),
        (Prim::Concat(0), vec![dims(&[half]); 2]),
        (Prim::Reshape(dims(&[MAX, 3])), vec![dims(&[MAX, 2])]),
        (Prim::Broadcast(dims(&[MAX, 2]), vec![1]), vec![dims(&[2])]),
        (
            Prim::Reduce(Reduction::Sum, vec![0]),
            vec![dims(&[0, MAX, 2])],
        ),
        (
            Prim::Pad {
                axis: 0,
                start: 0,
                len: MAX,
            },
            vec![dims(&[2, 2])],
        ),
        (Prim::Unfold(huge), vec![dims(&[2, 2])]),
        (Prim::Unfold(far), vec![dims(&[2, 2])]),
        (Prim::Unfold(wide), vec![dims(&[2, 2])]),
        (Prim::Unfold(wide), vec![dims(&[0, 2, 2])]),
        (Prim::Fold(window([1, 1]), [half, 2]), vec![dims(&[1, 0])]),
        (Prim::Fold(window([1, 1]), [MAX, MAX]), vec![dims(&[1, 1])]),
        (
            Prim::Gather {
                slot: 0,
                index: dims(&[1 << 40]),
            },
            vec![dims(&[2, 1 << 20])],
        ),
        (
            Prim::ScatterAdd {
                slot: 0,
                index: dims(&[2]),
                rows: MAX,
            },
            vec![dims(&[2, 2])],
        ),
        (
            Prim::Place {
                slot: 0,
                classes: MAX,
            },
            vec![dims(&[2])],
        ),
        (
            Prim::MatMul {
                ta: true,
                tb: false,
            },
            vec![dims(&[0, 1 << 40]); 2],
        ),
    ];
    for (prim, inputs) in cases {
        let inputs: Vec<&[usize]> = inputs.iter().map(|dims| &**dims).collect();
        let error = refused(prim, &inputs);
        assert!(
            error.ends_with("expected a number of elements that fits into memory")
                || error.ends_with("expected an image that the window fits in")
                || error.ends_with("expected what the window makes of the image"),
            "{error}"
        );
    }
    // The words themselves do not overflow either.
    let slice = Prim::Slice {
        axis: 0,
        start: MAX,
        len: 2,
    };
    assert_eq!(slice.to_string(), format!("slice(0, {MAX}..{MAX})"));
    assert_eq!(window([MAX, 2]).size(), MAX);
}

/// A program may be differentiated before it is known what it is run on.
#[test]
fn runs_on_other_inputs() {
    let mut program = Program::new(&[dims(&[2, 0]), dims(&[0, 3])]);
    let y = program.push(
        Prim::MatMul {
            ta: false,
            tb: false,
        },
        &[0, 1],
    );
    program
        .set_outputs(&[y.expect("equal inner dims")])
        .expect("it exists");
    let [a, b, other] = [[2, 0], [0, 3], [3, 0]].map(|d| AnyTensor::<f64>::zero(dims(&d)));
    assert_eq!(
        program.run(&[a.clone(), b.clone()], &[]),
        Ok(vec![AnyTensor::zero(dims(&[2, 3]))])
    );
    let error = program.run(&[other, b], &[]).unwrap_err().to_string();
    assert_eq!(error, "input 0 of the program has dims [2, 0], got [3, 0]");
    let error = program.run(&[a], &[]).unwrap_err().to_string();
    assert_eq!(error, "the program takes 2 inputs, got 1");
}
