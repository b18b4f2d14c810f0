//! A field with random functions: identities between graphs, tested at random points.

use super::{
    Agreement, Field, Kernels, Literal, OrderedField, Real, RealKernels, Ring, Sample, Semiring,
    residue,
};
use core::cmp::Ordering;
use core::fmt;
use core::ops::{Add, Div, Mul, Neg, Sub};
use num_traits::{One, Zero};

const LEVELS: usize = 5;

/// A Cunningham chain, the largest of five primes below 2^61: each is twice the next one plus 1.
///
/// So the squares modulo one prime are a group whose order is the next prime, and a number modulo the next prime is
/// an exponent for it.
const PRIMES: [u64; LEVELS] = [
    2_305_843_009_188_546_239,
    1_152_921_504_594_273_119,
    576_460_752_297_136_559,
    288_230_376_148_568_279,
    144_115_188_074_284_139,
];

/// The base of the exponential modulo each prime: the square of the first digits of π, a number without meaning here.
const BASES: [u64; LEVELS] = {
    let mut bases = [0; LEVELS];
    let mut level = 0;
    while level < LEVELS {
        let p = PRIMES[level];
        let root = 0x243f_6a88_85a3_08d3 % p;
        bases[level] = residue::mul(root, root, p);
        level += 1;
    }
    bases
};

/// One residue for each prime; none where the value is undefined.
type Residues = [Option<u64>; LEVELS];

/// A number of a prime field in which each function is a random one. Two graphs that agree at a random point over it
/// are equal up to what holds in every field and for every function, except with negligible probability.
///
/// Equations between rational expressions are tested by the lemma of Schwartz and Zippel. A function (`tanh`, `relu`,
/// `sqrt`, the largest of a set) is an *oracle*: a hash of its name and its arguments. Equal arguments give equal
/// values, others give values that have nothing to do with each other. So an equation that needs a property of a
/// function (`relu(x) = x * step(x)`, `sqrt(x) * sqrt(x) = x`, `log(x * y) = log(x) + log(y)`) fails here though it
/// holds over the reals. These hold:
///
/// - the laws of a field; the reciprocal of 0 is [`Oracle::UNDEFINED`], which is what every operation makes of it;
/// - `exp(x + y) = exp(x) * exp(y)`, and `exp(log(x)) = x`, also within sums: `exp(y - log(x)) = exp(y) / x`;
/// - `largest` does not depend on the order of its arguments, nor on repetitions;
/// - `select(c, x, y) = y + step(c) * (x - y)`.
///
/// Where these rules do not give the exponential of something, it is undefined. That is so past four exponentials within
/// each other, and for a logarithm times anything but an integer.
///
/// # How the exponential is one
///
/// No function but a constant turns sums of one prime field into products of the same field. So a value is a list of
/// residues for a chain of primes, each computed by the same operations, and the exponential at one prime is a
/// power of a fixed base whose exponent is the residue at the next: its order is that prime. The last prime has no next, so each
/// exponential loses one residue from the end. The value proper, which is compared and shown, is the first.
///
/// A logarithm would have to be an exponent that nobody can compute. It is an oracle instead, and the value carries
/// along what its exponential is.
///
/// ```
/// use cotangent::prelude::*;
/// use cotangent::scalar::{Oracle, Sample};
/// // Softmax of x, and of x minus any number: equal for all x and c.
/// let plain = graph!(|x: [3], c: []| exp(x) / sum(exp(x)));
/// let shifted = graph!(|x: [3], c: []| exp(x - c) / sum(exp(x - c)));
/// let rng = &mut fastrand::Rng::with_seed(1);
/// let x = Tensor::<Oracle, shape![3]>::from_fn(|_| Oracle::sample(rng));
/// let inputs = tlist![x, Tensor::scalar(Oracle::sample(rng))];
/// assert_eq!(plain.value(&inputs, &tlist![]), shifted.value(&inputs, &tlist![]));
/// // The sum of exponentials is not the exponential of the sum.
/// let other = graph!(|x: [3], c: []| exp(x) / exp(sum(x)));
/// assert_ne!(plain.value(&inputs, &tlist![]), other.value(&inputs, &tlist![]));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Oracle {
    value: Residues,
    exp: Exponential,
}

