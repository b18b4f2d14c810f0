//! A node, as all who run, print or prove a graph see it.

use super::closures::{ClosureNode, Corner};
use crate::handle::node_label;
use crate::program::{Function, Instruction, Prim, Program, ProgramError};
use crate::tensor::Dims;
use core::any::Any;
use std::sync::{Arc, OnceLock};

/// An argument of a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Argument {
    /// A tensor of the graph, by its place on the tape.
    Value(usize),
    /// An entry of the environment, by its slot.
    Entry(usize),
}

/// What a node is alone: a function of tensors and entries, which contains what makes the labels that it reads.
#[derive(Debug)]
pub(crate) struct Reading {
    pub function: Arc<Function>,
    pub arguments: Vec<Argument>,
}

/// A node: a tensor that the graph computes.
pub(crate) struct Node<'g> {
    /// Its place on the tape, after the inputs.
    pub id: usize,
    pub name: &'g str,
    pub op: &'g str,
    pub dims: &'g Dims,
    pub work: Work<'g>,
}

/// What a node does.
pub(crate) enum Work<'g> {
    /// A result of an instruction.
    Instruction {
        program: &'g Program,
        instruction: &'g Instruction,
        /// Whether it is the first tensor that the instruction gives.
        is_first: bool,
        /// What its arguments are, if no labels are computed for it.
        arguments: Option<Arc<[Argument]>>,
        reading: &'g OnceLock<Reading>,
        read: Read<'g>,
    },
    /// A function of these, after closures.
    Function {
        node: &'g ClosureNode,
        reading: &'g OnceLock<Reading>,
        read: Read<'g>,
    },
    Closures(&'g Arc<dyn Any + Send + Sync>),
}

/// Makes the reading of a node.
pub(crate) type Read<'g> = Box<dyn Fn() -> Reading + 'g>;

impl Node<'_> {
    /// What it is alone, as a function of its arguments. Closures are none.
    pub(crate) fn reading(&self) -> Option<&Reading> {
        match &self.work {
            Work::Instruction { reading, read, .. } | Work::Function { reading, read, .. } => {
                Some(reading.get_or_init(read))
            }
            Work::Closures(_) => None,
        }
    }

    /// What it is alone, as a function.
    pub(crate) fn function(&self) -> Option<&Arc<Function>> {
        self.reading().map(|reading| &reading.function)
    }

    /// A function with several results and a rule of its own, at the first of its nodes: each node is shown with the part
    /// of the rule that is about it, and this is the rule as a whole.
    pub(crate) fn with_several_results(&self) -> Option<&Arc<Function>> {
        if let Work::Instruction {
            instruction,
            is_first: true,
            arguments: Some(_),
            ..
        } = &self.work
            && let Prim::Call(call) = &instruction.prim
        {
            let has_rule = call.function.rule().is_some();
            return (has_rule && instruction.results.len() > 1).then_some(&call.function);
        }
        None
    }

    /// What it takes. Of closures that is everything before.
    pub(crate) fn arguments(&self) -> Vec<Argument> {
        if let Work::Instruction {
            arguments: Some(arguments),
            ..
        } = &self.work
        {
            return arguments.to_vec();
        }
        match self.reading() {
            Some(reading) => reading.arguments.clone(),
            None => (0..self.id).map(Argument::Value).collect(),
        }
    }

    /// The tensors that it takes.
    pub(crate) fn parents(&self) -> Vec<usize> {
        let value = |argument: &Argument| match *argument {
            Argument::Value(id) => Some(id),
            Argument::Entry(_) => None,
        };
        self.arguments().iter().filter_map(value).collect()
    }

    /// The entries of the environment that it takes.
    pub(crate) fn slots(&self) -> Vec<usize> {
        let slot = |argument: &Argument| match *argument {
            Argument::Value(_) => None,
            Argument::Entry(slot) => Some(slot),
        };
        self.arguments().iter().filter_map(slot).collect()
    }

    /// What it takes, in the order in which a user gives it: a loop has its constants first, and each parameter of all its
    /// layers in a row.
    pub(crate) fn arguments_in_order(&self) -> Vec<Argument> {
        let arguments = self.arguments();
        if let Work::Instruction {
            instruction,
            arguments: Some(_),
            ..
        } = &self.work
            && let Prim::Scan(scan) = &instruction.prim
        {
            return scan.in_order(&arguments);
        }
        arguments
    }

    /// Which tensors among its arguments have cotangents: those of the graph, and not those of the environment. In the
    /// order of the function's inputs; of what is no tensor it says nothing.
    pub(crate) fn wanted(&self) -> Vec<bool> {
        let value = |argument: &Argument| matches!(argument, Argument::Value(_));
        self.arguments().iter().map(value).collect()
    }

    /// How many multiply-adds it takes, together with the later results of its instruction. Of closures nobody knows.
    pub(crate) fn multiply_adds(&self) -> Option<u64> {
        match &self.work {
            Work::Instruction {
                program,
                instruction,
                is_first: true,
                ..
            } => {
                let x = program.argument_types(instruction);
                Some(instruction.prim.multiply_adds(&x, &instruction.results))
            }
            Work::Instruction { .. } => Some(0),
            Work::Function { node, .. } => match &node.work {
                Corner::Function(function) => Some(function.body().multiply_adds()),
                Corner::Closures(_) => None,
            },
            Work::Closures(_) => None,
        }
    }

    /// How messages name it.
    pub(crate) fn describe(&self) -> String {
        node_label(self.id, Some(self.name), self.op)
    }
}

/// What was built of a program that the types of a graph vouch for.
pub(crate) fn built<T>(result: Result<T, ProgramError>) -> T {
    match result {
        Ok(value) => value,
        Err(error) => unreachable!("a typed graph with an ill-typed program: {error}"),
    }
}
