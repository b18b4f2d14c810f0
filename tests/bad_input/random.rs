//! Random primitives on random small dims, over scalars of every kind: refused, or run to a value of the declared type.
//! So are their derivatives, their batches and what the passes make of them.

use cotangent::prelude::*;
use cotangent::program::{
    ArgMax, Batch, Broadcast, Call, Cast, Compare, Concat, Constant, Contract, CumSum, Elements,
    Fold, FoldIn, FoldInIndex, Full, Function, Gather, Iota, Jvp, Literal, Mask, Offset, OneHot,
    Pad, Permute, Prim, Program, ProgramError, Reduce, Reduction, Reshape, Scale, Scan, ScatterAdd,
    Select, Slice, Steps, ToScalar, Type, Unfold, Value, Vjp, Window, batch, inline, jvp, prune,
    simplify, vjp,
};
use cotangent::scalar::term::with_fuel;
use cotangent::scalar::{
    Binary, Boolean, Comparison, Interval, Modular, Precision, Sample, Term, Unary,
};
use cotangent::tensor::{Dims, Indices, Key};
use fastrand::Rng;
use proptest::prelude::{ProptestConfig, any, prop_assert, prop_assert_eq, proptest};
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

fn one_of<T: Clone>(rng: &mut Rng, all: &[T]) -> T {
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
            (Mask { dims, keep }.into(), &[Kind::Key])
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
fn program(rng: &mut Rng) -> (Program, usize) {
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

/// A value of a type. `edge` is drawn among its scalars.
fn draw<A: Sample>(rng: &mut Rng, ty: &Type, edges: &[A]) -> Value<A> {
    let count = ty.dims().count();
    match ty {
        Type::Scalar(dims, _) => {
            let element = |_| match rng.usize(..4) {
                0 => one_of(rng, edges),
                _ => A::sample(rng),
            };
            let elements = (0..count).map(element).collect();
            let value = AnyTensor::new(dims, elements);
            value.expect("as many as the dims say").into()
        }
        Type::Index { dims, below } => {
            let elements = (0..count).map(|_| rng.usize(..*below)).collect();
            let value = Indices::new(dims, *below, elements);
            value.expect("as many as the dims say").into()
        }
        Type::Key(dims) => {
            let elements = (0..count).map(|_| Key::new(rng.u64(..))).collect();
            let value = AnyTensor::new(dims, elements);
            Value::Key(value.expect("as many as the dims say"))
        }
    }
}

/// What the outputs are when the program runs: values of the declared types, or an error of a run.
fn outputs<A: Sample>(program: &Program, inputs: &[Value<A>]) -> Option<Vec<Value<A>>> {
    match program.run(inputs) {
        Ok(values) => {
            assert_eq!(values.len(), program.outputs().len());
            for (&id, value) in program.outputs().iter().zip(&values) {
                let ty = program.ty(id).expect("it exists");
                assert!(
                    value.fits(ty),
                    "%{id} is {}, expected {ty}: of\n{program}",
                    value.ty()
                );
                let elements = match value {
                    Value::Scalar(x) => x.as_slice().len(),
                    Value::Index(x) => x.as_slice().len(),
                    Value::Key(x) => x.as_slice().len(),
                };
                assert_eq!(elements, value.dims().count(), "%{id} of\n{program}");
                if let Value::Index(x) = value {
                    assert!(x.as_slice().iter().all(|&index| index < x.below()));
                }
            }
            Some(values)
        }
        Err(
            ProgramError::Scalar { .. }
            | ProgramError::Undefined { .. }
            | ProgramError::Undecided { .. }
            | ProgramError::Division { .. },
        ) => None,
        Err(other) => panic!("{other:?} of\n{program}"),
    }
}

/// Runs over a scalar, and says whether there were values.
fn run<A: Sample>(program: &Program, rng: &mut Rng, edges: &[A]) -> bool {
    let inputs = program.input_types().iter();
    let inputs: Vec<_> = inputs.map(|ty| draw(rng, ty, edges)).collect();
    outputs(program, &inputs).is_some()
}

const EDGES: [f64; 6] = [f64::NAN, f64::INFINITY, -f64::INFINITY, 0.0, -0.0, f64::MAX];

fn over_every_scalar(seed: u64) -> [bool; 5] {
    let rng = &mut Rng::with_seed(seed);
    let (program, _) = program(rng);
    let (zero, one) = (Interval::from(0.0), Interval::WHOLE);
    // Out of fuel is no panic either.
    let terms = with_fuel(10_000, || {
        run(&program, rng, &[Term::from(0), Term::indeterminate("x")])
    });
    [
        run(&program, rng, &EDGES),
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
        let all = vec![true; program.inputs().len()];
        match jvp(&program, &all) {
            Ok(Jvp { program, .. }) => {
                run(&program, rng, &EDGES);
            }
            Err(error) => prop_assert!(false, "{error}: of\n{program}"),
        }
        match vjp(&program, &all, &[true]) {
            Ok(Vjp { forward, backward }) => {
                let inputs = program.input_types().iter();
                let inputs: Vec<_> = inputs.map(|ty| draw(rng, ty, &EDGES)).collect();
                if let Some(values) = outputs(&forward, &inputs) {
                    let mut arguments = values[1..].to_vec();
                    let seeds = backward.input_types()[arguments.len()..].iter();
                    arguments.extend(seeds.map(|ty| draw(rng, ty, &EDGES)));
                    outputs(&backward, &arguments);
                }
            }
            Err(error) => prop_assert!(false, "{error}: of\n{program}"),
        }
    }

    /// A batch has a new axis in front, where it says so.
    #[test]
    fn nor_do_their_batches(seed in any::<u64>(), size in 0usize..3) {
        let rng = &mut Rng::with_seed(seed);
        let (program, _) = program(rng);
        let flags: Vec<bool> = program.inputs().iter().map(|_| rng.bool()).collect();
        match batch(&program, &flags, size) {
            Ok(Batch { program: together, batched }) => {
                let types = program.output_types().into_iter().zip(together.output_types());
                for ((alone, together), batched) in types.zip(batched) {
                    let with_axis = || alone.with_dims([&[size], &alone.dims()[..]].concat().into_iter().collect());
                    prop_assert_eq!(together, if batched { with_axis() } else { alone });
                }
                run(&together, rng, &EDGES);
            }
            Err(error) => prop_assert!(false, "{error}: of\n{program}"),
        }
    }

    /// A pass keeps the types of the inputs and of the outputs.
    #[test]
    fn nor_do_the_passes(seed in any::<u64>()) {
        let rng = &mut Rng::with_seed(seed);
        let (program, _) = program(rng);
        let passed = [Ok(prune(&program)), inline(&program), Ok(simplify(&program))];
        for passed in passed {
            match passed {
                Ok(passed) => {
                    prop_assert_eq!(passed.input_types(), program.input_types());
                    prop_assert_eq!(passed.output_types(), program.output_types());
                    run(&passed, rng, &EDGES);
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
    let (mut refused, mut pushed, mut inside) = (0, 0, 0);
    for seed in 0..300 {
        let (program, no) = program(&mut Rng::with_seed(seed));
        (refused, pushed) = (refused + no, pushed + program.instructions().len());
        let calls = program.instructions().iter().map(|i| &i.prim);
        inside += calls
            .filter(|prim| matches!(prim, Prim::Call(_) | Prim::Scan(_)))
            .count();
        for (count, ran) in ran.iter_mut().zip(over_every_scalar(seed)) {
            *count += usize::from(ran);
        }
    }
    assert!(ran.iter().all(|&count| count > 30), "{ran:?}");
    assert!(
        refused > 300 && pushed > 300 && inside > 100,
        "{refused} refused, {pushed} pushed, {inside} calls and loops"
    );
}
