//! Sets of draws: their answers fit together, and all that can be seen is.

use super::{Draws, begin_run};
use crate::prove::{Oracle, Term};
use crate::scalar::{Comparison, OrderedField, Sample};
use core::cmp::Ordering;
use std::collections::BTreeSet;

/// The order of two values: that of the three answers, which fit together.
fn order<A: OrderedField>(x: &A, y: &A) -> Ordering {
    let answers = Comparison::ALL.map(|f| A::compare(f, x, y));
    match answers.map(|answer| answer.expect("decided")) {
        [true, true, false] => Ordering::Less,
        [false, true, true] => Ordering::Equal,
        [false, false, false] => Ordering::Greater,
        answers => panic!("{answers:?}"),
    }
}

/// That the answers of a set fit together, and that sets differ: each order of two, each place of the largest, and each
/// order to a number occurs.
fn sets<A: OrderedField>(all: &[A], number: &A) {
    let mut orders = BTreeSet::new();
    let mut to_number = BTreeSet::new();
    let mut places = BTreeSet::new();
    let mut draws = Draws::new();
    for set in 0..200 {
        let answers = || {
            begin_run();
            for x in all {
                assert_eq!(order(x, x), Ordering::Equal);
                for y in all {
                    assert_eq!(order(x, y), order(y, x).reverse());
                    for z in all {
                        if order(x, y).is_le() && order(y, z).is_le() {
                            assert!(order(x, z).is_le());
                        }
                    }
                }
            }
            let rest: Vec<&A> = all[1..].iter().collect();
            let place = A::argmax(&all[0], &rest).expect("decided");
            assert!(all.iter().all(|x| order(x, &all[place]).is_le()));
            assert!(all[..place].iter().all(|x| order(x, &all[place]).is_lt()));
            (order(&all[0], &all[1]), order(&all[0], number), place)
        };
        let (first, second, place) = draws.in_set(set, || {
            let once = answers();
            assert_eq!(answers(), once);
            once
        });
        orders.insert(first);
        to_number.insert(second);
        places.insert(place);
    }
    assert_eq!(orders.len(), 3, "{orders:?}");
    assert_eq!(to_number.len(), 3, "{to_number:?}");
    assert_eq!(places.len(), all.len(), "{places:?}");
}

fn terms() -> Vec<Term> {
    let [x, y] = ["x", "y"].map(Term::indeterminate);
    vec![
        x.clone(),
        y.clone(),
        x.clone() * y.clone(),
        x.exp(),
        Term::from(2) + y,
    ]
}

#[test]
fn of_terms() {
    sets(&terms(), &Term::from(1));
}

#[test]
fn of_oracles() {
    let mut rng = fastrand::Rng::with_seed(1);
    let all: Vec<Oracle> = (0..5).map(|_| Oracle::sample(&mut rng)).collect();
    sets(&all, &Oracle::from(1));
}

/// Numbers are not drawn, and equal values are equal, in each set.
#[test]
fn what_is_known_is_the_same_in_each_set() {
    let [x, y] = ["x", "y"].map(Term::indeterminate);
    let one = x.clone() * (x.clone() + y.clone());
    let other = y * x.clone() + x.clone() * x;
    let mut draws = Draws::new();
    for set in 0..100 {
        draws.in_set(set, || {
            assert_eq!(order(&one, &other), Ordering::Equal);
            assert_eq!(order(&Term::from(1), &Term::from(2)), Ordering::Less);
            assert_eq!(
                order(&Oracle::from(-1), &Oracle::from(-2)),
                Ordering::Greater
            );
        });
    }
}

/// Of 40 unknown numbers each is the largest in some set, also among known ones, and then it is said.
#[test]
fn each_place_is_that_of_the_largest() {
    let named = |i: usize| Term::indeterminate(&format!("x{i}"));
    let mut all: Vec<Term> = (0..40).map(named).collect();
    let second = all[3].clone();
    all.extend([Term::from(7), Term::from(9), Term::from(9), second]);
    let mut draws = Draws::new();
    let mut places = BTreeSet::new();
    let mut set = 0;
    while !draws.are_complete(set) || set == 0 {
        assert!(!draws.are_stuck(set), "{places:?}");
        places.insert(draws.in_set(set, || {
            begin_run();
            let rest: Vec<&Term> = all[1..].iter().collect();
            Term::argmax(&all[0], &rest).expect("decided")
        }));
        set += 1;
    }
    // The first 9 is the largest if no unknown one is; neither the 7 is, nor what was there before.
    let all: Vec<usize> = (0..40).chain([41]).collect();
    assert_eq!(places.into_iter().collect::<Vec<_>>(), all);
    assert!(set <= 84, "{set}");
}

/// A number that is compared with others lies in each cell.
#[test]
fn each_cell_is_reached() {
    let x = Term::indeterminate("x");
    let [five, hundred] = [Term::from(5), Term::from(100)];
    let mut draws = Draws::new();
    let mut orders = BTreeSet::new();
    let mut set = 0;
    while !draws.are_complete(set) || set == 0 {
        orders.insert(draws.in_set(set, || {
            begin_run();
            [order(&x, &five), order(&x, &hundred)]
        }));
        set += 1;
    }
    assert_eq!(orders.len(), 5, "{orders:?}");
    assert!(set <= 24, "{set}");
}

/// What cannot be is not waited for.
#[test]
fn an_answer_that_cannot_be() {
    let [x, y] = ["x", "y"].map(Term::indeterminate);
    let mut draws = Draws::new();
    let mut set = 0;
    while !draws.are_stuck(set) {
        draws.in_set(set, || {
            begin_run();
            let larger = if order(&x, &y).is_lt() { &y } else { &x };
            assert!(order(larger, &x).is_ge());
        });
        set += 1;
    }
    assert!(!draws.are_complete(set));
    assert!(set < 120, "{set}");
}

/// Outside of a set, numbers depend on the terms alone; it is so again after a set, and after a panic in one.
#[test]
fn sets_nest() {
    let terms = terms();
    let all = || {
        let pairs = terms.iter().flat_map(|x| terms.iter().map(move |y| (x, y)));
        pairs.map(|(x, y)| order(x, y)).collect::<Vec<_>>()
    };
    let outside = all();
    let in_set = |set| Draws::new().in_set(set, all);
    let [zero, one] = [0, 2].map(in_set);
    assert!(outside != zero && zero != one && one != outside);
    let mut draws = Draws::new();
    draws.in_set(0, || {
        assert_eq!(all(), zero);
        assert_eq!(in_set(2), one);
        assert_eq!(all(), zero);
    });
    assert_eq!(all(), outside);
    let panicked = std::panic::catch_unwind(|| {
        Draws::new().in_set(2, || std::panic::resume_unwind(Box::new(())));
    });
    assert!(panicked.is_err());
    assert_eq!(all(), outside);
}
