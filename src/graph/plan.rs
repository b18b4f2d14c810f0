//! Graphs over floats, planned: memory and kernels are chosen once, before they run.

use super::callee::demand_program;
use super::data::GraphData;
use super::kept_plans::told;
use super::planned::{Planned, Seeded};
use super::results::{Results, erased};
use super::returns::Computes;
use super::run::{computed, results, tangents};
use super::whole::Whole;
use crate::context::{Context, take_all};
use crate::env::{Environment, Given, Inputs};
use crate::run::plan::PlanError;
use crate::run::{Arena, Float, Threads, plan};
use crate::shape::ScalarShape;
use crate::tensor::{AnyTensor, Value, only_tensors};
use core::fmt;
use core::marker::PhantomData;
use std::sync::{Arc, OnceLock};

/// A graph over `f32` or `f64` whose values and derivatives are planned: [`GraphData::plan`] makes one.
///
/// It gives what the graph gives. A clone shares what was planned, runs on as many threads, and has memory of its own.
///
/// ```
/// use cotangent::prelude::*;
/// graph! {
///     struct Layer { weight: [2, 1], bias: [1] }
///     fn loss(p: Layer; x: [4, 2], y: [4, 1]) -> [] { mse(matmul(x, p.weight) + p.bias, y) }
/// }
/// let mut loss = loss::<f32>().plan();
/// let x = Tensor::from([[0.0, 1.0], [1.0, 0.0], [1.0, 1.0], [2.0, 1.0]]);
/// let y = Tensor::from([[2.0], [-1.0], [1.0], [0.0]]);
/// let mut p = Layer::of(Tensor::zeros(), Tensor::zeros());
/// for _ in 0..400 {
///     let (_, gradient) = loss.value_and_vjp(&p, (&x, &y));
///     p -= gradient * 0.2;
/// }
/// assert!(loss.value(&p, (&x, &y)).item() < 1e-6); // y = 2 x₁ - x₀
/// ```
pub struct Plan<A, D, G, Ss> {
    pub(super) plans: Arc<Plans<A>>,
    pub(super) arena: Arena<A>,
    /// The inputs of the run at hand. It is empty between runs, and keeps its room.
    pub(super) inputs: Vec<Value<A>>,
    kind: PhantomData<fn(A, D, G) -> Ss>,
}

/// What was planned so far.
pub(super) struct Plans<A> {
    whole: Arc<Whole>,
    is_checked: bool,
    /// By [`Planned::place`].
    made: [OnceLock<plan::Plan<A>>; Planned::COUNT],
}

impl<A, D, G, Ss> Clone for Plan<A, D, G, Ss> {
    fn clone(&self) -> Self {
        Plan {
            plans: Arc::clone(&self.plans),
            arena: self.arena.like(),
            inputs: Vec::new(),
            kind: PhantomData,
        }
    }
}

impl<A, D, G, Ss> fmt::Debug for Plan<A, D, G, Ss> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Plan").finish_non_exhaustive()
    }
}

impl<A: Float, D: Environment, G: Context, Ss: Computes> GraphData<A, D, G, Ss> {
    /// The graph with its memory and its kernels chosen, to be run many times. What is planned is planned at its first use.
    ///
    /// # Panics
    /// If a node was made from closures: it has no program.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let mut g = graph!(|x: [3]; scale: []| sum(x * x) * scale).plan();
    /// let x = Tensor::from([1.0, 2.0, 3.0]);
    /// let (y, dx) = g.value_and_vjp(&x, &Tensor::scalar(10.0));
    /// assert_eq!((y.item(), dx), (140.0, Tensor::from([20.0, 40.0, 60.0])));
    /// ```
    #[track_caller]
    pub fn plan(&self) -> Plan<A, D, G, Ss> {
        Plan::of(Arc::clone(self.whole("plan")), false)
    }
}

impl<A, D, G, Ss> Plan<A, D, G, Ss> {
    fn of(whole: Arc<Whole>, is_checked: bool) -> Self {
        Plan {
            plans: Arc::new(Plans::of(whole, is_checked)),
            arena: Arena::new(),
            inputs: Vec::new(),
            kind: PhantomData,
        }
    }

    /// The same graph, planned for looking for what makes a NaN or an infinity: a run ends at the first node that makes one from
    /// finite values, with a sentence that has the node, its op and the line where it is written. Each instruction is a step of
    /// its own, and its operands and its results are looked at, so it takes some times as long.
    ///
    /// ```should_panic
    /// use cotangent::prelude::*;
    /// let mut plan = graph!(|x: [2]| { let ratio = x / x; sum(ratio) }).plan().checked();
    /// plan.value(&Tensor::from([1.0, 0.0]), ()); // `ratio = div, src/main.rs:2` made NaN from finite values: div, element 1
    /// ```
    pub fn checked(&self) -> Self {
        Plan::of(Arc::clone(&self.plans.whole), true)
    }
}

