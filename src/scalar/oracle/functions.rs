//! The functions: oracles, but for the exponential.

use super::chain::random;
use super::{Exponential, Oracle};
use crate::scalar::Real;

impl Oracle {
    /// An oracle for the function of this name: equal arguments, in the same order, give equal values.
    ///
    /// ```
    /// use cotangent::scalar::Oracle;
    /// let (x, y) = (Oracle::from(1), Oracle::from(2));
    /// assert_eq!(Oracle::function("f", &[x + y]), Oracle::function("f", &[y + x]));
    /// assert_ne!(Oracle::function("f", &[x]), Oracle::function("f", &[y]));
    /// assert_ne!(Oracle::function("f", &[x]), Oracle::function("g", &[x]));
    /// ```
    pub fn function(name: &str, arguments: &[Self]) -> Self {
        Self::new(core::array::from_fn(|level| {
            let residues = arguments.iter().map(|x| x.value[level]);
            Some(random(name, level, &residues.collect::<Option<Vec<_>>>()?))
        }))
    }

    /// An oracle for `max(x, 0)`.
    ///
    /// ```
    /// use cotangent::scalar::Oracle;
    /// assert_eq!(Oracle::from(2).relu(), Oracle::from(2).relu());
    /// ```
    #[must_use]
    pub fn relu(&self) -> Self {
        Self::function("relu", &[*self])
    }

    /// An oracle for the step at 0. Its values are not 0 and 1 only.
    ///
    /// ```
    /// use cotangent::scalar::Oracle;
    /// assert_ne!(Oracle::from(2).step(), Oracle::from(2).relu());
    /// ```
    #[must_use]
    pub fn step(&self) -> Self {
        Self::function("step", &[*self])
    }

    /// An oracle for the largest element of a set; of one element it is that element.
    ///
    /// ```
    /// use cotangent::scalar::Oracle;
    /// let [x, y] = [1, 2].map(Oracle::from);
    /// assert_eq!(Oracle::largest(&x, &[&y]), Oracle::largest(&y, &[&x, &y]));
    /// assert_eq!(Oracle::largest(&x, &[&x]), x);
    /// ```
    #[must_use]
    pub fn largest(first: &Self, rest: &[&Self]) -> Self {
        if rest.iter().all(|x| *x == first) {
            return *first;
        }
        Self::new(core::array::from_fn(|level| {
            let all = core::iter::once(&first).chain(rest).map(|x| x.value[level]);
            let mut set = all.collect::<Option<Vec<_>>>()?;
            set.sort_unstable();
            set.dedup();
            Some(random("largest", level, &set))
        }))
    }

    /// `y + step(c) * (x - y)`.
    ///
    /// ```
    /// use cotangent::scalar::Oracle;
    /// let [c, x] = [1, 2].map(Oracle::from);
    /// assert_eq!(Oracle::select(&c, &x, &x), x);
    /// ```
    #[must_use]
    pub fn select(c: &Self, x: &Self, y: &Self) -> Self {
        *y + c.step() * (*x - *y)
    }

    /// An oracle for the square root.
    ///
    /// ```
    /// use cotangent::scalar::Oracle;
    /// assert_eq!(Oracle::from(4).sqrt(), (Oracle::from(2) + Oracle::from(2)).sqrt());
    /// ```
    #[must_use]
    pub fn sqrt(&self) -> Self {
        Self::function("sqrt", &[*self])
    }

    /// An oracle for powers, whatever the exponent.
    ///
    /// ```
    /// use cotangent::scalar::Oracle;
    /// let [x, y] = [2, 3].map(Oracle::from);
    /// assert_ne!(x.pow(&y), y.pow(&x));
    /// ```
    #[must_use]
    pub fn pow(&self, exponent: &Self) -> Self {
        Self::function("pow", &[*self, *exponent])
    }
}

#[diagnostic::do_not_recommend]
impl Real for Oracle {
    fn exp(&self) -> Self {
        Self::new(self.image())
    }
    /// An oracle whose exponential is `self`; undefined for 0.
    fn log(&self) -> Self {
        let image = self.value.map(|x| x.filter(|&x| x != 0));
        let log = Self::function("log", &[Self::new(image)]);
        Oracle {
            exp: Exponential::Known(image),
            ..log
        }
    }
    fn tanh(&self) -> Self {
        Self::function("tanh", &[*self])
    }
    fn sigmoid(&self) -> Self {
        Self::function("sigmoid", &[*self])
    }
    fn sqrt(&self) -> Self {
        Oracle::sqrt(self)
    }
    fn pow(&self, exponent: &Self) -> Self {
        Oracle::pow(self, exponent)
    }
}
