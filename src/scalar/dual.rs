//! Dual numbers: forward mode as a scalar.

use super::derivative::share_of_largest;
use super::{
    Agreement, Binary, Comparison, Derivative, Expressions, Field, Kernels, Level, Literal,
    OrderedField, Precision, Real, Ring, Sample, Semiring, Unary,
};
use core::cmp::Ordering;
use core::fmt;
use core::ops::{Add, Div, Mul, Neg, Sub};
use num_traits::{One, Zero};

/// `primal + tangent ε`, with `ε² = 0`. A graph run over duals gives its values and its tangents at once.
///
/// Over any scalar, another dual too: `Dual<Dual<f64>>` has second derivatives. It is as high in the tower as `A`.
///
/// ```
/// use cotangent::prelude::*;
/// use cotangent::scalar::Dual;
/// // x² at 3, in direction 1; then again for the second derivative.
/// let x = Dual::new(3.0, 1.0);
/// assert_eq!(x * x, Dual::new(9.0, 6.0));
/// let x = Dual::new(Dual::new(3.0, 1.0), Dual::new(1.0, 0.0));
/// assert_eq!((x * x * x).tangent.tangent, 18.0);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dual<A> {
    /// The value.
    pub primal: A,
    /// Its derivative in some direction.
    pub tangent: A,
}

impl<A> Dual<A> {
    /// `primal + tangent ε`.
    pub const fn new(primal: A, tangent: A) -> Self {
        Dual { primal, tangent }
    }
}

impl<A: Zero> From<A> for Dual<A> {
    /// A constant: its tangent is zero.
    fn from(primal: A) -> Self {
        let tangent = A::zero();
        Dual { primal, tangent }
    }
}

impl<A: fmt::Display> fmt::Display for Dual<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "({} + {} ε)", self.primal, self.tangent)
    }
}

impl<A: Add<Output = A>> Add for Dual<A> {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Dual::new(self.primal + other.primal, self.tangent + other.tangent)
    }
}

impl<A: Sub<Output = A>> Sub for Dual<A> {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Dual::new(self.primal - other.primal, self.tangent - other.tangent)
    }
}

impl<A: Neg<Output = A>> Neg for Dual<A> {
    type Output = Self;
    fn neg(self) -> Self {
        Dual::new(-self.primal, -self.tangent)
    }
}

impl<A: Semiring> Mul for Dual<A> {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        let tangent = self.tangent * other.primal.clone() + self.primal.clone() * other.tangent;
        Dual::new(self.primal * other.primal, tangent)
    }
}

impl<A: Field> Div for Dual<A> {
    type Output = Self;
    fn div(self, other: Self) -> Self {
        let primal = self.primal / other.primal.clone();
        let change = self.tangent - primal.clone() * other.tangent;
        Dual::new(primal, change / other.primal)
    }
}

impl<A: Semiring> Zero for Dual<A> {
    fn zero() -> Self {
        A::zero().into()
    }
    fn is_zero(&self) -> bool {
        self.primal.is_zero() && self.tangent.is_zero()
    }
}

impl<A: Semiring> One for Dual<A> {
    fn one() -> Self {
        A::one().into()
    }
}

/// By the primals.
impl<A: PartialOrd> PartialOrd for Dual<A> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        self.primal.partial_cmp(&other.primal)
    }
}

#[diagnostic::do_not_recommend]
impl<A: Semiring> Semiring for Dual<A> {
    const EXACT: bool = A::EXACT;
    fn kernels() -> &'static dyn Kernels<Self> {
        &DualKernels
    }
    /// Both parts: the derivative of a cast is the cast.
    fn rounded(&self, precision: Precision) -> Self {
        Dual::new(
            self.primal.rounded(precision),
            self.tangent.rounded(precision),
        )
    }
}
#[diagnostic::do_not_recommend]
impl<A: Ring> Ring for Dual<A> {}
#[diagnostic::do_not_recommend]
impl<A: Field> Field for Dual<A> {
    fn from_literal(literal: Literal) -> Self {
        A::from_literal(literal).into()
    }
    fn fraction(numerator: u64) -> Self {
        A::fraction(numerator).into()
    }
    fn is_divisor(&self) -> bool {
        self.primal.is_divisor()
    }
}

