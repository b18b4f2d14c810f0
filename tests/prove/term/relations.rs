//! The relations of the functions, and that there are no others.

use super::{int, ratio, var, xyz};
use cotangent::prove::Term;
use cotangent::scalar::{Field, Literal};
use num_bigint::BigInt;
use num_rational::BigRational;

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
    for t in [c(&x), c(&sum), c(&sum) * c(&sum), sum.recip() + c(&z)] {
        assert_eq!(t.recip().recip(), t);
    }
    assert!(int(0).recip().is_undefined());
    assert_eq!(int(0).recip().to_string(), "undefined (`recip` of 0)");
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
    let undefined = [int(0).log(), ratio(-1, 2).log(), int(-1).sqrt()];
    assert_eq!(
        undefined.map(|t| t.to_string()),
        [
            "undefined (`log` of 0)",
            "undefined (`log` of -1/2)",
            "undefined (`sqrt` of -1)",
        ]
    );
    let opaque = [
        int(2).log(),
        int(1).tanh(),
        int(2).sqrt(),
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
    let infinite = Term::from_literal(Literal::Ratio(1, 0));
    assert_eq!(infinite.to_string(), "undefined (the literal 1/0)");
    let huge = Term::from(BigRational::from_integer(BigInt::from(7).pow(100)));
    assert_eq!(int(7).pow(&int(50)) * int(7).pow(&int(50)), huge);
}
