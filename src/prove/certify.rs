//! The door to `Node` and `Graph`: the JVP of each node is the derivative of its value, and its VJP is the adjoint of its
//! JVP, `⟨jvp(x, dx), dy⟩ = ⟨dx, vjp(x, dy)⟩`.

use super::chosen::{Chosen, at_slots};
use super::domain::is_defined_somewhere;
use super::environments::{Drawn, ENVIRONMENTS, all_or_some, computes_labels, no_environment};
use super::function_laws::show_in;
use super::proof::nothing_to_show;
use crate::context::Context;
use crate::counterexample::Counterexample;
use crate::env::{Environment, Given};
use crate::graph::GraphData;
use crate::graph::NodeData;
use crate::graph::node::Node as AnyNode;
use crate::graph::node_data::Made;
use crate::graph::nodes::Nodes;
use crate::graph::steps::Entries;
use crate::handle::GraphId;
use crate::lean::{Environments, Graph, Node};
use crate::program::{Input, Program};
use crate::scalar::{Agreement, Sample};
use crate::shape::Shape;
use crate::tensor::{AnyTensor, Dims, Type, Value, dot};

/// How many random points each node made from closures is tried at.
const TRIALS: usize = 32;

impl<A: Sample, D: Environment, G: Context, T: Shape> NodeData<A, D, G, T> {
    /// Proves the laws of the node, and makes a [`Node`] of this if they hold. It says [for which environments](Node::environments):
    /// all of them, or some in which each label reaches each of its classes, as [`prove`](super::prove) draws them.
    ///
    /// # Errors
    /// The first entry at which one does not; or that nothing has elements.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let wrong = NodeData::<f64, (), context![[]], ()>::from_closures(
    ///     "double",
    ///     |x, ()| x.get::<0>().map(|x| x + x),
    ///     |_, dx, ()| dx.get::<0>().map(|dx| dx + dx),
    ///     |_, (), dy| tlist![dy.clone()], // it should be twice
    /// );
    /// assert_eq!(wrong.certify().err().map(|error| error.law), Some("adjointness"));
    /// ```
    pub fn certify(self) -> Result<Node<A, D, G, T>, Counterexample> {
        let environments = certified::<A>(&self.alone(), None)?;
        Ok(Node::certified(self, environments))
    }

    /// [`certify`](Self::certify) in one environment, and the [`Node`] speaks for no other.
    ///
    /// # Errors
    /// As [`certify`](Self::certify).
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// use cotangent::prove::Environments;
    /// let g = GraphData::<f64, (), context![[2]], _>::nil();
    /// let cotangent::frunk::hlist_pat![x] = g.inputs();
    /// let node: NodeData<f64, (), context![[2]], ()> = NodeData::from_op("total", g.graph_id(), sum(x));
    /// assert_eq!(node.certify_in(&())?.environments(), Environments::Independent); // it reads none
    /// # Ok::<(), Counterexample>(())
    /// ```
    pub fn certify_in(self, env: impl Given<A, D>) -> Result<Node<A, D, G, T>, Counterexample> {
        let environments = certified::<A>(&self.alone(), Some(env.values()))?;
        Ok(Node::certified(self, environments))
    }

    /// A graph of it alone.
    fn alone(&self) -> Nodes {
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
        nodes
    }
}

impl<A: Sample, D: Environment, G: Context, Ss> GraphData<A, D, G, Ss> {
    /// Proves the laws of each node, and makes a [`Graph`] of this if they hold. It says [for which
    /// environments](Graph::environments): all of them, or some in which each label reaches each of its classes, as
    /// [`prove`](super::prove) draws them.
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
    /// let error = g.snoc(wrong).certify().err().unwrap();
    /// assert_eq!((error.law, error.place.as_str()), ("adjointness", "node 1 `square` (closures)"));
    /// ```
    pub fn certify(self) -> Result<Graph<A, D, G, Ss>, Counterexample> {
        let environments = certified::<A>(&self.nodes, None)?;
        Ok(Graph::certified(self, environments))
    }

