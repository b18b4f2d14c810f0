//! The door to `Node` and `Graph`: the JVP of each node is the derivative of its value, and its VJP is the adjoint of its
//! JVP, `⟨jvp(x, dx), dy⟩ = ⟨dx, vjp(x, dy)⟩`.

use super::alone::show_alone;
use super::chosen::Chosen;
use super::domain::is_defined_somewhere;
use super::drawn_environments::ENVIRONMENTS;
use super::environments::{Drawn, Tried, all_or_some, computes_labels, no_environment};
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
use crate::lean::{Certificate, Environments, Graph, Node, at_node};
use crate::program::{Input, Program};
use crate::scalar::{Agreement, Sample};
use crate::shape::Shape;
use crate::tensor::{AnyTensor, Dims, Type, Value, dot};

/// How many random points each node made from closures is tried at.
const TRIALS: usize = 32;

impl<A: Sample, D: Environment, G: Context, T: Shape> NodeData<A, D, G, T> {
    /// Proves the laws of the node, and makes a [`Node`] of this if they hold. It says [for which environments](Node::environments),
    /// all of them, or some in which each label reaches each of its classes, as [`prove`](super::prove) draws them; and [under
    /// which conditions](Node::conditions).
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
        let certificate = certified::<A>(&self.alone(), None)?.node();
        Ok(Node::certified(self, certificate))
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
        let certificate = certified::<A>(&self.alone(), Some(env.values()))?.node();
        Ok(Node::certified(self, certificate))
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
    /// environments](Graph::environments), all of them, or some in which each label reaches each of its classes, as
    /// [`prove`](super::prove) draws them; and [under which conditions](Graph::conditions).
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
        let certificate = certified::<A>(&self.nodes, None)?.graph();
        Ok(Graph::certified(self, certificate))
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
        let certificate = certified::<A>(&self.nodes, Some(env.values()))?.graph();
        Ok(Graph::certified(self, certificate))
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

/// Where the laws of nodes were shown.
struct Certified {
    environments: Environments,
    /// Each with the node that has it.
    conditions: Vec<(String, String)>,
}

impl Certified {
    /// Of a node, in its own names.
    fn node(self) -> Certificate {
        let texts = self.conditions.into_iter().map(|(_, text)| text);
        Certificate {
            environments: self.environments,
            conditions: texts.collect(),
        }
    }

    /// Of a graph.
    fn graph(self) -> Certificate {
        let conditions = self.conditions.iter();
        Certificate {
            environments: self.environments,
            conditions: conditions.map(|(node, text)| at_node(node, text)).collect(),
        }
    }
}

/// The laws of each node, in an environment that was given or in those that are drawn.
fn certified<A: Sample>(
    nodes: &Nodes,
    given: Option<Vec<Value<A>>>,
) -> Result<Certified, Counterexample> {
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
    let (mut dims, mut tried, mut identities) = (nodes.input_dims(), Tried::nothing(), 0);
    let mut conditions = Vec::new();
    for node in nodes.nodes() {
        let place = node.describe();
        let mut of_node = Tried::nothing();
        if let Some(function) = node.function() {
            of_node = show_alone(function, &place, &node.slots(), &drawn, true)?;
            let texts = of_node.shown.conditions.texts();
            conditions.extend(texts.into_iter().map(|text| (place.clone(), text)));
        } else {
            // Closures take the whole environment.
            for chosen in drawn.environments.iter().take(ENVIRONMENTS) {
                let values = match &given {
                    Some(values) => values.clone(),
                    None => values(chosen, types, rng),
                };
                of_node.number += 1;
                of_node.shown.identities += adjoint(&node, &dims, &Entries::of_values(values))?;
            }
        }
        identities += of_node.shown.identities;
        tried = tried.and(of_node);
        dims.push(node.dims.clone());
    }
    if tried.number > 0 && identities == 0 {
        return Err(nothing_to_show(nodes.graph_id.name()));
    }
    // Nodes made from closures were tried at points where they are defined.
    if nodes.closure_name().is_none() {
        is_defined_somewhere(nodes, &drawn.environments[0])?;
    }
    Ok(Certified {
        environments: drawn.of(&tried),
        conditions,
    })
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
