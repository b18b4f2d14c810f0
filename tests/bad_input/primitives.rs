//! `Program::push` of each primitive on values that it does not take: one error, in words, and no overflow.

use cotangent::program::{
    ArgMax, ArgMin, Binary, Broadcast, Call, Cast, Compare, Concat, Constant, Contract, CumSum,
    Degree, Elements, Fold, FoldIn, FoldInIndex, Full, Function, Gather, Iota, Literal, Mask,
    Offset, OneHot, Pad, Permute, Prim, Program, ProgramError, Reduce, Reduction, Reshape, Scale,
    Scan, ScatterAdd, Select, Slice, Steps, ToScalar, Type, Unary, Unfold, Value, Window,
};
use cotangent::scalar::{Comparison, Precision};
use cotangent::tensor::{AnyTensor, Dims, Key};
use std::sync::Arc;

const MAX: usize = usize::MAX;
/// The threshold of a mask that keeps half.
const HALF: u64 = 1 << 31;

fn dims(sizes: &[usize]) -> Dims {
    Dims::new(sizes)
}

fn scalars(sizes: &[usize]) -> Type {
    Type::scalar(dims(sizes))
}

fn indices(sizes: &[usize], below: usize) -> Type {
    let dims = dims(sizes);
    Type::Index { dims, below }
}

fn keys(sizes: &[usize]) -> Type {
    Type::Key(dims(sizes))
}

/// The words in which the primitive is refused.
fn refused_at(prim: impl Into<Prim>, inputs: &[Type]) -> String {
    let prim = prim.into();
    let ids: Vec<_> = (0..inputs.len()).collect();
    let mut program = Program::new(inputs);
    let before = program.clone();
    match program.push(prim.clone(), &ids) {
        Err(error @ ProgramError::Arguments { .. }) => {
            assert_eq!(program.size(), before.size());
            assert_eq!(program, before, "what is refused leaves no trace");
            error.to_string()
        }
        other => panic!("{prim}: {other:?}"),
    }
}

/// The same for inputs that are scalars.
fn refused(prim: impl Into<Prim>, inputs: &[&[usize]]) -> String {
    let inputs: Vec<_> = inputs.iter().map(|sizes| scalars(sizes)).collect();
    refused_at(prim, &inputs)
}

fn window(kernel: [usize; 2]) -> Window {
    Window::of(kernel)
}

/// `x + y` for two values of dims [2, 3], as a function.
fn sum() -> Arc<Function> {
    let mut body = Program::new(&[dims(&[2, 3]), dims(&[2, 3])]);
    let y = body.push(Binary::Add, &[0, 1]).expect("equal dims");
    body.set_outputs(&[y]).expect("it exists");
    Function::new("sum", body, None)
}