/// One element through the table, which `expect`s nothing: a scalar that has the trait has the function in its table.
fn one_element<A: Semiring>(data: Option<Vec<Dual<A>>>) -> Dual<A> {
    match data.and_then(|mut data| data.pop()) {
        Some(value) => value,
        // `Kernels` tables demand the trait of their level, so the table of `A` has what `A: Real` has.
        None => unreachable!("a table lower than its scalar"),
    }
}

#[diagnostic::do_not_recommend]
impl<A: OrderedField> OrderedField for Dual<A> {
    fn relu(&self) -> Self {
        one_element(DualKernels.unary(Unary::Relu, core::slice::from_ref(self)))
    }
    fn step(&self) -> Self {
        one_element(DualKernels.unary(Unary::Step, core::slice::from_ref(self)))
    }
    fn largest(first: &Self, rest: &[&Self]) -> Self {
        let mut all = vec![core::slice::from_ref(first)];
        all.extend(rest.iter().map(|&x| core::slice::from_ref(x)));
        one_element(DualKernels.largest(&all))
    }
    fn select(c: &Self, x: &Self, y: &Self) -> Self {
        let one = core::slice::from_ref;
        one_element(DualKernels.select(one(c), one(x), one(y)))
    }
    fn compare(f: Comparison, x: &Self, y: &Self) -> Option<bool> {
        A::compare(f, &x.primal, &y.primal)
    }
    fn argmax(first: &Self, rest: &[&Self]) -> Option<usize> {
        let rest: Vec<_> = rest.iter().map(|x| &x.primal).collect();
        A::argmax(&first.primal, &rest)
    }
}

macro_rules! real {
    ($($name:ident $F:ident,)*) => {
        #[diagnostic::do_not_recommend]
        impl<A: Real> Real for Dual<A> {
            $(fn $name(&self) -> Self {
                one_element(DualKernels.unary(Unary::$F, core::slice::from_ref(self)))
            })*
            fn function(&self, f: Unary) -> Option<Self> {
                DualKernels.unary(f, core::slice::from_ref(self))?.pop()
            }
            fn pow(&self, exponent: &Self) -> Self {
                let one = core::slice::from_ref;
                one_element(DualKernels.binary(Binary::Pow, one(self), one(exponent)))
            }
        }
    };
}

real!(exp Exp, log Log, tanh Tanh, sigmoid Sigmoid, sqrt Sqrt,);

/// Random primals and tangents.
impl<A: Sample> Sample for Dual<A> {
    fn sample(rng: &mut fastrand::Rng) -> Self {
        Dual::new(A::sample(rng), A::sample(rng))
    }
    fn sample_positive(rng: &mut fastrand::Rng) -> Self {
        Dual::new(A::sample_positive(rng), A::sample(rng))
    }
    fn agreement(&self, other: &Self) -> Agreement {
        use Agreement::{Differ, Equal, Undefined};
        match (
            self.primal.agreement(&other.primal),
            self.tangent.agreement(&other.tangent),
        ) {
            (Equal, Equal) => Equal,
            (Undefined, _) | (_, Undefined) => Undefined,
            _ => Differ,
        }
    }
}

/// The table of a dual: that of its scalar, with the derivative table beside it.
struct DualKernels;

