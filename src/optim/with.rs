//! The settings of an optimiser, as methods.

use super::optimiser::Optimiser;
use super::schedule::Schedule;
use super::wrong::{Range, SettingsError, wrong};
use crate::graph::Float;
use crate::tensor::Dims;
use std::sync::Arc;

impl<A: Float> Optimiser<A> {
    /// Adds `decay p` to the gradient of each parameter `p` that decays, before the rule sees it, as the penalty `decay p² / 2` would.
    /// At least 0 and below 1. [`decay_of`](Self::decay_of) says which decay; if that is not said, all do.
    ///
    /// ```
    /// use cotangent::optim::sgd;
    /// use cotangent::prelude::*;
    /// let mut trainer = graph!(|x: []| x).trainer(&sgd(0.5).decay(0.25), &Tensor::scalar(2.0));
    /// trainer.step(());
    /// assert_eq!(trainer.parameters().item(), 2.0 - 0.5 * (1.0 + 0.25 * 2.0));
    /// ```
    pub fn decay(mut self, decay: f64) -> Self {
        self.settings.decay = decay;
        self.demand("decay", decay, Range::BelowOne)
    }

    /// Takes `rate decay p` from each parameter `p` that decays, beside what the rule does: the decay of AdamW and Lion. At least 0 and
    /// below 1. The rate is that of the parameter, with the schedule.
    ///
    /// ```
    /// use cotangent::optim::sgd;
    /// use cotangent::prelude::*;
    /// let optimiser = sgd(0.5).decoupled_decay(0.25);
    /// let mut trainer = graph!(|x: []| 0 * x).trainer(&optimiser, &Tensor::scalar(2.0));
    /// trainer.step(());
    /// assert_eq!(trainer.parameters().item(), 2.0 - 0.5 * 0.25 * 2.0);
    /// ```
    pub fn decoupled_decay(mut self, decay: f64) -> Self {
        self.settings.decoupled = decay;
        self.demand("decay", decay, Range::BelowOne)
    }

    /// Says which parameters decay, by name and dims. A name is that of the field, as in [`Vector::names`](crate::context::Vector::names):
    /// `blocks.3.norm.gain`; of a graph with several inputs it begins with that of the input.
    ///
    /// ```
    /// use cotangent::optim::sgd;
    /// use cotangent::prelude::*;
    /// graph! {
    ///     struct Layer { weight: [2, 1], bias: [1] }
    ///     fn loss(p: Layer) -> [] { 0 * sum(p.weight) * sum(p.bias) }
    /// }
    /// let optimiser = sgd(1.0).decoupled_decay(0.5).decay_of(|_name, dims| dims.len() > 1);
    /// let mut trainer = loss::<f64>().trainer(&optimiser, &Layer::of(Tensor::ones(), Tensor::ones()));
    /// trainer.step(());
    /// assert_eq!(trainer.parameters(), Layer::of(Tensor::full(0.5), Tensor::ones()));
    /// ```
    pub fn decay_of(mut self, of: impl Fn(&str, &Dims) -> bool + Send + Sync + 'static) -> Self {
        self.settings.decays = Some(Arc::new(of));
        self
    }

    /// Says a factor of the rate for each parameter, by name and dims, as in [`decay_of`](Self::decay_of). From 0 on: with 0 it stays
    /// as it is.
    ///
    /// ```
    /// use cotangent::optim::sgd;
    /// use cotangent::prelude::*;
    /// let optimiser = sgd(1.0).rate_of(|name, _dims| if name == "slope" { 0.5 } else { 1.0 });
    /// let g = graph!(|slope: [], offset: []| slope + offset);
    /// let mut trainer = g.trainer(&optimiser, (&Tensor::scalar(1.0), &Tensor::scalar(1.0)));
    /// trainer.step(());
    /// assert_eq!(trainer.parameters(), (Tensor::scalar(0.5), Tensor::scalar(0.0)));
    /// ```
    pub fn rate_of(mut self, of: impl Fn(&str, &Dims) -> f64 + Send + Sync + 'static) -> Self {
        self.settings.rates = Some(Arc::new(of));
        self
    }

    /// Takes each number of the gradients to the nearest from `-most` to `most`.
    ///
    /// ```
    /// use cotangent::optim::sgd;
    /// use cotangent::prelude::*;
    /// let g = graph!(|x: [3]; by: [3]| sum(x * by));
    /// let mut trainer = g.trainer(&sgd(1.0).clip_value(0.5), &Tensor::zeros());
    /// trainer.step(&Tensor::from([-2.0, 0.25, 0.75]));
    /// assert_eq!(trainer.parameters(), Tensor::from([0.5, -0.25, -0.5]));
    /// ```
    pub fn clip_value(mut self, most: f64) -> Self {
        self.settings.clip_value = Some(most);
        self.demand("clip_value", most, Range::Positive)
    }

