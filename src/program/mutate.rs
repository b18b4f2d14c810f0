//! Mutants: programs with one mistake that people make.

use super::primitive::Site;
use super::syntax::{Instruction, Prim, Program};
use crate::scalar::{Binary, Literal, Unary};

/// A program with one mistake.
#[derive(Clone, Debug)]
pub struct Mutant {
    /// The mistake, in words.
    pub mistake: String,
    /// The program that has it.
    pub program: Program,
}

impl Program {
    /// Every mutant: a sign, an index, a transposition, a missing factor, a wrong parent, at every place. All of them
    /// are well-formed and have outputs of the same types. A few may compute the same as the original. Those of a call
    /// or a loop are the calls and loops of the mutants of its function.
    ///
    /// ```
    /// use cotangent::program::Program;
    /// use cotangent::scalar::Binary;
    /// use cotangent::tensor::Dims;
    /// let mut program = Program::new(&[Dims::new(&[2]), Dims::new(&[2])]);
    /// let product = program.push(Binary::Mul, &[0, 1])?;
    /// program.set_outputs(&[product])?;
    /// let mistakes: Vec<_> = program.mutants().into_iter().map(|mutant| mutant.mistake).collect();
    /// assert!(mistakes.contains(&"sign of %2 `mul`".to_owned()));
    /// assert!(mistakes.contains(&"missing factor %1 of %2 `mul`".to_owned()));
    /// # Ok::<(), cotangent::program::ProgramError>(())
    /// ```
    pub fn mutants(&self) -> Vec<Mutant> {
        let mut all = Vec::new();
        for at in 0..self.instructions.len() {
            self.push_mutants(at, &mut all);
        }
        all.extend(self.with_other_outputs());
        all
    }

    /// The mutants of one instruction.
    fn push_mutants(&self, at: usize, all: &mut Vec<Mutant>) {
        let instruction = &self.instructions[at];
        let first = self.first[at];
        let named = |id: usize| format!("%{id} `{}`", instruction.prim);
        // A change that is not well-formed is not a mutant: a program would have refused it.
        let mut add = |mistake: String, change: Mistake| {
            if let Some(program) = self.with(at, &change) {
                all.push(Mutant { mistake, program });
            }
        };
        let other = |prim: Prim, arguments: &[usize]| {
            let arguments = arguments.into();
            Mistake::Replaced(Instruction {
                prim,
                arguments,
                ..instruction.clone()
            })
        };
        let site = Site {
            x: &self.argument_types(instruction),
            y: &instruction.results,
        };
        for (mistake, prim) in instruction.prim.mutants(&site) {
            let mistake = match prim.inside() {
                Some(_) => format!("{mistake} in {}", named(first)),
                None => format!("{mistake} of {}: `{prim}`", named(first)),
            };
            add(mistake, other(prim, &instruction.arguments));
        }
        for result in 0..instruction.results.len() {
            let mistake = format!("sign of {}", named(first + result));
            add(mistake, Mistake::Negated(result));
        }
        for (i, &argument) in factors(instruction) {
            let missing = match instruction.arguments.get(1 - i) {
                Some(other) => format!("%{other}"),
                None => "the number".to_owned(),
            };
            let copy = other(super::Scale(Literal::ratio(1, 1)).into(), &[argument]);
            add(
                format!("missing factor {missing} of {}", named(first)),
                copy,
            );
        }
        for (i, &argument) in instruction.arguments.iter().enumerate() {
            for wrong in (0..first).filter(|&id| id != argument) {
                if self.types[wrong] == self.types[argument] {
                    let mut arguments = instruction.arguments.clone();
                    arguments[i] = wrong;
                    add(
                        format!("wrong parent of {}: %{wrong} as argument {i}", named(first)),
                        other(instruction.prim.clone(), &arguments),
                    );
                }
            }
        }
    }

    /// The same program with instruction `at` changed. `None` if that is not well-formed or has outputs of other
    /// types.
    fn with(&self, at: usize, change: &Mistake) -> Option<Program> {
        let mut program = Program::default();
        for input in &self.inputs {
            program.push_input(input.clone());
        }
        let mut here: Vec<usize> = (0..self.inputs.len()).collect();
        for (i, instruction) in self.instructions.iter().enumerate() {
            let mut instruction = match change {
                Mistake::Replaced(other) if i == at => other.clone(),
                Mistake::Replaced(_) | Mistake::Negated(_) => instruction.clone(),
            };
            for id in &mut instruction.arguments {
                *id = here[*id];
            }
            // Before the change, all is as it was; after it, dims may be others.
            if i >= at {
                let x = program.argument_types(&instruction);
                let results = instruction.prim.types(&x).ok()?;
                if results.len() != instruction.results.len() {
                    return None;
                }
                instruction.results = results.into();
            }
            let first = program.size();
            here.extend(first..first + instruction.results.len());
            program.push_checked(instruction);
            if let Mistake::Negated(result) = change
                && i == at
            {
                let id = self.first[at] + result;
                here[id] = program.push(Unary::Neg, &[here[id]]).ok()?;
            }
        }
        program.put_outputs(self.outputs.iter().map(|&id| here[id]).collect());
        (program.output_types() == self.output_types()).then_some(program)
    }

