//! Equations that are shown by normal forms, or at random points modulo a prime, and what it means if they are refused.

use super::conditions::{Conditions, Notes, noting};
use super::draws::begin_run;
use super::method::{Method, Shown};
use super::oracle::{Oracle, with_opaque_exponentials};
use super::points::{Where, at_a_point, words};
use super::proof_scalar::ProofScalar;
use super::term::{Term, with_fuel};
use crate::counterexample::{Counterexample, Verdict};
use crate::program::ProgramError;
use fastrand::Rng;

/// Equations between scalars, over any scalar that has variables.
pub(crate) trait Equations {
    /// How many hold, at variables that are made with this generator; `None` where a value is not defined.
    ///
    /// # Errors
    /// The first that does not hold.
    fn check<A: ProofScalar>(&self, rng: &mut Rng) -> Result<Option<usize>, Counterexample>;

    /// What is reported where nothing can be shown.
    fn law(&self) -> &'static str {
        DEFINED_SOMEWHERE
    }

    /// Of what they are.
    fn place(&self) -> String;

    /// A bound on the probability that a random point modulo the prime misses a wrong one.
    fn soundness_error(&self) -> Result<f64, Counterexample>;
}

/// A law without which the others say nothing.
const DEFINED_SOMEWHERE: &str = "is_defined";

/// How many points of doubles are tried, to find one at which everything is defined.
const DEFINED: u64 = 256;

/// How many points of doubles tell what a refusal means, away from kinks and at them.
const JUDGED: u64 = 48;

/// Shows equations by normal forms that take at most so many products of monomials, or else at so many random points.
pub(crate) fn show(
    equations: &impl Equations,
    fuel: Option<u64>,
    points: usize,
    rng: &mut Rng,
) -> Result<Shown, Counterexample> {
    if let Some(fuel) = fuel {
        let (result, notes) = noting(|| with_fuel(fuel, || run::<Term>(equations, rng)));
        if let Ok(result) = result {
            match (result?, notes.undefined) {
                (Some(identities), _) => {
                    return Ok(Shown {
                        identities,
                        method: Method::NormalForms,
                        conditions: defined(equations, notes.conditions, rng)?,
                    });
                }
                (None, Some(why)) => {
                    let got = format!("undefined at every input: {why}");
                    return Err(nowhere(equations, &got, Verdict::Undefined));
                }
                (None, None) => {}
            }
        }
    }
    let (mut defined, mut conditions, mut last) = (0, Conditions::default(), Notes::default());
    let tries = 2 * points + 2;
    for _ in 0..tries {
        let (result, notes) = noting(|| run::<Oracle>(equations, rng));
        let Some(identities) = result? else {
            last = notes;
            continue;
        };
        defined += 1;
        conditions = conditions.and(notes.conditions);
        if defined == points {
            let method = Method::Modulo {
                points,
                soundness_error: equations.soundness_error()?.powi(points as i32),
            };
            return Ok(Shown {
                identities,
                method,
                conditions,
            });
        }
    }
    Err(match (last.beyond, last.undefined) {
        (Some(what), _) => {
            let why = match fuel {
                Some(_) => "and normal forms are too large: prove it at smaller shapes",
                None => "and normal forms do: use `prove`",
            };
            let got = format!("{what}, which random points modulo a prime do not follow, {why}");
            nowhere(equations, &got, Verdict::Beyond)
        }
        (None, why) => {
            let why = why.unwrap_or_else(|| "no program runs".to_owned());
            let got = format!("undefined at each of {tries} random points: {why}");
            nowhere(equations, &got, Verdict::Undefined)
        }
    })
}

/// A run of its own: it compares what the others do.
fn run<A: ProofScalar>(
    equations: &impl Equations,
    rng: &mut Rng,
) -> Result<Option<usize>, Counterexample> {
    begin_run();
    equations.check::<A>(rng)
}

fn nowhere(equations: &impl Equations, got: &str, verdict: Verdict) -> Counterexample {
    let error = Counterexample::new(equations.law(), equations.place(), "a defined value", got);
    error.with_verdict(verdict)
}

/// Normal forms do not see a divisor that is 0 as a fraction only, nor a logarithm of what is negative everywhere. So one
/// point has to be defined modulo the prime, and one has to meet the conditions, or else be defined over doubles.
fn defined(
    equations: &impl Equations,
    conditions: Conditions,
    rng: &mut Rng,
) -> Result<Conditions, Counterexample> {
    let mut why = None;
    let mut is_defined = || {
        // An equation that needs more of `exp` than an oracle gives is shown already: what counts is that both sides are there.
        let (result, notes) = noting(|| with_opaque_exponentials(|| run::<Oracle>(equations, rng)));
        why = notes.undefined.or(why.take());
        !matches!(result, Ok(None))
    };
    if !(0..4).any(|_| is_defined()) {
        let why = why.unwrap_or_else(|| "no program runs".to_owned());
        let got = format!("undefined at each of 4 random points: {why}");
        return Err(nowhere(equations, &got, Verdict::Undefined));
    }
    let Some(never) = conditions.never_met(DEFINED) else {
        return Ok(conditions);
    };
    // A condition may be of what is not chosen by a `select`.
    let over_doubles = |point| {
        let place = Where::of(point);
        matches!(
            at_a_point(place, point, |rng| equations.check::<f64>(rng)).0,
            Ok(Some(_))
        )
    };
    if (0..DEFINED / 4).any(over_doubles) {
        return Ok(conditions.where_chosen());
    }
    let got = format!("no point was found, of {DEFINED} over doubles, where {never}");
    Err(nowhere(equations, &got, Verdict::Undefined))
}

/// A refusal with what it means: doubles are tried at random points, and then at kinks.
pub(crate) fn explained(equations: &impl Equations, error: Counterexample) -> Counterexample {
    if error.verdict != Verdict::Different {
        return error;
    }
    let mut equal = 0;
    let mut differ = |place: Where, point| {
        let (result, numbers) = at_a_point(place, point, |rng| equations.check::<f64>(rng));
        match result {
            Err(found) if found.verdict == Verdict::Different => {
                Some(words(&error, &found, &numbers))
            }
            Ok(Some(_)) => {
                equal += 1;
                None
            }
            Ok(None) | Err(_) => None,
        }
    };
    if let Some(point) = (0..JUDGED).find_map(|point| differ(Where::of(point), point)) {
        return error.with_verdict(Verdict::DifferentAt(point.into()));
    }
    let at_kinks = (0..JUDGED).find_map(|point| differ(Where::AtKinks, point));
    match (at_kinks, equal) {
        // No double says anything.
        (_, 0) => error,
        (Some(point), _) => error.with_verdict(Verdict::Convention(point.into())),
        (None, points) => error.with_verdict(Verdict::NotInTheAlgebra { points }),
    }
}

impl From<ProgramError> for Counterexample {
    /// A program that does not run shows nothing.
    fn from(error: ProgramError) -> Self {
        Counterexample::new("the programs of a node run", "a node", "a result", error)
    }
}
