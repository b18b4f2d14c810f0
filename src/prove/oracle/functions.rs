//! The functions: oracles, but for the exponential, and for what is known of constants.
//!
//! A graph has constants of its own, such as the rows and columns of a mask. Functions of small integers are what they are
//! over the reals where that is an integer, as they are over terms.

use super::chain::random;
use super::oracle::{Exponential, Oracle};
use crate::prove::choices;
use crate::prove::conditions::{self, Condition, Demand};
use crate::scalar::{Domain, Real, Relation, Unary};
use core::cell::Cell;

thread_local! {
    /// Whether an exponential that is beyond the chain is any number.
    static OPAQUE: Cell<bool> = const { Cell::new(false) };
}

/// Runs `f` on this thread, where an exponential that the chain of primes does not give is an oracle, and not undefined. What
/// is shown then of exponentials means nothing; but where a divisor is 0, it is.
pub(crate) fn with_opaque_exponentials<T>(f: impl FnOnce() -> T) -> T {
    /// Puts the outer value back, also if `f` panics.
    struct Outer(bool);
    impl Drop for Outer {
        fn drop(&mut self) {
            OPAQUE.set(self.0);
        }
    }
    let _outer = Outer(OPAQUE.replace(true));
    f()
}

impl Oracle {
    /// An oracle for the function of this name: equal arguments, in the same order, give equal values.
    ///
    /// ```
    /// use cotangent::prove::Oracle;
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

    /// Notes what `f` demands of its argument; whether this is a small integer at which `f` is undefined.
    fn is_outside(&self, f: Unary) -> bool {
        let demand = match f.domain() {
            Domain::All => return false,
            Domain::NotZero => Demand::NotZero,
            Domain::Positive | Domain::AboveMinusOne => Demand::Positive,
            Domain::NotNegative => Demand::NotNegative,
        };
        conditions::demand(Condition::Arguments(demand, f.name()));
        let outside = self.as_integer().filter(|n| !f.domain().has(*n));
        if let Some(n) = outside {
            conditions::undefined(|| format!("`{}` of {n}", f.name()));
        }
        outside.is_some()
    }

    /// `f` of this: an integer for the integers at which `f` is known to be one, else an oracle.
    fn opaque(&self, f: Unary) -> Self {
        if self.is_outside(f) {
            return Self::UNDEFINED;
        }
        match self.as_integer().and_then(|n| f.at_integer(n)) {
            Some(value) => Self::from(value),
            None => Self::function(f.name(), &[*self]),
        }
    }

    /// An oracle for `max(x, 0)`.
    ///
    /// ```
    /// use cotangent::prove::Oracle;
    /// assert_eq!(Oracle::from(2).relu(), Oracle::from(2).relu());
    /// ```
    #[must_use]
    pub fn relu(&self) -> Self {
        self.opaque(Unary::Relu)
    }

    /// An oracle for the step at 0. Its values are not 0 and 1 only, but for small integers.
    ///
    /// ```
    /// use cotangent::prove::Oracle;
    /// assert_eq!(Oracle::from(2).step(), Oracle::from(1));
    /// let half = Oracle::from(2).recip();
    /// assert_ne!(half.step(), Oracle::from(1));
    /// ```
    #[must_use]
    pub fn step(&self) -> Self {
        self.opaque(Unary::Step)
    }

    /// An oracle for the largest element of a set; of one element it is that element.
    ///
    /// ```
    /// use cotangent::prove::Oracle;
    /// let [x, y] = [1, 2].map(Oracle::from);
    /// assert_eq!(Oracle::largest(&x, &[&y]), Oracle::largest(&y, &[&x, &y]));
    /// assert_eq!(Oracle::largest(&x, &[&x]), x);
    /// ```
    #[must_use]
    pub fn largest(first: &Self, rest: &[&Self]) -> Self {
        if rest.iter().all(|x| *x == first) {
            return *first;
        }
        let integers = core::iter::once(&first).chain(rest).map(|x| x.as_integer());
        if let Some(integers) = integers.collect::<Option<Vec<_>>>()
            && let Some(&largest) = integers.iter().max()
        {
            return Self::from(largest);
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
    /// use cotangent::prove::Oracle;
    /// let [c, x] = [1, 2].map(Oracle::from);
    /// assert_eq!(Oracle::select(&c, &x, &x), x);
    /// ```
    #[must_use]
    pub fn select(c: &Self, x: &Self, y: &Self) -> Self {
        if let Some(c) = c.as_integer() {
            return if c > 0 { *x } else { *y };
        }
        if c.value().is_none() && x == y && choices::are_the_value() {
            return *x;
        }
        *y + c.step() * (*x - *y)
    }

    /// An oracle for the square root.
    ///
    /// ```
    /// use cotangent::prove::Oracle;
    /// assert_eq!(Oracle::from(4).sqrt(), (Oracle::from(2) + Oracle::from(2)).sqrt());
    /// ```
    #[must_use]
    pub fn sqrt(&self) -> Self {
        self.opaque(Unary::Sqrt)
    }

    /// An oracle for powers; a power where the exponent is an integer up to 64.
    ///
    /// ```
    /// use cotangent::prove::Oracle;
    /// let [x, y] = [2, 3].map(Oracle::from);
    /// assert_ne!(x.pow(&y), y.pow(&x));
    /// ```
    #[must_use]
    pub fn pow(&self, exponent: &Self) -> Self {
        if let Some(n @ -64..=64) = exponent.as_integer() {
            let power = (0..n.abs()).fold(Self::from(1), |power, _| power * *self);
            return if n < 0 { power.recip() } else { power };
        }
        Self::function("pow", &[*self, *exponent])
    }
}

#[diagnostic::do_not_recommend]
impl Real for Oracle {
    fn exp(&self) -> Self {
        let image = self.image();
        if self.value().is_some() && image[0].is_none() && OPAQUE.get() {
            return Self::function("exp", &[*self]);
        }
        if self.value().is_some() && image[0].is_none() {
            conditions::beyond(match self.exp {
                Exponential::Power => "more than four exponentials within each other",
                Exponential::Known(_) => "the exponential of a logarithm times what is no integer",
            });
        }
        Self::new(image)
    }
    /// An oracle whose exponential is `self`; undefined for 0.
    fn log(&self) -> Self {
        if self.is_outside(Unary::Log) {
            return Self::UNDEFINED;
        }
        if let Some(log) = self.as_integer().and_then(|n| Unary::Log.at_integer(n)) {
            return Self::from(log);
        }
        let image = self.value.map(|x| x.filter(|&x| x != 0));
        let log = Self::function("log", &[Self::new(image)]);
        Oracle {
            exp: Exponential::Known(image),
            ..log
        }
    }
    fn tanh(&self) -> Self {
        self.opaque(Unary::Tanh)
    }
    fn sigmoid(&self) -> Self {
        self.opaque(Unary::Sigmoid)
    }
    fn sqrt(&self) -> Self {
        Oracle::sqrt(self)
    }
    fn pow(&self, exponent: &Self) -> Self {
        Oracle::pow(self, exponent)
    }
    /// With the relations that the file of its family says.
    fn function(&self, f: Unary) -> Option<Self> {
        Some(match f.relation()? {
            Relation::Exponential => self.exp(),
            Relation::Logarithm => self.log(),
            Relation::Opaque => self.opaque(f),
        })
    }
}
