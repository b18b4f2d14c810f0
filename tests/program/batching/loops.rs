//! Loops: inputs and outputs stacked and listed, both directions, and every choice of what has the new axis.

use super::{Case, alone, indices, keys, program, scalars};
use cotangent::program::{
    Binary, Call, FoldIn, FoldInIndex, Full, Function, Gather, Iota, Literal, Mask, OneHot, Prim,
    Program, Scan, Steps, Type, Unary,
};
use cotangent::tensor::Dims;
use std::sync::Arc;

const S: Steps = Steps::Stacked;
const L: Steps = Steps::Listed;

/// A loop over a body with so many constants and carried values; the rest is of the steps.
fn scan(
    body: Program,
    constants: usize,
    carried: usize,
    inputs: &[Steps],
    outputs: &[Steps],
    length: usize,
) -> Scan {
    let body = Function::new("body", body, None);
    let (inputs, outputs) = (inputs.into(), outputs.into());
    Scan {
        body,
        length,
        constants,
        carried,
        inputs,
        outputs,
        reverse: false,
    }
}

/// The types of the arguments of a loop.
fn arguments(scan: &Scan) -> Vec<Type> {
    let types = scan.body.body().input_types();
    let first = scan.constants + scan.carried;
    let mut all = types[..first].to_vec();
    for (ty, steps) in types[first..].iter().zip(&scan.inputs) {
        match steps {
            Steps::Stacked => {
                let dims = [&[scan.length], &ty.dims()[..]].concat();
                all.push(ty.with_dims(Dims::new(&dims)));
            }
            Steps::Listed => all.extend(vec![ty.clone(); scan.length]),
        }
    }
    all
}

/// In both directions.
fn both(about: &str, scan: &Scan) -> [Case; 2] {
    [false, true].map(|reverse| {
        let scan = Scan {
            reverse,
            ..scan.clone()
        };
        let about = format!("{about}, length {}, reverse {reverse}", scan.length);
        (about, alone(&arguments(&scan), scan))
    })
}

/// `h -> w h + x`, and `h x` for the step.
fn linear() -> Program {
    let x = scalars(&[2]);
    let instructions: [(Prim, &[usize]); 3] = [
        (Binary::Mul.into(), &[0, 1]),
        (Binary::Add.into(), &[3, 2]),
        (Binary::Mul.into(), &[1, 2]),
    ];
    program(&[x.clone(), x.clone(), x], &instructions, &[4, 5])
}

/// Two inputs for the steps, two outputs; one output is the same at each step, one is the constant.
fn several() -> Program {
    let x = scalars(&[2]);
    let instructions: [(Prim, &[usize]); 3] = [
        (Binary::Mul.into(), &[1, 2]),
        (Binary::Sub.into(), &[4, 3]),
        (Unary::Neg.into(), &[3]),
    ];
    program(
        &[x.clone(), x.clone(), x.clone(), x],
        &instructions,
        &[5, 6, 0],
    )
}

/// The carried value begins anew: at the input of the step, at a constant, or at a number.
fn resets() -> Vec<Case> {
    let x = scalars(&[2]);
    let two = [x.clone(), x.clone()];
    // h, x -> x, h
    let at_the_step = scan(program(&two, &[], &[1, 0]), 0, 1, &[S], &[S], 2);
    // c, h -> c, exp h
    let at_a_constant = program(&two, &[(Unary::Exp.into(), &[1])], &[0, 2]);
    let at_a_constant = scan(at_a_constant, 1, 1, &[], &[L], 2);
    // h -> 1/2, h
    let half = Full(Dims::new(&[2]), Literal::ratio(1, 2));
    let at_a_number = program(std::slice::from_ref(&x), &[(half.into(), &[])], &[1, 0]);
    let at_a_number = scan(at_a_number, 0, 1, &[], &[S], 3);
    // a, b, c, x -> b, c, x: the new axis needs three steps to reach the first.
    let shift = program(&[x.clone(), x.clone(), x.clone(), x], &[], &[1, 2, 3, 0]);
    let shift = scan(shift, 0, 3, &[S], &[S], 4);
    let all = [
        both("begins at the input of the step", &at_the_step),
        both("begins at a constant", &at_a_constant),
        both("begins at a number", &at_a_number),
        both("three carried values in a row", &shift),
    ];
    all.concat()
}

