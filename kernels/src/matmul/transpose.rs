//! Matrices stored by columns, copied by rows: in tiles of a register's height, which on an x86 with AVX2 are turned in registers.

use super::matrix::Matrix;
use crate::float::Float;

/// So many rows and columns are turned before the next: what they touch is in the first cache.
const BLOCK: usize = 64;

/// Copies a matrix whose columns are contiguous (`from.row` is 1, and it was checked) into rows that are `stride` apart.
pub(super) fn transpose<T: Float>(from: Matrix<T>, sizes: [usize; 2], to: &mut [T], stride: usize) {
    T::turn(from.data, from.column, sizes, to, stride);
}

/// What a machine without the instructions does, and the edges of one with them: from row `i` and column `j` on.
pub(crate) fn one_by_one<T: Copy>(
    from: &[T],
    column: usize,
    [rows, columns]: [std::ops::Range<usize>; 2],
    to: &mut [T],
    stride: usize,
) {
    for i in rows {
        for j in columns.clone() {
            to[i * stride + j] = from[j * column + i];
        }
    }
}

/// The scalars of matrices that can be turned.
pub trait Turn: Sized {
    /// Copies columns that are `column` apart into rows that are `stride` apart.
    fn turn(from: &[Self], column: usize, sizes: [usize; 2], to: &mut [Self], stride: usize);
    /// A buffer of this thread, which stays: it grows to what is asked for, and then never allocates.
    fn with_buffer<R>(len: usize, f: impl FnOnce(&mut [Self]) -> R) -> R;
}

macro_rules! turn {
    ($F:ident $N:literal $tile:path) => {
        impl Turn for $F {
            fn turn(from: &[$F], column: usize, sizes: [usize; 2], to: &mut [$F], stride: usize) {
                let [rows, columns] = sizes;
                #[cfg(target_arch = "x86_64")]
                if let Some(simd) = turned::instructions() {
                    let [i_end, j_end] = sizes.map(|size| size - size % $N);
                    pulp::Simd::vectorize(
                        simd,
                        #[inline(always)]
                        || {
                            for j0 in (0..j_end).step_by(BLOCK) {
                              for i0 in (0..i_end).step_by(BLOCK) {
                                for j in (j0..j_end.min(j0 + BLOCK)).step_by($N) {
                                    for i in (i0..i_end.min(i0 + BLOCK)).step_by($N) {
                                        let lines = core::array::from_fn(
                                            #[inline(always)]
                                            |r| line(&from[(j + r) * column + i..]),
                                        );
                                        let lines = $tile(simd, lines);
                                        for (r, line) in lines.into_iter().enumerate() {
                                            to[(i + r) * stride + j..][..$N].copy_from_slice(&line);
                                        }
                                    }
                                }
                              }
                            }
                        },
                    );
                    one_by_one(from, column, [0..i_end, j_end..columns], to, stride);
                    one_by_one(from, column, [i_end..rows, 0..columns], to, stride);
                    return;
                }
                one_by_one(from, column, [0..rows, 0..columns], to, stride);
            }

            fn with_buffer<R>(len: usize, f: impl FnOnce(&mut [$F]) -> R) -> R {
                thread_local!(static BUFFER: std::cell::Cell<Vec<$F>> = const { std::cell::Cell::new(Vec::new()) });
                let mut buffer = BUFFER.take();
                if buffer.len() < len {
                    buffer.resize(len, 0.0);
                }
                let result = f(&mut buffer[..len]);
                BUFFER.set(buffer);
                result
            }
        }
    };
}

turn!(f32 8 turned::of_f32);
turn!(f64 4 turned::of_f64);

/// The first elements.
#[cfg(target_arch = "x86_64")]
#[inline(always)]
fn line<T: Copy + Default, const N: usize>(x: &[T]) -> [T; N] {
    let mut line = [T::default(); N];
    line.copy_from_slice(&x[..N]);
    line
}

/// Tiles in registers.
#[cfg(target_arch = "x86_64")]
mod turned {
    use pulp::x86::V3;
    use pulp::{Arch, cast};

    /// AVX2, if the machine has it.
    #[inline(always)]
    pub(super) fn instructions() -> Option<V3> {
        match Arch::new() {
            Arch::V3(simd) => Some(simd),
            Arch::V4(simd) => Some(*simd),
            _ => None,
        }
    }

    /// Pairs, then fours, then halves.
    #[inline(always)]
    pub(super) fn of_f32(simd: V3, lines: [[f32; 8]; 8]) -> [[f32; 8]; 8] {
        let avx = simd.avx;
        let x: [core::arch::x86_64::__m256; 8] = lines.map(cast);
        let low = |i: usize| avx._mm256_unpacklo_ps(x[i], x[i + 1]);
        let high = |i: usize| avx._mm256_unpackhi_ps(x[i], x[i + 1]);
        let fours = |i: usize| {
            [
                avx._mm256_shuffle_ps::<0x44>(low(i), low(i + 2)),
                avx._mm256_shuffle_ps::<0xee>(low(i), low(i + 2)),
                avx._mm256_shuffle_ps::<0x44>(high(i), high(i + 2)),
                avx._mm256_shuffle_ps::<0xee>(high(i), high(i + 2)),
            ]
        };
        let (a, b) = (fours(0), fours(4));
        let first = |i: usize| cast(avx._mm256_permute2f128_ps::<0x20>(a[i], b[i]));
        let second = |i: usize| cast(avx._mm256_permute2f128_ps::<0x31>(a[i], b[i]));
        [
            first(0),
            first(1),
            first(2),
            first(3),
            second(0),
            second(1),
            second(2),
            second(3),
        ]
    }

    /// Pairs, then halves.
    #[inline(always)]
    pub(super) fn of_f64(simd: V3, lines: [[f64; 4]; 4]) -> [[f64; 4]; 4] {
        let avx = simd.avx;
        let x: [core::arch::x86_64::__m256d; 4] = lines.map(cast);
        let low = |i: usize| avx._mm256_unpacklo_pd(x[i], x[i + 1]);
        let high = |i: usize| avx._mm256_unpackhi_pd(x[i], x[i + 1]);
        [
            cast(avx._mm256_permute2f128_pd::<0x20>(low(0), low(2))),
            cast(avx._mm256_permute2f128_pd::<0x20>(high(0), high(2))),
            cast(avx._mm256_permute2f128_pd::<0x31>(low(0), low(2))),
            cast(avx._mm256_permute2f128_pd::<0x31>(high(0), high(2))),
        ]
    }
}