impl<A, D, G, Ss> GraphData<A, D, G, Ss> {
    /// The program of the whole, to be planned.
    #[track_caller]
    pub(crate) fn whole(&self, doing: &str) -> &Arc<Whole> {
        match demand_program(&self.nodes) {
            Ok(()) => self.nodes.whole(),
            Err(error) => panic!("cannot {doing} {}: {error}", self.nodes.graph_id),
        }
    }
}

impl<A: Float, D, G, Ss> Plan<A, D, G, Ss> {
    /// Sets on how many threads it runs; 1 is the one that calls. If this was never called, they are those of rayon's global
    /// pool: as many as the machine has, or as `RAYON_NUM_THREADS` says. A plan too small to gain by it stays on the caller's.
    /// The numbers are the same for every number of threads.
    ///
    /// # Errors
    /// The system gives no more threads.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let g = graph!(|x: [300, 400], w: [400, 500]| matmul(x, w));
    /// let (x, w) = (Tensor::ones(), Tensor::full(0.1));
    /// let mut plan = g.plan();
    /// plan.set_threads(1)?;
    /// let one = plan.value((&x, &w), ());
    /// plan.set_threads(4)?;
    /// assert_eq!(plan.value((&x, &w), ()), one);
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn set_threads(&mut self, threads: usize) -> std::io::Result<()> {
        self.arena.threads = Threads::of(threads)?;
        Ok(())
    }
}

// Each method takes `self` by a unique reference: it runs in the memory of this plan.
impl<A: Float, D: Environment, G: Context, Ss: Computes> Plan<A, D, G, Ss> {
    /// As [`GraphData::value`].
    ///
    /// # Panics
    /// If there is no memory for the values, as in the graph.
    #[rustfmt::skip]
    pub fn value<X: Given<A, G>, E: Given<A, D>>(&mut self, x: X, env: E) -> <Ss::Results as Results>::Of<A> {
        told(self.values_of(x, env))
    }

    /// As [`GraphData::value_and_vjp`]. Nothing is computed twice.
    ///
    /// # Panics
    /// As [`value`](Self::value).
    #[rustfmt::skip]
    pub fn value_and_vjp<X: Inputs<A, G, Cotangents = C>, C, E: Given<A, D>>(&mut self, x: X, env: E) -> (<Ss::Results as Results>::Of<A>, C) where Ss::First: ScalarShape {
        told(self.pulled_back(x, env, Seeded::First, Vec::new()))
    }

    /// As [`GraphData::vjp`].
    ///
    /// # Panics
    /// As [`value`](Self::value).
    #[rustfmt::skip]
    pub fn vjp<X: Inputs<A, G, Cotangents = C>, C, E: Given<A, D>>(&mut self, x: X, env: E, dy: &<Ss::Results as Results>::Tangents<A>) -> (<Ss::Results as Results>::Of<A>, C) {
        told(self.pulled_back(x, env, Seeded::All, erased::<A, Ss::Results>(dy)))
    }

    /// As [`GraphData::value_and_jvp`]. Nothing is computed twice.
    ///
    /// # Panics
    /// As [`value`](Self::value).
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let mut plan = graph!(|x: [2]| x * x).plan();
    /// let (x, dx) = (Tensor::from([1.0, 2.0]), Tensor::from([1.0, 10.0]));
    /// let (y, dy) = plan.value_and_jvp(&x, &dx, ());
    /// assert_eq!((y, dy), (Tensor::from([1.0, 4.0]), Tensor::from([2.0, 40.0])));
    /// ```
    #[rustfmt::skip]
    pub fn value_and_jvp<X: Given<A, G>, T: Given<A, G>, E: Given<A, D>>(&mut self, x: X, dx: T, env: E) -> (<Ss::Results as Results>::Of<A>, <Ss::Results as Results>::Tangents<A>) {
        told(self.pushed_forward(x, dx.tensors(), env))
    }

