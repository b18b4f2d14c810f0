//! What a training is told before it runs.

use super::early::EarlyStop;
use super::error::Failure;
use super::measures::Measures;
use crate::context::Context;
use crate::data::{Batch, Dataset};
use crate::dim::Dim;
use crate::env::{EnvEntries, Environment, StackedList};
use crate::graph::{Computes, Float, GraphData, Results};
use crate::optim::Trainer;
use crate::scalar::Semiring;
use crate::tensor::Key;
use core::fmt;
use std::path::PathBuf;

/// What is called after each step, with what it gave and what it was given.
pub(super) type OfStep<'t, Of, Given> = Box<dyn FnMut(&mut Measures, &Of, &Given) + 't>;
/// What is called after each epoch.
pub(super) type OfEpoch<'t, T> = Box<dyn FnMut(&mut Measures, &T) -> Result<(), Failure> + 't>;

/// A training over a set: [`Trainer::on`] makes one, its methods say what happens on the way, and [`run`](Self::run) runs it.
pub struct Training<'t, A: Semiring, X, D, R: Results, S, E, B>
where
    E: StackedList<B, Stacks: EnvEntries>,
{
    pub(super) trainer: Trainer<A, X, D, R, S>,
    pub(super) set: Dataset<A, E>,
    pub(super) key: Key,
    pub(super) epochs: usize,
    pub(super) measure: Option<OfStep<'t, R::Of<A>, Batch<A, E, B>>>,
    pub(super) validate: Option<OfEpoch<'t, Trainer<A, X, D, R, S>>>,
    pub(super) settings: Settings,
}

/// What a training does beside its steps.
#[derive(Clone, Debug, Default)]
pub(super) struct Settings {
    pub folder: Option<PathBuf>,
    /// After how many steps a checkpoint is written, beside those of each epoch.
    pub save_every: Option<usize>,
    /// After how many steps a record is written, beside those of each epoch.
    pub log_every: Option<usize>,
    /// The measure by which the best parameters are kept, and when it is time to stop.
    pub watched: Option<(String, EarlyStop)>,
    pub is_silent: bool,
    /// The title of the report, the summary of a graph and its drawing.
    pub title: Option<String>,
    pub graph: Option<[String; 2]>,
    pub classes: Vec<String>,
}

impl<A: Float, X, D, R: Results, S> Trainer<A, X, D, R, S> {
    /// A training over this set, in batches of `B`. The examples come in an order of its own in each epoch, which `key` draws.
    ///
    /// ```
    /// use cotangent::data::Dataset;
    /// use cotangent::optim::sgd;
    /// use cotangent::prelude::*;
    /// graph! {
    ///     struct Line { slope: [], offset: [] }
    ///     fn loss<const B: usize>(p: Line; x: [B], y: [B]) -> [] { mse(x * p.slope + p.offset, y) }
    /// }
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let points = (0..32).map(|i| f64::from(i) / 16.0).map(|x| tlist![Tensor::scalar(x), Tensor::scalar(3.0 * x - 1.0)]);
    /// let points = Dataset::<f64, environment![[], []]>::from_examples(points)?;
    /// let (train, test) = points.shuffled(Key::new(1)).split(0.75)?;
    ///
    /// let judge = loss::<f64, 8>();
    /// let trained = loss::<f64, 4>()
    ///     .trainer(&sgd(0.1), &Line::init(Key::new(0)))
    ///     .on::<N<4>, _>(&train, Key::new(2))
    ///     .epochs(60)
    ///     .validate(|m, trainer| {
    ///         let loss = judge.value(&trainer.parameters(), &test.all::<N<8>>()?);
    ///         m.mean("loss", loss.item(), 8);
    ///         Ok(())
    ///     })
    ///     .silent()
    ///     .run()?;
    /// assert!(trained.last("valid/loss").unwrap() < 1e-4);
    /// assert!((trained.trainer.parameters().slope.item() - 3.0).abs() < 0.02);
    /// # Ok(())
    /// # }
    /// ```
    pub fn on<'t, B: Dim, E>(
        self,
        set: &Dataset<A, E>,
        key: Key,
    ) -> Training<'t, A, X, D, R, S, E, B>
    where
        E: StackedList<B, Stacks = D>,
        D: EnvEntries,
    {
        Training {
            trainer: self,
            set: set.clone(),
            key,
            epochs: 1,
            measure: None,
            validate: None,
            settings: Settings::default(),
        }
    }
}

