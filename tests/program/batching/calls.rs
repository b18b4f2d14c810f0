//! Calls: with a rule of their own, without, and as a checkpoint.

use super::{Case, alone, indices, keys, program, scalars};
use cotangent::program::{
    Binary, Call, Function, Gather, Literal, Mask, Offset, Prim, Program, Reduce, Reduction, Rule,
    Scale, Unary, batch,
};
use cotangent::tensor::Dims;
use std::sync::Arc;

fn call(function: &Arc<Function>, checkpoint: bool) -> Prim {
    let function = Arc::clone(function);
    Call {
        function,
        checkpoint,
    }
    .into()
}

/// `x y` and `exp(x y)`.
fn body() -> Program {
    let x = scalars(&[2]);
    let instructions: [(Prim, &[usize]); 2] =
        [(Binary::Mul.into(), &[0, 1]), (Unary::Exp.into(), &[2])];
    program(&[x.clone(), x], &instructions, &[2, 3])
}

/// Seven instructions: too many to be written out where it is called.
fn long() -> Program {
    let x = scalars(&[2]);
    let instructions: [(Prim, &[usize]); 7] = [
        (Binary::Mul.into(), &[0, 1]),
        (Unary::Tanh.into(), &[2]),
        (Binary::Mul.into(), &[3, 0]),
        (Offset(Literal::ratio(1, 3)).into(), &[4]),
        (Binary::Mul.into(), &[5, 5]),
        (Unary::Sin.into(), &[1]),
        (Binary::Add.into(), &[6, 7]),
    ];
    program(&[x.clone(), x], &instructions, &[8, 7])
}

/// `step(x)` with the derivative of `x`, times a picked number: a rule that is not that of the body, beside indices.
fn straight_through() -> Arc<Function> {
    let (x, table, at) = (scalars(&[2]), scalars(&[3]), indices(&[2], 3));
    let pick: Prim = Gather { batch: 0, axis: 0 }.into();
    let inputs = [x.clone(), table.clone(), at.clone()];
    let instructions: [(Prim, &[usize]); 3] = [
        (Unary::Step.into(), &[0]),
        (pick.clone(), &[1, 2]),
        (Binary::Mul.into(), &[3, 4]),
    ];
    let body = program(&inputs, &instructions, &[]);
    // x, table, at, y, then dx, dtable: nothing flows to the table.
    let primals = [x.clone(), table.clone(), at, x.clone()];
    let jvp: [(Prim, &[usize]); 2] = [(pick.clone(), &[1, 2]), (Binary::Mul.into(), &[4, 6])];
    let jvp = program(&[&primals[..], &[x.clone(), table]].concat(), &jvp, &[]);
    let vjp: [(Prim, &[usize]); 3] = [
        (pick, &[1, 2]),
        (Binary::Mul.into(), &[4, 5]),
        (Scale(Literal::ratio(0, 1)).into(), &[1]),
    ];
    let vjp = program(&[&primals[..], &[x]].concat(), &vjp, &[6, 7]);
    Function::new("straight_through", body, Some(Rule { jvp, vjp }))
}

/// A function with a rule that takes a key, and of which one output does not depend on it.
fn drawn() -> Arc<Function> {
    let x = scalars(&[2]);
    let mask = Mask {
        dims: Dims::new(&[2]),
        keep: 1 << 31,
    };
    let product: [(Prim, &[usize]); 3] = [
        (mask.clone().into(), &[1]),
        (Binary::Mul.into(), &[0, 2]),
        (Unary::Neg.into(), &[0]),
    ];
    let body = program(&[x.clone(), keys(&[])], &product, &[3, 4]);
    let primals = [x.clone(), keys(&[]), x.clone(), x.clone()];
    let jvp: [(Prim, &[usize]); 3] = [
        (mask.clone().into(), &[1]),
        (Binary::Mul.into(), &[4, 5]),
        (Unary::Neg.into(), &[4]),
    ];
    let jvp = program(
        &[&primals[..], std::slice::from_ref(&x)].concat(),
        &jvp,
        &[6, 7],
    );
    let vjp: [(Prim, &[usize]); 3] = [
        (mask.into(), &[1]),
        (Binary::Mul.into(), &[4, 6]),
        (Binary::Sub.into(), &[7, 5]),
    ];
    let vjp = program(&[&primals[..], &[x.clone(), x]].concat(), &vjp, &[8]);
    Function::new("drawn", body, Some(Rule { jvp, vjp }))
}

/// The programs.
pub fn cases() -> Vec<Case> {
    let x = scalars(&[2]);
    let two = [x.clone(), x.clone()];
    let mut all = Vec::new();
    let functions = [
        ("a function", Function::new("body", body(), None)),
        ("a long function", Function::new("long", long(), None)),
    ];
    for (about, function) in &functions {
        for checkpoint in [false, true] {
            let about = format!("{about}, checkpoint {checkpoint}");
            all.push((about, alone(&two, call(function, checkpoint))));
        }
        // Twice, at different flags, and inside another.
        let again: [(Prim, &[usize]); 2] = [
            (call(function, false), &[0, 1]),
            (call(function, true), &[3, 1]),
        ];
        let twice = program(&two, &again, &[2, 4, 5]);
        all.push((format!("{about}, twice"), twice.clone()));
        let outer = Function::new("twice", twice, None);
        all.push((
            format!("{about}, twice, called"),
            alone(&two, call(&outer, false)),
        ));
    }
    for function in [straight_through(), drawn()] {
        let types = function.body().input_types().to_vec();
        for checkpoint in [false, true] {
            let about = format!("{} with its rule, checkpoint {checkpoint}", function.name());
            all.push((about, alone(&types, call(&function, checkpoint))));
        }
        let outer = Function::new("outer", alone(&types, call(&function, false)), None);
        all.push((
            format!("{}, called inside", function.name()),
            alone(&types, call(&outer, false)),
        ));
        let sum: [(Prim, &[usize]); 2] = [
            (
                call(&function, false),
                &(0..types.len()).collect::<Vec<_>>(),
            ),
            (Reduce(Reduction::Sum, vec![0]).into(), &[types.len()]),
        ];
        all.push((
            format!("{}, summed", function.name()),
            program(&types, &sum, &[]),
        ));
    }
    // One output depends on the input with the new axis, the other does not.
    let apart: [(Prim, &[usize]); 2] = [(Unary::Exp.into(), &[0]), (Unary::Sin.into(), &[1])];
    let apart = Function::new("apart", program(&two, &apart, &[2, 3, 0]), None);
    all.push((
        "outputs of one input each".to_owned(),
        alone(&two, call(&apart, false)),
    ));
    all
}

/// A call stays a call, a checkpoint a checkpoint, and a rule with its function.
#[test]
fn are_calls_of_batched_functions() {
    for checkpoint in [false, true] {
        for function in [Function::new("long", long(), None), straight_through()] {
            let types = function.body().input_types().to_vec();
            let flags: Vec<bool> = (0..types.len()).map(|input| input == 0).collect();
            let batched = batch(&alone(&types, call(&function, checkpoint)), &flags, 3).unwrap();
            let calls = batched
                .program
                .instructions()
                .iter()
                .filter_map(|i| match &i.prim {
                    Prim::Call(call) => Some(call),
                    _ => None,
                });
            let calls: Vec<&Call> = calls.collect();
            assert_eq!(calls.len(), 1);
            assert_eq!(calls[0].checkpoint, checkpoint);
            assert_eq!(calls[0].function.name(), function.name());
            assert_eq!(
                calls[0].function.rule().is_some(),
                function.rule().is_some()
            );
        }
    }
}
