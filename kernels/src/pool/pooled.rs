//! What is joined of the entries of each window.

use super::geometry::Pool;
use crate::float::Float;
use crate::length::LengthError;
use crate::reduce::larger;
use pulp::Arch;

/// So many places are joined at once.
pub(super) const PLACES: usize = 16;

/// What is made of the entries of a window.
trait Join {
    /// What padding is.
    fn padding<T: Float>() -> T;

    /// What the entries make, at so many places from one on.
    fn join<T: Float, const N: usize>(planes: &[T], entries: &[usize], at: usize) -> [T; N];
}

/// The largest of them, the first of several.
struct Largest;

impl Join for Largest {
    #[inline(always)]
    fn padding<T: Float>() -> T {
        -(T::ONE / T::ZERO)
    }

    #[inline(always)]
    fn join<T: Float, const N: usize>(planes: &[T], entries: &[usize], at: usize) -> [T; N] {
        let (first, rest) = match entries {
            [first, rest @ ..] => (*first, rest),
            [] => (0, entries),
        };
        each(planes, rest, at, here(planes, first + at), larger)
    }
}

/// Their sum, in order, beginning with 0.
struct Total;

impl Join for Total {
    #[inline(always)]
    fn padding<T: Float>() -> T {
        T::ZERO
    }

    #[inline(always)]
    fn join<T: Float, const N: usize>(planes: &[T], entries: &[usize], at: usize) -> [T; N] {
        each(
            planes,
            entries,
            at,
            [T::ZERO; N],
            #[inline(always)]
            |sum, x| sum + x,
        )
    }
}

/// What is there joined with each of the entries.
#[inline(always)]
fn each<T: Float, const N: usize>(
    planes: &[T],
    entries: &[usize],
    at: usize,
    mut all: [T; N],
    join: impl Fn(T, T) -> T,
) -> [T; N] {
    for entry in entries {
        let x = here::<T, N>(planes, entry + at);
        for (all, x) in all.iter_mut().zip(x) {
            *all = join(*all, x);
        }
    }
    all
}

/// So many elements from one on. The planes reach so far: a block has no place after the last.
#[inline(always)]
pub(super) fn here<T: Float, const N: usize>(x: &[T], at: usize) -> [T; N] {
    match x[at..].first_chunk() {
        Some(x) => *x,
        None => [T::ZERO; N],
    }
}

impl Pool {
    /// The largest entry of each window, the first of several, NaN if one is. Padding is `-∞`.
    ///
    /// # Errors
    ///
    /// [`LengthError`] if the images are not whole, what they become has another number of elements, or less than
    /// [`held`](Self::held) are held.
    pub fn max<T: Float>(
        &self,
        images: &[T],
        pooled: &mut [T],
        held: &mut [T],
    ) -> Result<(), LengthError> {
        self.pooled::<T, Largest>(images, pooled, held)
    }

    /// The sum of the entries of each window, one after the other. Padding is 0.
    ///
    /// # Errors
    ///
    /// As [`max`](Self::max).
    pub fn sum<T: Float>(
        &self,
        images: &[T],
        pooled: &mut [T],
        held: &mut [T],
    ) -> Result<(), LengthError> {
        self.pooled::<T, Total>(images, pooled, held)
    }

    fn pooled<T: Float, J: Join>(
        &self,
        images: &[T],
        pooled: &mut [T],
        held: &mut [T],
    ) -> Result<(), LengthError> {
        self.check([images.len(), pooled.len(), held.len()])?;
        Arch::new().dispatch(
            #[inline(always)]
            || self.each_group::<T, J>(images, pooled, held),
        );
        Ok(())
    }

    #[inline(always)]
    fn each_group<T: Float, J: Join>(&self, images: &[T], pooled: &mut [T], held: &mut [T]) {
        let (planes, held) = held.split_at_mut(self.in_planes());
        let between = &mut held[..self.between()];
        // What no pixel is written to is the padding.
        planes.fill(J::padding());
        let groups = images.chunks(self.group * self.pixels());
        for (images, pooled) in groups.zip(pooled.chunks_mut(self.group * self.made())) {
            let planes = match planes.is_empty() {
                true => images,
                false => {
                    self.lines.gather(images, planes);
                    &*planes
                }
            };
            let reach = self.reach(images.len() / self.pixels());
            let out = match between.is_empty() {
                true => &mut *pooled,
                false => &mut between[..reach],
            };
            for start in (0..reach).step_by(PLACES) {
                // The last block begins earlier: it makes some places anew.
                let start = start.min(reach.saturating_sub(PLACES));
                match out[start..].first_chunk_mut() {
                    Some(out) => *out = J::join::<T, PLACES>(planes, &self.entries, start),
                    None => {
                        for (at, out) in out[start..].iter_mut().enumerate() {
                            [*out] = J::join(planes, &self.entries, start + at);
                        }
                    }
                }
            }
            if !between.is_empty() {
                let rows = pooled.chunks_exact_mut(self.places[1]);
                for (row, made) in rows.zip(between.chunks(self.lines.pitch)) {
                    row.copy_from_slice(&made[..self.places[1]]);
                }
            }
        }
    }

    /// How long the images, what they become, and what is held may be.
    pub(super) fn check(&self, [images, pooled, held]: [usize; 3]) -> Result<(), LengthError> {
        let count = images / self.pixels();
        for (expected, got, fits) in [
            (
                count * self.pixels(),
                images,
                count * self.pixels() == images,
            ),
            (count * self.made(), pooled, count * self.made() == pooled),
            (self.held(), held, self.held() <= held),
        ] {
            if !fits {
                return Err(LengthError { expected, got });
            }
        }
        Ok(())
    }
}
