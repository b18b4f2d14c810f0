mod cases;

use super::{Role, looped};
use crate::program::builder::Builder;
use crate::program::methods::takes;
use crate::program::prim::alone::{entry, random};
use crate::program::{
    Binary, Prim, Program, ProgramError, TRANSFORM, Type, Value, batch, jvp, vjp,
};
use crate::tensor::{AnyTensor, Indices, Key};
use cases::{Carried, Case, Constant, Stacked, cases, key, program, scalars, two_states};
use num_rational::BigRational as Q;

/// A value of each type.
fn values(rng: &mut fastrand::Rng, types: &[Type]) -> Vec<Value<Q>> {
    let value = |ty: &Type| match ty {
        Type::Scalar(dims, _) => random(rng, dims),
        Type::Index { dims, below } => {
            let data = (0..dims.count()).map(|_| rng.usize(0..*below)).collect();
            Indices::new(dims, *below, data).unwrap().into()
        }
        Type::Key(dims) => {
            let keys = (0..dims.count()).map(|_| Key::new(rng.u64(..))).collect();
            Value::Key(AnyTensor::new(dims, keys).unwrap())
        }
    };
    types.iter().map(value).collect()
}

fn all(n: usize) -> Vec<bool> {
    vec![true; n]
}

/// The values with the tangents of all inputs, then the values with the cotangents of all outputs pulled back.
fn derivatives(program: &Program, seed: u64) -> [Vec<Value<Q>>; 2] {
    let rng = &mut fastrand::Rng::with_seed(seed);
    let (inputs, outputs) = (program.inputs().len(), program.outputs().len());
    let tangents = jvp(program, &all(inputs)).unwrap();
    let both = values(rng, tangents.program.input_types());
    let halves = vjp(program, &all(inputs), &all(outputs)).unwrap();
    let mut y = halves.forward.run(&both[..inputs]).unwrap();
    let mut arguments = y.split_off(outputs);
    let scalars: Vec<Type> = program.output_types();
    let scalars: Vec<Type> = scalars.into_iter().filter(Type::is_scalar).collect();
    arguments.extend(values(rng, &scalars));
    y.extend(halves.backward.run(&arguments).unwrap());
    [tangents.program.run(&both).unwrap(), y]
}

/// Two samples at once, where one input has the new axis, all have it, or some: what each gives alone.
fn check_batch(program: &Program, about: &str) {
    let inputs = program.inputs().len();
    let rng = &mut fastrand::Rng::with_seed(5);
    let mut choices: Vec<Vec<bool>> = (0..inputs)
        .map(|one| (0..inputs).map(|i| i == one).collect())
        .collect();
    choices.push(all(inputs));
    choices.extend((0..4).map(|_| (0..inputs).map(|_| rng.bool()).collect()));
    for flags in choices.iter().filter(|flags| flags.contains(&true)) {
        let both = batch(program, flags, 2).unwrap();
        let x = values(rng, both.program.input_types());
        let y = both.program.run(&x).unwrap();
        for i in 0..2 {
            let pairs = x.iter().zip(flags);
            let sample = pairs.map(|(x, &flag)| if flag { entry(x, i) } else { x.clone() });
            let alone = program.run(&sample.collect::<Vec<_>>()).unwrap();
            for ((y, &flag), alone) in y.iter().zip(&both.batched).zip(alone) {
                let y = if flag { entry(y, i) } else { y.clone() };
                assert_eq!(y, alone, "{about}, {flags:?}");
            }
        }
    }
}

