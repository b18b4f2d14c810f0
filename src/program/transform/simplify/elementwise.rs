//! Equations of functions of each element.
//!
//! Each holds over every scalar that has the functions on its left side: it follows from the laws of semirings, rings
//! or fields. Over floats it holds by the bits, also for NaN, infinities and signed zeros, since neither side rounds
//! anything that the other does not. So `x + 0` is not among them (0 for x = -0), nor `x * 0`, `x - x`, `x / x`,
//! `0 - x` or `-(x - y)`, nor is anything of sums that are taken in another order.
//!
//! Over intervals, which round outwards, and over duals, whose tangents of infinities times 0 are NaN, a side with
//! fewer steps can say more than the other, never less.

use super::known::{Identity, Known, Rewrite, made};
use crate::program::primitives::{Cast, Offset, Scale, Select};
use crate::program::syntax::Prim;
use crate::scalar::{Binary, Literal, Precision, Unary};
use crate::tensor::Type;

pub(super) const IDENTITIES: &[Identity] = &[
    Identity {
        name: "x * 1 = x",
        apply: times_one,
    },
    Identity {
        name: "1 * x = x",
        apply: one_times,
    },
    Identity {
        name: "scale(1) = x",
        apply: scale_by_one,
    },
    Identity {
        name: "x / 1 = x",
        apply: over_one,
    },
    Identity {
        name: "x - 0 = x",
        apply: minus_zero,
    },
    Identity {
        name: "x + (-0) = x",
        apply: plus_negative_zero,
    },
    Identity {
        name: "offset(-0) = x",
        apply: offset_by_negative_zero,
    },
    Identity {
        name: "-(-x) = x",
        apply: negated_twice,
    },
    Identity {
        name: "x + (-y) = x - y",
        apply: plus_negated,
    },
    Identity {
        name: "(-x) + y = y - x",
        apply: negated_plus,
    },
    Identity {
        name: "x - (-y) = x + y",
        apply: minus_negated,
    },
    Identity {
        name: "(-x) * (-y) = x * y",
        apply: product_of_negated,
    },
    Identity {
        name: "(-x) / (-y) = x / y",
        apply: quotient_of_negated,
    },
    Identity {
        name: "scale(-1) = -x",
        apply: scale_by_minus_one,
    },
    Identity {
        name: "-scale(c) = scale(-c)",
        apply: negated_scale,
    },
    Identity {
        name: "scale(c) of -x = scale(-c)",
        apply: scale_of_negated,
    },
    Identity {
        name: "scale(2^a) of scale(2^b) = scale(2^(a+b))",
        apply: scale_of_scale,
    },
    Identity {
        name: "x * c = scale(c)",
        apply: times_number,
    },
    Identity {
        name: "x + c = offset(c)",
        apply: plus_number,
    },
    Identity {
        name: "x - c = offset(-c)",
        apply: minus_number,
    },
    Identity {
        name: "stop(stop(x)) = stop(x)",
        apply: stop_of_stop,
    },
    Identity {
        name: "select(c, x, x) = x",
        apply: select_of_equal,
    },
    Identity {
        name: "cast to the same precision = x",
        apply: cast_to_same,
    },
    Identity {
        name: "cast to double and back = x",
        apply: cast_there_and_back,
    },
];

fn is_one(c: Literal) -> bool {
    c == Literal::Ratio(1, 1) || c == Literal::Real(1.0)
}

/// The positive zero: an exact 0 is one over floats.
fn is_zero(c: Literal) -> bool {
    matches!(c, Literal::Ratio(0, 1)) || c == Literal::Real(0.0)
}

fn is_negative_zero(c: Literal) -> bool {
    c == Literal::Real(-0.0)
}

/// `-c`, as it is over floats too: no exact number is the negative zero.
fn negative(c: Literal) -> Option<Literal> {
    match c {
        Literal::Ratio(0, _) => None,
        Literal::Ratio(n, d) => n.checked_neg().map(|n| Literal::Ratio(n, d)),
        Literal::Real(value) => Some(Literal::Real(-value)),
    }
}

/// The argument of a negation.
fn negated(k: &Known, id: usize) -> Option<usize> {
    match k.made(id)? {
        (Prim::Unary(Unary::Neg), [x]) => Some(*x),
        _ => None,
    }
}

/// The number and the argument of a scaling.
fn scaled(k: &Known, id: usize) -> Option<(Literal, usize)> {
    match k.made(id)? {
        (Prim::Scale(Scale(c)), [x]) => Some((*c, *x)),
        _ => None,
    }
}

