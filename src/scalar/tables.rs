//! The tables of the levels. Each demands the trait of its level, so that it promises nothing that its scalar lacks.

use super::level::Level;
use super::level_types::{
    FieldScalar, OrderedFieldScalar, RealScalar, RingScalar, ScalarLevel, SemiringScalar,
};
use super::sums::natural;
use super::tower::{Field, OrderedField, Real, Ring, Semiring};
use super::{Binary, Comparison, Kernels, Literal, Unary};

/// The level, and the functions that it and those below it have.
macro_rules! functions {
    ($A:ident) => {
        fn level(&self) -> Level {
            Self::LEVEL
        }
        fn unary(&self, f: Unary, x: &[$A]) -> Option<Vec<$A>> {
            Self::unary_kernel(f, x)
        }
        fn binary(&self, f: Binary, x: &[$A], y: &[$A]) -> Option<Vec<$A>> {
            Self::binary_kernel(f, [x, y])
        }
    };
}

/// What a field has.
macro_rules! division {
    ($A:ident) => {
        fn no_divisor(&self, x: &[$A]) -> Option<usize> {
            x.iter().position(|x| !x.is_divisor())
        }
        fn literal(&self, literal: Literal) -> Option<$A> {
            Some($A::from_literal(literal))
        }
        fn fraction(&self, numerator: u64) -> Option<$A> {
            Some($A::fraction(numerator))
        }
    };
}

/// What an ordered field has.
macro_rules! order {
    ($A:ident) => {
        fn select(&self, c: &[$A], x: &[$A], y: &[$A]) -> Option<Vec<$A>> {
            let pairs = x.iter().zip(y);
            let select = |(c, (x, y)): (&$A, (&$A, &$A))| $A::select(c, x, y);
            Some(c.iter().zip(pairs).map(select).collect())
        }
        fn largest(&self, candidates: &[&[$A]]) -> Option<Vec<$A>> {
            each_place(candidates, $A::largest)
        }
        fn compare(&self, f: Comparison, x: &[$A], y: &[$A]) -> Option<Vec<Option<bool>>> {
            Some(x.iter().zip(y).map(|(x, y)| $A::compare(f, x, y)).collect())
        }
        fn argmax(&self, candidates: &[&[$A]]) -> Option<Vec<Option<usize>>> {
            each_place(candidates, $A::argmax)
        }
    };
}

/// `f` of the first candidate and the others, place by place.
fn each_place<A, T>(candidates: &[&[A]], f: impl Fn(&A, &[&A]) -> T) -> Option<Vec<T>> {
    let (first, rest) = candidates.split_first()?;
    let at = |(i, x)| {
        let rest: Vec<_> = rest.iter().map(|candidate| &candidate[i]).collect();
        f(x, &rest)
    };
    Some(first.iter().enumerate().map(at).collect())
}

impl<A: Semiring> Kernels<A> for SemiringScalar {
    functions!(A);
    fn literal(&self, literal: Literal) -> Option<A> {
        match literal {
            Literal::Ratio(n, 1) => Some(natural(u64::try_from(n).ok()?)),
            Literal::Ratio(..) | Literal::Real(_) => None,
        }
    }
}

impl<A: Ring> Kernels<A> for RingScalar {
    functions!(A);
    fn literal(&self, literal: Literal) -> Option<A> {
        match literal {
            Literal::Ratio(n, 1) if n < 0 => Some(-natural::<A>(n.unsigned_abs())),
            Literal::Ratio(..) | Literal::Real(_) => SemiringScalar.literal(literal),
        }
    }
}

impl<A: Field> Kernels<A> for FieldScalar {
    functions!(A);
    division!(A);
}

impl<A: OrderedField> Kernels<A> for OrderedFieldScalar {
    functions!(A);
    division!(A);
    order!(A);
}

impl<A: Real> Kernels<A> for RealScalar {
    functions!(A);
    division!(A);
    order!(A);
}
