//! `NodeData`: the rules of one node, with no law demanded.

use super::closures::{AnyEnv, ClosureNode, Closures};
use super::nodes::Nodes;
use crate::context::{Context, Name, TList, TensorList};
use crate::env::Environment;
use crate::handle::GraphId;
use crate::op::{Call, Op, Recorded, Rules, Signature, Surroundings, Vars, ids_of};
use crate::program::Function;
use crate::scalar::{MetBy, Semiring};
use crate::shape::Shape;
use crate::tensor::{AnyTensor, Dims, Tensor, Type};
use core::marker::PhantomData;
use std::borrow::Cow;
use std::sync::Arc;

/// One node over a context `G`, with a value of shape `T`: a forward rule, a JVP and a VJP. Lean's `NodeData`.
///
/// Made from an [`Op`] wired at handles, or from three closures over the whole context. No law is demanded;
/// [`certify`](Self::certify) is the door to [`Node`](crate::lean::Node).
///
/// ```
/// use cotangent::prelude::*;
///
/// // y = x², from closures over the context [x].
/// let square = NodeData::<f64, (), context![[]], ()>::from_closures(
///     "square",
///     |x, ()| x.get::<0>().map(|x| x * x),
///     |x, dx, ()| x.get::<0>().zip_map(dx.get::<0>(), |x, dx| 2.0 * x * dx),
///     |x, (), dy| tlist![x.get::<0>().zip_map(dy, |x, dy| 2.0 * x * dy)],
/// );
/// let g = GraphData::<_, _, context![[]], _>::nil().snoc(square);
/// let (y, dx) = g.value_and_vjp(&Tensor::scalar(3.0), ());
/// assert_eq!((y.item(), dx.item()), (9.0, 6.0));
/// ```
pub struct NodeData<A, D, G, T> {
    name: Name,
    pub(crate) made: Made,
    pub(super) kind: PhantomData<fn(A, D, G) -> T>,
}

/// What a node was made from.
#[derive(Clone)]
pub(crate) enum Made {
    /// An op, wired in a graph.
    Op {
        graph_id: GraphId,
        op: &'static str,
        function: Arc<Function>,
        arguments: Vec<usize>,
    },
    /// Closures, which take the whole context of any graph.
    Closures(ClosureNode),
}

impl Made {
    /// Adds the node to a graph.
    #[track_caller]
    pub(crate) fn push(self, name: Name, nodes: &mut Nodes) {
        match self {
            Made::Op {
                graph_id,
                op,
                function,
                arguments,
            } => {
                nodes.graph_id.demand(graph_id);
                nodes.push_function(&[name], op, &function, &arguments, false);
            }
            Made::Closures(node) => nodes.push_closures(node),
        }
    }
}

/// An op wired at values of a graph, as a function, and all the values of the graph that it takes.
#[track_caller]
pub(super) fn wired(
    signature: &Signature,
    rules: &dyn Rules,
    graph_id: GraphId,
    surroundings: &Surroundings,
) -> (Arc<Function>, Vec<usize>) {
    let mut arguments = ids_of(graph_id, rules.vars());
    let recorded = Recorded::by(signature, rules, surroundings);
    arguments.extend(recorded.reads.iter().map(|read| read.id));
    (recorded.function, arguments)
}

/// An environment that closures take: that of the graph.
fn env<T: 'static>(any: &AnyEnv) -> &T {
    match any.downcast_ref() {
        Some(env) => env,
        // A node over one environment is a node of graphs over that environment only.
        None => unreachable!("closures in another environment"),
    }
}

impl<A: Semiring, D: Environment, G: Context, T: Shape> NodeData<A, D, G, T> {
    /// A node from an op wired at handles of the graph it will be added to.
    ///
    /// # Panics
    /// If the handles belong to more than one graph.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let g = GraphData::<f64, (), context![[2]], _>::nil();
    /// let cotangent::frunk::hlist_pat![x] = g.inputs();
    /// let node = NodeData::from_op("total", g.graph_id(), sum(x));
    /// let g = g.snoc(node);
    /// assert_eq!(g.value(&Tensor::from([1.0, 2.0]), ()).item(), 3.0);
    /// ```
    #[track_caller]
    pub fn from_op<O, V>(
        name: impl Into<Cow<'static, str>>,
        graph_id: GraphId,
        call: Call<O, V>,
    ) -> Self
    where
        V: Vars,
        O: Op<V::Shapes, Out = T, Level: MetBy<A>>,
    {
        let surroundings = Surroundings {
            owners: [graph_id].into(),
            place: G::dims().len() as u32,
        };
        let (function, arguments) = wired(Call::<O, V>::SIGNATURE, &call, graph_id, &surroundings);
        NodeData {
            name: name.into(),
            made: Made::Op {
                graph_id,
                op: O::NAME,
                function,
                arguments,
            },
            kind: PhantomData,
        }
    }

    /// A node from three closures over the whole context: `forward(x, d)`, `jvp(x, dx, d)`, `vjp(x, d, dy)`.
    pub fn from_closures(
        name: impl Into<Cow<'static, str>>,
        forward: impl Fn(&TList<A, G>, &D::Of<A>) -> Tensor<A, T> + Send + Sync + 'static,
        jvp: impl Fn(&TList<A, G>, &TList<A, G>, &D::Of<A>) -> Tensor<A, T> + Send + Sync + 'static,
        vjp: impl Fn(&TList<A, G>, &D::Of<A>, &Tensor<A, T>) -> TList<A, G> + Send + Sync + 'static,
    ) -> Self {
        let closures = Closures {
            forward: Box::new(move |x, d| forward(&typed::<A, G>(x), env(d)).to_any()),
            jvp: Box::new(move |x, dx, d| {
                jvp(&typed::<A, G>(x), &typed::<A, G>(dx), env(d)).to_any()
            }),
            vjp: Box::new(move |x, d, dy| {
                vjp(&typed::<A, G>(x), env(d), &tensor(dy)).to_any_list()
            }),
        };
        let name: Name = name.into();
        let node = ClosureNode::of_closures(name.clone(), Type::scalar(Dims::of::<T>()), closures);
        NodeData {
            name,
            made: Made::Closures(node),
            kind: PhantomData,
        }
    }

    /// The name of the node.
    pub fn name(&self) -> &str {
        &self.name
    }
}

/// The typed list of erased tensors whose dims were fixed by the types of the graph.
pub(crate) fn typed<A: Semiring, G: Context>(values: &[AnyTensor<A>]) -> TList<A, G> {
    match TensorList::from_any_list(values.iter().cloned()) {
        Ok(list) => list,
        // The graph computed these values for exactly this context.
        Err(error) => unreachable!("values that are not of their context: {error}"),
    }
}

/// The typed tensor of an erased one whose dims were fixed by the types of the graph.
pub(crate) fn tensor<A: Semiring, S: Shape>(value: &AnyTensor<A>) -> Tensor<A, S> {
    match value.cast() {
        Ok(tensor) => tensor,
        Err(error) => unreachable!("a value that is not of its shape: {error}"),
    }
}
