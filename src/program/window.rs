//! The geometry of a window that moves over an image.

use crate::scalar::Semiring;
use core::{fmt, mem};

/// A window of `kernel` pixels (rows, columns) that moves over a padded image in steps of `stride`, its pixels
/// `dilation` apart.
///
/// ```
/// use cotangent::program::Window;
/// let window = Window { padding: [1, 1], ..Window::of([3, 3]) };
/// assert_eq!(window.places([8, 6]), Some([8, 6]));
/// assert_eq!(Window::of([9, 1]).places([8, 6]), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Window {
    /// The pixels of the window.
    pub kernel: [usize; 2],
    /// How far it moves.
    pub stride: [usize; 2],
    /// How many rows or columns of zeros are on each side of the image.
    pub padding: [usize; 2],
    /// How far its pixels are apart: 1 for neighbours.
    pub dilation: [usize; 2],
}

impl Window {
    /// A window that moves by one pixel over an image without padding.
    pub const fn of(kernel: [usize; 2]) -> Self {
        Window {
            kernel,
            stride: [1; 2],
            padding: [0; 2],
            dilation: [1; 2],
        }
    }

    /// How many pixels it has.
    pub fn size(&self) -> usize {
        self.kernel[0].saturating_mul(self.kernel[1])
    }

    /// How many places it has along each axis of an image: `(H + 2 padding - dilation (kernel - 1) - 1) / stride + 1`.
    /// `None` where it does not fit, and for a kernel, stride or dilation of 0.
    pub fn places(&self, image: [usize; 2]) -> Option<[usize; 2]> {
        let along = |axis: usize| {
            let reach = self.dilation[axis].checked_mul(self.kernel[axis].checked_sub(1)?)?;
            let padded = image[axis].checked_add(self.padding[axis].checked_mul(2)?)?;
            let moves = padded.checked_sub(reach.checked_add(1)?)?;
            match self.dilation[axis] {
                0 => None,
                _ => moves.checked_div(self.stride[axis])?.checked_add(1),
            }
        };
        Some([along(0)?, along(1)?])
    }

    /// The dims `[kernel, places]` of what it makes of an image; `None` where it does not fit or they are too large.
    pub(super) fn unfolded(&self, image: [usize; 2]) -> Option<[usize; 2]> {
        let [rows, columns] = self.places(image)?;
        let size = self.kernel[0].checked_mul(self.kernel[1])?;
        Some([size, rows.checked_mul(columns)?])
    }

    /// The windows of each image: a row for each pixel of the window, an entry for each place. `out` has zeros where the padding is.
    pub(crate) fn unfold<E: Clone>(&self, pixels: [usize; 2], images: &[E], out: &mut [E]) {
        let Some((size, entries)) = self.sizes(pixels) else {
            return;
        };
        let images = images.chunks_exact(size);
        for (image, out) in images.zip(out.chunks_exact_mut(entries)) {
            self.visit(pixels, |run| {
                let to = &mut out[run.entry..run.entry + run.len];
                match run.step {
                    1 => to.clone_from_slice(&image[run.pixel..run.pixel + run.len]),
                    step => {
                        let from = image[run.pixel..].iter().step_by(step);
                        to.iter_mut()
                            .zip(from)
                            .for_each(|(to, from)| *to = from.clone());
                    }
                }
            });
        }
    }

    /// The adjoint: adds the entries of windows to the pixels that they are of.
    pub(crate) fn fold<E: Semiring>(&self, pixels: [usize; 2], x: &[E], images: &mut [E]) {
        let Some((size, entries)) = self.sizes(pixels) else {
            return;
        };
        let add = |to: &mut E, from: &E| {
            let sum = mem::replace(to, E::zero());
            *to = sum + from.clone();
        };
        let images = images.chunks_exact_mut(size);
        for (x, image) in x.chunks_exact(entries).zip(images) {
            self.visit(pixels, |run| {
                let from = x[run.entry..run.entry + run.len].iter();
                match run.step {
                    1 => {
                        let to = &mut image[run.pixel..run.pixel + run.len];
                        to.iter_mut().zip(from).for_each(|(to, from)| add(to, from));
                    }
                    step => {
                        let to = image[run.pixel..].iter_mut().step_by(step);
                        to.zip(from).for_each(|(to, from)| add(to, from));
                    }
                }
            });
        }
    }

