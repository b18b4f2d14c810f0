//! Laws of the loops of a compiled tape: each of those that users call gives the typed cotangents.
//!
//! They have one premise, [`zero_preserving`](super::zero_preserving): `backprop_all` runs the pullback of every node,
//! and these loops run none of what the output does not reach. Where the premise fails (zero times infinity is NaN), the
//! law returns its counterexample, and says nothing of the loops. What they do there is
//! [`backward_dense_eq_foldl_m`](super::backward_dense_eq_foldl_m).

use super::compare::{all_identical_at, on_tape};
use super::fold::same_sparse;
use super::loops::returned;
use super::zero::zero_preserving_of;
use crate::context::Context;
use crate::counterexample::Counterexample;
use crate::env::{Environment, Given};
use crate::graph::GraphData;
use crate::graph::nodes::Nodes;
use crate::graph::steps::Entries;
use crate::lean::link::compile_tape;
use crate::lean::tape::Tape;
use crate::scalar::Semiring;
use crate::tensor::AnyTensor;
use std::collections::BTreeMap;

/// The law of one loop: `$law` runs `$loop` on the compiled tape, and `$of` judges cotangents.
macro_rules! law {
    (
        $loop:ident -> $Cotangents:ty, $sparse:expr,
        #[doc = $what:literal] $law:ident, #[doc = $example:literal]
        #[doc = $what_of:literal] $of:ident, #[doc = $example_of:literal]
    ) => {
        #[doc = $what]
        ///
        /// # Errors
        /// Where the premise fails, the counterexample of [`zero_preserving`](super::zero_preserving). Otherwise the
        /// first node whose cotangent is another, or the error of the loop.
        ///
        /// ```
        #[doc = $example]
        /// # Ok::<(), Counterexample>(())
        /// ```
        pub fn $law<A, D, G, Ss>(
            graph: &GraphData<A, D, G, Ss>,
            x: impl Given<A, G>,
            env: impl Given<A, D>,
            output: usize,
            seed: &AnyTensor<A>,
        ) -> Result<(), Counterexample>
        where
            A: Semiring,
            D: Environment,
            G: Context,
        {
            let cotangents = compile_tape(graph, x, env).$loop(output, seed);
            let cotangents = returned(stringify!($law), cotangents)?;
            $of(graph, x, env, output, seed, &cotangents)
        }

        #[doc = $what_of]
        ///
        /// # Errors
        #[doc = concat!("As [`", stringify!($law), "`].")]
        ///
        /// ```
        #[doc = $example_of]
        /// # Ok::<(), TapeError>(())
        /// ```
        pub fn $of<A, D, G, Ss>(
            graph: &GraphData<A, D, G, Ss>,
            x: impl Given<A, G>,
            env: impl Given<A, D>,
            output: usize,
            seed: &AnyTensor<A>,
            cotangents: &$Cotangents,
        ) -> Result<(), Counterexample>
        where
            A: Semiring,
            D: Environment,
            G: Context,
        {
            let tape = compile_tape(graph, x, env);
            let typed = Typed::of(stringify!($law), graph, x, env, &tape, output, seed)?;
            let law: fn(&Typed<A>, &Tape<A>, &$Cotangents) -> _ = $sparse;
            law(&typed, &tape, cotangents)
        }
    };
}

law! {
    backward_dense_all -> [AnyTensor<A>], Typed::all,
    #[doc = "The loop `backward_dense_all` of a compiled tape gives the typed cotangents of every node, from a seed at any \
    node. Lean's `backwardDenseAll_lowerGraphToTape_eq_backpropAllCtx`."]
    backward_dense_all_compile_eq_backprop_all,
    #[doc = "
use cotangent::prelude::*;
let (g, x) = (graph!(|x: [2]| sum(x * x)), tlist![Tensor::from([1.0, 2.0])]);
laws::backward_dense_all_compile_eq_backprop_all(&g, &x, (), 2, &AnyTensor::scalar(3.0))?;
laws::backward_dense_all_compile_eq_backprop_all(&g, &x, (), 1, &Tensor::from([3.0, 0.0]).to_any())?;"]
    #[doc = "[`backward_dense_all_compile_eq_backprop_all`] for the cotangents that a loop made elsewhere returned."]
    backward_dense_all_compile_eq_backprop_all_of,
    #[doc = "
use cotangent::prelude::*;
let (g, x) = (graph!(|x: [2]| sum(x * x)), tlist![Tensor::from([1.0, 2.0])]);
let tape = compile_tape(&g, &x, ());
let one = AnyTensor::scalar(1.0);
let mut cotangents = tape.backward_dense_all(2, &one)?;
cotangents[0] = Tensor::from([1.0, 2.0]).to_any(); // one of the two contributions of x * x
let law = laws::backward_dense_all_compile_eq_backprop_all_of;
assert_eq!(law(&g, &x, (), 2, &one, &cotangents).unwrap_err().place, \"node 0 `x` (leaf)[0]\");"]
}