#[test]
fn a_loop_is_its_steps() {
    for case in cases() {
        for (length, reverse) in [(1, false), (3, false), (3, true), (4, true)] {
            let about = format!("{}, {length} steps, reverse {reverse}", case.about);
            let (one, many) = (case.looped(length, reverse), case.unrolled(length, reverse));
            let loops = one.instructions().iter();
            let loops = loops.filter(|i| matches!(i.prim, Prim::Scan(_))).count();
            assert_eq!(loops, 1, "{about}");
            let pairs = one.output_types().into_iter().zip(many.output_types());
            for (one, many) in pairs {
                assert!(takes(&one, &many), "{about}: {one} and {many}");
            }
            for seed in 0..3 {
                let [x, y] = [&one, &many].map(|program| derivatives(program, seed));
                assert_eq!(x, y, "{about}");
            }
        }
    }
}

#[test]
fn batches_of_loops_and_of_their_derivatives() {
    for case in cases() {
        for (length, reverse) in [(2, false), (2, true)] {
            let one = case.looped(length, reverse);
            let about = format!("{}, reverse {reverse}", case.about);
            check_batch(&one, &about);
            let (inputs, outputs) = (all(one.inputs().len()), all(one.outputs().len()));
            check_batch(&jvp(&one, &inputs).unwrap().program, &about);
            let halves = vjp(&one, &inputs, &outputs).unwrap();
            check_batch(&halves.forward, &about);
            check_batch(&halves.backward, &about);
        }
    }
}

/// Of no steps the states are the first ones, stacks are empty, and a cotangent goes to its state.
#[test]
fn no_steps() {
    for case in cases() {
        for reverse in [false, true] {
            let program = case.looped(0, reverse);
            let rng = &mut fastrand::Rng::with_seed(7);
            let x = values(rng, program.input_types());
            let y = program.run(&x).unwrap();
            let roles = case.roles(&mut Builder::new(&TRANSFORM), 0).1;
            let first = roles.iter().filter_map(|role| match role {
                Role::Carried(id) => Some(x[*id].clone()),
                Role::Constant(_) | Role::Stacked(_) | Role::Listed(_) => None,
            });
            let first: Vec<Value<Q>> = first.collect();
            assert_eq!(y[..first.len()], first, "{}", case.about);
            for (value, ty) in y.iter().zip(program.output_types()) {
                assert!(value.fits(&ty), "{}: {} and {ty}", case.about, value.ty());
            }
            assert!(y[first.len()..].iter().all(|y| y.dims().count() == 0));

            let [with_tangents, _] = derivatives(&program, 7);
            assert_eq!(with_tangents[..first.len()], first, "{}", case.about);
            let outputs = program.outputs().len();
            let halves = vjp(&program, &all(x.len()), &all(outputs)).unwrap();
            let mut arguments = halves.forward.run(&x).unwrap().split_off(outputs);
            let types = program.output_types();
            let types: Vec<Type> = types.into_iter().filter(Type::is_scalar).collect();
            let dy = values(rng, &types);
            arguments.extend(dy.iter().cloned());
            let dx = halves.backward.run(&arguments).unwrap();
            let mut of_states = dy.into_iter();
            let scalar = roles.iter().zip(case.function.body().input_types());
            let mut dx = dx.into_iter();
            for (role, _) in scalar.filter(|(_, ty)| ty.is_scalar()) {
                match role {
                    Role::Carried(_) => assert_eq!(dx.next(), of_states.next()),
                    Role::Constant(_) | Role::Stacked(_) => {
                        let Some(Value::Scalar(zero)) = dx.next() else {
                            panic!("{}", case.about)
                        };
                        assert!(zero.as_slice().iter().all(num_traits::Zero::is_zero));
                    }
                    Role::Listed(_) => {}
                }
            }
            check_batch(&program, case.about);
        }
    }
}

fn numbers(dims: &[usize], data: &[i64]) -> Value<Q> {
    let data = data.iter().map(|&n| Q::from_integer(n.into())).collect();
    AnyTensor::new(dims, data).unwrap().into()
}

