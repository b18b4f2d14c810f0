//! The graph with its shapes forgotten. Everything that runs is here, compiled once for each scalar, and the typed
//! graph around it is thin.

use super::rule::{Programs, Rule, Surroundings};
use crate::context::Name;
use crate::counterexample::Counterexample;
use crate::describe::describe;
use crate::op::{Call, Op, Vars};
use crate::owner::Owner;
use crate::scalar::{Level, Semiring};
use crate::tensor::{AnyTensor, Dims};
use std::borrow::Cow;
use std::sync::Arc;

/// A node with its shapes forgotten.
pub(crate) struct RawNode<A, D> {
    pub name: Cow<'static, str>,
    pub op: Cow<'static, str>,
    pub parents: Vec<usize>,
    pub dims: Dims,
    pub rule: Rule<A, D>,
}

impl<A, D> RawNode<A, D> {
    /// A node from an op wired at handles of the graph `owner`. Compiled once for each op and shape.
    #[track_caller]
    pub(crate) fn from_op<O, V>(name: Cow<'static, str>, owner: Owner, call: Call<O, V>) -> Self
    where
        V: Vars,
        O: Op<V::Shapes>,
    {
        let parents = call.vars.ids(owner);
        RawNode {
            name,
            op: O::NAME.into(),
            parents,
            dims: Dims::of::<O::Out>(),
            rule: Rule::Programs(Arc::new(Programs::record(&call, owner))),
        }
    }
}

impl<A, D> Clone for RawNode<A, D> {
    fn clone(&self) -> Self {
        RawNode {
            name: self.name.clone(),
            op: self.op.clone(),
            parents: self.parents.clone(),
            dims: self.dims.clone(),
            rule: self.rule.clone(),
        }
    }
}

/// Inputs, then nodes; ids count both from 0.
pub(crate) struct RawGraph<A, D> {
    pub owner: Owner,
    /// What a node says that calls it.
    pub label: Name,
    /// A name for each input, or none at all.
    pub input_names: Vec<Name>,
    /// The names of the entries of the environment, where `graph!` gave any.
    pub entry_names: Vec<&'static str>,
    pub inputs: Vec<Dims>,
    pub nodes: Vec<RawNode<A, D>>,
}

impl<A, D> Clone for RawGraph<A, D> {
    fn clone(&self) -> Self {
        RawGraph {
            owner: self.owner,
            label: self.label.clone(),
            input_names: self.input_names.clone(),
            entry_names: self.entry_names.clone(),
            inputs: self.inputs.clone(),
            nodes: self.nodes.clone(),
        }
    }
}

impl<A, D> RawGraph<A, D> {
    /// The number of values: inputs and nodes.
    pub(crate) fn size(&self) -> usize {
        self.inputs.len() + self.nodes.len()
    }

    /// The dims of a value.
    pub(crate) fn dims(&self, id: usize) -> &Dims {
        match self.inputs.get(id) {
            Some(dims) => dims,
            None => &self.nodes[id - self.inputs.len()].dims,
        }
    }

    /// The nodes with their ids.
    pub(crate) fn numbered(
        &self,
    ) -> impl DoubleEndedIterator<Item = (usize, &RawNode<A, D>)> + ExactSizeIterator {
        let first = self.inputs.len();
        let numbered = self.nodes.iter().enumerate();
        numbered.map(move |(i, node)| (first + i, node))
    }
}

impl<A, D> RawGraph<A, D> {
    /// Where each node is, for messages, and its programs.
    ///
    /// # Errors
    /// A node made from closures: it has none.
    pub(crate) fn all_programs(&self) -> Result<Vec<(String, &Arc<Programs>)>, Counterexample> {
        let mut all = Vec::with_capacity(self.nodes.len());
        for (id, node) in self.numbered() {
            let place = describe(id, Some(&node.name), &node.op);
            match &node.rule {
                Rule::Programs(programs) => all.push((place, programs)),
                Rule::Closures(_) => {
                    let got = "closures, which have no program";
                    return Err(Counterexample::new("prove", place, "an op", got));
                }
            }
        }
        Ok(all)
    }

    /// The lowest level of the algebra tower over which the graph and its derivatives run.
    pub(crate) fn level(&self) -> Level {
        let levels = self.nodes.iter().map(|node| match &node.rule {
            Rule::Programs(programs) => programs.level(),
            Rule::Closures(_) => Level::Semiring,
        });
        levels.max().unwrap_or(Level::Semiring)
    }

