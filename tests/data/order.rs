//! The order of an epoch.

use cotangent::data::permutation;
use cotangent::prelude::*;

/// Computed by a program of its own, from the formula: twenty lines of Python with integers.
#[test]
fn known_orders() {
    assert_eq!(permutation(Key::new(7), 10), [8, 6, 5, 1, 0, 2, 4, 7, 9, 3]);
    assert_eq!(
        permutation(Key::new(3 + (1 << 40)), 8),
        [6, 0, 7, 3, 5, 4, 1, 2]
    );
    assert_eq!(permutation(Key::new(0), 2), [1, 0]);
    assert_eq!(permutation(Key::new(5), 1), [0]);
    assert_eq!(permutation(Key::new(5), 0), [0; 0]);
}

/// Of 24,000 keys each of the 24 orders of four is drawn by about 1,000. The sum of squares is that of 23 degrees of freedom: it is
/// above 49.7 in one of a thousand cases, and the keys are the same in each run.
#[test]
fn every_order_is_as_likely() {
    let mut counts = std::collections::BTreeMap::new();
    for seed in 0..24_000 {
        *counts.entry(permutation(Key::new(seed), 4)).or_insert(0) += 1;
    }
    assert_eq!(counts.len(), 24);
    let squares = counts
        .values()
        .map(|count| f64::from(count - 1000).powi(2) / 1000.0);
    let sum: f64 = squares.sum();
    assert!((5.0..49.7).contains(&sum), "{sum}");
}
