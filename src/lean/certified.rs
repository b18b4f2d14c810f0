//! Nodes and graphs that were proven: Lean's `Node` and `Graph`, which carry the proof of their adjointness.

use super::environments::Environments;
use crate::context::{All, Computed, Context};
use crate::env::Environment;
use crate::graph::{GraphData, NodeData};
use crate::scalar::Semiring;
use crate::shape::Shape;
use core::ops::Deref;
use frunk::hlist::{HCons, HNil};

/// For what a proof speaks.
#[derive(Clone, Debug)]
pub(crate) struct Certificate {
    pub environments: Environments,
    /// Where it holds, in words.
    pub conditions: Vec<String>,
}

/// A condition of a node, in a graph.
pub(crate) fn at_node(node: &str, condition: &str) -> String {
    format!("{node}: {condition}")
}

/// A [`NodeData`] that was proven. There is no other way to make one. Lean's `Node`.
///
/// The programs of an op are run in the free algebra: its laws are shown for every input, or, where the normal forms are
/// too large, modulo a prime at random points. [`environments`](Self::environments) says for which labels and keys: nothing
/// is said of others, and [`conditions`](Self::conditions) where. Closures are no programs, so of a node made from them only adjointness is tried, at 32 random points,
/// up to rounding over floats.
///
/// ```
/// use cotangent::prelude::*;
/// let square = NodeData::<f64, (), context![[]], ()>::from_closures(
///     "square",
///     |x, ()| x.get::<0>().map(|x| x * x),
///     |x, dx, ()| x.get::<0>().zip_map(dx.get::<0>(), |x, dx| 2.0 * x * dx),
///     |x, (), dy| tlist![x.get::<0>().zip_map(dy, |x, dy| 2.0 * x * dy)],
/// );
/// let node: Node<_, _, _, _> = square.certify()?; // with a 3 for one 2 it would be an error
/// assert_eq!(node.name(), "square");
/// # Ok::<(), Counterexample>(())
/// ```
pub struct Node<A, D, G, T>(NodeData<A, D, G, T>, Certificate);

/// A graph of [`Node`]s, got only by [`GraphData::certify`] or node by node. Lean's `Graph`.
///
/// It reads as its [`GraphData`] (Lean's `toData`).
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [2, 3], w: [3, 2]| sum(relu(matmul(x, w))));
/// let certified = g.certify()?;
/// let x = tlist![Tensor::<f64, shape![2, 3]>::ones(), Tensor::ones()];
/// assert_eq!(certified.value(&x, ()).item(), 12.0);
/// # Ok::<(), Counterexample>(())
/// ```
///
/// In a signature it says that a proof was there before:
/// ```
/// use cotangent::prelude::*;
/// fn tape<D: Environment, G: Context, Ss: cotangent::graph::Body>(
///     g: &Graph<f64, D, G, Ss>, x: &TList<f64, G>, d: &D::Of<f64>,
/// ) -> Tape<f64> {
///     compile(g, x, d).0
/// }
/// let g = graph!(|x: [2]| sum(x)).certify()?;
/// assert_eq!(tape(&g, &tlist![Tensor::ones()], &tlist![]).size(), 2);
/// # Ok::<(), Counterexample>(())
/// ```
pub struct Graph<A, D, G, Ss>(GraphData<A, D, G, Ss>, Certificate);

impl<A, D, G, T> Deref for Node<A, D, G, T> {
    type Target = NodeData<A, D, G, T>;
    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl<A, D, G, Ss> Deref for Graph<A, D, G, Ss> {
    type Target = GraphData<A, D, G, Ss>;
    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl<A, D, G, T> Node<A, D, G, T> {
    /// For `certify` alone, once the laws were shown.
    pub(crate) fn certified(data: NodeData<A, D, G, T>, certificate: Certificate) -> Self {
        Node(data, certificate)
    }

    /// For which environments its laws were shown.
    pub fn environments(&self) -> Environments {
        self.1.environments
    }

    /// Where they hold, if that is not everywhere, as [`Proof::conditions`](crate::prove::Proof::conditions): what it takes is
    /// called `x`, or `x0`, `x1` and so on. Of closures nothing is known.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let g = GraphData::<f64, (), context![[]], _>::nil();
    /// let cotangent::frunk::hlist_pat![x] = g.inputs();
    /// let node: NodeData<f64, (), context![[]], ()> = NodeData::from_op("logarithm", g.graph_id(), log(x));
    /// assert_eq!(node.certify()?.conditions(), ["x > 0"]);
    /// # Ok::<(), Counterexample>(())
    /// ```
    pub fn conditions(&self) -> &[String] {
        &self.1.conditions
    }
}

impl<A, D, G, Ss> Graph<A, D, G, Ss> {
    /// For `certify` alone, once the laws were shown.
    pub(crate) fn certified(data: GraphData<A, D, G, Ss>, certificate: Certificate) -> Self {
        Graph(data, certificate)
    }

    /// For which environments its laws were shown: of a graph that was built node by node, the weakest of its nodes'.
    pub fn environments(&self) -> Environments {
        self.1.environments
    }

    /// Where they hold, if that is not everywhere: the [conditions](Node::conditions) of each node, in its names.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let g: GraphData<f64, _, _, _> = graph!(|x: [], y: []| { let l = log(x + 1.0); l / y });
    /// let conditions = ["node 3 `l` (log): x > 0", "node 4 `out` (div): x1 is not 0"];
    /// assert_eq!(g.certify()?.conditions(), conditions);
    /// # Ok::<(), Counterexample>(())
    /// ```
    pub fn conditions(&self) -> &[String] {
        &self.1.conditions
    }
}

/// ```
/// use cotangent::prelude::*;
/// let g = Graph::<f64, (), context![[2]], _>::nil();
/// let cotangent::frunk::hlist_pat![x] = g.inputs();
/// let node = NodeData::from_op("total", g.graph_id(), sum(x)).certify()?;
/// let g = g.snoc(node).into_data();
/// assert_eq!(g.value(&Tensor::from([1.0, 2.0]), ()).item(), 3.0);
/// # Ok::<(), Counterexample>(())
/// ```
impl<A: Semiring, D: Environment, G: Context> Graph<A, D, G, HNil> {
    /// The graph without nodes.
    pub fn nil() -> Self {
        let certificate = Certificate {
            environments: Environments::Independent,
            conditions: Vec::new(),
        };
        Graph(GraphData::nil(), certificate)
    }
}

impl<A: Semiring, D: Environment, G: Context, Ss: Computed> Graph<A, D, G, Ss> {
    /// Adds a certified node. Lean's `Graph.snoc`.
    ///
    /// # Panics
    /// If the node was wired at handles of another graph.
    #[track_caller]
    pub fn snoc<T: Shape>(self, node: Node<A, D, All<G, Ss>, T>) -> Graph<A, D, G, HCons<T, Ss>> {
        let (data, mut certificate) = (self.0.snoc(node.0), self.1);
        certificate.environments = certificate.environments.and(node.1.environments);
        if !node.1.conditions.is_empty()
            && let Some(last) = data.nodes.nodes().last()
        {
            let node_at = last.describe();
            let conditions = node.1.conditions.iter();
            certificate
                .conditions
                .extend(conditions.map(|condition| at_node(&node_at, condition)));
        }
        Graph(data, certificate)
    }

    /// The graph without the proof. Lean's `toData`.
    pub fn into_data(self) -> GraphData<A, D, G, Ss> {
        self.0
    }
}
