use super::{rules_of, rules_of_wanted};
use crate::program::prim::alone::random;
use crate::program::{
    Binary, Call, Contract, Function, Gather, Prim, Program, ProgramError, Rule, Scale, Scan,
    Select, Steps, Type, Unary, Value,
};
use crate::scalar::Literal;
use crate::tensor::{Dims, Indices};
use num_rational::BigRational as Q;
use std::sync::Arc;

fn scalars(dims: &[usize]) -> Type {
    Type::scalar(Dims::new(dims))
}

fn program(inputs: &[Type], instructions: &[(Prim, &[usize])], outputs: &[usize]) -> Program {
    let mut program = Program::new(inputs);
    for (prim, arguments) in instructions {
        program.push(prim.clone(), arguments).unwrap();
    }
    program.set_outputs(outputs).unwrap();
    program
}

fn call(function: &Arc<Function>) -> Prim {
    let function = Arc::clone(function);
    let checkpoint = false;
    Prim::Call(Call {
        function,
        checkpoint,
    })
}

fn product() -> Prim {
    Contract::new([0, 1], [1, 2], [0, 2]).into()
}

/// `tanh(x w) u`.
fn layers() -> Program {
    let inputs = [scalars(&[2, 3]), scalars(&[3, 4]), scalars(&[4, 2])];
    let instructions: [(Prim, &[usize]); 3] = [
        (product(), &[0, 1]),
        (Unary::Relu.into(), &[3]),
        (product(), &[4, 2]),
    ];
    program(&inputs, &instructions, &[5])
}

/// How many instructions of a name there are, those inside of calls and loops too.
fn count(program: &Program, name: &str) -> usize {
    let each = program.instructions().iter().map(|i| {
        let inside = i.prim.inside().map_or(0, |f| count(f.body(), name));
        usize::from(i.prim.name() == name) + inside
    });
    each.sum()
}

/// That the rules for the wanted inputs give what the whole rules give, at other tangents that are zero. Returns both.
fn check(function: &Function, wanted: &[bool], x: &[Value<Q>]) -> [Program; 2] {
    let whole = rules_of(function).unwrap();
    let some = rules_of_wanted(function, wanted).unwrap();
    let rng = &mut fastrand::Rng::with_seed(1);
    let y = function.body().run(x).unwrap();
    let primals = [x, &y].concat();
    let types = function.body().input_types().iter().zip(wanted);
    let types = types.filter(|(ty, _)| ty.is_scalar());
    let zero = |ty: &Type| Value::from(crate::tensor::AnyTensor::full(ty.dims().clone(), q(0)));
    let (mut all, mut fewer) = (primals.clone(), primals.clone());
    for (ty, &wanted) in types.clone() {
        let dx = if wanted {
            random(rng, ty.dims())
        } else {
            zero(ty)
        };
        fewer.extend(wanted.then(|| dx.clone()));
        all.push(dx);
    }
    let dy = whole.programs[0].run(&all).unwrap();
    assert_eq!(some.programs[0].run(&fewer).unwrap(), dy);

    let mut all = primals;
    let outputs = function.body().output_types().into_iter();
    all.extend(
        outputs
            .filter(Type::is_scalar)
            .map(|ty| random(rng, ty.dims())),
    );
    let dx = whole.programs[1].run(&all).unwrap();
    let wanted = dx
        .into_iter()
        .zip(types)
        .filter(|(_, (_, wanted))| **wanted);
    let expected: Vec<_> = wanted.map(|(dx, _)| dx).collect();
    assert_eq!(some.programs[1].run(&all).unwrap(), expected);
    let [jvp, vjp] = &some.programs[..] else {
        panic!("two rules")
    };
    [jvp.clone(), vjp.clone()]
}

fn q(n: i64) -> Q {
    Q::from_integer(n.into())
}

fn randoms(types: &[Type]) -> Vec<Value<Q>> {
    let rng = &mut fastrand::Rng::with_seed(2);
    types.iter().map(|ty| random(rng, ty.dims())).collect()
}