/// Sums: the state before each step is at the place of the step, whichever is taken first.
#[test]
fn directions() {
    let two = [scalars(&[]), scalars(&[])];
    let body = program(&two, &[(Binary::Add.into(), &[0, 1])], &[2, 0]);
    let sums = Case::new("sums", body, &[Carried, Stacked]);
    for (reverse, before, dx) in [
        (false, [10, 11, 13], [1110, 1100, 1000]),
        (true, [15, 13, 10], [1000, 1001, 1011]),
    ] {
        let program = sums.looped(3, reverse);
        let x = [numbers(&[], &[10]), numbers(&[3], &[1, 2, 3])];
        let halves = vjp(&program, &[true; 2], &[true; 2]).unwrap();
        let mut y = halves.forward.run(&x).unwrap();
        let mut arguments = y.split_off(2);
        assert_eq!(y, [numbers(&[], &[16]), numbers(&[3], &before)]);
        arguments.extend([numbers(&[], &[1000]), numbers(&[3], &[1, 10, 100])]);
        let expected = [numbers(&[], &[1111]), numbers(&[3], &dx)];
        assert_eq!(halves.backward.run(&arguments).unwrap(), expected);
    }
}

/// A constant key is folded with the position, in both directions; keys that are carried or stacked are as they are given.
#[test]
fn keys_of_steps() {
    let body = program(&[key(), key(), key()], &[], &[1, 0, 1, 2]);
    let keys = Case::new("keys", body, &[Constant, Carried, Stacked]);
    let [constant, carried] = [Key::new(3), Key::new(4)];
    let given = [5, 6, 7].map(Key::new).to_vec();
    let stack = |keys: Vec<Key>| Value::<Q>::Key(AnyTensor::new(&[3], keys).unwrap());
    for reverse in [false, true] {
        let x = [constant.into(), carried.into(), stack(given.clone())];
        let y = keys.looped(3, reverse).run(&x).unwrap();
        let folded = [0, 1, 2].map(|n| constant.fold_in(n)).to_vec();
        let expected = [folded, vec![carried; 3], given.clone()].map(stack);
        assert_eq!(y[0], carried.into());
        assert_eq!(y[1..], expected);
    }
}

#[test]
fn what_does_not_fit_is_refused() {
    let case = two_states();
    let error = |change: &dyn Fn(&mut Vec<Role>)| {
        let mut b = Builder::new(&TRANSFORM);
        let (_, mut roles) = case.roles(&mut b, 3);
        change(&mut roles);
        let result = looped(&mut b, &case.function, &roles, 3, false);
        result.map(|_| ()).unwrap_err()
    };
    let missing = error(&|roles| drop(roles.pop()));
    assert_eq!(
        missing,
        ProgramError::InputCount {
            expected: 5,
            got: 4
        }
    );
    let short = error(&|roles| {
        if let Role::Listed(ids) = &mut roles[3] {
            ids.pop();
        }
    });
    assert_eq!(
        short.to_string(),
        "`scan` cannot take 2 values: expected a value for each of 3 steps"
    );
    // The next state is the sum, which is a number, and `h` is not.
    let swapped = error(&|roles| roles.swap(1, 4));
    assert!(
        swapped
            .to_string()
            .ends_with("for input 1 of its body, got [2]"),
        "{swapped}"
    );
    let body = program(&[scalars(&[]), scalars(&[2])], &[], &[1, 0]);
    let turned = Case::new("turned", body, &[Carried, Carried]);
    let mut b = Builder::new(&TRANSFORM);
    let (_, roles) = turned.roles(&mut b, 3);
    let error = looped(&mut b, &turned.function, &roles, 3, false).map(|_| ());
    let text = error.unwrap_err().to_string();
    assert!(
        text.ends_with("a body that carries [] on, and it gives [2]"),
        "{text}"
    );
    // Two states, and one output.
    let body = program(&[scalars(&[]), scalars(&[])], &[], &[0]);
    let short = Case::new("short", body, &[Carried, Carried]);
    let (_, roles) = short.roles(&mut b, 3);
    assert!(looped(&mut b, &short.function, &roles, 3, false).is_err());
}
