//! The typed specification, node by node: what the laws compare the tape and the derived programs with.

use super::closures::{AnyEnv, Closures};
use super::node::{Argument, Node, Work, built};
use super::nodes::Nodes;
use crate::env::Given;
use crate::program::{Derived, Program, ProgramError, rules_of_wanted};
use crate::run::run_instruction;
use crate::scalar::Semiring;
use crate::tensor::{AnyTensor, Value, only_tensors};
use core::any::Any;
use std::sync::Arc;

/// An environment, and its entries as values of programs, once for a whole run.
pub(crate) struct Entries<A> {
    /// For closures.
    environment: AnyEnv,
    pub values: Vec<Value<A>>,
}

impl<A: Semiring> Entries<A> {
    /// Those of an environment, for a graph. Tensors in it are shared, not copied.
    pub(crate) fn of<D>(nodes: &Nodes, env: impl Given<A, D>) -> Self {
        let environment: AnyEnv = match nodes.closure_name() {
            Some(_) => Arc::from(env.any()),
            None => Arc::new(()),
        };
        Entries {
            environment,
            values: env.values(),
        }
    }

    /// An argument of a node, from the values of all tensors.
    fn at(&self, argument: Argument, values: &[AnyTensor<A>]) -> Value<A> {
        match argument {
            Argument::Value(place) => values[place].clone().into(),
            Argument::Entry(slot) => self.values[slot].clone(),
        }
    }

    /// Entries for programs, without an environment: for graphs without closures.
    pub(crate) fn of_values(values: Vec<Value<A>>) -> Self {
        Entries {
            environment: Arc::new(()),
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

fn one<A: Semiring>(program: &Program, inputs: &[Value<A>]) -> AnyTensor<A> {
    // A node has one value, and it has a tangent.
    only_tensors(run(program, inputs)).swap_remove(0)
}

/// The closures of a node, over the scalar of its graph.
fn closures<A: 'static>(any: &Arc<dyn Any + Send + Sync>) -> Arc<Closures<A>> {
    match Arc::clone(any).downcast() {
        Ok(closures) => closures,
        // Only a graph over the scalar of the closures takes them, and it is not moved to another.
        Err(_) => unreachable!("closures over another scalar"),
    }
}

impl Node<'_> {
    /// Its arguments, among all values and the entries.
    fn arguments_at<A: Semiring>(&self, values: &[AnyTensor<A>], d: &Entries<A>) -> Vec<Value<A>> {
        let arguments = self.arguments().into_iter();
        arguments.map(|argument| d.at(argument, values)).collect()
    }

    /// The value, and those of the other tensors of its instruction where it is the first of them; nothing where it is a
    /// later one.
    pub(crate) fn forward<A: Semiring>(
        &self,
        values: &[AnyTensor<A>],
        d: &Entries<A>,
    ) -> Vec<AnyTensor<A>> {
        match &self.work {
            Work::Instruction {
                instruction,
                is_first,
                arguments: Some(_),
                ..
            } => match is_first {
                true => {
                    let arguments = self.arguments_at(values, d);
                    only_tensors(ran(run_instruction(instruction, &arguments)))
                }
                false => Vec::new(),
            },
            Work::Instruction { .. } | Work::Function { .. } => match self.function() {
                Some(function) => vec![one(function.body(), &self.arguments_at(values, d))],
                None => unreachable!("a function is none"),
            },
            Work::Closures(any) => {
                vec![(closures::<A>(any).forward)(
                    &values[..self.id],
                    &d.environment,
                )]
            }
        }
    }

    /// The tangent of the value, from all values and tangents.
    pub(crate) fn jvp<A: Semiring>(
        &self,
        values: &[AnyTensor<A>],
        tangents: &[AnyTensor<A>],
        d: &Entries<A>,
    ) -> AnyTensor<A> {
        if let Work::Closures(any) = self.work {
            let n = self.id;
            return (closures::<A>(any).jvp)(&values[..n], &tangents[..n], &d.environment);
        }
        let mut inputs = self.arguments_at(values, d);
        inputs.push(values[self.id].clone().into());
        inputs.extend(self.parents().iter().map(|&id| tangents[id].clone().into()));
        one(&self.rules().programs[0], &inputs)
    }

    /// The typed VJP of the node, closed over its primals.
    pub(crate) fn pullback<A: Semiring>(
        &self,
        values: &[AnyTensor<A>],
        d: &Entries<A>,
    ) -> Pullback<A> {
        if let Work::Closures(any) = self.work {
            let x = values[..self.id].to_vec();
            return Pullback::Closures(closures(any), x, Arc::clone(&d.environment));
        }
        let mut primals = self.arguments_at(values, d);
        primals.push(values[self.id].clone().into());
        Pullback::Rules(self.rules(), primals)
    }

    /// The rules of what the node is alone: for the tensors of the graph that it takes, and none for those of the
    /// environment.
    pub(crate) fn rules(&self) -> Arc<Derived> {
        match self.function() {
            Some(function) => built(rules_of_wanted(function, &self.wanted())),
            None => unreachable!("closures are their own rules"),
        }
    }
}

/// The typed VJP of a node, closed over its primals: what a tape holds.
pub(crate) enum Pullback<A> {
    /// The rules of a function, with its arguments and its value.
    Rules(Arc<Derived>, Vec<Value<A>>),
    /// Closures, with the context and the environment.
    Closures(Arc<Closures<A>>, Vec<AnyTensor<A>>, AnyEnv),
}

impl<A: Semiring> Pullback<A> {
    /// The cotangents of the parents, from the cotangent of the value.
    pub(crate) fn run(&self, dy: &AnyTensor<A>) -> Vec<AnyTensor<A>> {
        match self {
            Pullback::Rules(rules, primals) => {
                let inputs = [primals.as_slice(), &[dy.clone().into()]].concat();
                only_tensors(run(&rules.programs[1], &inputs))
            }
            Pullback::Closures(closures, x, d) => (closures.vjp)(x, d, dy),
        }
    }
}

impl Nodes {
    /// Every value, from the inputs.
    pub(crate) fn eval<A: Semiring>(
        &self,
        inputs: Vec<AnyTensor<A>>,
        d: &Entries<A>,
    ) -> Vec<AnyTensor<A>> {
        let mut values = inputs;
        for node in self.nodes() {
            let y = node.forward(&values, d);
            values.extend(y);
        }
        values
    }

