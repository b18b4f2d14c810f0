//! What an order gives, on intervals.

use super::interval::Interval;

impl Interval {
    /// `max(x, 0)`.
    #[must_use]
    pub fn relu(&self) -> Self {
        Self::bounds(self.lo.max(0.0), self.hi.max(0.0))
    }

    /// 1 where `x > 0`, else 0; from 0 to 1 where that is undecided.
    #[must_use]
    pub fn step(&self) -> Self {
        let step = |x: f64| if x > 0.0 { 1.0 } else { 0.0 };
        Self::bounds(step(self.lo), step(self.hi))
    }

    /// The largest of one or more: both bounds are the largest of theirs.
    #[must_use]
    pub fn largest(first: &Self, rest: &[&Self]) -> Self {
        rest.iter()
            .fold(*first, |x, y| Self::bounds(x.lo.max(y.lo), x.hi.max(y.hi)))
    }

    /// `x` where `c > 0`, else `y`; the hull of both where that is undecided.
    #[must_use]
    pub fn select(c: &Self, x: &Self, y: &Self) -> Self {
        if c.lo > 0.0 {
            *x
        } else if c.hi <= 0.0 {
            *y
        } else {
            x.hull(*y)
        }
    }
}
