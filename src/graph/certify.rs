//! The door to `Node` and `Graph`: the JVP of each node is the derivative of its value, and its VJP is the adjoint of its
//! JVP, `⟨jvp(x, dx), dy⟩ = ⟨dx, vjp(x, dy)⟩`.

use super::data::GraphData;
use super::identities::{self, dot};
use super::node::Node as AnyNode;
use super::node_data::{Made, NodeData};
use super::nodes::Nodes;
use super::steps::Entries;
use crate::context::{All, Computed, Context};
use crate::counterexample::Counterexample;
use crate::env::Environment;
use crate::handle::Owner;
use crate::program::{Input, Program};
use crate::scalar::{Agreement, Sample};
use crate::shape::Shape;
use crate::tensor::{AnyTensor, Dims, Type};
use core::ops::Deref;
use frunk::hlist::{HCons, HNil};

/// How many random points each node made from closures is tried at.
const TRIALS: usize = 32;

/// A [`NodeData`] that was proven. There is no other way to make one. Lean's `Node`.
///
/// The programs of an op are run in the free algebra: its laws are shown for every input, or, where the normal forms are
/// too large, modulo a prime at random points, with a chance below 2⁻⁶⁰ that a wrong rule passes. Closures are no
/// programs, so of a node made from them only adjointness is tried, at 32 random points, up to rounding over floats.
///
/// ```
/// use cotangent::prelude::*;
/// let square = NodeData::<f64, (), context![[]], ()>::from_closures(
///     "square",
///     |x, ()| x.get::<0>().map(|x| x * x),
///     |x, dx, ()| x.get::<0>().zip_map(dx.get::<0>(), |x, dx| 2.0 * x * dx),
///     |x, (), dy| tlist![x.get::<0>().zip_map(dy, |x, dy| 2.0 * x * dy)],
/// );
/// let node: Node<_, _, _, _> = square.certify(&())?; // with a 3 for one 2 it would be an error
/// assert_eq!(node.name(), "square");
/// # Ok::<(), Counterexample>(())
/// ```
pub struct Node<A, D, G, T>(NodeData<A, D, G, T>);

/// A graph of [`Node`]s, got only by [`GraphData::certify`] or node by node. Lean's `Graph`.
///
/// It reads as its [`GraphData`] (Lean's `toData`).
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [2, 3], w: [3, 2]| sum(relu(matmul(x, w))));
/// let certified = g.certify(&tlist![])?;
/// let x = tlist![Tensor::<f64, shape![2, 3]>::one(), Tensor::one()];
/// assert_eq!(certified.value(&x, &tlist![]).item(), 12.0);
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
/// let g = graph!(|x: [2]| sum(x)).certify(&tlist![])?;
/// assert_eq!(tape(&g, &tlist![Tensor::one()], &tlist![]).size(), 2);
/// # Ok::<(), Counterexample>(())
/// ```
pub struct Graph<A, D, G, Ss>(GraphData<A, D, G, Ss>);

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

impl<A: Sample, D: Environment, G: Context, T: Shape> NodeData<A, D, G, T> {
    /// Proves the laws of the node in an environment, and makes a [`Node`] of this if they hold.
    ///
    /// # Errors
    /// The first entry at which one does not.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let wrong = NodeData::<f64, (), context![[]], ()>::from_closures(
    ///     "double",
    ///     |x, ()| x.get::<0>().map(|x| x + x),
    ///     |_, dx, ()| dx.get::<0>().map(|dx| dx + dx),
    ///     |_, (), dy| tlist![dy.clone()], // it should be twice
    /// );
    /// assert_eq!(wrong.certify(&()).err().map(|error| error.law), Some("adjointness"));
    /// ```
    pub fn certify(self, env: &D::Of<A>) -> Result<Node<A, D, G, T>, Counterexample> {
        // As the newest node of a graph of its context alone.
        let context = G::dims();
        let count = context.len();
        let types = context.into_iter().map(Type::scalar).chain(D::types());
        let program = Program::new(&types.map(Input::new).collect::<Vec<_>>());
        let name = self.name().to_owned();
        let owner = match &self.made {
            Made::Op { owner, .. } => *owner,
            Made::Closures(_) => Owner::new("node"),
        };
        let mut nodes = Nodes::of_program(owner, "node".into(), program, count);
        self.made.clone().push(name.into(), &mut nodes);
        certified::<A, D>(&nodes, env)?;
        Ok(Node(self))
    }
}