    /// The same graph over another scalar. The caller knows that it is high enough in the tower.
    ///
    /// # Errors
    /// A node made from closures: it is for one scalar.
    pub(crate) fn over<B>(&self) -> Result<RawGraph<B, D>, Counterexample> {
        let all = self.all_programs()?;
        let nodes = self
            .nodes
            .iter()
            .zip(all)
            .map(|(node, (_, programs))| RawNode {
                name: node.name.clone(),
                op: node.op.clone(),
                parents: node.parents.clone(),
                dims: node.dims.clone(),
                rule: Rule::Programs(Arc::clone(programs)),
            });
        Ok(RawGraph {
            owner: self.owner,
            label: self.label.clone(),
            input_names: self.input_names.clone(),
            entry_names: self.entry_names.clone(),
            inputs: self.inputs.clone(),
            nodes: nodes.collect(),
        })
    }
}

/// The entries of a list at some positions.
pub(crate) fn at<T: Clone>(values: &[T], ids: &[usize]) -> Vec<T> {
    ids.iter().map(|&id| values[id].clone()).collect()
}

impl<A: Semiring, D> RawGraph<A, D> {
    /// Every value, from the inputs.
    pub(crate) fn eval(
        &self,
        inputs: Vec<AnyTensor<A>>,
        d: &Surroundings<'_, D>,
    ) -> Vec<AnyTensor<A>> {
        let mut values = inputs;
        values.reserve(self.nodes.len());
        for node in &self.nodes {
            let y = node.rule.forward(&at(&values, &node.parents), d);
            values.push(y);
        }
        values
    }

    /// Every tangent, from the values and the tangents of the inputs.
    pub(crate) fn jvp(
        &self,
        values: &[AnyTensor<A>],
        tangents: Vec<AnyTensor<A>>,
        d: &Surroundings<'_, D>,
    ) -> Vec<AnyTensor<A>> {
        let mut tangents = tangents;
        for (id, node) in self.numbered() {
            let (x, dx) = (at(values, &node.parents), at(&tangents, &node.parents));
            tangents.push(node.rule.jvp(&x, &values[id], &dx, d));
        }
        tangents
    }

    /// Every cotangent, from the values and a seed for each value. Each node runs, as in the Lean model.
    pub(crate) fn backprop_all(
        &self,
        values: &[AnyTensor<A>],
        seed: Vec<AnyTensor<A>>,
        d: &Surroundings<'_, D>,
    ) -> Vec<AnyTensor<A>> {
        let mut cotangents = seed;
        for (id, node) in self.numbered().rev() {
            let x = at(values, &node.parents);
            let contributions = node.rule.vjp(&x, &values[id], &cotangents[id], d);
            for (&parent, contribution) in node.parents.iter().zip(&contributions) {
                cotangents[parent] = sum(&cotangents[parent], contribution);
            }
        }
        cotangents
    }

    /// The cotangents of the values that some seeds reach; `None` where no seed does.
    ///
    /// Nodes that are not reached do not run: a rule on a cotangent of zero can make `0 * inf`.
    pub(crate) fn pull_back(
        &self,
        values: &[AnyTensor<A>],
        mut cotangents: Vec<Option<AnyTensor<A>>>,
        d: &Surroundings<'_, D>,
    ) -> Vec<Option<AnyTensor<A>>> {
        for (id, node) in self.numbered().rev() {
            let Some(dy) = cotangents[id].clone() else {
                continue;
            };
            let x = at(values, &node.parents);
            let contributions = node.rule.vjp(&x, &values[id], &dy, d);
            for (&parent, contribution) in node.parents.iter().zip(contributions) {
                let total = match &cotangents[parent] {
                    Some(so_far) => sum(so_far, &contribution),
                    None => contribution,
                };
                cotangents[parent] = Some(total);
            }
        }
        cotangents
    }
}

/// The sum of two cotangents of one value.
fn sum<A: Semiring>(x: &AnyTensor<A>, y: &AnyTensor<A>) -> AnyTensor<A> {
    match x.add(y) {
        Ok(sum) => sum,
        // Both are cotangents of one value of one type.
        Err(error) => unreachable!("cotangents of one value with two shapes: {error}"),
    }
}
