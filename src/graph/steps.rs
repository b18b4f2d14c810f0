//! The typed specification, node by node: what the laws compare the tape and the derived programs with.

use super::node::Closures;
use super::node::{Argument, Node, Work, built};
use super::nodes::Nodes;
use crate::env::Environment;
use crate::program::{Derived, Program, ProgramError, rules_of};
use crate::run::run_instruction;
use crate::scalar::Semiring;
use crate::tensor::{AnyTensor, Value};
use std::sync::Arc;

/// An environment, and its entries as values of programs, once for a whole run.
pub(crate) struct Entries<'d, A, D> {
    pub environment: &'d D,
    pub values: Vec<Value<A>>,
}

impl<'d, A, D: Environment> Entries<'d, A, D> {
    pub(crate) fn new(environment: &'d D) -> Self {
        let values = environment.values();
        Entries {
            environment,
            values,
        }
    }
}

/// Runs a program of a node or of a graph.
///
/// It can fail on the caller's numbers only, such as a division by an exact zero: the types were fixed when the graph was
/// made, `MetBy` has shown that the scalar can run the op and the recorder that the op says the truth, and the
/// environment has the type that the handles came from.
#[track_caller]
pub(crate) fn run<A: Semiring>(program: &Program, inputs: &[Value<A>]) -> Vec<Value<A>> {
    ran(program.run(inputs))
}

/// What a run gave.
#[track_caller]
fn ran<T>(result: Result<T, ProgramError>) -> T {
    match result {
        Ok(outputs) => outputs,
        // Documented at `Field` and at `Real`.
        Err(
            error @ (ProgramError::Division { .. }
            | ProgramError::Undecided { .. }
            | ProgramError::Undefined { .. }
            | ProgramError::Memory { .. }),
        ) => panic!("{error}"),
        Err(error) => unreachable!("a typed graph with an ill-typed program: {error}"),
    }
}

/// The tensors among some values: all of them, of what has tangents.
pub(crate) fn tensors<A>(values: Vec<Value<A>>) -> Vec<AnyTensor<A>> {
    values.into_iter().filter_map(Value::into_tensor).collect()
}

fn one<A: Semiring>(program: &Program, inputs: &[Value<A>]) -> AnyTensor<A> {
    // A node has one value, and it has a tangent.
    tensors(run(program, inputs)).swap_remove(0)
}

impl<A: Semiring, D> Node<'_, A, D> {
    /// Its arguments, among all values and the entries.
    fn arguments_at(&self, values: &[AnyTensor<A>], d: &Entries<'_, A, D>) -> Vec<Value<A>> {
        let value = |argument: &Argument| match *argument {
            Argument::Value(id) => values[id].clone().into(),
            Argument::Entry(slot) => d.values[slot].clone(),
        };
        self.arguments().iter().map(value).collect()
    }

    /// The value, and those of the other results of its instruction where it is the first of them; nothing where it is a
    /// later one.
    pub(super) fn forward(
        &self,
        values: &[AnyTensor<A>],
        d: &Entries<'_, A, D>,
    ) -> Vec<AnyTensor<A>> {
        match self.work {
            Work::Instruction {
                instruction,
                result: 0,
                ..
            } => tensors(ran(run_instruction(
                instruction,
                &self.arguments_at(values, d),
            ))),
            Work::Instruction { .. } => Vec::new(),
            Work::Function(function, _) => {
                vec![one(function.body(), &self.arguments_at(values, d))]
            }
            Work::Closures(closures) => vec![(closures.forward)(&values[..self.id], d.environment)],
        }
    }

    /// The tangent of the value, from all values and tangents.
    pub(crate) fn jvp(
        &self,
        values: &[AnyTensor<A>],
        tangents: &[AnyTensor<A>],
        d: &Entries<'_, A, D>,
    ) -> AnyTensor<A> {
        if let Work::Closures(closures) = self.work {
            let n = self.id;
            return (closures.jvp)(&values[..n], &tangents[..n], d.environment);
        }
        let mut inputs = self.arguments_at(values, d);
        inputs.push(values[self.id].clone().into());
        inputs.extend(self.parents().iter().map(|&id| tangents[id].clone().into()));
        one(&self.rules().programs[0], &inputs)
    }

    /// The typed VJP of the node, closed over its primals.
    pub(crate) fn pullback(&self, values: &[AnyTensor<A>], d: &Entries<'_, A, D>) -> Pullback<A, D>
    where
        D: Clone,
    {
        if let Work::Closures(closures) = self.work {
            let x = values[..self.id].to_vec();
            return Pullback::Closures(Arc::clone(closures), x, d.environment.clone());
        }
        let mut primals = self.arguments_at(values, d);
        primals.push(values[self.id].clone().into());
        Pullback::Rules(self.rules(), primals)
    }

    /// The rules of what the node is alone.
    fn rules(&self) -> Arc<Derived> {
        match self.function() {
            Some(function) => built(rules_of(function)),
            None => unreachable!("closures are their own rules"),
        }
    }
}

/// The typed VJP of a node, closed over its primals: what a tape holds.
pub(crate) enum Pullback<A, D> {
    /// The rules of a function, with its arguments and its value.
    Rules(Arc<Derived>, Vec<Value<A>>),
    /// Closures, with the context and the environment.
    Closures(Arc<Closures<A, D>>, Vec<AnyTensor<A>>, D),
}

impl<A: Semiring, D> Pullback<A, D> {
    /// The cotangents of the parents, from the cotangent of the value.
    pub(crate) fn run(&self, dy: &AnyTensor<A>) -> Vec<AnyTensor<A>> {
        match self {
            Pullback::Rules(rules, primals) => {
                let inputs = [primals.as_slice(), &[dy.clone().into()]].concat();
                tensors(run(&rules.programs[1], &inputs))
            }
            Pullback::Closures(closures, x, d) => (closures.vjp)(x, d, dy),
        }
    }
}

impl<A: Semiring, D: Clone> Nodes<A, D> {
    /// Every value, from the inputs.
    pub(crate) fn eval(
        &self,
        inputs: Vec<AnyTensor<A>>,
        d: &Entries<'_, A, D>,
    ) -> Vec<AnyTensor<A>> {
        let mut values = inputs;
        for node in self.nodes() {
            let y = node.forward(&values, d);
            values.extend(y);
        }
        values
    }

    /// Every tangent, from the values and the tangents of the inputs.
    pub(crate) fn jvp(
        &self,
        values: &[AnyTensor<A>],
        tangents: Vec<AnyTensor<A>>,
        d: &Entries<'_, A, D>,
    ) -> Vec<AnyTensor<A>> {
        let mut tangents = tangents;
        for node in self.nodes() {
            let dy = node.jvp(values, &tangents, d);
            tangents.push(dy);
        }
        tangents
    }

    /// Every cotangent, from the values and a seed for each value. Each node runs, as in the Lean model.
    pub(crate) fn backprop_all(
        &self,
        values: &[AnyTensor<A>],
        seed: Vec<AnyTensor<A>>,
        d: &Entries<'_, A, D>,
    ) -> Vec<AnyTensor<A>> {
        let mut cotangents = seed;
        for node in self.nodes().iter().rev() {
            let contributions = node.pullback(values, d).run(&cotangents[node.id]);
            for (parent, contribution) in node.parents().into_iter().zip(&contributions) {
                cotangents[parent] = match cotangents[parent].add(contribution) {
                    Ok(sum) => sum,
                    // Both are cotangents of one value of one type.
                    Err(error) => unreachable!("cotangents of one value with two shapes: {error}"),
                };
            }
        }
        cotangents
    }
}
