//! Random programs.

use cotangent::program::{
    ArgMax, Broadcast, Call, Cast, Compare, Concat, Constant, Contract, CumSum, Elements, Fold,
    FoldIn, FoldInIndex, Full, Function, Gather, Iota, Literal, Mask, Offset, OneHot, Pad, Permute,
    Prim, Program, ProgramError, Reduce, Reduction, Reshape, Scale, Scan, ScatterAdd, Select,
    Slice, Steps, ToScalar, Type, Unfold, Uniform, Window,
};
use cotangent::scalar::{Binary, Comparison, Precision, Unary};
use cotangent::tensor::{Dims, Key};
use fastrand::Rng;
use std::sync::Arc;

/// A size: mostly small, often 0 or 1, now and then past every limit.
fn size(rng: &mut Rng) -> usize {
    match rng.u32(..40) {
        0 => usize::MAX,
        1 => 1 << 62,
        n => [0, 1, 1, 2, 2, 3][n as usize % 6],
    }
}

fn dims(rng: &mut Rng) -> Dims {
    let rank = [0, 1, 2, 2, 3, 3, 4, 8][rng.usize(..8)];
    let sizes: Vec<_> = (0..rank).map(|_| size(rng)).collect();
    Dims::new(&sizes)
}

/// The dims of something that runs.
fn small(rng: &mut Rng) -> Dims {
    loop {
        let dims = dims(rng);
        if dims.count() <= 30 && dims.iter().all(|&dim| dim < 9) {
            return dims;
        }
    }
}

fn axes(rng: &mut Rng) -> Vec<usize> {
    (0..rng.usize(..4)).map(|_| rng.usize(..4)).collect()
}

fn literal(rng: &mut Rng) -> Literal {
    match rng.u32(..6) {
        0 => Literal::real(f64::NAN),
        1 => Literal::Ratio(1, 0),
        2 => Literal::real(rng.f64()),
        3 => Literal::ratio(rng.i64(-3..4), 1),
        4 => Literal::ratio(i64::MIN, u64::MAX),
        _ => Literal::ratio(rng.i64(-3..4), rng.u64(1..4)),
    }
}

fn window(rng: &mut Rng) -> Window {
    let mut pair = || [size(rng), size(rng)];
    Window {
        kernel: pair(),
        stride: pair(),
        padding: pair(),
        dilation: pair(),
    }
}

fn labels(rng: &mut Rng, most: usize) -> Vec<usize> {
    (0..rng.usize(..4)).map(|_| rng.usize(..most)).collect()
}

pub fn one_of<T: Clone>(rng: &mut Rng, all: &[T]) -> T {
    all[rng.usize(..all.len())].clone()
}

/// Indices, two of them, below 2.
fn two() -> Type {
    Type::Index {
        dims: Dims::new(&[2]),
        below: 2,
    }
}

/// A primitive that takes scalars, that may fit the dims `like` or not.
fn of_scalars(rng: &mut Rng, like: &[usize]) -> Prim {
    let binary = [
        Binary::Add,
        Binary::Mul,
        Binary::Sub,
        Binary::Div,
        Binary::Max,
        Binary::Pow,
    ];
    let comparison = [Comparison::Less, Comparison::LessEqual, Comparison::Equal];
    let precision = [Precision::Run, Precision::Single, Precision::Double];
    let axis = rng.usize(..4);
    match rng.u32(..19) {
        0 => one_of(rng, Unary::ALL).into(),
        1 => one_of(rng, &binary).into(),
        2 => Scale(literal(rng)).into(),
        3 => Offset(literal(rng)).into(),
        4 => Full(dims(rng), literal(rng)).into(),
        5 => Select.into(),
        6 => Contract::matmul(rng.usize(..2), rng.bool(), rng.bool()).into(),
        7 => Contract {
            left: (0..like.len()).collect(),
            right: (0..like.len()).map(|i| i + rng.usize(..2)).collect(),
            result: labels(rng, like.len() + 2).into(),
        }
        .into(),
        8 => Reduce(one_of(rng, &[Reduction::Sum, Reduction::Max]), axes(rng)).into(),
        9 => CumSum {
            axis,
            reverse: rng.bool(),
        }
        .into(),
        10 => Unfold(window(rng)).into(),
        11 => Fold(window(rng), [size(rng), size(rng)]).into(),
        12 => Pad {
            axis,
            start: size(rng),
            len: size(rng),
        }
        .into(),
        13 => ArgMax(axis).into(),
        14 => Compare(one_of(rng, &comparison)).into(),
        15 => Cast(one_of(rng, &precision)).into(),
        _ => of_anything(rng, like),
    }
}

