//! `Program::push` of each primitive on values that it does not take: one error, in words, and no overflow.

use crate::batching::{PRIMITIVES, name};
use cotangent::program::{
    ArgMax, ArgMin, Binary, Broadcast, Call, Cast, Compare, Concat, Constant, Contract, CumSum,
    Degree, Elements, Fold, FoldIn, FoldInIndex, Full, Function, Gather, Iota, Literal, Mask,
    Offset, OneHot, Pad, Permute, Prim, Program, ProgramError, Reduce, Reduction, Reshape, Scale,
    Scan, ScatterAdd, Select, Slice, Steps, ToScalar, TopK, Type, Unary, Unfold, Uniform, Value,
    Window,
};
use cotangent::scalar::{Comparison, Precision};
use cotangent::tensor::{AnyTensor, Dims};
use std::collections::BTreeSet;
use std::sync::Arc;

pub const MAX: usize = usize::MAX;
/// The threshold of a mask that keeps half.
pub const HALF: u64 = 1 << 31;

pub fn dims(sizes: &[usize]) -> Dims {
    Dims::new(sizes)
}

pub fn scalars(sizes: &[usize]) -> Type {
    Type::scalar(dims(sizes))
}

pub fn indices(sizes: &[usize], below: usize) -> Type {
    let dims = dims(sizes);
    Type::Index { dims, below }
}

pub fn keys(sizes: &[usize]) -> Type {
    Type::Key(dims(sizes))
}

/// The words in which the primitive is refused.
pub fn refused_at(prim: impl Into<Prim>, inputs: &[Type]) -> String {
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
pub fn refused(prim: impl Into<Prim>, inputs: &[&[usize]]) -> String {
    let inputs: Vec<_> = inputs.iter().map(|sizes| scalars(sizes)).collect();
    refused_at(prim, &inputs)
}

pub fn window(kernel: [usize; 2]) -> Window {
    Window::of(kernel)
}

/// `x + y` for two values of dims [2, 3], as a function.
pub fn sum() -> Arc<Function> {
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
        (TopK { axis: 1, count: 2 }.into(), vec![x()]),
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
        (Uniform(Dims::new(&[2, 3])).into(), vec![keys(&[])]),
        (call.into(), vec![x(); 2]),
        (scan.into(), vec![x(), scalars(&[4, 2, 3])]),
    ]
}

/// Every primitive but one has an example above: a concatenation takes any number of arguments but none.
#[test]
fn each_is_there() {
    let examples = one_of_each();
    let seen: BTreeSet<&str> = examples.iter().map(|(prim, _)| name(prim)).collect();
    let missing = PRIMITIVES.iter().filter(|name| !seen.contains(*name));
    assert_eq!(missing.collect::<Vec<_>>(), [&"Concat"]);
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
                let ids: Vec<_> = (0..inputs.len()).collect();
                let pushed = Program::new(&inputs).push(prim.clone(), &ids);
                let rule = "what moves elements of any kind, and no other, is one of `moves`";
                assert_eq!(pushed.is_ok(), any, "{prim}: {rule}");
                if !any {
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

/// A program may be differentiated before it is known what it is run on.
#[test]
fn runs_on_other_inputs() {
    let mut program = Program::new(&[dims(&[2, 0]), dims(&[0, 3])]);
    let y = program.push(Contract::matmul(0, false, false), &[0, 1]);
    program
        .set_outputs(&[y.expect("equal inner dims")])
        .expect("it exists");
    let [a, b, other] =
        [[2, 0], [0, 3], [3, 0]].map(|d| Value::from(AnyTensor::<f64>::zeros(dims(&d))));
    let zeros = AnyTensor::<f64>::zeros(dims(&[2, 3])).into();
    assert_eq!(program.run(&[a.clone(), b.clone()]), Ok(vec![zeros]));
    let error = program.run(&[other, b]).unwrap_err().to_string();
    assert_eq!(error, "input 0 of the program is [2, 0], got [3, 0]");
    let error = program.run(&[a]).unwrap_err().to_string();
    assert_eq!(error, "the program takes 2 inputs, got 1");
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
