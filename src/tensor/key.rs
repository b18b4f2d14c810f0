//! Keys of random bits: a counter-based generator, so that each number is a function of a key and an index.

use core::fmt;

/// A key of random bits, as JAX has them: 64 bits from which others follow, without a state.
///
/// The bits of a key are a function of the key and an index, so every order of computation draws the same. A further
/// independent key is [folded](Key::fold_in) out of it. They are the numbers of `jax.random` with
/// `jax_threefry_partitionable`, which is JAX's default.
///
/// ```
/// use cotangent::tensor::Key;
/// let key = Key::new(7);
/// let layers = [key.fold_in(0), key.fold_in(1)];
/// assert_ne!(layers[0].bits(0), layers[1].bits(0));
/// assert_eq!(layers[0].bits(5), Key::new(7).fold_in(0).bits(5));
/// let Key { halves } = key; // what is stored
/// assert_eq!(halves, [0, 7]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    /// The upper and the lower 32 bits.
    pub halves: [u32; 2],
}

impl Key {
    /// The key of a seed, as `jax.random.key(seed)`.
    pub const fn new(seed: u64) -> Self {
        Key {
            halves: [(seed >> 32) as u32, seed as u32],
        }
    }

    /// Another key: different for each `n`.
    ///
    /// It is folded with the lower 32 bits of `n`, and then with the upper ones if they are not 0. So below 2^32 this is
    /// `jax.random.fold_in(key, n)`.
    ///
    /// ```
    /// use cotangent::tensor::Key;
    /// let key = Key::new(7);
    /// assert_eq!(key.fold_in(5 + (9 << 32)), key.fold_in(5).fold_in(9));
    /// ```
    pub const fn fold_in(self, n: u64) -> Self {
        let folded = Key {
            halves: threefry_2x32(self.halves, [0, n as u32]),
        };
        match (n >> 32) as u32 {
            0 => folded,
            upper => Key {
                halves: threefry_2x32(folded.halves, [0, upper]),
            },
        }
    }

    /// 32 random bits: the element `index`, row major, of `jax.random.bits(key, shape, dtype="uint32")` for any shape.
    pub const fn bits(self, index: u64) -> u32 {
        let [upper, lower] = threefry_2x32(self.halves, [(index >> 32) as u32, index as u32]);
        upper ^ lower
    }

    /// 64 random bits: the element `index`, row major, of `jax.random.bits(key, shape, dtype="uint64")` for any shape.
    ///
    /// Their two halves, one xor the other, are [`bits`](Self::bits): who draws both has drawn once.
    pub const fn bits64(self, index: u64) -> u64 {
        let [upper, lower] = threefry_2x32(self.halves, [(index >> 32) as u32, index as u32]);
        (upper as u64) << 32 | lower as u64
    }
}

/// The 16 hexadecimal digits.
impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [upper, lower] = self.halves;
        write!(f, "{upper:08x}{lower:08x}")
    }
}

/// Threefry-2x32 with 20 rounds: a bijection of pairs of words for each key.
///
/// Source: Salmon, Moraes, Dror and Shaw, *Parallel Random Numbers: As Easy as 1, 2, 3* (2011).
const fn threefry_2x32(key: [u32; 2], counter: [u32; 2]) -> [u32; 2] {
    const ROTATIONS: [[u32; 4]; 2] = [[13, 15, 26, 6], [17, 29, 16, 24]];
    // The parity constant of Skein's key schedule.
    let keys = [key[0], key[1], key[0] ^ key[1] ^ 0x1bd1_1bda];
    let mut x = counter[0].wrapping_add(keys[0]);
    let mut y = counter[1].wrapping_add(keys[1]);
    let mut group = 0;
    while group < 5 {
        let mut round = 0;
        while round < 4 {
            x = x.wrapping_add(y);
            y = y.rotate_left(ROTATIONS[group % 2][round]) ^ x;
            round += 1;
        }
        group += 1;
        x = x.wrapping_add(keys[group % 3]);
        y = y
            .wrapping_add(keys[(group + 1) % 3])
            .wrapping_add(group as u32);
    }
    [x, y]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The known answers of the authors' library, Random123.
    #[test]
    fn known_answers() {
        let answers = [
            ([0; 2], [0; 2], [0x6b20_0159, 0x99ba_4efe]),
            ([u32::MAX; 2], [u32::MAX; 2], [0x1cb9_96fc, 0xbb00_2be7]),
            (
                [0x1319_8a2e, 0x0370_7344],
                [0x243f_6a88, 0x85a3_08d3],
                [0xc492_3a9c, 0x483d_f7a0],
            ),
        ];
        for (key, counter, expected) in answers {
            assert_eq!(threefry_2x32(key, counter), expected);
        }
    }

    /// Beyond 32 bits nothing of the number is lost, and below them nothing is added.
    #[test]
    fn a_number_is_folded_in_whole() {
        let key = Key::new(3);
        let last = u64::from(u32::MAX);
        for n in [0, 5, last] {
            let halves = threefry_2x32(key.halves, [0, n as u32]);
            assert_eq!(key.fold_in(n), Key { halves });
            for upper in [1, 9, last] {
                let wide = key.fold_in(n + (upper << 32));
                assert_eq!(wide, key.fold_in(n).fold_in(upper));
                assert_ne!(wide, key.fold_in(n));
            }
        }
    }

    #[test]
    fn is_printed() {
        assert_eq!(
            Key::new(0x0102_0304_0506_0708).to_string(),
            "0102030405060708"
        );
    }
}
