//! Settings of an optimiser that cannot be.

use core::fmt;

/// A setting that cannot be.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{setting} is {got}: expected {expected}")]
pub struct WrongSetting {
    /// Which setting: `rate`, `rate of head.weight`.
    pub setting: String,
    /// What it can be.
    pub expected: String,
    /// What it was.
    pub got: String,
}

/// All settings of an optimiser that cannot be.
///
/// ```
/// use cotangent::optim::sgd;
/// let error = sgd(-1.0).decay(1.5).accumulate(0).check().unwrap_err();
/// assert_eq!(error.wrong.len(), 3);
/// assert_eq!(
///     error.to_string(),
///     "the settings of the optimiser: rate is -1: expected a number from 0 on; \
///      decay is 1.5: expected a number from 0 on, below 1; accumulate is 0: expected a number of batches from 1 on"
/// );
/// ```
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("the settings of the optimiser: {}", listed(.wrong))]
pub struct SettingsError {
    /// Each of them, in the order in which they were set.
    pub wrong: Vec<WrongSetting>,
}

/// Sentences, one after the other.
pub(crate) fn listed(all: &[impl fmt::Display]) -> String {
    let all: Vec<String> = all.iter().map(ToString::to_string).collect();
    all.join("; ")
}

/// Where a number is to be.
#[derive(Clone, Copy, Debug)]
pub(super) enum Range {
    /// `0 ≤ x < ∞`.
    NotNegative,
    /// `0 < x < ∞`.
    Positive,
    /// `0 ≤ x < 1`.
    BelowOne,
    /// `0 < x ≤ 1`.
    Share,
}

impl Range {
    /// What is wrong with a number, if it is not there. A NaN is nowhere.
    pub fn wrong(self, setting: impl Into<String>, x: f64) -> Option<WrongSetting> {
        let (is_there, expected) = match self {
            Range::NotNegative => (x >= 0.0 && x.is_finite(), "a number from 0 on"),
            Range::Positive => (x > 0.0 && x.is_finite(), "a number above 0"),
            Range::BelowOne => ((0.0..1.0).contains(&x), "a number from 0 on, below 1"),
            Range::Share => (x > 0.0 && x <= 1.0, "a number above 0, at most 1"),
        };
        (!is_there).then(|| wrong(setting, expected, x))
    }
}

pub(super) fn wrong(
    setting: impl Into<String>,
    expected: impl Into<String>,
    got: impl fmt::Display,
) -> WrongSetting {
    WrongSetting {
        setting: setting.into(),
        expected: expected.into(),
        got: got.to_string(),
    }
}
