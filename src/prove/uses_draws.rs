//! Whether what a program gives depends on draws.

use crate::program::{Prim, Program};

/// Whether a program has a primitive whose result over indeterminates is [drawn](crate::prove::term#comparisons), so that
/// a proof has to look at many sets of draws. Calls and loops count, and so do the rules of the functions in them; other
/// derivatives draw only where the program does.
pub(crate) fn uses_draws(program: &Program) -> bool {
    let mut programs = vec![program];
    for function in program.functions() {
        programs.push(function.body());
        programs.extend(function.rule().into_iter().flat_map(|r| [&r.jvp, &r.vjp]));
    }
    let mut all = programs.into_iter().flat_map(Program::instructions);
    all.any(|instruction| instruction.prim.is_drawn())
}

/// The primitives of a program of which the results may be drawn.
pub(super) fn drawn_in(program: &Program) -> impl Fn(&Prim) -> bool {
    let inside = uses_draws(program);
    move |prim| prim.is_drawn() || (inside && matches!(prim, Prim::Call(_) | Prim::Scan(_)))
}

#[cfg(test)]
mod tests {
    use super::uses_draws;
    use crate::program::{
        ArgMax, ArgMin, Call, Compare, Function, Prim, Program, Reduce, Reduction, Rule, Scan,
        Select, Type, Unary, jvp, rule_of, vjp,
    };
    use crate::scalar::Comparison;
    use crate::tensor::Dims;
    use std::sync::Arc;

    fn program(inputs: usize, prim: impl Into<Prim>) -> Program {
        let mut program = Program::new(&vec![Type::scalar(Dims::new(&[2])); inputs]);
        let y = program.push(prim, &Vec::from_iter(0..inputs)).unwrap();
        program.set_outputs(&[y]).unwrap();
        program
    }

    fn call(function: &Arc<Function>) -> Call {
        Call {
            function: Arc::clone(function),
            checkpoint: false,
        }
    }

    #[test]
    fn comparisons_and_places() {
        for f in Comparison::ALL {
            assert!(uses_draws(&program(2, Compare(f))));
        }
        assert!(uses_draws(&program(1, ArgMax(0))));
        assert!(uses_draws(&program(1, ArgMin(0))));
        assert!(!uses_draws(&program(1, Reduce(Reduction::Max, vec![0]))));
        assert!(!uses_draws(&program(3, Select)));
        assert!(!uses_draws(&program(1, Unary::Relu)));
    }

    /// In a call in a loop in a call; and in a rule.
    #[test]
    fn inside() {
        let function = |prim: Prim, inputs| Function::new("f", program(inputs, prim), None);
        // It gives the state on, and compares it with itself.
        let compared = function(Compare(Comparison::Less).into(), 2);
        let mut step = Program::new(&[Type::scalar(Dims::new(&[2]))]);
        let y = step.push(call(&compared), &[0, 0]).unwrap();
        step.set_outputs(&[0, y]).unwrap();
        let plain = step.with_outputs(&[0]).unwrap();
        for (step, outputs, drawn) in [(step, 1, true), (plain, 0, false)] {
            let scan = Scan {
                body: Function::new("step", step, None),
                length: 2,
                constants: 0,
                carried: 1,
                inputs: [].into(),
                outputs: vec![crate::program::Steps::Stacked; outputs].into(),
                reverse: false,
            };
            let outer = program(1, call(&function(scan.into(), 1)));
            assert_eq!(uses_draws(&outer), drawn);
        }
        // A rule that compares, of a body that does not.
        let exp = function(Unary::Exp.into(), 1);
        let rule = rule_of(&exp).unwrap();
        assert!(!uses_draws(&program(1, call(&exp))));
        let mut jvp = rule.jvp.clone();
        let kept = jvp.outputs().to_vec();
        jvp.push(Compare(Comparison::Less), &[0, 1]).unwrap();
        jvp.set_outputs(&kept).unwrap();
        let own = Function::new("own", exp.body().clone(), Some(Rule { jvp, ..rule }));
        assert!(uses_draws(&program(1, call(&own))));
    }

    /// What has no draws has derivatives without draws.
    #[test]
    fn derivatives_draw_nothing() {
        for program in [
            program(1, Reduce(Reduction::Max, vec![0])),
            program(2, crate::program::Binary::Max),
            program(1, Unary::Relu),
            program(3, Select),
        ] {
            let all = vec![true; program.inputs().len()];
            assert!(!uses_draws(&jvp(&program, &all).unwrap().program));
            let halves = vjp(&program, &all, &[true]).unwrap();
            assert!(!uses_draws(&halves.forward) && !uses_draws(&halves.backward));
        }
    }
}