/// A primitive that takes values of every kind.
fn of_anything(rng: &mut Rng, like: &[usize]) -> Prim {
    let axis = rng.usize(..4);
    match rng.u32(..6) {
        0 => {
            // The sizes of `like` in another order, or any.
            let mut sizes = like.to_vec();
            rng.shuffle(&mut sizes);
            let other = if rng.bool() {
                Dims::new(&sizes)
            } else {
                dims(rng)
            };
            Reshape(other).into()
        }
        1 => {
            let mut order: Vec<_> = (0..like.len()).collect();
            rng.shuffle(&mut order);
            Permute(if rng.u32(..4) > 0 { order } else { axes(rng) }).into()
        }
        2 => {
            if rng.u32(..4) > 0 {
                let large: Vec<_> = [&[size(rng)], like].concat();
                Broadcast(Dims::new(&large), (1..large.len()).collect()).into()
            } else {
                Broadcast(dims(rng), axes(rng)).into()
            }
        }
        3 => Concat(axis).into(),
        4 => Slice {
            axis,
            start: size(rng),
            len: size(rng),
        }
        .into(),
        _ => constant(rng).into(),
    }
}

/// A constant, that may have as many elements as its dims say.
fn constant(rng: &mut Rng) -> Constant {
    let any = dims(rng);
    let dims = one_of(rng, &[Dims::new(&[2]), any]);
    let count = dims.count().min(3 + rng.usize(..2));
    let elements = match rng.u32(..3) {
        0 => Elements::Scalars((0..count).map(|_| literal(rng)).collect()),
        1 => Elements::Indices {
            below: 1 + rng.usize(..2),
            elements: (0..count).map(|_| rng.usize(..2)).collect(),
        },
        _ => Elements::Keys((0..count).map(|_| Key::new(rng.u64(..))).collect()),
    };
    Constant { dims, elements }
}

