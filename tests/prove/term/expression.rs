//! Expressions that can be computed over terms and over floats.

use super::{int, ratio, var};
use cotangent::prove::Term;
use cotangent::scalar::Real;
use proptest::prelude::*;

/// How a term is computed, so that it can be computed over floats too.
#[derive(Clone, Debug)]
pub enum Expression {
    Var(&'static str),
    Ratio(i64, i64),
    Unary(&'static str, Box<Expression>),
    Binary(&'static str, Box<Expression>, Box<Expression>),
}

use Expression::{Binary, Ratio, Unary, Var};

impl Expression {
    pub fn term(&self) -> Term {
        match self {
            Var(name) => var(name),
            Ratio(n, d) => ratio(*n, *d),
            Unary(f, x) => {
                let x = x.term();
                match *f {
                    "neg" => -x,
                    "recip" => x.recip(),
                    "exp" => x.exp(),
                    "log" => x.log(),
                    "tanh" => x.tanh(),
                    "sigmoid" => x.sigmoid(),
                    "sqrt" => x.sqrt(),
                    "relu" => x.relu(),
                    "step" => x.step(),
                    "square" => x.pow(&int(2)),
                    _ => unreachable!("{f}"),
                }
            }
            Binary(f, x, y) => {
                let (x, y) = (x.term(), y.term());
                match *f {
                    "add" => x + y,
                    "sub" => x - y,
                    "mul" => x * y,
                    "div" => x / y,
                    "max" => Term::largest(&x, &[&y]),
                    "select" => Term::select(&x, &y, &x),
                    _ => unreachable!("{f}"),
                }
            }
        }
    }

    /// The value over floats; NaN near a pole or a jump, and where numbers get so large that rounding would show.
    pub fn float(&self, value_of: &impl Fn(&str) -> f64) -> f64 {
        let away_from_zero = |x: f64| if x.abs() < 1e-6 { f64::NAN } else { x };
        let value = match self {
            Var(name) => value_of(name),
            Ratio(n, d) => *n as f64 / *d as f64,
            Unary(f, x) => {
                let x = x.float(value_of);
                match *f {
                    "recip" | "log" | "step" if away_from_zero(x).is_nan() => f64::NAN,
                    "neg" => -x,
                    "recip" => 1.0 / x,
                    "exp" => x.exp(),
                    "log" => x.ln(),
                    "tanh" => x.tanh(),
                    "sigmoid" => Real::sigmoid(&x),
                    "sqrt" => x.sqrt(),
                    "relu" if x.is_nan() => f64::NAN,
                    "relu" => x.max(0.0),
                    "step" => f64::from(x > 0.0),
                    "square" => x * x,
                    _ => unreachable!("{f}"),
                }
            }
            Binary(f, x, y) => {
                let (x, y) = (x.float(value_of), y.float(value_of));
                match *f {
                    "div" if away_from_zero(y).is_nan() => f64::NAN,
                    "select" if away_from_zero(x).is_nan() || y.is_nan() => f64::NAN,
                    "max" if x.is_nan() || y.is_nan() => f64::NAN,
                    "add" => x + y,
                    "sub" => x - y,
                    "mul" => x * y,
                    "div" => x / y,
                    "max" => x.max(y),
                    "select" => {
                        if x > 0.0 {
                            y
                        } else {
                            x
                        }
                    }
                    _ => unreachable!("{f}"),
                }
            }
        };
        if value.abs() < 1e6 { value } else { f64::NAN }
    }
}

/// Random expressions with these functions.
pub fn expressions(
    unary: &'static [&'static str],
    binary: &'static [&'static str],
) -> impl Strategy<Value = Expression> {
    let leaf = prop_oneof![
        3 => prop::sample::select(&["x", "y", "z"][..]).prop_map(Var),
        1 => (-3..=3i64, 1..=3i64).prop_map(|(n, d)| Ratio(n, d)),
    ];
    leaf.prop_recursive(4, 24, 2, move |inner| {
        let one = (prop::sample::select(unary), inner.clone());
        let two = (prop::sample::select(binary), inner.clone(), inner);
        prop_oneof![
            one.prop_map(|(f, x)| Unary(f, Box::new(x))),
            two.prop_map(|(f, x, y)| Binary(f, Box::new(x), Box::new(y))),
        ]
    })
}

/// Random expressions with all functions.
pub fn everything() -> impl Strategy<Value = Expression> {
    expressions(
        &[
            "neg", "recip", "exp", "log", "tanh", "sigmoid", "sqrt", "relu", "step", "square",
        ],
        &["add", "sub", "mul", "div", "max", "select"],
    )
}
