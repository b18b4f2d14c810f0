//! Batched programs with a mistake.

use super::{q, rejects};
use cotangent::prelude::*;
use cotangent::program::{
    Batch, Broadcast, Call, Concat, Contract, CumSum, FoldInIndex, Full, Function, Gather, Iota,
    Literal, Mask, Mutant, Prim, Program, Reduce, Reduction, Rule, Scale, Scan, Slice, Steps, Type,
    Value, batch,
};
use cotangent::scalar::{Binary, Sample, Unary};
use cotangent::tensor::{Dims, Indices, Key};
use fastrand::Rng;
use num_rational::BigRational as Q;

/// As many samples as each axis has entries, so that a wrong axis has the right dims.
const SIZE: usize = 3;

fn scalars(dims: &[usize]) -> Type {
    Type::scalar(Dims::new(dims))
}

fn key() -> Type {
    Type::Key(Dims::new(&[]))
}

/// The program of some instructions; its output is the last value.
fn program(inputs: &[Type], instructions: &[(Prim, &[usize])]) -> Program {
    let mut program = Program::new(inputs);
    for (prim, arguments) in instructions {
        program.push(prim.clone(), arguments).expect("well-formed");
    }
    program
        .set_outputs(&[program.size() - 1])
        .expect("its last value");
    program
}

fn random(ty: &Type, rng: &mut Rng) -> Value<Q> {
    let n = ty.dims().count();
    match ty {
        Type::Scalar(dims, _) => {
            let data = (0..n).map(|_| Q::sample(rng)).collect();
            AnyTensor::new(dims, data)
                .expect("as many as the dims say")
                .into()
        }
        Type::Index { dims, below } => {
            let data = (0..n).map(|_| rng.usize(..below)).collect();
            Indices::new(dims, *below, data)
                .expect("each below the bound")
                .into()
        }
        Type::Key(dims) => {
            let data = (0..n).map(|_| Key::new(rng.u64(..))).collect();
            Value::Key(AnyTensor::new(dims, data).expect("as many as the dims say"))
        }
    }
}

/// A program, which of its inputs have the new axis, and its batch.
struct Right {
    program: Program,
    flags: Vec<bool>,
    batch: Batch,
    inputs: Vec<Value<Q>>,
}

impl Right {
    fn new(program: Program, flags: &[bool], seed: u64) -> Self {
        let batch = batch(&program, flags, SIZE).expect("a flag for each input");
        let rng = &mut Rng::with_seed(seed);
        let inputs: Vec<_> = batch
            .program
            .input_types()
            .iter()
            .map(|ty| random(ty, rng))
            .collect();
        let right = Right {
            program,
            flags: flags.to_vec(),
            batch,
            inputs,
        };
        assert_eq!(right.judge(&right.batch), Ok(()));
        right
    }

    fn judge(&self, batch: &Batch) -> Result<(), Counterexample> {
        cotangent::prove::batch_eq_each_of(&self.program, &self.flags, SIZE, &self.inputs, batch)
    }

    /// The law refuses this program instead of the batched one.
    #[track_caller]
    fn refuses(&self, program: Program) {
        assert_eq!(
            program.output_types(),
            self.batch.program.output_types(),
            "it is well-formed"
        );
        let batched = self.batch.batched.clone();
        rejects(self.judge(&Batch { program, batched }), "batch_eq_each");
    }
}

fn x() -> Type {
    scalars(&[SIZE, SIZE])
}

