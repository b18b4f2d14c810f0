//! Intervals against exact arithmetic: every result contains the true one, and is hardly wider than it must be.

use super::series::{bell, cosine, exp, sine, two_over_root_pi};
use cotangent::prelude::*;
use cotangent::scalar::{Agreement, Dual, Interval, Level, Literal, Sample, Unary};
use fastrand::Rng;
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};
use proptest::prelude::*;
use std::cmp::Ordering;

fn exact(x: f64) -> BigRational {
    BigRational::from_float(x).expect("finite")
}

/// Whether a rational lies between the bounds.
fn contains(x: Interval, q: &BigRational) -> bool {
    let above = x.lo() == f64::NEG_INFINITY || exact(x.lo()) <= *q;
    above && (x.hi() == f64::INFINITY || *q <= exact(x.hi()))
}

/// How many doubles the bounds are apart, up to 100.
fn steps(x: Interval) -> usize {
    let ups = std::iter::successors(Some(x.lo()), |x| Some(x.next_up()));
    ups.take(100).take_while(|&up| up < x.hi()).count()
}

/// Doubles of all sizes, and those at which arithmetic is special.
fn double() -> impl Strategy<Value = f64> {
    let special = [
        0.0,
        1.0,
        -1.0,
        0.5,
        3.0,
        f64::MAX,
        f64::MIN,
        f64::MIN_POSITIVE,
        f64::from_bits(1),
        -f64::from_bits(3),
    ];
    prop_oneof![
        any::<f64>(),
        -10.0..10.0f64,
        (-20..20i32).prop_map(f64::from),
        proptest::sample::select(special.to_vec()),
    ]
}

/// An interval with finite bounds, and an exact member: often one of the bounds.
fn interval() -> impl Strategy<Value = (Interval, BigRational)> {
    (double(), double(), 0..5i64, any::<bool>()).prop_map(|(a, b, part, point)| {
        let b = if point { a } else { b };
        let (lo, hi) = (a.min(b), a.max(b));
        let part = BigRational::new(part.into(), 4.into());
        let member = exact(lo) + (exact(hi) - exact(lo)) * part;
        (Interval::new(lo, hi).expect("in order"), member)
    })
}

