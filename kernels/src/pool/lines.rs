//! Images in planes, and back.

use crate::float::Float;

/// Planes of the pixels of an image: a plane for each remainder of their padded rows and columns by the stride.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Lines {
    /// Rows and columns of an image.
    pub image: [usize; 2],
    pub stride: [usize; 2],
    pub padding: [usize; 2],
    /// Rows of a plane.
    pub rows: usize,
    /// Its columns.
    pub pitch: usize,
}

/// A line of an image in the planes: every so many of its pixels from one on are so many beside each other.
struct Part {
    from: usize,
    to: usize,
    len: usize,
}

impl Lines {
    /// Whether images are planes as they are.
    pub fn are_images(&self) -> bool {
        self.stride == [1, 1] && self.padding == [0, 0]
    }

    /// The elements of all planes.
    pub fn size(&self) -> usize {
        self.stride[0] * self.stride[1] * self.plane()
    }

    /// The same, if it is a number.
    pub fn checked_size(&self) -> Option<usize> {
        let all = [self.stride[0], self.stride[1], self.rows, self.pitch];
        all.into_iter().try_fold(4usize, usize::checked_mul)
    }

    fn plane(&self) -> usize {
        self.rows * self.pitch
    }

    /// Where a pixel of the padded image is in the planes.
    pub fn at(&self, row: usize, column: usize) -> usize {
        let [down, across] = self.stride;
        let plane = (row % down) * across + column % across;
        plane * self.plane() + row / down * self.pitch + column / across
    }

    /// The parts of a line of some images, where it is in the planes at all.
    #[inline(always)]
    fn parts(&self, line: usize) -> impl Iterator<Item = Part> {
        let (row, [_, across]) = (line + self.padding[0], self.stride);
        let is_there = row / self.stride[0] < self.rows;
        (0..across.min(self.image[1])).map(move |from| {
            let column = from + self.padding[1];
            let room = match is_there {
                true => self.pitch.saturating_sub(column / across),
                false => 0,
            };
            let len = (self.image[1] - from).div_ceil(across).min(room);
            let to = match len {
                0 => 0,
                _ => self.at(row, column),
            };
            Part { from, to, len }
        })
    }

    /// Writes images into planes. What lies between the pixels stays as it is.
    #[inline(always)]
    pub fn gather<T: Float>(&self, images: &[T], planes: &mut [T]) {
        let across = self.stride[1];
        for (number, line) in images.chunks_exact(self.image[1]).enumerate() {
            let mut parts = self.parts(number);
            if across == 2
                && let (Some(even), Some(odd)) = (parts.next(), parts.next())
            {
                let len = even.len.min(odd.len);
                let (first, second) = two(planes, [even.to, odd.to], len);
                let pairs = line.as_chunks::<2>().0;
                for ((a, b), &[x, y]) in first.iter_mut().zip(second).zip(pairs) {
                    (*a, *b) = (x, y);
                }
                for part in [even, odd] {
                    for i in len..part.len {
                        planes[part.to + i] = line[part.from + 2 * i];
                    }
                }
                continue;
            }
            for part in self.parts(number) {
                let to = &mut planes[part.to..part.to + part.len];
                if across == 1 {
                    to.copy_from_slice(&line[..part.len]);
                    continue;
                }
                let from = line[part.from..].iter().step_by(across);
                for (to, from) in to.iter_mut().zip(from) {
                    *to = *from;
                }
            }
        }
    }

    /// Writes planes into images, zeros where there is no plane.
    #[inline(always)]
    pub fn scatter<T: Float>(&self, planes: &[T], images: &mut [T]) {
        let across = self.stride[1];
        for (number, line) in images.chunks_exact_mut(self.image[1]).enumerate() {
            let mut parts = self.parts(number);
            if across == 2
                && let (Some(even), Some(odd)) = (parts.next(), parts.next())
            {
                let len = even.len.min(odd.len);
                let first = &planes[even.to..even.to + len];
                let second = &planes[odd.to..odd.to + len];
                let (pairs, _) = line.as_chunks_mut::<2>();
                for ((pair, a), b) in pairs.iter_mut().zip(first).zip(second) {
                    *pair = [*a, *b];
                }
                line[2 * len..].fill(T::ZERO);
                for part in [even, odd] {
                    for i in len..part.len {
                        line[part.from + 2 * i] = planes[part.to + i];
                    }
                }
                continue;
            }
            if across == 1 {
                for part in self.parts(number) {
                    let (here, rest) = line.split_at_mut(part.len);
                    here.copy_from_slice(&planes[part.to..part.to + part.len]);
                    rest.fill(T::ZERO);
                }
                continue;
            }
            line.fill(T::ZERO);
            for part in self.parts(number) {
                let to = line[part.from..].iter_mut().step_by(across);
                for (to, from) in to.zip(&planes[part.to..part.to + part.len]) {
                    *to = *from;
                }
            }
        }
    }
}

/// Two runs of one length that do not overlap.
#[inline(always)]
fn two<T>(x: &mut [T], [first, second]: [usize; 2], len: usize) -> (&mut [T], &mut [T]) {
    if first < second {
        let (before, after) = x.split_at_mut(second);
        (&mut before[first..first + len], &mut after[..len])
    } else {
        let (before, after) = x.split_at_mut(first);
        (&mut after[..len], &mut before[second..second + len])
    }
}
