//! Equality of fractions.

use super::{int, var, xyz};
use cotangent::prove::Term;
use num_traits::Zero;

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
    // 1/0 is undefined, which agrees with nothing.
    let pole = int(0).recip();
    assert_eq!(pole, pole.clone());
    assert!(!pole.agrees_with(&pole));
    assert!(!pole.agrees_with(&int(0)) && !pole.agrees_with(&int(1)));
    assert!((pole * int(0)).is_undefined());
    // Zero only as a fraction: (x/(x+y) + y/(x+y)) - 1.
    let sum = x.clone() + y.clone();
    let zero = x.clone() / sum.clone() + y / sum - int(1);
    assert!(!zero.is_zero());
    let pole = zero.recip();
    assert!(pole.agrees_with(&pole));
    assert!(!(pole.clone() * x).agrees_with(&(pole * z)));
}