/// A primitive with a value of scalars and indices, or with indices or keys alone, and the kinds that it takes.
fn of_indices_and_keys(rng: &mut Rng) -> (Prim, &'static [Kind]) {
    let (batch, axis) = (rng.usize(..2), rng.usize(..3));
    match rng.u32(..8) {
        0 => (Gather { batch, axis }.into(), &[Kind::Scalar, Kind::Index]),
        1 => (Gather { batch, axis }.into(), &[Kind::Index, Kind::Index]),
        2 => {
            let rows = size(rng);
            (
                ScatterAdd { batch, axis, rows }.into(),
                &[Kind::Scalar, Kind::Index],
            )
        }
        3 => (OneHot(size(rng)).into(), &[Kind::Index]),
        4 => {
            let dims = dims(rng);
            (Iota(dims, axis).into(), &[])
        }
        5 => (ToScalar.into(), &[Kind::Index]),
        6 => match rng.bool() {
            true => (FoldIn(rng.u32(..)).into(), &[Kind::Key]),
            false => (FoldInIndex.into(), &[Kind::Key, Kind::Index]),
        },
        _ => {
            let keep = rng.u64(..5 << 30);
            let dims = dims(rng);
            match rng.bool() {
                true => (Mask { dims, keep }.into(), &[Kind::Key]),
                false => (Uniform(dims).into(), &[Kind::Key]),
            }
        }
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Scalar,
    Index,
    Key,
}

fn kind(ty: &Type) -> Kind {
    match ty {
        Type::Scalar(..) => Kind::Scalar,
        Type::Index { .. } => Kind::Index,
        Type::Key(_) => Kind::Key,
    }
}

/// Values past this many elements are possible, and too many for a test.
const FEW: usize = 2000;

/// A value of a kind.
fn value(rng: &mut Rng, program: &Program, of: Kind) -> usize {
    let ids: Vec<_> = (0..program.size())
        .filter(|&id| kind(&program.types()[id]) == of)
        .collect();
    one_of(rng, &ids)
}

/// A primitive and arguments, that may fit or not.
fn instruction(rng: &mut Rng, program: &Program) -> (Prim, Vec<usize>) {
    if rng.u32(..3) == 0 {
        let (prim, kinds) = of_indices_and_keys(rng);
        let arguments = kinds.iter().map(|&kind| value(rng, program, kind));
        return (prim, arguments.collect());
    }
    let any = |rng: &mut Rng| match rng.u32(..4) {
        0 => rng.usize(..program.size()),
        _ => value(rng, program, Kind::Scalar),
    };
    let count = rng.usize(..4);
    let arguments: Vec<_> = (0..count).map(|_| any(rng)).collect();
    let first = arguments.first().copied().unwrap_or(0);
    let like = program.dims(first).expect("it exists").clone();
    (of_scalars(rng, &like), arguments)
}

/// Adds up to `count` instructions; what is refused is left out, and counted.
fn extend(
    rng: &mut Rng,
    program: &mut Program,
    count: usize,
    next: impl Fn(&mut Rng, &mut Program) -> (Prim, Vec<usize>),
) -> usize {
    let mut refused = 0;
    for _ in 0..count {
        let mut longer = program.clone();
        let (prim, arguments) = next(rng, &mut longer);
        match longer.push(prim, &arguments) {
            Ok(first) => {
                let few = |ty: &Type| ty.dims().count() <= FEW;
                if longer.types()[first..].iter().all(few) {
                    *program = longer;
                }
            }
            Err(ProgramError::Arguments { expected, .. }) => {
                assert!(!expected.is_empty());
                refused += 1;
            }
            Err(other) => panic!("refused by {other:?}"),
        }
    }
    refused
}

/// A function of a value of some dims, a key, another value of these dims, and indices. It gives a value of these dims,
/// and another one.
fn function(rng: &mut Rng, like: &Dims) -> Arc<Function> {
    let scalars = Type::scalar(like.clone());
    let key = Type::Key(Dims::default());
    let mut body = Program::new(&[scalars.clone(), key, scalars.clone(), two()]);
    extend(rng, &mut body, 4, |rng, body| instruction(rng, body));
    let last = |&id: &usize| body.types()[id] == scalars;
    let state = (0..body.size()).rev().find(last).expect("an input");
    let outputs = [state, body.size() - 1];
    body.set_outputs(&outputs).expect("they exist");
    Function::new("random", body, None)
}

/// A call or a loop of a random function.
fn nested(rng: &mut Rng, program: &mut Program, like: &Dims) -> (Prim, Vec<usize>) {
    let function = function(rng, like);
    let types = function.body().input_types();
    let fits = |ty: &Type| {
        (0..program.size())
            .filter(|&id| program.types()[id] == *ty)
            .collect()
    };
    let all: Vec<Vec<usize>> = types.iter().map(fits).collect();
    let mut arguments: Vec<_> = all.iter().map(|ids| one_of(rng, ids)).collect();
    if rng.bool() {
        let checkpoint = rng.bool();
        let call = Call {
            function,
            checkpoint,
        };
        return (call.into(), arguments);
    }
    let steps = [Steps::Stacked, Steps::Listed];
    let (length, inputs) = (rng.usize(..4), one_of(rng, &steps));
    let indices = arguments.remove(3);
    match inputs {
        Steps::Stacked => {
            let stack = Broadcast(Dims::new(&[length, 2]), vec![1]);
            arguments.push(program.push(stack, &[indices]).expect("they fit"));
        }
        Steps::Listed => arguments.extend(vec![indices; length]),
    }
    // Now and then a loop that does not fit.
    let wrong = rng.u32(..6) == 0;
    let scan = Scan {
        body: function,
        length: if wrong { size(rng) } else { length },
        constants: if wrong { size(rng) } else { 2 },
        carried: 1,
        inputs: [inputs].into(),
        outputs: [one_of(rng, &steps)].into(),
        reverse: rng.bool(),
    };
    (scan.into(), arguments)
}

/// A program of up to twelve instructions, all of whose values are outputs; and how many were refused.
pub fn program(rng: &mut Rng) -> (Program, usize) {
    let first = small(rng);
    let second = if rng.bool() {
        first.clone()
    } else {
        small(rng)
    };
    let scalars = [first.clone(), second, small(rng), Dims::new(&[2])].map(Type::scalar);
    let indices = |sizes: &[usize], below| Type::Index {
        dims: Dims::new(sizes),
        below,
    };
    let others = [
        two(),
        indices(&[2], 1),
        indices(&[2, 0], 0),
        Type::Key(Dims::default()),
        Type::Key(Dims::new(&[2])),
    ];
    let mut program = Program::new(&[scalars.as_slice(), &others].concat());
    let refused = extend(rng, &mut program, 12, |rng, program| match rng.u32(..8) {
        0 => nested(rng, program, &first),
        _ => instruction(rng, program),
    });
    let all: Vec<_> = (0..program.size()).collect();
    program.set_outputs(&all).expect("they exist");
    (program, refused)
}
