//! What is wrong with a program, its run or its text: which error, and in which words.

use cotangent::prelude::*;
use cotangent::program::{
    Binary, Call, Compare, Full, Function, Prim, Program, ProgramError, Rule, TextError, Unary,
    Value, jvp,
};
use cotangent::scalar::{Comparison, Interval, Modular};
use cotangent::tensor::Dims;

fn scalars(count: usize) -> Vec<Dims> {
    vec![Dims::default(); count]
}

/// The error of one primitive, on these scalars.
fn refused<A: Semiring>(prim: impl Into<Prim>, inputs: &[Dims], x: &[A]) -> ProgramError {
    let run = || {
        let mut program = Program::new(inputs);
        let y = program.push(prim, &Vec::from_iter(0..inputs.len()))?;
        program.set_outputs(&[y])?;
        let values = x.iter().map(|x| Value::from(AnyTensor::scalar(x.clone())));
        program.run(&Vec::from_iter(values))
    };
    run().expect_err("a run that is refused")
}

#[test]
fn of_a_program() {
    let mut program = Program::new(&[Dims::new(&[1]), Dims::new(&[1, 3])]);
    let error = program.push(Binary::Add, &[0, 1]).unwrap_err();
    assert!(matches!(error, ProgramError::Arguments { .. }));
    assert_eq!(
        error.to_string(),
        "`add` cannot take [1] and [1, 3]: expected two values of scalars of the same dims"
    );
    let error = program.push(Unary::Neg, &[7]);
    assert_eq!(error, Err(ProgramError::NoValue { size: 2, id: 7 }));
    let error = jvp(&program, &[true]).map(|_| ());
    let (what, expected, got) = ("inputs", 2, 1);
    let flags = ProgramError::Flags {
        what,
        expected,
        got,
    };
    assert_eq!(error, Err(flags));
}

#[test]
fn of_a_run() {
    let count = refused::<f64>(Unary::Exp, &scalars(1), &[]);
    let (expected, got) = (1, 0);
    assert_eq!(count, ProgramError::InputCount { expected, got });
    let ty = refused(Unary::Exp, &[Dims::new(&[3])], &[1.0]);
    assert!(matches!(ty, ProgramError::InputType { input: 0, .. }));
    let level = refused(Unary::Exp, &scalars(1), &[Modular::from(1u64)]);
    assert!(matches!(level, ProgramError::Scalar { .. }));
    let division = refused(Unary::Recip, &scalars(1), &[Modular::from(0u64)]);
    assert!(matches!(
        division,
        ProgramError::Division { element: 0, .. }
    ));
    let wide = Interval::new(0.0, 2.0).expect("in order");
    let undecided = refused(
        Compare(Comparison::Less),
        &scalars(2),
        &[wide, Interval::from(1.0)],
    );
    assert!(matches!(
        undecided,
        ProgramError::Undecided { element: 0, .. }
    ));
    let huge = Full(Dims::new(&[1 << 46]), 0.into());
    let memory = refused::<f64>(huge, &[], &[]);
    assert!(matches!(memory, ProgramError::Memory { .. }));
    let undefined = ProgramError::Undefined { prim: "sin".into() };
    assert_eq!(undefined.to_string(), "`sin` is undefined over this scalar");
}

/// A rule has the inputs that its function gives it.
#[test]
fn of_a_rule() -> Result<(), ProgramError> {
    let mut body = Program::new(&scalars(1));
    body.set_outputs(&[0])?;
    let rule = Rule {
        jvp: Program::default(),
        vjp: Program::default(),
    };
    let call = Call {
        function: Function::new("f", body, Some(rule)),
        checkpoint: false,
    };
    assert_eq!(
        refused::<f64>(call, &scalars(1), &[]).to_string(),
        "the jvp of the function `f` is () -> (): expected ([], [], []) -> ([])"
    );
    Ok(())
}

#[test]
fn of_a_text() {
    let error = |lines: &str| format!("cotangent program 1\n{lines}").parse::<Program>();
    let syntax = error("%0: [2]\n%1 [2] = spin %0\nreturn %1\n").unwrap_err();
    assert_eq!(
        syntax.to_string(),
        "line 3: expected a primitive, got `spin`"
    );
    let unknown = error("%0: [2]\n%1 [2] = exp %7\nreturn %1\n");
    assert!(matches!(unknown, Err(TextError::Program { line: 3, .. })));
    let late = error("%0: []\n%1 [] = neg %0\n%2: []\nreturn %1\n").unwrap_err();
    let (line, error) = (4, ProgramError::LateInput);
    assert_eq!(late, TextError::Program { line, error });
}

/// Of a graph with a node that was made from closures.
#[test]
fn of_a_graph_without_a_program() {
    let same = NodeData::<f64, (), context![[]], ()>::from_closures(
        "same",
        |x, ()| x.get::<0>().clone(),
        |_, dx, ()| dx.get::<0>().clone(),
        |_, (), dy| tlist![dy.clone()],
    );
    let g = GraphData::<_, _, context![[]], _>::nil().snoc(same);
    assert_eq!(g.program().unwrap_err().node, "same");
}

/// A mutant says what is wrong with it.
#[test]
fn of_a_mutant() -> Result<(), ProgramError> {
    let mut sum = Program::new(&scalars(2));
    let z = sum.push(Binary::Add, &[0, 1])?;
    sum.set_outputs(&[z])?;
    let mutant = sum.mutants().swap_remove(0);
    assert_eq!(mutant.mistake, "sign of %2 `add`: `sub`");
    assert_ne!(mutant.program, sum);
    Ok(())
}
