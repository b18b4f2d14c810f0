//! The graph with its shapes forgotten: a program, whose values are the nodes. Compiled once, whatever the shapes are.
//!
//! From the first node that is made from closures on, nodes are in a corner of their own: `closures.rs`.

use super::closures::ClosureNode;
use super::node::{Argument, Node, Places, Work, built, output_of};
use super::whole::Whole;
use crate::context::Name;
use crate::counterexample::Counterexample;
use crate::op::{Call as OpCall, Op, Recorded, Surroundings, Vars};
use crate::owner::Owner;
use crate::program::{Call, Function, Input, Instruction, Label, Program, rules_of};
use crate::scalar::Level;
use crate::tensor::{Dims, Type};
use core::panic::Location;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

/// Inputs, then nodes; ids count both from 0. The program has the entries of the environment between them.
pub(crate) struct Nodes<A, D> {
    pub owner: Owner,
    /// What a node says that calls it.
    pub label: Name,
    /// Whether a call of it keeps its inputs only.
    pub checkpoint: bool,
    /// Inputs of the context, entries of the environment, and the nodes as instructions.
    pub program: Program,
    /// How many inputs of the program are of the context.
    pub inputs: usize,
    /// The nodes from the first one on that is made from closures.
    pub closures: Vec<ClosureNode<A, D>>,
    /// What each node of the program is alone, once it was asked for.
    functions: OnceLock<Vec<OnceLock<Arc<Function>>>>,
    /// The programs of the newest values, by how many these are, once they were asked for.
    derived: Mutex<Vec<(usize, Arc<Whole>)>>,
}

impl<A, D> Clone for Nodes<A, D> {
    fn clone(&self) -> Self {
        Nodes {
            owner: self.owner,
            label: self.label.clone(),
            checkpoint: self.checkpoint,
            program: self.program.clone(),
            inputs: self.inputs,
            closures: self.closures.clone(),
            functions: self.functions.clone(),
            derived: Mutex::new(self.known().clone()),
        }
    }
}

impl<A, D> Nodes<A, D> {
    /// A graph without nodes.
    pub(crate) fn new(owner: Owner, label: Name, inputs: Vec<Input>, entries: Vec<Type>) -> Self {
        let context = inputs.len();
        let all: Vec<Input> = inputs
            .into_iter()
            .chain(entries.into_iter().map(Input::new))
            .collect();
        Self::of_program(owner, label, Program::new(&all), context)
    }

    /// A graph whose nodes are the instructions of a program.
    pub(crate) fn of_program(owner: Owner, label: Name, program: Program, inputs: usize) -> Self {
        Nodes {
            owner,
            label,
            checkpoint: false,
            program,
            inputs,
            closures: Vec::new(),
            functions: OnceLock::new(),
            derived: Mutex::default(),
        }
    }

