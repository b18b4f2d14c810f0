//! One row of the table: everything that is counted for a radius.

use super::attack;
use super::certify::{all_within, by_margins, convert, images, right, scores};
use super::model::{Digits, Weights};
use cotangent::data::DataError;
use cotangent::prelude::*;
use cotangent::scalar::Interval;
use std::fmt;

/// What is counted, of the digits of a test.
#[derive(Debug)]
pub struct Row {
    pub radius: f64,
    /// Recognised as they are.
    pub right: usize,
    /// Certified by the bounds of the scores.
    pub by_scores: usize,
    /// Certified by the bounds of their differences.
    pub by_differences: usize,
    /// Still recognised after the change that the gradient of the loss asks for.
    pub withstand: usize,
    /// Random changes, and how many of their scores were outside the bounds.
    pub tried: usize,
    pub outside: usize,
    /// How many changes made the classifier take a certified digit for another.
    pub broken: usize,
}

/// The head of the table.
pub const HEAD: &str = "       │            │ certified by the bounds │ recognised
       │            │ of the   │ of their     │ after
radius │ recognised │ scores   │ differences  │ an attack
───────┼────────────┼──────────┼──────────────┼───────────";

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (radius, right, withstand) = (self.radius, self.right, self.withstand);
        let (scores, differences) = (self.by_scores, self.by_differences);
        write!(
            f,
            "{radius:<6} │ {right:>10} │ {scores:>8} │ {differences:>12} │ {withstand:>10}"
        )
    }
}

/// The row of a radius, with `rounds` random changes of each digit.
pub fn row<const B: usize>(
    digits: &Digits,
    weights: &Weights,
    radius: f64,
    rounds: usize,
) -> Result<Row, DataError>
where
    N<B>: Dim,
{
    let (x, labels) = images::<B>(digits)?;
    let (points, intervals) = (convert::<f64>(weights), convert::<Interval>(weights));

    let bounds = scores::<Interval, B>(all_within::<B>(&x, radius), &intervals);
    let by_scores = right::<_, B>(&bounds, &labels);
    let by_differences = by_margins::<B>(&x, &labels, &intervals, radius);

    let attacked = attack::by_gradient::<B>(&x, &points, &labels, radius);
    let mut rng = fastrand::Rng::with_seed(0);
    let random = (0..rounds).map(|_| attack::random::<B>(&x, radius, &mut rng));
    let (mut outside, mut broken) = (0, 0);
    for images in random.chain([attacked.clone()]) {
        let scores = scores::<f64, B>(images, &points);
        let inside = scores.zip_map(&bounds, |&score, bounds| bounds.contains(score));
        outside += inside.as_slice().iter().filter(|inside| !**inside).count();
        let still = right::<_, B>(&scores, &labels);
        let certified = by_scores.iter().zip(&by_differences).map(|(a, b)| *a || *b);
        broken += certified
            .zip(still)
            .filter(|&(certified, still)| certified && !still)
            .count();
    }
    let count = |which: &[bool]| which.iter().filter(|one| **one).count();
    let recognised = |x| count(&right::<_, B>(&scores::<f64, B>(x, &points), &labels));
    Ok(Row {
        radius,
        right: recognised(x),
        by_scores: count(&by_scores),
        by_differences: count(&by_differences),
        withstand: recognised(attacked),
        tried: rounds * B,
        outside,
        broken,
    })
}
