//! Random primitives on random small dims, over scalars of every kind: refused, or run to a value of the declared dims.

use cotangent::env::{EnvEntry, Indices};
use cotangent::prelude::*;
use cotangent::program::{Literal, Prim, Program, ProgramError, Reduction, Window};
use cotangent::scalar::term::with_fuel;
use cotangent::scalar::{Binary, Boolean, Interval, Modular, Sample, Term, Unary};
use cotangent::tensor::Dims;
use fastrand::Rng;
use proptest::prelude::{ProptestConfig, any, prop_assert, proptest};

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

/// A primitive, that may fit the dims `like` or not.
fn primitive(rng: &mut Rng, like: &[usize]) -> Prim {
    let (unary, binary) = (Unary::ALL, Binary::ALL);
    let (axis, slot) = (rng.usize(..4), rng.usize(..6));
    match rng.u32(..20) {
        0 => Prim::Unary(unary[rng.usize(..unary.len())]),
        1 => Prim::Binary(binary[rng.usize(..binary.len())]),
        2 => Prim::Scale(literal(rng)),
        3 => Prim::Offset(literal(rng)),
        4 => Prim::Full(dims(rng), literal(rng)),
        5 => Prim::Select,
        6 => Prim::MatMul {
            ta: rng.bool(),
            tb: rng.bool(),
        },
        7 => Prim::Reduce(
            if rng.bool() {
                Reduction::Sum
            } else {
                Reduction::Max
            },
            axes(rng),
        ),
        8 => {
            // The sizes of `like` in another order, or any.
            let mut sizes = like.to_vec();
            rng.shuffle(&mut sizes);
            Prim::Reshape(if rng.bool() {
                Dims::new(&sizes)
            } else {
                dims(rng)
            })
        }
        9 => {
            let mut order: Vec<_> = (0..like.len()).collect();
            rng.shuffle(&mut order);
            Prim::Permute(if rng.u32(..4) > 0 { order } else { axes(rng) })
        }
        10 => {
            if rng.u32(..4) > 0 {
                let large: Vec<_> = [&[size(rng)], like].concat();
                Prim::Broadcast(Dims::new(&large), (1..large.len()).collect())
            } else {
                Prim::Broadcast(dims(rng), axes(rng))
            }
        }
        11 => Prim::Concat(axis),
        12 => Prim::Slice {
            axis,
            start: size(rng),
            len: size(rng),
        },
        13 => Prim::Pad {
            axis,
            start: size(rng),
            len: size(rng),
        },
        14 => Prim::CumSum {
            axis,
            reverse: rng.bool(),
        },
        15 => Prim::Unfold(window(rng)),
        16 => Prim::Fold(window(rng), [size(rng), size(rng)]),
        17 => Prim::Gather {
            slot,
            index: Dims::new(&[2]),
        },
        18 => Prim::ScatterAdd {
            slot,
            index: Dims::new(&[2]),
            rows: size(rng),
        },
        _ => match rng.u32(..3) {
            0 => Prim::Mask {
                slot,
                dims: dims(rng),
                keep: rng.f64() * 1.2,
            },
            1 => Prim::Pick { slot },
            _ => Prim::Place {
                slot,
                classes: size(rng),
            },
        },
    }
}

/// Values past this many elements are possible, and too many for a test.
const FEW: usize = 2000;

/// A program of up to eight primitives; what is refused is left out, and counted.
fn program(rng: &mut Rng) -> (Program, usize) {
    let small = |rng: &mut Rng| loop {
        let dims = dims(rng);
        if dims.count() <= 30 && dims.iter().all(|&dim| dim < 9) {
            return dims;
        }
    };
    let first = small(rng);
    let inputs = [
        first.clone(),
        if rng.bool() {
            first.clone()
        } else {
            small(rng)
        },
        small(rng),
    ];
    let mut program = Program::new(&inputs);
    let mut refused = 0;
    for _ in 0..8 {
        let arguments: Vec<_> = (0..rng.usize(..4))
            .map(|_| rng.usize(..program.size()))
            .collect();
        let like = arguments
            .first()
            .map_or(first.clone(), |&id| program.dims(id).expect("it exists"));
        let mut next = program.clone();
        match next.push(primitive(rng, &like), &arguments) {
            Ok(id) if next.dims(id).expect("it exists").count() <= FEW => program = next,
            Ok(_) => {}
            Err(ProgramError::Dims { expected, .. }) => {
                assert!(!expected.is_empty());
                refused += 1;
            }
            Err(other) => panic!("refused by {other:?}"),
        }
    }
    let all: Vec<_> = (0..program.size()).collect();
    program.set_outputs(&all).expect("they exist");
    (program, refused)
}

