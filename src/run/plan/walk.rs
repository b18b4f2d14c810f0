//! Walks: elements at strides, from any element on.

use super::view::joined;

/// The elements of a place in the order of some dims: an innermost axis, and the axes around it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Walk {
    /// The dim of the innermost axis.
    pub columns: usize,
    /// How far apart its elements are.
    pub stride: usize,
    /// The dims and strides of the others, outermost first.
    pub outer: Box<[(usize, usize)]>,
}

impl Walk {
    pub fn of(dims: &[usize], strides: &[usize]) -> Walk {
        let (mut dims, mut all) = joined(dims, &[strides]);
        let mut strides = all.swap_remove(0);
        let (columns, stride) = match (dims.pop(), strides.pop()) {
            (Some(columns), Some(stride)) => (columns, stride),
            _ => (1, 0),
        };
        Walk {
            columns,
            stride,
            outer: dims.into_iter().zip(strides).collect(),
        }
    }

    /// After how many elements the walk is where it began.
    pub fn period(&self) -> Option<usize> {
        match (
            self.stride,
            self.outer.iter().all(|(_, stride)| *stride == 0),
        ) {
            (0, true) => Some(1),
            (_, true) if !self.outer.is_empty() => Some(self.columns),
            _ => None,
        }
    }

    /// Where row `row` begins.
    #[inline]
    fn start(&self, row: usize) -> usize {
        if let [(_, stride)] = *self.outer {
            return row * stride;
        }
        let (mut rest, mut start) = (row, 0);
        for &(dim, stride) in self.outer.iter().rev() {
            start += rest % dim * stride;
            rest /= dim;
        }
        start
    }

    /// Calls `f` for each run along the innermost axis, of `len` elements from the element `at` on: where it begins in the
    /// place, where among the elements, and how many they are.
    #[inline]
    pub fn each_run(&self, at: usize, len: usize, mut f: impl FnMut(usize, usize, usize)) {
        let (mut row, mut column) = (at / self.columns, at % self.columns);
        let mut done = 0;
        while done < len {
            let here = (self.columns - column).min(len - done);
            f(self.start(row) + column * self.stride, done, here);
            done += here;
            row += 1;
            column = 0;
        }
    }

    /// The elements from `at` on.
    pub fn load<T: Copy>(&self, from: &[T], at: usize, out: &mut [T]) {
        let len = out.len();
        self.each_run(at, len, |offset, first, len| {
            let out = &mut out[first..first + len];
            match self.stride {
                0 => out.fill(from[offset]),
                1 => out.copy_from_slice(&from[offset..offset + len]),
                stride => {
                    for (out, &x) in out.iter_mut().zip(from[offset..].iter().step_by(stride)) {
                        *out = x;
                    }
                }
            }
        });
    }
}

pub(super) fn gcd(a: usize, b: usize) -> usize {
    if b == 0 { a } else { gcd(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every part of some walks against offsets computed one by one.
    #[test]
    fn a_part_of_a_walk_is_its_elements() {
        let from: Vec<usize> = (0..200).collect();
        for (dims, strides) in [
            ([2, 3, 4], [12, 4, 1]),
            ([2, 3, 4], [1, 2, 6]),
            ([2, 3, 4], [0, 0, 1]),
            ([2, 3, 4], [3, 1, 0]),
            ([2, 3, 4], [40, 9, 2]),
            ([1, 1, 1], [5, 5, 5]),
        ] {
            let walk = Walk::of(&dims, &strides);
            let count: usize = dims.iter().product();
            let offset = |i: usize| {
                let index = [i / dims[2] / dims[1], i / dims[2] % dims[1], i % dims[2]];
                index.iter().zip(strides).map(|(i, s)| i * s).sum::<usize>()
            };
            for at in 0..count {
                for len in 0..=count - at {
                    let mut out = vec![0; len];
                    walk.load(&from, at, &mut out);
                    let expected: Vec<usize> = (at..at + len).map(offset).collect();
                    assert_eq!(out, expected, "{walk:?} from {at}");
                }
            }
        }
    }

    #[test]
    fn rows_that_repeat_have_a_period() {
        let period = |dims: &[usize], strides: &[usize]| Walk::of(dims, strides).period();
        assert_eq!(period(&[5, 3], &[0, 1]), Some(3));
        assert_eq!(period(&[5, 3], &[0, 0]), Some(1));
        assert_eq!(period(&[5, 3], &[1, 0]), None);
        assert_eq!(period(&[5, 3], &[3, 1]), None);
    }
}