/// A function of real numbers, by name.
fn function(x: Interval, f: Unary) -> Interval {
    x.function(f).expect("intervals have all of them")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn arithmetic_contains_the_exact_result((x, p) in interval(), (y, q) in interval()) {
        prop_assert!(contains(x + y, &(&p + &q)), "{x:?} + {y:?}");
        prop_assert!(contains(x - y, &(&p - &q)), "{x:?} - {y:?}");
        prop_assert!(contains(x * y, &(&p * &q)), "{x:?} * {y:?}");
        prop_assert!(contains(-x, &-p.clone()));
        if y.contains(0.0) {
            prop_assert_eq!(x / y, Interval::WHOLE);
        } else {
            prop_assert!(contains(x / y, &(&p / &q)), "{x:?} / {y:?}");
        }
        if !p.is_negative() {
            let root = x.sqrt();
            prop_assert!(root.lo() >= 0.0 && exact(root.lo()).pow(2) <= p);
            prop_assert!(exact(root.hi()).pow(2) >= p);
            if p.is_positive() {
                let rsqrt = function(x, Unary::Rsqrt);
                prop_assert!(exact(rsqrt.lo()).pow(2) * &p <= BigRational::one());
                let above = rsqrt.hi() == f64::INFINITY || exact(rsqrt.hi()).pow(2) * &p >= BigRational::one();
                prop_assert!(above, "{x:?}");
            }
        }
        prop_assert!(contains(x.relu(), &p.clone().max(BigRational::zero())));
        let step = BigRational::from(BigInt::from(i32::from(p.is_positive())));
        prop_assert!(contains(x.step(), &step));
        prop_assert!(contains(Interval::largest(&x, &[&y]), (&p).max(&q)));
        let chosen = if p.is_positive() { &q } else { &p };
        prop_assert!(contains(Interval::select(&x, &y, &x), chosen));
        match x.partial_cmp(&y) {
            Some(order) => prop_assert_eq!(p.cmp(&q), order),
            None => prop_assert!(x.overlaps(y)),
        }
        prop_assert!(contains(x.hull(y), &p) && contains(x.hull(y), &q));
        prop_assert!(exact(x.width().min(f64::MAX)) >= exact(x.hi()) - exact(x.lo()) || x.width() == f64::INFINITY);
        prop_assert!(x.contains(x.midpoint()));
    }

    /// The bounds of a result from points are next to each other, and equal if the result is a double (of which the
    /// rounding error is one, too).
    #[test]
    fn arithmetic_on_points_is_tight(a in double(), b in double()) {
        let (x, y) = (Interval::from(a), Interval::from(b));
        let (p, q) = (exact(a), exact(b));
        let mut results = vec![(x + y, &p + &q), (x - y, &p - &q), (x * y, &p * &q)];
        if b != 0.0 {
            results.push((x / y, &p / &q));
        }
        for (result, exact_result) in results {
            prop_assert!(steps(result) <= 2, "{a:?} {b:?}: {result:?}");
            let nearest = result.midpoint();
            let large = a.abs() > 1e-280 && nearest.abs() > 1e-280;
            if large && nearest.abs() < 1e300 {
                prop_assert!(steps(result) <= 1, "{a:?} {b:?}: {result:?}");
                if exact(result.lo()) == exact_result || exact(result.hi()) == exact_result {
                    prop_assert_eq!(steps(result), 0, "{:?} {:?}: {:?}", a, b, result);
                }
            }
        }
        let root = Interval::from(a.abs()).sqrt();
        prop_assert!(steps(root) <= 2);
        if a != 0.0 {
            let rsqrt = function(Interval::from(a.abs()), Unary::Rsqrt);
            // The roots, each with a quotient; those of subnormal numbers are two doubles apart.
            let most = if a.abs() < 1e-280 { 8 } else { 4 };
            prop_assert!(steps(rsqrt) <= most, "{a:?}: {rsqrt:?}");
        }
        prop_assert!(a.abs() < 1e-280 || steps(root) <= 1);
    }

    #[test]
    fn literals_contain_the_rational(n in any::<i64>(), d in 1..u64::MAX) {
        for (n, d) in [(n, d), (n, 1), (n % 1000, d % 1000 + 1), (1, 10)] {
            let x = Interval::from_literal(Literal::Ratio(n, d));
            prop_assert!(contains(x, &BigRational::new(n.into(), d.into())));
            // The bounds of numerator, denominator and quotient.
            prop_assert!(steps(x) <= 5, "{x:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    /// Against a Taylor series in rationals.
    #[test]
    fn exponentials_contain_the_true_result(
        a in -8.0..8.0f64,
        b in -8.0..8.0f64,
        part in 0..5i64,
        point in any::<bool>(),
    ) {
        let b = if point { a } else { b };
        let (lo, hi) = (a.min(b), a.max(b));
        let x = Interval::new(lo, hi).expect("in order");
        let q = exact(lo) + (exact(hi) - exact(lo)) * BigRational::new(part.into(), 4.into());
        let one = BigRational::one();
        let e = exp(&q);
        prop_assert!(contains(x.exp(), &e));
        prop_assert!(contains(x.sigmoid(), &(&e / (&one + &e))));
        let square = &e * &e;
        prop_assert!(contains(x.tanh(), &((&square - &one) / (&square + &one))));
        prop_assert!(contains(function(x, Unary::Expm1), &(&e - &one)));
        prop_assert!(contains(function(x, Unary::Sin), &sine(&q)));
        prop_assert!(contains(function(x, Unary::Cos), &cosine(&q)));
        prop_assert!(contains(function(x, Unary::Erf), &(two_over_root_pi() * bell(&q))));
        // The arctangent of a number is the angle whose tangent it is.
        let angle = function(x, Unary::Atan);
        let (lo, hi) = (exact(angle.lo()), exact(angle.hi()));
        prop_assert!(sine(&lo) <= &q * cosine(&lo) && sine(&hi) >= &q * cosine(&hi));
        // The logarithm of a number is the one whose exponential it is.
        let size = Interval::from(a.exp());
        prop_assert!(exp(&exact(size.log().lo())) <= exact(size.lo()));
        prop_assert!(exp(&exact(size.log().hi())) >= exact(size.lo()));
        // The softplus of a number is the logarithm of one more than its exponential.
        let softplus = function(x, Unary::Softplus);
        prop_assert!(exp(&exact(softplus.lo())) <= &one + &e && exp(&exact(softplus.hi())) >= &one + &e);
        let less = Interval::from(a.exp_m1());
        let log = function(less, Unary::Log1p);
        prop_assert!(exp(&exact(log.lo())) <= exact(less.lo()) + &one);
        prop_assert!(exp(&exact(log.hi())) >= exact(less.lo()) + &one);
        if point && a != 0.0 {
            let others = [Unary::Expm1, Unary::Sin, Unary::Cos, Unary::Atan, Unary::Erf].map(|f| function(x, f));
            for y in [x.exp(), x.tanh(), size.log(), log].into_iter().chain(others) {
                prop_assert!(steps(y) <= 17, "{y:?}");
            }
            // An exponential, a sum that may double the steps of a result below 1, a quotient.
            prop_assert!(steps(x.sigmoid()) <= 40, "{:?}", x.sigmoid());
        }
    }

    /// Against the library's results for members: as much as it is trusted for.
    #[test]
    fn functions_of_members_are_members((x, _) in interval(), (y, _) in interval(), part in 0.0..1.0f64) {
        let member = |x: Interval| (x.lo() + (x.hi() - x.lo()) * part).clamp(x.lo(), x.hi());
        let (m, n) = (member(x), member(y));
        for (a, b) in [(x.lo(), y.lo()), (x.hi(), y.hi()), (x.lo(), y.hi()), (m, n), (m, y.lo())] {
            let holds = |result: Interval, value: f64| {
                value.is_nan() || Interval::from(value).overlaps(result)
            };
            for &f in Unary::ALL.iter().filter(|f| f.level() == Level::Real) {
                let value = a.function(f).expect("doubles have all of them");
                let pole = value.is_infinite() && matches!(f, Unary::Log | Unary::Rsqrt | Unary::Log1p);
                prop_assert!(pole || holds(function(x, f), value), "{f:?} {a:?} in {x:?}");
            }
            if a != 0.0 || b >= 0.0 {
                prop_assert!(holds(x.pow(&y), a.powf(b)), "{a:?} in {x:?} to the power of {b:?} in {y:?}");
                prop_assert!(holds(x.pow(&Interval::from(b)), a.powf(b)), "{a:?} in {x:?} to {b:?}");
            }
        }
    }

    /// Powers to integers, against exact ones.
    #[test]
    fn integer_powers(a in -10.0..10.0f64, b in -10.0..10.0f64, n in -6..7i32) {
        let x = Interval::new(a.min(b), a.max(b)).expect("in order");
        let power = x.pow(&Interval::from(f64::from(n)));
        for member in [a, b, x.midpoint()] {
            if member != 0.0 {
                prop_assert!(contains(power, &exact(member).pow(n)), "{member:?} in {x:?} to {n}");
            }
        }
        prop_assert!(n % 2 != 0 || power.lo() >= 0.0 || power == Interval::WHOLE);
    }

    /// Values and cotangents of a graph over intervals contain those at exact points within them.
    #[test]
    fn graphs_contain_the_exact_result(seed in any::<u64>()) {
        fn run<A: Field>(x: TList<A, context![[2, 3], [3, 2]]>) -> (A, Vec<A>) {
            let g = graph!(|x: [2, 3], w: [3, 2]| mean(matmul(x, w) * 0.1 / (sum(x * x) + 1)));
            let (y, cotangents) = g.value_and_vjp(&x, ());
            let all = cotangents.to_any_list();
            (y.item(), all.iter().flat_map(|t| t.as_slice().to_vec()).collect())
        }
        let rng = &mut Rng::with_seed(seed);
        let mut draw = |_| Interval::sample(rng);
        let a = Tensor::<_, shape![2, 3]>::from_fn(&mut draw);
        let x = tlist![a, Tensor::<_, shape![3, 2]>::from_fn(draw)];
        let tlist_pat![a, b] = &x;
        let middle = tlist![a.map(|x| exact(x.midpoint())), b.map(|x| exact(x.midpoint()))];
        let (bounds, exact_results) = (run(x.clone()), run(middle));
        prop_assert!(contains(bounds.0, &exact_results.0));
        prop_assert!(bounds.0.width() < 0.1);
        prop_assert_eq!(bounds.1.len(), 12);
        for (bounds, q) in bounds.1.iter().zip(&exact_results.1) {
            prop_assert!(contains(*bounds, q), "{bounds} {q}");
        }
    }
}

#[test]
fn constructors() {
    let [infinity, minus, nan] = [f64::INFINITY, f64::NEG_INFINITY, f64::NAN];
    for (lo, hi) in [
        (1.0, 0.0),
        (nan, 1.0),
        (1.0, nan),
        (infinity, infinity),
        (minus, minus),
    ] {
        assert!(Interval::new(lo, hi).is_err(), "{lo} {hi}");
    }
    let of = |lo, hi| Interval::new(lo, hi).expect("in order");
    assert_eq!(of(minus, infinity), Interval::WHOLE);
    assert_eq!(Interval::from(infinity), of(f64::MAX, infinity));
    assert_eq!(Interval::from(minus), of(minus, f64::MIN));
    for whole in [
        Interval::from(nan),
        Interval::around(nan, 1.0),
        Interval::around(1.0, nan),
        Interval::around(1.0, infinity),
        Interval::from_literal(Literal::real(nan)),
        Interval::from_literal(Literal::Ratio(1, 0)),
    ] {
        assert_eq!(whole, Interval::WHOLE);
    }
    assert_eq!(Interval::around(1.0, -0.5), of(0.5, 1.5));
    // One tenth is not a double: its bounds are the doubles around it.
    let tenth = Interval::from_literal(Literal::ratio(1, 10));
    assert_eq!(tenth, of(0.1f64.next_down(), 0.1));
    assert!(contains(tenth, &BigRational::new(1.into(), 10.into())));
    assert_eq!(
        Interval::from_literal(Literal::ratio(3, 4)),
        Interval::from(0.75)
    );
    // Signed zeros are one number.
    assert_eq!(of(-0.0, 0.0).to_string(), "0");
    assert!(
        Interval::from(-0.0).lo().is_sign_positive() && (-Interval::zero()).hi().is_sign_positive()
    );
    assert_eq!(Interval::from(2.0).width().to_bits(), 0.0f64.to_bits());
    assert_eq!(format!("{:.1}", of(0.25, 1.5)), "[0.2, 1.5]");
    assert_eq!(Interval::WHOLE.to_string(), "[-∞, ∞]");
    assert!(!Interval::WHOLE.contains(nan));
}

#[test]
fn infinite_bounds_and_huge_values() {
    let of = |lo, hi| Interval::new(lo, hi).expect("in order");
    let (infinity, point) = (f64::INFINITY, |x| Interval::from(x));
    let ray = of(1.0, infinity);
    assert_eq!(point(0.0) * Interval::WHOLE, point(0.0));
    assert_eq!(of(0.0, 1.0) * ray, of(0.0, infinity));
    assert_eq!(point(2.0) * ray, of(2.0, infinity));
    assert_eq!(ray - ray, Interval::WHOLE);
    assert_eq!(point(1.0) / ray, of(0.0, 1.0));
    assert_eq!(-ray / ray, of(-infinity, 0.0));
    assert_eq!(point(0.0) / ray, point(0.0));
    assert_eq!(point(1.0) / of(0.0, 1.0), Interval::WHOLE);
    let largest = point(f64::MAX);
    assert_eq!(largest + largest, of(f64::MAX, infinity));
    assert_eq!(-largest * largest, of(-infinity, f64::MIN));
    assert_eq!(largest / point(0.5), of(f64::MAX, infinity));
    let least = point(f64::from_bits(1));
    assert_eq!((least * least).lo(), -f64::from_bits(1));
    assert!((least * least).hi() > 0.0);
    assert_eq!(largest.width(), 0.0);
    assert_eq!(of(f64::MIN, f64::MAX).width(), infinity);
    assert_eq!(of(f64::MIN, f64::MAX).midpoint(), 0.0);
    assert_eq!(ray.midpoint(), 1f64.midpoint(f64::MAX));
}

#[test]
fn functions_at_the_ends_of_their_domains() {
    let of = |lo, hi| Interval::new(lo, hi).expect("in order");
    let (infinity, whole, point) = (f64::INFINITY, Interval::WHOLE, |x| Interval::from(x));
    assert_eq!(point(0.0).exp(), point(1.0));
    assert_eq!(point(1.0).log(), point(0.0));
    assert_eq!(point(0.0).tanh(), point(0.0));
    assert_eq!(point(0.0).sigmoid(), point(0.5));
    assert_eq!(whole.exp(), of(0.0, infinity));
    assert_eq!(point(-1e9).exp().lo(), 0.0);
    assert!(point(-1e9).exp().hi() > 0.0);
    assert_eq!(point(1e9).exp().hi(), infinity);
    assert!(point(1e9).exp().lo() < infinity);
    assert_eq!(whole.tanh(), of(-1.0, 1.0));
    let softplus = |x| function(x, Unary::Softplus);
    assert_eq!(softplus(whole), of(0.0, infinity));
    let large = softplus(of(1e300, infinity));
    assert_eq!((large.lo().next_up(), large.hi()), (1e300, infinity));
    assert!(softplus(point(-1e300)).contains(0.0) && softplus(point(-1e300)).hi() < 1e-300);
    assert_eq!(
        (point(1e9).tanh().hi(), point(-1e9).tanh().lo()),
        (1.0, -1.0)
    );
    assert!(point(1e9).tanh().lo() < 1.0);
    assert_eq!(whole.sigmoid(), of(0.0, 1.0));
    assert_eq!(
        (point(1e9).sigmoid().hi(), point(-1e9).sigmoid().lo()),
        (1.0, 0.0)
    );
    assert!(point(-1e9).sigmoid().hi() > 0.0);
    // Part of the argument, or all of it, outside the domain.
    assert_eq!(of(-1.0, 1.0).log().lo(), -infinity);
    assert!(of(-1.0, 1.0).log().hi() < 1e-300);
    assert_eq!(point(0.0).log(), whole);
    assert_eq!(of(-2.0, -1.0).log(), whole);
    assert_eq!(of(-4.0, 9.0).sqrt(), of(0.0, 3.0));
    assert_eq!(point(-1.0).sqrt(), whole);
    assert_eq!(of(0.0, infinity).sqrt(), of(0.0, infinity));
    let at = |f, x| function(point(x), f);
    for (f, x, y) in [
        (Unary::Rsqrt, 1.0, 1.0),
        (Unary::Expm1, 0.0, 0.0),
        (Unary::Log1p, 0.0, 0.0),
        (Unary::Sin, 0.0, 0.0),
        (Unary::Cos, 0.0, 1.0),
        (Unary::Atan, 0.0, 0.0),
        (Unary::Erf, 0.0, 0.0),
    ] {
        assert_eq!(at(f, x), point(y), "{f:?}");
    }
    assert_eq!(at(Unary::Rsqrt, 4.0), point(0.5));
    assert_eq!(function(of(-1.0, 4.0), Unary::Rsqrt), of(0.5, infinity));
    assert_eq!(function(of(4.0, infinity), Unary::Rsqrt), of(0.0, 0.5));
    assert_eq!(at(Unary::Rsqrt, 0.0), whole);
    assert_eq!(at(Unary::Rsqrt, -1.0), whole);
    assert_eq!(at(Unary::Log1p, -1.0), whole);
    assert_eq!(function(of(-3.0, -0.5), Unary::Log1p).lo(), -infinity);
    assert_eq!(function(whole, Unary::Log1p), whole);
    assert_eq!(function(whole, Unary::Expm1), of(-1.0, infinity));
    assert_eq!(function(whole, Unary::Erf), of(-1.0, 1.0));
    // π/2 is between two doubles: the bound is the upper one.
    let quarter = core::f64::consts::FRAC_PI_2.next_up();
    assert_eq!(function(whole, Unary::Atan), of(-quarter, quarter));
    // The factor of the derivative is no double, and the derivative contains it.
    let slope = Dual::new(point(0.0), point(1.0)).function(Unary::Erf);
    let slope = slope.expect("intervals have it").tangent;
    assert!(contains(slope, &two_over_root_pi()) && steps(slope) == 1);
    // Powers.
    assert_eq!(point(0.0).pow(&point(0.0)), point(1.0));
    assert_eq!(of(-2.0, 3.0).pow(&point(1.0)), of(-2.0, 3.0));
    assert_eq!(point(0.0).pow(&point(-1.5)), whole);
    assert_eq!(of(-1.0, 1.0).pow(&point(-1.0)), whole);
    assert_eq!(of(-2.0, -1.0).pow(&point(0.5)), whole);
    // (-3)^2 is among these.
    assert!(of(-3.0, 1.0).pow(&of(1.5, 2.5)).contains(9.0));
    assert!(of(-2.0, 0.0).pow(&point(3.0)).contains(-8.0));
    assert!(steps(point(2.0).pow(&point(-2.0))) <= 17);
}

/// Sines and cosines have their greatest and least values where the interval has them, and no others.
#[test]
fn waves() {
    let of = |f, lo, hi| function(Interval::new(lo, hi).expect("in order"), f);
    // The arguments are rounded to 2^-45, three times.
    let near = |x: f64, y: f64| (x - y).abs() < 1e-13;
    for turn in -40..=40 {
        let whole = core::f64::consts::TAU * f64::from(turn);
        for (f, start) in [
            (Unary::Sin, 0.0),
            (Unary::Cos, -core::f64::consts::FRAC_PI_2),
        ] {
            let wave = |lo: f64, hi: f64| of(f, whole + start + lo, whole + start + hi);
            // sin from 0: up to π/2, down to 3π/2.
            let up = wave(0.5, 1.5);
            assert!(near(up.lo(), 0.5f64.sin()) && near(up.hi(), 1.5f64.sin()) && up.hi() < 1.0);
            let top = wave(1.0, 2.5);
            assert!(near(top.lo(), 2.5f64.sin()) && top.hi() == 1.0);
            let down = wave(2.0, 4.5);
            assert!(
                near(down.lo(), 4.5f64.sin()) && near(down.hi(), 2f64.sin()) && down.lo() > -1.0
            );
            let bottom = wave(4.0, 6.0);
            assert!(bottom.lo() == -1.0 && near(bottom.hi(), 6f64.sin()));
            // Wider than π: two halves.
            let half = wave(-1.5, 1.7);
            assert!(near(half.lo(), (-1.5f64).sin()) && half.lo() > -1.0 && half.hi() == 1.0);
            let more = wave(1.6, 7.6);
            assert!(more.lo() == -1.0 && near(more.hi(), 1.6f64.sin().max(7.6f64.sin())));
            assert_eq!((wave(0.0, 6.5).lo(), wave(0.0, 6.5).hi()), (-1.0, 1.0));
        }
    }
    // A greatest value at a bound.
    assert_eq!(of(Unary::Cos, 0.0, 3.0).hi(), 1.0);
    assert!(near(of(Unary::Cos, 0.0, 3.0).lo(), 3f64.cos()));
    assert_eq!(of(Unary::Cos, -3.0, 0.0).hi(), 1.0);
    // Where doubles are farther apart than π.
    let far = 1e17f64;
    assert!(steps(function(Interval::from(far), Unary::Sin)) <= 17);
    let apart = of(Unary::Sin, far, far.next_up());
    assert_eq!((apart.lo(), apart.hi()), (-1.0, 1.0));
}

#[test]
fn order_and_agreement() {
    let of = |lo, hi| Interval::new(lo, hi).expect("in order");
    let (a, b, c) = (of(0.0, 1.0), of(2.0, 3.0), of(1.0, 2.0));
    assert_eq!(
        (a.partial_cmp(&b), b.partial_cmp(&a)),
        (Some(Ordering::Less), Some(Ordering::Greater))
    );
    assert_eq!(a.partial_cmp(&c), None);
    assert_eq!(a.partial_cmp(&a), None);
    assert_eq!(
        Interval::one().partial_cmp(&Interval::one()),
        Some(Ordering::Equal)
    );
    assert_eq!(a.agreement(&c), Agreement::Equal);
    assert_eq!(a.agreement(&b), Agreement::Differ);
    assert_eq!(a.agreement(&Interval::WHOLE), Agreement::Undefined);
    // x - x contains 0 and is not it; the distributive law is an inclusion.
    assert_eq!(a - a, of(-1.0, 1.0));
    let (left, right) = (a * (b - b), a * b - a * b);
    assert_eq!((left, right), (of(-1.0, 1.0), of(-3.0, 3.0)));
}