law! {
    backward_dense -> [Option<AnyTensor<A>>], Typed::dense,
    #[doc = "The loop `backward_dense` of a compiled tape gives the typed cotangent of every node that the output reaches, \
    and none of the others, whose typed cotangents are zeros."]
    backward_dense_compile_eq_backprop_all,
    #[doc = "
use cotangent::prelude::*;
let g = graph!(|x: [2], unused: [3]| sum(relu(x) + x * 2.0));
let x = tlist![Tensor::from([1.0, 2.0]), Tensor::zeros()];
laws::backward_dense_compile_eq_backprop_all(&g, &x, (), 5, &AnyTensor::scalar(1.0))?;"]
    #[doc = "[`backward_dense_compile_eq_backprop_all`] for the cotangents that a loop made elsewhere returned."]
    backward_dense_compile_eq_backprop_all_of,
    #[doc = "
use cotangent::prelude::*;
let (g, x) = (graph!(|x: [2]| sum(relu(x) + x * 2.0)), tlist![Tensor::from([1.0, 2.0])]);
let tape = compile_tape(&g, &x, ());
let one = AnyTensor::scalar(1.0);
let mut cotangents = tape.backward_dense(tape.last(), &one)?;
cotangents[0] = Some(Tensor::from([1.0, 1.0]).to_any()); // that of the relu alone
let law = laws::backward_dense_compile_eq_backprop_all_of;
let found = law(&g, &x, (), tape.last(), &one, &cotangents).unwrap_err();
assert_eq!((found.expected.as_str(), found.got.as_str()), (\"3\", \"1\"));"]
}

law! {
    backward -> BTreeMap<usize, AnyTensor<A>>, Typed::by_id,
    #[doc = "The loop `backward` of a compiled tape gives the typed cotangents of the nodes that the output reaches, by id."]
    backward_compile_eq_backprop_all,
    #[doc = "
use cotangent::prelude::*;
let (g, x) = (graph!(|x: [2]| x * x), tlist![Tensor::from([1.0, 2.0])]);
laws::backward_compile_eq_backprop_all(&g, &x, (), 1, &Tensor::from([5.0, 6.0]).to_any())?;"]
    #[doc = "[`backward_compile_eq_backprop_all`] for the cotangents that a loop made elsewhere returned."]
    backward_compile_eq_backprop_all_of,
    #[doc = "
use cotangent::prelude::*;
let (g, x) = (graph!(|x: [2]| x * x), tlist![Tensor::from([1.0, 2.0])]);
let seed = Tensor::from([5.0, 6.0]).to_any();
let mut cotangents = compile_tape(&g, &x, ()).backward(1, &seed)?;
cotangents.remove(&0);
assert!(laws::backward_compile_eq_backprop_all_of(&g, &x, (), 1, &seed, &cotangents).is_err());"]
}

/// The loop `backward_scalar` of a compiled tape gives the typed cotangents of the nodes that a scalar reaches, from the
/// seed 1.
///
/// # Errors
/// Where the premise fails, the counterexample of [`zero_preserving`](super::zero_preserving). Otherwise the first node
/// whose cotangent is another, or the error of the loop: also that the node is no scalar.
///
/// ```
/// use cotangent::prelude::*;
/// let (g, x) = (graph!(|x: [2]| sum(x * x)), tlist![Tensor::from([1.0, 2.0])]);
/// laws::backward_scalar_compile_eq_backprop_all(&g, &x, (), 2)?;
/// assert!(laws::backward_scalar_compile_eq_backprop_all(&g, &x, (), 1).is_err()); // no scalar
/// # Ok::<(), Counterexample>(())
/// ```
pub fn backward_scalar_compile_eq_backprop_all<A, D, G, Ss>(
    graph: &GraphData<A, D, G, Ss>,
    x: impl Given<A, G>,
    env: impl Given<A, D>,
    output: usize,
) -> Result<(), Counterexample>
where
    A: Semiring,
    D: Environment,
    G: Context,
{
    let cotangents = compile_tape(graph, x, env).backward_scalar(output);
    let cotangents = returned("backward_scalar_compile_eq_backprop_all", cotangents)?;
    backward_scalar_compile_eq_backprop_all_of(graph, x, env, output, &cotangents)
}

/// [`backward_scalar_compile_eq_backprop_all`] for the cotangents that a loop made elsewhere returned.
///
/// # Errors
/// As [`backward_scalar_compile_eq_backprop_all`].
///
/// ```
/// use cotangent::prelude::*;
/// let (g, x) = (graph!(|x: [2]| sum(x * x)), tlist![Tensor::from([1.0, 2.0])]);
/// let twice = compile_tape(&g, &x, ()).backward(2, &AnyTensor::scalar(2.0))?; // a seed of 2
/// let found = laws::backward_scalar_compile_eq_backprop_all_of(&g, &x, (), 2, &twice).unwrap_err();
/// assert_eq!((found.expected.as_str(), found.got.as_str()), ("2", "4"));
/// # Ok::<(), TapeError>(())
/// ```
pub fn backward_scalar_compile_eq_backprop_all_of<A, D, G, Ss>(
    graph: &GraphData<A, D, G, Ss>,
    x: impl Given<A, G>,
    env: impl Given<A, D>,
    output: usize,
    cotangents: &BTreeMap<usize, AnyTensor<A>>,
) -> Result<(), Counterexample>
where
    A: Semiring,
    D: Environment,
    G: Context,
{
    let law = "backward_scalar_compile_eq_backprop_all";
    let (tape, one) = (compile_tape(graph, x, env), AnyTensor::scalar(A::one()));
    let typed = Typed::of(law, graph, x, env, &tape, output, &one)?;
    typed.by_id(&tape, cotangents)
}

/// The typed cotangents from a seed at one node, and which nodes it reaches.
pub(crate) struct Typed<A> {
    /// The law that they are compared for.
    law: &'static str,
    all: Vec<AnyTensor<A>>,
    reached: Vec<bool>,
}

impl<A: Semiring> Typed<A> {
    fn of<D: Environment, G: Context, Ss>(
        law: &'static str,
        graph: &GraphData<A, D, G, Ss>,
        x: impl Given<A, G>,
        env: impl Given<A, D>,
        tape: &Tape<A>,
        output: usize,
        seed: &AnyTensor<A>,
    ) -> Result<Self, Counterexample> {
        zero_preserving_of(tape)?;
        let d = Entries::of(&graph.nodes, env);
        let values = graph.nodes.eval(x.tensors(), &d);
        Self::from(law, &graph.nodes, &values, &d, output, seed)
    }

    /// Those of a graph whose types are forgotten.
    pub(crate) fn from(
        law: &'static str,
        nodes: &Nodes,
        values: &[AnyTensor<A>],
        d: &Entries<A>,
        output: usize,
        seed: &AnyTensor<A>,
    ) -> Result<Self, Counterexample> {
        let Some(of) = values.get(output) else {
            let expected = format!("one of {} values", values.len());
            return Err(Counterexample::new(law, "the output", expected, output));
        };
        if of.dims() != seed.dims() {
            return Err(Counterexample::new(law, "the seed", of.dims(), seed.dims()));
        }
        let zeros = values
            .iter()
            .map(|value| AnyTensor::zeros(value.dims().clone()));
        let mut seeds: Vec<_> = zeros.collect();
        seeds[output] = seed.clone();
        let mut reached = vec![false; values.len()];
        reached[output] = true;
        for node in nodes.nodes().iter().rev() {
            if reached[node.id] {
                node.parents()
                    .into_iter()
                    .for_each(|parent| reached[parent] = true);
            }
        }
        let all = nodes.backprop_all(values, seeds, d);
        Ok(Typed { law, all, reached })
    }

    /// The same, for another law.
    pub(crate) fn by(mut self, law: &'static str) -> Self {
        self.law = law;
        self
    }

    pub(crate) fn all(&self, tape: &Tape<A>, got: &[AnyTensor<A>]) -> Result<(), Counterexample> {
        all_identical_at(self.law, on_tape(tape), &self.all, got)
    }

    pub(crate) fn dense(
        &self,
        tape: &Tape<A>,
        got: &[Option<AnyTensor<A>>],
    ) -> Result<(), Counterexample> {
        for (id, cotangent) in self
            .all
            .iter()
            .enumerate()
            .filter(|(id, _)| !self.reached[*id])
        {
            let zero = AnyTensor::zeros(cotangent.dims().clone());
            all_identical_at(
                self.law,
                |_| on_tape(tape)(id),
                &[zero],
                std::slice::from_ref(cotangent),
            )?;
        }
        let pairs = self.all.iter().zip(&self.reached);
        let expected = pairs.map(|(cotangent, &reached)| reached.then(|| cotangent.clone()));
        same_sparse(self.law, tape, &expected.collect::<Vec<_>>(), got)
    }

    pub(crate) fn by_id(
        &self,
        tape: &Tape<A>,
        got: &BTreeMap<usize, AnyTensor<A>>,
    ) -> Result<(), Counterexample> {
        if let Some(id) = got.keys().find(|id| **id >= self.all.len()) {
            let expected = format!("ids below {}", self.all.len());
            return Err(Counterexample::new(self.law, "the ids", expected, id));
        }
        let got: Vec<_> = (0..self.all.len())
            .map(|id| got.get(&id).cloned())
            .collect();
        self.dense(tape, &got)
    }

    /// How many elements are compared.
    pub(crate) fn elements(&self) -> usize {
        self.all
            .iter()
            .map(|cotangent| cotangent.as_slice().len())
            .sum()
    }
}
