//! Comparisons and the place of the largest, over each scalar: what is decided, what is drawn and what is left open.

use cotangent::prelude::*;
use cotangent::prove::term::with_fuel;
use cotangent::prove::{Oracle, Term};
use cotangent::scalar::{Boolean, Comparison, Dual, Interval, MaxPlus, Modular, Sample};
use num_bigint::{BigInt, BigUint};
use num_rational::BigRational;
use num_traits::{One, Zero};
use proptest::prelude::*;
use std::cmp::Ordering;

/// Less, less or equal, equal; through the table, as a program asks.
fn answers<A: Semiring>(x: &A, y: &A) -> Option<[Option<bool>; 3]> {
    let one = std::slice::from_ref::<A>;
    let mut all = [None; 3];
    for (answer, f) in all.iter_mut().zip(Comparison::ALL) {
        *answer = A::kernels().compare(f, one(x), one(y))?[0];
    }
    Some(all)
}

/// The same, of an order that is decided.
fn decided(order: Ordering) -> Option<[Option<bool>; 3]> {
    let answers = [order.is_lt(), order.is_le(), order.is_eq()];
    Some(answers.map(Some))
}

/// The place of the largest, through the table.
fn argmax<A: Semiring>(all: &[A]) -> Option<Option<usize>> {
    let columns: Vec<&[A]> = all.iter().map(std::slice::from_ref).collect();
    Some(A::kernels().argmax(&columns)?[0])
}

#[test]
fn floats_compare_as_ieee_says() {
    let (inf, nan) = (f64::INFINITY, f64::NAN);
    for x in [-inf, -1.0, -0.0, 0.0, 5e-324, 1.0, inf, nan] {
        for y in [-inf, -1.0, -0.0, 0.0, 5e-324, 1.0, inf, nan] {
            let expected = [x < y, x <= y, x == y].map(Some);
            assert_eq!(answers(&x, &y), Some(expected), "{x} and {y}");
            let single = answers(&(x as f32), &(y as f32));
            let (x, y) = (x as f32, y as f32);
            assert_eq!(single, Some([x < y, x <= y, x == y].map(Some)));
        }
    }
}

/// The first of several; the first NaN wins, as in JAX.
#[test]
fn the_place_of_the_largest_float() {
    let nan = f64::NAN;
    for (all, place) in [
        (vec![1.0], 0),
        (vec![1.0, 3.0, 2.0], 1),
        (vec![1.0, 3.0, 3.0], 1),
        (vec![3.0, 3.0, 1.0], 0),
        (vec![-0.0, 0.0], 0),
        (vec![f64::NEG_INFINITY, -5.0], 1),
        (vec![1.0, nan, 9.0], 1),
        (vec![nan, 9.0, nan], 0),
        (vec![1.0, f64::INFINITY, nan, nan], 2),
    ] {
        assert_eq!(argmax(&all), Some(Some(place)), "{all:?}");
    }
    // Element by element, over slices.
    let columns: [&[f64]; 3] = [&[1.0, 5.0], &[2.0, 5.0], &[0.0, 6.0]];
    let places = f64::kernels().argmax(&columns);
    assert_eq!(places, Some(vec![Some(1), Some(2)]));
}

#[test]
fn rationals_are_exact() {
    let ratio = |n: i64, d: i64| BigRational::new(n.into(), d.into());
    let third = ratio(1, 3);
    let nearly = BigRational::from_float(1.0 / 3.0).expect("finite");
    assert_eq!(answers(&nearly, &third), decided(Ordering::Less));
    assert_eq!(answers(&third, &ratio(2, 6)), decided(Ordering::Equal));
    assert_eq!(answers(&third, &nearly), decided(Ordering::Greater));
    assert_eq!(argmax(&[nearly, third.clone(), third]), Some(Some(1)));
}

/// Below an ordered field there is no order.
#[test]
fn other_scalars_have_no_order() {
    fn none<A: Semiring>() {
        assert_eq!(answers(&A::one(), &A::zero()), None);
        assert_eq!(argmax(&[A::one()]), None);
    }
    none::<BigUint>();
    none::<Boolean>();
    none::<MaxPlus>();
    none::<Modular>();
    none::<Dual<Modular>>();
}

