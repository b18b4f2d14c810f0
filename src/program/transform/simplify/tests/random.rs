//! Random programs, simplified.

use super::same::assert_same;
use crate::program::{
    Broadcast, Concat, Constant, Contract, Elements, Full, Offset, Pad, Permute, Prim, Program,
    Reduce, Reduction, Reshape, Scale, Select, Slice, simplify,
};
use crate::scalar::{Binary, Literal, Unary};
use crate::tensor::Dims;
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

/// A program of about 30 instructions of which each value is an output or used.
fn random(rng: &mut Rng) -> Program {
    let x = dims(rng);
    let mut program = Program::new(&[x.clone(), x, dims(rng)]);
    for _ in 0..60 {
        let x = rng.usize(..program.size());
        let prim = prim(rng, &program.types()[x].dims().clone());
        // As many arguments as it takes: one of the three is right.
        let like = |id: &usize| program.types()[*id] == program.types()[x];
        let others: Vec<usize> = (0..program.size()).filter(like).collect();
        let [y, z] = [0; 2].map(|_| others[rng.usize(..others.len())]);
        let permuted = rng.usize(..program.size());
        for arguments in [
            vec![],
            vec![x],
            vec![x, y],
            vec![x, permuted],
            vec![x, y, z],
        ] {
            if program.push(prim.clone(), &arguments).is_ok() {
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
    program.set_outputs(&outputs).unwrap();
    program
}

/// They compute the same by the bits, over exact scalars too, and are in their simplest form after two passes.
#[test]
fn random_programs() {
    let mut rng = Rng::with_seed(5);
    let (mut before, mut after) = (0, 0);
    for _ in 0..100 {
        let program = random(&mut rng);
        let simple = simplify(&program);
        assert_same(&program.to_string(), &program, &simple);
        let twice = simplify(&simple);
        assert_eq!(simplify(&twice), twice, "{program}");
        assert_eq!(program.to_string().parse(), Ok(program.clone()));
        before += program.instructions().len();
        after += simple.instructions().len();
    }
    // About a fifth goes: so the equations were tried.
    assert!(after * 6 < before * 5, "{after} of {before}");
}