    /// How many elements an image has, and what the window makes of it; none if one of them has none.
    fn sizes(&self, pixels: [usize; 2]) -> Option<(usize, usize)> {
        let [size, places] = self.unfolded(pixels)?;
        let sizes = (pixels[0] * pixels[1], size * places);
        (sizes.0 > 0 && sizes.1 > 0).then_some(sizes)
    }

    /// Visits the entries of `[kernel, places]` that are not padding, in order, a row of places at a time.
    fn visit(&self, image: [usize; 2], mut visit: impl FnMut(Run)) {
        let Some([rows, columns]) = self.places(image) else {
            return;
        };
        // The window fits, so none of these sums and products is larger than the padded image.
        let padded = |axis: usize, place: usize, offset: usize| {
            place * self.stride[axis] + offset * self.dilation[axis]
        };
        let step = self.stride[1];
        for y in 0..self.kernel[0] {
            for x in 0..self.kernel[1] {
                // The columns of places whose pixel is not padding.
                let (before, offset) = (self.padding[1], padded(1, 0, x));
                let first = before.saturating_sub(offset).div_ceil(step);
                let end = (before + image[1])
                    .saturating_sub(offset)
                    .div_ceil(step)
                    .min(columns);
                if first >= end {
                    continue;
                }
                for row in 0..rows {
                    let line = padded(0, row, y).checked_sub(self.padding[0]);
                    if let Some(line) = line.filter(|&line| line < image[0]) {
                        visit(Run {
                            entry: ((y * self.kernel[1] + x) * rows + row) * columns + first,
                            pixel: line * image[1] + padded(1, first, x) - before,
                            len: end - first,
                            step,
                        });
                    }
                }
            }
        }
    }
}

/// Entries of `[kernel, places]` beside each other, and their pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Run {
    /// The first entry.
    pub entry: usize,
    /// Its pixel in the image.
    pub pixel: usize,
    /// How many entries.
    pub len: usize,
    /// How far their pixels are apart.
    pub step: usize,
}

impl fmt::Display for Window {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "kernel {:?}", self.kernel)?;
        let usual = Window::of(self.kernel);
        for (name, value, usual) in [
            ("stride", self.stride, usual.stride),
            ("padding", self.padding, usual.padding),
            ("dilation", self.dilation, usual.dilation),
        ] {
            if value != usual {
                write!(f, ", {name} {value:?}")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The entries that are not padding and their pixels, one by one.
    fn one_by_one(window: &Window, image: [usize; 2]) -> Vec<(usize, usize)> {
        let [rows, columns] = window.places(image).unwrap();
        let pixel = |axis: usize, place: usize, offset: usize| {
            let padded = place * window.stride[axis] + offset * window.dilation[axis];
            let pixel = padded.checked_sub(window.padding[axis])?;
            (pixel < image[axis]).then_some(pixel)
        };
        let (mut entry, mut all) = (0, Vec::new());
        for (y, x) in (0..window.kernel[0]).flat_map(|y| (0..window.kernel[1]).map(move |x| (y, x)))
        {
            for (row, column) in (0..rows).flat_map(|row| (0..columns).map(move |c| (row, c))) {
                if let (Some(row), Some(column)) = (pixel(0, row, y), pixel(1, column, x)) {
                    all.push((entry, row * image[1] + column));
                }
                entry += 1;
            }
        }
        all
    }

    #[test]
    fn runs_are_entries_beside_each_other() {
        let sizes = |last: usize| (0..=last).flat_map(move |a| (0..=last).map(move |b| [a, b]));
        let mut seen = 0;
        for kernel in [[1, 1], [2, 3], [3, 2]] {
            for (stride, padding) in sizes(3).flat_map(|a| sizes(3).map(move |b| (a, b))) {
                for dilation in [[1, 1], [2, 1], [1, 3]] {
                    let window = Window {
                        kernel,
                        stride,
                        padding,
                        dilation,
                    };
                    for image in [[0, 2], [4, 0], [1, 1], [4, 5], [6, 3]] {
                        if window.places(image).is_none() {
                            continue;
                        }
                        let mut all = Vec::new();
                        window.visit(image, |run| {
                            let each = |i: usize| (run.entry + i, run.pixel + i * run.step);
                            all.extend((0..run.len).map(each));
                        });
                        assert_eq!(all, one_by_one(&window, image), "{window} of {image:?}");
                        seen += all.len();
                    }
                }
            }
        }
        assert!(seen > 10_000);
    }
}
