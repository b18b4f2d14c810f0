//! Random programs: of most primitives, with calls, checkpoints, loops, labels and keys.

use cotangent::program::{
    ArgMax, Binary, Broadcast, Call, Compare, Concat, Constant, Contract, Elements, FoldIn, Full,
    Function, Gather, Literal, Mask, Offset, Pad, Permute, Prim, Program, Reduce, Reduction,
    Reshape, Scale, Scan, Select, Slice, Steps, ToScalar, Type, Unary, Uniform,
};
use cotangent::scalar::Comparison;
use cotangent::tensor::Dims;
use fastrand::Rng;

fn literal(rng: &mut Rng) -> Literal {
    let all = [(1, 1), (-1, 1), (0, 1), (2, 1), (-4, 1), (1, 10), (3, 4)];
    match rng.usize(..all.len() + 2) {
        0 => Literal::Real(-0.0),
        1 => Literal::Real(1.0),
        i => Literal::Ratio(all[i - 2].0, all[i - 2].1),
    }
}

fn dims(rng: &mut Rng) -> Dims {
    (0..rng.usize(1..4)).map(|_| rng.usize(1..3)).collect()
}

/// A primitive that often fits to a value of these dims.
fn prim(rng: &mut Rng, x: &Dims) -> Prim {
    let axis = rng.usize(..x.len().max(1));
    let mut axes: Vec<usize> = (0..x.len()).collect();
    let part = [0, 0, 1][rng.usize(..3)];
    match rng.u8(..18) {
        0..3 => Unary::Neg.into(),
        3 => Unary::Stop.into(),
        4 => Scale(literal(rng)).into(),
        5 => Offset(literal(rng)).into(),
        6 => Full(x.clone(), literal(rng)).into(),
        7 => {
            let elements = Elements::Scalars((0..x.count()).map(|_| literal(rng)).collect());
            let dims = x.clone();
            Constant { dims, elements }.into()
        }
        8..12 => {
            let all = [Binary::Add, Binary::Sub, Binary::Mul, Binary::Div];
            all[rng.usize(..all.len())].into()
        }
        12 => Select.into(),
        13 => {
            rng.shuffle(&mut axes);
            Permute(axes).into()
        }
        14 => match rng.bool() {
            true => Reshape(Dims::new(&[x.count()])).into(),
            false => Broadcast(x.iter().copied().chain([2]).collect(), axes).into(),
        },
        15 => {
            let dim = x.get(axis).copied().unwrap_or(0);
            match rng.u8(..4) {
                0 => Concat(axis).into(),
                1 => Reduce([Reduction::Sum, Reduction::Max][part], vec![axis; part]).into(),
                2 => Pad {
                    axis,
                    start: part,
                    len: dim + rng.usize(..2),
                }
                .into(),
                _ => Slice {
                    axis,
                    start: part,
                    len: dim - dim.min(part),
                }
                .into(),
            }
        }
        _ => {
            let left = axes.clone();
            rng.shuffle(&mut axes);
            let count = x.len() - rng.usize(..=x.len().min(2));
            let result = axes[..count].to_vec();
            Contract::new(left, axes, result).into()
        }
    }
}

/// A primitive that often fits to labels or keys of these dims, or that makes them.
fn discrete(rng: &mut Rng, ty: &Type) -> Prim {
    let axis = rng.usize(..ty.dims().len().max(1));
    match ty {
        Type::Scalar(..) if rng.bool() => Compare(Comparison::Less).into(),
        Type::Scalar(..) => ArgMax(axis).into(),
        Type::Index { .. } if rng.bool() => ToScalar.into(),
        Type::Index { .. } => Gather { batch: 0, axis: 0 }.into(),
        Type::Key(_) if rng.bool() => FoldIn(rng.u32(..9)).into(),
        Type::Key(_) if rng.bool() => Uniform(Dims::new(&[2])).into(),
        Type::Key(_) => {
            let keep = [0, 1 << 31, 1 << 32][rng.usize(..3)];
            Mask {
                dims: Dims::new(&[2]),
                keep,
            }
            .into()
        }
    }
}

/// Values have at most so many elements.
const LARGEST: usize = 32;

/// One of the values of a type, the later the likelier.
fn of_type(rng: &mut Rng, program: &Program, ty: &Type) -> Option<usize> {
    let like: Vec<usize> = (0..program.size())
        .filter(|&id| program.types()[id] == *ty)
        .collect();
    let n = like.len();
    (n > 0).then(|| like[rng.usize(..n).max(rng.usize(..n))])
}

