//! That no two draws of a graph are one.

use super::batch_cases::draw;
use crate::counterexample::Counterexample;
use crate::graph::GraphData;
use crate::program::{Fault, Instruction, Interpreter, Prim, Program, ProgramError};
use crate::run::run_instruction;
use crate::tensor::{Key, Value};
use core::cell::RefCell;
use fastrand::Rng;
use std::collections::HashMap;

const LAW: &str = "draws_are_apart";

/// No two draws of a graph are of one key: two ops, two calls of one graph and two steps of a loop draw for themselves, also
/// where they are given one key. It is run once, with random inputs and keys, and each mask, and each use of random numbers, tells its keys.
///
/// Returns how many keys that were; 0 of a graph that draws nothing.
///
/// # Errors
/// The first draw of a key that another draw has; a graph with closures, or one that does not run.
///
/// ```
/// use cotangent::prelude::*;
/// graph! {
///     fn noisy(x: [2]; key) -> [2] { dropout(x, key, { 0.5 }) + dropout(x, key, { 0.5 }) }
///     fn twice(x: [2]; key) -> [2] { noisy(x, key) + noisy(x, key) }
/// }
/// assert_eq!(cotangent::prove::draws_are_apart(&twice::<f64>())?, 4);
/// # Ok::<(), Counterexample>(())
/// ```
pub fn draws_are_apart<A, D, G, Ss>(
    graph: &GraphData<A, D, G, Ss>,
) -> Result<usize, Counterexample> {
    graph.program().map_err(|error| {
        Counterexample::new(LAW, graph.nodes.graph_id.name(), "a program", error)
    })?;
    // As it was built: where two draws are one, a pass makes them one.
    draws_are_apart_of(graph.nodes.program())
}

/// [`draws_are_apart`] of a program.
///
/// # Errors
/// As [`draws_are_apart`].
///
/// ```
/// use cotangent::program::Program;
/// let two = |key: &str| -> Result<Program, _> {
///     let lines = "%0: key []\n%1 key [] = fold_in(1) %0\n%2 [4] = mask([4], 2147483648) %1";
///     format!("cotangent program 1\n{lines}\n%3 [3] = mask([3], 9) {key}\nreturn %2 %3\n").parse()
/// };
/// assert_eq!(cotangent::prove::draws_are_apart_of(&two("%0")?)?, 2);
/// let found = cotangent::prove::draws_are_apart_of(&two("%1")?).unwrap_err();
/// assert_eq!((found.place.as_str(), found.got.as_str()), ("draw 1, mask([3], 9)", "that of draw 0, mask([4], 2147483648)"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn draws_are_apart_of(program: &Program) -> Result<usize, Counterexample> {
    let failed = |error| Counterexample::new(LAW, "the program", "a run", error);
    let inputs = draw::<f64>(program.input_types(), &mut Rng::with_seed(0xd4a5));
    let Some(inputs) = inputs else {
        let got = "none: there is a label, and it has no class";
        return Err(Counterexample::new(
            LAW,
            "the program",
            "an environment",
            got,
        ));
    };
    let drawing = Drawing::default();
    drawing.run(program, inputs).map_err(failed)?;
    let draws = drawing.draws.into_inner();
    let mut first: HashMap<Key, usize> = HashMap::with_capacity(draws.len());
    for (number, (key, prim)) in draws.iter().enumerate() {
        if let Some(&before) = first.get(key) {
            let place = format!("draw {number}, {prim}");
            let got = format!("that of draw {before}, {}", draws[before].1);
            return Err(Counterexample::new(LAW, place, "a key of its own", got));
        }
        first.insert(*key, number);
    }
    Ok(draws.len())
}

/// An interpreter that writes down what draws, and the keys.
#[derive(Default)]
struct Drawing {
    draws: RefCell<Vec<(Key, String)>>,
}

impl Drawing {
    fn instruction(
        &self,
        instruction: &Instruction,
        arguments: &[Value<f64>],
    ) -> Result<Vec<Value<f64>>, ProgramError> {
        match &instruction.prim {
            Prim::Call(_) | Prim::Scan(_) => {
                let arguments: Vec<_> = arguments.iter().collect();
                let ran = instruction.prim.run(&arguments, &instruction.results, self);
                ran.map_err(|fault| match fault {
                    Fault::Inside(error) => error,
                    Fault::Level
                    | Fault::Undefined
                    | Fault::Division { .. }
                    | Fault::Undecided { .. } => ProgramError::Undefined {
                        prim: instruction.prim.to_string(),
                    },
                })
            }
            prim => {
                if let (Prim::Mask(_) | Prim::Uniform(_), [Value::Key(keys)]) = (prim, arguments) {
                    let all = keys.as_slice().iter().map(|key| (*key, prim.to_string()));
                    self.draws.borrow_mut().extend(all);
                }
                run_instruction(instruction, arguments)
            }
        }
    }
}

impl Interpreter<f64> for Drawing {
    fn run(
        &self,
        program: &Program,
        inputs: Vec<Value<f64>>,
    ) -> Result<Vec<Value<f64>>, ProgramError> {
        let mut values = inputs;
        for instruction in program.instructions() {
            let arguments = instruction.arguments.iter();
            let arguments: Vec<_> = arguments.map(|&id| values[id].clone()).collect();
            values.extend(self.instruction(instruction, &arguments)?);
        }
        let outputs = program.outputs().iter();
        Ok(outputs.map(|&id| values[id].clone()).collect())
    }
}
