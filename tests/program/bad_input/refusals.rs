//! In which words primitives refuse ranks, axes, sizes, constants and loops that do not fit.

use super::primitives::{
    HALF, MAX, dims, indices, keys, refused, refused_at, scalars, sum, window,
};
use cotangent::program::*;
use cotangent::scalar::Comparison;
use cotangent::tensor::{Dims, Key};

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
        refused(TopK { axis: 1, count: 4 }, &[&[2, 3]]),
        refused(
            TopK {
                axis: MAX,
                count: 0,
            },
            &[&[2, 3]],
        ),
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
    `top_k(1, 4)` cannot take [2, 3]: expected one value of scalars that has so many entries along this axis
    `top_k(18446744073709551615, 0)` cannot take [2, 3]: expected one value of scalars that has so many entries along this axis
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