/// A function of some values of a program, called or in a loop.
fn push_function(rng: &mut Rng, program: &mut Program, depth: usize) {
    let pick = |rng: &mut Rng, program: &Program| rng.usize(..program.size());
    let [x, y] = [0; 2].map(|_| pick(rng, program));
    if rng.bool() {
        let types = [x, y].map(|id| program.types()[id].clone());
        let function = Function::new("f", random_over(rng, &types, depth - 1, 8), None);
        let checkpoint = rng.u8(..3) == 0;
        let _ = program.push(
            Call {
                function,
                checkpoint,
            },
            &[x, y],
        );
        return;
    }
    // A constant, a state, and the entries of a value as the steps.
    let scalars: Vec<usize> = (0..program.size())
        .filter(|&id| program.types()[id].is_scalar())
        .collect();
    if scalars.is_empty() {
        return;
    }
    let [state, steps] = [0; 2].map(|_| scalars[rng.usize(..scalars.len())]);
    let (state_ty, dims) = (
        program.types()[state].clone(),
        program.types()[steps].dims().clone(),
    );
    let Some(&length) = dims.first() else { return };
    let step_ty = Type::scalar(dims.iter().skip(1).copied().collect::<Dims>());
    let types = [program.types()[x].clone(), state_ty.clone(), step_ty];
    let body = random_over(rng, &types, depth - 1, 8);
    let Some(next) = of_type(rng, &body, &state_ty) else {
        return;
    };
    let mut body = body;
    let seen = rng.usize(..body.size());
    body.set_outputs(&[next, seen]).expect("values that it has");
    let scan = Scan {
        body: Function::new("step", body, None),
        length,
        constants: 1,
        carried: 1,
        inputs: [Steps::Stacked].into(),
        outputs: [Steps::Stacked].into(),
        reverse: rng.bool(),
    };
    let _ = program.push(scan, &[x, state, steps]);
}

/// A depth that stands for none, and for no labels and keys either.
const PLAIN: usize = usize::MAX;

/// A program of about half as many instructions as `tries`, over these inputs. Each value is an output or used.
fn random_over(rng: &mut Rng, inputs: &[Type], depth: usize, tries: usize) -> Program {
    let mut program = Program::new(inputs);
    for _ in 0..tries {
        if depth > 0 && depth < PLAIN && rng.u8(..8) == 0 {
            push_function(rng, &mut program, depth);
            continue;
        }
        let x = rng.usize(..program.size());
        let ty = program.types()[x].clone();
        let prim = match ty.is_scalar() && (depth == PLAIN || rng.u8(..10) > 0) {
            true => prim(rng, ty.dims()),
            false => discrete(rng, &ty),
        };
        // As many arguments as it takes: one of these is right.
        let like = |id: &usize| program.types()[*id] == program.types()[x];
        let others: Vec<usize> = (0..program.size()).filter(like).collect();
        let [y, z] = [0; 2].map(|_| others[rng.usize(..others.len())]);
        let other = rng.usize(..program.size());
        for arguments in [
            vec![],
            vec![x],
            vec![x, y],
            vec![x, other],
            vec![other, x],
            vec![x, y, z],
        ] {
            let mut longer = program.clone();
            let pushed = longer.push(prim.clone(), &arguments);
            if pushed.is_ok_and(|id| longer.types()[id].dims().count() <= LARGEST) {
                program = longer;
                break;
            }
        }
    }
    let used = |id: usize| {
        program
            .instructions()
            .iter()
            .any(|i| i.arguments.contains(&id))
    };
    let outputs: Vec<usize> = (0..program.size()).filter(|&id| !used(id)).collect();
    program.set_outputs(&outputs).expect("values that it has");
    program
}

/// A program of about 30 instructions without calls, loops, labels and keys.
pub fn random_plain(rng: &mut Rng) -> Program {
    let x = dims(rng);
    let inputs = [x.clone(), x, dims(rng)].map(Type::scalar);
    random_over(rng, &inputs, PLAIN, 60)
}

/// A program of about 20 instructions with calls, checkpoints and loops to a depth of two, labels and keys.
pub fn random_program(rng: &mut Rng) -> Program {
    let x = dims(rng);
    let labels = Type::Index {
        dims: Dims::new(&[2]),
        below: 1,
    };
    let inputs = [
        Type::scalar(x.clone()),
        Type::scalar(x),
        Type::scalar(dims(rng)),
        labels,
        Type::Key(Dims::new(&[])),
    ];
    random_over(rng, &inputs, 2, 40)
}