impl<A: Sample, D: Environment, G: Context, Ss> GraphData<A, D, G, Ss> {
    /// Proves the laws of each node in an environment, and makes a [`Graph`] of this if they hold.
    ///
    /// # Errors
    /// The first node and entry, and the two sides, where one does not.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let wrong = NodeData::<f64, (), context![[]], ()>::from_closures(
    ///     "square",
    ///     |x, ()| x.get::<0>().map(|x| x * x),
    ///     |x, dx, ()| x.get::<0>().zip_map(dx.get::<0>(), |x, dx| 2.0 * x * dx),
    ///     |x, (), dy| tlist![x.get::<0>().zip_map(dy, |x, dy| x * dy)], // the 2 is missing
    /// );
    /// let g = GraphData::<_, _, context![[]], _>::nil();
    /// let error = g.snoc(wrong).certify(&()).err().unwrap();
    /// assert_eq!((error.law, error.place.as_str()), ("adjointness", "node 1 `square` (closures)"));
    /// ```
    pub fn certify(self, env: &D::Of<A>) -> Result<Graph<A, D, G, Ss>, Counterexample> {
        certified::<A, D>(&self.nodes, env)?;
        Ok(Graph(self))
    }
}

/// ```
/// use cotangent::prelude::*;
/// let g = Graph::<f64, (), context![[2]], _>::nil();
/// let cotangent::frunk::hlist_pat![x] = g.inputs();
/// let node = NodeData::from_op("total", g.owner(), sum(x)).certify(&())?;
/// let g = g.snoc(node).into_data();
/// assert_eq!(g.value(&tlist![Tensor::from([1.0, 2.0])], &()).item(), 3.0);
/// # Ok::<(), Counterexample>(())
/// ```
impl<A: Sample, D: Environment, G: Context> Graph<A, D, G, HNil> {
    /// The graph without nodes.
    pub fn nil() -> Self {
        Graph(GraphData::nil())
    }
}

/// ```
/// use cotangent::prelude::*;
/// let g = Graph::<f64, (), context![[2]], _>::nil();
/// let cotangent::frunk::hlist_pat![x] = g.inputs();
/// let node = NodeData::from_op("total", g.owner(), sum(x)).certify(&())?;
/// let g = g.snoc(node).into_data();
/// assert_eq!(g.value(&tlist![Tensor::from([1.0, 2.0])], &()).item(), 3.0);
/// # Ok::<(), Counterexample>(())
/// ```
impl<A: Sample, D: Environment, G: Context, Ss: Computed> Graph<A, D, G, Ss> {
    /// Adds a certified node. Lean's `Graph.snoc`.
    ///
    /// # Panics
    /// If the node was wired at handles of another graph.
    #[track_caller]
    pub fn snoc<T: Shape>(self, node: Node<A, D, All<G, Ss>, T>) -> Graph<A, D, G, HCons<T, Ss>> {
        Graph(self.0.snoc(node.0))
    }

    /// The graph without the proof. Lean's `toData`.
    pub fn into_data(self) -> GraphData<A, D, G, Ss> {
        self.0
    }
}

/// A random tensor; `positive` keeps it inside the domain of `log`.
fn random<A: Sample>(dims: &Dims, positive: bool, rng: &mut fastrand::Rng) -> AnyTensor<A> {
    let draw = |_| match positive {
        true => A::sample_positive(rng),
        false => A::sample(rng),
    };
    AnyTensor::from_parts(dims.clone(), (0..dims.count()).map(draw).collect())
}

/// The laws of each node, in an environment.
fn certified<A: Sample, D: Environment>(
    nodes: &Nodes,
    env: &D::Of<A>,
) -> Result<(), Counterexample> {
    let d = Entries::of::<D>(env);
    let mut dims = nodes.input_dims();
    for node in nodes.nodes() {
        match node.function() {
            Some(function) => {
                let entries = identities::at_slots(&node.slots(), &d.values);
                identities::show(function, &node.describe(), &entries, true)?;
            }
            None => adjoint(&node, &dims, &d)?,
        }
        dims.push(node.dims.clone());
    }
    Ok(())
}

/// `⟨jvp(x, dx), dy⟩ = ⟨dx, vjp(x, dy)⟩` at random points, for closures over `context`.
fn adjoint<A: Sample>(
    node: &AnyNode<'_>,
    context: &[Dims],
    d: &Entries<A>,
) -> Result<(), Counterexample> {
    const LAW: &str = "adjointness";
    let place = node.describe();
    let mut rng = fastrand::Rng::with_seed(0xc07a);
    let mut tried = 0;
    for trial in 0..TRIALS {
        let positive = trial % 2 == 1;
        let mut list = |positive| -> Vec<_> {
            let random = |dims: &Dims| random(dims, positive, &mut rng);
            context.iter().map(random).collect()
        };
        let (mut x, dx) = (list(positive), list(false));
        let dy = random(node.dims, false, &mut rng);
        x.extend(node.forward(&x, d));
        let tangent = node.jvp(&x, &dx, d);
        let cotangents = node.pullback(&x, d).run(&dy);
        let left = dot(&[tangent], &[dy]);
        let right = dot(&dx, &cotangents);
        match left.agreement(&right) {
            Agreement::Equal => tried += 1,
            Agreement::Undefined => {}
            Agreement::Differ => return Err(Counterexample::new(LAW, place, left, right)),
        }
    }
    if tried == 0 {
        let none = "no point at which it is defined";
        return Err(Counterexample::new(LAW, place, "a defined value", none));
    }
    Ok(())
}
