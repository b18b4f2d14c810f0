//! The free algebra: its axioms, its relations and no others, its printer, its limits.

mod axioms;
mod depth;
mod expression;
mod fractions;
mod limits;
mod matrices;
mod printing;
mod relations;

use cotangent::prove::Term;
use num_rational::BigRational;

fn var(name: &str) -> Term {
    Term::indeterminate(name)
}

fn int(n: i64) -> Term {
    Term::from(n)
}

fn ratio(n: i64, d: i64) -> Term {
    Term::from(BigRational::new(n.into(), d.into()))
}

/// The terms `x`, `y` and `z`.
fn xyz() -> [Term; 3] {
    ["x", "y", "z"].map(var)
}
