//! Optimisers as functions on lists of tensors, without a graph.

use super::carried::Carried;
use super::difference::SnapshotError;
use super::optimiser::Optimiser;
use super::parameters::distinct;
use super::progress::Progress;
use super::schedule::Schedule;
use super::session::Session;
use super::snapshot::Snapshot;
use super::trainer::right;
use super::updates::{Updates, What, settings};
use super::wrong::SettingsError;
use crate::context::{Erase, Vector, take_all};
use crate::graph::{Float, computed, told};
use crate::program::{Builder, Input, Program, ProgramError, TRANSFORM, simplify};
use crate::run::Threads;
use crate::run::plan::PlanError;
use crate::tensor::{Dims, Type, Value};
use core::fmt;
use core::marker::PhantomData;

/// What an optimiser keeps of parameters of type `V`: [`Optimiser::state`] makes one. Steps give the numbers that those of a
/// [`Trainer`](super::Trainer) give.
///
/// A clone goes on from the same place, with memory of its own.
pub struct OptimiserState<A, V> {
    session: Session<A>,
    kind: PhantomData<fn(V) -> V>,
}

impl<A: Copy, V> Clone for OptimiserState<A, V> {
    fn clone(&self) -> Self {
        OptimiserState {
            session: self.session.clone(),
            kind: PhantomData,
        }
    }
}

impl<A: fmt::Debug, V> fmt::Debug for OptimiserState<A, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let progress = &self.session.progress;
        let mut f = f.debug_struct("OptimiserState");
        f.field("rate", &progress.rate);
        f.field("steps", &progress.steps);
        f.finish_non_exhaustive()
    }
}

impl<A: Float> Optimiser<A> {
    /// What it keeps of some parameters, at first: for gradients that come from elsewhere than from a
    /// [`trainer`](crate::graph::GraphData::trainer). The parameters are a tensor, a list, an array or a group.
    ///
    /// ```
    /// use cotangent::optim::momentum;
    /// use cotangent::prelude::*;
    /// graph! {
    ///     struct Line { slope: [], offset: [] }
    ///     fn loss(p: Line; x: [4], y: [4]) -> [] { mse(x * p.slope + p.offset, y) }
    /// }
    /// let (x, y) = (Tensor::from([0.0, 1.0, 2.0, 3.0]), Tensor::from([1.0, 3.0, 5.0, 7.0]));
    /// let mut loss = loss::<f64>().plan();
    /// let mut line = Line::of(Tensor::zeros(), Tensor::zeros());
    /// let mut state = momentum(0.05, 0.9).state(&line);
    /// for _ in 0..300 {
    ///     let (_, gradients) = loss.value_and_vjp(&line, (&x, &y));
    ///     line = state.step(&line, &gradients);
    /// }
    /// assert!((line.slope.item() - 2.0).abs() < 1e-4 && (line.offset.item() - 1.0).abs() < 1e-4);
    /// ```
    ///
    /// # Panics
    /// If there is no memory. If a setting cannot be, as [`try_state`](Self::try_state) says by an error.
    #[track_caller]
    pub fn state<V: Vector<A>>(&self, parameters: &V) -> OptimiserState<A, V> {
        right(self.try_state(parameters))
    }

    /// As [`state`](Self::state).
    ///
    /// # Errors
    /// Settings that cannot be.
    ///
    /// # Panics
    /// If there is no memory.
    #[track_caller]
    pub fn try_state<V: Vector<A>>(
        &self,
        parameters: &V,
    ) -> Result<OptimiserState<A, V>, SettingsError> {
        let (names, dims): (Vec<_>, Vec<_>) = parameters
            .names()
            .into_iter()
            .map(|(name, dims, _)| (name.as_ref().into(), Dims::new(dims)))
            .unzip();
        let named = distinct(names.into_iter()).into_iter().zip(dims);
        let updates = Updates::of(self, named.collect())?;
        let programs = updates.whats().iter().map(|&what| program(&updates, what));
        let programs = programs.collect::<Result<_, _>>();
        let programs = told(programs.map_err(PlanError::from));
        let progress = Progress::new(self.rate, &self.settings);
        let mut carried = updates.carried();
        carried.parameters.clear();
        let values = values(parameters);
        let session = Session::new(programs, progress, &carried, values, Vec::new());
        Ok(OptimiserState {
            session: told(session),
            kind: PhantomData,
        })
    }
}

fn values<A, V: Erase<A>>(of: &V) -> Vec<Value<A>> {
    let mut values = Vec::new();
    of.push_any(&mut values);
    values
}

