//! `GraphData`: building a typed graph, node by node.

use super::handles::EntryHandles;
use super::node_data::NodeData;
use super::raw::{RawGraph, RawNode};
use crate::context::{Computed, Context, Name, Values};
use crate::counterexample::Counterexample;
use crate::env::{EnvHandles, Environment};
use crate::op::{Call, Op, Var, Vars};
use crate::owner::Owner;
use crate::scalar::{MetBy, Semiring};
use crate::shape::Shape;
use core::fmt;
use core::marker::PhantomData;
use frunk::hlist::{HCons, HNil};

/// A typed graph over scalars `A`: inputs of context `G`, environment `D`, and one node for each shape of `Ss`.
/// Lean's `GraphData α Δ Γ ss`.
///
/// `Ss` lists the shapes of the nodes newest first. The last node, at its head, is the output.
///
/// ```
/// use cotangent::prelude::*;
/// let g = GraphData::<f64, (), context![[2], [2]], _>::nil();
/// let frunk::hlist_pat![x, y] = g.inputs();
/// let (g, z) = g.node("z", mul(x, y));
/// let (g, _) = g.node("total", sum(z));
/// let x = tlist![Tensor::from([1.0, 2.0]), Tensor::from([3.0, 4.0])];
/// assert_eq!(g.value(&x, &()).item(), 11.0);
/// ```
pub struct GraphData<A, D, G, Ss> {
    pub(crate) raw: RawGraph<A, D>,
    pub(super) kind: PhantomData<fn(G) -> Ss>,
}

impl<A: Semiring, D: Environment, G: Context> GraphData<A, D, G, HNil> {
    /// The graph without nodes.
    pub fn nil() -> Self {
        Self::named("graph", &[])
    }

    /// The graph without nodes, with a name and a name for each entry of its context. The tensors of a group are named
    /// after it: `p.weight`, `blocks[3].weight`.
    pub fn named(name: &'static str, entries: &[&'static str]) -> Self {
        let entries: Vec<Name> = entries.iter().map(|&name| name.into()).collect();
        let mut input_names = Vec::new();
        if !entries.is_empty() {
            G::push_entry_names(&entries, &mut input_names);
        }
        GraphData {
            raw: RawGraph {
                owner: Owner::new(name),
                label: name.into(),
                input_names,
                entry_names: Vec::new(),
                inputs: G::dims(),
                nodes: Vec::new(),
            },
            kind: PhantomData,
        }
    }
}

impl<A: Semiring, D: Environment, G, Ss> GraphData<A, D, G, Ss> {
    /// Handles of the inputs, an `HList` like the context.
    pub fn inputs(&self) -> G::Vars
    where
        G: EntryHandles,
    {
        G::vars(self.raw.owner, &mut 0)
    }

    /// Handles of the entries of the environment.
    pub fn environment(&self) -> D::Vars
    where
        D: EnvHandles,
    {
        D::vars(self.raw.owner)
    }

    /// Adds an op wired at handles of this graph, and returns the handle of its value.
    ///
    /// # Panics
    /// If a handle belongs to another graph; the message names both.
    #[track_caller]
    // The shape is a parameter: as a projection in the result, it would say once more that a scalar is too low.
    pub fn node<O: Op<V::Shapes, Need: MetBy<A>>, V: Vars, T>(
        self,
        name: &'static str,
        call: Call<O, V>,
    ) -> (GraphData<A, D, G, HCons<T, Ss>>, Var<T>)
    where
        O::Need: MetBy<A, Then<O::Out> = T>,
    {
        let mut raw = self.raw;
        let var = Var::new(raw.owner, raw.size());
        raw.nodes
            .push(RawNode::from_op(name.into(), raw.owner, call));
        (
            GraphData {
                raw,
                kind: PhantomData,
            },
            var,
        )
    }

    /// Adds a node made by [`NodeData`], over the whole context so far. Lean's `GraphData.snoc`.
    ///
    /// # Panics
    /// If the node was wired at handles of another graph; the message names both.
    #[track_caller]
    pub fn snoc<T: Shape>(
        self,
        node: NodeData<A, D, Values<G, Ss>, T>,
    ) -> GraphData<A, D, G, HCons<T, Ss>>
    where
        G: Context,
        Ss: Computed,
    {
        let mut raw = self.raw;
        if let Some(owner) = node.owner {
            raw.owner.demand(owner);
        }
        raw.nodes.push(node.raw);
        GraphData {
            raw,
            kind: PhantomData,
        }
    }
}

impl<A, D, G, Ss> GraphData<A, D, G, Ss> {
    /// What the handles of this graph belong to.
    pub fn owner(&self) -> Owner {
        self.raw.owner
    }

    /// The same graph over another scalar, which the caller knows to be high enough in the tower.
    ///
    /// # Errors
    /// A node made from closures.
    pub(crate) fn over<B>(&self) -> Result<GraphData<B, D, G, Ss>, Counterexample> {
        Ok(GraphData {
            raw: self.raw.over()?,
            kind: PhantomData,
        })
    }
}

impl<A, D, G, Ss> Clone for GraphData<A, D, G, Ss> {
    fn clone(&self) -> Self {
        GraphData {
            raw: self.raw.clone(),
            kind: PhantomData,
        }
    }
}

/// One line for each value: its id, name, op, dims and parents.
impl<A, D, G, Ss> fmt::Debug for GraphData<A, D, G, Ss> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.raw.owner)?;
        for (id, dims) in self.raw.inputs.iter().enumerate() {
            let name = self.raw.input_names.get(id).map_or("", |name| name);
            write!(f, "\n%{id} {dims} {name} = input")?;
        }
        for (id, node) in self.raw.numbered() {
            write!(f, "\n%{id} {} {} = {}", node.dims, node.name, node.op)?;
            for parent in &node.parents {
                write!(f, " %{parent}")?;
            }
        }
        Ok(())
    }
}
