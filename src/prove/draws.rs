//! Numbers drawn for what is not known, so that it can be compared.
//!
//! A proof draws the values of indices, as it draws an environment, since nothing depends on them smoothly. Where they come
//! from comparisons of indeterminates, each of these stands for a number, which depends on nothing but what it is and which
//! set of draws it is. So the answers of a set fit together: an order is transitive, and a largest element is not less than
//! another. A proof that looks at many sets sees other orders of the same indeterminates: see [`with_draws`].

use core::cell::Cell;

/// What is drawn from: zero, numbers of usual sizes, and some beyond every constant of a program. Few, so that two are
/// often equal.
const NUMBERS: [i64; 7] = [-(1 << 40), -3, -1, 0, 1, 3, 1 << 40];

thread_local! {
    static SET: Cell<u64> = const { Cell::new(0) };
}

/// Runs `f` with the draws of a set, on this thread: what is compared in it stands for other numbers in each set. Outside
/// of a call the set is 0. Calls nest: the inner one counts.
pub(crate) fn with_draws<T>(set: u64, f: impl FnOnce() -> T) -> T {
    /// Puts the outer set back, also if `f` panics.
    struct Outer(u64);
    impl Drop for Outer {
        fn drop(&mut self) {
            SET.set(self.0);
        }
    }
    let _outer = Outer(SET.replace(set));
    f()
}

/// The number for a hash, in the set of draws of this thread.
pub(super) fn number(hash: u64) -> i64 {
    let hash = match SET.get() {
        0 => hash,
        set => mixed(hash ^ mixed(set)),
    };
    NUMBERS[(hash % NUMBERS.len() as u64) as usize]
}

/// The finalizer of splitmix64 (Steele, Lea and Flood, 2014): a bijection that mixes all bits.
const fn mixed(word: u64) -> u64 {
    let z = word.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ z >> 31
}

/// The place of the first of the largest.
pub(super) fn first_of_largest<N: PartialOrd>(numbers: &[N]) -> usize {
    let largest = |best: usize, i: usize| if numbers[i] > numbers[best] { i } else { best };
    (0..numbers.len()).fold(0, largest)
}

#[cfg(test)]
mod tests {
    use super::with_draws;
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
        for set in 0..200 {
            let answers = || {
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
            let (first, second, place) = with_draws(set, answers);
            assert_eq!(with_draws(set, answers), (first, second, place));
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
        for set in 0..100 {
            with_draws(set, || {
                assert_eq!(order(&one, &other), Ordering::Equal);
                assert_eq!(order(&Term::from(1), &Term::from(2)), Ordering::Less);
                assert_eq!(
                    order(&Oracle::from(-1), &Oracle::from(-2)),
                    Ordering::Greater
                );
            });
        }
    }

    /// Outside the set is 0, and it is so again after a call, and after a panic in one.
    #[test]
    fn sets_nest() {
        let terms = terms();
        let all = || {
            let pairs = terms.iter().flat_map(|x| terms.iter().map(move |y| (x, y)));
            pairs.map(|(x, y)| order(x, y)).collect::<Vec<_>>()
        };
        let [zero, one, two] = [0, 1, 2].map(|set| with_draws(set, all));
        assert!(zero != one && one != two && two != zero);
        assert_eq!(all(), zero);
        with_draws(1, || {
            assert_eq!(with_draws(2, all), two);
            assert_eq!(all(), one);
        });
        let panicked =
            std::panic::catch_unwind(|| with_draws(1, || std::panic::resume_unwind(Box::new(()))));
        assert!(panicked.is_err());
        assert_eq!(all(), zero);
    }
}
