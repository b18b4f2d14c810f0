//! Functions nested more deeply than a stack is.

use super::{int, var};
use cotangent::prove::{Term, term::with_fuel};
use cotangent::scalar::Dual;
use num_traits::Zero;
use std::cell::RefCell;
use std::collections::HashSet;
use std::thread;

const DEEP: usize = 20_000;

fn with_a_small_stack(f: impl FnOnce() + Send + 'static) {
    let thread = thread::Builder::new().stack_size(1024 * 1024).spawn(f);
    thread.expect("a thread").join().expect("it returns");
}

/// `f` of `f` of …
fn nested(start: Term, f: impl Fn(Term) -> Term) -> Term {
    (0..DEEP).fold(start, |inside, _| f(inside))
}

#[test]
fn a_recurrence() {
    with_a_small_stack(|| {
        let [w, x, s] = ["w", "x", "s"].map(var);
        let step = |s: Term| (w.clone() * s + x.clone()).tanh();
        let (term, again) = (nested(s.clone(), step), nested(s, step));
        assert_eq!(term, again);
        assert!(term.partial_cmp(&again).is_some() && term.agrees_with(&again));
        assert!((term.clone() - again.clone()).is_zero());
        let other = nested(var("t"), step);
        assert!(term != other && !term.agrees_with(&other));
        assert_eq!(
            [&term, &again, &other].iter().collect::<HashSet<_>>().len(),
            2
        );
        assert_eq!(term.indeterminates(), ["s", "w", "x"]);

        let value = term.evaluate(|name| match name {
            "w" => 0.5,
            "x" => 1.0,
            _ => 0.25,
        });
        assert_eq!(
            value,
            (0..DEEP).fold(0.25, |s: f64, _| (0.5 * s + 1.0).tanh())
        );
        assert_eq!(
            term.evaluate(|name| var(if name == "s" { "t" } else { name })),
            other
        );

        assert!(term.to_string().starts_with("tanh(w·tanh(w·") && term.to_string().ends_with('…'));
        let whole = format!("{term:#}");
        let expected = [
            "tanh(w·".repeat(DEEP - 1),
            "tanh(s·w".into(),
            " + x)".repeat(DEEP),
        ]
        .concat();
        assert!(whole == expected, "{} characters", whole.len());
        assert!(format!("{term:#?}") == expected);
        drop((term, again, other));
    });
}

#[test]
fn each_function() {
    let functions: [fn(Term) -> Term; 10] = [
        |t| t.exp(),
        |t| (t + int(1)).exp(),
        |t| t.log(),
        |t| t.sigmoid(),
        |t| t.sqrt(),
        |t| t.relu(),
        |t| (t + int(1)).step(),
        |t| (t + var("y")).recip(),
        |t| t.pow(&var("y")),
        |t| Term::largest(&t, &[&var("y")]),
    ];
    for f in functions {
        with_a_small_stack(move || {
            let (term, again) = (nested(var("x"), f), nested(var("x"), f));
            assert_eq!(term, again);
            assert!(term.agrees_with(&again));
            assert!(term.to_string().chars().count() < 400);
            assert!(format!("{term:#}").len() > DEEP);
            assert_eq!(term.evaluate(var), term);
            assert!(!term.evaluate(|_| 1f64).is_zero() || !term.indeterminates().is_empty());
        });
    }
}

#[test]
fn fractions_in_fractions() {
    with_a_small_stack(|| {
        // 1 / (a + 1 / (a + …)): a polynomial of degree 20,000 in the end, so the fuel ends it.
        let nest = |x: Term| nested(x, |t| (t + var("a")).recip());
        let (x, y) = (nest(var("x")), nest(var("y")));
        assert!(with_fuel(2_000, || x.agrees_with(&y)).is_err());
        assert!(x.agrees_with(&nest(var("x"))));
        // A division by zero at the bottom: the answer is no, for whatever is around it.
        let sum = var("x") + var("y");
        let zero = sum.recip() * sum - int(1);
        let term = nest(zero.recip());
        assert!(!term.agrees_with(&var("z")));
    });
}

#[test]
fn duals_of_terms() {
    with_a_small_stack(|| {
        let step = |x: Dual<Term>| Dual::new(x.primal.tanh(), x.tangent.sigmoid());
        let start = Dual::new(var("x"), var("dx"));
        let dual = (0..DEEP).fold(start, |x, _| step(x));
        assert_eq!(dual.clone() + Dual::zero(), dual);
        assert!(dual.to_string().contains('…'));
    });
}

#[test]
fn the_last_term_of_a_thread() {
    thread_local! {
        static KEPT: RefCell<Option<Term>> = const { RefCell::new(None) };
    }
    with_a_small_stack(|| {
        // Kept first, so that it may go after what the library keeps for this thread.
        KEPT.set(Some(var("x").exp()));
        KEPT.set(Some(nested(var("x"), |t| t.tanh())));
    });
}

#[test]
fn what_is_shared_stays() {
    with_a_small_stack(|| {
        let middle = nested(var("x"), |t| t.exp());
        let outer = nested(middle.clone(), |t| t.tanh());
        drop(outer);
        assert_eq!(middle, nested(var("x"), |t| t.exp()));
        // Two arguments, one of which somebody has.
        let pair = middle.pow(&nested(var("y"), |t| t.exp()));
        drop(middle);
        let tops = thread::spawn(move || pair.clone() + pair).join();
        assert_eq!(tops.expect("it returns").indeterminates(), ["x", "y"]);
    });
}
