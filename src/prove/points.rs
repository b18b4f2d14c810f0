//! Points of doubles: where a proof looks for what a refusal means.

use super::proof_scalar::ProofScalar;
use crate::counterexample::{Counterexample, Point};
use crate::scalar::Sample;
use core::cell::RefCell;
use fastrand::Rng;

/// So many numbers of a point are shown.
const SHOWN: usize = 6;

/// Where a point lies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Where {
    /// Numbers of either sign and of size 0.25 to 1.75.
    #[default]
    Anywhere,
    /// Positive ones: inside of the domains of logarithms and roots.
    Positive,
    /// Large and small ones.
    Wide,
    /// 0 and two others, so that many are equal: where functions have no derivative.
    AtKinks,
}

impl Where {
    /// Each in turn, but for kinks.
    pub(crate) fn of(point: u64) -> Where {
        match point % 4 {
            0 | 2 => Where::Anywhere,
            1 => Where::Positive,
            _ => Where::Wide,
        }
    }
}

/// What has a name at a point.
type Numbers = Vec<(String, f64)>;

thread_local! {
    static AT: RefCell<(Where, Numbers)> = const { RefCell::new((Where::Anywhere, Vec::new())) };
}

/// Runs `f` over doubles whose variables are the numbers of a point, and says which these are.
pub(crate) fn at_a_point<T>(
    place: Where,
    point: u64,
    f: impl FnOnce(&mut Rng) -> T,
) -> (T, Numbers) {
    AT.set((place, Vec::new()));
    let result = f(&mut Rng::with_seed(point));
    (result, AT.take().1)
}

/// Over doubles a variable is a number of the point that [`at_a_point`] is at.
impl ProofScalar for f64 {
    fn variable(name: &str, rng: &mut Rng) -> Self {
        AT.with_borrow_mut(|(place, numbers)| {
            let number = match place {
                Where::Anywhere => f64::sample(rng),
                Where::Positive => f64::sample_positive(rng),
                Where::Wide => f64::sample(rng) * 10_f64.powi(rng.i32(-2..=2)),
                Where::AtKinks => [0.0, 0.0, 1.0, 1.0, -1.0][rng.usize(..5)],
            };
            numbers.push((name.to_owned(), number));
            number
        })
    }
}

/// A point at which `found` has the values, in words. Those of its numbers are shown that the two sides of a refusal name,
/// or else the first.
pub(crate) fn words(error: &Counterexample, found: &Counterexample, numbers: &Numbers) -> Point {
    let named = |name: &str| {
        [&error.expected, &error.got]
            .iter()
            .any(|side| mentions(side, name))
    };
    let mut shown: Vec<_> = numbers.iter().filter(|(name, _)| named(name)).collect();
    if shown.is_empty() {
        shown = numbers.iter().collect();
    }
    let mut at: Vec<String> = shown
        .iter()
        .map(|(name, x)| format!("{name} = {}", short(*x)))
        .collect();
    if at.len() > SHOWN {
        at.truncate(SHOWN);
        at.push("…".to_owned());
    }
    let [mut expected, mut got] = [&found.expected, &found.got].map(|number| shortened(number));
    if expected == got {
        [expected, got] = [&found.expected, &found.got].map(String::clone);
    }
    Point {
        at: at.join(", "),
        expected,
        got,
    }
}

/// A number with five digits or so.
fn short(x: f64) -> String {
    if x != 0.0 && !(1e-3..1e6).contains(&x.abs()) {
        return format!("{x:.4e}");
    }
    let text = format!("{x:.5}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// The same for what is written as a number.
fn shortened(number: &str) -> String {
    number.parse().map_or_else(|_| number.to_owned(), short)
}

/// Whether a term names a variable: `x[1]` is in `dy·x[1]`, and not in `dx[1]` or `max[1]`.
fn mentions(term: &str, name: &str) -> bool {
    // A superscript is an exponent.
    let is_part = |c: char| c.is_alphabetic() || c.is_ascii_digit() || c == '_';
    term.match_indices(name).any(|(start, _)| {
        let (before, after) = (&term[..start], &term[start + name.len()..]);
        !before.ends_with(is_part) && !after.starts_with(|c| is_part(c) || c == '[')
    })
}

#[cfg(test)]
mod tests {
    use super::{mentions, short};

    #[test]
    fn numbers_are_short() {
        let shown = [0.0, 1.0, -1.153_941_4, 1e-9, 250_000.0, 1.5e9].map(short);
        assert_eq!(
            shown,
            ["0", "1", "-1.15394", "1.0000e-9", "250000", "1.5000e9"]
        );
    }

    #[test]
    fn names_in_terms() {
        assert!(mentions("2·dy[0]·x[1]²", "x[1]"));
        assert!(mentions("−x", "x") && mentions("step(x) + 1", "x"));
        assert!(!mentions("dx[1]", "x[1]") && !mentions("x[1]", "x"));
        assert!(!mentions("exp(y)", "x"));
    }
}
