//! The graph with its types forgotten: a program, whose values are the nodes. Compiled once, whatever the shapes and the
//! scalar are.
//!
//! From the first node that is made from closures on, nodes are in a corner of their own: `closures.rs`.

use super::closures::{ClosureNode, Corner};
use super::node::{Argument, Node, Read, Reading, Work, built};
use super::one_output::output_of;
use super::origins::{Index, Origins, type_of};
use super::reading::reading;
use super::whole::Whole;
use crate::context::Name;
use crate::counterexample::Counterexample;
use crate::handle::GraphId;
use crate::op::Surroundings;
use crate::program::{Call, Function, Input, Instruction, Label, Program, rules_of};
use crate::scalar::Level;
use crate::tensor::{Dims, Type};
use core::panic::Location;
use std::sync::{Arc, OnceLock};

/// Inputs of the context, entries of the environment, then the results of instructions; ids count all of them from 0.
#[derive(Clone)]
pub(crate) struct Nodes {
    pub graph_id: GraphId,
    /// What a node says that calls it.
    pub label: Name,
    /// Whether a call of it keeps its inputs only.
    pub checkpoint: bool,
    program: Program,
    /// How many inputs of the program are of the context.
    pub inputs: usize,
    /// What is returned, if that was said: else it is the newest value.
    outputs: Option<Vec<usize>>,
    /// The nodes from the first one on that is made from closures.
    corner: Vec<ClosureNode>,
    /// For each value of the program, the instruction that makes it and the place of its tensor, made on demand.
    index: OnceLock<Index>,
    whole: OnceLock<Arc<Whole>>,
}

impl Nodes {
    /// A graph whose nodes are the instructions of a program.
    pub(crate) fn of_program(
        graph_id: GraphId,
        label: Name,
        program: Program,
        inputs: usize,
    ) -> Self {
        Nodes {
            graph_id,
            label,
            checkpoint: false,
            program,
            inputs,
            outputs: None,
            corner: Vec::new(),
            index: OnceLock::new(),
            whole: OnceLock::new(),
        }
    }

    /// Inputs of the context, entries of the environment, and the nodes as instructions.
    pub(crate) fn program(&self) -> &Program {
        &self.program
    }

    /// The inputs of the context.
    pub(crate) fn context(&self) -> &[Input] {
        &self.program.inputs()[..self.inputs]
    }

    /// The dims of the inputs of the context.
    pub(crate) fn input_dims(&self) -> Vec<Dims> {
        let dims = |input: &Input| input.ty.dims().clone();
        self.context().iter().map(dims).collect()
    }

    /// The entries of the environment.
    pub(crate) fn entries(&self) -> &[Input] {
        &self.program.inputs()[self.inputs..]
    }

    /// Their types.
    pub(crate) fn entry_types(&self) -> &[Type] {
        &self.program.input_types()[self.inputs..]
    }

    /// Which entries are read by a node, or returned. Closures take all.
    pub(crate) fn read_entries(&self) -> Vec<bool> {
        let mut read = vec![!self.corner.is_empty(); self.entries().len()];
        let arguments = self.program.instructions().iter();
        let arguments = arguments.flat_map(|instruction| &instruction.arguments);
        for &id in arguments.chain(self.outputs.iter().flatten()) {
            if let Some(read) = id
                .checked_sub(self.inputs)
                .and_then(|slot| read.get_mut(slot))
            {
                *read = true;
            }
        }
        read
    }

    /// The id of the next value.
    pub(crate) fn next_id(&self) -> usize {
        self.program.size() + self.corner.len()
    }

    /// The type of a value.
    pub(crate) fn ty(&self, id: usize) -> &Type {
        type_of(&self.program, &self.corner, id)
    }

    fn index(&self) -> &Index {
        self.index
            .get_or_init(|| Index::of(&self.program, self.inputs, &self.corner))
    }