/// The arguments of a function of two values.
fn of_two(prim: &Prim, f: Binary, x: &[usize]) -> Option<[usize; 2]> {
    match (prim, x) {
        (Prim::Binary(g), &[x, y]) if *g == f => Some([x, y]),
        _ => None,
    }
}

// 1 is neutral for products in a semiring, and a float times 1 is itself.
fn times_one(k: &Known, prim: &Prim, x: &[usize]) -> Option<Rewrite> {
    let [x, y] = of_two(prim, Binary::Mul, x)?;
    is_one(k.number(y)?).then_some(Rewrite::Value(x))
}

fn one_times(k: &Known, prim: &Prim, x: &[usize]) -> Option<Rewrite> {
    let [x, y] = of_two(prim, Binary::Mul, x)?;
    is_one(k.number(x)?).then_some(Rewrite::Value(y))
}

fn scale_by_one(_: &Known, prim: &Prim, x: &[usize]) -> Option<Rewrite> {
    match (prim, x) {
        (Prim::Scale(Scale(c)), &[x]) if is_one(*c) => Some(Rewrite::Value(x)),
        _ => None,
    }
}

// 1 is its own inverse.
fn over_one(k: &Known, prim: &Prim, x: &[usize]) -> Option<Rewrite> {
    let [x, y] = of_two(prim, Binary::Div, x)?;
    is_one(k.number(y)?).then_some(Rewrite::Value(x))
}

// 0 is neutral for sums in a ring, and its own negative. Over floats -0 - 0 = -0.
fn minus_zero(k: &Known, prim: &Prim, x: &[usize]) -> Option<Rewrite> {
    let [x, y] = of_two(prim, Binary::Sub, x)?;
    is_zero(k.number(y)?).then_some(Rewrite::Value(x))
}

// The negative zero is 0 where there is one zero, and over floats 0 + -0 = 0 and -0 + -0 = -0.
fn plus_negative_zero(k: &Known, prim: &Prim, x: &[usize]) -> Option<Rewrite> {
    let [x, y] = of_two(prim, Binary::Add, x)?;
    let zero = |id: usize| k.number(id).is_some_and(is_negative_zero);
    match (zero(x), zero(y)) {
        (_, true) => Some(Rewrite::Value(x)),
        (true, false) => Some(Rewrite::Value(y)),
        (false, false) => None,
    }
}

fn offset_by_negative_zero(_: &Known, prim: &Prim, x: &[usize]) -> Option<Rewrite> {
    match (prim, x) {
        (Prim::Offset(Offset(c)), &[x]) if is_negative_zero(*c) => Some(Rewrite::Value(x)),
        _ => None,
    }
}

// Negation is an involution in a ring, and over floats it changes the sign only.
fn negated_twice(k: &Known, prim: &Prim, x: &[usize]) -> Option<Rewrite> {
    match (prim, x) {
        (Prim::Unary(Unary::Neg), &[x]) => negated(k, x).map(Rewrite::Value),
        _ => None,
    }
}

// What a difference is in a ring, and over floats.
fn plus_negated(k: &Known, prim: &Prim, x: &[usize]) -> Option<Rewrite> {
    let [x, y] = of_two(prim, Binary::Add, x)?;
    made(Binary::Sub, [x, negated(k, y)?])
}

fn negated_plus(k: &Known, prim: &Prim, x: &[usize]) -> Option<Rewrite> {
    let [x, y] = of_two(prim, Binary::Add, x)?;
    made(Binary::Sub, [y, negated(k, x)?])
}

fn minus_negated(k: &Known, prim: &Prim, x: &[usize]) -> Option<Rewrite> {
    let [x, y] = of_two(prim, Binary::Sub, x)?;
    made(Binary::Add, [x, negated(k, y)?])
}

// (-1)² = 1 in a ring, and over floats signs are multiplied apart from the rest.
fn product_of_negated(k: &Known, prim: &Prim, x: &[usize]) -> Option<Rewrite> {
    let [x, y] = of_two(prim, Binary::Mul, x)?;
    made(Binary::Mul, [negated(k, x)?, negated(k, y)?])
}

fn quotient_of_negated(k: &Known, prim: &Prim, x: &[usize]) -> Option<Rewrite> {
    let [x, y] = of_two(prim, Binary::Div, x)?;
    made(Binary::Div, [negated(k, x)?, negated(k, y)?])
}

fn scale_by_minus_one(_: &Known, prim: &Prim, x: &[usize]) -> Option<Rewrite> {
    match (prim, x) {
        (Prim::Scale(Scale(c)), &[x]) if *c == Literal::Ratio(-1, 1) => made(Unary::Neg, [x]),
        _ => None,
    }
}

