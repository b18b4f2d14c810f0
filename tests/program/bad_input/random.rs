//! Random primitives on random small dims, over scalars of every kind: refused, or run to a value of the declared type.
//! So are their derivatives, their batches and what the passes make of them.

mod draw;

use cotangent::prelude::*;
use cotangent::program::{
    Batch, Jvp, Prim, Program, ProgramError, Type, Value, Vjp, batch, hoist, inline, jvp, prune,
    simplify, vjp,
};
use cotangent::prove::Term;
use cotangent::prove::term::with_fuel;
use cotangent::scalar::{Boolean, Interval, Modular, Sample};
use cotangent::tensor::{Indices, Key};
use fastrand::Rng;
use proptest::prelude::{ProptestConfig, any, prop_assert, prop_assert_eq, proptest};

use draw::{one_of, program};

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
        let passed = [Ok(prune(&program)), inline(&program), Ok(simplify(&program)), hoist(&program)];
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
