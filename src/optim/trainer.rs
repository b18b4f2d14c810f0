//! Training a graph: each step is one plan, in which the parameters stay.

use super::optimiser::Optimiser;
use super::parameters::{distinct, names_of};
use super::progress::Progress;
use super::schedule::Schedule;
use super::session::Session;
use super::step::step;
use super::updates::Updates;
use super::wrong::SettingsError;
use crate::context::{Context, Taking, take_all};
use crate::env::{Environment, Given, Inputs};
use crate::graph::{Computes, Float, GraphData, Results, computed, told};
use crate::run::Threads;
use crate::run::plan::{Explained, Memory, PlanError};
use crate::shape::ScalarShape;
use crate::tensor::Value;
use core::fmt;
use core::marker::PhantomData;
use std::sync::Arc;

/// A graph in training: parameters of type `X`, what the optimiser keeps of them, and, where the graph replaces it, a state, whose
/// entries are the list `S`. A step takes the environment `D` and gives the results `R`. [`GraphData::trainer`] makes one, and
/// [`GraphData::trainer_with_state`].
///
/// A clone goes on from the same place, with memory of its own.
pub struct Trainer<A, X, D, R, S = ()> {
    pub(super) session: Session<A>,
    /// The first of the values of the state among what is carried.
    state: usize,
    take: fn(&mut Taking<A>) -> X,
    /// Whether of each number as many are kept.
    is_of_numbers: bool,
    kind: PhantomData<fn(D) -> (R, S)>,
}

impl<A: Copy, X, D, R, S> Clone for Trainer<A, X, D, R, S> {
    fn clone(&self) -> Self {
        Trainer {
            session: self.session.clone(),
            ..*self
        }
    }
}

impl<A: fmt::Debug, X, D, R, S> fmt::Debug for Trainer<A, X, D, R, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let progress = &self.session.progress;
        let mut f = f.debug_struct("Trainer");
        f.field("rate", &progress.rate);
        f.field("steps", &progress.steps);
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
    /// If a node was made from closures: it has no program. If there is no memory. If a setting of the optimiser cannot be, as
    /// [`try_trainer`](Self::try_trainer) says by an error.
    #[track_caller]
    pub fn trainer<X: Inputs<A, G>>(
        &self,
        optimiser: &Optimiser<A>,
        parameters: X,
    ) -> Trainer<A, X::Cotangents, D, Ss::Results> {
        right(self.try_trainer(optimiser, parameters))
    }

    /// As [`trainer`](Self::trainer).
    ///
    /// # Errors
    /// Settings of the optimiser that cannot be.
    ///
    /// # Panics
    /// If a node was made from closures: it has no program. If there is no memory.
    ///
    /// ```
    /// use cotangent::optim::sgd;
    /// use cotangent::prelude::*;
    /// let g = graph!(|weight: [2], bias: []| sum(weight) + bias);
    /// let optimiser = sgd(0.1).rate_of(|name, _dims| if name == "bias" { f64::NAN } else { 1.0 });
    /// let error = g.try_trainer(&optimiser, (&Tensor::zeros(), &Tensor::zeros())).unwrap_err();
    /// let expected = "the settings of the optimiser: factor of the rate of `bias` is NaN: expected a number from 0 on";
    /// assert_eq!(error.to_string(), expected);
    /// ```
    #[track_caller]
    pub fn try_trainer<X: Inputs<A, G>>(
        &self,
        optimiser: &Optimiser<A>,
        parameters: X,
    ) -> Result<Trainer<A, X::Cotangents, D, Ss::Results>, SettingsError> {
        trainer(self, optimiser, parameters, Vec::new())
    }
}

/// What is made of settings that can be.
#[track_caller]
pub(super) fn right<T>(made: Result<T, SettingsError>) -> T {
    match made {
        Ok(made) => made,
        Err(error) => panic!("{error}"),
    }
}

/// The graph in training; these values are the state, at first.
#[track_caller]
pub(super) fn trainer<A: Float, D0, G: Context, Ss, X: Inputs<A, G>, D, R, S>(
    graph: &GraphData<A, D0, G, Ss>,
    optimiser: &Optimiser<A>,
    parameters: X,
    state: Vec<Value<A>>,
) -> Result<Trainer<A, X::Cotangents, D, R, S>, SettingsError> {
    let whole = graph.whole("train");
    let values = parameters.values();
    let (inputs, entries) = whole.values.inputs().split_at(values.len());
    let dims = inputs.iter().map(|input| input.ty.dims().clone());
    let named = names_of::<G>(inputs).into_iter().zip(dims).collect();
    let updates = Updates::of(optimiser, named)?;
    let of_state = entries[..state.len()].iter();
    let of_state = distinct(of_state.map(|entry| Arc::clone(&entry.name))).into_iter();
    let of_state = of_state.map(|name| format!("state/{name}").into());
    let whats = updates.whats().iter();
    let programs = whats.map(|&what| step(whole, &updates, what, state.len()));
    let programs = programs.collect::<Result<_, _>>();
    let programs = told(programs.map_err(PlanError::from));
    let progress = Progress::new(optimiser.rate, &optimiser.settings);
    let further: Vec<(Arc<str>, Value<A>)> = of_state.zip(state).collect();
    let of_state = further.len();
    let session = told(Session::new(
        programs,
        progress,
        &updates.carried(),
        values,
        further,
    ));
    Ok(Trainer {
        state: session.names.len() - of_state,
        session,
        take: X::take,
        is_of_numbers: optimiser.kept().is_some(),
        kind: PhantomData,
    })
}