/// Programs of which the batch has something to get wrong, and the inputs with the new axis.
fn programs() -> Vec<(Program, Vec<bool>)> {
    let product = Contract::new([0, 1], [1, 2], [0, 2]);
    let (axis, reverse) = (0, false);
    let labels = Type::Index {
        dims: Dims::new(&[SIZE]),
        below: SIZE,
    };
    let mask = Mask {
        dims: Dims::new(&[SIZE]),
        keep: 1 << 31,
    };
    let row = scalars(&[SIZE]);
    let step: [(Prim, &[usize]); 2] =
        [(Binary::Mul.into(), &[0, 1]), (Binary::Sub.into(), &[3, 2])];
    let step = Function::new(
        "step",
        program(&[row.clone(), row.clone(), row.clone()], &step),
        None,
    );
    let scan = Scan {
        body: step,
        length: SIZE,
        constants: 1,
        carried: 1,
        inputs: [Steps::Stacked].into(),
        outputs: [].into(),
        reverse: false,
    };
    let pick = Gather { batch: 1, axis: 1 };
    let dropout: [(Prim, &[usize]); 2] = [(mask.into(), &[1]), (Binary::Mul.into(), &[0, 2])];
    vec![
        (
            program(&[x(), x()], &[(product.clone().into(), &[0, 1])]),
            vec![true, false],
        ),
        (
            program(&[x(), x()], &[(product.into(), &[0, 1])]),
            vec![true, true],
        ),
        (
            program(&[x()], &[(CumSum { axis, reverse }.into(), &[0])]),
            vec![true],
        ),
        (
            program(&[x()], &[(Reduce(Reduction::Sum, vec![0]).into(), &[0])]),
            vec![true],
        ),
        (
            program(&[x(), x()], &[(Concat(1).into(), &[0, 1])]),
            vec![false, true],
        ),
        (
            program(&[x(), labels.clone()], &[(pick.clone().into(), &[0, 1])]),
            vec![true, false],
        ),
        (
            program(&[x(), labels], &[(pick.into(), &[0, 1])]),
            vec![false, true],
        ),
        (program(&[row.clone(), key()], &dropout), vec![true, false]),
        (
            program(&[row.clone(), row, x()], &[(scan.into(), &[0, 1, 2])]),
            vec![true, false, true],
        ),
    ]
}

/// Every mutant of the batched programs that computes something else at these inputs.
#[test]
fn every_mistake_in_a_batch() {
    let (mut refused, mut equivalent) = (0, 0);
    for (seed, (program, flags)) in programs().into_iter().enumerate() {
        let right = Right::new(program, &flags, seed as u64);
        let run = |program: &Program| program.run(&right.inputs).expect("it has no divisions");
        let expected = run(&right.batch.program);
        let mut refused_here = 0;
        for Mutant { mistake, program } in right.batch.program.mutants() {
            let computes_the_same = run(&program) == expected;
            let batched = right.batch.batched.clone();
            let judged = right.judge(&Batch { program, batched });
            assert_eq!(judged.is_ok(), computes_the_same, "{mistake}: {judged:?}");
            match judged {
                Ok(()) => equivalent += 1,
                Err(_) => refused_here += 1,
            }
        }
        assert!(refused_here > 0, "{}", right.batch.program);
        refused += refused_here;
    }
    println!("{refused} mutants rejected, {equivalent} equivalent");
    assert!(refused > 40, "{refused}");
}

#[test]
fn a_forgotten_shift_of_an_axis() {
    let alone = |prim: Prim| program(&[x()], &[(prim, &[0])]);
    let batched = |prim: Prim| program(&[scalars(&[SIZE; 3])], &[(prim, &[0])]);
    let sum = |axis| {
        CumSum {
            axis,
            reverse: false,
        }
        .into()
    };
    Right::new(alone(sum(0)), &[true], 1).refuses(batched(sum(0)));
    Right::new(alone(sum(1)), &[true], 2).refuses(batched(sum(1)));
}

#[test]
fn a_sum_over_the_samples() {
    let sum = |axis| Reduce(Reduction::Sum, vec![axis]).into();
    let right = Right::new(program(&[x()], &[(sum(0), &[0])]), &[true], 3);
    right.refuses(program(&[scalars(&[SIZE; 3])], &[(sum(0), &[0])]));
}

#[test]
fn samples_in_another_order() {
    let right = Right::new(program(&[x()], &[(Unary::Neg.into(), &[0])]), &[true], 4);
    let part = |start| Slice {
        axis: 0,
        start,
        len: 1,
    };
    for order in [[1, 0, 2], [0, 2, 1], [2, 1, 0], [0, 0, 2], [1, 2, 0]] {
        let mut wrong = right.batch.program.clone();
        let y = wrong.outputs()[0];
        let parts = order.map(|sample| wrong.push(part(sample), &[y]).expect("a sample"));
        let y = wrong.push(Concat(0), &parts).expect("all samples");
        wrong.set_outputs(&[y]).expect("it is there");
        right.refuses(wrong);
    }
}

/// A key without the new axis, folded with the number of the sample: then each draws for itself, and should not.
#[test]
fn a_shared_key_that_is_folded() {
    let mask = Mask {
        dims: Dims::new(&[16]),
        keep: 1 << 31,
    };
    let drop: [(Prim, &[usize]); 2] = [(mask.clone().into(), &[1]), (Binary::Mul.into(), &[0, 2])];
    let right = Right::new(program(&[scalars(&[16]), key()], &drop), &[true, false], 5);
    let keys: Prim = Broadcast(Dims::new(&[SIZE]), vec![]).into();
    let folded: [(Prim, &[usize]); 5] = [
        (Iota(Dims::new(&[SIZE]), 0).into(), &[]),
        (keys, &[1]),
        (FoldInIndex.into(), &[3, 2]),
        (mask.into(), &[4]),
        (Binary::Mul.into(), &[0, 5]),
    ];
    right.refuses(program(&[scalars(&[SIZE, 16]), key()], &folded));
}

