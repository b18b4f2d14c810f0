//! Random masks and numbers: Threefry-2x32 with 20 rounds over counters, each in a lane.
//!
//! Source: Salmon, Moraes, Dror and Shaw, *Parallel Random Numbers: As Easy as 1, 2, 3* (2011).

use crate::float::Float;
use pulp::{Arch, Simd, WithSimd};

/// So many vectors are mixed at once: the rounds of one wait for each other.
const AT_ONCE: usize = 4;
/// As many lanes as a vector has at most.
const LANES: usize = 16;
/// As many words are drawn at once at most.
const WORDS: usize = AT_ONCE * LANES;

/// The parity constant of Skein's key schedule.
const PARITY: u32 = 0x1bd1_1bda;

/// Writes a random mask: 1 with probability `keep / 2^32`, else 0. Element `i` is 1 if the word of the counter `first + i` is below
/// `keep`, where the word of a counter is the upper half of what Threefry-2x32 makes of it, xor the lower one: the bits of
/// `jax.random.bits(key, …, dtype="uint32")` with `jax_threefry_partitionable`. The counter after the last is 0.
///
/// ```
/// let mut whole = [0.5_f32; 100];
/// cotangent_kernels::mask([0, 7], 0, 3 << 30, &mut whole);
/// assert!(whole.iter().all(|&x| x == 0.0 || x == 1.0));
/// // Each element is a function of its counter, so that a mask may be drawn in parts.
/// let mut part = [0.5_f32; 30];
/// cotangent_kernels::mask([0, 7], 10, 3 << 30, &mut part);
/// assert_eq!(part, whole[10..40]);
/// ```
pub fn mask<T: Float>(key: [u32; 2], first: u64, keep: u64, out: &mut [T]) {
    let Ok(keep) = u32::try_from(keep) else {
        return out.fill(T::ONE);
    };
    let kept = |upper: u32, lower: u32| match upper ^ lower < keep {
        true => T::ONE,
        false => T::ZERO,
    };
    Arch::new().dispatch(Draw {
        key,
        first,
        made: kept,
        out,
    });
}

/// Writes random numbers from 0 up to 1, which is none of them, each as likely. Element `i` has the leading bits of the 64 that
/// Threefry-2x32 makes of the counter `first + i`: 52 of them in a double, as `jax.random.uniform(key, …, dtype="float64")` with
/// `jax_threefry_partitionable`, and the first 23 of these in a single. The counter after the last is 0.
///
/// ```
/// let (mut singles, mut doubles) = ([2.0_f32; 100], [2.0_f64; 100]);
/// cotangent_kernels::uniform([0, 7], 0, &mut singles);
/// cotangent_kernels::uniform([0, 7], 0, &mut doubles);
/// for (single, double) in singles.iter().zip(&doubles) {
///     let lost = double - f64::from(*single);
///     assert!((0.0..1.0).contains(double) && (0.0..0.5_f64.powi(23)).contains(&lost));
/// }
/// ```
pub fn uniform<T: Float>(key: [u32; 2], first: u64, out: &mut [T]) {
    Arch::new().dispatch(Draw {
        key,
        first,
        made: T::fraction,
        out,
    });
}

/// What is made of the two words of each counter.
struct Draw<'o, T, F> {
    key: [u32; 2],
    first: u64,
    made: F,
    out: &'o mut [T],
}

impl<T: Float, F: Fn(u32, u32) -> T> WithSimd for Draw<'_, T, F> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let (mut at, mut rest) = (self.first, self.out);
        while !rest.is_empty() {
            // The upper half of the counters is the same up to here.
            let same = (1 << 32) - u64::from(at as u32);
            let len = usize::try_from(same).map_or(rest.len(), |same| same.min(rest.len()));
            let (here, after) = rest.split_at_mut(len);
            let threefry = Threefry::<S>::new(simd, self.key, (at >> 32) as u32);
            let (wide, mut low) = (AT_ONCE * S::U32_LANES, at as u32);
            let mut blocks = here.chunks_exact_mut(wide);
            for block in &mut blocks {
                draw::<T, S, AT_ONCE>(&threefry, low, &self.made, block);
                low = low.wrapping_add(wide as u32); // at most 64
            }
            for block in blocks.into_remainder().chunks_mut(S::U32_LANES) {
                draw::<T, S, 1>(&threefry, low, &self.made, block);
                low = low.wrapping_add(S::U32_LANES as u32); // at most 16
            }
            (at, rest) = (at.wrapping_add(len as u64), after);
        }
    }
}

