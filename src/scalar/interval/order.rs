//! What an order gives, on intervals.

use super::interval::Interval;

impl Interval {
    /// `max(x, 0)`.
    ///
    /// ```
    /// use cotangent::scalar::Interval;
    /// assert_eq!(Interval::new(-1.0, 2.0)?.relu(), Interval::new(0.0, 2.0)?);
    /// # Ok::<(), cotangent::scalar::IntervalError>(())
    /// ```
    #[must_use]
    pub fn relu(&self) -> Self {
        Self::bounds(self.lo.max(0.0), self.hi.max(0.0))
    }

    /// 1 where `x > 0`, else 0; from 0 to 1 where that is undecided.
    ///
    /// ```
    /// use cotangent::scalar::Interval;
    /// assert_eq!(Interval::new(-1.0, 2.0)?.step(), Interval::new(0.0, 1.0)?);
    /// assert_eq!(Interval::from(0.0).step(), Interval::from(0.0));
    /// # Ok::<(), cotangent::scalar::IntervalError>(())
    /// ```
    #[must_use]
    pub fn step(&self) -> Self {
        let step = |x: f64| if x > 0.0 { 1.0 } else { 0.0 };
        Self::bounds(step(self.lo), step(self.hi))
    }

    /// The largest of one or more: both bounds are the largest of theirs.
    ///
    /// ```
    /// use cotangent::scalar::Interval;
    /// let (x, y) = (Interval::new(0.0, 3.0)?, Interval::new(1.0, 2.0)?);
    /// assert_eq!(Interval::largest(&x, &[&y]), Interval::new(1.0, 3.0)?);
    /// # Ok::<(), cotangent::scalar::IntervalError>(())
    /// ```
    #[must_use]
    pub fn largest(first: &Self, rest: &[&Self]) -> Self {
        rest.iter()
            .fold(*first, |x, y| Self::bounds(x.lo.max(y.lo), x.hi.max(y.hi)))
    }

    /// `x` where `c > 0`, else `y`; the hull of both where that is undecided.
    ///
    /// ```
    /// use cotangent::scalar::Interval;
    /// let (x, y) = (Interval::from(1.0), Interval::from(3.0));
    /// assert_eq!(Interval::select(&Interval::from(0.5), &x, &y), x);
    /// assert_eq!(Interval::select(&Interval::around(0.0, 0.5), &x, &y), Interval::new(1.0, 3.0)?);
    /// # Ok::<(), cotangent::scalar::IntervalError>(())
    /// ```
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