/// Carried indices and keys, stacked indices, a number of the step.
fn of_other_values() -> Vec<Case> {
    let gather: Prim = Gather { batch: 0, axis: 0 }.into();
    let mask: Prim = Mask {
        dims: Dims::new(&[2]),
        keep: 1 << 31,
    }
    .into();
    // table, h, i -> table[i] h, one_hot(i)
    let lookup: [(Prim, &[usize]); 3] = [
        (gather.clone(), &[0, 2]),
        (Binary::Mul.into(), &[1, 3]),
        (OneHot(3).into(), &[2]),
    ];
    let lookup = program(
        &[scalars(&[3]), scalars(&[]), indices(&[], 3)],
        &lookup,
        &[4, 5],
    );
    // key, h, n -> h mask(fold(key, n)): what a layer of dropout is.
    let dropout: [(Prim, &[usize]); 3] = [
        (FoldInIndex.into(), &[0, 2]),
        (mask.clone(), &[3]),
        (Binary::Mul.into(), &[1, 4]),
    ];
    let dropout = program(
        &[keys(&[]), scalars(&[2]), indices(&[], 3)],
        &dropout,
        &[5, 5],
    );
    // key, h -> fold(key), h mask(key)
    let folded: [(Prim, &[usize]); 3] = [
        (FoldIn(7).into(), &[0]),
        (mask, &[0]),
        (Binary::Mul.into(), &[1, 3]),
    ];
    let folded = program(&[keys(&[]), scalars(&[2])], &folded, &[2, 4, 0]);
    // next, i -> next[i], i: an index that is carried.
    let walk = program(
        &[indices(&[3], 3), indices(&[], 3)],
        &[(gather, &[0, 1])],
        &[2, 1],
    );
    let all = [
        both(
            "a table of constants, stacked indices",
            &scan(lookup.clone(), 1, 1, &[S], &[S], 3),
        ),
        both(
            "a table of constants, listed indices",
            &scan(lookup, 1, 1, &[L], &[L], 2),
        ),
        both(
            "a constant key, folded with the step",
            &scan(dropout, 1, 1, &[S], &[S], 3),
        ),
        both("a carried key", &scan(folded, 0, 2, &[], &[S], 3)),
        both("a carried index", &scan(walk, 1, 1, &[], &[L], 3)),
    ];
    all.concat()
}

/// A loop inside of a loop, and one inside of a call; the number of the step made inside of the program.
fn nested() -> Vec<Case> {
    let x = scalars(&[2]);
    let inner = scan(linear(), 1, 1, &[S], &[S], 2);
    let types = arguments(&inner);
    // w, h, xs -> h, stack
    let body: Arc<Function> = Function::new("inner", alone(&types, inner.clone()), None);
    let outer = Scan {
        body: Arc::clone(&body),
        inputs: [S].into(),
        outputs: [L].into(),
        length: 2,
        ..inner
    };
    let call = Call {
        function: body,
        checkpoint: true,
    };
    let numbers = Iota(Dims::new(&[3]), 0);
    // table, h, i -> h table[i]
    let picked: [(Prim, &[usize]); 2] = [
        (Gather { batch: 0, axis: 0 }.into(), &[0, 2]),
        (Binary::Mul.into(), &[1, 3]),
    ];
    let picked = program(
        &[scalars(&[3, 2]), x.clone(), indices(&[], 3)],
        &picked,
        &[4],
    );
    let picked = scan(picked, 1, 1, &[S], &[], 3);
    let counted: [(Prim, &[usize]); 2] = [(numbers.into(), &[]), (picked.into(), &[0, 1, 2])];
    let mut all = both("a loop in a loop", &outer).to_vec();
    all.push(("a loop in a checkpoint".to_owned(), alone(&types, call)));
    all.push((
        "numbered steps".to_owned(),
        program(&[scalars(&[3, 2]), x], &counted, &[]),
    ));
    all
}

/// The programs.
pub fn cases() -> Vec<Case> {
    let mut all = Vec::new();
    for steps in [S, L] {
        for (output, length) in [(S, 3), (L, 2), (S, 1), (S, 0)] {
            let about = format!("{steps:?} inputs, {output:?} outputs");
            all.extend(both(
                &about,
                &scan(linear(), 1, 1, &[steps], &[output], length),
            ));
        }
    }
    for (inputs, outputs) in [([S, L], [L, S]), ([L, S], [S, L])] {
        let about = format!("{inputs:?} and {outputs:?}");
        all.extend(both(&about, &scan(several(), 1, 1, &inputs, &outputs, 2)));
    }
    // No carried value, and no constant.
    let map = program(&[scalars(&[2])], &[(Unary::Exp.into(), &[0])], &[]);
    all.extend(both("a map", &scan(map, 0, 0, &[S], &[S], 2)));
    all.extend(resets());
    all.extend(of_other_values());
    all.extend(nested());
    all
}
