//! Programs rewritten: by hand where a pass is to be wrong, and the pullback as one program.

use cotangent::program::{Call, Function, Instruction, Prim, Program, Scan, Type, Vjp, vjp};
use std::sync::Arc;

/// Writes the instructions of a program again, each as `f` says: the ids of its results, from the program so far and its
/// arguments there.
pub fn rewritten(
    program: &Program,
    mut f: impl FnMut(&mut Program, &Instruction, &[usize]) -> Vec<usize>,
) -> Program {
    let mut out = Program::new(program.inputs());
    let mut here: Vec<usize> = (0..program.inputs().len()).collect();
    for instruction in program.instructions() {
        let arguments: Vec<usize> = instruction.arguments.iter().map(|&id| here[id]).collect();
        here.extend(f(&mut out, instruction, &arguments));
    }
    let outputs: Vec<usize> = program.outputs().iter().map(|&id| here[id]).collect();
    out.set_outputs(&outputs).expect("values that it has");
    out
}

/// An instruction as it is, of another primitive.
pub fn push(out: &mut Program, prim: impl Into<Prim>, arguments: &[usize]) -> Vec<usize> {
    let first = out.push(prim, arguments).expect("arguments that it takes");
    (first..out.size()).collect()
}

/// The program with the body of each call and each loop rewritten.
fn inside(prim: &Prim, f: &dyn Fn(&Program) -> Program) -> Prim {
    let again = |function: &Arc<Function>| {
        Function::new(
            function.name(),
            f(function.body()),
            function.rule().cloned(),
        )
    };
    match prim {
        Prim::Call(call) => Prim::Call(Call {
            function: again(&call.function),
            ..call.clone()
        }),
        Prim::Scan(scan) => Prim::Scan(Scan {
            body: again(&scan.body),
            ..scan.clone()
        }),
        other => other.clone(),
    }
}

/// All calls, to any depth, as checkpoints or not.
pub fn with_checkpoints(program: &Program, checkpoint: bool) -> Program {
    rewritten(program, |out, instruction, x| {
        let mut prim = inside(&instruction.prim, &|body| {
            with_checkpoints(body, checkpoint)
        });
        if let Prim::Call(call) = &mut prim {
            call.checkpoint = checkpoint;
        }
        push(out, prim, x)
    })
}

/// Writes a program at some arguments.
pub fn write(out: &mut Program, program: &Program, arguments: &[usize]) -> Vec<usize> {
    let mut here = arguments.to_vec();
    for instruction in program.instructions() {
        let x: Vec<usize> = instruction.arguments.iter().map(|&id| here[id]).collect();
        here.extend(push(out, instruction.prim.clone(), &x));
    }
    program.outputs().iter().map(|&id| here[id]).collect()
}

/// Values and cotangents of all inputs made of scalars: one program of the inputs and of the cotangents of all outputs made
/// of scalars.
pub fn pullback(program: &Program) -> Program {
    let scalar = |types: &[Type]| -> Vec<bool> { types.iter().map(Type::is_scalar).collect() };
    let given = scalar(&program.output_types());
    let Vjp { forward, backward } =
        vjp(program, &scalar(program.input_types()), &given).expect("flags for each");
    let outputs = program.output_types();
    let seeds = outputs.iter().filter(|ty| ty.is_scalar()).cloned();
    let all: Vec<Type> = program.input_types().iter().cloned().chain(seeds).collect();
    let mut out = Program::new(&all);
    let n = program.inputs().len();
    let x: Vec<usize> = (0..n).collect();
    let y = write(&mut out, &forward, &x);
    let (values, residuals) = y.split_at(outputs.len());
    let seeds: Vec<usize> = (n..all.len()).collect();
    let cotangents = write(&mut out, &backward, &[residuals, &seeds].concat());
    out.set_outputs(&[values, &cotangents].concat())
        .expect("values that it has");
    out
}