    /// [`certify`](Self::certify) in one environment, and the [`Graph`] speaks for no other.
    ///
    /// # Errors
    /// As [`certify`](Self::certify).
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// use cotangent::prove::Environments;
    /// graph! { fn loss(x: [2, 3]; labels: [2] < 3) -> [] { cross_entropy(x, labels) } }
    /// let one = loss::<f64>().certify_in(&tlist![Labels::new([0, 2])?])?;
    /// assert_eq!(one.environments(), Environments::Given);
    /// assert_eq!(loss::<f64>().certify()?.environments(), Environments::All(9));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn certify_in(self, env: impl Given<A, D>) -> Result<Graph<A, D, G, Ss>, Counterexample> {
        let environments = certified::<A>(&self.nodes, Some(env.values()))?;
        Ok(Graph::certified(self, environments))
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

/// The laws of each node, in an environment that was given or in those that are drawn; for which that is.
fn certified<A: Sample>(
    nodes: &Nodes,
    given: Option<Vec<Value<A>>>,
) -> Result<Environments, Counterexample> {
    let mut computed = false;
    for node in nodes.nodes() {
        computed |= node.function().is_some_and(|f| computes_labels(f));
    }
    let types = nodes.entry_types();
    let drawn = match &given {
        Some(values) => {
            let chosen = values.iter().map(Chosen::of).collect();
            Drawn::given(types, nodes.read_entries(), chosen, computed)
        }
        None => all_or_some(types, nodes.read_entries(), computed),
    };
    if drawn.environments.is_empty() {
        return Err(no_environment("prove", nodes.graph_id.name()));
    }
    let rng = &mut fastrand::Rng::with_seed(0xe4f);
    let (mut dims, mut identities) = (nodes.input_dims(), 0);
    let (mut is_empty, mut reached) = (true, 0);
    for node in nodes.nodes() {
        is_empty = false;
        let slots = match node.function() {
            Some(_) => node.slots(),
            // Closures take the whole environment.
            None => (0..types.len()).collect(),
        };
        let mut exactly = true;
        for (number, chosen) in drawn.environments.iter().enumerate() {
            let labels = node.function().is_some_and(|f| computes_labels(f));
            let few = number < ENVIRONMENTS && (node.function().is_none() || labels);
            // The first is looked at by each node.
            if number > 0 && !few && !drawn.are_new(&slots, number) {
                break;
            }
            reached = reached.max(number + 1);
            identities += match node.function() {
                Some(function) => {
                    let entries = at_slots(&slots, chosen);
                    let place = node.describe();
                    show_in(number, function, &place, &entries, &mut exactly)?.identities
                }
                None => {
                    let values = match &given {
                        Some(values) => values.clone(),
                        None => values(chosen, types, rng),
                    };
                    adjoint(&node, &dims, &Entries::of_values(values))?
                }
            };
        }
        dims.push(node.dims.clone());
    }
    if !is_empty && identities == 0 {
        return Err(nothing_to_show(nodes.graph_id.name()));
    }
    // Nodes made from closures were tried at points where they are defined.
    if nodes.closure_name().is_none() {
        is_defined_somewhere(nodes, &drawn.environments[0])?;
    }
    Ok(drawn.of(reached))
}

/// An environment with random tensors.
fn values<A: Sample>(chosen: &[Chosen], types: &[Type], rng: &mut fastrand::Rng) -> Vec<Value<A>> {
    let values = chosen.iter().zip(types);
    let values = values.map(|(chosen, ty)| match chosen.value() {
        Some(value) => value,
        None => Value::Scalar(random(ty.dims(), false, rng)),
    });
    values.collect()
}

/// `⟨jvp(x, dx), dy⟩ = ⟨dx, vjp(x, dy)⟩` at random points, for closures over `context`; how many elements that is about.
fn adjoint<A: Sample>(
    node: &AnyNode<'_>,
    context: &[Dims],
    d: &Entries<A>,
) -> Result<usize, Counterexample> {
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
    let elements: usize = context.iter().map(Dims::count).sum();
    Ok(elements + node.dims.count())
}
