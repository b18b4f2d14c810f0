//! Where the values of a graph come from, and where they are on the tape, which has tensors only.

use super::closures::ClosureNode;
use super::node::{Argument, Reading};
use crate::program::{Instruction, Program};
use crate::tensor::Type;
use std::sync::{Arc, OnceLock};

/// For each value what makes it, and its place on the tape.
#[derive(Clone, Default)]
pub(super) struct Index {
    /// For each value of the program that is no input: its instruction, and the id of the first result.
    makers: Vec<(usize, usize)>,
    /// For each value, its place on the tape if it is a tensor of the context or of a node.
    pub places: Vec<Option<usize>>,
    /// What each node is alone, by its place after the inputs, once it was asked for.
    pub readings: Vec<Arc<OnceLock<Reading>>>,
}

impl Index {
    pub(super) fn of(program: &Program, inputs: usize, corner: &[ClosureNode]) -> Self {
        let mut index = Index::default();
        let count = program.inputs().len();
        index.places = (0..count).map(|id| (id < inputs).then_some(id)).collect();
        let mut next = inputs;
        let mut place = |ty: &Type| {
            ty.is_scalar().then(|| {
                next += 1;
                next - 1
            })
        };
        for (number, (first, instruction)) in program.numbered().enumerate() {
            for ty in &instruction.results {
                index.makers.push((number, first));
                index.places.push(place(ty));
            }
        }
        index
            .places
            .extend(corner.iter().map(|node| place(&node.ty)));
        let nodes = index.places[count..].iter().flatten().count();
        index.readings = (0..nodes).map(|_| Arc::default()).collect();
        index
    }
}

/// The type of a value: of the program, or after closures.
pub(super) fn type_of<'g>(program: &'g Program, corner: &'g [ClosureNode], id: usize) -> &'g Type {
    match program.types().get(id) {
        Some(ty) => ty,
        None => &corner[id - program.size()].ty,
    }
}

/// What makes a value.
#[derive(Clone, Copy)]
pub(super) enum Maker<'g> {
    Instruction {
        instruction: &'g Instruction,
        /// The id of its first result.
        first: usize,
    },
    Corner(&'g ClosureNode),
}

impl<'g> Maker<'g> {
    pub(super) fn arguments(self) -> &'g [usize] {
        match self {
            Maker::Instruction { instruction, .. } => &instruction.arguments,
            Maker::Corner(node) => &node.arguments,
        }
    }

    /// What it is called.
    pub(super) fn op(self) -> &'g str {
        match self {
            Maker::Instruction { instruction, .. } => {
                instruction.label.as_ref().map_or("", |label| &label.op)
            }
            Maker::Corner(node) => &node.op,
        }
    }
}

/// Where the values of a graph come from.
#[derive(Clone, Copy)]
pub(super) struct Origins<'g> {
    pub program: &'g Program,
    /// How many inputs are of the context.
    pub inputs: usize,
    pub corner: &'g [ClosureNode],
    pub index: &'g Index,
}

impl<'g> Origins<'g> {
    /// What makes a value that is no input.
    pub(super) fn maker(self, id: usize) -> Maker<'g> {
        match id.checked_sub(self.program.size()) {
            Some(node) => Maker::Corner(&self.corner[node]),
            None => {
                let (number, first) = self.index.makers[id - self.program.inputs().len()];
                Maker::Instruction {
                    instruction: &self.program.instructions()[number],
                    first,
                }
            }
        }
    }

    /// The first result of what makes a value.
    pub(super) fn first_result(self, id: usize) -> usize {
        match self.maker(id) {
            Maker::Instruction { first, .. } => first,
            Maker::Corner(_) => id,
        }
    }

    /// The type of a value.
    pub(super) fn ty(self, id: usize) -> &'g Type {
        type_of(self.program, self.corner, id)
    }

    /// What a value is to a node that takes it; nothing if it is labels or a key that the graph computes.
    pub(super) fn argument(self, id: usize) -> Option<Argument> {
        let entries = self.program.inputs().len() - self.inputs;
        if let Some(slot) = id.checked_sub(self.inputs)
            && slot < entries
        {
            return Some(Argument::Entry(slot));
        }
        self.index.places[id].map(Argument::Value)
    }
}