impl<A: Float, X, D: Environment, R: Results, S> Trainer<A, X, D, R, S> {
    /// One step: the results at these parameters, which are changed.
    ///
    /// # Panics
    /// If there is no memory for the results.
    pub fn step(&mut self, env: impl Given<A, D>) -> R::Of<A> {
        told(self.stepped(env))
    }

    /// A step, and its loss.
    #[cfg(feature = "train")]
    pub(crate) fn step_and_loss(&mut self, env: impl Given<A, D>) -> (A, R::Of<A>) {
        let values = told(self.session.step(|inputs| env.push_values(inputs)));
        let loss = match values.first() {
            Some(Value::Scalar(loss)) => loss.as_slice().first().copied(),
            _ => None,
        };
        let results = computed(take_all(values, R::take));
        // The first result of what is trained is a scalar.
        (loss.unwrap_or_else(A::zero), results)
    }

    pub(super) fn stepped(&mut self, env: impl Given<A, D>) -> Result<R::Of<A>, PlanError> {
        let values = self.session.step(|inputs| env.push_values(inputs))?;
        Ok(computed(take_all(values, R::take)))
    }
}

impl<A: Float, X, D, R, S> Trainer<A, X, D, R, S> {
    /// Sets on how many threads it runs, as [`Plan::set_threads`](crate::graph::Plan::set_threads) does.
    ///
    /// # Errors
    /// The system gives no more threads.
    pub fn set_threads(&mut self, threads: usize) -> std::io::Result<()> {
        self.session.arena.threads = Threads::of(threads)?;
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
    pub fn memory(&self) -> Memory {
        self.session.plan().explained().memory.clone()
    }

    /// What runs as one in a step that makes an update, and where each value lies.
    pub fn explain(&self) -> Explained {
        self.session.plan().explained().clone()
    }

    /// The rate of the steps to come, without the factor of the schedule.
    pub fn rate(&self) -> A {
        self.session.progress.rate
    }

    /// Sets the rate of the steps to come. The schedule goes on to multiply it. Nothing is planned anew.
    pub fn set_rate(&mut self, rate: A) {
        self.session.progress.rate = rate;
    }

    /// The schedule.
    pub fn schedule(&self) -> &Schedule {
        &self.session.progress.schedule
    }

    /// Sets the schedule of the updates to come, which goes on to count from the first update of the training. Its plateaus begin anew.
    ///
    /// # Errors
    /// A schedule that cannot be.
    pub fn set_schedule(&mut self, schedule: Schedule) -> Result<(), SettingsError> {
        schedule.check()?;
        self.session.progress.set_schedule(schedule);
        Ok(())
    }

    /// Tells a measure that is to fall, such as the loss of the validation, to the schedule: see [`plateau`](super::plateau()).
    pub fn report(&mut self, measure: impl Into<f64>) {
        self.session.progress.report(measure.into());
    }

    /// How many steps there were.
    pub fn steps(&self) -> usize {
        self.session.progress.steps
    }

    /// How many updates there were: as many as steps, unless the optimiser [accumulates](Optimiser::accumulate).
    pub fn updates(&self) -> usize {
        self.session.progress.updates
    }

    /// A copy of the parameters.
    pub fn parameters(&self) -> X {
        self.taken(&self.session.places.parameters)
    }

    /// A copy of the [moving average](Optimiser::average) of the parameters; the parameters, if none is kept.
    pub fn averaged(&self) -> X {
        let places = &self.session.places;
        match places.averages.is_empty() {
            true => self.parameters(),
            false => self.taken(&places.averages),
        }
    }

    /// Copies of what the optimiser keeps of each number of the parameters, in the order of its graph: of [`adam`](super::adam()) the
    /// means of the gradients, then those of their squares. Nothing of one that looks at whole tensors, as
    /// [`adafactor`](super::adafactor()): what it keeps is in [`snapshot`](Self::snapshot).
    pub fn kept(&self) -> Vec<X> {
        let kept = &self.session.places.kept;
        let count = match self.is_of_numbers {
            true => kept.first().map_or(0, Vec::len),
            false => 0,
        };
        let each = (0..count).map(|which| {
            let places: Vec<usize> = kept.iter().map(|kept| kept[which]).collect();
            self.taken(&places)
        });
        each.collect()
    }

    fn taken(&self, places: &[usize]) -> X {
        computed(take_all(self.session.values(places), self.take))
    }

    /// Copies of the values of the state.
    pub(super) fn state_values(&self) -> Vec<Value<A>> {
        let places: Vec<usize> = (self.state..self.session.names.len()).collect();
        self.session.values(&places)
    }
}