/// Expressions of the derivative table, evaluated over slices of `A`.
struct Slices<A: Semiring>(&'static dyn Kernels<A>);

impl<A: Semiring> Expressions for Slices<A> {
    type Value = Vec<A>;
    fn literal(&mut self, c: Literal, like: &Vec<A>) -> Option<Vec<A>> {
        Some(vec![self.0.literal(c)?; like.len()])
    }
    fn unary(&mut self, f: Unary, x: &Vec<A>) -> Option<Vec<A>> {
        self.0.unary(f, x)
    }
    fn binary(&mut self, f: Binary, x: &Vec<A>, y: &Vec<A>) -> Option<Vec<A>> {
        self.0.binary(f, x, y)
    }
    fn select(&mut self, c: &Vec<A>, x: &Vec<A>, y: &Vec<A>) -> Option<Vec<A>> {
        self.0.select(c, x, y)
    }
}

fn split<A: Clone>(x: &[Dual<A>]) -> (Vec<A>, Vec<A>) {
    let parts = x.iter().map(|x| (x.primal.clone(), x.tangent.clone()));
    parts.unzip()
}

fn primals<A: Clone>(x: &[Dual<A>]) -> Vec<A> {
    x.iter().map(|x| x.primal.clone()).collect()
}

fn joined<A>(primals: Vec<A>, tangents: Vec<A>) -> Vec<Dual<A>> {
    let pairs = primals.into_iter().zip(tangents);
    pairs.map(|(p, t)| Dual::new(p, t)).collect()
}

/// A tangent times a derivative; `None` in the sum where it is zero.
fn times<A: Semiring>(
    table: &'static dyn Kernels<A>,
    derivative: &Derivative<Vec<A>>,
    tangent: Vec<A>,
) -> Option<Vec<A>> {
    match derivative {
        Derivative::Zero => Some(vec![A::zero(); tangent.len()]),
        Derivative::One => Some(tangent),
        Derivative::Minus => table.unary(Unary::Neg, &tangent),
        Derivative::Times(slope) => table.binary(Binary::Mul, slope, &tangent),
    }
}

impl<A: Semiring> Kernels<Dual<A>> for DualKernels {
    fn level(&self) -> Level {
        A::kernels().level()
    }
    fn no_divisor(&self, x: &[Dual<A>]) -> Option<usize> {
        A::kernels().no_divisor(&primals(x))
    }
    fn unary(&self, f: Unary, x: &[Dual<A>]) -> Option<Vec<Dual<A>>> {
        let table = A::kernels();
        let (x, dx) = split(x);
        let y = table.unary(f, &x)?;
        let derivative = f.derivative(&mut Slices(table), &x, &y)?;
        Some(joined(y, times(table, &derivative, dx)?))
    }
    fn binary(&self, f: Binary, x: &[Dual<A>], y: &[Dual<A>]) -> Option<Vec<Dual<A>>> {
        let table = A::kernels();
        let ((x, dx), (y, dy)) = (split(x), split(y));
        let z = table.binary(f, &x, &y)?;
        let [by_x, by_y] = f.derivatives(&mut Slices(table), &x, &y, &z)?;
        let (dx, dy) = (times(table, &by_x, dx)?, times(table, &by_y, dy)?);
        let dz = table.binary(Binary::Add, &dx, &dy)?;
        Some(joined(z, dz))
    }
    fn select(&self, c: &[Dual<A>], x: &[Dual<A>], y: &[Dual<A>]) -> Option<Vec<Dual<A>>> {
        let table = A::kernels();
        let ((c, _), (x, dx), (y, dy)) = (split(c), split(x), split(y));
        Some(joined(
            table.select(&c, &x, &y)?,
            table.select(&c, &dx, &dy)?,
        ))
    }
    fn largest(&self, candidates: &[&[Dual<A>]]) -> Option<Vec<Dual<A>>> {
        let table = A::kernels();
        let parts: Vec<_> = candidates.iter().map(|x| split(x)).collect();
        let primals: Vec<_> = parts.iter().map(|(x, _)| x.as_slice()).collect();
        let y = table.largest(&primals)?;
        let zeros = vec![A::zero(); y.len()];
        let (mut total, mut shares) = (zeros.clone(), zeros);
        for (x, dx) in &parts {
            let share = share_of_largest(&mut Slices(table), x, &y)?;
            let part = table.binary(Binary::Mul, &share, dx)?;
            total = table.binary(Binary::Add, &total, &part)?;
            shares = table.binary(Binary::Add, &shares, &share)?;
        }
        let dy = table.binary(Binary::Div, &total, &shares)?;
        Some(joined(y, dy))
    }
    fn compare(&self, f: Comparison, x: &[Dual<A>], y: &[Dual<A>]) -> Option<Vec<Option<bool>>> {
        A::kernels().compare(f, &primals(x), &primals(y))
    }
    fn argmax(&self, candidates: &[&[Dual<A>]]) -> Option<Vec<Option<usize>>> {
        let all: Vec<_> = candidates.iter().map(|x| primals(x)).collect();
        let all: Vec<_> = all.iter().map(Vec::as_slice).collect();
        A::kernels().argmax(&all)
    }
    fn literal(&self, literal: Literal) -> Option<Dual<A>> {
        A::kernels().literal(literal).map(Dual::from)
    }
    fn fraction(&self, numerator: u64) -> Option<Dual<A>> {
        A::kernels().fraction(numerator).map(Dual::from)
    }
}
