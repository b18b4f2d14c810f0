//! The chain of primes, and residues that look random.

use crate::scalar::modular_arithmetic;

/// How many primes.
pub(super) const LEVELS: usize = 5;

/// A Cunningham chain, the largest of five primes below 2^61: each is twice the next one plus 1.
///
/// So the squares modulo one prime are a group whose order is the next prime, and a number modulo the next prime is
/// an exponent for it.
pub(super) const PRIMES: [u64; LEVELS] = [
    2_305_843_009_188_546_239,
    1_152_921_504_594_273_119,
    576_460_752_297_136_559,
    288_230_376_148_568_279,
    144_115_188_074_284_139,
];

/// The base of the exponential modulo each prime: the square of the first digits of π, a number without meaning here.
pub(super) const BASES: [u64; LEVELS] = {
    let mut bases = [0; LEVELS];
    let mut level = 0;
    while level < LEVELS {
        let p = PRIMES[level];
        let root = 0x243f_6a88_85a3_08d3 % p;
        bases[level] = modular_arithmetic::mul(root, root, p);
        level += 1;
    }
    bases
};

/// One residue for each prime; none where the value is undefined.
pub(super) type Residues = [Option<u64>; LEVELS];

/// A residue that looks random, from a function's name, the place in the chain and the arguments.
///
/// Each word goes through the finalizer of splitmix64 (Steele, Lea and Flood, 2014), a bijection that mixes all bits.
pub(super) fn random(name: &str, level: usize, arguments: &[u64]) -> u64 {
    const KEY: u64 = 0x1319_8a2e_0370_7344;
    let mix = |state: u64, word: u64| {
        let mut z = (state ^ word).wrapping_add(0x9e37_79b9_7f4a_7c15);
        z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ z >> 31
    };
    let name = name.bytes().map(u64::from);
    // The level ends the name: it is above every byte.
    let words = name
        .chain([256 + level as u64])
        .chain(arguments.iter().copied());
    let state = words.fold(KEY, mix);
    // Two words, so that all residues are as good as equally likely.
    let wide = u128::from(mix(state, 1)) << 64 | u128::from(mix(state, 2));
    (wide % u128::from(PRIMES[level])) as u64
}

/// The small integer that has this residue at the first prime.
pub(super) fn small(residue: u64) -> Option<i64> {
    const SMALL: i64 = 1 << 20;
    let first = residue.cast_signed();
    // Below 2^61, so no overflow.
    [first, first - PRIMES[0].cast_signed()]
        .into_iter()
        .find(|n| n.abs() < SMALL)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Miller and Rabin with the primes to 37 as witnesses: exact below 3 * 10^24 (Sorenson and Webster, 2015).
    fn is_prime(p: u64) -> bool {
        let twos = (p - 1).trailing_zeros();
        [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37]
            .iter()
            .all(|&witness| {
                let odd = modular_arithmetic::pow(witness, (p - 1) >> twos, p);
                let mut squares =
                    core::iter::successors(Some(odd), |&x| Some(modular_arithmetic::mul(x, x, p)));
                odd == 1 || squares.by_ref().take(twos as usize).any(|x| x == p - 1)
            })
    }

    #[test]
    fn a_chain_of_primes_and_bases_of_the_next_order() {
        assert!(PRIMES.iter().all(|&p| p < 1 << 61 && is_prime(p)));
        assert!(!is_prime(PRIMES[0] - 2), "the test refuses a composite");
        for level in 1..LEVELS {
            let (p, order) = (PRIMES[level - 1], PRIMES[level]);
            assert_eq!(p, 2 * order + 1);
            // The order divides a prime and is not 1.
            assert_ne!(BASES[level - 1], 1);
            assert_eq!(modular_arithmetic::pow(BASES[level - 1], order, p), 1);
        }
    }
}
