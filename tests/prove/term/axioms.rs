//! What holds for all terms, on random ones.

use super::expression::{everything, expressions};
use super::var;
use cotangent::prove::{Term, term::with_fuel};
use num_traits::{One, Zero};
use proptest::prelude::*;

fn terms() -> impl Strategy<Value = Term> {
    let terms = everything().prop_map(|e| e.term());
    terms.prop_filter("defined", |term| !term.is_undefined())
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
        prop_assume!(!a.is_undefined() && !b.is_zero() && !c.is_zero());
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
