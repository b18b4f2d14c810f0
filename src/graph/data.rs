//! `GraphData`: building a typed graph, node by node.

use super::handles::EntryHandles;
use super::node_data::NodeData;
use super::nodes::Nodes;
use crate::context::{Computed, Context, Name, TList, Values};
use crate::counterexample::Counterexample;
use crate::env::{EnvHandles, Environment};
use crate::op::{Call, Op, Var, Vars};
use crate::owner::Owner;
use crate::program::Input;
use crate::scalar::{MetBy, Semiring};
use crate::shape::{ScalarShape, Shape};
use crate::tensor::Tensor;
use core::fmt;
use core::marker::PhantomData;
use frunk::hlist::{HCons, HNil};

/// A typed graph over scalars `A`: inputs of context `G`, environment `D`, and one node for each shape of `Ss`.
/// Lean's `GraphData α Δ Γ ss`.
///
/// `Ss` lists the shapes of the nodes newest first. The last node, at its head, is the output.
///
/// [`graph!`](crate::graph!) writes one. What can be done with it:
///
/// | to | call |
/// | --- | --- |
/// | run | [`value`](Self::value), [`values`](Self::values), [`eval`](Self::eval) |
/// | differentiate | [`value_and_vjp`](Self::value_and_vjp), [`vjp`](Self::vjp), [`values_and_vjp`](Self::values_and_vjp), [`value_and_jvp`](Self::value_and_jvp), [`jvp`](Self::jvp), [`backprop`](Self::backprop), [`backprop_all`](Self::backprop_all), [`gradient`](Self::gradient), [`tangent`](Self::tangent) |
/// | look at | [`summary`](Self::summary), [`to_dot`](Self::to_dot), [`to_svg`](Self::to_svg) |
/// | prove | [`laws::prove`](fn@crate::laws::prove), [`certify`](Self::certify) |
/// | compile | [`compile_data`](fn@crate::link::compile_data), [`program`](Self::program) |
/// | build by hand | [`nil`](Self::nil), [`named`](Self::named), [`inputs`](Self::inputs), [`environment`](Self::environment), [`node`](Self::node), [`call`](Self::call), [`call_all`](Self::call_all), [`snoc`](Self::snoc), [`owner`](Self::owner) |
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
    pub(crate) nodes: Nodes<A, D>,
    pub(super) kind: PhantomData<fn(G) -> Ss>,
}

impl<A: Semiring, D: Environment, G: Context> GraphData<A, D, G, HNil> {
    /// The graph without nodes.
    pub fn nil() -> Self {
        Self::named("graph", &[])
    }

