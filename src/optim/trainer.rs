//! Training a graph: each step is one plan, in which the parameters stay.

use super::optimiser::Optimiser;
use super::step::step;
use crate::context::{Context, Taking, take_all};
use crate::env::{Environment, Given, Inputs};
use crate::graph::{Computes, Float, GraphData, Results, computed, told};
use crate::program::Program;
use crate::run::plan::PlanError;
use crate::run::{Arena, Threads, plan};
use crate::shape::ScalarShape;
use crate::tensor::{AnyTensor, Value};
use core::fmt;
use core::marker::PhantomData;
use std::sync::Arc;

/// A graph in training: parameters of type `X`, what the optimiser keeps of them, and, where the graph replaces it, a state, whose
/// entries are the list `S`. A step takes the environment `D` and gives the results `R`. [`GraphData::trainer`] makes one, and
/// [`GraphData::trainer_with_state`].
///
/// A clone goes on from the same place, with memory of its own.
pub struct Trainer<A, X, D, R, S = ()> {
    pub(super) program: Arc<Program>,
    pub(super) plan: Arc<plan::Plan<A>>,
    pub(super) arena: Arena<A>,
    /// The inputs of the step at hand. It is empty between steps, and keeps its room.
    pub(super) inputs: Vec<Value<A>>,
    rate: A,
    /// The rate and the number of a step, as inputs.
    settings: [AnyTensor<A>; 2],
    pub(super) steps: usize,
    /// How many tensors the parameters have.
    parameters: usize,
    /// How many runs of so many tensors the optimiser keeps.
    kept: usize,
    take: fn(&mut Taking<A>) -> X,
    kind: PhantomData<fn(D) -> (R, S)>,
}

impl<A: Copy, X, D, R, S> Clone for Trainer<A, X, D, R, S> {
    fn clone(&self) -> Self {
        Trainer {
            program: Arc::clone(&self.program),
            plan: Arc::clone(&self.plan),
            arena: self.arena.clone(),
            inputs: Vec::new(),
            settings: self.settings.clone(),
            ..*self
        }
    }
}

impl<A: fmt::Debug, X, D, R, S> fmt::Debug for Trainer<A, X, D, R, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut f = f.debug_struct("Trainer");
        f.field("rate", &self.rate).field("steps", &self.steps);
        f.finish_non_exhaustive()
    }
}

impl<A: Float, D: Environment, G: Context, Ss: Computes> GraphData<A, D, G, Ss>
where
    Ss::First: ScalarShape,
{
    /// The graph in training, from these parameters on: each [`step`](Trainer::step) computes its results and the gradient of
    /// the first, and changes the parameters. The other results stand beside it.
    ///
    /// ```
    /// use cotangent::optim::sgd;
    /// use cotangent::prelude::*;
    /// let g = graph!(|x: [2]; target: [2]| mse(x, target));
    /// let mut trainer = g.trainer(&sgd(0.5), &Tensor::zeros());
    /// let target = Tensor::from([1.0, -2.0]);
    /// assert_eq!(trainer.step(&target).item(), 2.5);
    /// assert_eq!(trainer.parameters(), Tensor::from([0.5, -1.0]));
    /// ```
    ///
    /// # Panics
    /// If a node was made from closures: it has no program. If there is no memory.
    #[track_caller]
    pub fn trainer<X: Inputs<A, G>>(
        &self,
        optimiser: &Optimiser<A>,
        parameters: X,
    ) -> Trainer<A, X::Cotangents, D, Ss::Results> {
        trainer(self, optimiser, parameters, Vec::new())
    }
}

/// The graph in training; these values are the state, at first.
#[track_caller]
pub(super) fn trainer<A: Float, D0, G, Ss, X: Inputs<A, G>, D, R, S>(
    graph: &GraphData<A, D0, G, Ss>,
    optimiser: &Optimiser<A>,
    parameters: X,
    state: Vec<Value<A>>,
) -> Trainer<A, X::Cotangents, D, R, S> {
    let whole = graph.whole("train");
    let mut values = parameters.values();
    let count = values.len();
    for _ in 0..optimiser.kept() {
        for i in 0..count {
            let dims = values[i].ty().dims().clone();
            let zeros = vec![A::zero(); dims.count()];
            values.push(Value::Scalar(AnyTensor::from_parts(dims, zeros)));
        }
    }
    let of_state = state.len();
    values.extend(state);
    let program = step(whole, count, optimiser, of_state);
    let program = told(program.map_err(plan::PlanError::from));
    let plan = told(plan::Plan::carrying(&program, values.len()));
    let mut arena = Arena::new();
    told(plan.set(&mut arena, &values));
    Trainer {
        program: Arc::new(program),
        plan: Arc::new(plan),
        arena,
        inputs: Vec::new(),
        rate: optimiser.rate(),
        settings: [A::zero(); 2].map(AnyTensor::scalar),
        steps: 0,
        parameters: count,
        kept: optimiser.kept(),
        take: X::take,
        kind: PhantomData,
    }
}

