//! A factor that falls where a measure does not.

use super::wrong::{Range, WrongSetting};

/// When a factor of the rate falls: [`plateau`](super::plateau()) makes one with the defaults.
///
/// ```
/// use cotangent::optim::{Plateau, Schedule};
/// let schedule: Schedule = Plateau { patience: 5, least: 0.01, ..Plateau::default() }.into();
/// assert_eq!(schedule.factor(100), 1.0); // nothing was reported
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plateau {
    /// By how much the rate is multiplied: above 0, at most 1.
    pub factor: f64,
    /// So many reports in a row may bring no new least measure.
    pub patience: usize,
    /// A new least one is below the last, times 1 minus this.
    pub threshold: f64,
    /// So many reports after the factor fell do not count.
    pub cooldown: usize,
    /// The factors together are no less than this.
    pub least: f64,
}

impl Default for Plateau {
    /// That of PyTorch: a tenth after 10 reports without a measure that is less by a ten-thousandth.
    fn default() -> Self {
        Plateau {
            factor: 0.1,
            patience: 10,
            threshold: 1e-4,
            cooldown: 0,
            least: 0.0,
        }
    }
}

/// What a plateau knows of the measures.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct PlateauState {
    /// The least measure.
    pub best: f64,
    /// How many reports since then count.
    pub waited: usize,
    /// How many reports to come do not count.
    pub cooling: usize,
    /// How often the factor fell.
    pub fallen: usize,
}

impl Default for PlateauState {
    fn default() -> Self {
        PlateauState {
            best: f64::INFINITY,
            waited: 0,
            cooling: 0,
            fallen: 0,
        }
    }
}

impl Plateau {
    pub(super) fn factor_of(&self, state: &PlateauState) -> f64 {
        let mut all = 1.0;
        for _ in 0..state.fallen {
            let next = f64::max(all * self.factor, self.least);
            if next == all {
                break;
            }
            all = next;
        }
        all
    }

    pub(super) fn report(&self, state: &mut PlateauState, measure: f64) {
        // A NaN is no less.
        if measure < state.best * (1.0 - self.threshold) {
            state.best = measure;
            state.waited = 0;
        } else {
            state.waited += 1;
        }
        if state.cooling > 0 {
            state.cooling -= 1;
            state.waited = 0;
        }
        if state.waited > self.patience {
            state.fallen += 1;
            state.cooling = self.cooldown;
            state.waited = 0;
        }
    }

    pub(super) fn wrong(&self) -> Vec<WrongSetting> {
        let all = [
            Range::Share.wrong("factor of the plateau", self.factor),
            Range::BelowOne.wrong("threshold of the plateau", self.threshold),
            Range::NotNegative.wrong("least factor of the plateau", self.least),
        ];
        all.into_iter().flatten().collect()
    }
}