    /// Where its values come from.
    fn origins(&self) -> Origins<'_> {
        Origins {
            program: &self.program,
            inputs: self.inputs,
            corner: &self.corner,
            index: self.index(),
        }
    }

    /// What a value is to a node that takes it; nothing if it is labels or a key that the graph computes.
    pub(crate) fn argument(&self, id: usize) -> Option<Argument> {
        self.origins().argument(id)
    }

    /// Labels or a key that the graph computes, as a function of tensors and entries.
    pub(crate) fn reading(&self, id: usize) -> Reading {
        reading(self.origins(), id)
    }

    /// The number of the next value that keys are folded with, so that two uses draw two times: without the entries of the
    /// environment.
    pub(crate) fn place(&self) -> u32 {
        (self.next_id() - self.entries().len()) as u32
    }

    /// Where an op is recorded that becomes the next node.
    pub(crate) fn surroundings(&self) -> Surroundings {
        Surroundings {
            owners: [self.graph_id].into(),
            place: self.place(),
        }
    }

    /// Adds a function, called at these values: one value for each of its outputs, with these names.
    ///
    /// A function that is one primitive, or one loop, becomes that.
    #[track_caller]
    pub(crate) fn push_function(
        &mut self,
        names: &[Name],
        op: &str,
        function: &Arc<Function>,
        arguments: &[usize],
        checkpoint: bool,
    ) {
        self.changed();
        if !self.corner.is_empty() {
            for (output, ty) in function.body().output_types().into_iter().enumerate() {
                self.corner.push(ClosureNode {
                    name: names.get(output).cloned().unwrap_or_default(),
                    op: op.to_owned().into(),
                    arguments: arguments.to_vec(),
                    ty,
                    work: Corner::Function(output_of(function, output)),
                });
            }
            return;
        }
        let caller = Location::caller();
        let label = Label {
            names: names.iter().map(|name| name.as_ref().into()).collect(),
            op: op.into(),
            source: Some((caller.file().into(), caller.line())),
        };
        let (prim, arguments) = match single(function).filter(|_| !checkpoint) {
            Some(instruction) => {
                let inputs = instruction.arguments.iter();
                let arguments = inputs.map(|&input| arguments[input]).collect();
                (instruction.prim.clone(), arguments)
            }
            None => {
                let function = Arc::clone(function);
                let call = Call {
                    function,
                    checkpoint,
                };
                (call.into(), arguments.to_vec())
            }
        };
        let label = Some(Arc::new(label));
        // The types of a graph fix the dims, and handles are of values that exist.
        built(self.program.push_labelled(prim, &arguments, label));
    }

    /// Adds a node that is made from closures.
    pub(crate) fn push_closures(&mut self, node: ClosureNode) {
        self.changed();
        self.corner.push(node);
    }

    /// Says what is returned.
    pub(crate) fn set_outputs(&mut self, outputs: Vec<usize>) {
        self.changed();
        self.outputs = Some(outputs);
    }

    /// What is returned: the newest tensor, if nothing else was said.
    pub(crate) fn outputs(&self) -> Vec<usize> {
        match &self.outputs {
            Some(outputs) => outputs.clone(),
            None => {
                let made = (self.program.inputs().len()..self.next_id()).rev();
                // Entries are no values of a graph without nodes.
                let mut all = made.chain((0..self.inputs).rev());
                all.find(|&id| self.ty(id).is_scalar())
                    .into_iter()
                    .collect()
            }
        }
    }

    /// What was derived is that of the graph before.
    fn changed(&mut self) {
        self.index = OnceLock::new();
        self.whole = OnceLock::new();
    }

    /// The nodes, oldest first.
    pub(crate) fn nodes(&self) -> Vec<Node<'_>> {
        let index = self.index();
        let mut all = Vec::with_capacity(index.readings.len());
        let read = |id| -> Read<'_> { Box::new(move || reading(self.origins(), id)) };
        for (first, instruction) in self.program.numbered() {
            let label = instruction.label.as_deref();
            let arguments = self.plain_arguments(instruction);
            let mut is_first = true;
            for (result, ty) in instruction.results.iter().enumerate() {
                let Some(id) = index.places[first + result] else {
                    continue;
                };
                let names = label.and_then(|label| label.names.get(result));
                all.push(Node {
                    id,
                    name: names.map_or("", |name| name),
                    op: label.map_or("", |label| &label.op),
                    dims: ty.dims(),
                    work: Work::Instruction {
                        program: &self.program,
                        instruction,
                        is_first,
                        arguments: arguments.clone(),
                        reading: &index.readings[id - self.inputs],
                        read: read(first + result),
                    },
                });
                is_first = false;
            }
        }
        for (i, node) in self.corner.iter().enumerate() {
            let id = self.program.size() + i;
            if let Some(place) = index.places[id] {
                let reading = &index.readings[place - self.inputs];
                let work = match &node.work {
                    Corner::Closures(closures) => Work::Closures(closures),
                    Corner::Function(_) => {
                        let read = read(id);
                        Work::Function {
                            node,
                            reading,
                            read,
                        }
                    }
                };
                all.push(Node {
                    id: place,
                    name: &node.name,
                    op: &node.op,
                    dims: node.ty.dims(),
                    work,
                });
            }
        }
        all
    }

    /// The arguments of an instruction, if no labels are computed for it.
    fn plain_arguments(&self, instruction: &Instruction) -> Option<Arc<[Argument]>> {
        let arguments = instruction.arguments.iter();
        arguments.map(|&id| self.argument(id)).collect()
    }

    /// The nodes that have a program, with what each is alone.
    ///
    /// # Errors
    /// A node made from closures: it has none.
    pub(crate) fn with_functions(&self) -> Result<Vec<(Node<'_>, Arc<Function>)>, Counterexample> {
        let nodes = self.nodes();
        let mut all = Vec::with_capacity(nodes.len());
        for node in nodes {
            match node.function() {
                Some(function) => {
                    let function = Arc::clone(function);
                    all.push((node, function));
                }
                None => {
                    let got = "closures, which have no program";
                    return Err(Counterexample::new("prove", node.describe(), "an op", got));
                }
            }
        }
        Ok(all)
    }

    /// The name of the first node that is made from closures.
    pub(crate) fn closure_name(&self) -> Option<&str> {
        // The first node of the corner is made from closures.
        self.corner.first().map(|node| node.name.as_ref())
    }

    /// The program of what is returned, and what follows from it. Of a graph without closures.
    pub(crate) fn whole(&self) -> &Arc<Whole> {
        self.whole.get_or_init(|| {
            let mut values = self.program.clone();
            built(values.set_outputs(&self.outputs()));
            Arc::new(Whole::new(values, self.differentiated()))
        })
    }

    /// Which inputs of the program have tangents and cotangents: those of the context.
    pub(crate) fn differentiated(&self) -> Vec<bool> {
        let inputs = 0..self.program.inputs().len();
        inputs.map(|input| input < self.inputs).collect()
    }

    /// The lowest level of the algebra tower over which the graph and its derivatives run.
    pub(crate) fn level(&self) -> Level {
        let nodes = self.nodes();
        let levels = nodes.iter().map(|node| match node.function() {
            Some(function) => level_of(function),
            None => Level::Semiring,
        });
        // Labels are no nodes, and what makes them counts, too.
        levels.fold(self.program.level(), Level::max)
    }
}

/// The lowest level over which a function and its derivatives run.
pub(crate) fn level_of(function: &Function) -> Level {
    let rules = built(rules_of(function));
    let derivatives = rules.programs.iter().map(Program::level);
    derivatives.fold(function.body().level(), Level::max)
}

/// The only instruction of a function without rules that takes each input once and gives the only output.
fn single(function: &Function) -> Option<&Instruction> {
    let body = function.body();
    let [instruction] = body.instructions() else {
        return None;
    };
    let inputs = body.inputs().len();
    let mut taken = vec![0; inputs];
    for &id in &instruction.arguments {
        taken[id] += 1;
    }
    let all = taken.iter().all(|&times| times == 1);
    let count = instruction.results.len();
    let is_plain = function.rule().is_none() && function.kernel().is_none();
    let whole = is_plain && body.outputs().iter().copied().eq(inputs..inputs + count);
    (all && whole).then_some(instruction)
}