/// What is made of the counters from `low` on, of at most `N` vectors.
#[inline(always)]
fn draw<T: Float, S: Simd, const N: usize>(
    threefry: &Threefry<S>,
    low: u32,
    made: &impl Fn(u32, u32) -> T,
    out: &mut [T],
) {
    let (mut upper, mut lower) = ([0; WORDS], [0; WORDS]);
    let [x, y] = threefry.words::<N>(low);
    S::as_mut_simd_u32s(&mut upper).0[..N].copy_from_slice(&x);
    S::as_mut_simd_u32s(&mut lower).0[..N].copy_from_slice(&y);
    for (out, (&upper, &lower)) in out.iter_mut().zip(upper.iter().zip(&lower)) {
        *out = made(upper, lower);
    }
}

/// The generator of one key, for counters with one upper half.
struct Threefry<S: Simd> {
    simd: S,
    /// What is added after each group of rounds, to the upper and to the lower word.
    keys: [[S::u32s; 2]; 5],
    /// The upper word as it begins, and what the lower one begins with beyond its counter.
    first: [S::u32s; 2],
    /// The numbers of the lanes.
    lanes: [S::u32s; AT_ONCE],
}

impl<S: Simd> Threefry<S> {
    #[inline(always)]
    fn new(simd: S, key: [u32; 2], high: u32) -> Self {
        let keys = [key[0], key[1], key[0] ^ key[1] ^ PARITY];
        let splat = |x| simd.splat_u32s(x);
        let numbers: [u32; WORDS] = core::array::from_fn(|i| i as u32); // below 64
        let lanes = S::as_simd_u32s(&numbers).0;
        Threefry {
            simd,
            keys: core::array::from_fn(|group| {
                let lower = keys[(group + 2) % 3].wrapping_add(group as u32 + 1); // at most 5
                [splat(keys[(group + 1) % 3]), splat(lower)]
            }),
            first: [splat(high.wrapping_add(keys[0])), splat(keys[1])],
            lanes: core::array::from_fn(|i| lanes[i]),
        }
    }

    /// The upper and the lower words of the counters from `low` on.
    #[inline(always)]
    fn words<const N: usize>(&self, low: u32) -> [[S::u32s; N]; 2] {
        let simd = self.simd;
        let first = simd.add_u32s(self.first[1], simd.splat_u32s(low));
        let mut x = [self.first[0]; N];
        let mut y: [S::u32s; N] = core::array::from_fn(|i| simd.add_u32s(first, self.lanes[i]));
        // Unrolled: a rotation by a number that is known is one instruction of AVX-512.
        macro_rules! rounds {
            ($group:literal: $($bits:literal)*) => {
                $(
                    for (x, y) in x.iter_mut().zip(&mut y) {
                        *x = simd.add_u32s(*x, *y);
                        *y = simd.xor_u32s(rotated::<S, $bits>(simd, *y), *x);
                    }
                )*
                let [upper, lower] = self.keys[$group];
                for (x, y) in x.iter_mut().zip(&mut y) {
                    *x = simd.add_u32s(*x, upper);
                    *y = simd.add_u32s(*y, lower);
                }
            };
        }
        rounds!(0: 13 15 26 6);
        rounds!(1: 17 29 16 24);
        rounds!(2: 13 15 26 6);
        rounds!(3: 17 29 16 24);
        rounds!(4: 13 15 26 6);
        [x, y]
    }
}

/// Each lane with its bits rotated to the left. (Those of pulp rotate the lanes.)
#[inline(always)]
fn rotated<S: Simd, const BITS: u32>(simd: S, x: S::u32s) -> S::u32s {
    let left = simd.wrapping_dyn_shl_u32s(x, simd.splat_u32s(BITS));
    let right = simd.wrapping_dyn_shr_u32s(x, simd.splat_u32s(32 - BITS));
    simd.or_u32s(left, right)
}

#[cfg(test)]
mod tests {
    use super::*;
    use pulp::Scalar;

    const ROTATIONS: [[u32; 4]; 2] = [[13, 15, 26, 6], [17, 29, 16, 24]];

    /// Both words, as the paper has them.
    fn words(key: [u32; 2], counter: u64) -> [u32; 2] {
        let keys = [key[0], key[1], key[0] ^ key[1] ^ PARITY];
        let mut x = ((counter >> 32) as u32).wrapping_add(keys[0]);
        let mut y = (counter as u32).wrapping_add(keys[1]);
        for round in 0..20_usize {
            x = x.wrapping_add(y);
            y = y.rotate_left(ROTATIONS[round / 4 % 2][round % 4]) ^ x;
            if round % 4 == 3 {
                let group = round / 4 + 1;
                x = x.wrapping_add(keys[group % 3]);
                y = y.wrapping_add(keys[(group + 1) % 3].wrapping_add(group as u32));
            }
        }
        [x, y]
    }