/// What it says of the new axis is judged too.
#[test]
fn wrong_flags() {
    let same = program(&[x(), x()], &[(Unary::Neg.into(), &[0])]);
    let right = Right::new(same, &[false, true], 6);
    assert_eq!(right.batch.batched, [false]);
    let program = right.batch.program.clone();
    for batched in [vec![true], vec![], vec![false, false]] {
        let program = program.clone();
        rejects(right.judge(&Batch { program, batched }), "batch_eq_each");
    }
    // An output that has the axis, of a program that says it has not.
    let right = Right::new(
        self::program(&[x()], &[(Unary::Neg.into(), &[0])]),
        &[true],
        7,
    );
    let program = right.batch.program.clone();
    let batched = vec![false];
    rejects(right.judge(&Batch { program, batched }), "batch_eq_each");
}

/// `x y` with a rule of its own, the cotangent and the tangent of `x` times this.
fn product(factor: i64) -> Program {
    let x = scalars(&[SIZE]);
    let scale: Prim = Scale(Literal::ratio(factor, 1)).into();
    let body = program(&[x.clone(), x.clone()], &[(Binary::Mul.into(), &[0, 1])]);
    let inputs = vec![x.clone(); 5];
    let jvp: [(Prim, &[usize]); 4] = [
        (Binary::Mul.into(), &[3, 1]),
        (scale.clone(), &[5]),
        (Binary::Mul.into(), &[0, 4]),
        (Binary::Add.into(), &[6, 7]),
    ];
    let jvp = program(&inputs, &jvp);
    let vjp: [(Prim, &[usize]); 3] = [
        (Binary::Mul.into(), &[3, 1]),
        (scale, &[4]),
        (Binary::Mul.into(), &[3, 0]),
    ];
    let mut vjp = program(&inputs[..4], &vjp);
    vjp.set_outputs(&[5, 6]).expect("two cotangents");
    let function = Function::new("product", body, Some(Rule { jvp, vjp }));
    let checkpoint = false;
    program(
        &[x.clone(), x],
        &[(
            Call {
                function,
                checkpoint,
            }
            .into(),
            &[0, 1],
        )],
    )
}

/// A batch whose values are right, and the rule inside of it is not.
#[test]
fn rules_of_a_batched_call() {
    for flags in [[true, true], [true, false], [false, true]] {
        let right = Right::new(product(1), &flags, 8);
        let wrong = batch(&product(2), &flags, SIZE).expect("two flags");
        assert_eq!(right.judge(&wrong), Ok(()));
        let all = [true, true];
        let rng = &mut Rng::with_seed(9);
        let mut tensor = |ty: &Type| random(ty, rng).into_tensor().expect("scalars");
        let dx: Vec<_> = right
            .batch
            .program
            .input_types()
            .iter()
            .map(&mut tensor)
            .collect();
        let dy = [tensor(&scalars(&[SIZE, SIZE]))];
        let (program, x) = (&right.program, &right.inputs);
        let jvp = |batch| {
            cotangent::prove::jvp_of_batch_eq_each_of(program, &all, &flags, SIZE, x, &dx, batch)
        };
        let vjp = |batch| {
            cotangent::prove::vjp_of_batch_eq_each_of(program, &all, &flags, SIZE, x, &dy, batch)
        };
        assert_eq!((jvp(&right.batch), vjp(&right.batch)), (Ok(()), Ok(())));
        rejects(jvp(&wrong), "jvp_of_batch_eq_each");
        rejects(vjp(&wrong), "vjp_of_batch_eq_each");
    }
}

/// The same number everywhere is not what each sample computes.
#[test]
fn one_value_for_all() {
    let right = Right::new(program(&[x()], &[(Unary::Neg.into(), &[0])]), &[true], 10);
    let zero = AnyTensor::full(Dims::new(&[SIZE; 3]), q(0));
    assert_ne!(right.inputs[0], Value::Scalar(zero));
    let full = Full(Dims::new(&[SIZE; 3]), Literal::ratio(0, 1));
    right.refuses(program(&[scalars(&[SIZE; 3])], &[(full.into(), &[])]));
}
