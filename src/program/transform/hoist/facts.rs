//! What is known of the values of a loop's body: when they are known, how long they are needed, whether there is room for them.

use crate::program::syntax::{Instruction, Prim, Program, Scan, Steps};
use crate::scalar::Binary;

/// How many times as large as all entries that a step takes and gives a value may be that is kept for all steps. The
/// gates of a recurrent layer are four times as wide as its input.
const ROOM: usize = 4;

/// When a value of a body is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Known {
    /// Before the loop, the same for every step.
    Once,
    /// Before the loop, one for each step.
    EachStep,
    /// In its step.
    InStep,
}

/// A loop, and what is known of its body.
pub(super) struct Facts<'s> {
    pub scan: &'s Scan,
    pub body: &'s Program,
    /// When each value is known.
    pub known: Vec<Known>,
    /// How often instructions and outputs use each value.
    uses: Vec<usize>,
    /// How many elements a value may have that is kept for all steps.
    room: usize,
}

impl<'s> Facts<'s> {
    pub fn of(scan: &'s Scan) -> Facts<'s> {
        let body = scan.body.body();
        let mut uses = vec![0; body.size()];
        let arguments = body.instructions().iter().flat_map(|i| i.arguments.iter());
        for &id in arguments.chain(body.outputs()) {
            uses[id] += 1;
        }
        let first = scan.constants + scan.carried;
        let taken = (first..).zip(&scan.inputs);
        let given = body.outputs()[scan.carried..].iter().copied();
        let entries = taken.chain(given.zip(&scan.outputs));
        let entries = entries.filter(|(_, steps)| **steps == Steps::Stacked);
        let entries = entries.map(|(id, _)| body.types()[id].dims().count());
        let entries: usize = entries.fold(0, usize::saturating_add);
        Facts {
            scan,
            body,
            known: known(scan),
            uses,
            room: entries.saturating_mul(ROOM),
        }
    }

    /// Whether the values of all steps may be kept. What is the same at every step is kept once.
    pub fn fits(&self, id: usize) -> bool {
        self.known[id] == Known::Once || self.body.types()[id].dims().count() <= self.room
    }

    /// Whether an instruction is a product that sums, by one factor that is the same at every step: the products of all steps
    /// are one.
    pub fn has_fixed_factor(&self, instruction: &Instruction) -> bool {
        match (&instruction.prim, &*instruction.arguments) {
            // A product without a sum has more elements than its operands.
            (Prim::Contract(product), &[x, y]) if !product.contracted_axes().is_empty() => {
                (self.known[x] == Known::Once) != (self.known[y] == Known::Once)
            }
            _ => false,
        }
    }

    /// The number of an input of the steps that is a stack, by its id.
    pub fn input(&self, id: usize) -> Option<usize> {
        let input = id.checked_sub(self.scan.constants + self.scan.carried)?;
        (self.scan.inputs.get(input) == Some(&Steps::Stacked)).then_some(input)
    }

    /// What a carried value is a sum of, beside what it was: `next = carried + terms`, and nothing else uses it.
    pub fn terms(&self, carried: usize) -> Option<Vec<usize>> {
        let start = self.scan.constants + carried;
        let end = self.body.outputs()[carried];
        if self.uses[start] != 1 || start == end {
            return None;
        }
        // The tree of additions that are used once: the carried value is one of its leaves.
        let (mut todo, mut leaves) = (vec![end], Vec::new());
        while let Some(id) = todo.pop() {
            match self.producer(id) {
                Some(instruction)
                    if instruction.prim == Binary::Add.into() && self.uses[id] == 1 =>
                {
                    todo.extend(instruction.arguments.iter().rev());
                }
                _ => leaves.push(id),
            }
        }
        let count = leaves.len();
        leaves.retain(|&id| id != start);
        (leaves.len() + 1 == count).then_some(leaves)
    }

    /// The instruction that gives a value as its only result.
    pub fn producer(&self, id: usize) -> Option<&'s Instruction> {
        let first = &self.body.first[..self.body.instructions().len()];
        let instruction = &self.body.instructions()[first.binary_search(&id).ok()?];
        (instruction.results.len() == 1).then_some(instruction)
    }