/// One product for each wanted matrix, one for the cotangent of the layer between, and one for the residual.
#[test]
fn of_a_body() {
    let body = layers();
    let x = randoms(body.input_types());
    let function = Function::new("layers", body, None);
    for (wanted, tangents, cotangents) in [
        ([true, true, true], 5, 5),
        ([false, true, true], 4, 4),
        ([false, true, false], 3, 3),
        ([true, false, false], 3, 3),
        ([false, false, true], 2, 2),
        ([false, false, false], 0, 0),
    ] {
        let [jvp, vjp] = check(&function, &wanted, &x);
        let products = [count(&jvp, "contract"), count(&vjp, "contract")];
        assert_eq!(products, [tangents, cotangents], "{wanted:?}\n{jvp}\n{vjp}");
    }
}

/// With calls and loops inside nothing more is computed: a product of each layer and step less.
#[test]
fn of_calls_and_loops() {
    let layer = Function::new("layers", layers(), None);
    // x -> f(x, w, u) u'
    let x = [
        scalars(&[2, 3]),
        scalars(&[3, 4]),
        scalars(&[4, 2]),
        scalars(&[2, 2]),
    ];
    let calls: [(Prim, &[usize]); 2] = [(call(&layer), &[0, 1, 2]), (product(), &[4, 3])];
    let called = Function::new("called", program(&x, &calls, &[5]), None);
    let [jvp, vjp] = check(&called, &[false, false, true, false], &randoms(&x));
    assert_eq!((count(&jvp, "contract"), count(&vjp, "contract")), (3, 3));
    let [_, vjp] = check(&called, &[false, false, false, true], &randoms(&x));
    assert_eq!(count(&vjp, "contract"), 3); // the value of the layer, and one cotangent

    // h -> tanh-like (h w) + x for each step
    let step: [(Prim, &[usize]); 3] = [
        (product(), &[1, 0]),
        (Unary::Relu.into(), &[3]),
        (Binary::Add.into(), &[4, 2]),
    ];
    let types = [scalars(&[2, 2]), scalars(&[1, 2]), scalars(&[1, 2])];
    let scan = Scan {
        body: Function::new("step", program(&types, &step, &[5]), None),
        length: 3,
        constants: 1,
        carried: 1,
        inputs: [Steps::Stacked].into(),
        outputs: [].into(),
        reverse: false,
    };
    let types = [scalars(&[2, 2]), scalars(&[1, 2]), scalars(&[3, 1, 2])];
    let body = program(&types, &[(scan.into(), &[0, 1, 2])], &[3]);
    let looped = Function::new("looped", body, None);
    let all = rules_of(&looped).unwrap();
    assert_eq!(count(&all.programs[1], "contract"), 3);
    let [_, vjp] = check(&looped, &[false, true, false], &randoms(&types));
    assert_eq!(count(&vjp, "contract"), 2); // forward, and the carried cotangent
}

/// `x w + b`, with a rule of its own.
fn with_rule() -> Arc<Function> {
    let x = [scalars(&[2]), scalars(&[2]), scalars(&[2])];
    let two: [(Prim, &[usize]); 2] = [(Binary::Mul.into(), &[0, 1]), (Binary::Add.into(), &[3, 2])];
    // dx w + x dw + db - dx 0: the last is in a call.
    let part = program(
        &[scalars(&[2]), scalars(&[2])],
        &[
            (Scale(Literal::from(2)).into(), &[0]),
            (Binary::Sub.into(), &[2, 1]),
            (Unary::Exp.into(), &[1]),
        ],
        &[3, 2, 4],
    );
    let part = Function::new("part", part, None);
    let primals = [x.as_slice(), &x[..1]].concat();
    let jvp: [(Prim, &[usize]); 6] = [
        (Binary::Mul.into(), &[4, 1]), // 7
        (Binary::Mul.into(), &[0, 5]), // 8
        (call(&part), &[7, 6]),        // 9, 10, 11: 2 dx w - db, 2 dx w, exp(db)
        (Binary::Sub.into(), &[9, 8]), // 12
        (Select.into(), &[0, 12, 10]), // 13
        (Binary::Add.into(), &[13, 11]),
    ];
    let vjp: [(Prim, &[usize]); 3] = [
        (Binary::Mul.into(), &[4, 1]),
        (Binary::Mul.into(), &[0, 4]),
        (Scale(Literal::from(3)).into(), &[4]),
    ];
    let rule = Rule {
        jvp: program(&[primals.as_slice(), &x].concat(), &jvp, &[14]),
        vjp: program(&[primals.as_slice(), &x[..1]].concat(), &vjp, &[5, 6, 7]),
    };
    Function::new("own", program(&x, &two, &[4]), Some(rule))
}