#[test]
fn duals_compare_by_their_primals() {
    let [x, y, z] = [(1.0, 9.0), (2.0, 0.0), (2.0, 5.0)].map(|(x, dx)| Dual::new(x, dx));
    assert_eq!(answers(&x, &y), decided(Ordering::Less));
    assert_eq!(answers(&y, &z), decided(Ordering::Equal));
    assert_eq!(argmax(&[x, y, z]), Some(Some(1)));
    assert_eq!(Dual::argmax(&x, &[&y, &z]), Some(1));
    assert_eq!(Dual::compare(Comparison::Less, &x, &y), Some(true));
    let open = Interval::around(1.0, 0.5);
    let both = Dual::new(open, Interval::zero());
    assert_eq!(answers(&both, &both), Some([None; 3]));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    /// What is decided of intervals is so for members; of points all is decided.
    #[test]
    fn intervals_decide_what_holds_for_all_members(
        bounds in proptest::collection::vec((0..6i32, 0..3i32, 0.0..=1.0f64), 2..5),
    ) {
        let made: Vec<_> = bounds.iter().map(|&(lo, width, part)| {
            let (lo, width) = (f64::from(lo), f64::from(width));
            (Interval::new(lo, lo + width).expect("in order"), lo + (part * width).round())
        }).collect();
        let (intervals, members): (Vec<_>, Vec<_>) = made.into_iter().unzip();
        for (x, a) in intervals.iter().zip(&members) {
            for (y, b) in intervals.iter().zip(&members) {
                let got = answers(x, y).expect("ordered");
                for (answer, truth) in got.into_iter().zip([a < b, a <= b, a == b]) {
                    prop_assert!(answer.is_none_or(|answer| answer == truth), "{x} {y}");
                    prop_assert!(answer.is_some() || x.overlaps(*y));
                }
            }
        }
        let place = argmax(&intervals).expect("ordered");
        prop_assert!(place.is_none() || Some(place) == argmax(&members));
        let points: Vec<_> = members.iter().map(|&x| Interval::from(x)).collect();
        prop_assert_eq!(argmax(&points), argmax(&members));
        prop_assert_eq!(answers(&points[0], &points[1]), answers(&members[0], &members[1]));
    }
}

#[test]
fn intervals_that_touch() {
    let of = |lo, hi| Interval::new(lo, hi).expect("in order");
    let (a, b) = (of(0.0, 1.0), of(1.0, 2.0));
    // 1 is in both: `a < b` is open, `b < a` is never so.
    assert_eq!(answers(&a, &b), Some([None, Some(true), None]));
    assert_eq!(answers(&b, &a), Some([Some(false), None, None]));
    assert_eq!(answers(&a, &a), Some([None; 3]));
    assert_eq!(argmax(&[b, a]), Some(Some(0)));
    assert_eq!(argmax(&[a, b]), Some(None)); // 1 and 1: then the first
    assert_eq!(argmax(&[Interval::WHOLE]), Some(Some(0)));
}

/// Scalars of proofs: that the answers on these elements fit together as those of numbers do, and that all of them occur.
fn drawn<A: OrderedField>(all: &[A]) {
    let order = |x: &A, y: &A| {
        let one = answers(x, y)
            .expect("ordered")
            .map(|answer| answer.expect("decided"));
        match one {
            [true, true, false] => Ordering::Less,
            [false, true, true] => Ordering::Equal,
            [false, false, false] => Ordering::Greater,
            _ => panic!("{x} and {y}: {one:?}"),
        }
    };
    let mut orders = Vec::new();
    for x in all {
        assert_eq!(order(x, x), Ordering::Equal);
        for y in all {
            assert_eq!(order(x, y), order(y, x).reverse());
            if x != y {
                orders.push(order(x, y));
            }
            for z in all {
                if order(x, y).is_le() && order(y, z).is_le() {
                    assert!(order(x, z).is_le(), "{x}, {y}, {z}");
                }
            }
        }
    }
    for answer in [Ordering::Less, Ordering::Equal, Ordering::Greater] {
        assert!(orders.contains(&answer), "{answer:?} is never drawn");
        let to_zero = all.iter().any(|x| order(x, &A::zero()) == answer);
        assert!(to_zero, "{answer:?} to 0 is never drawn");
    }
    let place = argmax(all).expect("ordered").expect("decided");
    assert!(all.iter().all(|x| order(x, &all[place]).is_le()));
    assert!(all[..place].iter().all(|x| order(x, &all[place]).is_lt()));
}