fn environment() -> Vec<Indices> {
    let two = |n: &[usize]| Labels::<2, shape![2]>::new(n).expect("below 2").indices();
    let one = Labels::<1, shape![2]>::new([0, 0])
        .expect("below 1")
        .indices();
    let none = Labels::<0, shape![2, 0]>::new([])
        .expect("no label")
        .indices();
    vec![
        two(&[1, 0]),
        Seed::new(1).indices(),
        one,
        none,
        two(&[1, 1]),
    ]
}

/// Runs over a scalar: values of the declared dims, or an error of a run. `edge` is drawn among the elements.
fn run<A: Sample>(program: &Program, rng: &mut Rng, edges: &[A]) -> bool {
    let inputs = program.inputs().iter().map(|dims| {
        let element = |_| match rng.usize(..4) {
            0 => edges[rng.usize(..edges.len())].clone(),
            _ => A::sample(rng),
        };
        AnyTensor::new(dims, (0..dims.count()).map(element).collect())
            .expect("as many as the dims say")
    });
    let inputs: Vec<_> = inputs.collect();
    match program.run(&inputs, &environment()) {
        Ok(values) => {
            for (&id, value) in program.outputs().iter().zip(&values) {
                assert_eq!(
                    Ok(value.dims()),
                    program.dims(id).as_ref(),
                    "%{id} of\n{program}"
                );
                assert_eq!(
                    value.as_slice().len(),
                    value.dims().count(),
                    "%{id} of\n{program}"
                );
            }
            true
        }
        Err(
            ProgramError::Scalar { .. }
            | ProgramError::Environment { .. }
            | ProgramError::Division { .. },
        ) => false,
        Err(other) => panic!("{other:?} of\n{program}"),
    }
}

fn over_every_scalar(seed: u64) -> [bool; 5] {
    let rng = &mut Rng::with_seed(seed);
    let (program, _) = program(rng);
    let (zero, one) = (Interval::from(0.0), Interval::WHOLE);
    // Out of fuel is no panic either.
    let terms = with_fuel(10_000, || {
        run(&program, rng, &[Term::from(0), Term::indeterminate("x")])
    });
    [
        run(
            &program,
            rng,
            &[f64::NAN, f64::INFINITY, -f64::INFINITY, 0.0, -0.0, f64::MAX],
        ),
        run(&program, rng, &[Modular::from(0u64)]),
        run(&program, rng, &[Boolean::from(false)]),
        run(&program, rng, &[zero, one]),
        terms.unwrap_or(false),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn programs_never_panic(seed in any::<u64>()) {
        over_every_scalar(seed);
    }

    /// The derivatives of a program are programs too, and run.
    #[test]
    fn nor_do_their_derivatives(seed in any::<u64>()) {
        let rng = &mut Rng::with_seed(seed);
        let (mut program, _) = program(rng);
        program.set_outputs(&[program.size() - 1]).expect("it exists");
        for derivative in [program.jvp(), program.vjp()] {
            match derivative {
                Ok(derivative) => {
                    run(&derivative, rng, &[f64::NAN, f64::INFINITY, 0.0]);
                }
                Err(error) => prop_assert!(false, "{error}: of\n{program}"),
            }
        }
    }
}

/// The draws are worth something: programs run over each scalar, and primitives are refused.
#[test]
fn enough_programs_run() {
    let mut ran = [0; 5];
    let (mut refused, mut pushed) = (0, 0);
    for seed in 0..300 {
        let (program, no) = program(&mut Rng::with_seed(seed));
        (refused, pushed) = (refused + no, pushed + program.instructions().len());
        for (count, ran) in ran.iter_mut().zip(over_every_scalar(seed)) {
            *count += usize::from(ran);
        }
    }
    assert!(ran.iter().all(|&count| count > 30), "{ran:?}");
    assert!(
        refused > 300 && pushed > 300,
        "{refused} refused, {pushed} pushed"
    );
}
