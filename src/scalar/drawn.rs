//! Numbers drawn for what is not known, so that it can be compared.
//!
//! A proof draws the values of indices, as it draws an environment, since nothing depends on them smoothly. Where they come
//! from comparisons of indeterminates, each of these stands for a number, which depends on nothing but what it is. So the
//! answers fit together: an order is transitive, and a largest element is not less than another.

/// What is drawn from: zero, numbers of usual sizes, and some beyond every constant of a program. Few, so that two are
/// often equal.
const NUMBERS: [i64; 7] = [-(1 << 40), -3, -1, 0, 1, 3, 1 << 40];

/// The number for a hash.
pub(super) const fn number(hash: u64) -> i64 {
    NUMBERS[(hash % NUMBERS.len() as u64) as usize]
}

/// The place of the first of the largest.
pub(super) fn first_of_largest<N: PartialOrd>(numbers: &[N]) -> usize {
    let largest = |best: usize, i: usize| if numbers[i] > numbers[best] { i } else { best };
    (0..numbers.len()).fold(0, largest)
}
