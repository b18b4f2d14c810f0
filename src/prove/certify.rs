//! The door to `Node` and `Graph`: the JVP of each node is the derivative of its value, and its VJP is the adjoint of its
//! JVP, `⟨jvp(x, dx), dy⟩ = ⟨dx, vjp(x, dy)⟩`.

use super::chosen::{Chosen, at_slots};
use super::domain::is_defined_somewhere;
use super::function_laws;
use crate::context::Context;
use crate::counterexample::Counterexample;
use crate::env::Environment;
use crate::graph::GraphData;
use crate::graph::NodeData;
use crate::graph::node::Node as AnyNode;
use crate::graph::node_data::Made;
use crate::graph::nodes::Nodes;
use crate::graph::steps::Entries;
use crate::handle::GraphId;
use crate::lean::{Graph, Node};
use crate::program::{Input, Program};
use crate::scalar::{Agreement, Sample};
use crate::shape::Shape;
use crate::tensor::{AnyTensor, Dims, Type, dot};

/// How many random points each node made from closures is tried at.
const TRIALS: usize = 32;

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
        let graph_id = match &self.made {
            Made::Op { graph_id, .. } => *graph_id,
            Made::Closures(_) => GraphId::new("node"),
        };
        let mut nodes = Nodes::of_program(graph_id, "node".into(), program, count);
        self.made.clone().push(name.into(), &mut nodes);
        certified::<A, D>(&nodes, env)?;
        Ok(Node::certified(self))
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
        Ok(Graph::certified(self))
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
                let entries = at_slots(&node.slots(), &d.values);
                function_laws::show(function, &node.describe(), &entries, true)?;
            }
            None => adjoint(&node, &dims, &d)?,
        }
        dims.push(node.dims.clone());
    }
    match nodes.closure_name() {
        None => is_defined_somewhere(nodes, &d.values.iter().map(Chosen::of).collect::<Vec<_>>()),
        Some(_) => Ok(()), // its nodes were tried at points where they are defined
    }
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
