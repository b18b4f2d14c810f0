//! What a function promises: a rule that takes and gives what the function does.

use super::ProgramError;
use super::methods::takes;
use super::syntax::{Function, Program};
use crate::tensor::Type;

impl Function {
    /// Whether its rule has the types that it must have, if it has one.
    pub(super) fn check_rule(&self) -> Result<(), ProgramError> {
        let Some(rule) = self.rule() else {
            return Ok(());
        };
        let (x, y) = (self.body().input_types(), &self.body().output_types());
        let primals = || x.iter().chain(y);
        self.check("jvp", &rule.jvp, primals().chain(scalars(x)), scalars(y))?;
        self.check("vjp", &rule.vjp, primals().chain(scalars(y)), scalars(x))
    }

    fn check<'t>(
        &self,
        name: &'static str,
        program: &Program,
        inputs: impl Iterator<Item = &'t Type>,
        outputs: impl Iterator<Item = &'t Type>,
    ) -> Result<(), ProgramError> {
        let (inputs, outputs): (Vec<_>, Vec<_>) = (inputs.collect(), outputs.collect());
        let given: Vec<_> = program.input_types().iter().collect();
        let returned = program.output_types();
        let fits = given.len() == inputs.len()
            && given
                .iter()
                .zip(&inputs)
                .all(|(given, ty)| takes(given, ty))
            && returned.iter().eq(outputs.iter().copied());
        match fits {
            true => Ok(()),
            false => Err(ProgramError::Rule {
                function: self.name().to_owned(),
                rule: name,
                expected: signature(&inputs, &outputs),
                got: signature(&given, &returned.iter().collect::<Vec<_>>()),
            }),
        }
    }
}

fn scalars(types: &[Type]) -> impl Iterator<Item = &Type> {
    types.iter().filter(|ty| ty.is_scalar())
}

/// `([2], [3]) -> ([2])`.
fn signature(inputs: &[&Type], outputs: &[&Type]) -> String {
    let list = |types: &[&Type]| {
        let types: Vec<_> = types.iter().map(ToString::to_string).collect();
        format!("({})", types.join(", "))
    };
    format!("{} -> {}", list(inputs), list(outputs))
}

#[cfg(test)]
mod tests {
    use crate::program::{Call, Function, Gather, Program, ProgramError, Rule, rule_of};
    use crate::tensor::{Dims, Type};

    /// A table is read at indices, which have no change; so a rule has none for them.
    #[test]
    fn a_rule_takes_and_gives_what_its_function_does() {
        let scalars = |dims: &[usize]| Type::scalar(Dims::new(dims));
        let dims = Dims::new(&[2]);
        let inputs = [scalars(&[3]), Type::Index { dims, below: 3 }];
        let mut body = Program::new(&inputs);
        let y = body.push(Gather { batch: 0, axis: 0 }, &[0, 1]).unwrap();
        body.set_outputs(&[y]).unwrap();
        let right = rule_of(&Function::new("f", body.clone(), None)).unwrap();
        let call = |rule: &Rule| {
            let function = Function::new("f", body.clone(), Some(rule.clone()));
            let call = Call {
                function,
                checkpoint: false,
            };
            Program::new(&inputs).push(call, &[0, 1])
        };
        assert_eq!(call(&right), Ok(2));
        // A change is missing among what it takes, or gives.
        let mut short = right.clone();
        short.vjp.set_outputs(&[]).unwrap();
        let expected = "([3], [2] < 3, [2], [2])";
        assert_eq!(
            call(&short),
            Err(ProgramError::Rule {
                function: "f".to_owned(),
                rule: "vjp",
                expected: format!("{expected} -> ([3])"),
                got: format!("{expected} -> ()"),
            })
        );
        let swapped = Rule {
            jvp: right.vjp.clone(),
            vjp: right.jvp.clone(),
        };
        assert!(matches!(
            call(&swapped),
            Err(ProgramError::Rule { rule: "jvp", .. })
        ));
    }
}