    /// The first result, a scalar, and its gradient.
    pub(crate) fn first_and_gradient<X: Inputs<A, G>>(
        &mut self,
        x: X,
        env: impl Given<A, D>,
    ) -> (A, X::Cotangents)
    where
        Ss::First: ScalarShape,
    {
        let what = Planned::Cotangents(Seeded::First);
        let values = self.with_inputs(x, env, Vec::new(), |plans, arena, inputs| {
            plans.get(what).run_values(arena, inputs)
        });
        let mut values = told(values);
        let gradient = values.split_off(self.plans.outputs());
        let first = values.first().and_then(Value::tensor);
        let first = first.and_then(|tensor| tensor.as_slice().first());
        let Some(&first) = first else {
            unreachable!("a first result that is no scalar");
        };
        (first, computed(take_all(gradient, X::take)))
    }

    /// Runs something on what is given, and on tangents of the inputs or cotangents of the results.
    pub(super) fn with_inputs<R>(
        &mut self,
        x: impl Given<A, G>,
        env: impl Given<A, D>,
        more: Vec<AnyTensor<A>>,
        run: impl FnOnce(&Plans<A>, &mut Arena<A>, &[Value<A>]) -> Result<R, PlanError>,
    ) -> Result<R, PlanError> {
        x.push_values(&mut self.inputs);
        env.push_values(&mut self.inputs);
        self.inputs.extend(more.into_iter().map(Value::Scalar));
        let result = run(&self.plans, &mut self.arena, &self.inputs);
        self.inputs.clear();
        result
    }

    #[rustfmt::skip]
    pub(super) fn values_of(&mut self, x: impl Given<A, G>, env: impl Given<A, D>) -> Result<<Ss::Results as Results>::Of<A>, PlanError> {
        let values = self.with_inputs(x, env, Vec::new(), |plans, arena, inputs| plans.get(Planned::Values).run_values(arena, inputs))?;
        Ok(results::<A, Ss::Results>(values))
    }

    #[rustfmt::skip]
    pub(super) fn pushed_forward(
        &mut self,
        x: impl Given<A, G>,
        dx: Vec<AnyTensor<A>>,
        env: impl Given<A, D>,
    ) -> Result<(<Ss::Results as Results>::Of<A>, <Ss::Results as Results>::Tangents<A>), PlanError> {
        let mut values = self.with_inputs(x, env, dx, |plans, arena, inputs| plans.get(Planned::Tangents).run_values(arena, inputs))?;
        let dy = only_tensors(values.split_off(self.plans.outputs()));
        let dy = self.plans.whole.all_tangents(&values, dy);
        Ok((results::<A, Ss::Results>(values), tangents::<A, Ss::Results>(dy)))
    }

    #[rustfmt::skip]
    pub(super) fn pulled_back<X: Inputs<A, G>>(
        &mut self,
        x: X,
        env: impl Given<A, D>,
        given: Seeded,
        dy: Vec<AnyTensor<A>>,
    ) -> Result<(<Ss::Results as Results>::Of<A>, X::Cotangents), PlanError> {
        let values = self.with_inputs(x, env, dy, |plans, arena, inputs| plans.get(Planned::Cotangents(given)).run_values(arena, inputs))?;
        // The values, then the cotangents.
        Ok(computed(take_all(values, |from| (Ss::Results::take(from), X::take(from)))))
    }
}

impl<A> Plans<A> {
    fn of(whole: Arc<Whole>, is_checked: bool) -> Self {
        Plans {
            whole,
            is_checked,
            made: Default::default(),
        }
    }

    /// Those of the same graph over so many samples.
    pub(super) fn over_samples(&self, count: usize) -> Self {
        Plans::of(Arc::new(self.whole.over_samples(count)), self.is_checked)
    }

    /// How many values the graph gives.
    pub(super) fn outputs(&self) -> usize {
        self.whole.values.outputs().len()
    }
}

impl<A: Float> Plans<A> {
    /// The entries of samples, one after the other, as a stack of each; the inputs of the program before them are as many as
    /// `first`.
    pub(super) fn stacks(&self, entries: &[Value<A>], first: usize) -> Vec<Value<A>> {
        let types = &self.whole.values.input_types()[first..];
        let stacks = types.iter().enumerate().map(|(i, ty)| {
            let of_each: Vec<&Value<A>> = entries.iter().skip(i).step_by(types.len()).collect();
            Value::stack(ty, &of_each)
        });
        // The entries have the types of the environment.
        stacks.flatten().collect()
    }

    /// One of them, planned if it is needed for the first time.
    pub(super) fn get(&self, what: Planned) -> &plan::Plan<A> {
        self.made[what.place()].get_or_init(|| {
            let program = self.whole.planned(what);
            told(match self.is_checked {
                true => plan::Plan::checked(&program, 0),
                false => plan::Plan::new(&program),
            })
        })
    }
}
