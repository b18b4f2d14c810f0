//! How far a training is: its steps, its updates, its rate and its schedule.

use super::plateau::PlateauState;
use super::schedule::Schedule;
use super::settings::Settings;
use crate::graph::Float;
use crate::program::Literal;

/// Where a training is.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Progress<A> {
    pub rate: A,
    pub schedule: Schedule,
    /// Of each plateau of the schedule, depth first.
    pub plateaus: Vec<PlateauState>,
    pub steps: usize,
    pub updates: usize,
    /// How many batches were seen since the last update.
    pub gathered: usize,
    /// How many batches an update takes.
    pub batches: usize,
}

impl<A: Float> Progress<A> {
    pub fn new(rate: A, settings: &Settings) -> Self {
        Progress {
            rate,
            plateaus: settings.schedule.states(),
            schedule: settings.schedule.clone(),
            steps: 0,
            updates: 0,
            gathered: 0,
            batches: settings.batches,
        }
    }

    /// Whether the next step makes an update.
    pub fn is_update(&self) -> bool {
        self.gathered + 1 >= self.batches
    }

    /// The rate of the next update, with its factor.
    pub fn next_rate(&self) -> A {
        let factor = self.schedule.factor_at(self.updates, &self.plateaus);
        self.rate * A::of(Literal::real(factor))
    }

    /// The number of the next update, from 1 on.
    pub fn next_update(&self) -> usize {
        self.updates + 1
    }

    /// Counts a step.
    pub fn advance(&mut self) {
        self.steps += 1;
        match self.is_update() {
            true => {
                self.updates += 1;
                self.gathered = 0;
            }
            false => self.gathered += 1,
        }
    }

    /// Tells a measure to the schedule, as that of the last update.
    pub fn report(&mut self, measure: f64) {
        let last = self.updates.saturating_sub(1);
        self.schedule.report(last, &mut self.plateaus, measure);
    }

    pub fn set_schedule(&mut self, schedule: Schedule) {
        self.plateaus = schedule.states();
        self.schedule = schedule;
    }
}