/// One of each primitive, with arguments that it takes.
fn one_of_each() -> Vec<(Prim, Vec<Type>)> {
    let some = dims(&[2, 3]);
    let x = || scalars(&[2, 3]);
    let call = Call {
        function: sum(),
        checkpoint: false,
    };
    let scan = Scan {
        body: sum(),
        length: 4,
        constants: 0,
        carried: 1,
        inputs: [Steps::Stacked].into(),
        outputs: [].into(),
        reverse: false,
    };
    let ones = Constant {
        dims: dims(&[2]),
        elements: Elements::Scalars(vec![Literal::ratio(1, 1); 2]),
    };
    let slice = Slice {
        axis: 0,
        start: 1,
        len: 1,
    };
    let pad = Pad {
        axis: 0,
        start: 1,
        len: 3,
    };
    let cumsum = CumSum {
        axis: 0,
        reverse: true,
    };
    let scatter = ScatterAdd {
        batch: 0,
        axis: 0,
        rows: 4,
    };
    let mask = Mask {
        dims: some.clone(),
        keep: HALF,
    };
    vec![
        (Unary::Exp.into(), vec![x()]),
        (Binary::Mul.into(), vec![x(); 2]),
        (Scale(Literal::ratio(1, 2)).into(), vec![x()]),
        (Offset(Literal::ratio(1, 2)).into(), vec![x()]),
        (Full(some.clone(), Literal::ratio(1, 2)).into(), vec![]),
        (ones.into(), vec![]),
        (Select.into(), vec![x(); 3]),
        (Cast(Precision::Single).into(), vec![x()]),
        (Compare(Comparison::Less).into(), vec![x(); 2]),
        (Contract::matmul(0, false, true).into(), vec![x(); 2]),
        (Reduce(Reduction::Sum, vec![0]).into(), vec![x()]),
        (Reduce(Reduction::Max, vec![1]).into(), vec![x()]),
        (cumsum.into(), vec![x()]),
        (ArgMax(1).into(), vec![x()]),
        (ArgMin(1).into(), vec![x()]),
        (Reshape(dims(&[6])).into(), vec![x()]),
        (Permute(vec![1, 0]).into(), vec![x()]),
        (Broadcast(dims(&[4, 2, 3]), vec![1, 2]).into(), vec![x()]),
        (slice.into(), vec![x()]),
        (pad.into(), vec![x()]),
        (Unfold(window([1, 2])).into(), vec![x()]),
        (Fold(window([1, 2]), [1, 4]).into(), vec![x()]),
        (
            Gather { batch: 0, axis: 0 }.into(),
            vec![x(), indices(&[5], 2)],
        ),
        (
            Gather { batch: 1, axis: 1 }.into(),
            vec![x(), indices(&[2], 3)],
        ),
        (scatter.into(), vec![x(), indices(&[2], 4)]),
        (OneHot(3).into(), vec![indices(&[2], 3)]),
        (Iota(some, 1).into(), vec![]),
        (ToScalar.into(), vec![indices(&[2, 3], 4)]),
        (FoldIn(7).into(), vec![keys(&[2])]),
        (FoldInIndex.into(), vec![keys(&[2]), indices(&[2], 9)]),
        (mask.into(), vec![keys(&[])]),
        (call.into(), vec![x(); 2]),
        (scan.into(), vec![x(), scalars(&[4, 2, 3])]),
    ]
}

/// Every primitive but one has an example above. (A new one does not compile here until it has.)
#[test]
fn each_is_there() {
    let mut seen = std::collections::BTreeSet::new();
    for (prim, _) in one_of_each() {
        seen.insert(match prim {
            Prim::Unary(_) => 0,
            Prim::Binary(_) => 1,
            Prim::Scale(_) => 2,
            Prim::Offset(_) => 3,
            Prim::Full(_) => 4,
            Prim::Constant(_) => 5,
            Prim::Select(_) => 6,
            Prim::Cast(_) => 7,
            Prim::Compare(_) => 8,
            Prim::Contract(_) => 9,
            Prim::Reduce(_) => 10,
            Prim::CumSum(_) => 11,
            Prim::ArgMax(_) => 12,
            Prim::Reshape(_) => 13,
            Prim::Permute(_) => 14,
            Prim::Broadcast(_) => 15,
            Prim::Slice(_) => 16,
            Prim::Pad(_) => 17,
            Prim::Unfold(_) => 18,
            Prim::Fold(_) => 19,
            Prim::Gather(_) => 20,
            Prim::ScatterAdd(_) => 21,
            Prim::OneHot(_) => 22,
            Prim::Iota(_) => 23,
            Prim::ToScalar(_) => 24,
            Prim::FoldIn(_) => 25,
            Prim::FoldInIndex(_) => 26,
            Prim::Mask(_) => 27,
            Prim::Call(_) => 28,
            Prim::Scan(_) => 29,
            Prim::ArgMin(_) => 30,
            Prim::Concat(_) => panic!("it takes any number of arguments but none: see below"),
        });
    }
    assert_eq!(seen.into_iter().collect::<Vec<_>>(), Vec::from_iter(0..31));
}

