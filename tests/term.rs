//! The free algebra: its axioms, its relations and no others, its printer, its limits.

use cotangent::scalar::term::{OutOfFuel, with_fuel};
use cotangent::scalar::{Field, Literal, Real, Semiring, Term};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Zero};
use proptest::prelude::*;
use std::collections::HashSet;

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

/// How a term is computed, so that it can be computed over floats too.
#[derive(Clone, Debug)]
enum Expression {
    Var(&'static str),
    Ratio(i64, i64),
    Unary(&'static str, Box<Expression>),
    Binary(&'static str, Box<Expression>, Box<Expression>),
}

use Expression::{Binary, Ratio, Unary, Var};

impl Expression {
    fn term(&self) -> Term {
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
    fn float(&self, value_of: &impl Fn(&str) -> f64) -> f64 {
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

fn expressions(
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

fn everything() -> impl Strategy<Value = Expression> {
    expressions(
        &[
            "neg", "recip", "exp", "log", "tanh", "sigmoid", "sqrt", "relu", "step", "square",
        ],
        &["add", "sub", "mul", "div", "max", "select"],
    )
}

fn terms() -> impl Strategy<Value = Term> {
    everything().prop_map(|e| e.term())
}

proptest! {
    #[test]
    fn is_a_commutative_ring(x in terms(), y in terms(), z in terms()) {
        let c = Term::clone;
        prop_assert_eq!((c(&x) + c(&y)) + c(&z), c(&x) + (c(&y) + c(&z)));
        prop_assert_eq!(c(&x) + c(&y), c(&y) + c(&x));
        prop_assert_eq!(c(&x) + Term::zero(), c(&x));
        prop_assert_eq!(c(&x) + -c(&x), Term::zero());
        prop_assert_eq!(c(&x) - c(&y), c(&x) + -c(&y));
        prop_assert_eq!((c(&x) * c(&y)) * c(&z), c(&x) * (c(&y) * c(&z)));
        prop_assert_eq!(c(&x) * c(&y), c(&y) * c(&x));
        prop_assert_eq!(c(&x) * Term::one(), c(&x));
        prop_assert_eq!(c(&x) * Term::zero(), Term::zero());
        prop_assert_eq!(c(&x) * (c(&y) + c(&z)), c(&x) * c(&y) + c(&x) * c(&z));
    }

    #[test]
    fn sum_and_dot_are_the_folds(terms in prop::collection::vec((terms(), terms()), 0..6)) {
        let sum = terms.iter().fold(Term::zero(), |sum, (x, _)| sum + x.clone());
        prop_assert_eq!(Term::sum(terms.iter().map(|(x, _)| x.clone())), sum);
        let dot = terms.iter().fold(Term::zero(), |sum, (x, y)| sum + x.clone() * y.clone());
        prop_assert_eq!(Term::dot(terms.iter().map(|(x, y)| (x, y))), dot);
    }

    /// Over floats a term has the value of what it was computed from, wherever that is far from a pole.
    #[test]
    fn evaluation_respects_operations(e in everything(), values in prop::array::uniform3(0.3..1.7f64)) {
        let value_of = |name: &str| match name { "x" => values[0], "y" => values[1], _ => values[2] };
        let float = e.float(&value_of);
        prop_assume!(!float.is_nan());
        let exact = e.term().evaluate(value_of);
        // Each of a few dozen operations rounds, and magnifies the roundings before it by 1e6 at the most.
        let near = |x: f64| (x - float).abs() <= 1e-6 * (1.0 + float.abs());
        prop_assert!(near(exact), "{} is {exact}, not {float}", e.term());
    }

    /// Whatever is computed in two ways by field operations agrees as a fraction.
    #[test]
    fn field_operations_agree(
        a in expressions(&["neg", "recip"], &["add", "mul", "div"]),
        b in expressions(&["neg", "exp"], &["add", "mul", "sub"]),
        c in expressions(&["neg", "square"], &["add", "mul", "sub"]),
    ) {
        let [a, b, c] = [a, b, c].map(|e| e.term());
        prop_assume!(!b.is_zero() && !c.is_zero());
        let left = (a.clone() + b.clone()) / c.clone();
        let right = a.clone() / c.clone() + b.clone() / c.clone();
        let agrees = with_fuel(1_000_000, || left.agrees_with(&right));
        prop_assume!(agrees.is_ok());
        prop_assert_eq!(agrees, Ok(true));
        let more = right + c.clone() / b.clone();
        let agrees = with_fuel(1_000_000, || left.agrees_with(&more));
        prop_assume!(agrees.is_ok());
        prop_assert_eq!(agrees, Ok(false));
    }

    /// Terms over terms: substitution of each indeterminate by itself changes nothing that has no order in it.
    #[test]
    fn evaluation_over_terms_is_substitution(
        e in expressions(&["neg", "recip", "exp", "log", "tanh", "sigmoid"], &["add", "sub", "mul", "div"]),
    ) {
        let term = e.term();
        let again = with_fuel(1_000_000, || term.evaluate(var));
        prop_assert!(again.is_ok_and(|again| again == term));
    }
}

#[test]
fn reciprocals() {
    let [x, y, z] = xyz();
    let c = Term::clone;
    assert_eq!(int(4).recip(), ratio(1, 4));
    assert_eq!(c(&x) * x.recip(), int(1));
    assert_eq!(
        (int(2) * c(&x) * c(&y)).recip(),
        ratio(1, 2) * x.recip() * y.recip()
    );
    let sum = c(&x) + c(&y);
    assert_eq!((int(2) * c(&sum)).recip(), ratio(1, 2) * sum.recip());
    assert_eq!((-c(&sum)).recip(), -sum.recip());
    assert_eq!((c(&sum) * c(&z)).recip(), sum.recip() * z.recip());
    assert_eq!((c(&x) / c(&y) + int(1)).recip(), c(&y) * sum.recip());
    assert_eq!((sum.recip() * c(&z)).recip(), c(&sum) / c(&z));
    assert_eq!(
        (sum.recip() * c(&z) + sum.recip()).recip(),
        c(&sum) * (c(&z) + int(1)).recip()
    );
    for t in [
        c(&x),
        c(&sum),
        c(&sum) * c(&sum),
        int(0),
        sum.recip() + c(&z),
    ] {
        assert_eq!(t.recip().recip(), t);
    }
    assert_eq!(int(0).recip().to_string(), "recip(0)");
    assert_eq!(c(&x) / c(&y), c(&x) * y.recip());
}

#[test]
fn exponentials() {
    let [x, y, _] = xyz();
    let c = Term::clone;
    assert_eq!(int(0).exp(), int(1));
    assert_eq!((c(&x) + c(&y)).exp(), x.exp() * y.exp());
    assert_eq!((int(3) * c(&x)).exp(), x.exp() * x.exp() * x.exp());
    assert_eq!((-c(&x)).exp(), x.exp().recip());
    assert_eq!(
        (ratio(-3, 2) * c(&x)).exp()
            * (ratio(1, 2) * c(&x)).exp()
            * (ratio(1, 2) * c(&x)).exp()
            * (ratio(1, 2) * c(&x)).exp(),
        int(1)
    );
    assert_eq!(x.log().exp(), x);
    assert_eq!((c(&x) + c(&y)).log().exp(), c(&x) + c(&y));
    assert_eq!((int(-2) * x.log() + c(&y)).exp(), y.exp() / (c(&x) * c(&x)));
    assert_eq!((x.log() * c(&y)).exp().to_string(), "exp(y·log(x))");
    // What holds only where something is positive, or not at all.
    assert_ne!(x.exp().log(), x);
    assert_ne!((c(&x) * c(&y)).log(), x.log() + y.log());
    assert_ne!(x.sigmoid(), (int(1) + (-c(&x)).exp()).recip());
}

#[test]
fn opaque_functions_know_their_numbers() {
    let x = var("x");
    assert_eq!(
        [int(0), ratio(-1, 2), ratio(1, 2)].map(|t| t.relu()),
        [int(0), int(0), ratio(1, 2)]
    );
    assert_eq!(
        [int(0), ratio(-1, 2), ratio(1, 2)].map(|t| t.step()),
        [int(0), int(0), int(1)]
    );
    assert_eq!([int(0), int(1)].map(|t| t.sqrt()), [int(0), int(1)]);
    assert_eq!((int(1).log(), int(0).tanh()), (int(0), int(0)));
    let opaque = [
        int(2).log(),
        int(1).tanh(),
        int(2).sqrt(),
        int(0).log(),
        x.relu(),
        x.step(),
        int(1).sigmoid(),
    ];
    assert_eq!(
        opaque.map(|t| t.to_string()),
        [
            "log(2)",
            "tanh(1)",
            "sqrt(2)",
            "log(0)",
            "relu(x)",
            "step(x)",
            "sigmoid(1)"
        ]
    );
    assert_ne!(x.relu(), x.clone() * x.step());
    assert_ne!(x.sqrt() * x.sqrt(), x);
}

#[test]
fn largest_heeds_neither_order_nor_repetition() {
    let [x, y, z] = xyz();
    let largest = Term::largest(&x, &[&y, &z, &int(1), &int(2)]);
    assert_eq!(Term::largest(&int(2), &[&z, &x, &x, &y, &int(0)]), largest);
    assert_eq!(largest.to_string(), "max{2, x, y, z}");
    assert_eq!(Term::largest(&int(2), &[&ratio(5, 2)]), ratio(5, 2));
    assert_ne!(Term::largest(&x, &[&y]), Term::largest(&x, &[&z]));
}

#[test]
fn powers_and_selection() {
    let [x, y, z] = xyz();
    let sum = x.clone() + y.clone();
    assert_eq!(sum.pow(&int(3)), sum.clone() * sum.clone() * sum.clone());
    assert_eq!(sum.pow(&int(0)), int(1));
    assert_eq!(x.pow(&int(-2)), x.recip() * x.recip());
    assert_eq!(x.pow(&int(64)).to_string(), "x⁶⁴");
    assert_eq!(x.pow(&int(65)).to_string(), "pow(x, 65)");
    assert_eq!(x.pow(&ratio(1, 2)).to_string(), "pow(x, 1/2)");
    assert_eq!(Term::select(&int(1), &x, &y), x);
    assert_eq!(Term::select(&int(0), &x, &y), y);
    assert_eq!(Term::select(&z, &x, &x), x);
    assert_eq!(
        Term::select(&z, &x, &y),
        z.step() * x.clone() + (int(1) - z.step()) * y
    );
}

#[test]
fn coefficients_do_not_overflow() {
    let x = var("x");
    let large = int(i64::MAX) * x.clone();
    let sum = large.clone() + large.clone();
    assert_eq!(sum.to_string(), "18446744073709551614·x");
    assert_eq!(sum.clone() - large.clone(), large);
    assert_eq!(-int(i64::MIN) * x.clone() - x.clone(), large);
    assert_eq!(sum.evaluate(|_| 1.0), 18446744073709551614.0);
    assert_eq!((-sum).evaluate(|_| 0.5), -9223372036854775807.0);
    assert_eq!(Term::from_literal(Literal::ratio(1, 3)) * int(3), int(1));
    assert_eq!(Term::from_literal(Literal::real(0.375)), ratio(3, 8));
    assert_eq!(Term::from_literal(Literal::Ratio(1, 0)), int(0));
    let huge = Term::from(BigRational::from_integer(BigInt::from(7).pow(100)));
    assert_eq!(int(7).pow(&int(50)) * int(7).pow(&int(50)), huge);
}

#[test]
fn printing() {
    let [x, y, z] = xyz();
    let c = Term::clone;
    let [x0, y1] = ["x[0]", "y[1]"].map(var);
    let example =
        int(2) * c(&x0) * c(&y1) * c(&y1) + x0.exp() - ratio(1, 2) * (c(&x) + c(&y)).recip();
    let cases = [
        (int(0), "0"),
        (int(-7), "−7"),
        (ratio(3, 4), "3/4"),
        (c(&x), "x"),
        (-c(&x), "−x"),
        (ratio(-2, 3) * c(&x) + int(1), "−2/3·x + 1"),
        (c(&y) - c(&x), "−x + y"),
        (example, "2·x[0]·y[1]² + exp(x[0]) − 1/2·recip(x + y)"),
        (c(&x) / c(&y), "x·y⁻¹"),
        (
            x.pow(&int(10)) + x.pow(&int(3)) * y.pow(&int(-45)),
            "x¹⁰ + x³·y⁻⁴⁵",
        ),
        ((c(&x) + c(&y)).pow(&int(2)), "x² + 2·x·y + y²"),
        (c(&z) + c(&y) * c(&x) + c(&x) + int(1), "x·y + x + z + 1"),
        (
            var("w10") + var("w9") + var("w[1,10]") + var("w[1,2]"),
            "w9 + w10 + w[1,2] + w[1,10]",
        ),
        (
            (int(3) * c(&y) - int(3) * c(&x)).recip(),
            "−1/3·recip(x − y)",
        ),
        (
            Term::largest(&x, &[&(c(&y) + int(1))]) * x.sqrt(),
            "max{x, y + 1}·sqrt(x)",
        ),
        (
            (c(&x) - c(&y)).tanh() + x.pow(&y),
            "pow(x, y) + tanh(x − y)",
        ),
    ];
    for (term, printed) in cases {
        assert_eq!(term.to_string(), printed);
        assert_eq!(format!("{term:#}"), printed);
        assert_eq!(format!("{term:?}"), printed);
    }
}

#[test]
fn long_terms_are_cut() {
    let sum = Term::sum((0..123).map(|i| var(&format!("a{i}"))));
    let cut = "a0 + a1 + a2 + a3 + a4 + a5 + a6 + a7 + a8 + a9 + a10 + a11 + … (123 terms)";
    assert_eq!(sum.to_string(), cut);
    assert_eq!(sum.tanh().to_string(), format!("tanh({cut})"));
    let whole: Vec<_> = (0..123).map(|i| format!("a{i}")).collect();
    assert_eq!(format!("{sum:#}"), whole.join(" + "));
    assert_eq!(
        format!("{:#}", sum.tanh()),
        format!("tanh({})", whole.join(" + "))
    );
}

#[test]
fn the_order_of_making_does_not_show() {
    // Names of this test only, made in both orders.
    let [late, early] = ["order_b", "order_a"].map(var);
    let term =
        (int(2) * late.clone() + int(3) * early.clone()).recip() + late.tanh() * early.tanh();
    assert_eq!(
        term.to_string(),
        "tanh(order_a)·tanh(order_b) + 1/3·recip(order_a + 2/3·order_b)"
    );
}

#[test]
fn fractions_agree() {
    let [a, b, x] = ["a", "b", "x"].map(var);
    let [d, e] = ["d", "e"].map(|name| var(name) + int(1));
    let c = Term::clone;
    // A softmax sums to one.
    let exps = ["s0", "s1", "s2", "s3"].map(|name| var(name).exp());
    let total = Term::sum(exps.clone());
    let shares = Term::sum(exps.iter().map(|e| e.clone() / total.clone()));
    assert_ne!(shares, int(1));
    assert!(shares.agrees_with(&int(1)));
    assert!(int(1).agrees_with(&shares));
    assert!(!shares.agrees_with(&int(2)));
    assert!(!(exps[0].clone() / total.clone()).agrees_with(&(exps[1].clone() / total)));
    // a/d + b/e = (ae + bd)/(de)
    let sum = c(&a) / c(&d) + c(&b) / c(&e);
    assert!(sum.agrees_with(&((c(&a) * c(&e) + c(&b) * c(&d)) / (c(&d) * c(&e)))));
    assert!(!sum.agrees_with(&((c(&a) * c(&d) + c(&b) * c(&e)) / (c(&d) * c(&e)))));
    // Reciprocals in reciprocals: 1 / (1 + 1/(1 + x)) = (1 + x) / (2 + x).
    let one_more = c(&x) + int(1);
    let nested = (int(1) + one_more.recip()).recip();
    assert!(nested.agrees_with(&(one_more / (c(&x) + int(2)))));
    assert!(!nested.agrees_with(&((c(&x) + int(3)) / (c(&x) + int(2)))));
    // Powers: (1/d)² - 1/e² = (e - d)(e + d)/(d²e²).
    let difference = d.pow(&int(-2)) - e.pow(&int(-2));
    let product = (c(&e) - c(&d)) * (c(&e) + c(&d)) / (c(&d) * c(&d) * c(&e) * c(&e));
    assert!(difference.agrees_with(&product));
    assert!(!difference.agrees_with(&(product * c(&d))));
}

#[test]
fn a_division_by_zero_agrees_with_nothing_new() {
    let [x, y, z] = xyz();
    // 1/0 as an opaque constant is equal to itself and to nothing else.
    let pole = int(0).recip();
    assert!(pole.agrees_with(&pole));
    assert!(!pole.agrees_with(&int(0)) && !pole.agrees_with(&int(1)));
    assert!(!(pole.clone() * x.clone()).agrees_with(&pole));
    // Zero only as a fraction: (x/(x+y) + y/(x+y)) - 1.
    let sum = x.clone() + y.clone();
    let zero = x.clone() / sum.clone() + y / sum - int(1);
    assert!(!zero.is_zero());
    let pole = zero.recip();
    assert!(pole.agrees_with(&pole));
    assert!(!(pole.clone() * x).agrees_with(&(pole * z)));
}

#[test]
fn fuel() {
    let many = |letter: char, n: usize| Term::sum((0..n).map(|i| var(&format!("{letter}{i}"))));
    let (p, q) = (many('p', 20), many('q', 30));
    assert_eq!(
        with_fuel(600, || p.clone() * q.clone()),
        Ok(p.clone() * q.clone())
    );
    assert_eq!(
        with_fuel(599, || p.clone() * q.clone()),
        Err(OutOfFuel { limit: 599 })
    );
    assert_eq!(
        with_fuel(599, || p.clone() * q.clone()).map_err(|e| e.to_string()),
        Err("the terms grew beyond the limit of 599 products of monomials".to_owned())
    );
    // What is left absorbs everything, so that this ends.
    let mut last = None;
    let end = with_fuel(10_000, || {
        let mut power = p.clone();
        for _ in 0..1_000 {
            power = (power.clone() * power + q.clone()).exp().recip() * int(0) + p.clone();
            power = power.clone() * power;
        }
        last = Some(power.clone());
        power
    });
    assert!(end.is_err());
    assert!(last.is_some_and(|last| last.is_undefined()));
    // A number can explode too.
    let tower = || (0..200).fold(int(3), |power, _| power.clone() * power);
    assert!(with_fuel(10_000, tower).is_err());
    // An answer that was not found is no.
    let sum = p.recip() + q.recip();
    let fraction = (p.clone() + q.clone()) * p.recip() * q.recip();
    let agree = || sum.agrees_with(&fraction);
    assert_eq!(with_fuel(100_000, agree), Ok(true));
    assert!(with_fuel(10, || assert!(!agree())).is_err());
    // Outside there is no limit, and inside of a limit there may be a smaller one.
    assert!(!(p.clone() * q.clone()).is_undefined());
    let product = || p.clone() * q.clone();
    let inner = |limit| {
        with_fuel(1_500, || {
            (with_fuel(limit, product).is_ok(), product().is_undefined())
        })
    };
    assert_eq!(inner(600), Ok((true, false)));
    assert_eq!(inner(100), Ok((false, false)));
    let outer = with_fuel(1_000, || (with_fuel(5_000, product).is_ok(), product()));
    assert!(outer.is_err());
    let outer = with_fuel(500, || with_fuel(5_000, product).is_ok());
    assert!(outer.is_err());
}

#[test]
fn exponents_that_do_not_fit_are_undefined() {
    let x = var("x");
    let tower = || (0..12).fold(x.clone(), |power, _| power.pow(&int(64)));
    assert!(tower().is_undefined());
    assert!(with_fuel(1_000_000, tower).is_err());
    // And this thread computes on.
    assert_eq!(x.clone() + x.clone(), int(2) * x.clone());
    assert!(tower().evaluate(|_| 1f64).is_nan());
}

#[test]
fn threads_make_equal_terms() {
    let make = || {
        let terms = (0..500).map(|i| {
            let [x, y] = ["x", "y"].map(|name| var(&format!("thread_{name}{i}")));
            (x.exp() + y.tanh()).recip() * x * y
        });
        terms.collect::<Vec<_>>()
    };
    let threads: Vec<_> = (0..4).map(|_| std::thread::spawn(make)).collect();
    let here = make();
    for thread in threads {
        assert_eq!(thread.join().ok(), Some(here.clone()));
    }
    assert_eq!(here.iter().collect::<HashSet<_>>().len(), 500);
}

#[test]
fn names() {
    let term = (var("n10") * var("n9").tanh() + var("m").recip()).recip();
    assert_eq!(term.indeterminates(), ["m", "n9", "n10"]);
    assert!(int(3).indeterminates().is_empty());
}

#[test]
fn the_matrix_product_is_the_reference() {
    let [m, k, n] = [2, 3, 4];
    let matrix = |letter: char, size: usize| -> Vec<Term> {
        (0..size)
            .map(|i| var(&format!("{letter}{i}")) + int(i as i64))
            .collect()
    };
    let (a, b) = (matrix('a', m * k), matrix('b', k * n));
    for ta in [false, true] {
        for tb in [false, true] {
            let product = Term::matmul(&a, &b, [m, k, n], ta, tb);
            for row in 0..m {
                for column in 0..n {
                    let entry = (0..k).fold(int(0), |sum, i| {
                        let x = if ta { &a[i * m + row] } else { &a[row * k + i] };
                        let y = if tb {
                            &b[column * k + i]
                        } else {
                            &b[i * n + column]
                        };
                        sum + x.clone() * y.clone()
                    });
                    assert_eq!(product[row * n + column], entry);
                }
            }
        }
    }
}

/// The equation of the VJP of a matrix product, `<dy, a'·b + a·b'> = <dy·bᵀ, a'> + <aᵀ·dy, b'>`, in general.
#[test]
fn the_vjp_of_a_matrix_product_is_adjoint() {
    let size = [4, 4, 4];
    let matrix = |name: &str| -> Vec<Term> {
        (0..16)
            .map(|i| var(&format!("{name}[{},{}]", i / 4, i % 4)))
            .collect()
    };
    let [a, b, da, db, dy] = ["a", "b", "da", "db", "dy"].map(matrix);
    let inner = |x: &[Term], y: &[Term]| Term::dot(x.iter().zip(y));
    let tangent: Vec<_> = Term::matmul(&da, &b, size, false, false)
        .into_iter()
        .zip(Term::matmul(&a, &db, size, false, false))
        .map(|(x, y)| x + y)
        .collect();
    let [va, vb] = [
        Term::matmul(&dy, &b, size, false, true),
        Term::matmul(&a, &dy, size, true, false),
    ];
    let forward = inner(&dy, &tangent);
    assert_eq!(forward, inner(&va, &da) + inner(&vb, &db));
    assert!(forward.to_string().ends_with("… (128 terms)"));
    // Without the transposition it is not.
    let wrong = Term::matmul(&dy, &b, size, false, false);
    assert_ne!(forward, inner(&wrong, &da) + inner(&vb, &db));
}
