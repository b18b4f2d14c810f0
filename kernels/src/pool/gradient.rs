//! The gradients of pools: what each pixel is given by the windows that it is in.
//!
//! The shares of a pixel are added in the order of the entries of the window. Places from the last to the first, and at each place
//! the entries in order, are that order: of two places that share a pixel, it is an earlier entry of the later one.

use super::geometry::Pool;
use super::pooled::{PLACES, here};
use crate::float::Float;
use crate::length::LengthError;
use pulp::Arch;

/// Adds to each entry that is the largest, `y`, its share of `dy`.
#[inline(always)]
fn share<T: Float, const N: usize>(
    planes: &[T],
    entries: &[usize],
    at: usize,
    [y, dy]: [[T; N]; 2],
    sums: &mut [T],
) {
    // NaN is not below: where the largest is NaN all entries share.
    let mut count = [T::ZERO; N];
    for entry in entries {
        let x = here::<T, N>(planes, entry + at);
        for ((count, x), y) in count.iter_mut().zip(x).zip(y) {
            *count = *count + if y > x { T::ZERO } else { T::ONE };
        }
    }
    let each = count.map(|count| T::ONE / count);
    for entry in entries {
        let x = here::<T, N>(planes, entry + at);
        let Some(sums) = sums[entry + at..].first_chunk_mut::<N>() else {
            continue;
        };
        for i in 0..N {
            // 0 times what is not finite is NaN, so it is added too.
            let share = if y[i] > x[i] { T::ZERO } else { each[i] };
            sums[i] = sums[i] + share * dy[i];
        }
    }
}

/// Adds `dy` to all entries.
#[inline(always)]
fn spread<T: Float, const N: usize>(entries: &[usize], at: usize, dy: [T; N], sums: &mut [T]) {
    for entry in entries {
        let Some(sums) = sums[entry + at..].first_chunk_mut::<N>() else {
            continue;
        };
        for (sum, dy) in sums.iter_mut().zip(dy) {
            *sum = *sum + dy;
        }
    }
}

/// What the gradient of a maximum reads: planes, and the largest at each place.
type Read<'r, T> = Option<[&'r [T]; 2]>;

impl Pool {
    /// What the images are given of `dy`, of images `x` that became `y`: the entries of a window that are as large as its largest
    /// share what its place has. In the order `x`, `y`, `dy`.
    ///
    /// # Errors
    ///
    /// As [`max`](Self::max).
    pub fn max_gradient<T: Float>(
        &self,
        [x, y, dy]: [&[T]; 3],
        dx: &mut [T],
        held: &mut [T],
    ) -> Result<(), LengthError> {
        self.check([x.len(), y.len(), held.len()])?;
        self.check([dx.len(), dy.len(), held.len()])?;
        Arch::new().dispatch(
            #[inline(always)]
            || self.gradient(Some([x, y]), dy, dx, held),
        );
        Ok(())
    }

    /// What the images are given of `dy`: each entry of a window all that its place has.
    ///
    /// # Errors
    ///
    /// As [`max`](Self::max).
    pub fn sum_gradient<T: Float>(
        &self,
        dy: &[T],
        dx: &mut [T],
        held: &mut [T],
    ) -> Result<(), LengthError> {
        self.check([dx.len(), dy.len(), held.len()])?;
        Arch::new().dispatch(
            #[inline(always)]
            || self.gradient(None, dy, dx, held),
        );
        Ok(())
    }

    #[inline(always)]
    fn gradient<T: Float>(&self, read: Read<'_, T>, dy: &[T], dx: &mut [T], held: &mut [T]) {
        let (planes, held) = held.split_at_mut(self.in_planes());
        let (sums, held) = held.split_at_mut(self.in_planes());
        let (between, held) = held.split_at_mut(self.between());
        let dy_between = &mut held[..self.between()];
        // What no pixel is written to is padding, and what is between rows of places is given nothing.
        if read.is_some() {
            planes.fill(-(T::ONE / T::ZERO));
            between.fill(T::ZERO);
        }
        dy_between.fill(T::ZERO);
        let [pixels, made] = [self.pixels(), self.made()].map(|size| self.group * size);
        for (group, (dy, dx)) in dy.chunks(made).zip(dx.chunks_mut(pixels)).enumerate() {
            let (images, count) = (dx.len() / self.pixels(), dy.len());
            let read = match read {
                Some([x, y]) => {
                    let x = &x[group * pixels..][..dx.len()];
                    let y = self.apart(&y[group * made..][..count], between);
                    let planes = match planes.is_empty() {
                        true => x,
                        false => {
                            self.lines.gather(x, planes);
                            &*planes
                        }
                    };
                    Some([planes, y])
                }
                None => None,
            };
            let dy = self.apart(dy, dy_between);
            let to = match sums.is_empty() {
                true => &mut *dx,
                false => &mut *sums,
            };
            to.fill(T::ZERO);
            self.backwards(read, dy, images, to);
            if !sums.is_empty() {
                self.lines.scatter(sums, dx);
            }
        }
    }

    /// Rows of places with the columns between them, which are left as they are.
    #[inline(always)]
    fn apart<'r, T: Float>(&self, places: &'r [T], between: &'r mut [T]) -> &'r [T] {
        if between.is_empty() {
            return places;
        }
        let columns = self.places[1];
        let rows = between.chunks_exact_mut(self.lines.pitch);
        for (to, from) in rows.zip(places.chunks_exact(columns)) {
            to[..columns].copy_from_slice(from);
        }
        between
    }

    /// From the last place to the first.
    #[inline(always)]
    fn backwards<T: Float>(&self, read: Read<'_, T>, dy: &[T], images: usize, sums: &mut [T]) {
        let mut end = self.reach(images);
        if end < PLACES {
            for at in (0..end).rev() {
                self.block::<T, 1>(read, here(dy, at), at, sums);
            }
            return;
        }
        while end > 0 {
            let at = end.saturating_sub(PLACES);
            let mut of_block = here::<T, PLACES>(dy, at);
            // What is done already is given nothing more.
            of_block[end - at..].fill(T::ZERO);
            self.block(read, of_block, at, sums);
            end = at;
        }
    }

    #[inline(always)]
    fn block<T: Float, const N: usize>(
        &self,
        read: Read<'_, T>,
        dy: [T; N],
        at: usize,
        sums: &mut [T],
    ) {
        match read {
            Some([planes, y]) => share(planes, &self.entries, at, [here(y, at), dy], sums),
            None => spread(&self.entries, at, dy, sums),
        }
    }
}