    /// The known answers of the authors' library, Random123.
    #[test]
    fn known_answers() {
        assert_eq!(words([0; 2], 0), [0x6b20_0159, 0x99ba_4efe]);
        assert_eq!(words([u32::MAX; 2], u64::MAX), [0x1cb9_96fc, 0xbb00_2be7]);
        let counter = 0x243f_6a88_85a3_08d3;
        let key = [0x1319_8a2e, 0x0370_7344];
        assert_eq!(words(key, counter), [0xc492_3a9c, 0x483d_f7a0]);
    }

    const FIRST: [u64; 6] = [0, 1, 77, (1 << 32) - 33, (5 << 32) - 1, u64::MAX - 20];

    /// Every length around those of vectors, at every alignment, with counters whose upper half changes in between, under each
    /// of the instruction sets that the machine has.
    fn held<T: Float, S: Simd>(simd: S, made: impl Fn(u32, u32) -> T) {
        let key = [0xdead_beef, 0x0123_4567];
        for first in FIRST {
            for len in (0..=70).chain([127, 128, 129, 200]) {
                let start = len % 5;
                let mut out = vec![T::ONE + T::ONE; start + len + 3];
                simd.vectorize(Draw {
                    key,
                    first,
                    made: &made,
                    out: &mut out[start..start + len],
                });
                for (i, &x) in out[start..start + len].iter().enumerate() {
                    let [upper, lower] = words(key, first.wrapping_add(i as u64));
                    assert_eq!(x, made(upper, lower), "{i} of {len} from {first}");
                }
                let around = out[..start].iter().chain(&out[start + len..]);
                assert!(around.copied().all(|x| x == T::ONE + T::ONE));
            }
        }
    }

    fn each_draw<T: Float, S: Simd>(simd: S) {
        for keep in [0, 1, 1 << 31, 0xc000_0000, u32::MAX] {
            held(simd, |upper, lower| match upper ^ lower < keep {
                true => T::ONE,
                false => T::ZERO,
            });
        }
        held(simd, T::fraction);
    }

    fn both<S: Simd>(simd: S) {
        each_draw::<f32, S>(simd);
        each_draw::<f64, S>(simd);
    }

    #[test]
    fn without_vectors() {
        both(Scalar);
    }

    #[cfg(target_arch = "x86_64")]
    #[test]
    fn by_each_instruction_set() {
        use pulp::x86::{V3, V4};
        if let Some(simd) = V3::try_new() {
            both(simd);
        }
        if let Some(simd) = V4::try_new() {
            both(simd);
        }
    }

    #[test]
    fn all_and_none() {
        let mut out = [0.5_f64; 9];
        mask([1, 2], 3, 1 << 32, &mut out);
        assert_eq!(out, [1.0; 9]);
        mask([1, 2], 3, u64::MAX, &mut out);
        assert_eq!(out, [1.0; 9]);
        mask([1, 2], 3, 0, &mut out);
        assert_eq!(out, [0.0; 9]);
        mask::<f32>([1, 2], 3, 5, &mut []);
    }

    /// The ends of the range, and a word in between: the leading bits, and nothing rounded up.
    #[test]
    fn fractions() {
        assert_eq!((f32::fraction(0, 0), f64::fraction(0, 0)), (0.0, 0.0));
        let single = f32::fraction(u32::MAX, u32::MAX);
        let double = f64::fraction(u32::MAX, u32::MAX);
        assert_eq!(single, 1.0 - 0.5_f32.powi(23));
        assert_eq!(double, 1.0 - 0.5_f64.powi(52));
        let (upper, lower) = (0x8000_0200, 0x0000_1fff);
        assert_eq!(f32::fraction(upper, lower), 0.5 + 0.5_f32.powi(23));
        let expected = 0.5 + 0.5_f64.powi(23) + 0.5_f64.powi(52);
        assert_eq!(f64::fraction(upper, lower), expected);
    }

    #[test]
    fn a_mask_and_numbers_of_one_key() {
        let key = [1, 2];
        let (mut kept, mut numbers) = ([0.5_f64; 9], [2.0_f64; 9]);
        mask(key, 3, 1 << 30, &mut kept);
        uniform(key, 3, &mut numbers);
        for (i, (&kept, &number)) in kept.iter().zip(&numbers).enumerate() {
            let [upper, lower] = words(key, 3 + i as u64);
            assert_eq!(kept, f64::from(u8::from(upper ^ lower < 1 << 30)));
            assert_eq!(number, f64::fraction(upper, lower));
        }
    }
}
