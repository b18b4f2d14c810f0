//! Programs made by hand: what they refuse, and in which words.

use cotangent::program::{
    Binary, Broadcast, Concat, Contract, Gather, Input, Literal, Pad, Permute, Prim, Program,
    ProgramError, Reduce, Reduction, Reshape, Scale, Slice, Type, Unary, Value, prune, vjp,
};
use cotangent::scalar::Semiring;
use cotangent::tensor::{AnyTensor, Dims, Indices};
use num_bigint::BigUint;

fn dims(sizes: &[usize]) -> Dims {
    Dims::new(sizes)
}

/// Runs a program at scalars, and returns its outputs, which are scalars too.
fn run<A: Semiring>(
    program: &Program,
    inputs: &[AnyTensor<A>],
) -> Result<Vec<AnyTensor<A>>, ProgramError> {
    let inputs: Vec<Value<A>> = inputs.iter().cloned().map(Value::from).collect();
    let outputs = program.run(&inputs)?.into_iter().map(Value::into_tensor);
    Ok(outputs.map(|output| output.expect("scalars")).collect())
}

fn refused(inputs: &[&[usize]], prim: impl Into<Prim>) -> String {
    let inputs: Vec<_> = inputs.iter().map(|sizes| dims(sizes)).collect();
    let ids: Vec<_> = (0..inputs.len()).collect();
    Program::new(&inputs)
        .push(prim, &ids)
        .unwrap_err()
        .to_string()
}

