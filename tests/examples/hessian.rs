//! The Hessian example: its ways to a second derivative agree to the letter over the rationals.

#[path = "../../examples/hessian/model.rs"]
mod model;
#[path = "../../examples/hessian/products.rs"]
mod products;

use model::{Point, energy, point_and_directions, rational};
use num_rational::BigRational;
use num_traits::{Signed, ToPrimitive, Zero, pow};
use products::{by_differences, by_duals, by_reverse, curvature, map};

fn largest(x: &Point<BigRational>) -> BigRational {
    let mut largest = BigRational::zero();
    map(x, |q| q).map(|q: &BigRational| {
        largest = largest.clone().max(q.abs());
        q.clone()
    });
    largest
}

#[test]
fn all_ways_agree_exactly() {
    for seed in 0..12 {
        let [x, u, v] = point_and_directions(seed);
        let hv = by_reverse(&x, &v);
        assert!(
            largest(&hv) > rational(1, 10),
            "seed {seed}: nothing to compare"
        );
        assert_eq!(by_duals(&x, &v), hv, "seed {seed}");
        assert_eq!(
            u.dot(&hv),
            v.dot(&by_reverse(&x, &u)),
            "seed {seed}: H is symmetric"
        );
        assert_eq!(curvature(&x, &v), v.dot(&hv), "seed {seed}");
    }
}

/// Differences of gradients know no rule of a second derivative. Over the rationals nothing rounds, and the error is a
/// third derivative times the square of the step: with a step of 2^-40, far below 1e-20.
#[test]
fn differences_agree_up_to_the_square_of_the_step() {
    for seed in 0..3 {
        let [x, _, v] = point_and_directions(seed);
        let h = pow(rational(1, 2), 40);
        let error = by_differences(&x, &v, h).sub(&by_reverse(&x, &v));
        let error = largest(&error);
        assert!(error < pow(rational(1, 10), 20), "seed {seed}: {error}");
        assert!(!error.is_zero(), "seed {seed}: the function is a quadratic");
    }
}

/// In doubles the values are fractions below 100, and a few hundred operations round by 1e-16 of that each.
#[test]
fn doubles_are_near() {
    let [x, _, v] = point_and_directions(0);
    let doubles =
        |point: &Point<BigRational>| map(point, |q| q.to_f64().expect("a small fraction"));
    let exact = doubles(&by_reverse(&x, &v));
    let (x, v) = (doubles(&x), doubles(&v));
    for near in [by_reverse(&x, &v), by_duals(&x, &v)] {
        let error = near.sub(&exact);
        assert!(error.dot(&error).sqrt() < 1e-11, "{error:?}");
    }
}

#[test]
fn the_point_of_the_example() {
    let [x, u, v] = point_and_directions(44);
    assert_eq!(
        energy().value(&x, &cotangent::tlist![]).item(),
        rational(3, 10)
    );
    assert_eq!(u.dot(&by_reverse(&x, &v)), rational(-4_674, 625));
    assert_eq!(curvature(&x, &v), rational(-8_554, 625));
}
