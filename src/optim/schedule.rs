//! Schedules: the factor of the rate, by the number of the update.

use super::plateau::{Plateau, PlateauState};
use super::wrong::{Range, SettingsError, WrongSetting, wrong};
use core::f64::consts::PI;

/// By how much the rate is multiplied, at each update. It is plain data: the factor is a function of the number of the update, and
/// of what was [reported](super::Trainer::report) to a [`plateau`](super::plateau())(super::plateau())(super::plateau())(super::plateau())(super::plateau())(super::plateau())(super::plateau()).
///
/// | schedule | factor at update `n`, from 0 on |
/// | --- | --- |
/// | [`constant_factor(c)`](super::constant_factor()) | `c` |
/// | [`step_decay(every, c)`](super::step_decay()) | `c` to the power of `n / every`, rounded down |
/// | [`linear(a, b, updates)`](super::linear()) | from `a` to `b` in so many updates, then `b` |
/// | [`warm_up(updates)`](super::warm_up()) | `(n + 1) / updates` up to 1 |
/// | [`cosine(updates, c)`](super::cosine()) | from 1 to `c` along half a wave, then `c` |
/// | [`one_cycle(updates)`](super::one_cycle()) | from 1/25 to 1 and down to 4e-6, along half waves |
/// | [`plateau(c, patience)`](super::plateau()) | times `c` where a measure no longer falls |
/// | [`a.then(b)`](Schedule::then) | that of `a` as long as it lasts, then that of `b`, whose first update is 0 again |
/// | [`a.times(b)`](Schedule::times) | the product |
/// | [`a.for_updates(count)`](Schedule::for_updates) | that of `a`, which lasts so long |
///
/// ```
/// use cotangent::optim::{constant_factor, cosine, step_decay, warm_up};
/// let schedule = warm_up(4).then(cosine(10, 0.0)).times(step_decay(8, 0.5));
/// let factors = [0, 3, 4, 9, 20].map(|n| schedule.factor(n));
/// assert_eq!(factors, [0.25, 1.0, 1.0, 0.25, 0.0]);
/// assert_eq!(constant_factor(0.1).factor(1_000_000), 0.1);
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Schedule {
    /// The same factor at every update. It has no end.
    Constant(f64),
    /// A power of a factor, which grows by one every so many updates. It has no end.
    Steps {
        /// The number of updates.
        every: usize,
        /// The factor.
        factor: f64,
    },
    /// From one factor to another.
    Ramp {
        /// The factor of the first update.
        from: f64,
        /// The factor after so many updates.
        to: f64,
        /// The number of updates.
        updates: usize,
        /// The way from one to the other.
        curve: Curve,
    },
    /// A factor that falls where a measure does not. It has no end.
    Plateau(Plateau),
    /// A schedule that ends after so many updates.
    First {
        /// The number of updates.
        updates: usize,
        /// The schedule.
        of: Box<Schedule>,
    },
    /// One after the other.
    Then(Box<Schedule>, Box<Schedule>),
    /// The product of two.
    Times(Box<Schedule>, Box<Schedule>),
}

/// The way of a ramp.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Curve {
    /// A line.
    Line,
    /// Half a wave of a cosine.
    Cosine,
}

impl From<Plateau> for Schedule {
    fn from(plateau: Plateau) -> Self {
        Schedule::Plateau(plateau)
    }
}

impl Schedule {
    /// This one as long as it lasts, then another.
    #[must_use]
    pub fn then(self, next: Schedule) -> Self {
        Schedule::Then(Box::new(self), Box::new(next))
    }

    /// The product with another.
    #[must_use]
    pub fn times(self, other: Schedule) -> Self {
        Schedule::Times(Box::new(self), Box::new(other))
    }

    /// The first updates of it, so many, and then its end. A later number has the factor of the last.
    #[must_use]
    pub fn for_updates(self, updates: usize) -> Self {
        let of = Box::new(self);
        Schedule::First { updates, of }
    }

    /// How many updates it lasts; nothing if it has no end.
    pub fn updates(&self) -> Option<usize> {
        match self {
            Schedule::Constant(_) | Schedule::Steps { .. } | Schedule::Plateau(_) => None,
            Schedule::Ramp { updates, .. } | Schedule::First { updates, .. } => Some(*updates),
            Schedule::Then(first, next) => Some(first.updates()?.saturating_add(next.updates()?)),
            Schedule::Times(one, other) => Some(one.updates()?.max(other.updates()?)),
        }
    }

    /// The factor at an update, counted from 0, if nothing was reported.
    pub fn factor(&self, update: usize) -> f64 {
        self.factor_at(update, &self.states())
    }

