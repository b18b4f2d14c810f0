//! What can be wrong with a program, or with what it is run on.

use crate::scalar::Level;
use crate::tensor::Type;

/// What is wrong with a program, or with what it is run on.
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