    /// Makes the gradients of all parameters together as short as `most`, where they are longer: `g ← g most / max(most, |g|)`, after
    /// [`clip_value`](Self::clip_value). Each update then waits for all gradients.
    ///
    /// Source: Pascanu, Mikolov and Bengio, *On the difficulty of training recurrent neural networks* (2013).
    ///
    /// ```
    /// use cotangent::optim::sgd;
    /// use cotangent::prelude::*;
    /// let g = graph!(|x: [], y: []| 3 * x + 4 * y);
    /// let mut trainer = g.trainer(&sgd(1.0).clip_norm(1.0), (&Tensor::scalar(0.0), &Tensor::scalar(0.0)));
    /// trainer.step(());
    /// let (x, y) = trainer.parameters();
    /// approx::assert_abs_diff_eq!(x.item(), -0.6, epsilon = 1e-12);
    /// approx::assert_abs_diff_eq!(y.item(), -0.8, epsilon = 1e-12);
    /// ```
    pub fn clip_norm(mut self, most: f64) -> Self {
        self.settings.clip_norm = Some(most);
        self.demand("clip_norm", most, Range::Positive)
    }

    /// Makes one update of the mean gradient of so many batches: the steps before it change no parameter. What a graph keeps itself,
    /// such as running statistics, changes at each step.
    ///
    /// ```
    /// use cotangent::optim::sgd;
    /// use cotangent::prelude::*;
    /// let g = graph!(|x: []; by: []| x * by);
    /// let mut trainer = g.trainer(&sgd(1.0).accumulate(2), &Tensor::scalar(0.0));
    /// trainer.step(&Tensor::scalar(1.0));
    /// assert_eq!(trainer.parameters().item(), 0.0);
    /// trainer.step(&Tensor::scalar(4.0));
    /// assert_eq!(trainer.parameters().item(), -2.5);
    /// assert_eq!((trainer.steps(), trainer.updates()), (2, 1));
    /// ```
    pub fn accumulate(mut self, batches: usize) -> Self {
        self.settings.batches = batches;
        match batches {
            0 => self.refuse(wrong("accumulate", "a number of batches from 1 on", 0)),
            _ => self,
        }
    }

    /// Keeps a moving average of the parameters, which begins with them: `average ← kept average + (1 - kept) p` after each update.
    /// [`averaged`](super::Trainer::averaged) gives it. At least 0 and below 1.
    ///
    /// Source: Polyak and Juditsky, *Acceleration of Stochastic Approximation by Averaging* (1992), with exponential weights.
    ///
    /// ```
    /// use cotangent::optim::sgd;
    /// use cotangent::prelude::*;
    /// let mut trainer = graph!(|x: []| x).trainer(&sgd(1.0).average(0.5), &Tensor::scalar(4.0));
    /// trainer.step(());
    /// trainer.step(());
    /// assert_eq!(trainer.parameters().item(), 2.0);
    /// assert_eq!(trainer.averaged().item(), 0.5 * (0.5 * 4.0 + 0.5 * 3.0) + 0.5 * 2.0);
    /// ```
    pub fn average(mut self, kept: f64) -> Self {
        self.settings.average = Some(kept);
        self.demand("average", kept, Range::BelowOne)
    }

    /// Multiplies the rate by a factor that changes from update to update.
    ///
    /// ```
    /// use cotangent::optim::{sgd, step_decay, warm_up};
    /// use cotangent::prelude::*;
    /// let optimiser = sgd(1.0).schedule(warm_up(2).then(step_decay(1, 0.25)));
    /// let mut trainer = graph!(|x: []| x).trainer(&optimiser, &Tensor::scalar(0.0));
    /// let values = [0; 5].map(|_| trainer.step(()).item());
    /// assert_eq!(values, [0.0, -0.5, -1.5, -2.5, -2.75]);
    /// ```
    pub fn schedule(mut self, schedule: Schedule) -> Self {
        let found = schedule.wrong();
        self.settings.schedule = schedule;
        found.into_iter().fold(self, Self::refuse)
    }

    /// Whether all settings can be.
    ///
    /// # Errors
    /// Those that cannot.
    pub fn check(&self) -> Result<(), SettingsError> {
        self.settings.check(Vec::new())
    }
}
