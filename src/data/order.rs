//! In which order the examples of a set are taken.

use super::DataError;
use crate::tensor::Key;
use core::ops::Range;
use std::sync::Arc;

/// The order of an epoch. A [`Key`] is one, too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// That of the set: for tests.
    Stored,
    /// A [permutation] by a key: the same key gives the same order, on every machine.
    Shuffled(Key),
}

impl From<Key> for Order {
    fn from(key: Key) -> Self {
        Order::Shuffled(key)
    }
}

/// The numbers below `count` in an order that is drawn by `key`, each of the `count!` orders as likely as the others.
///
/// The shuffle of Fisher and Yates: from the last place down to the second, what is at place `i` and what is at a place `j ≤ i`
/// change places, with `j = ⌊u (i + 1) / 2^64⌋` and `u` the 64 bits of the indices `2 i` (the upper ones) and `2 i + 1` of the
/// key. A place is drawn with a probability that is off by less than 2^-64.
///
/// ```
/// use cotangent::data::permutation;
/// use cotangent::tensor::Key;
/// let order = permutation(Key::new(7), 5);
/// assert_eq!(order, permutation(Key::new(7), 5));
/// let mut sorted = order.clone();
/// sorted.sort();
/// assert_eq!(sorted, [0, 1, 2, 3, 4]);
/// assert_ne!(permutation(Key::new(7), 100), permutation(Key::new(8), 100));
/// ```
pub fn permutation(key: Key, count: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    for i in (1..count).rev() {
        let at = i as u64;
        let bits = (u64::from(key.bits(2 * at)) << 32) | u64::from(key.bits(2 * at + 1));
        let j = (u128::from(bits) * (u128::from(at) + 1)) >> 64;
        order.swap(i, j as usize);
    }
    order
}

/// The nearest whole number to this part of `count`.
pub(super) fn share(part: f64, count: usize) -> Result<usize, DataError> {
    match part > 0.0 && part < 1.0 {
        true => Ok((part * count as f64).round() as usize),
        false => Err(DataError::Fraction { got: part }),
    }
}

/// That a split leaves some of `examples`, which are called `what`, on each side.
pub(super) fn checked_split(
    at: usize,
    examples: usize,
    what: &'static str,
) -> Result<(), DataError> {
    match (1..examples).contains(&at) {
        true => Ok(()),
        false => Err(DataError::Split { at, examples, what }),
    }
}

/// Which rows of its columns a set has, and in which order.
#[derive(Clone)]
pub(super) struct Rows {
    /// Without one the rows are in the order of the columns.
    order: Option<Arc<[usize]>>,
    range: Range<usize>,
}

impl Rows {
    /// All of them.
    pub(super) fn all(count: usize) -> Self {
        Rows {
            order: None,
            range: 0..count,
        }
    }

    pub(super) fn len(&self) -> usize {
        self.range.len()
    }

    /// The row of an example that there is.
    pub(super) fn at(&self, example: usize) -> usize {
        let place = self.range.start + example;
        self.order.as_ref().map_or(place, |order| order[place])
    }

    /// The rows in this order.
    pub(super) fn ordered(&self, order: Order) -> Vec<usize> {
        match order {
            Order::Stored => (0..self.len()).map(|i| self.at(i)).collect(),
            Order::Shuffled(key) => {
                let order = permutation(key, self.len()).into_iter();
                order.map(|i| self.at(i)).collect()
            }
        }
    }

    /// These.
    pub(super) fn of(order: Vec<usize>) -> Self {
        Rows {
            range: 0..order.len(),
            order: Some(order.into()),
        }
    }

    pub(super) fn shuffled(&self, key: Key) -> Self {
        Self::of(self.ordered(Order::Shuffled(key)))
    }

    /// The first `at` rows, which are not more than there are, and the others.
    pub(super) fn split_at(&self, at: usize) -> (Self, Self) {
        let Range { start, end } = self.range;
        let part = |range| Rows {
            order: self.order.clone(),
            range,
        };
        (part(start..start + at), part(start + at..end))
    }
}