/// What is carried but the parameters, then the parameters, the gradients, the rate and the number of the update, to what is carried,
/// then, of an update, the parameters after it.
fn program(updates: &Updates, what: What) -> Result<Program, ProgramError> {
    let mut b = Builder::new(&TRANSFORM);
    let carried = updates.carried().map(|input| b.input(input.clone()));
    let gradients = updates.parameters.iter().map(|parameter| {
        b.input(Input {
            name: format!("gradient/{}", parameter.name).into(),
            ty: Type::scalar(parameter.dims.clone()),
        })
    });
    let gradients: Vec<usize> = gradients.collect();
    let settings = settings(&mut b);
    let mut next = carried.clone();
    let numbered: Vec<(usize, usize)> = gradients.iter().copied().enumerate().collect();
    updates.add(&mut b, what, &mut next, &numbered, settings)?;

    let split = |mut all: Carried<usize>| {
        let parameters = core::mem::take(&mut all.parameters);
        (all.all(), parameters)
    };
    let (kept, parameters) = split(carried);
    let inputs = [&kept, &parameters, gradients.as_slice(), &settings].concat();
    let (kept, parameters) = split(next);
    let outputs = match what {
        What::Update => [kept, parameters].concat(),
        What::Gather => kept,
    };
    Ok(simplify(&b.finish(&inputs, &outputs)?))
}

impl<A: Float, V: Vector<A>> OptimiserState<A, V> {
    /// The parameters after a step: after an update, and, if the optimiser [accumulates](Optimiser::accumulate), the same before it.
    ///
    /// # Panics
    /// If there is no memory for them.
    pub fn step(&mut self, parameters: &V, gradients: &V) -> V {
        let is_update = self.session.progress.is_update();
        let next = told(self.session.step(|inputs| {
            parameters.push_any(inputs);
            gradients.push_any(inputs);
        }));
        match is_update {
            true => computed(take_all(next, V::take_any)),
            false => parameters.clone(),
        }
    }

    /// A copy of the [moving average](Optimiser::average) of the parameters; nothing, if none is kept.
    pub fn averaged(&self) -> Option<V> {
        let places = &self.session.places.averages;
        let values = || self.session.values(places);
        (!places.is_empty()).then(|| computed(take_all(values(), V::take_any)))
    }
}

impl<A: Float, V> OptimiserState<A, V> {
    /// Sets on how many threads it runs, as [`Plan::set_threads`](crate::graph::Plan::set_threads) does.
    ///
    /// # Errors
    /// The system gives no more threads.
    pub fn set_threads(&mut self, threads: usize) -> std::io::Result<()> {
        self.session.arena.threads = Threads::of(threads)?;
        Ok(())
    }

    /// The rate of the steps to come, without the factor of the schedule.
    pub fn rate(&self) -> A {
        self.session.progress.rate
    }

    /// Sets the rate of the steps to come. The schedule goes on to multiply it.
    pub fn set_rate(&mut self, rate: A) {
        self.session.progress.rate = rate;
    }

    /// The schedule.
    pub fn schedule(&self) -> &Schedule {
        &self.session.progress.schedule
    }

    /// Sets the schedule, as [`Trainer::set_schedule`](super::Trainer::set_schedule).
    ///
    /// # Errors
    /// A schedule that cannot be.
    pub fn set_schedule(&mut self, schedule: Schedule) -> Result<(), SettingsError> {
        schedule.check()?;
        self.session.progress.set_schedule(schedule);
        Ok(())
    }

    /// Tells a measure that is to fall to the schedule: see [`plateau`](super::plateau()).
    pub fn report(&mut self, measure: impl Into<f64>) {
        self.session.progress.report(measure.into());
    }

    /// How many steps there were.
    pub fn steps(&self) -> usize {
        self.session.progress.steps
    }

    /// How many updates there were.
    pub fn updates(&self) -> usize {
        self.session.progress.updates
    }

    /// All that it goes on with, but the parameters: see [`Snapshot`].
    pub fn snapshot(&self) -> Snapshot<A> {
        self.session.snapshot()
    }

    /// Goes on from a snapshot, as [`Trainer::restore`](super::Trainer::restore).
    ///
    /// # Errors
    /// All that differs, at once. Then nothing is changed.
    pub fn restore(&mut self, snapshot: &Snapshot<A>) -> Result<(), SnapshotError> {
        self.session.restore(snapshot)
    }
}