/// With the right number of arguments each is taken, with one more or one less none.
#[test]
fn the_number_of_arguments() {
    for (prim, takes) in one_of_each() {
        for given in 0..5 {
            // More of the last, or scalars where it takes nothing.
            let more = takes.last().cloned().unwrap_or(scalars(&[2, 3]));
            let mut inputs = takes.clone();
            inputs.resize(given, more);
            if given == takes.len() {
                let mut program = Program::new(&inputs);
                let ids: Vec<_> = (0..given).collect();
                assert_eq!(program.push(prim.clone(), &ids), Ok(given), "{prim}");
            } else {
                let error = refused_at(prim.clone(), &inputs);
                assert!(error.contains(": expected "), "{error}");
            }
        }
    }
    refused(Concat(1), &[]);
    for given in 1..5 {
        let mut program = Program::new(&vec![dims(&[2, 3]); given]);
        let ids: Vec<_> = (0..given).collect();
        assert_eq!(program.push(Concat(1), &ids), Ok(given));
        assert_eq!(program.dims(given), Ok(&dims(&[2, 3 * given])));
    }
}

/// Scalars where indices or keys are taken, and the other way around: no argument of any primitive takes all three kinds
/// beside the others, but those of primitives that move elements.
#[test]
fn the_kind_of_arguments() {
    for (prim, takes) in one_of_each() {
        let moves = matches!(
            prim,
            Prim::Reshape(_) | Prim::Permute(_) | Prim::Broadcast(_) | Prim::Slice(_)
        );
        for (i, ty) in takes.iter().enumerate() {
            // A table has entries of any kind.
            let any = moves || i == 0 && matches!(prim, Prim::Gather(_));
            let others = [scalars(ty.dims()), indices(ty.dims(), 1), keys(ty.dims())];
            for other in others {
                let kinds =
                    |a: &Type, b: &Type| core::mem::discriminant(a) == core::mem::discriminant(b);
                if kinds(&other, ty) {
                    continue;
                }
                let mut inputs = takes.clone();
                inputs[i] = other;
                if any {
                    let ids: Vec<_> = (0..inputs.len()).collect();
                    let pushed = Program::new(&inputs).push(prim.clone(), &ids);
                    assert_eq!(pushed, Ok(inputs.len()), "{prim}");
                } else {
                    let error = refused_at(prim.clone(), &inputs);
                    assert!(error.contains(": expected "), "{error}");
                }
            }
        }
    }
}

#[test]
fn arguments_that_do_not_exist() {
    let mut program = Program::new(&[dims(&[2])]);
    let error = program.push(Binary::Add, &[0, 1]).unwrap_err();
    assert_eq!(error, ProgramError::NoValue { size: 1, id: 1 });
    assert_eq!(
        program.set_outputs(&[MAX]),
        Err(ProgramError::NoValue { size: 1, id: MAX })
    );
}

