//! How high the degree of the values of a program can be, as polynomials in its inputs.
//!
//! A check at random points of a prime field misses a wrong identity with a probability of at most its degree over
//! the prime. Functions such as exp are random oracles there: each result is a variable of its own.

use super::primitive::{Degrees, Site};
use super::syntax::Program;
use super::{Degree, ProgramError};

impl Program {
    /// A bound on the degree of each value, by id, from those of the inputs.
    ///
    /// ```
    /// use cotangent::program::{Degree, Program};
    /// use cotangent::scalar::Binary;
    /// use cotangent::tensor::Dims;
    /// let mut program = Program::new(&[Dims::new(&[2])]);
    /// let square = program.push(Binary::Mul, &[0, 0])?;
    /// assert_eq!(program.degrees(&[Degree::VARIABLE])?[square], Degree { over: 2.0, under: 0.0 });
    /// assert!(program.degrees(&[]).is_err()); // it has an input
    /// # Ok::<(), cotangent::program::ProgramError>(())
    /// ```
    ///
    /// # Errors
    /// [`ProgramError::InputCount`].
    pub fn degrees(&self, inputs: &[Degree]) -> Result<Vec<Degree>, ProgramError> {
        match inputs.len() == self.inputs.len() {
            true => Ok(self.all_degrees(inputs).results),
            false => Err(ProgramError::InputCount {
                expected: self.inputs.len(),
                got: inputs.len(),
            }),
        }
    }

    /// Bounds for the outputs, how many results of random oracles there are, and the worst degree of any value: those
    /// inside of calls and loops, too. There is one degree for each input.
    pub(crate) fn output_degrees(&self, inputs: &[Degree]) -> Degrees {
        let all = self.all_degrees(inputs);
        let outputs = self.outputs.iter().map(|&id| all.results[id]);
        Degrees {
            results: outputs.collect(),
            ..all
        }
    }

    /// The same for every value.
    fn all_degrees(&self, inputs: &[Degree]) -> Degrees {
        let mut all = Degrees {
            results: inputs.to_vec(),
            calls: 0,
            worst: worst_of(Degree::CONSTANT, inputs),
        };
        for instruction in &self.instructions {
            let arguments = instruction.arguments.iter();
            let x: Vec<_> = arguments.map(|&id| all.results[id]).collect();
            let site = Site {
                x: &self.argument_types(instruction),
                y: &instruction.results,
            };
            let degrees = instruction.prim.degrees(&x, &site);
            all.calls = all.calls.saturating_add(degrees.calls);
            all.worst = worst_of(all.worst.either(degrees.worst), &degrees.results);
            all.results.extend(degrees.results);
        }
        all
    }
}

/// The worst of some degrees.
fn worst_of(start: Degree, all: &[Degree]) -> Degree {
    all.iter().copied().fold(start, Degree::either)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::program::{Call, Function, Reduce, Reduction};
    use crate::scalar::{Binary, Unary};
    use crate::tensor::Dims;

    /// The sum of `exp(x) / x` over 3 elements, as a function.
    fn sum() -> Program {
        let mut program = Program::new(&[Dims::new(&[3])]);
        let e = program.push(Unary::Exp, &[0]).unwrap();
        let q = program.push(Binary::Div, &[e, 0]).unwrap();
        let s = program.push(Reduce(Reduction::Sum, vec![0]), &[q]).unwrap();
        program.set_outputs(&[s]).unwrap();
        program
    }

    #[test]
    fn of_every_value() {
        let degrees = sum().degrees(&[Degree::VARIABLE]).unwrap();
        let of = |over, under| Degree { over, under };
        assert_eq!(
            degrees,
            [of(1.0, 0.0), of(1.0, 0.0), of(1.0, 1.0), of(3.0, 3.0)]
        );
        let expected = ProgramError::InputCount {
            expected: 1,
            got: 0,
        };
        assert_eq!(sum().degrees(&[]), Err(expected));
    }

    #[test]
    fn inside_of_a_call() {
        let mut program = Program::new(&[Dims::new(&[3])]);
        let function = Function::new("sum", sum(), None);
        let call = Call {
            function,
            checkpoint: false,
        };
        let s = program.push(call, &[0]).unwrap();
        program.set_outputs(&[s]).unwrap();
        let degrees = program.output_degrees(&[Degree::VARIABLE]);
        assert_eq!(
            degrees.results,
            [Degree {
                over: 3.0,
                under: 3.0
            }]
        );
        assert_eq!(degrees.calls, 3);
        assert_eq!(
            degrees.worst,
            Degree {
                over: 3.0,
                under: 3.0
            }
        );
    }
}
