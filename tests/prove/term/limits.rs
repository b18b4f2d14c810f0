//! Fuel, exponents, threads.

use super::{int, var};
use cotangent::prove::Term;
use cotangent::prove::term::{OutOfFuel, with_fuel};
use std::collections::HashSet;

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