/// What the exponential of a value is.
#[derive(Clone, Copy, Debug)]
enum Exponential {
    /// The power of the base.
    Power,
    /// The value is a sum of logarithms and others, and this is its exponential as far as it is known.
    Known(Residues),
}

impl Oracle {
    /// The reciprocal of 0 and the like. It is not equal to itself, as NaN.
    ///
    /// ```
    /// use cotangent::scalar::Oracle;
    /// let nothing = Oracle::from(1) / Oracle::from(0);
    /// assert_eq!((nothing.value(), nothing == nothing), (None, false));
    /// ```
    pub const UNDEFINED: Self = Oracle::new([None; LEVELS]);

    const fn new(value: Residues) -> Self {
        Oracle {
            value,
            exp: Exponential::Power,
        }
    }

    /// The residue modulo the first prime; none if undefined.
    ///
    /// ```
    /// use cotangent::scalar::Oracle;
    /// assert_eq!(Oracle::from(3).value(), Some(3));
    /// ```
    pub const fn value(self) -> Option<u64> {
        self.value[0]
    }

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

    /// A function of each pair of residues and their prime; undefined where one of them is.
    fn zip(x: Residues, y: Residues, f: fn(u64, u64, u64) -> u64) -> Residues {
        core::array::from_fn(|level| Some(f(x[level]?, y[level]?, PRIMES[level])))
    }

    /// The exponential as residues.
    fn image(&self) -> Residues {
        match self.exp {
            Exponential::Known(image) => image,
            Exponential::Power => core::array::from_fn(|level| {
                let exponent = *self.value.get(level + 1)?;
                Some(residue::pow(BASES[level], exponent?, PRIMES[level]))
            }),
        }
    }

    /// The small integer that it is, if it is one at each prime.
    fn as_integer(&self) -> Option<i64> {
        const SMALL: i64 = 1 << 20;
        let first = self.value[0]?.cast_signed();
        // Below 2^61, so no overflow.
        let n = [first, first - PRIMES[0].cast_signed()]
            .into_iter()
            .find(|n| n.abs() < SMALL)?;
        let mut residues = self.value.iter().zip(PRIMES);
        let same = residues.all(|(x, p)| x.is_none_or(|x| x == residue::integer(n, p)));
        (same && matches!(self.exp, Exponential::Power)).then_some(n)
    }

    /// The exponential of `n * self`, if that of `self` is not a power of the base.
    fn multiple(&self, n: Option<i64>) -> Exponential {
        match (self.exp, n) {
            (Exponential::Power, _) | (_, Some(0)) => Exponential::Power,
            (_, None) => Exponential::Known([None; LEVELS]),
            (Exponential::Known(image), Some(n)) => {
                Exponential::Known(core::array::from_fn(|level| {
                    let power = residue::pow(image[level]?, n.unsigned_abs(), PRIMES[level]);
                    if n < 0 {
                        residue::inverse(power, PRIMES[level])
                    } else {
                        Some(power)
                    }
                }))
            }
        }
    }

