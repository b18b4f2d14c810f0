//! `GraphData`: building a typed graph, node by node.

use super::gradient::{Differentiable, gradient, tangent};
use super::node_data::{NodeData, wired};
use super::nodes::Nodes;
use super::planned::Seeded;
use super::results::{Results, erased, names};
use super::returns::{AllValues, Body, Computes, Returns};
use crate::context::{All, Computed, Context, Entry, Growing, Name};
use crate::env::{EnvHandles, Environment, Given, Inputs};
use crate::handle::{AnyVar, GraphId};
use crate::op::{Call, Op, Output, OutputVars, Rules, Signature, Vars};
use crate::program::{Input, Program};
use crate::scalar::{MetBy, Semiring};
use crate::shape::{ScalarShape, Shape};
use crate::tensor::{AnyTensor, Type};
use core::fmt;
use core::marker::PhantomData;
use frunk::hlist::{HCons, HNil};

/// A typed graph over scalars `A`: inputs of context `G`, environment `D`, and one node for each shape of `Ss`.
/// Lean's `GraphData α Δ Γ ss`.
///
/// Of a graph with a name the last parameter is [`Returns<R>`](super::Returns), the list of its results; so its type can be
/// written, and [`graph_type!`](crate::graph_type!) writes it. Of a closure form, and of a graph that is built by hand, it
/// lists the shapes of all nodes newest first, and the last node, at its head, is the result.
///
/// [`graph!`](crate::graph!) writes one. What can be done with it:
///
/// | to | call |
/// | --- | --- |
/// | run | [`value`](Self::value), [`eval`](Self::eval); many times over floats, [`plan`](Self::plan) |
/// | differentiate | [`value_and_vjp`](Self::value_and_vjp), [`vjp`](Self::vjp), [`value_and_jvp`](Self::value_and_jvp), [`jvp`](Self::jvp), [`backprop`](Self::backprop), [`backprop_all`](Self::backprop_all), [`gradient`](Self::gradient), [`tangent`](Self::tangent) |
/// | look at | [`summary`](Self::summary), [`to_dot`](Self::to_dot), [`to_svg`](Self::to_svg) |
/// | prove | [`cotangent::prove::prove`](fn@crate::prove::prove), [`certify`](Self::certify) |
/// | compile | [`compile_data`](fn@crate::lean::link::compile_data), [`program`](Self::program) |
/// | build by hand | [`nil`](Self::nil), [`named`](Self::named), [`inputs`](Self::inputs), [`environment`](Self::environment), [`node`](Self::node), [`call`](Self::call), [`snoc`](Self::snoc), [`graph_id`](Self::graph_id) |
///
/// ```
/// use cotangent::prelude::*;
/// let g = GraphData::<f64, (), context![[2], [2]], _>::nil();
/// let frunk::hlist_pat![x, y] = g.inputs();
/// let (g, z) = g.node("z", mul(x, y));
/// let (g, _) = g.node("total", sum(z));
/// let x = tlist![Tensor::from([1.0, 2.0]), Tensor::from([3.0, 4.0])];
/// assert_eq!(g.value(&x, ()).item(), 11.0);
/// ```
pub struct GraphData<A, D, G, Ss> {
    // In a box: a graph is moved at each node, and the type of each is another.
    pub(crate) nodes: Box<Nodes>,
    pub(super) kind: PhantomData<fn(A, D, G) -> Ss>,
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
        Self::with_names(name, entries, &[])
    }

    /// The same, with names for the entries of the environment.
    pub(crate) fn with_names(
        name: &'static str,
        entries: &[&'static str],
        environment: &[&'static str],
    ) -> Self {
        let mut all = Vec::new();
        if !entries.is_empty() {
            let entries: Vec<Name> = entries.iter().map(|&name| name.into()).collect();
            G::push_entry_names(&entries, &mut all);
        }
        let context = G::dims();
        let count = context.len();
        all.resize(count, Name::default());
        D::name_values(environment, &mut all);
        let types = context.into_iter().map(Type::scalar).chain(D::types());
        let inputs = types.enumerate().map(|(i, ty)| {
            let mut input = Input::new(ty);
            if let Some(name) = all.get(i) {
                input.name = name.as_ref().into();
            }
            input
        });
        let program = Program::new(&inputs.collect::<Vec<_>>());
        let nodes = Nodes::of_program(GraphId::new(name), name.into(), program, count);
        GraphData {
            nodes: nodes.into(),
            kind: PhantomData,
        }
    }
}

impl<A: Semiring, D: Environment, G, Ss> GraphData<A, D, G, Ss> {
    /// Handles of the inputs, an `HList` like the context.
    pub fn inputs(&self) -> G::Vars
    where
        G: Entry,
    {
        G::vars(self.nodes.graph_id, &mut 0)
    }

    /// Handles of the entries of the environment.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// type Env = environment![[2] < 3];
    /// let g = GraphData::<f64, Env, context![[2, 3]], _>::nil();
    /// let cotangent::frunk::hlist_pat![scores] = g.inputs();
    /// let cotangent::frunk::hlist_pat![labels] = g.environment();
    /// let (g, _) = g.node("loss", cross_entropy(scores, labels));
    /// let loss = g.value(&Tensor::zeros(), &tlist![Labels::new([0, 2])?]);
    /// assert!((loss.item() - 3f64.ln()).abs() < 1e-12);
    /// # Ok::<(), LabelsError>(())
    /// ```
    pub fn environment(&self) -> D::Vars
    where
        D: EnvHandles,
    {
        D::handles(self.nodes.graph_id, self.nodes.inputs)
    }

    /// Adds an op wired at handles of this graph, and returns the handle of its value; of an op with several results a tuple
    /// of handles, and their names are separated by commas: `"a, b"`.
    ///
    /// A tensor is a node, with a place in the type and on the tape. Labels and keys are values of the graph without one: a
    /// node that reads them contains what makes them.
    ///
    /// # Panics
    /// If a handle belongs to another graph; the message names both.
    #[track_caller]
    // A function that builds a graph has hundreds of these calls, and inlined they are most of the time that LLVM takes.
    #[inline(never)]
    // The result is a parameter: as a projection it would say once more that a scalar is too low.
    pub fn node<O: Op<V::Shapes, Level: MetBy<A>>, V: Vars, T: Output<Vars = H>, H>(
        self,
        name: &'static str,
        call: Call<O, V>,
    ) -> (GraphData<A, D, G, T::Onto<Ss>>, H)
    where
        O::Level: MetBy<A, If<O::Out> = T>,
        H: OutputVars<Out = T>,
        Ss: Growing,
    {
        let (nodes, first) = with_op(self.nodes, name, Call::<O, V>::SIGNATURE, &call);
        let kind = PhantomData;
        (
            GraphData { nodes, kind },
            T::value_vars(first.graph_id, first.id),
        )
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
    /// let node = NodeData::from_op("total", g.graph_id(), sum(x));
    /// let g = g.snoc(node);
    /// assert_eq!(g.value(&Tensor::from([1.0, 2.0]), ()).item(), 3.0);
    /// ```
    #[track_caller]
    pub fn snoc<T: Shape>(
        self,
        node: NodeData<A, D, All<G, Ss>, T>,
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

/// Adds an op wired at handles of a graph, and says what its first value is. Compiled once, and not for each op and its
/// shapes.
#[track_caller]
fn with_op(
    mut nodes: Box<Nodes>,
    name: &str,
    signature: &Signature,
    rules: &dyn Rules,
) -> (Box<Nodes>, AnyVar) {
    let (graph_id, id) = (nodes.graph_id, nodes.next_id());
    let (function, arguments) = wired(signature, rules, graph_id, &nodes.surroundings());
    let names = names(name, function.body().outputs().len());
    nodes.push_function(&names, signature.name, &function, &arguments, false);
    (nodes, AnyVar { graph_id, id })
}

// Beside the type, and with its bound in the line of the function: of a method of another file rustc gives the path, and
// it shows all lines from the name to the bound.
impl<A: Semiring, D: Environment, G: Context, Ss: Body> GraphData<A, D, G, Ss> {
    /// The whole context: the inputs, then each tensor that is computed, oldest first. Lean's `eval`.
    ///
    /// A closure form names all of them in its type. Of a graph with a name it is a list without types.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let g = graph!(|x: [2], y: [2]| sum(x * y));
    /// let x = tlist![Tensor::from([1.0, 2.0]), Tensor::from([3.0, 4.0])];
    /// let tlist![_x, _y, product, total] = g.eval(&x, ());
    /// assert_eq!((product, total.item()), (Tensor::from([3.0, 8.0]), 11.0));
    /// ```
    #[rustfmt::skip]
    pub fn eval<X: Given<A, G>, E: Given<A, D>>(&self, x: X, env: E) -> Ss::All<A, G> {
        AllValues::typed(self.all_at(x, env).0)
    }

    /// The tangent of the whole context at `x` in the direction `dx`. Lean's `jvpCtx`.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let g = graph!(|x: [2], y: [2]| sum(x * y));
    /// let x = tlist![Tensor::from([1.0, 2.0]), Tensor::from([3.0, 4.0])];
    /// let dx = tlist![Tensor::from([1.0, 0.0]), Tensor::zeros()];
    /// let tlist![_, _, dproduct, dtotal] = g.jvp(&x, &dx, ());
    /// assert_eq!((dproduct, dtotal.item()), (Tensor::from([3.0, 0.0]), 3.0));
    /// ```
    #[rustfmt::skip]
    pub fn jvp<X: Given<A, G>, T: Given<A, G>, E: Given<A, D>>(&self, x: X, dx: T, env: E) -> Ss::All<A, G> {
        let (values, entries) = self.all_at(x, env);
        AllValues::typed(self.nodes.jvp(&values, dx.tensors(), &entries))
    }
}

impl<A: Semiring, D: Environment, G: Context, Ss: Computes> GraphData<A, D, G, Ss> {
    /// The value at `x`: of the result, or a tuple of those of all results.
    ///
    /// Inputs and environment are [given](Given) as a list, a tuple of references, one value, or `()` where there is none.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let g = graph!(|x: [2]| -> ([2], []) { (relu(x), sum(x)) });
    /// let (y, total) = g.value(&Tensor::from([-1.0, 3.0]), ());
    /// assert_eq!((y, total.item()), (Tensor::from([0.0, 3.0]), 2.0));
    /// ```
    #[rustfmt::skip]
    #[doc(alias = "forward", alias = "apply", alias = "call", alias = "run")]
    pub fn value<X: Given<A, G>, E: Given<A, D>>(&self, x: X, env: E) -> <Ss::Results as Results>::Of<A> {
        self.results_at(x, env)
    }

    /// The value, a scalar, and its gradient: the cotangents of the inputs for the cotangent 1, in the form in which the
    /// inputs are [given](crate::env::Inputs). Of several results the first is differentiated, and the others stand beside it.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let g = graph!(|x: [3]| sum(x * x));
    /// let (y, dx) = g.value_and_vjp(&Tensor::from([1.0, 2.0, 3.0]), ());
    /// assert_eq!((y.item(), dx), (14.0, Tensor::from([2.0, 4.0, 6.0])));
    ///
    /// let g = graph!(|x: [3]| -> ([], [3]) { let y = x * x; (sum(y), y) });
    /// let ((total, y), dx) = g.value_and_vjp(&Tensor::from([1.0, 2.0, 3.0]), ());
    /// assert_eq!((total.item(), y), (14.0, Tensor::from([1.0, 4.0, 9.0])));
    /// assert_eq!(dx, Tensor::from([2.0, 4.0, 6.0]));
    /// ```
    #[rustfmt::skip]
    #[doc(alias = "value_and_grad", alias = "value_and_gradient", alias = "grad")]
    pub fn value_and_vjp<X: Inputs<A, G, Cotangents = C>, C, E: Given<A, D>>(&self, x: X, env: E) -> (<Ss::Results as Results>::Of<A>, C) where Ss::First: ScalarShape {
        self.pull_back(x, env, Seeded::First, vec![AnyTensor::scalar(A::one())])
    }

    /// The value, and the cotangents of the inputs for the cotangent `dy` of the result, or for a tuple of cotangents.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let g = graph!(|x: [2], y: [2]| x * y);
    /// let (x, y) = (Tensor::from([1.0, 2.0]), Tensor::from([3.0, 4.0]));
    /// let (z, (dx, dy)) = g.vjp((&x, &y), (), &Tensor::from([1.0, 10.0]));
    /// assert_eq!(z, Tensor::from([3.0, 8.0]));
    /// assert_eq!((dx, dy), (Tensor::from([3.0, 40.0]), Tensor::from([1.0, 20.0])));
    /// // Of several results.
    /// let g = graph!(|x: [2]| -> ([2], []) { (x * 2.0, sum(x)) });
    /// let dy = (Tensor::from([1.0, 0.0]), Tensor::scalar(10.0));
    /// let (_, dx) = g.vjp(&Tensor::from([1.0, 3.0]), (), &dy);
    /// assert_eq!(dx, Tensor::from([12.0, 10.0]));
    /// ```
    #[rustfmt::skip]
    pub fn vjp<X: Inputs<A, G, Cotangents = C>, C, E: Given<A, D>>(&self, x: X, env: E, dy: &<Ss::Results as Results>::Tangents<A>) -> (<Ss::Results as Results>::Of<A>, C) {
        self.pull_back(x, env, Seeded::All, erased::<A, Ss::Results>(dy))
    }

    /// The value at `x`, and its tangent in the direction `dx`.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let g = graph!(|x: [2]| x * x);
    /// let (x, dx) = (Tensor::from([1.0, 2.0]), Tensor::from([1.0, 10.0]));
    /// let (y, dy) = g.value_and_jvp(&x, &dx, ());
    /// assert_eq!((y, dy), (Tensor::from([1.0, 4.0]), Tensor::from([2.0, 40.0])));
    /// ```
    #[rustfmt::skip]
    pub fn value_and_jvp<X: Given<A, G>, T: Given<A, G>, E: Given<A, D>>(&self, x: X, dx: T, env: E) -> (<Ss::Results as Results>::Of<A>, <Ss::Results as Results>::Tangents<A>) {
        self.push_forward(x, dx.values(), env)
    }

    /// The gradient of the first result, a scalar, as a graph over the same inputs and environment. Its result is a list
    /// like its inputs, groups included.
    ///
    /// It is a graph like others: its VJP in a direction `v` is the Hessian times `v`, by reverse mode over reverse
    /// mode, and it has a gradient in turn once its result is made into a scalar.
    ///
    /// # Panics
    /// If a node was made from closures, which cannot be differentiated twice.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let g = graph!(|x: [2], y: [2]| sum(x * x * y));
    /// let gradient = g.gradient();
    /// let x = tlist![Tensor::from([1.0, 2.0]), Tensor::from([3.0, 4.0])];
    /// let v = tlist![Tensor::from([1.0, 0.0]), Tensor::from([0.0, 1.0])];
    /// let (tlist![dx, dy], tlist![hx, hy]) = gradient.vjp(&x, (), &v);
    /// assert_eq!((dx, dy), (Tensor::from([6.0, 16.0]), Tensor::from([1.0, 4.0])));
    /// assert_eq!((hx, hy), (Tensor::from([6.0, 4.0]), Tensor::from([2.0, 0.0])));
    /// ```
    #[track_caller]
    #[rustfmt::skip]
    pub fn gradient(&self) -> GraphData<A, D, G, Returns<HCons<G, HNil>>> where Ss::First: ScalarShape {
        match gradient(&self.nodes) {
            Ok(nodes) => GraphData { nodes: nodes.into(), kind: PhantomData },
            Err(error) => panic!("no gradient of {}: {error}", self.nodes.graph_id),
        }
    }

    /// The tangents of the results, as a graph over the inputs, then their tangents, each a list, and the same environment.
    ///
    /// # Panics
    /// If a node was made from closures, which have no program.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let g = graph!(|x: [2], y: [2]| sum(x * x * y));
    /// let tangent = g.tangent();
    /// let x = tlist![Tensor::from([1.0, 2.0]), Tensor::from([3.0, 4.0])];
    /// let dx = tlist![Tensor::from([1.0, 0.0]), Tensor::zeros()];
    /// assert_eq!(tangent.value(&tlist![x, dx], ()).item(), 6.0);
    /// ```
    #[track_caller]
    #[rustfmt::skip]
    pub fn tangent(&self) -> GraphData<A, D, HCons<G, HCons<G, HNil>>, Returns<Ss::Results>> where Ss::Results: Differentiable {
        match tangent(&self.nodes) {
            Ok(nodes) => GraphData { nodes: nodes.into(), kind: PhantomData },
            Err(error) => panic!("no tangent of {}: {error}", self.nodes.graph_id),
        }
    }
}

impl<A, D, G, Ss> GraphData<A, D, G, Ss> {
    /// What the handles of this graph belong to.
    pub fn graph_id(&self) -> GraphId {
        self.nodes.graph_id
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
        write!(f, "{}", self.nodes.graph_id)?;
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
