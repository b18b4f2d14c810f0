//! What can be wrong with a program, or with what it is run on.

use crate::scalar::Level;
use crate::tensor::Type;

/// What is wrong with a program, or with what it is run on.
///
/// ```
/// use cotangent::prelude::*;
/// use cotangent::program::{Call, Compare, Full, Function, Prim, Program, ProgramError, Rule, TextError, Value, jvp};
/// use cotangent::scalar::{Binary, Comparison, Interval, Modular, Semiring, Unary};
/// use cotangent::tensor::Dims;
/// use ProgramError as E;
/// let scalar = Dims::new(&[]);
///
/// // Of a program.
/// let mut program = Program::new(&[Dims::new(&[1]), Dims::new(&[1, 3])]);
/// let error = program.push(Binary::Add, &[0, 1]).unwrap_err();
/// assert!(matches!(error, ProgramError::Arguments { .. }));
/// assert_eq!(error.to_string(), "`add` cannot take [1] and [1, 3]: expected two values of scalars of the same dims");
/// assert_eq!(program.push(Unary::Neg, &[7]), Err(E::NoValue { size: 2, id: 7 }));
/// assert!(matches!(jvp(&program, &[true]), Err(E::Flags { what: "inputs", expected: 2, got: 1 })));
/// // Of a run of one primitive.
/// fn run<A: Semiring>(prim: impl Into<Prim>, inputs: &[Dims], x: &[A]) -> Result<Vec<Value<A>>, E> {
///     let mut program = Program::new(inputs);
///     let y = program.push(prim, &Vec::from_iter(0..inputs.len()))?;
///     program.set_outputs(&[y])?;
///     program.run(&Vec::from_iter(x.iter().map(|x| AnyTensor::scalar(x.clone()).into())))
/// }
/// let one = [scalar.clone()];
/// let two = [scalar.clone(), scalar.clone()];
/// assert_eq!(run::<f64>(Unary::Exp, &one, &[]), Err(E::InputCount { expected: 1, got: 0 }));
/// assert!(matches!(run(Unary::Exp, &[Dims::new(&[3])], &[1.0]), Err(E::InputType { input: 0, .. })));
/// assert!(matches!(run(Unary::Exp, &one, &[Modular::from(1u64)]), Err(E::Scalar { .. })));
/// assert!(matches!(run(Unary::Recip, &one, &[Modular::from(0u64)]), Err(E::Division { element: 0, .. })));
/// let wide = Interval::new(0.0, 2.0).unwrap();
/// let error = run(Compare(Comparison::Less), &two, &[wide, Interval::from(1.0)]);
/// assert!(matches!(error, Err(E::Undecided { element: 0, .. })));
/// let undefined = E::Undefined { prim: "sin".into() }; // where a scalar of yours says nothing of it
/// assert_eq!(undefined.to_string(), "`sin` is undefined over this scalar");
/// let huge = Full(Dims::new(&[1 << 46]), 0.into());
/// assert!(matches!(run::<f64>(huge, &[], &[]), Err(E::Memory { .. })));
/// // Of a function, whose rule has no inputs; and of a text.
/// let mut body = Program::new(&one);
/// body.set_outputs(&[0])?;
/// let rule = Rule { jvp: Program::default(), vjp: Program::default() };
/// let function = Function::new("f", body, Some(rule));
/// let error = run::<f64>(Call { function, checkpoint: false }, &one, &[]).unwrap_err();
/// assert!(matches!(error, E::Rule { rule: "jvp", .. }));
/// assert_eq!(error.to_string(), "the jvp of the function `f` is () -> (): expected ([], [], []) -> ([])");
/// let text = "cotangent program 1\n%0: []\n%1 [] = neg %0\n%2: []\nreturn %1\n";
/// assert!(matches!(text.parse::<Program>(), Err(TextError::Program { line: 4, error: E::LateInput })));
/// # Ok::<(), ProgramError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProgramError {
    /// A primitive cannot take arguments of these types.
    #[error("`{prim}` cannot take {got}: expected {expected}")]
    Arguments {
        /// The primitive.
        prim: String,
        /// What it takes.
        expected: String,
        /// The types of the arguments.
        got: String,
    },
    /// An argument or output that does not exist.
    #[error("the program has {size} values, there is no value {id}")]
    NoValue {
        /// The number of values so far.
        size: usize,
        /// The id asked for.
        id: usize,
    },
    /// An input after the first instruction, in a program that is built in order.
    #[error("the program has instructions already, so it takes no further input")]
    LateInput,
    /// A run or a call with the wrong number of inputs.
    #[error("the program takes {expected} inputs, got {got}")]
    InputCount {
        /// The number of inputs of the program.
        expected: usize,
        /// The number given.
        got: usize,
    },
    /// A run or a call with an input of another type.
    #[error("input {} of the program is {expected}, got {got}", named(*.input, .name))]
    InputType {
        /// Which input.
        input: usize,
        /// Its name; empty if it has none.
        name: String,
        /// Its type in the program.
        expected: Box<Type>,
        /// The type given.
        got: Box<Type>,
    },
    /// A list of flags for the inputs or outputs of a program that is not as long as they are.
    #[error("expected a flag for each of {expected} {what}, got {got}")]
    Flags {
        /// Inputs or outputs.
        what: &'static str,
        /// How many there are.
        expected: usize,
        /// How many flags.
        got: usize,
    },
    /// A scalar too low in the algebra tower.
    #[error("`{prim}` needs a {needs:?} scalar, got a {got:?} scalar")]
    Scalar {
        /// The primitive.
        prim: String,
        /// What it needs.
        needs: Level,
        /// What the scalar is.
        got: Level,
    },
    /// A function that is not defined over this scalar.
    #[error("`{prim}` is undefined over this scalar")]
    Undefined {
        /// The primitive.
        prim: String,
    },
    /// A division by an element that the scalar cannot divide by, such as an exact zero.
    #[error("`{prim}` cannot divide by {divisor}, which is element {element} of the divisor")]
    Division {
        /// The primitive.
        prim: String,
        /// Which element, in row-major order.
        element: usize,
        /// The element.
        divisor: String,
    },
    /// A comparison that the scalar cannot decide, such as that of two intervals that overlap.
    #[error("`{prim}` cannot decide at element {element}")]
    Undecided {
        /// The primitive.
        prim: String,
        /// Which element of the result, in row-major order.
        element: usize,
    },
    /// A value for which there is no memory.
    #[error("there is no memory for the {bytes} bytes of `{prim}`")]
    Memory {
        /// The primitive.
        prim: String,
        /// How many bytes.
        bytes: u64,
    },
    /// A rule of a function that does not take or give what the function does.
    #[error("the {rule} of the function `{function}` is {got}: expected {expected}")]
    Rule {
        /// The function.
        function: String,
        /// JVP or VJP.
        rule: &'static str,
        /// The types it should have.
        expected: String,
        /// The types it has.
        got: String,
    },
}

fn named(input: usize, name: &str) -> String {
    match name {
        "" => input.to_string(),
        name => format!("{input} (`{name}`)"),
    }
}