    /// The state of each plateau before any report, depth first.
    pub(super) fn states(&self) -> Vec<PlateauState> {
        vec![PlateauState::default(); self.plateaus()]
    }

    fn plateaus(&self) -> usize {
        match self {
            Schedule::Constant(_) | Schedule::Steps { .. } | Schedule::Ramp { .. } => 0,
            Schedule::Plateau(_) => 1,
            Schedule::First { of, .. } => of.plateaus(),
            Schedule::Then(one, other) | Schedule::Times(one, other) => {
                one.plateaus() + other.plateaus()
            }
        }
    }

    /// The factor at an update, with the state of each plateau.
    pub(super) fn factor_at(&self, n: usize, states: &[PlateauState]) -> f64 {
        match self {
            Schedule::Constant(factor) => *factor,
            Schedule::Steps { every, factor } => {
                let power = n.checked_div(*every).unwrap_or(0);
                factor.powi(i32::try_from(power).unwrap_or(i32::MAX))
            }
            &Schedule::Ramp {
                from,
                to,
                updates,
                curve,
            } => match n >= updates {
                true => to,
                false => {
                    let part = n as f64 / updates as f64;
                    let left = match curve {
                        Curve::Line => 1.0 - part,
                        Curve::Cosine => 0.5 * (1.0 + (PI * part).cos()),
                    };
                    from * left + to * (1.0 - left)
                }
            },
            Schedule::Plateau(plateau) => {
                states.first().map_or(1.0, |state| plateau.factor_of(state))
            }
            Schedule::First { updates, of } => {
                of.factor_at(n.min(updates.saturating_sub(1)), states)
            }
            Schedule::Then(first, next) => {
                let (of_first, of_next) = states.split_at(first.plateaus());
                match first.updates() {
                    Some(updates) if n >= updates => next.factor_at(n - updates, of_next),
                    _ => first.factor_at(n, of_first),
                }
            }
            Schedule::Times(one, other) => {
                let (of_one, of_other) = states.split_at(one.plateaus());
                one.factor_at(n, of_one) * other.factor_at(n, of_other)
            }
        }
    }

    /// Tells a measure to the plateaus that have a part in this update.
    pub(super) fn report(&self, n: usize, states: &mut [PlateauState], measure: f64) {
        match self {
            Schedule::Constant(_) | Schedule::Steps { .. } | Schedule::Ramp { .. } => {}
            Schedule::Plateau(plateau) => {
                if let Some(state) = states.first_mut() {
                    plateau.report(state, measure);
                }
            }
            Schedule::First { updates, of } => {
                of.report(n.min(updates.saturating_sub(1)), states, measure);
            }
            Schedule::Then(first, next) => {
                let (of_first, of_next) = states.split_at_mut(first.plateaus());
                match first.updates() {
                    Some(updates) if n >= updates => next.report(n - updates, of_next, measure),
                    _ => first.report(n, of_first, measure),
                }
            }
            Schedule::Times(one, other) => {
                let (of_one, of_other) = states.split_at_mut(one.plateaus());
                one.report(n, of_one, measure);
                other.report(n, of_other, measure);
            }
        }
    }

    /// Whether it can be.
    ///
    /// # Errors
    /// What cannot.
    pub fn check(&self) -> Result<(), SettingsError> {
        let wrong = self.wrong();
        match wrong.is_empty() {
            true => Ok(()),
            false => Err(SettingsError { wrong }),
        }
    }

    /// What cannot be.
    pub(super) fn wrong(&self) -> Vec<WrongSetting> {
        let factor = |factor| Range::NotNegative.wrong("factor of the schedule", factor);
        let from_one = |what, updates| {
            (updates == 0).then(|| wrong(what, "a number of updates from 1 on", updates))
        };
        match self {
            Schedule::Constant(c) => factor(*c).into_iter().collect(),
            Schedule::Steps { every, factor: c } => {
                let every = from_one("step of the schedule", *every);
                every.into_iter().chain(factor(*c)).collect()
            }
            Schedule::Ramp { from, to, .. } => {
                factor(*from).into_iter().chain(factor(*to)).collect()
            }
            Schedule::Plateau(plateau) => plateau.wrong(),
            Schedule::First { updates, of } => {
                let updates = from_one("length of a part of the schedule", *updates);
                updates.into_iter().chain(of.wrong()).collect()
            }
            Schedule::Then(first, next) => {
                let endless = first.updates().is_none().then(|| {
                    let expected = "one that ends; `for_updates` gives it an end";
                    wrong("schedule before `then`", expected, "one without an end")
                });
                let all = first.wrong().into_iter().chain(endless);
                all.chain(next.wrong()).collect()
            }
            Schedule::Times(one, other) => one.wrong().into_iter().chain(other.wrong()).collect(),
        }
    }
}