/// The rule at zeros, and not its derivative: it need not even be linear.
#[test]
fn of_an_own_rule() {
    let function = with_rule();
    let at_zero = |wanted: [bool; 3]| {
        let whole = rules_of(&function).unwrap();
        let some = rules_of_wanted(&function, &wanted).unwrap();
        let rng = &mut fastrand::Rng::with_seed(3);
        let mut number = || rng.i32(-9..9) as f64;
        let mut pair = || {
            Value::<f64>::from(
                crate::tensor::AnyTensor::new(&[2], vec![number(), number()]).unwrap(),
            )
        };
        let primals = vec![pair(), pair(), pair(), pair()];
        let zero = Value::<f64>::from(crate::tensor::AnyTensor::full(Dims::new(&[2]), 0.0));
        let (mut all, mut fewer) = (primals.clone(), primals.clone());
        for wanted in wanted {
            let dx = if wanted { pair() } else { zero.clone() };
            fewer.extend(wanted.then(|| dx.clone()));
            all.push(dx);
        }
        assert_eq!(whole.programs[0].run(&all), some.programs[0].run(&fewer));
        let arguments = [primals, vec![pair()]].concat();
        let dx = whole.programs[1].run(&arguments).unwrap();
        let expected = dx.into_iter().zip(wanted).filter(|(_, wanted)| *wanted);
        let expected: Vec<_> = expected.map(|(dx, _)| dx).collect();
        assert_eq!(some.programs[1].run(&arguments).unwrap(), expected);
        let primitives = |program: &Program| program.primitives();
        [primitives(&some.programs[0]), primitives(&some.programs[1])]
    };
    // dw: its product, the negative, the choice, zeros for it and for the exponential, that, the sum.
    assert_eq!(at_zero([false, true, false]), [7, 1]);
    // dx: its product, twice it, the choice, and the exponential of zero, which is added.
    assert_eq!(at_zero([true, false, false]), [6, 1]);
    // db: the negative, the choice between it and zeros, the exponential, the sum.
    assert_eq!(at_zero([false, false, true]), [5, 1]);
    assert_eq!(at_zero([true, true, false]), [8, 2]);
    assert_eq!(at_zero([false, false, false])[1], 0);
}

/// Indices have no change, whatever their flags say; and all that is wanted is what was there before.
#[test]
fn flags() {
    let indices = Type::Index {
        dims: Dims::new(&[2]),
        below: 3,
    };
    let inputs = [scalars(&[3]), indices, scalars(&[2])];
    let instructions: [(Prim, &[usize]); 2] = [
        (Gather { batch: 0, axis: 0 }.into(), &[0, 1]),
        (Binary::Mul.into(), &[3, 2]),
    ];
    let function = Function::new("rows", program(&inputs, &instructions, &[4, 1]), None);
    let rules = |wanted: &[bool]| rules_of_wanted(&function, wanted);
    let whole = rules_of(&function).unwrap();
    for index in [false, true] {
        assert!(Arc::ptr_eq(&rules(&[true, index, true]).unwrap(), &whole));
        let one = rules(&[false, index, true]).unwrap();
        assert!(Arc::ptr_eq(&one, &rules(&[false, !index, true]).unwrap()));
        assert_eq!(count(&one.programs[1], "scatter_add"), 0);
    }
    let rng = &mut fastrand::Rng::with_seed(4);
    let at = Indices::new(&[2], 3, vec![2, 0]).unwrap();
    let x = [random(rng, &[3]), at.into(), random(rng, &[2])];
    check(&function, &[false, false, true], &x);
    check(&function, &[true, true, false], &x);
    assert_eq!(
        rules(&[true]).unwrap_err(),
        ProgramError::Flags {
            what: "inputs",
            expected: 3,
            got: 1
        }
    );
}