#[test]
fn indeterminates_are_drawn() {
    let terms: Vec<_> = (0..24)
        .map(|i| Term::indeterminate(&format!("x{i}")))
        .collect();
    drawn(&terms);
    drawn(
        &terms
            .iter()
            .map(|x| x.exp() + Term::from(2))
            .collect::<Vec<_>>(),
    );
    let mut rng = fastrand::Rng::with_seed(3);
    drawn(
        &(0..24)
            .map(|_| Oracle::sample(&mut rng))
            .collect::<Vec<_>>(),
    );
}

#[test]
fn numbers_among_terms_and_oracles_compare() {
    let ratio = |n: i64, d: i64| Term::from(BigRational::new(n.into(), d.into()));
    assert_eq!(answers(&ratio(1, 3), &ratio(1, 2)), decided(Ordering::Less));
    let huge = Term::from(BigRational::from(BigInt::from(7).pow(100)));
    assert_eq!(answers(&huge, &Term::one()), decided(Ordering::Greater));
    assert_eq!(argmax(&[ratio(1, 3), huge.clone(), huge]), Some(Some(1)));
    assert_eq!(
        answers(&Oracle::from(-2), &Oracle::from(1)),
        decided(Ordering::Less)
    );
    assert_eq!(argmax(&[-2, 1, 1].map(Oracle::from)), Some(Some(1)));
}

/// Equal values have one answer, however they were computed.
#[test]
fn equal_values_are_equal() {
    let [x, y] = ["x", "y"].map(Term::indeterminate);
    let (left, right) = (
        x.clone() * (x.clone() + y.clone()),
        x.clone() * x.clone() + y.clone() * x.clone(),
    );
    assert_eq!(answers(&left, &right), decided(Ordering::Equal));
    let mut rng = fastrand::Rng::with_seed(4);
    for _ in 0..20 {
        let [x, y] = [(); 2].map(|()| Oracle::sample(&mut rng));
        // With a logarithm in it that it does not have.
        let same = x + y.log() - y.log();
        assert_eq!(answers(&x, &same), decided(Ordering::Equal));
        assert_eq!(answers(&x, &y), answers(&same, &y));
        let three = Oracle::from(3) + y.log() - y.log();
        assert_eq!(answers(&three, &Oracle::from(4)), decided(Ordering::Less));
    }
}

/// Not the order in which atoms were made: they are made anew, in the other order.
#[test]
fn a_term_has_the_same_answer_again() {
    let name = |i: usize| format!("answer_{i}");
    let all = |order: Vec<usize>| {
        let made: Vec<_> = order
            .into_iter()
            .map(|i| (i, Term::indeterminate(&name(i))))
            .collect();
        let mut sorted = made.clone();
        sorted.sort_by_key(|(i, _)| *i);
        let terms: Vec<_> = sorted
            .windows(2)
            .map(|pair| pair[0].1.clone() * pair[1].1.clone() + pair[0].1.clone())
            .collect();
        let pairs = terms
            .iter()
            .flat_map(|x| terms.iter().map(move |y| answers(x, y)));
        pairs.collect::<Vec<_>>()
    };
    assert_eq!(all((0..20).collect()), all((0..20).rev().collect()));
}

#[test]
fn nothing_is_decided_of_what_is_undefined() {
    let sum = Term::sum(["a", "b", "c"].map(Term::indeterminate));
    let mut undefined = None;
    let out = with_fuel(10, || undefined = Some(sum.pow(&Term::from(20))));
    let undefined = undefined.filter(Term::is_undefined).expect("out of fuel");
    assert!(out.is_err());
    assert_eq!(answers(&undefined, &Term::one()), Some([None; 3]));
    assert_eq!(argmax(&[Term::one(), undefined]), Some(None));
    assert_eq!(answers(&Oracle::UNDEFINED, &Oracle::one()), Some([None; 3]));
    assert_eq!(argmax(&[Oracle::one(), Oracle::UNDEFINED]), Some(None));
}