    /// Two outputs of the same type, exchanged; and an output that is another value.
    fn with_other_outputs(&self) -> Vec<Mutant> {
        let mut all = Vec::new();
        for (i, &output) in self.outputs.iter().enumerate() {
            for other in (0..self.size()).filter(|&id| id != output) {
                if self.types[other] == self.types[output] {
                    let mut program = self.clone();
                    let mut outputs = self.outputs.clone();
                    outputs[i] = other;
                    program.put_outputs(outputs);
                    let mistake = format!("output {i} is %{other} instead of %{output}");
                    all.push(Mutant { mistake, program });
                }
            }
        }
        all
    }
}

/// A mistake at an instruction.
enum Mistake {
    /// Another one stands there, with as many results.
    Replaced(Instruction),
    /// This one of its results is negated, for all that use it.
    Negated(usize),
}

/// The arguments that a product, a quotient or a scaling keeps when its other factor is forgotten.
fn factors(instruction: &Instruction) -> impl Iterator<Item = (usize, &usize)> {
    let kept = if instruction.prim == Prim::Binary(Binary::Mul) {
        2
    } else if instruction.prim == Prim::Binary(Binary::Div)
        || matches!(instruction.prim, Prim::Scale(_))
    {
        1
    } else {
        0
    };
    instruction.arguments.iter().enumerate().take(kept)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::program::{Call, Function};
    use crate::tensor::{Dims, Type};

    fn mistakes(program: &Program) -> Vec<String> {
        let mutants = program.mutants().into_iter();
        mutants
            .map(|mutant| {
                assert_ne!(mutant.program, *program, "{}", mutant.mistake);
                assert_eq!(mutant.program.output_types(), program.output_types());
                mutant.mistake
            })
            .collect()
    }

    /// `x - y` and `2 (x - y)`.
    fn two() -> Program {
        let mut program = Program::new(&[Dims::new(&[]), Dims::new(&[])]);
        let d = program.push(Binary::Sub, &[0, 1]).unwrap();
        let twice = program
            .push(crate::program::Scale(Literal::ratio(2, 1)), &[d])
            .unwrap();
        program.set_outputs(&[d, twice]).unwrap();
        program
    }

    #[test]
    fn of_every_kind() {
        let mistakes = mistakes(&two());
        let expected = [
            "sign of %2 `sub`: `add`",
            "sign of %2 `sub`",
            "wrong parent of %2 `sub`: %1 as argument 0",
            "wrong parent of %2 `sub`: %0 as argument 1",
            "sign of %3 `scale(2)`",
            "missing factor the number of %3 `scale(2)`",
            "wrong parent of %3 `scale(2)`: %0 as argument 0",
            "wrong parent of %3 `scale(2)`: %1 as argument 0",
            "output 0 is %0 instead of %2",
            "output 0 is %1 instead of %2",
            "output 0 is %3 instead of %2",
            "output 1 is %0 instead of %3",
            "output 1 is %1 instead of %3",
            "output 1 is %2 instead of %3",
        ];
        assert_eq!(mistakes, expected);
    }

    /// Each result of a call has its sign, and so does each value inside of it.
    #[test]
    fn of_several_results() {
        let mut program = Program::new(&[Dims::new(&[]), Dims::new(&[])]);
        let function = Function::new("two", two(), None);
        let call = Call {
            function,
            checkpoint: false,
        };
        let d = program.push(call, &[0, 1]).unwrap();
        program.set_outputs(&[d + 1, d]).unwrap();
        let mistakes = mistakes(&program);
        for expected in ["sign of %2 `call(two)`", "sign of %3 `call(two)`"] {
            assert!(
                mistakes.iter().any(|mistake| mistake == expected),
                "{mistakes:?}"
            );
        }
        let inside = mistakes
            .iter()
            .filter(|mistake| mistake.ends_with("in %2 `call(two)`"));
        assert_eq!(inside.count(), two().mutants().len());
    }

    /// A negation needs scalars, and a mutant the same types.
    #[test]
    fn of_indices() {
        let labels = Type::Index {
            dims: Dims::new(&[2]),
            below: 3,
        };
        let mut program = Program::new(&[labels]);
        let same = program
            .push(crate::program::Reshape(Dims::new(&[1, 2])), &[0])
            .unwrap();
        program.set_outputs(&[same]).unwrap();
        assert_eq!(mistakes(&program), Vec::<String>::new());
    }
}