    /// The graph without nodes, with a name and a name for each entry of its context. The tensors of a group are named
    /// after it: `p.weight`, `blocks[3].weight`.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let g = GraphData::<f64, (), context![[2]], _>::named("total", &["x"]);
    /// let cotangent::frunk::hlist_pat![x] = g.inputs();
    /// let (g, _) = g.node("sum", sum(x));
    /// assert!(format!("{g:?}").ends_with("\n%0 [2] x = input\n%1 [] sum = sum %0"));
    /// ```
    pub fn named(name: &'static str, entries: &[&'static str]) -> Self {
        let entries: Vec<Name> = entries.iter().map(|&name| name.into()).collect();
        let mut names = Vec::new();
        if !entries.is_empty() {
            G::push_entry_names(&entries, &mut names);
        }
        let inputs = G::dims().into_iter().enumerate().map(|(i, dims)| {
            let mut input = Input::from(dims);
            if let Some(name) = names.get(i) {
                input.name = name.as_ref().into();
            }
            input
        });
        let nodes = Nodes::new(Owner::new(name), name.into(), inputs.collect(), D::types());
        GraphData {
            nodes,
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
        G::vars(self.nodes.owner, &mut 0)
    }

    /// Handles of the entries of the environment.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// type Env = TensorList<cotangent::frunk::HList![Labels<3, shape![2]>]>;
    /// let g = GraphData::<f64, Env, context![[2, 3]], _>::nil();
    /// let cotangent::frunk::hlist_pat![scores] = g.inputs();
    /// let cotangent::frunk::hlist_pat![labels] = g.environment();
    /// let (g, _) = g.node("loss", cross_entropy(scores, labels));
    /// let loss = g.value(&tlist![Tensor::zero()], &tlist![Labels::new([0, 2])?]);
    /// assert!((loss.item() - 3f64.ln()).abs() < 1e-12);
    /// # Ok::<(), LabelsError>(())
    /// ```
    pub fn environment(&self) -> D::Vars
    where
        D: EnvHandles,
    {
        D::vars(self.nodes.owner)
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
        let mut nodes = self.nodes;
        let var = Var::new(nodes.owner, nodes.size());
        nodes.push_op(name, call);
        let kind = PhantomData;
        (GraphData { nodes, kind }, var)
    }

    /// Adds a node made by [`NodeData`], over the whole context so far. Lean's `GraphData.snoc`.
    ///
    /// # Panics
    /// If the node was wired at handles of another graph; the message names both.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let g = GraphData::<f64, (), context![[2]], _>::nil();
    /// let cotangent::frunk::hlist_pat![x] = g.inputs();
    /// let node = NodeData::from_op("total", g.owner(), sum(x));
    /// let g = g.snoc(node);
    /// assert_eq!(g.value(&tlist![Tensor::from([1.0, 2.0])], &()).item(), 3.0);
    /// ```
    #[track_caller]
    pub fn snoc<T: Shape>(
        self,
        node: NodeData<A, D, Values<G, Ss>, T>,
    ) -> GraphData<A, D, G, HCons<T, Ss>>
    where
        G: Context,
        Ss: Computed,
    {
        let mut nodes = self.nodes;
        let name = node.name().to_owned();
        node.made.push(name.into(), &mut nodes);
        GraphData {
            nodes,
            kind: PhantomData,
        }
    }
}

// Beside the type, and with its bound in the line of the function: of a method of another file rustc gives the path, and
// it shows all lines from the name to the bound.
impl<A: Semiring, D: Environment, G: Context, T: Shape, Ss> GraphData<A, D, G, HCons<T, Ss>> {
    /// The output, a scalar, and its gradient: the cotangents of the inputs for the cotangent 1.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let g = graph!(|x: [3]| sum(x * x));
    /// let (y, tlist![dx]) = g.value_and_vjp(&tlist![Tensor::from([1.0, 2.0, 3.0])], &tlist![]);
    /// assert_eq!(y.item(), 14.0);
    /// assert_eq!(dx, Tensor::from([2.0, 4.0, 6.0]));
    /// ```
    #[rustfmt::skip]
    pub fn value_and_vjp(&self, x: &TList<A, G>, d: &D) -> (Tensor<A, T>, TList<A, G>) where T: ScalarShape {
        self.vjp(x, d, &Tensor::one())
    }
}

impl<A, D, G, Ss> GraphData<A, D, G, Ss> {
    /// What the handles of this graph belong to.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let g = GraphData::<f64, (), context![[2]], _>::named("total", &["x"]);
    /// assert_eq!(g.owner().name(), "total");
    /// ```
    pub fn owner(&self) -> Owner {
        self.nodes.owner
    }

    /// The same graph over another scalar, which the caller knows to be high enough in the tower.
    ///
    /// # Errors
    /// A node made from closures.
    pub(crate) fn over<B>(&self) -> Result<GraphData<B, D, G, Ss>, Counterexample> {
        Ok(GraphData {
            nodes: self.nodes.over()?,
            kind: PhantomData,
        })
    }
}

impl<A, D, G, Ss> Clone for GraphData<A, D, G, Ss> {
    fn clone(&self) -> Self {
        GraphData {
            nodes: self.nodes.clone(),
            kind: PhantomData,
        }
    }
}

/// One line for each value: its id, name, op, dims and parents.
impl<A, D, G, Ss> fmt::Debug for GraphData<A, D, G, Ss> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.nodes.owner)?;
        for (id, input) in self.nodes.context().iter().enumerate() {
            write!(f, "\n%{id} {} {} = input", input.ty, input.name)?;
        }
        for node in self.nodes.nodes() {
            write!(
                f,
                "\n%{} {} {} = {}",
                node.id, node.dims, node.name, node.op
            )?;
            for parent in node.parents() {
                write!(f, " %{parent}")?;
            }
        }
        Ok(())
    }
}
