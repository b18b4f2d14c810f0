//! What is known of the values of a program: which stage makes each, and which stages read it.

use crate::program::syntax::{Instruction, Prim, Program};
use crate::scalar::Unary;
use std::collections::BTreeSet;

/// Of each value by id.
///
/// Elementwise functions of one *stage* can run as one loop over their elements, with sums of them at its end: what one of
/// them gives to the next is not written anywhere. Everything else, and what reads a sum, is a stage later than what it takes.
pub(super) struct Facts<'p> {
    pub program: &'p Program,
    /// The instruction that makes it, if that is an elementwise function with enough elements.
    pub made: Vec<Option<&'p Instruction>>,
    pub stage: Vec<usize>,
    /// Whether something reads it for which it has to be written: no elementwise function and no sum.
    pub stored: Vec<bool>,
    /// The stages in which elementwise functions read it.
    pub read: Vec<BTreeSet<usize>>,
    /// Whether it is the same number everywhere, or repeats fewer elements: to read it costs little.
    pub few: Vec<bool>,
}

impl<'p> Facts<'p> {
    /// Of a program, in which values of so many `elements` are looked at.
    pub fn of(program: &'p Program, elements: usize) -> Self {
        let (size, inputs) = (program.size(), program.inputs().len());
        let mut facts = Facts {
            program,
            made: vec![None; size],
            stage: vec![0; size],
            stored: vec![false; size],
            read: vec![BTreeSet::new(); size],
            few: vec![false; size],
        };
        facts.stored[..inputs].fill(true);
        for &output in program.outputs() {
            facts.stored[output] = true;
        }
        for (first, instruction) in program.numbered() {
            facts.add(instruction, first, elements);
        }
        facts
    }

    fn add(&mut self, instruction: &'p Instruction, first: usize, elements: usize) {
        let x = &instruction.arguments;
        let last = self.of_arguments(instruction);
        let count = instruction.results[0].dims().count();
        let is_function = is_elementwise(&instruction.prim);
        let is_sum = matches!(instruction.prim, Prim::Reduce(_));
        let is_layout = matches!(
            instruction.prim,
            Prim::Broadcast(_) | Prim::Reshape(_) | Prim::Full(_)
        );
        let next = last + usize::from(!is_function && !is_layout);
        for &id in x {
            match is_function || is_sum {
                true => drop(self.read[id].insert(last)),
                false => self.stored[id] = true,
            }
        }
        for id in first..first + instruction.results.len() {
            self.stage[id] = next;
        }
        if is_function && count >= elements.max(1) {
            self.made[first] = Some(instruction);
        }
        self.few[first] = match &instruction.prim {
            Prim::Full(_) => true,
            Prim::Broadcast(_) => {
                let source = self.program.types()[x[0]].dims().count();
                self.few[x[0]] || source < count / 8
            }
            Prim::Reshape(_) => self.few[x[0]],
            _ => false, // a match over primitives: what they make has its elements
        };
    }

    /// The stage of the last of what an instruction takes.
    pub fn of_arguments(&self, instruction: &Instruction) -> usize {
        let stages = instruction.arguments.iter().map(|&id| self.stage[id]);
        stages.max().unwrap_or(0)
    }

    /// Whether it is written only for what reads it later.
    pub fn is_kept(&self, id: usize) -> bool {
        self.made[id].is_some() && !self.stored[id] && self.later(id).next().is_some()
    }

    /// The stages after its own that read it.
    pub fn later(&self, id: usize) -> impl Iterator<Item = usize> + '_ {
        self.read[id].range(self.stage[id] + 1..).copied()
    }

    /// What has to be computed again for some values of one stage, in order, if the values of `stop` are there; and what is read
    /// for it.
    pub fn cone(&self, of: &[usize], stop: &BTreeSet<usize>) -> [BTreeSet<usize>; 2] {
        let (mut inside, mut outside) = (BTreeSet::new(), BTreeSet::new());
        let mut open = of.to_vec();
        while let Some(id) = open.pop() {
            let Some(instruction) = self.made[id] else {
                continue;
            };
            if !inside.insert(id) {
                continue;
            }
            for &x in &instruction.arguments {
                let is_here = self.stage[x] == self.stage[id] && self.made[x].is_some();
                match is_here && !self.stored[x] && !stop.contains(&x) {
                    true => open.push(x),
                    false => drop(outside.insert(x)),
                }
            }
        }
        [inside, outside]
    }
}

/// Whether it is a function of each element, which can run in a loop with others.
fn is_elementwise(prim: &Prim) -> bool {
    match prim {
        Prim::Unary(f) => *f != Unary::Stop,
        Prim::Binary(_) | Prim::Scale(_) | Prim::Offset(_) => true,
        Prim::Select(_) | Prim::Compare(_) | Prim::Cast(_) => true,
        _ => false, // a match over primitives: all others join elements or move them
    }
}
