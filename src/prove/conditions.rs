//! What a proof demands of its inputs, noted while it runs: what has to be positive or not 0, and what was undefined.
//!
//! Terms and oracles note it where they use it. A proof that runs in [`noting`] reads the notes.

use super::term::Term;
use core::cell::RefCell;
use core::fmt;
use std::collections::HashSet;

/// So many different conditions are kept.
const KEPT: usize = 64;

/// So many characters of a condition are shown.
const SHOWN: usize = 100;

/// So many conditions are shown that do not hold together.
const AT_ONCE: usize = 6;

/// What is demanded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Demand {
    Positive,
    NotNegative,
    NotZero,
}

impl Demand {
    /// Whether a number meets it. What is no number says nothing.
    fn admits(self, x: f64) -> bool {
        match self {
            _ if x.is_nan() => true,
            Demand::Positive => x > 0.0,
            Demand::NotNegative => x >= 0.0,
            Demand::NotZero => x != 0.0,
        }
    }
}

/// A condition for what a proof shows.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Condition {
    /// Of a term.
    Of(Demand, Term),
    /// Of each argument of a function, over numbers that have no terms.
    Arguments(Demand, &'static str),
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Condition::Of(demand, term) => {
                let text = term.to_string();
                match text.char_indices().nth(SHOWN) {
                    Some((end, _)) => write!(f, "{}…", &text[..end])?,
                    None => f.write_str(&text)?,
                }
                f.write_str(match demand {
                    Demand::Positive => " > 0",
                    Demand::NotNegative => " ≥ 0",
                    Demand::NotZero => " is not 0",
                })
            }
            Condition::Arguments(_, "recip") => f.write_str("no divisor is 0"),
            Condition::Arguments(_, "log1p") => f.write_str("each argument of `log1p` is above -1"),
            Condition::Arguments(demand, name) => {
                write!(f, "each argument of `{name}` is ")?;
                f.write_str(match demand {
                    Demand::Positive => "positive",
                    Demand::NotNegative => "not negative",
                    Demand::NotZero => "not 0",
                })
            }
        }
    }
}

/// Conditions, each once.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Conditions {
    all: Vec<Condition>,
    /// Whether there were more than are kept.
    more: bool,
    /// Whether each is needed only where a `select` chooses what it is for: there is no point at which all hold.
    chosen: bool,
}

/// What was noted.
#[derive(Clone, Debug, Default)]
pub(crate) struct Notes {
    pub conditions: Conditions,
    /// What was demanded, also what is met everywhere.
    seen: HashSet<Condition>,
    /// What was undefined first, such as the reciprocal of 0.
    pub undefined: Option<String>,
    /// What a random point could not follow.
    pub beyond: Option<&'static str>,
}

thread_local! {
    /// `None`: nobody listens.
    static NOTES: RefCell<Option<Notes>> = const { RefCell::new(None) };
}

/// Runs `f` and returns what was noted in it, on this thread. Calls nest: what the inner one hears, the outer one does not.
pub(crate) fn noting<T>(f: impl FnOnce() -> T) -> (T, Notes) {
    /// Puts the outer notes back, also if `f` panics.
    struct Outer(Option<Notes>);
    impl Drop for Outer {
        fn drop(&mut self) {
            NOTES.set(self.0.take());
        }
    }
    let _outer = Outer(NOTES.replace(Some(Notes::default())));
    let result = f();
    (result, NOTES.take().unwrap_or_default())
}

/// Notes something, if somebody listens.
fn note(f: impl FnOnce(&mut Notes)) {
    NOTES.with_borrow_mut(|notes| {
        if let Some(notes) = notes {
            f(notes);
        }
    });
}

/// Whether somebody listens, and hears of this for the first time.
pub(super) fn is_new(condition: &Condition) -> bool {
    let mut is_new = false;
    note(|notes| is_new = !notes.seen.contains(condition) && notes.seen.insert(condition.clone()));
    is_new
}

/// Notes that something has to hold.
pub(super) fn demand(condition: Condition) {
    note(|notes| notes.conditions.add(condition));
}

/// Notes that something is no number. The first reason stays.
pub(super) fn undefined(why: impl FnOnce() -> String) {
    note(|notes| {
        if notes.undefined.is_none() {
            notes.undefined = Some(why());
        }
    });
}

/// Notes that a random point could not follow something.
pub(super) fn beyond(what: &'static str) {
    note(|notes| notes.beyond = notes.beyond.or(Some(what)));
}

impl Conditions {
    fn add(&mut self, condition: Condition) {
        match self.all.contains(&condition) {
            false if self.all.len() < KEPT => self.all.push(condition),
            false => self.more = true,
            true => {}
        }
    }

    /// Both.
    pub(crate) fn and(mut self, other: Conditions) -> Conditions {
        self.more |= other.more;
        self.chosen |= other.chosen;
        other.all.into_iter().for_each(|c| self.add(c));
        self
    }

    /// The conditions in words, without those that follow from another.
    pub(crate) fn texts(&self) -> Vec<String> {
        let is_needed = |condition: &&Condition| match condition {
            Condition::Of(Demand::NotNegative | Demand::NotZero, term) => {
                let stronger = Condition::Of(Demand::Positive, term.clone());
                !self.all.contains(&stronger)
            }
            Condition::Of(Demand::Positive, _) | Condition::Arguments(..) => true,
        };
        let needed = self.all.iter().filter(is_needed);
        let mut texts: Vec<String> = needed.map(ToString::to_string).collect();
        texts.sort();
        texts.dedup();
        if self.more {
            texts.push("more than is kept here holds".to_owned());
        }
        if self.chosen {
            texts = vec![format!(
                "what a `select` chooses is defined ({})",
                texts.join(", ")
            )];
        }
        texts
    }

    /// The same, where each is needed only where a `select` chooses what it is for.
    pub(crate) fn where_chosen(self) -> Conditions {
        Conditions {
            chosen: true,
            ..self
        }
    }

    /// The first condition that holds at none of some points, or all of them, if there is no point at which all hold.
    pub(crate) fn never_met(&self, points: u64) -> Option<String> {
        let violated = |condition: &Condition, point: u64| match condition {
            Condition::Of(demand, term) => {
                !demand.admits(term.evaluate(|name| number(name, point)))
            }
            Condition::Arguments(..) => false,
        };
        let is_met = |point| !self.all.iter().any(|c| violated(c, point));
        if (0..points).any(is_met) {
            return None;
        }
        let never = |c: &&Condition| (0..points).all(|point| violated(c, point));
        Some(match self.all.iter().find(never) {
            Some(condition) => condition.to_string(),
            None => {
                let mut texts = self.texts();
                texts.truncate(AT_ONCE);
                texts.join(" and ")
            }
        })
    }
}

/// The number that a name has at a point: of any size, and in three of four points of either sign.
fn number(name: &str, point: u64) -> f64 {
    let seed = name.bytes().fold(point, |seed, byte| {
        seed.wrapping_mul(0x100_0000_01b3) ^ u64::from(byte)
    });
    let mut rng = fastrand::Rng::with_seed(seed);
    let size = (0.25 + 1.5 * rng.f64()) * 10_f64.powi(rng.i32(-2..=2) * (point % 3) as i32);
    match point % 4 {
        0 => size,
        _ if rng.bool() => size,
        _ => -size,
    }
}