    /// Every tangent, from the values and the tangents of the inputs.
    pub(crate) fn jvp<A: Semiring>(
        &self,
        values: &[AnyTensor<A>],
        tangents: Vec<AnyTensor<A>>,
        d: &Entries<A>,
    ) -> Vec<AnyTensor<A>> {
        let mut tangents = tangents;
        for node in self.nodes() {
            let dy = node.jvp(values, &tangents, d);
            tangents.push(dy);
        }
        tangents
    }

    /// Every cotangent, from the values and a seed for each value. Each node runs, as in the Lean model.
    pub(crate) fn backprop_all<A: Semiring>(
        &self,
        values: &[AnyTensor<A>],
        seed: Vec<AnyTensor<A>>,
        d: &Entries<A>,
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

    /// A value of the graph, from the values of all tensors.
    pub(crate) fn value_at<A: Semiring>(
        &self,
        id: usize,
        values: &[AnyTensor<A>],
        d: &Entries<A>,
    ) -> Value<A> {
        match self.argument(id) {
            Some(argument) => d.at(argument, values),
            None => {
                let reading = self.reading(id);
                let arguments = reading.arguments.iter();
                let arguments: Vec<_> = arguments.map(|&it| d.at(it, values)).collect();
                // One output.
                run(reading.function.body(), &arguments).swap_remove(0)
            }
        }
    }

    /// The tangent of a value, if it is a tensor.
    pub(crate) fn tangent_at<A: Semiring>(
        &self,
        id: usize,
        tangents: &[AnyTensor<A>],
    ) -> Option<AnyTensor<A>> {
        match self.argument(id) {
            Some(Argument::Value(place)) => Some(tangents[place].clone()),
            Some(Argument::Entry(_)) => {
                let ty = self.ty(id);
                ty.is_scalar().then(|| AnyTensor::zeros(ty.dims().clone()))
            }
            None => None,
        }
    }

    /// Adds the cotangent of a result to the seeds of all values.
    pub(crate) fn add_seed<A: Semiring>(
        &self,
        id: usize,
        seeds: &mut [AnyTensor<A>],
        dy: &AnyTensor<A>,
    ) {
        if let Some(Argument::Value(place)) = self.argument(id) {
            seeds[place] = match seeds[place].add(dy) {
                Ok(sum) => sum,
                // The cotangent of a result has its type.
                Err(error) => unreachable!("a cotangent of another shape: {error}"),
            };
        }
    }
}