    /// Whether nothing but one instruction or output uses a value.
    pub fn is_used_once(&self, id: usize) -> bool {
        self.uses[id] == 1
    }

    /// Which values are computed after the loop: products by a fixed factor that no later step needs, and what follows from
    /// them. With `sums`, what is only added up counts as not needed by a later step.
    pub fn after(&self, sums: bool) -> Vec<bool> {
        let late = self.late(sums);
        let mut after = vec![false; self.body.size()];
        for (first, instruction) in self.body.numbered() {
            let results = first..first + instruction.results.len();
            let follows = instruction.arguments.iter().any(|&id| after[id]);
            if late[first] && (follows || self.has_fixed_factor(instruction)) {
                after[results].fill(true);
            }
        }
        after
    }

    /// Which values no later step needs, and could be computed after the loop from what there is room for. All results of an
    /// instruction are, or none is.
    fn late(&self, sums: bool) -> Vec<bool> {
        let mut late = vec![true; self.body.size()];
        let (carried, of_step) = self.body.outputs().split_at(self.scan.carried);
        for (i, &id) in carried.iter().enumerate() {
            late[id] &= sums && self.terms(i).is_some();
        }
        for (&id, steps) in of_step.iter().zip(&self.scan.outputs) {
            late[id] &= *steps == Steps::Stacked;
        }
        for (first, instruction) in self.body.numbered().rev() {
            let results = first..first + instruction.results.len();
            let mut around = results.clone().chain(instruction.arguments.iter().copied());
            let is_late = around.all(|id| self.fits(id))
                && results.clone().all(|id| late[id])
                && !is_for_one_step(instruction);
            late[results].fill(is_late);
            if !is_late {
                for &id in &instruction.arguments {
                    late[id] = false;
                }
            }
        }
        late
    }
}

/// When the inputs of a body are known.
fn of_inputs(scan: &Scan) -> impl Iterator<Item = Known> {
    let carried = (scan.constants..).zip(&scan.body.body().outputs()[..scan.carried]);
    let carried = carried.map(|(id, next)| match id == *next {
        true => Known::Once,
        false => Known::InStep,
    });
    let steps = scan.inputs.iter().map(|steps| match steps {
        Steps::Stacked => Known::EachStep,
        // They do not lie in one value.
        Steps::Listed => Known::InStep,
    });
    core::iter::repeat_n(Known::Once, scan.constants)
        .chain(carried)
        .chain(steps)
}

/// When the values of a body are known.
fn known(scan: &Scan) -> Vec<Known> {
    let mut known: Vec<Known> = of_inputs(scan).collect();
    for instruction in scan.body.body().instructions() {
        let arguments = instruction.arguments.iter().map(|&id| known[id]);
        let last = match arguments.max().unwrap_or(Known::Once) {
            Known::EachStep if is_for_one_step(instruction) => Known::InStep,
            last => last,
        };
        known.extend(instruction.results.iter().map(|_| last));
    }
    known
}

/// Whether it is a call that is there to take less memory, or one with a kernel, which is of one step.
fn is_for_one_step(instruction: &Instruction) -> bool {
    match &instruction.prim {
        Prim::Call(call) => call.checkpoint || call.function.kernel().is_some(),
        _ => false,
    }
}

/// Whether it computes: literals and the same elements in another order are free where they are used.
pub(super) fn computes(instruction: &Instruction) -> bool {
    let is_layout = matches!(
        instruction.prim,
        Prim::Reshape(_) | Prim::Permute(_) | Prim::Broadcast(_) | Prim::Slice(_)
    );
    !is_layout && !instruction.arguments.is_empty()
}
