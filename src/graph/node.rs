//! A node, as all who run, print or prove a graph see it.

use crate::describe::describe;
use crate::program::{Function, Instruction, Prim, Program, ProgramError};
use crate::tensor::{AnyTensor, Dims};
use std::sync::{Arc, OnceLock};

/// An argument of a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Argument {
    /// A value of the graph, by its id.
    Value(usize),
    /// An entry of the environment, by its slot.
    Entry(usize),
}

/// How many inputs of a program are of the context, and how many are entries of the environment: they come next.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Places {
    pub inputs: usize,
    pub entries: usize,
}

impl Places {
    /// What a value of the program is to the graph.
    fn argument(self, id: usize) -> Argument {
        match id.checked_sub(self.inputs) {
            None => Argument::Value(id),
            Some(slot) if slot < self.entries => Argument::Entry(slot),
            Some(_) => Argument::Value(id - self.entries),
        }
    }
}

/// A node.
pub(crate) struct Node<'g, A, D> {
    pub id: usize,
    pub name: &'g str,
    pub op: &'g str,
    pub dims: &'g Dims,
    pub work: Work<'g, A, D>,
}

/// What a node does.
pub(crate) enum Work<'g, A, D> {
    /// A result of an instruction.
    Instruction {
        program: &'g Program,
        instruction: &'g Instruction,
        result: usize,
        /// What it is alone.
        alone: &'g OnceLock<Arc<Function>>,
        places: Places,
    },
    /// A function of these, after closures.
    Function(&'g Arc<Function>, &'g [Argument]),
    Closures(&'g Arc<Closures<A, D>>),
}

impl<A, D> Node<'_, A, D> {
    /// What it takes. Made anew each time: an instruction with many results is a node for each, and may take as much.
    pub(crate) fn arguments(&self) -> Vec<Argument> {
        match &self.work {
            Work::Instruction {
                instruction,
                places,
                ..
            } => {
                let arguments = instruction.arguments.iter();
                arguments.map(|&id| places.argument(id)).collect()
            }
            Work::Function(_, arguments) => arguments.to_vec(),
            Work::Closures(_) => (0..self.id).map(Argument::Value).collect(),
        }
    }

    /// The values that it takes.
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
        if let Work::Instruction { instruction, .. } = &self.work
            && let Prim::Scan(scan) = &instruction.prim
        {
            return scan.in_order(&arguments);
        }
        arguments
    }

    /// What it is alone, as a function of its arguments. Closures are none.
    pub(crate) fn function(&self) -> Option<&Arc<Function>> {
        match &self.work {
            Work::Instruction {
                program,
                instruction,
                result,
                alone,
                ..
            } => Some(alone.get_or_init(|| alone_of(program, instruction, *result))),
            Work::Function(function, _) => Some(function),
            Work::Closures(_) => None,
        }
    }

    /// How many multiply-adds it takes, together with the later results of its instruction. Of closures nobody knows.
    pub(crate) fn multiply_adds(&self) -> Option<u64> {
        match &self.work {
            Work::Instruction {
                program,
                instruction,
                result: 0,
                ..
            } => {
                let x = program.argument_types(instruction);
                Some(instruction.prim.multiply_adds(&x, &instruction.results))
            }
            Work::Instruction { .. } => Some(0),
            Work::Function(function, _) => Some(function.body().multiply_adds()),
            Work::Closures(_) => None,
        }
    }

    /// How messages name it.
    pub(crate) fn describe(&self) -> String {
        describe(self.id, Some(self.name), self.op)
    }
}

/// The three rules of a node as closures over a whole context.
pub(crate) struct Closures<A, D> {
    pub forward: Forward<A, D>,
    pub jvp: Jvp<A, D>,
    pub vjp: Vjp<A, D>,
}

pub(crate) type Forward<A, D> = Box<dyn Fn(&[AnyTensor<A>], &D) -> AnyTensor<A> + Send + Sync>;
pub(crate) type Jvp<A, D> =
    Box<dyn Fn(&[AnyTensor<A>], &[AnyTensor<A>], &D) -> AnyTensor<A> + Send + Sync>;
pub(crate) type Vjp<A, D> =
    Box<dyn Fn(&[AnyTensor<A>], &D, &AnyTensor<A>) -> Vec<AnyTensor<A>> + Send + Sync>;

/// One result of an instruction, as a function of its arguments.
fn alone_of(program: &Program, instruction: &Instruction, result: usize) -> Arc<Function> {
    if let Prim::Call(call) = &instruction.prim {
        return output_of(&call.function, result);
    }
    let types = program.argument_types(instruction);
    let mut body = Program::new(&types);
    let arguments: Vec<usize> = (0..types.len()).collect();
    let first = built(body.push(instruction.prim.clone(), &arguments));
    built(body.set_outputs(&[first + result]));
    Function::new(&instruction.prim.name(), body, None)
}

/// A function with one of its outputs.
pub(super) fn output_of(function: &Arc<Function>, output: usize) -> Arc<Function> {
    match function.body().outputs().len() {
        1 => Arc::clone(function),
        _ => Function::new(
            function.name(),
            built(function.body().with_outputs(&[output])),
            None,
        ),
    }
}

/// What was built of a program that the types of a graph vouch for.
pub(crate) fn built<T>(result: Result<T, ProgramError>) -> T {
    match result {
        Ok(value) => value,
        Err(error) => unreachable!("a typed graph with an ill-typed program: {error}"),
    }
}
