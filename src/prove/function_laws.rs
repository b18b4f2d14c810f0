//! The laws of one node, as identities between the results of its programs: what certifies a node, and what a proof of
//! a graph begins with.

use super::at_point::{AtPoint, Programs};
use super::chosen::Chosen;
use super::conditions::{Conditions, noting};
use super::draws::begin_run;
use super::equations::{self, Equations};
use super::method::{Method, Shown};
use super::oracle::Oracle;
use super::proof_scalar::ProofScalar;
use super::soundness_error::of_node;
use crate::counterexample::Counterexample;
use crate::program::{Function, Program, with_spread_masks};
use crate::tensor::Value;
use fastrand::Rng;

/// How many products of monomials one proof by normal forms may take, before random points are used instead.
pub(crate) const FUEL: u64 = 200_000;

/// How many random points stand in for a proof by normal forms.
pub(crate) const POINTS: usize = 3;

/// The laws of a function, a node alone: its JVP is the derivative of its value, and its VJP is the adjoint of its JVP.
struct Laws<'l> {
    function: &'l Function,
    place: &'l str,
    /// Those entries of the environment that it takes; tensors among them are indeterminates as its other inputs.
    entries: &'l [Chosen],
}

impl Equations for Laws<'_> {
    fn check<A: ProofScalar>(&self, rng: &mut Rng) -> Result<Option<usize>, Counterexample> {
        let entries: Vec<Value<A>> = self.entries.iter().filter_map(Chosen::value).collect();
        let programs = Programs::of(self.function, self.place)?;
        AtPoint::<A>::new(&programs, rng)?.check(&entries)
    }
    fn place(&self) -> String {
        self.place.to_owned()
    }
    fn soundness_error(&self) -> Result<f64, Counterexample> {
        of_node(self.function)
    }
}

impl Laws<'_> {
    fn show(&self, exact: bool) -> Result<Shown, Counterexample> {
        let rng = &mut Rng::with_seed(0xc07a);
        equations::show(self, exact.then_some(FUEL), POINTS, rng)
    }
}

/// Shows the laws of a function.
pub(crate) fn show(
    function: &Function,
    place: &str,
    entries: &[Chosen],
    exact: bool,
) -> Result<Shown, Counterexample> {
    let laws = Laws {
        function,
        place,
        entries,
    };
    with_spread_masks(&written(function), || laws.show(exact))
        .map_err(|error| equations::explained(&laws, error))
}

/// A function at random points modulo the prime, to be shown in many environments: what they do not decide is computed once.
pub(crate) struct AtPoints<'p> {
    function: &'p Function,
    /// Each with its conditions.
    points: Vec<(AtPoint<'p, Oracle>, Conditions)>,
    soundness_error: f64,
}

impl<'p> AtPoints<'p> {
    pub(crate) fn new(
        function: &'p Function,
        programs: &'p Programs<'p>,
    ) -> Result<Self, Counterexample> {
        let rng = &mut Rng::with_seed(0xc07b);
        let mut points = Vec::with_capacity(POINTS);
        with_spread_masks(&written(function), || {
            for _ in 0..POINTS {
                let (point, notes) = noting(|| AtPoint::new(programs, rng));
                points.push((point?, notes.conditions));
            }
            Ok::<(), Counterexample>(())
        })?;
        Ok(AtPoints {
            function,
            points,
            soundness_error: of_node(function)?,
        })
    }

    /// What is shown at so many of the points, with these entries; nothing if something is wrong or not defined there.
    pub(crate) fn show(&self, points: usize, entries: &[Chosen]) -> Option<Shown> {
        let entries: Vec<Value<Oracle>> = entries.iter().filter_map(Chosen::value).collect();
        let mut shown = Shown::nothing();
        shown.method = Method::Modulo {
            points,
            soundness_error: self.soundness_error.powi(points as i32),
        };
        with_spread_masks(&written(self.function), || {
            for (point, conditions) in self.points.iter().take(points) {
                begin_run();
                let (result, notes) = noting(|| point.check(&entries));
                shown.identities = result.ok().flatten()?;
                let conditions = conditions.clone().and(notes.conditions);
                shown.conditions = core::mem::take(&mut shown.conditions).and(conditions);
            }
            Some(shown)
        })
    }
}

/// The programs of a function that an op wrote.
fn written(function: &Function) -> Vec<&Program> {
    let rule = function.rule().into_iter();
    let rules = rule.flat_map(|rule| [&rule.jvp, &rule.vjp]);
    rules.chain([function.body()]).collect()
}

/// Whether the laws of a function hold: [`show`] without words for a refusal, which take as long as a proof.
pub(crate) fn hold(function: &Function, place: &str, entries: &[Chosen], exact: bool) -> bool {
    let laws = Laws {
        function,
        place,
        entries,
    };
    with_spread_masks(&written(function), || laws.show(exact)).is_ok()
}