#[test]
fn ranks_axes_and_sizes() {
    let gather = |batch, axis| Gather { batch, axis };
    let scatter = |batch, axis, rows| ScatterAdd { batch, axis, rows };
    let slice = |axis, start, len| Slice { axis, start, len };
    let pad = |axis, start, len| Pad { axis, start, len };
    let mask = |keep| Mask {
        dims: dims(&[2]),
        keep,
    };
    let cumsum = CumSum {
        axis: 1,
        reverse: false,
    };
    let matmul = || Contract::matmul(1, false, false);
    let cases = [
        refused(Binary::Div, &[&[2], &[2, 1]]),
        refused(Select, &[&[2], &[2], &[3]]),
        refused(Compare(Comparison::Less), &[&[2], &[3]]),
        refused(matmul(), &[&[2, 3, 4], &[3, 4, 5]]),
        refused(matmul(), &[&[3, 4], &[2, 4, 5]]),
        refused(Contract::new([0, 0], [0], [0]), &[&[2, 2], &[2]]),
        refused(Contract::new([0, 1], [1], []), &[&[2, 2], &[2]]),
        refused(Contract::new([0], [0, 1], [0]), &[&[2], &[2, 2]]),
        refused(Contract::new([0], [0], [0, MAX]), &[&[2], &[2]]),
        refused(Reduce(Reduction::Sum, vec![1, 0]), &[&[2, 3]]),
        refused(Reduce(Reduction::Sum, vec![1, 1]), &[&[2, 3]]),
        refused(Reduce(Reduction::Max, vec![MAX]), &[&[2, 3]]),
        refused(ArgMax(MAX), &[&[2, 3]]),
        refused(ArgMax(1), &[&[2, 0]]),
        refused(ArgMin(1), &[&[2, 0]]),
        refused(Permute(vec![1]), &[&[2, 3]]),
        refused(Permute(vec![0, 2]), &[&[2, 3]]),
        refused(Broadcast(dims(&[2, 3]), vec![0]), &[&[2, 3]]),
        refused(Broadcast(dims(&[2, 3]), vec![1, 0]), &[&[3, 2]]),
        refused(Broadcast(dims(&[2, 3]), vec![MAX]), &[&[3]]),
        refused(Concat(2), &[&[2, 3], &[2, 3]]),
        refused(Concat(0), &[&[2, 3], &[2]]),
        refused(slice(1, 0, 0), &[&[2]]),
        refused(slice(0, MAX, MAX), &[&[2]]),
        refused(pad(1, 0, 9), &[&[2]]),
        refused(pad(0, MAX, 2), &[&[2]]),
        refused(cumsum, &[&[2]]),
        refused(Unfold(window([2, 2])), &[&[4]]),
        refused(Unfold(window([3, 1])), &[&[2, 2]]),
        refused(Unfold(window([0, 1])), &[&[2, 2]]),
        refused(
            Unfold(Window {
                stride: [0, 1],
                ..window([1, 1])
            }),
            &[&[2, 2]],
        ),
        refused(
            Unfold(Window {
                dilation: [0, 1],
                ..window([1, 1])
            }),
            &[&[2, 2]],
        ),
        refused(Fold(window([1, 2]), [2, 2]), &[&[2, 3]]),
        refused(Iota(dims(&[2, 3]), 2), &[]),
        refused(Iota(dims(&[]), 0), &[]),
    ];
    insta::assert_snapshot!(cases.join("\n"), @r"
    `div` cannot take [2] and [2, 1]: expected two values of scalars of the same dims
    `select` cannot take [2] and [2] and [3]: expected three values of scalars of the same dims
    `less` cannot take [2] and [3]: expected two values of scalars of the same dims
    `contract([0, 1, 2], [0, 2, 3], [0, 1, 3])` cannot take [2, 3, 4] and [3, 4, 5]: expected one dim for label 0, which has 2 in the first operand and 3 in the second
    `contract([0, 1, 2], [0, 2, 3], [0, 1, 3])` cannot take [3, 4] and [2, 4, 5]: expected 3 axes of the first operand, labelled [0, 1, 2]
    `contract([0, 0], [0], [0])` cannot take [2, 2] and [2]: expected each label once in [0, 0], which has 0 twice
    `contract([0, 1], [1], [])` cannot take [2, 2] and [2]: expected label 0 in the result, as only the first operand has it
    `contract([0], [0, 1], [0])` cannot take [2] and [2, 2]: expected label 1 in the result, as only the second operand has it
    `contract([0], [0], [0, 1])` cannot take [2] and [2]: expected label 1 of the result in an operand
    `reduce_sum([1, 0])` cannot take [2, 3]: expected one value of scalars that has these axes, in increasing order
    `reduce_sum([1, 1])` cannot take [2, 3]: expected one value of scalars that has these axes, in increasing order
    `reduce_max([18446744073709551615])` cannot take [2, 3]: expected one value of scalars that has these axes, in increasing order
    `argmax(18446744073709551615)` cannot take [2, 3]: expected one value of scalars that has this axis
    `argmax(1)` cannot take [2, 0]: expected an element to be the largest
    `argmin(1)` cannot take [2, 0]: expected an element to be the smallest
    `permute([1])` cannot take [2, 3]: expected one value, and each of its axes once
    `permute([0, 2])` cannot take [2, 3]: expected one value, and each of its axes once
    `broadcast([2, 3], [0])` cannot take [2, 3]: expected one value whose axes keep their dims and their order
    `broadcast([2, 3], [1, 0])` cannot take [3, 2]: expected one value whose axes keep their dims and their order
    `broadcast([2, 3], [18446744073709551615])` cannot take [3]: expected one value whose axes keep their dims and their order
    `concat(2)` cannot take [2, 3] and [2, 3]: expected values that are equal on every other axis
    `concat(0)` cannot take [2, 3] and [2]: expected values that are equal on every other axis
    `slice(1, 0, 0)` cannot take [2]: expected one value that has this part
    `slice(0, 18446744073709551615, 18446744073709551615)` cannot take [2]: expected one value that has this part
    `pad(1, 0, 9)` cannot take [2]: expected one value of scalars that fits
    `pad(0, 18446744073709551615, 2)` cannot take [2]: expected one value of scalars that fits
    `cumsum(1)` cannot take [2]: expected one value of scalars that has this axis
    `unfold([2, 2], [1, 1], [0, 0], [1, 1])` cannot take [4]: expected an image: at least two axes
    `unfold([3, 1], [1, 1], [0, 0], [1, 1])` cannot take [2, 2]: expected an image that the window fits in
    `unfold([0, 1], [1, 1], [0, 0], [1, 1])` cannot take [2, 2]: expected an image that the window fits in
    `unfold([1, 1], [0, 1], [0, 0], [1, 1])` cannot take [2, 2]: expected an image that the window fits in
    `unfold([1, 1], [1, 1], [0, 0], [0, 1])` cannot take [2, 2]: expected an image that the window fits in
    `fold([1, 2], [1, 1], [0, 0], [1, 1], [2, 2])` cannot take [2, 3]: expected what the window makes of the image
    `iota([2, 3], 2)` cannot take no argument: expected dims with an axis 2
    `iota([], 0)` cannot take no argument: expected dims with an axis 0
    ");
    let cases = [
        refused_at(gather(0, 0), &[scalars(&[]), indices(&[2], 2)]),
        refused_at(gather(0, MAX), &[scalars(&[2]), indices(&[2], 2)]),
        refused_at(gather(1, 0), &[scalars(&[2, 2]), indices(&[2], 2)]),
        refused_at(gather(MAX, MAX), &[scalars(&[2, 2]), indices(&[2], 2)]),
        refused_at(gather(1, 1), &[scalars(&[2, 3]), indices(&[3], 3)]),
        refused_at(gather(0, 0), &[scalars(&[2, 3]), indices(&[3], 3)]),
        refused_at(gather(0, 0), &[indices(&[2], 2), scalars(&[2])]),
        refused_at(scatter(0, 0, 2), &[scalars(&[2, 3]), indices(&[3], 2)]),
        refused_at(scatter(0, 0, 2), &[scalars(&[2, 3]), indices(&[2], 3)]),
        refused_at(scatter(1, 0, 2), &[scalars(&[2, 3]), indices(&[2], 2)]),
        refused_at(scatter(0, MAX, 2), &[scalars(&[2, 3]), indices(&[2], 2)]),
        refused_at(scatter(1, 1, 3), &[scalars(&[]), indices(&[], 3)]),
        refused_at(OneHot(3), &[indices(&[2], 4)]),
        refused_at(OneHot(3), &[scalars(&[2])]),
        refused_at(ToScalar, &[scalars(&[2])]),
        refused_at(FoldIn(0), &[indices(&[2], 1)]),
        refused_at(FoldInIndex, &[keys(&[2]), indices(&[3], 1)]),
        refused_at(FoldInIndex, &[keys(&[2]), indices(&[2], (1 << 32) + 1)]),
        refused_at(mask((1 << 32) + 1), &[keys(&[])]),
        refused_at(mask(HALF), &[indices(&[], 2)]),
    ];
    insta::assert_snapshot!(cases.join("\n"), @r"
    `gather(0, 0)` cannot take [] and [2] < 2: expected a table with an axis 0
    `gather(0, 18446744073709551615)` cannot take [2] and [2] < 2: expected a table with an axis 18446744073709551615
    `gather(1, 0)` cannot take [2, 2] and [2] < 2: expected an axis after the shared ones: 1 or later
    `gather(18446744073709551615, 18446744073709551615)` cannot take [2, 2] and [2] < 2: expected two values that agree on the first 18446744073709551615 axes
    `gather(1, 1)` cannot take [2, 3] and [3] < 3: expected two values that agree on the first axis
    `gather(0, 0)` cannot take [2, 3] and [3] < 3: expected indices below 2
    `gather(0, 0)` cannot take [2] < 2 and [2]: expected a table and indices
    `scatter_add(0, 0, 2)` cannot take [2, 3] and [3] < 2: expected scalars with the dims [3] from axis 0 on
    `scatter_add(0, 0, 2)` cannot take [2, 3] and [2] < 3: expected indices below 2
    `scatter_add(1, 0, 2)` cannot take [2, 3] and [2] < 2: expected an axis after the shared ones: 1 or later
    `scatter_add(0, 18446744073709551615, 2)` cannot take [2, 3] and [2] < 2: expected scalars with the dims [2] from axis 18446744073709551615 on
    `scatter_add(1, 1, 3)` cannot take [] and [] < 3: expected two values that agree on the first axis
    `one_hot(3)` cannot take [2] < 4: expected indices below 3
    `one_hot(3)` cannot take [2]: expected indices
    `to_scalar` cannot take [2]: expected indices
    `fold_in(0)` cannot take [2] < 1: expected keys
    `fold_in_index` cannot take key [2] and [3] < 1: expected keys and indices of the same dims
    `fold_in_index` cannot take key [2] and [2] < 4294967297: expected indices below 2^32
    `mask([2], 4294967297)` cannot take key []: expected a threshold of at most 2^32
    `mask([2], 2147483648)` cannot take [] < 2: expected keys
    ");
}

/// Two values of different precisions meet in no primitive but a cast.
#[test]
fn precisions() {
    let single = Type::Scalar(dims(&[2, 3]), Precision::Single);
    let mut seen = 0;
    for (prim, takes) in one_of_each() {
        let scalars: Vec<_> = (0..takes.len()).filter(|&i| takes[i].is_scalar()).collect();
        for &i in &scalars {
            let mut inputs = takes.clone();
            inputs[i] = match takes[i].dims() {
                dims if *dims == [2, 3] => single.clone(),
                dims => Type::Scalar(dims.clone(), Precision::Single),
            };
            let ids: Vec<_> = (0..inputs.len()).collect();
            let inside = matches!(prim, Prim::Call(_) | Prim::Scan(_));
            if scalars.len() > 1 || inside {
                let error = refused_at(prim.clone(), &inputs);
                assert!(
                    error.contains("single [2, 3]") || error.contains("single [4, 2, 3]"),
                    "{error}"
                );
                seen += 1;
            } else {
                let pushed = Program::new(&inputs).push(prim.clone(), &ids);
                assert_eq!(pushed, Ok(inputs.len()), "{prim}");
            }
        }
    }
    // Those of `mul`, `select`, `less`, a contraction, a call and a loop.
    assert_eq!(seen, 2 + 3 + 2 + 2 + 2 + 2);
    let error = refused_at(Concat(0), &[single, scalars(&[2, 3])]);
    assert!(
        error.ends_with("expected one or more values of one kind"),
        "{error}"
    );
}

/// The elements of a constant are as many as its dims say, and indices are below their bound.
#[test]
fn constants() {
    let constant = |sizes: &[usize], elements| Constant {
        dims: dims(sizes),
        elements,
    };
    let three = || Elements::Scalars(vec![Literal::ratio(1, 1); 3]);
    let out_of_range = Elements::Indices {
        below: 3,
        elements: vec![2, 3],
    };
    let cases = [
        refused(constant(&[2], three()), &[]),
        refused(constant(&[], three()), &[]),
        refused(constant(&[MAX, MAX], three()), &[]),
        refused(constant(&[3], three()), &[&[3]]),
        refused(constant(&[2], out_of_range), &[]),
        refused(constant(&[2, 0], Elements::Keys(vec![Key::new(1)])), &[]),
        refused(constant(&[0, MAX, MAX], Elements::Keys(vec![])), &[]),
    ];
    insta::assert_snapshot!(cases.join("\n"), @r"
    `constant([2], scalars [1, 1, 1])` cannot take no argument: expected 2 elements, and it has 3
    `constant([], scalars [1, 1, 1])` cannot take no argument: expected 1 elements, and it has 3
    `constant([18446744073709551615, 18446744073709551615], scalars [1, 1, 1])` cannot take no argument: expected 18446744073709551615 elements, and it has 3
    `constant([3], scalars [1, 1, 1])` cannot take [3]: expected no argument
    `constant([2], 3, [2, 3])` cannot take no argument: expected indices below 3
    `constant([2, 0], keys [0000000000000001])` cannot take no argument: expected 0 elements, and it has 1
    `constant([0, 18446744073709551615, 18446744073709551615], keys [])` cannot take no argument: expected a number of elements that fits into memory
    ");
}

/// A loop whose body does not fit, or whose arguments do not.
#[test]
fn loops() {
    let scan = Scan {
        body: sum(),
        length: 4,
        constants: 0,
        carried: 1,
        inputs: [Steps::Stacked].into(),
        outputs: [].into(),
        reverse: false,
    };
    let (x, stack) = (scalars(&[2, 3]), scalars(&[4, 2, 3]));
    let good = [x.clone(), stack.clone()];
    let with = |change: fn(&mut Scan)| {
        let mut other = scan.clone();
        change(&mut other);
        other
    };
    let nothing = || {
        let body = Program::new::<Dims>(&[]);
        Function::new("nothing", body, None)
    };
    let mut flat = Program::new(&[dims(&[2, 3]), dims(&[2, 3])]);
    let y = flat
        .push(Reshape(dims(&[6])), &[0])
        .expect("as many elements");
    flat.set_outputs(&[y]).expect("it exists");
    let mut other_state = scan.clone();
    other_state.body = Function::new("flat", flat, None);
    let mut no_result = scan.clone();
    (no_result.body, no_result.carried) = (nothing(), 0);
    no_result.inputs = [].into();
    let cases = [
        refused_at(scan.clone(), &[x.clone(), x.clone()]),
        refused_at(scan.clone(), &[x.clone(), scalars(&[3, 2, 3])]),
        refused_at(scan.clone(), &[stack.clone(), x.clone()]),
        refused_at(with(|scan| scan.length = MAX), &good),
        refused_at(with(|scan| scan.constants = MAX), &good),
        refused_at(with(|scan| scan.carried = MAX), &good),
        refused_at(with(|scan| scan.carried = 0), &good),
        refused_at(with(|scan| scan.inputs = [Steps::Listed].into()), &good),
        refused_at(
            with(|scan| (scan.length, scan.inputs) = (MAX, [Steps::Listed].into())),
            &good,
        ),
        refused_at(other_state, &good),
        refused_at(no_result, &[]),
        refused_at(
            Call {
                function: nothing(),
                checkpoint: false,
            },
            &[],
        ),
        refused_at(
            Call {
                function: sum(),
                checkpoint: true,
            },
            &[x.clone(), stack.clone()],
        ),
    ];
    insta::assert_snapshot!(cases.join("\n"), @r"
    `scan(sum, 4, 0, 1, [0], [])` cannot take [2, 3] and [2, 3]: expected [4, 2, 3] for input 1 of its body, got [2, 3]
    `scan(sum, 4, 0, 1, [0], [])` cannot take [2, 3] and [3, 2, 3]: expected [4, 2, 3] for input 1 of its body, got [3, 2, 3]
    `scan(sum, 4, 0, 1, [0], [])` cannot take [4, 2, 3] and [2, 3]: expected [2, 3] for input 0 of its body, got [4, 2, 3]
    `scan(sum, 18446744073709551615, 0, 1, [0], [])` cannot take [2, 3] and [4, 2, 3]: expected [18446744073709551615, 2, 3] for input 1 of its body, got [4, 2, 3]
    `scan(sum, 4, 18446744073709551615, 1, [0], [])` cannot take [2, 3] and [4, 2, 3]: expected a body that takes constants, carried values and inputs, and gives carried values and outputs
    `scan(sum, 4, 0, 18446744073709551615, [0], [])` cannot take [2, 3] and [4, 2, 3]: expected a body that takes constants, carried values and inputs, and gives carried values and outputs
    `scan(sum, 4, 0, 0, [0], [])` cannot take [2, 3] and [4, 2, 3]: expected a body that takes constants, carried values and inputs, and gives carried values and outputs
    `scan(sum, 4, 0, 1, [1], [])` cannot take [2, 3] and [4, 2, 3]: expected 5 arguments
    `scan(sum, 18446744073709551615, 0, 1, [1], [])` cannot take [2, 3] and [4, 2, 3]: expected 18446744073709551615 arguments
    `scan(flat, 4, 0, 1, [0], [])` cannot take [2, 3] and [4, 2, 3]: expected a body that carries [2, 3] on, and it gives [6]
    `scan(nothing, 4, 0, 0, [], [])` cannot take no argument: expected a loop that returns something
    `call(nothing)` cannot take no argument: expected a function that returns something
    `call(sum, checkpoint)` cannot take [2, 3] and [4, 2, 3]: expected what it takes: input 1 of the program is [2, 3], got [4, 2, 3]
    ");
    assert_eq!(Program::new(&good).push(scan, &[0, 1]), Ok(2));
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

/// A program may be differentiated before it is known what it is run on.
#[test]
fn runs_on_other_inputs() {
    let mut program = Program::new(&[dims(&[2, 0]), dims(&[0, 3])]);
    let y = program.push(Contract::matmul(0, false, false), &[0, 1]);
    program
        .set_outputs(&[y.expect("equal inner dims")])
        .expect("it exists");
    let [a, b, other] =
        [[2, 0], [0, 3], [3, 0]].map(|d| Value::from(AnyTensor::<f64>::zero(dims(&d))));
    let zeros = AnyTensor::<f64>::zero(dims(&[2, 3])).into();
    assert_eq!(program.run(&[a.clone(), b.clone()]), Ok(vec![zeros]));
    let error = program.run(&[other, b]).unwrap_err().to_string();
    assert_eq!(error, "input 0 of the program is [2, 0], got [3, 0]");
    let error = program.run(&[a]).unwrap_err().to_string();
    assert_eq!(error, "the program takes 2 inputs, got 1");
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

/// A degree for each input, no more and no less.
#[test]
fn degrees_of_other_inputs() {
    let mut program = Program::new(&[dims(&[2]), dims(&[2])]);
    let y = program.push(Binary::Mul, &[0, 1]).expect("equal dims");
    program.set_outputs(&[y]).expect("it exists");
    for got in [0, 1, 3] {
        let degrees = program.degrees(&vec![Degree::VARIABLE; got]);
        assert_eq!(degrees, Err(ProgramError::InputCount { expected: 2, got }));
    }
    let degrees = program.degrees(&[Degree::VARIABLE; 2]).expect("two inputs");
    assert_eq!(degrees[y].over, 2.0);
    assert_eq!(Program::default().degrees(&[]), Ok(vec![]));
}