    /// `1 / self`; [`Oracle::UNDEFINED`] for 0.
    ///
    /// ```
    /// use cotangent::scalar::Oracle;
    /// assert_eq!(Oracle::from(3).recip() * Oracle::from(3), Oracle::from(1));
    /// ```
    #[must_use]
    pub fn recip(&self) -> Self {
        Oracle {
            value: core::array::from_fn(|level| {
                residue::inverse(self.value[level]?, PRIMES[level])
            }),
            exp: self.multiple(None),
        }
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

/// A residue that looks random, from a function's name, the place in the chain and the arguments.
///
/// Each word goes through the finalizer of splitmix64 (Steele, Lea and Flood, 2014), a bijection that mixes all bits.
fn random(name: &str, level: usize, arguments: &[u64]) -> u64 {
    const KEY: u64 = 0x1319_8a2e_0370_7344;
    let mix = |state: u64, word: u64| {
        let mut z = (state ^ word).wrapping_add(0x9e37_79b9_7f4a_7c15);
        z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ z >> 31
    };
    let name = name.bytes().map(u64::from);
    // The level ends the name: it is above every byte.
    let words = name
        .chain([256 + level as u64])
        .chain(arguments.iter().copied());
    let state = words.fold(KEY, mix);
    // Two words, so that all residues are as good as equally likely.
    let wide = u128::from(mix(state, 1)) << 64 | u128::from(mix(state, 2));
    (wide % u128::from(PRIMES[level])) as u64
}

impl From<i64> for Oracle {
    fn from(n: i64) -> Self {
        Self::new(PRIMES.map(|p| Some(residue::integer(n, p))))
    }
}

impl fmt::Display for Oracle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.value() {
            Some(value) => value.fmt(f),
            None => f.pad("undefined"),
        }
    }
}

impl PartialEq for Oracle {
    fn eq(&self, other: &Self) -> bool {
        self.value().is_some() && self.value() == other.value()
    }
}

/// Equal or nothing: residues have no order.
impl PartialOrd for Oracle {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        (self == other).then_some(Ordering::Equal)
    }
}

impl Add for Oracle {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        let exp = match (self.exp, other.exp) {
            (Exponential::Power, Exponential::Power) => Exponential::Power,
            _ => Exponential::Known(Self::zip(self.image(), other.image(), residue::mul)),
        };
        Oracle {
            value: Self::zip(self.value, other.value, residue::add),
            exp,
        }
    }
}

impl Neg for Oracle {
    type Output = Self;
    fn neg(self) -> Self {
        Oracle {
            value: core::array::from_fn(|level| {
                Some(residue::neg(self.value[level]?, PRIMES[level]))
            }),
            exp: self.multiple(Some(-1)),
        }
    }
}

impl Sub for Oracle {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        self + -other
    }
}

impl Mul for Oracle {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        let exp = match (self.exp, other.exp) {
            (Exponential::Power, Exponential::Power) => Exponential::Power,
            (Exponential::Known(_), _) => self.multiple(other.as_integer()),
            (_, Exponential::Known(_)) => other.multiple(self.as_integer()),
        };
        Oracle {
            value: Self::zip(self.value, other.value, residue::mul),
            exp,
        }
    }
}

impl Div for Oracle {
    type Output = Self;
    fn div(self, other: Self) -> Self {
        self * other.recip()
    }
}

impl Zero for Oracle {
    fn zero() -> Self {
        Self::from(0)
    }
    fn is_zero(&self) -> bool {
        self.value() == Some(0)
    }
}

impl One for Oracle {
    fn one() -> Self {
        Self::from(1)
    }
}

#[diagnostic::do_not_recommend]
impl Semiring for Oracle {
    const EXACT: bool = true;
    fn kernels() -> &'static dyn Kernels<Self> {
        &RealKernels
    }
}

#[diagnostic::do_not_recommend]
impl Ring for Oracle {}

#[diagnostic::do_not_recommend]
impl Field for Oracle {
    /// A ratio is `n` divided by `d`; a double is the rational that it is; infinities and NaN are undefined.
    fn from_literal(literal: Literal) -> Self {
        Self::new(PRIMES.map(|p| residue::literal(literal, p)))
    }
}

#[diagnostic::do_not_recommend]
impl OrderedField for Oracle {}

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
}

impl Sample for Oracle {
    /// Random residues but 0.
    fn sample(rng: &mut fastrand::Rng) -> Self {
        Self::new(PRIMES.map(|p| Some(rng.u64(1..p))))
    }
    /// As [`Sample::sample`]: a residue has no sign.
    fn sample_positive(rng: &mut fastrand::Rng) -> Self {
        Self::sample(rng)
    }
    fn agreement(&self, other: &Self) -> Agreement {
        if self.value().is_none() || other.value().is_none() {
            Agreement::Undefined
        } else if self == other {
            Agreement::Equal
        } else {
            Agreement::Differ
        }
    }
}
