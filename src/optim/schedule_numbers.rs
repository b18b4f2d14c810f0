//! A schedule as numbers, for what is saved: a number for its kind, then its parts, those that are schedules in the same way.

use super::plateau::Plateau;
use super::schedule::{Curve, Schedule};
use core::slice::Iter;

/// Schedules are no deeper than this when they are read.
const DEPTH: usize = 256;

impl Schedule {
    /// As numbers.
    pub(super) fn to_numbers(&self) -> Vec<f64> {
        let mut numbers = Vec::new();
        self.push_numbers(&mut numbers);
        numbers
    }

    fn push_numbers(&self, all: &mut Vec<f64>) {
        match self {
            Schedule::Constant(factor) => all.extend([0.0, *factor]),
            Schedule::Steps { every, factor } => all.extend([1.0, *every as f64, *factor]),
            Schedule::Ramp {
                from,
                to,
                updates,
                curve,
            } => {
                let kind = match curve {
                    Curve::Line => 2.0,
                    Curve::Cosine => 3.0,
                };
                all.extend([kind, *from, *to, *updates as f64]);
            }
            Schedule::Plateau(plateau) => all.extend([
                4.0,
                plateau.factor,
                plateau.patience as f64,
                plateau.threshold,
                plateau.cooldown as f64,
                plateau.least,
            ]),
            Schedule::First { updates, of } => {
                all.extend([5.0, *updates as f64]);
                of.push_numbers(all);
            }
            Schedule::Then(one, other) => {
                all.push(6.0);
                one.push_numbers(all);
                other.push_numbers(all);
            }
            Schedule::Times(one, other) => {
                all.push(7.0);
                one.push_numbers(all);
                other.push_numbers(all);
            }
        }
    }

    /// The schedule of these numbers, if they are those of one.
    pub(super) fn of_numbers(numbers: &[f64]) -> Option<Schedule> {
        let mut numbers = numbers.iter();
        let schedule = taken(&mut numbers, DEPTH)?;
        numbers.as_slice().is_empty().then_some(schedule)
    }
}

fn taken(from: &mut Iter<'_, f64>, depth: usize) -> Option<Schedule> {
    let depth = depth.checked_sub(1)?;
    Some(match count(from)? {
        0 => Schedule::Constant(*from.next()?),
        1 => Schedule::Steps {
            every: count(from)?,
            factor: *from.next()?,
        },
        kind @ (2 | 3) => Schedule::Ramp {
            from: *from.next()?,
            to: *from.next()?,
            updates: count(from)?,
            curve: if kind == 2 {
                Curve::Line
            } else {
                Curve::Cosine
            },
        },
        4 => Schedule::Plateau(Plateau {
            factor: *from.next()?,
            patience: count(from)?,
            threshold: *from.next()?,
            cooldown: count(from)?,
            least: *from.next()?,
        }),
        5 => Schedule::First {
            updates: count(from)?,
            of: Box::new(taken(from, depth)?),
        },
        kind @ (6 | 7) => {
            let (one, other) = (taken(from, depth)?, taken(from, depth)?);
            if kind == 6 {
                one.then(other)
            } else {
                one.times(other)
            }
        }
        _ => return None,
    })
}

/// A whole number that a double has exactly.
fn count(from: &mut Iter<'_, f64>) -> Option<usize> {
    const MOST: f64 = 9_007_199_254_740_992.0; // 2^53
    let x = *from.next()?;
    ((0.0..MOST).contains(&x) && x.fract() == 0.0).then_some(x as usize)
}

#[cfg(test)]
mod tests {
    use super::super::schedules::{
        constant_factor, cosine, one_cycle, plateau, step_decay, warm_up,
    };
    use super::*;

    #[test]
    fn there_and_back() {
        let all = [
            constant_factor(0.25),
            step_decay(30, 0.1).for_updates(90).then(one_cycle(1000)),
            warm_up(10).then(cosine(100, 0.01)).times(plateau(0.5, 3)),
        ];
        for schedule in all {
            let numbers = schedule.to_numbers();
            assert_eq!(Schedule::of_numbers(&numbers), Some(schedule));
            for len in 0..numbers.len() {
                assert_eq!(Schedule::of_numbers(&numbers[..len]), None);
            }
            assert_eq!(Schedule::of_numbers(&[&numbers[..], &[0.0]].concat()), None);
        }
        for wrong in [[8.0, 1.0], [0.5, 1.0], [-1.0, 1.0], [f64::NAN, 1.0]] {
            assert_eq!(Schedule::of_numbers(&wrong), None);
        }
        let deep = vec![6.0; 1_000_000];
        assert_eq!(Schedule::of_numbers(&deep), None);
    }
}