// -(c x) = (-c) x in a ring, and over floats, where -c is rounded as c is.
fn negated_scale(k: &Known, prim: &Prim, x: &[usize]) -> Option<Rewrite> {
    match (prim, x) {
        (Prim::Unary(Unary::Neg), &[x]) => {
            let (c, x) = scaled(k, x)?;
            made(Scale(negative(c)?), [x])
        }
        _ => None,
    }
}

fn scale_of_negated(k: &Known, prim: &Prim, x: &[usize]) -> Option<Rewrite> {
    match (prim, x) {
        (Prim::Scale(Scale(c)), &[x]) => made(Scale(negative(*c)?), [negated(k, x)?]),
        _ => None,
    }
}

// Products are associative in a semiring. Floats are multiplied by powers of two from 1 on without rounding; what
// is too large is infinite on both sides.
fn scale_of_scale(k: &Known, prim: &Prim, x: &[usize]) -> Option<Rewrite> {
    let power = |c: Literal| match c {
        Literal::Ratio(n, 1) if n.unsigned_abs().is_power_of_two() => Some(n),
        Literal::Ratio(..) | Literal::Real(_) => None,
    };
    match (prim, x) {
        (Prim::Scale(Scale(c)), &[x]) => {
            let (inner, x) = scaled(k, x)?;
            let product = power(*c)?.checked_mul(power(inner)?)?;
            made(Scale(Literal::Ratio(product, 1)), [x])
        }
        _ => None,
    }
}

/// A number that scalings and offsets take as constants do. (0 exists in every semiring, whatever its table says.)
fn taken(c: Literal) -> Option<Literal> {
    Some(c).filter(|c| !matches!(c, Literal::Ratio(0, _)))
}

// The same products; they are commutative.
fn times_number(k: &Known, prim: &Prim, x: &[usize]) -> Option<Rewrite> {
    let [x, y] = of_two(prim, Binary::Mul, x)?;
    match (k.number(x), k.number(y)) {
        (_, Some(c)) => made(Scale(taken(c)?), [x]),
        (Some(c), None) => made(Scale(taken(c)?), [y]),
        (None, None) => None,
    }
}

// The same sums; they are commutative.
fn plus_number(k: &Known, prim: &Prim, x: &[usize]) -> Option<Rewrite> {
    let [x, y] = of_two(prim, Binary::Add, x)?;
    match (k.number(x), k.number(y)) {
        (_, Some(c)) => made(Offset(taken(c)?), [x]),
        (Some(c), None) => made(Offset(taken(c)?), [y]),
        (None, None) => None,
    }
}

fn minus_number(k: &Known, prim: &Prim, x: &[usize]) -> Option<Rewrite> {
    let [x, y] = of_two(prim, Binary::Sub, x)?;
    made(Offset(negative(k.number(y)?)?), [x])
}

// It is the identity, whose derivative counts as zero on both sides.
fn stop_of_stop(k: &Known, prim: &Prim, x: &[usize]) -> Option<Rewrite> {
    match (prim, x) {
        (Prim::Unary(Unary::Stop), &[x]) => match k.made(x)? {
            (Prim::Unary(Unary::Stop), _) => Some(Rewrite::Value(x)),
            _ => None,
        },
        _ => None,
    }
}

// Whatever the condition is: over a scalar that cannot decide it, both branches are one.
fn select_of_equal(_: &Known, prim: &Prim, x: &[usize]) -> Option<Rewrite> {
    match (prim, x) {
        (Prim::Select(Select), &[_, x, y]) if x == y => Some(Rewrite::Value(x)),
        _ => None,
    }
}

fn cast_to_same(k: &Known, prim: &Prim, x: &[usize]) -> Option<Rewrite> {
    match (prim, x) {
        (Prim::Cast(Cast(to)), &[x]) => match k.ty(x) {
            Type::Scalar(_, precision) if precision == to => Some(Rewrite::Value(x)),
            _ => None,
        },
        _ => None,
    }
}

// Every single is a double.
fn cast_there_and_back(k: &Known, prim: &Prim, x: &[usize]) -> Option<Rewrite> {
    match (prim, x) {
        (Prim::Cast(Cast(Precision::Single)), &[y]) => match k.made(y)? {
            (Prim::Cast(Cast(Precision::Double)), &[x])
                if matches!(k.ty(x), Type::Scalar(_, Precision::Single)) =>
            {
                Some(Rewrite::Value(x))
            }
            _ => None,
        },
        _ => None,
    }
}