#[test]
fn ill_typed_primitives_are_refused() {
    let matmul = |ta, tb| Contract::matmul(0, ta, tb);
    let cases = [
        refused(&[&[2, 3], &[4, 5]], matmul(false, false)),
        refused(&[&[2, 3], &[2, 3]], matmul(true, true)),
        refused(&[&[2, 3], &[3]], matmul(false, false)),
        refused(&[&[2], &[3]], Binary::Add),
        refused(&[&[2, 3]], Reshape(dims(&[7]))),
        refused(&[&[2, 3]], Permute(vec![0, 0])),
        refused(&[&[2, 3]], Reduce(Reduction::Sum, vec![2])),
        refused(&[&[2, 0]], Reduce(Reduction::Max, vec![1])),
        refused(&[&[3]], Broadcast(dims(&[2, 4]), vec![1])),
        refused(&[&[2, 3], &[4, 5]], Concat(0)),
        refused(
            &[&[4]],
            Slice {
                axis: 0,
                start: 3,
                len: 2,
            },
        ),
        refused(
            &[&[4]],
            Pad {
                axis: 0,
                start: 4,
                len: 6,
            },
        ),
        refused(&[&[]], Gather { batch: 0, axis: 0 }),
        refused(&[], Unary::Exp),
    ];
    insta::assert_snapshot!(cases.join("\n"), @r"
    `contract([0, 1], [1, 2], [0, 2])` cannot take [2, 3] and [4, 5]: expected one dim for label 1, which has 3 in the first operand and 4 in the second
    `contract([0, 1], [2, 0], [1, 2])` cannot take [2, 3] and [2, 3]: expected one dim for label 0, which has 2 in the first operand and 3 in the second
    `contract([0, 1], [1, 2], [0, 2])` cannot take [2, 3] and [3]: expected 2 axes of the second operand, labelled [1, 2]
    `add` cannot take [2] and [3]: expected two values of scalars of the same dims
    `reshape([7])` cannot take [2, 3]: expected one value with as many elements
    `permute([0, 0])` cannot take [2, 3]: expected one value, and each of its axes once
    `reduce_sum([2])` cannot take [2, 3]: expected one value of scalars that has these axes, in increasing order
    `reduce_max([1])` cannot take [2, 0]: expected an element to be the largest
    `broadcast([2, 4], [1])` cannot take [3]: expected one value whose axes keep their dims and their order
    `concat(0)` cannot take [2, 3] and [4, 5]: expected values that are equal on every other axis
    `slice(0, 3, 2)` cannot take [4]: expected one value that has this part
    `pad(0, 4, 6)` cannot take [4]: expected one value of scalars that fits
    `gather(0, 0)` cannot take []: expected a table and indices
    `exp` cannot take no argument: expected one value of scalars
    ");
}

#[test]
fn runs_are_checked_at_the_door() {
    let mut program = Program::new(&[dims(&[2])]);
    let y = program.push(Unary::Neg, &[0]).unwrap();
    program.set_outputs(&[y]).unwrap();
    let text = |result: Result<Vec<AnyTensor<f64>>, ProgramError>| result.unwrap_err().to_string();
    assert_eq!(
        text(run(&program, &[])),
        "the program takes 1 inputs, got 0"
    );
    let wrong = AnyTensor::new(&[3], vec![1.0; 3]).unwrap();
    assert_eq!(
        text(run(&program, &[wrong])),
        "input 0 of the program is [2], got [3]"
    );
    let naturals = AnyTensor::new(&[2], vec![BigUint::from(1u8); 2]).unwrap();
    assert_eq!(
        run(&program, &[naturals]).unwrap_err().to_string(),
        "`neg` needs a Ring scalar, got a Semiring scalar"
    );
    assert_eq!(
        program.set_outputs(&[5]).unwrap_err().to_string(),
        "the program has 2 values, there is no value 5"
    );
    let labels = Input {
        name: "labels".into(),
        ty: Type::Index {
            dims: dims(&[2]),
            below: 3,
        },
    };
    let mut reads = Program::new(&[dims(&[2, 3]).into(), labels]);
    let y = reads.push(Gather { batch: 1, axis: 1 }, &[0, 1]).unwrap();
    reads.set_outputs(&[y]).unwrap();
    let x = AnyTensor::new(&[2, 3], vec![0.0; 6]).unwrap();
    assert_eq!(
        text(run(&reads, std::slice::from_ref(&x))),
        "the program takes 2 inputs, got 1"
    );
    let wrong = [
        x.clone().into(),
        AnyTensor::new(&[2], vec![0.0; 2]).unwrap().into(),
    ];
    assert_eq!(
        reads.run(&wrong).unwrap_err().to_string(),
        "input 1 (`labels`) of the program is [2] < 3, got [2]"
    );
    let wrong = [x.into(), Indices::new(&[2], 4, vec![0; 2]).unwrap().into()];
    assert_eq!(
        reads.run(&wrong).unwrap_err().to_string(),
        "input 1 (`labels`) of the program is [2] < 3, got [2] < 4"
    );
}

#[test]
fn prints_one_line_a_value_and_prunes_what_is_not_needed() {
    let mut program = Program::new(&[dims(&[2, 3]), dims(&[3, 4])]);
    let product = program
        .push(Contract::matmul(0, false, false), &[0, 1])
        .unwrap();
    program.push(Unary::Exp, &[product]).unwrap();
    let scaled = program
        .push(Scale(Literal::ratio(1, 3)), &[product])
        .unwrap();
    program.set_outputs(&[scaled, 0]).unwrap();
    insta::assert_snapshot!(program, @r"
    cotangent program 1
    %0: [2, 3]
    %1: [3, 4]
    %2 [2, 4] = contract([0, 1], [1, 2], [0, 2]) %0 %1
    %3 [2, 4] = exp %2
    %4 [2, 4] = scale(1/3) %2
    return %4 %0
    ");
    let pruned = prune(&program);
    insta::assert_snapshot!(pruned, @r"
    cotangent program 1
    %0: [2, 3]
    %1: [3, 4]
    %2 [2, 4] = contract([0, 1], [1, 2], [0, 2]) %0 %1
    %3 [2, 4] = scale(1/3) %2
    return %3 %0
    ");
    let x = AnyTensor::new(&[2, 3], vec![1.0; 6]).unwrap();
    let w = AnyTensor::new(&[3, 4], vec![2.0; 12]).unwrap();
    let inputs = [x, w];
    assert_eq!(run(&program, &inputs), run(&pruned, &inputs));
}

/// No primitive has a largest rank: axes moved, repeated and summed in a value of rank 8, and back.
#[test]
fn values_of_rank_8() {
    let mut program = Program::new(&[dims(&[2, 1, 1, 1, 1, 1, 3])]);
    let large = dims(&[2, 1, 1, 2, 1, 1, 1, 3]);
    let repeated = Broadcast(large.clone(), vec![0, 1, 2, 4, 5, 6, 7]);
    let repeated = program.push(repeated, &[0]).unwrap();
    let reversed = Permute((0..8).rev().collect());
    let reversed = program.push(reversed, &[repeated]).unwrap();
    let highest = Reduce(Reduction::Max, vec![0, 1, 2, 3]);
    let highest = program.push(highest, &[reversed]).unwrap();
    program.set_outputs(&[repeated, reversed, highest]).unwrap();
    let x = AnyTensor::new(program.dims(0).unwrap(), (1..7).map(f64::from).collect()).unwrap();
    let y = run(&program, std::slice::from_ref(&x)).unwrap();
    let repeats = [1, 2, 3, 1, 2, 3, 4, 5, 6, 4, 5, 6].map(f64::from);
    assert_eq!(y[0], AnyTensor::new(&large, repeats.to_vec()).unwrap());
    let columns = [1, 4, 1, 4, 2, 5, 2, 5, 3, 6, 3, 6].map(f64::from);
    let back: Dims = large.iter().rev().copied().collect();
    assert_eq!(y[1], AnyTensor::new(&back, columns.to_vec()).unwrap());
    let last = AnyTensor::new(&[2, 1, 1, 2], vec![3.0, 6.0, 3.0, 6.0]).unwrap();
    assert_eq!(y[2], last);

    // The permutation and the broadcast undo each other's cotangents: each element was repeated twice.
    program.set_outputs(&[reversed]).unwrap();
    let cotangent = AnyTensor::full(back, 1.0);
    let pullback = vjp(&program, &[true], &[true]).unwrap();
    let forward = run(&pullback.forward, std::slice::from_ref(&x)).unwrap();
    assert_eq!(forward, y[1..2]); // linear: no residuals
    let dx = run(&pullback.backward, &[cotangent]).unwrap();
    assert_eq!(dx, [AnyTensor::full(x.dims().clone(), 2.0)]);
}

#[test]
fn the_sides_of_a_transposed_product_agree() {
    let a = AnyTensor::new(&[2, 3], (1..7).map(f64::from).collect()).unwrap();
    let b = AnyTensor::new(&[3, 2], (7..13).map(f64::from).collect()).unwrap();
    let transposed = |t: &AnyTensor<f64>| {
        let mut program = Program::new(&[t.dims().clone()]);
        let y = program.push(Permute(vec![1, 0]), &[0]).unwrap();
        program.set_outputs(&[y]).unwrap();
        run(&program, std::slice::from_ref(t)).unwrap().remove(0)
    };
    let product = |ta, tb| {
        let (a, b) = (
            if ta { transposed(&a) } else { a.clone() },
            if tb { transposed(&b) } else { b.clone() },
        );
        let mut program = Program::new(&[a.dims().clone(), b.dims().clone()]);
        let y = program.push(Contract::matmul(0, ta, tb), &[0, 1]).unwrap();
        program.set_outputs(&[y]).unwrap();
        let doubles = run(&program, &[a.clone(), b.clone()]).unwrap().remove(0);
        // The reference loops, over a scalar without a fast product.
        let exact = |t: &AnyTensor<f64>| {
            let data = t
                .as_slice()
                .iter()
                .map(|x| BigUint::from(*x as u64))
                .collect();
            AnyTensor::new(t.dims(), data).unwrap()
        };
        let naturals = run(&program, &[exact(&a), exact(&b)]).unwrap().remove(0);
        assert_eq!(exact(&doubles), naturals);
        doubles
    };
    let plain = product(false, false);
    assert_eq!(plain.as_slice(), [58.0, 64.0, 139.0, 154.0]);
    for (ta, tb) in [(true, false), (false, true), (true, true)] {
        assert_eq!(product(ta, tb), plain, "{ta} {tb}");
    }
}
