//! What no output needs, left out.

use super::inside::with_inside;
use crate::program::syntax::{Function, Instruction, Prim, Program, Rule, Scan, Steps};
use std::collections::HashMap;
use std::sync::Arc;

/// The program without what no output needs, also inside: a call or a loop is one of another function where some of its
/// results, arguments or carried values are not needed. Inputs of the program stay, and so do those of functions with
/// rules of their own, since their rules take them.
///
/// It is recursive in how deep functions are nested, not in how long they are.
///
/// ```
/// use cotangent::program::{Program, prune};
/// let text = "cotangent program 1
/// function 0 two {
///   %0: [2]
///   %1: [3]
///   %2 [2] = exp %0
///   %3 [3] = exp %1
///   return %2 %3
/// }
/// %0 x: [2]
/// %1 y: [3]
/// %2 [3] = log %1
/// %3 [2], %4 [3] = call(f0) %0 %2
/// return %3
/// ";
/// assert_eq!(prune(&text.parse()?).to_string(), "cotangent program 1
/// function 0 two {
///   %0: [2]
///   %1 [2] = exp %0
///   return %1
/// }
/// %0 x: [2]
/// %1 y: [3]
/// %2 [2] = call(f0) %0
/// return %2
/// ");
/// # Ok::<(), cotangent::program::TextError>(())
/// ```
pub fn prune(program: &Program) -> Program {
    let outputs = vec![true; program.outputs().len()];
    let inputs = vec![true; program.inputs().len()];
    Pruner::default().program(program, &outputs, &inputs)
}

/// The functions that were pruned, by which of their outputs are needed: all, for those with a rule.
#[derive(Default)]
struct Pruner {
    known: HashMap<(*const Function, Box<[bool]>), Pruned>,
}

/// A function of which some outputs are needed.
#[derive(Clone)]
struct Pruned {
    function: Arc<Function>,
    /// Which inputs it still has.
    inputs: Box<[bool]>,
}

/// What becomes of an instruction of which something is needed.
struct Plan {
    prim: Prim,
    /// Which arguments it still takes.
    arguments: Vec<bool>,
    /// Which results it still gives.
    results: Vec<bool>,
}

impl Pruner {
    /// The program with some of its outputs, and with some of its inputs: the others are not needed.
    fn program(&mut self, program: &Program, outputs: &[bool], inputs: &[bool]) -> Program {
        let (_, plans) = self.plans(program, outputs);
        let mut out = Program::default();
        let mut here = vec![usize::MAX; program.size()];
        for (id, input) in program
            .inputs()
            .iter()
            .enumerate()
            .filter(|(id, _)| inputs[*id])
        {
            here[id] = out.size();
            out.push_input(input.clone());
        }
        for ((first, instruction), plan) in program.numbered().zip(plans) {
            let Some(plan) = plan else { continue };
            let arguments = kept(&instruction.arguments, &plan.arguments);
            let results = (first..).zip(&plan.results).filter(|(_, kept)| **kept);
            for (new, (result, _)) in (out.size()..).zip(results) {
                here[result] = new;
            }
            out.push_checked(Instruction {
                prim: plan.prim,
                arguments: arguments.map(|&id| here[id]).collect(),
                results: kept(&instruction.results, &plan.results).cloned().collect(),
                label: instruction.label.clone(),
            });
        }
        out.put_outputs(
            kept(program.outputs(), outputs)
                .map(|&id| here[id])
                .collect(),
        );
        out
    }

    /// Which values are needed for some of the outputs, and what becomes of each instruction: `None` if it goes.
    fn plans(&mut self, program: &Program, outputs: &[bool]) -> (Vec<bool>, Vec<Option<Plan>>) {
        let mut needed = vec![false; program.size()];
        for &id in kept(program.outputs(), outputs) {
            needed[id] = true;
        }
        let mut plans = Vec::with_capacity(program.instructions().len());
        for (first, instruction) in program.numbered().rev() {
            let results = &needed[first..first + instruction.results.len()];
            let plan = results
                .contains(&true)
                .then(|| self.plan(instruction, results));
            for &id in plan
                .iter()
                .flat_map(|plan| kept(&instruction.arguments, &plan.arguments))
            {
                needed[id] = true;
            }
            plans.push(plan);
        }
        plans.reverse();
        (needed, plans)
    }

