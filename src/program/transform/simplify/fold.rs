//! Arithmetic of constants.
//!
//! Numbers are folded where every scalar computes the same: over semirings, rings and fields because they are sums and
//! products of ones and their inverses; over floats because operands and result have at most 24 bits, which single and
//! double precision hold exactly. What would be the negative zero is not folded.

use super::known::{Identity, Known, Numbers, Rewrite, made};
use crate::program::primitives::{Constant, Elements, Full, Offset, Scale};
use crate::program::syntax::Prim;
use crate::scalar::{Binary, Literal, Unary};

pub(super) const IDENTITIES: &[Identity] = &[
    Identity {
        name: "arithmetic of constants = constant",
        apply: arithmetic,
    },
    Identity {
        name: "constant of equal numbers = number",
        apply: constant_of_equal,
    },
];

/// `numerator / 2^shift`, with at most 24 bits.
#[derive(Clone, Copy)]
struct Small {
    numerator: i64,
    shift: u32,
}

impl Small {
    const BITS: u32 = 24;

    fn of(c: Literal) -> Option<Small> {
        match c {
            Literal::Ratio(numerator, d) if d.is_power_of_two() => Small {
                numerator,
                shift: d.trailing_zeros(),
            }
            .reduced(),
            Literal::Ratio(..) | Literal::Real(_) => None,
        }
    }

    /// In lowest terms, if it is small then.
    fn reduced(self) -> Option<Small> {
        let Small { numerator, shift } = self;
        let common = numerator.trailing_zeros().min(shift);
        let (numerator, shift) = match numerator {
            0 => (0, 0),
            _ => (numerator >> common, shift - common),
        };
        let small = numerator.unsigned_abs() < 1 << Small::BITS && shift <= Small::BITS;
        small.then_some(Small { numerator, shift })
    }

    fn literal(self) -> Literal {
        Literal::Ratio(self.numerator, 1 << self.shift)
    }

    fn neg(self) -> Option<Small> {
        let Small { numerator, shift } = self;
        (numerator != 0).then_some(Small {
            numerator: -numerator,
            shift,
        })
    }

    fn add(self, other: Small) -> Option<Small> {
        // 24 bits, moved by 24.
        let shift = self.shift.max(other.shift);
        let moved = |x: Small| x.numerator << (shift - x.shift);
        Small {
            numerator: moved(self) + moved(other),
            shift,
        }
        .reduced()
    }

    fn sub(self, other: Small) -> Option<Small> {
        match other.numerator {
            0 => Some(self),
            _ => self.add(other.neg()?),
        }
    }

    fn mul(self, other: Small) -> Option<Small> {
        let negative_zero =
            self.numerator * other.numerator == 0 && (self.numerator < 0 || other.numerator < 0);
        let numerator = self.numerator * other.numerator;
        let product = Small {
            numerator,
            shift: self.shift + other.shift,
        };
        (!negative_zero).then_some(product)?.reduced()
    }
}

fn arithmetic(k: &Known, prim: &Prim, x: &[usize]) -> Option<Rewrite> {
    let first = *x.first()?;
    let x: Vec<Numbers<'_>> = x.iter().map(|&id| k.numbers(id)).collect::<Option<_>>()?;
    let (x, y) = (x.first()?, x.last()?);
    let elements = match prim {
        Prim::Unary(Unary::Neg) => each(x, x, |x, _| x.neg()),
        Prim::Scale(Scale(c)) => {
            let c = Small::of(*c)?;
            each(x, x, |x, _| x.mul(c))
        }
        Prim::Offset(Offset(c)) => {
            let c = Small::of(*c)?;
            each(x, x, |x, _| x.add(c))
        }
        Prim::Binary(Binary::Add) => each(x, y, Small::add),
        Prim::Binary(Binary::Sub) => each(x, y, Small::sub),
        Prim::Binary(Binary::Mul) => each(x, y, Small::mul),
        _ => None,
    };
    let dims = k.dims(first).clone();
    match elements? {
        Folded::Same(c) => made(Full(dims, c), []),
        Folded::Each(all) => made(
            Constant {
                dims,
                elements: Elements::Scalars(all),
            },
            [],
        ),
    }
}

/// What comes out.
enum Folded {
    Same(Literal),
    Each(Vec<Literal>),
}

/// A function of each pair of numbers: one number, if both are the same everywhere.
fn each(
    x: &Numbers<'_>,
    y: &Numbers<'_>,
    f: impl Fn(Small, Small) -> Option<Small>,
) -> Option<Folded> {
    let f = |(x, y): (Literal, Literal)| f(Small::of(x)?, Small::of(y)?).map(Small::literal);
    let all: Option<Vec<Literal>> = match (x, y) {
        (&Numbers::Same(x), &Numbers::Same(y)) => return f((x, y)).map(Folded::Same),
        (&Numbers::Same(x), Numbers::Each(y)) => y.iter().map(|&y| f((x, y))).collect(),
        (Numbers::Each(x), &Numbers::Same(y)) => x.iter().map(|&x| f((x, y))).collect(),
        (Numbers::Each(x), Numbers::Each(y)) => {
            let pairs = x.iter().copied().zip(y.iter().copied());
            pairs.map(f).collect()
        }
    };
    all.map(Folded::Each)
}

fn constant_of_equal(_: &Known, prim: &Prim, _: &[usize]) -> Option<Rewrite> {
    match prim {
        Prim::Constant(Constant {
            dims,
            elements: Elements::Scalars(all),
        }) => {
            let c = *all.first()?;
            all.iter()
                .all(|other| *other == c)
                .then(|| made(Full(dims.clone(), c), []))?
        }
        _ => None,
    }
}
