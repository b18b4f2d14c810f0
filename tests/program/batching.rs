//! Every primitive, over a batch: it computes what it computes for each sample, and so do its derivatives.

mod calls;
mod each;
mod keys;
mod loops;

use cotangent::program::{Prim, Program, ProgramError, Type};
use cotangent::prove::prove_batch_of;
use cotangent::tensor::Dims;
use std::collections::BTreeSet;

/// A program, and what it is about.
type Case = (String, Program);

/// Scalars of these dims.
fn scalars(dims: &[usize]) -> Type {
    Type::scalar(Dims::new(dims))
}

/// Indices of these dims.
fn indices(dims: &[usize], below: usize) -> Type {
    let dims = Dims::new(dims);
    Type::Index { dims, below }
}

/// Keys of these dims.
fn keys(dims: &[usize]) -> Type {
    Type::Key(Dims::new(dims))
}

/// The program of some instructions, each with its arguments by id. The outputs are the results of the last instruction, but
/// for `outputs`.
#[track_caller]
fn program(inputs: &[Type], instructions: &[(Prim, &[usize])], outputs: &[usize]) -> Program {
    let write = || -> Result<Program, ProgramError> {
        let mut program = Program::new(inputs);
        let mut last = 0..inputs.len();
        for (prim, arguments) in instructions {
            let first = program.push(prim.clone(), arguments)?;
            last = first..program.size();
        }
        match outputs {
            [] => program.set_outputs(&last.collect::<Vec<_>>())?,
            outputs => program.set_outputs(outputs)?,
        }
        Ok(program)
    };
    write().unwrap_or_else(|error| panic!("{error}"))
}

/// A primitive alone, at all inputs.
#[track_caller]
fn alone(inputs: &[Type], prim: impl Into<Prim>) -> Program {
    let prim = prim.into();
    let ids: Vec<usize> = (0..inputs.len()).collect();
    program(inputs, &[(prim, &ids)], &[])
}

/// All programs of this test.
fn cases() -> Vec<Case> {
    [each::cases(), calls::cases(), loops::cases(), keys::cases()].concat()
}

/// Lists the primitives, once: a new one does not compile here until it is in the list, and then there is no program with
/// it until one is written.
macro_rules! primitives {
    ($($Name:ident)*) => {
        pub const PRIMITIVES: &[&str] = &[$(stringify!($Name)),*];
        pub fn name(prim: &Prim) -> &'static str {
            match prim {
                $(Prim::$Name(_) => stringify!($Name),)*
            }
        }
    };
}

primitives! {
    Unary Binary Scale Offset Full Constant Select Cast Compare
    Contract
    Reduce CumSum ArgMax ArgMin TopK
    Reshape Permute Broadcast Concat Slice Pad
    Unfold Fold
    Gather ScatterAdd OneHot Iota ToScalar
    FoldIn FoldInIndex Mask Uniform
    Call Scan
}

/// The primitives of a program, not of those inside.
fn primitives_of(program: &Program) -> impl Iterator<Item = &'static str> {
    program.instructions().iter().map(|i| name(&i.prim))
}

#[test]
fn every_primitive_has_a_case() {
    let cases = cases();
    let found: BTreeSet<&str> = cases
        .iter()
        .flat_map(|(_, program)| primitives_of(program))
        .collect();
    let missing: Vec<_> = PRIMITIVES
        .iter()
        .filter(|name| !found.contains(**name))
        .collect();
    assert!(missing.is_empty(), "no program with {missing:?}");
}

/// For every choice of the inputs with the new axis, over 3 samples, 1 and 0, with tangents and cotangents.
fn hold(cases: Vec<Case>) {
    let mut wrong = Vec::new();
    let mut identities = 0;
    for (about, program) in &cases {
        match prove_batch_of(program) {
            Ok(proof) => identities += proof.identities,
            Err(counterexample) => wrong.push(format!("{about}: {counterexample}")),
        }
    }
    println!("{} programs, {identities} identities", cases.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn of_each_primitive() {
    hold(each::cases());
}

#[test]
fn of_calls() {
    hold(calls::cases());
}

#[test]
fn of_loops() {
    hold(loops::cases());
}

#[test]
fn of_keys() {
    hold(keys::cases());
}
