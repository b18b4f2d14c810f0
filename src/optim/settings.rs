//! What an optimiser does around its rule: decay, rates by name, clipping, accumulation, average, schedule.

use super::schedule::Schedule;
use super::wrong::{SettingsError, WrongSetting};
use crate::tensor::Dims;
use core::fmt;
use std::sync::Arc;

/// A function of the name and the dims of a parameter.
pub(super) type Of<T> = Arc<dyn Fn(&str, &Dims) -> T + Send + Sync>;

/// What an optimiser does around its rule.
#[derive(Clone)]
pub(super) struct Settings {
    /// The part of the parameter that is added to its gradient.
    pub decay: f64,
    /// The part of the parameter, times the rate, that is taken from it.
    pub decoupled: f64,
    pub decays: Option<Of<bool>>,
    pub rates: Option<Of<f64>>,
    pub clip_value: Option<f64>,
    pub clip_norm: Option<f64>,
    /// How many batches an update takes.
    pub batches: usize,
    pub average: Option<f64>,
    pub schedule: Schedule,
    pub wrong: Vec<WrongSetting>,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            decay: 0.0,
            decoupled: 0.0,
            decays: None,
            rates: None,
            clip_value: None,
            clip_norm: None,
            batches: 1,
            average: None,
            schedule: Schedule::Constant(1.0),
            wrong: Vec::new(),
        }
    }
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings")
            .field("decay", &self.decay)
            .field("decoupled", &self.decoupled)
            .field("clip_value", &self.clip_value)
            .field("clip_norm", &self.clip_norm)
            .field("batches", &self.batches)
            .field("average", &self.average)
            .field("schedule", &self.schedule)
            .finish_non_exhaustive()
    }
}

impl Settings {
    /// Whether this parameter decays.
    pub fn is_decaying(&self, name: &str, dims: &Dims) -> bool {
        self.decays.as_ref().is_none_or(|of| of(name, dims))
    }

    /// The factor of the rate of this parameter.
    pub fn rate_of(&self, name: &str, dims: &Dims) -> f64 {
        self.rates.as_ref().map_or(1.0, |of| of(name, dims))
    }

    /// What cannot be, together with these.
    ///
    /// # Errors
    /// If there is any.
    pub fn check(&self, more: Vec<WrongSetting>) -> Result<(), SettingsError> {
        let mut wrong = self.wrong.clone();
        wrong.extend(more);
        match wrong.is_empty() {
            true => Ok(()),
            false => Err(SettingsError { wrong }),
        }
    }
}
