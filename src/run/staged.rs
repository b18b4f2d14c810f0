//! A program that is run many times at inputs that differ in part: what the others decide is run once.

use super::reference::{rounded, run_instruction};
use crate::program::{Prim, Program, ProgramError};
use crate::scalar::Semiring;
use crate::tensor::Value;

/// A program, with those of its values that are the same in each run.
pub(crate) struct Staged<'p, A> {
    program: &'p Program,
    /// By id; none of those that differ.
    values: Vec<Option<Value<A>>>,
}

impl<'p, A: Semiring> Staged<'p, A> {
    /// Of inputs that are the same in each run, and others. `differs` says of which primitives the results may differ though
    /// the arguments do not.
    ///
    /// # Errors
    /// As [`Program::run`].
    pub(crate) fn new(
        program: &'p Program,
        inputs: Vec<Option<Value<A>>>,
        differs: impl Fn(&Prim) -> bool,
    ) -> Result<Self, ProgramError> {
        let types = program.input_types();
        let inputs = inputs.into_iter().zip(types);
        let mut values: Vec<Option<Value<A>>> = inputs
            .map(|(value, ty)| value.map(|value| rounded(value, ty)))
            .collect();
        for (_, instruction) in program.numbered() {
            let arguments = instruction.arguments.iter().map(|&id| values[id].clone());
            let arguments: Option<Vec<Value<A>>> = arguments.collect();
            match arguments.filter(|_| !differs(&instruction.prim)) {
                Some(arguments) => {
                    let results = run_instruction(instruction, &arguments)?;
                    values.extend(results.into_iter().map(Some));
                }
                None => values.extend(instruction.results.iter().map(|_| None)),
            }
        }
        Ok(Staged { program, values })
    }

    /// The outputs at inputs: of those that are the same in each run, nothing is read.
    ///
    /// # Errors
    /// As [`Program::run`].
    pub(crate) fn run(&self, inputs: Vec<Value<A>>) -> Result<Vec<Value<A>>, ProgramError> {
        let mut values = self.values.clone();
        let types = self.program.input_types();
        let (expected, got) = (types.len(), inputs.len());
        if expected != got {
            return Err(ProgramError::InputCount { expected, got });
        }
        for ((value, ty), input) in values.iter_mut().zip(types).zip(inputs) {
            if value.is_none() {
                *value = Some(rounded(input, ty));
            }
        }
        for (first, instruction) in self.program.numbered() {
            let is_there = |result: usize| values[first + result].is_some();
            if (0..instruction.results.len()).all(is_there) {
                continue;
            }
            // Each is an input, or a result from before.
            let arguments = instruction.arguments.iter();
            let arguments = arguments.filter_map(|&id| values[id].clone());
            let results = run_instruction(instruction, &arguments.collect::<Vec<_>>())?;
            for (value, result) in values[first..].iter_mut().zip(results) {
                *value = Some(result);
            }
        }
        let outputs = self.program.outputs().iter();
        Ok(outputs.filter_map(|&id| values[id].clone()).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::Staged;
    use crate::program::{ArgMax, Prim, Program, ProgramError};
    use crate::tensor::{AnyTensor, Dims, Indices, Value};

    fn x(elements: &[f64]) -> Value<f64> {
        AnyTensor::from_parts(Dims::new(&[elements.len()]), elements.to_vec()).into()
    }

    /// With each choice of the inputs that are the same, what the program gives.
    #[test]
    fn is_the_program() -> Result<(), Box<dyn core::error::Error>> {
        let text = "cotangent program 1\n%0: [3]\n%1: [1] < 3\n%2: [1]\n%3 [3] = exp %0\n%4 [1] = gather(0, 0) %3 %1
%5 [1] = mul %4 %2\n%6 [] < 3 = argmax(0) %3\n%7 [3] = add %3 %0\nreturn %5 %6 %7 %3 %0\n";
        let program: Program = text.parse()?;
        let label = Indices::new(&[1], 3, vec![2]).ok_or("a label below 3")?;
        let inputs = [x(&[1.0, 3.0, 2.0]), Value::Index(label), x(&[0.1])];
        let expected = program.run(&inputs)?;
        for same in 0..8 {
            for places in [false, true] {
                let is_same = |i: usize| same >> i & 1 == 1;
                let given = inputs.iter().enumerate();
                let given = given.map(|(i, x)| is_same(i).then(|| x.clone()));
                let differs = |prim: &Prim| places && matches!(prim, Prim::ArgMax(ArgMax(_)));
                let staged = Staged::new(&program, given.collect(), differs)?;
                // Those that are the same are not read again.
                let given = inputs.iter().enumerate();
                let given = given.map(|(i, input)| match (is_same(i), i) {
                    (true, 0) => x(&[9.0, 9.0, 9.0]),
                    _ => input.clone(),
                });
                let given: Vec<Value<f64>> = given.collect();
                assert_eq!(staged.run(given.clone())?, expected);
                assert_eq!(staged.run(given)?, expected);
                let error = staged.run(inputs[..2].to_vec()).unwrap_err();
                assert!(matches!(
                    error,
                    ProgramError::InputCount {
                        expected: 3,
                        got: 2
                    }
                ));
            }
        }
        Ok(())
    }
}