impl<'t, A: Semiring, X, D, R: Results, S, E, B> Training<'t, A, X, D, R, S, E, B>
where
    E: StackedList<B, Stacks: EnvEntries>,
{
    /// How often the whole set is taken; 1 if nothing is said.
    #[must_use]
    pub fn epochs(mut self, epochs: usize) -> Self {
        self.epochs = epochs;
        self
    }

    /// Measures something of each step: what it gave, the loss among it, and the batch that it was given. The mean loss is measured
    /// anyway. In the log it is `train/accuracy` and so on.
    #[must_use]
    pub fn measure(
        mut self,
        f: impl FnMut(&mut Measures, &R::Of<A>, &Batch<A, E, B>) + 't,
    ) -> Self {
        self.measure = Some(Box::new(f));
        self
    }

    /// Measures something after each epoch, such as the loss of a set that is not trained on. In the log it is `valid/loss` and so
    /// on.
    #[must_use]
    pub fn validate(
        mut self,
        f: impl FnMut(&mut Measures, &Trainer<A, X, D, R, S>) -> Result<(), Failure> + 't,
    ) -> Self {
        self.validate = Some(Box::new(f));
        self
    }

    /// Keeps checkpoints, a log and a report in this folder, and goes on from the checkpoint if there is one.
    ///
    /// | file | what |
    /// | --- | --- |
    /// | `last.safetensors` | all that the training goes on with, after each epoch |
    /// | `best.safetensors` | the same after the best epoch, if a measure is [watched](Self::watch) |
    /// | `log.jsonl`, `log.csv`, `events.out.tfevents.…` | the [log](super::Log) |
    /// | `report.html` | the [report](super::Report), at the end |
    #[must_use]
    pub fn checkpoint(mut self, folder: impl Into<PathBuf>) -> Self {
        self.settings.folder = Some(folder.into());
        self
    }

    /// Writes a checkpoint after so many steps, too.
    #[must_use]
    pub fn save_every(mut self, steps: usize) -> Self {
        self.settings.save_every = Some(steps);
        self
    }

    /// Logs the loss of each so many steps, too, as `step/loss`, and the rate.
    #[must_use]
    pub fn log_every(mut self, steps: usize) -> Self {
        self.settings.log_every = Some(steps);
        self
    }

    /// Watches a measure, such as `valid/loss`: ends when it gets no better, keeps the best parameters, and tells it to a schedule
    /// that waits for a plateau.
    #[must_use]
    pub fn watch(mut self, measure: &str, stop: EarlyStop) -> Self {
        self.settings.watched = Some((measure.to_owned(), stop));
        self
    }

    /// Shows nothing while it runs.
    #[must_use]
    pub fn silent(mut self) -> Self {
        self.settings.is_silent = true;
        self
    }

    /// What the report is called, and the graph that it shows.
    #[must_use]
    pub fn report<F, G, Ss>(mut self, title: &str, graph: &GraphData<A, F, G, Ss>) -> Self
    where
        A: Float,
        F: Environment,
        G: Context,
        Ss: Computes,
    {
        self.settings.title = Some(title.to_owned());
        self.settings.graph = Some([graph.summary().to_string(), graph.to_svg()]);
        self
    }

    /// The names of the classes, for the report.
    #[must_use]
    pub fn classes(mut self, names: &[&str]) -> Self {
        self.settings.classes = names.iter().map(|&name| name.to_owned()).collect();
        self
    }
}

impl<A: Semiring, X, D, R: Results, S, E, B> fmt::Debug for Training<'_, A, X, D, R, S, E, B>
where
    E: StackedList<B, Stacks: EnvEntries>,
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut f = f.debug_struct("Training");
        f.field("set", &self.set).field("epochs", &self.epochs);
        f.field("settings", &self.settings).finish_non_exhaustive()
    }
}