    /// The names of the entries of the environment.
    pub(crate) fn name_entries(&mut self, names: &[&'static str]) {
        let inputs = self.program.inputs().iter().cloned().enumerate();
        let named = inputs.map(|(i, mut input)| {
            if let Some(&name) = i.checked_sub(self.inputs).and_then(|slot| names.get(slot)) {
                input.name = name.into();
            }
            input
        });
        // Called before the first node.
        self.program = Program::new(&named.collect::<Vec<_>>());
    }

    /// The inputs of the context.
    pub(crate) fn context(&self) -> &[Input] {
        &self.program.inputs()[..self.inputs]
    }

    /// The dims of the inputs of the context.
    pub(crate) fn input_dims(&self) -> Vec<Dims> {
        self.context()
            .iter()
            .map(|input| input.ty.dims().clone())
            .collect()
    }

    /// The entries of the environment.
    pub(crate) fn entries(&self) -> &[Input] {
        &self.program.inputs()[self.inputs..]
    }

    /// The number of values: inputs and nodes.
    pub(crate) fn size(&self) -> usize {
        self.program.size() - self.entries().len() + self.closures.len()
    }

    /// The dims of a value.
    pub(crate) fn dims(&self, id: usize) -> &Dims {
        let types = self.program.types();
        match types.get(self.in_program(id)) {
            Some(ty) => ty.dims(),
            None => &self.closures[self.in_program(id) - types.len()].dims,
        }
    }

    /// The id in the program of a value of the graph.
    pub(crate) fn in_program(&self, id: usize) -> usize {
        match id < self.inputs {
            true => id,
            false => id + self.entries().len(),
        }
    }

    /// Where an op is recorded that becomes the next node.
    pub(crate) fn surroundings(&self) -> Surroundings {
        Surroundings {
            environment: self.owner,
            entries: self
                .entries()
                .iter()
                .map(|entry| entry.ty.clone())
                .collect(),
            place: self.size() as u32,
        }
    }

    /// Adds an op wired at handles of this graph. Compiled once for each op and shape.
    #[track_caller]
    pub(crate) fn push_op<O, V>(&mut self, name: &'static str, call: OpCall<O, V>)
    where
        V: Vars,
        O: Op<V::Shapes>,
    {
        let parents = call.vars.ids(self.owner);
        let recorded = Recorded::of(&call.op, &self.surroundings());
        self.push_function(
            &[name.into()],
            O::NAME,
            &recorded.function,
            (&parents, &recorded.slots),
            false,
        );
    }

    /// Adds a function, called at values and entries: one node for each of its outputs, with these names.
    ///
    /// A function that is one primitive, or one loop, becomes that.
    #[track_caller]
    pub(crate) fn push_function(
        &mut self,
        names: &[Name],
        op: &str,
        function: &Arc<Function>,
        (parents, slots): (&[usize], &[usize]),
        checkpoint: bool,
    ) {
        if !self.closures.is_empty() {
            let values = parents.iter().map(|&id| Argument::Value(id));
            let arguments: Vec<_> = values
                .chain(slots.iter().map(|&slot| Argument::Entry(slot)))
                .collect();
            for (output, name) in names.iter().enumerate() {
                let function = output_of(function, output);
                self.closures.push(ClosureNode::of_function(
                    name,
                    op,
                    function,
                    arguments.clone(),
                ));
            }
            return;
        }
        let ids = parents.iter().map(|&id| self.in_program(id));
        let ids: Vec<usize> = ids
            .chain(slots.iter().map(|&slot| self.inputs + slot))
            .collect();
        let caller = Location::caller();
        let label = Label {
            names: names.iter().map(|name| name.as_ref().into()).collect(),
            op: op.into(),
            source: Some((caller.file().into(), caller.line())),
        };
        let (prim, arguments) = match single(function).filter(|_| !checkpoint) {
            Some(instruction) => {
                let arguments: Vec<_> = instruction
                    .arguments
                    .iter()
                    .map(|&input| ids[input])
                    .collect();
                (instruction.prim.clone(), arguments)
            }
            None => {
                let function = Arc::clone(function);
                (
                    Call {
                        function,
                        checkpoint,
                    }
                    .into(),
                    ids,
                )
            }
        };
        self.changed();
        if let Err(error) = self
            .program
            .push_labelled(prim, &arguments, Some(Arc::new(label)))
        {
            // The types of a graph fix the dims, and handles are of values that exist.
            unreachable!("a typed node with an ill-typed program: {error}");
        }
    }

    /// What was derived is that of the graph before.
    fn changed(&mut self) {
        self.functions = OnceLock::new();
        self.known().clear();
    }

    fn known(&self) -> MutexGuard<'_, Vec<(usize, Arc<Whole>)>> {
        self.derived.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The nodes, oldest first.
    pub(crate) fn nodes(&self) -> Vec<Node<'_, A, D>> {
        let first = self.program.inputs().len();
        let count = self.program.size() - first;
        let functions = self.functions.get_or_init(|| vec![OnceLock::new(); count]);
        let places = Places {
            inputs: self.inputs,
            entries: self.entries().len(),
        };
        let mut all = Vec::with_capacity(self.size());
        for (id, instruction) in self.program.numbered() {
            let label = instruction.label.as_deref();
            for (result, ty) in instruction.results.iter().enumerate() {
                all.push(Node {
                    id: id + result - self.entries().len(),
                    name: label
                        .and_then(|label| label.names.get(result))
                        .map_or("", |name| name),
                    op: label.map_or("", |label| &label.op),
                    dims: ty.dims(),
                    work: Work::Instruction {
                        program: &self.program,
                        instruction,
                        result,
                        alone: &functions[id + result - first],
                        places,
                    },
                });
            }
        }
        let first = self.inputs + all.len();
        let corner = self.closures.iter().enumerate();
        all.extend(corner.map(|(i, node)| node.view(first + i)));
        all
    }

    /// The nodes that have a program, with what each is alone.
    ///
    /// # Errors
    /// A node made from closures: it has none.
    pub(crate) fn with_functions(
        &self,
    ) -> Result<Vec<(Node<'_, A, D>, Arc<Function>)>, Counterexample> {
        let mut all = Vec::with_capacity(self.size());
        for node in self.nodes() {
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
        self.closures.first().map(|node| node.name.as_ref())
    }

    /// The program of the newest `count` values, and what follows from it. Of a graph without closures.
    pub(crate) fn whole(&self, count: usize) -> Arc<Whole> {
        let find = |known: &[(usize, Arc<Whole>)]| {
            let found = known.iter().find(|(known, _)| *known == count);
            found.map(|(_, whole)| Arc::clone(whole))
        };
        if let Some(whole) = find(&self.known()) {
            return whole;
        }
        let mut values = self.program.clone();
        let size = values.size();
        let newest: Vec<usize> = (size - count.min(size)..size).collect();
        // Of a graph without nodes the newest values are inputs of the context, which come before the entries.
        let newest: Vec<usize> = match self.program.instructions().is_empty() {
            true => (self.inputs - count.min(self.inputs)..self.inputs).collect(),
            false => newest,
        };
        built(values.set_outputs(&newest));
        let whole = Arc::new(Whole::new(values));
        self.known().push((count, Arc::clone(&whole)));
        whole
    }

    /// Which inputs of the program have tangents and cotangents: those of the context.
    pub(crate) fn differentiated(&self) -> Vec<bool> {
        (0..self.program.inputs().len())
            .map(|input| input < self.inputs)
            .collect()
    }

    /// The lowest level of the algebra tower over which the graph and its derivatives run.
    pub(crate) fn level(&self) -> Level {
        let nodes = self.nodes();
        let levels = nodes.iter().map(|node| match node.function() {
            Some(function) => level_of(function),
            None => Level::Semiring,
        });
        levels.max().unwrap_or(Level::Semiring)
    }

    /// The same graph over another scalar. The caller knows that it is high enough in the tower.
    ///
    /// # Errors
    /// A node made from closures: it is for one scalar.
    pub(crate) fn over<B>(&self) -> Result<Nodes<B, D>, Counterexample> {
        self.with_functions()?;
        Ok(Nodes {
            owner: self.owner,
            label: self.label.clone(),
            checkpoint: self.checkpoint,
            program: self.program.clone(),
            inputs: self.inputs,
            closures: Vec::new(),
            functions: self.functions.clone(),
            derived: Mutex::new(self.known().clone()),
        })
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
    let whole =
        function.rule().is_none() && *body.outputs() == [inputs] && instruction.results.len() == 1;
    (all && whole).then_some(instruction)
}