impl<A: Float, X, D: Environment, R: Results, S> Trainer<A, X, D, R, S> {
    /// One step: the results at these parameters, which are changed.
    ///
    /// # Panics
    /// If there is no memory for the results.
    pub fn step(&mut self, env: impl Given<A, D>) -> R::Of<A> {
        told(self.stepped(env))
    }

    pub(super) fn stepped(&mut self, env: impl Given<A, D>) -> Result<R::Of<A>, PlanError> {
        self.steps += 1;
        self.give(env, self.steps);
        let values = self.plan.run_values(&mut self.arena, &self.inputs);
        self.inputs.clear();
        Ok(computed(take_all(values?, R::take)))
    }

    /// Puts the inputs of a step of this number into their list.
    pub(super) fn give(&mut self, env: impl Given<A, D>, step: usize) {
        env.push_values(&mut self.inputs);
        for (setting, x) in self.settings.iter_mut().zip([self.rate, A::of_index(step)]) {
            // No step holds it any more, so that nothing is copied.
            setting.as_mut_slice().fill(x);
            self.inputs.push(Value::Scalar(setting.clone()));
        }
    }

    /// Sets on how many threads it runs, as [`Plan::set_threads`](crate::graph::Plan::set_threads) does.
    ///
    /// # Errors
    /// The system gives no more threads.
    pub fn set_threads(&mut self, threads: usize) -> std::io::Result<()> {
        self.arena.threads = Threads::of(threads)?;
        Ok(())
    }

    /// The memory of a step, in which forward, backward and update are one program: what stays from step to step is in it.
    ///
    /// ```
    /// use cotangent::optim::adam;
    /// use cotangent::prelude::*;
    /// let g: GraphData<f32, _, _, _> = graph!(|w: [64, 64]; x: [8, 64]| mean(square(matmul(x, w))));
    /// let trainer = g.trainer(&adam(0.1), &Tensor::ones());
    /// let memory = trainer.memory();
    /// assert!(memory.lower_bound >= 3 * 64 * 64 * 4); // the parameters and two means
    /// assert_eq!(memory.outputs, 4);
    /// println!("{}", trainer.explain());
    /// ```
    pub fn memory(&self) -> plan::Memory {
        self.plan.explained().memory.clone()
    }

    /// What runs as one in a step, and where each value lies.
    pub fn explain(&self) -> plan::Explained {
        self.plan.explained().clone()
    }

    /// The rate of the next step.
    pub fn rate(&self) -> A {
        self.rate
    }

    /// Sets the rate of the steps to come. Nothing is planned anew.
    pub fn set_rate(&mut self, rate: A) {
        self.rate = rate;
    }

    /// How many steps there were.
    pub fn steps(&self) -> usize {
        self.steps
    }

    /// A copy of the parameters.
    pub fn parameters(&self) -> X {
        self.run(0)
    }

    /// Copies of what the optimiser keeps of each parameter, in the order of its graph: of [`adam`](super::adam()) the means of
    /// the gradients, then those of their squares.
    pub fn kept(&self) -> Vec<X> {
        (1..=self.kept).map(|run| self.run(run)).collect()
    }

    /// Of the runs of as many tensors as there are parameters, one.
    fn run(&self, run: usize) -> X {
        let first = run * self.parameters;
        let values = self.plan.get(&self.arena, first..first + self.parameters);
        computed(take_all(values, self.take))
    }
}

impl<A: Float, X, D, R, S> Trainer<A, X, D, R, S> {
    /// Copies of the values of the state.
    pub(super) fn state_values(&self) -> Vec<Value<A>> {
        let first = (1 + self.kept) * self.parameters;
        self.plan.get(&self.arena, first..self.plan.carried())
    }
}
