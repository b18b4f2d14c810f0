//! Walks: elements at strides, from any element on.

/// The elements of a slice in the row-major order of some dims: an innermost axis, and the axes around it.
///
/// ```
/// // The transpose of [[1, 2, 3], [4, 5, 6]], from its third element on.
/// let walk = cotangent_kernels::Walk { columns: 2, stride: 3, outer: [(3, 1)].into() };
/// let mut out = [0.0_f32; 3];
/// walk.load(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0], 2, &mut out);
/// assert_eq!(out, [2.0, 5.0, 3.0]);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Walk {
    /// The dim of the innermost axis.
    pub columns: usize,
    /// How far apart its elements are.
    pub stride: usize,
    /// The dims and strides of the others, outermost first.
    pub outer: Box<[(usize, usize)]>,
}

impl Walk {
    /// After how many elements the walk is where it began, if it is before its end.
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

    /// How many elements lie from the first to the last, of a walk that is not empty.
    pub fn span(&self) -> usize {
        let outer = self
            .outer
            .iter()
            .map(|(dim, stride)| dim.saturating_sub(1) * stride);
        1 + self.columns.saturating_sub(1) * self.stride + outer.sum::<usize>()
    }

    /// Calls `f` for each run along the innermost axis, of `len` elements from the element `at` on: where it begins in the
    /// place, where among the elements, and how many they are.
    #[inline(always)]
    pub fn each_run(&self, at: usize, len: usize, mut f: impl FnMut(usize, usize, usize)) {
        if self.columns == 0 {
            return;
        }
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

    /// The elements from `at` on. A walk without columns has none.
    #[inline]
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