    /// What becomes of an instruction of which some results are needed.
    fn plan(&mut self, instruction: &Instruction, needed: &[bool]) -> Plan {
        let whole = |prim: Prim| Plan {
            prim,
            arguments: vec![true; instruction.arguments.len()],
            results: vec![true; needed.len()],
        };
        let prim = &instruction.prim;
        let Some(inside) = prim.inside() else {
            return whole(prim.clone());
        };
        if inside.rule().is_some() || inside.kernel().is_some() {
            let all = vec![true; inside.body().outputs().len()];
            return whole(with_inside(prim, self.function(inside, &all).function));
        }
        if let Prim::Scan(scan) = prim {
            return self.scan(scan, needed);
        }
        let Pruned { function, inputs } = self.function(inside, needed);
        Plan {
            prim: with_inside(prim, function),
            arguments: inputs.into(),
            results: needed.to_vec(),
        }
    }

    /// A function of which some outputs are needed.
    fn function(&mut self, function: &Function, outputs: &[bool]) -> Pruned {
        let key = (core::ptr::from_ref(function), outputs.into());
        if let Some(known) = self.known.get(&key) {
            return known.clone();
        }
        let body = function.body();
        let mut inputs = vec![true; body.inputs().len()];
        let rule = function.rule().map(|rule| Rule {
            jvp: prune(&rule.jvp),
            vjp: prune(&rule.vjp),
        });
        if rule.is_none() && function.kernel().is_none() {
            let (needed, _) = self.plans(body, outputs);
            inputs = needed[..inputs.len()].to_vec();
        }
        let body = self.program(body, outputs, &inputs);
        let function = match outputs.contains(&false) {
            true => Function::new(function.name(), body, rule),
            false => function.rewritten(body, rule),
        };
        let pruned = Pruned {
            function,
            inputs: inputs.into(),
        };
        self.known.insert(key, pruned.clone());
        pruned
    }

    /// A loop of which some results are needed: without the carried values that only they themselves need.
    fn scan(&mut self, scan: &Scan, needed: &[bool]) -> Plan {
        let width = |steps: &Steps| match steps {
            Steps::Stacked => 1,
            Steps::Listed => scan.length,
        };
        let body = scan.body.body();
        let (carried, rest) = needed.split_at(scan.carried);
        let mut outputs = carried.to_vec();
        let mut rest = rest.iter();
        for steps in &scan.outputs {
            // All of the values of a list are looked at: they are taken one by one.
            let used = rest
                .by_ref()
                .take(width(steps))
                .filter(|used| **used)
                .count();
            outputs.push(used > 0);
        }
        let mut inputs = loop {
            let (needed, _) = self.plans(body, &outputs);
            let before = outputs.clone();
            for (output, input) in outputs
                .iter_mut()
                .zip(&needed[scan.constants..])
                .take(scan.carried)
            {
                *output |= *input;
            }
            if outputs == before {
                break needed[..body.inputs().len()].to_vec();
            }
        };
        // A carried value that is needed only after the last step is carried all the same.
        let state = scan.constants + scan.carried;
        inputs[scan.constants..state].copy_from_slice(&outputs[..scan.carried]);
        let each = |flags: &[bool], steps: &[Steps]| -> Vec<bool> {
            let pairs = flags.iter().zip(steps);
            pairs
                .flat_map(|(&flag, steps)| vec![flag; width(steps)])
                .collect()
        };
        let count = |flags: &[bool]| flags.iter().filter(|flag| **flag).count();
        let body = self.program(body, &outputs, &inputs);
        Plan {
            prim: Prim::Scan(Scan {
                body: Function::new(scan.body.name(), body, None),
                length: scan.length,
                constants: count(&inputs[..scan.constants]),
                carried: count(&outputs[..scan.carried]),
                inputs: kept(&scan.inputs, &inputs[state..]).copied().collect(),
                outputs: kept(&scan.outputs, &outputs[scan.carried..])
                    .copied()
                    .collect(),
                reverse: scan.reverse,
            }),
            arguments: [&inputs[..state], &each(&inputs[state..], &scan.inputs)].concat(),
            results: [
                &outputs[..scan.carried],
                &each(&outputs[scan.carried..], &scan.outputs),
            ]
            .concat(),
        }
    }
}

/// The entries that are marked.
fn kept<'a, T>(all: &'a [T], flags: &'a [bool]) -> impl Iterator<Item = &'a T> {
    all.iter()
        .zip(flags)
        .filter(|(_, kept)| **kept)
        .map(|(entry, _)| entry)
}
