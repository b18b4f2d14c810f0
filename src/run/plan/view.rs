//! Which elements of a buffer a value is.

use crate::tensor::Dims;

/// Elements of a buffer at strides, in the row-major order of some dims. Reshaping, permuting, repeating and slicing a value
/// give another view of its buffer, not a copy.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct View {
    /// The buffer.
    pub buffer: usize,
    /// Where the first element is.
    pub offset: usize,
    /// How far it moves with each step of the loop around it.
    pub advance: usize,
    /// The dims.
    pub dims: Vec<usize>,
    /// How far apart neighbours along each axis are.
    pub strides: Vec<usize>,
}

/// The strides of a dense tensor, row major.
pub(super) fn dense(dims: &[usize]) -> Vec<usize> {
    Dims::new(dims).strides().to_vec()
}

/// Whether elements of these strides lie beside each other, in order.
pub(super) fn is_dense(dims: &[usize], strides: &[usize]) -> bool {
    let mut step = 1;
    for (&dim, &stride) in dims.iter().zip(strides).rev() {
        if dim != 1 && stride != step {
            return dims.contains(&0);
        }
        step *= dim;
    }
    true
}

impl View {
    /// All of a buffer.
    pub fn whole(buffer: usize, dims: &[usize]) -> View {
        View {
            buffer,
            offset: 0,
            advance: 0,
            dims: dims.to_vec(),
            strides: dense(dims),
        }
    }

    /// How many elements.
    pub fn count(&self) -> usize {
        self.dims.iter().product()
    }

    /// How many elements of the buffer lie from its first to its last.
    pub fn span(&self) -> usize {
        if self.count() == 0 {
            return 0;
        }
        let axes = self.dims.iter().zip(&self.strides);
        1 + axes.map(|(dim, stride)| (dim - 1) * stride).sum::<usize>()
    }

    /// Whether its elements lie beside each other, in order.
    pub fn is_dense(&self) -> bool {
        is_dense(&self.dims, &self.strides)
    }

    /// Whether it is all of a buffer of this length, in order.
    pub fn is_all_of(&self, len: usize) -> bool {
        self.offset == 0 && self.advance == 0 && self.count() == len && self.is_dense()
    }

    /// Axis `i` is axis `axes[i]` of this.
    pub fn permuted(&self, axes: &[usize]) -> View {
        let of = |all: &[usize]| axes.iter().map(|&axis| all[axis]).collect();
        View {
            dims: of(&self.dims),
            strides: of(&self.strides),
            ..*self
        }
    }

    /// Axis `i` becomes axis `axes[i]` of these dims, the others repeat.
    pub fn repeated(&self, dims: &[usize], axes: &[usize]) -> View {
        let mut strides = vec![0; dims.len()];
        for (&to, &stride) in axes.iter().zip(&self.strides) {
            strides[to] = stride;
        }
        View {
            dims: dims.to_vec(),
            strides,
            ..*self
        }
    }

    /// A part of an axis.
    pub fn part(&self, axis: usize, start: usize, len: usize) -> View {
        let mut part = self.clone();
        part.dims[axis] = len;
        if part.count() > 0 {
            part.offset += start * part.strides[axis];
        }
        part
    }

    /// One entry of the first axis for each step of a loop.
    pub fn entry(&self) -> View {
        View {
            advance: self.strides[0],
            dims: self.dims[1..].to_vec(),
            strides: self.strides[1..].to_vec(),
            ..*self
        }
    }

    /// The same elements under other dims; `None` where no strides say so.
    pub fn reshaped(&self, dims: &[usize]) -> Option<View> {
        let strides = match self.is_dense() {
            true => dense(dims),
            false => split_strides(&self.dims, &self.strides, dims)?,
        };
        Some(View {
            dims: dims.to_vec(),
            strides,
            ..*self
        })
    }
}

/// The strides of other dims with as many elements: axes are split, and joined where one walk goes over them.
fn split_strides(dims: &[usize], strides: &[usize], new: &[usize]) -> Option<Vec<usize>> {
    let axes = dims.iter().copied().zip(strides.iter().copied());
    let axes: Vec<(usize, usize)> = axes.filter(|(dim, _)| *dim != 1).collect();
    let mut out = vec![0; new.len()];
    let (mut i, mut j) = (0, 0);
    while i < axes.len() {
        // The shortest runs of axes of both that have as many elements.
        let (mut have, mut want) = (axes[i].0, 1);
        let (first, begin) = (i, j);
        i += 1;
        while have != want {
            if want < have {
                want *= new.get(j)?;
                j += 1;
            } else {
                // They must be one walk.
                let (dim, stride) = *axes.get(i)?;
                if axes[i - 1].1 != dim * stride {
                    return None;
                }
                have *= dim;
                i += 1;
            }
        }
        debug_assert!(first < i);
        let mut step = axes[i - 1].1;
        for axis in (begin..j).rev() {
            out[axis] = step;
            step *= new[axis];
        }
    }
    Some(out)
}

/// The axes of some walks over the same dims, joined where each of them goes over both in one.
pub(super) fn joined(dims: &[usize], walks: &[&[usize]]) -> (Vec<usize>, Vec<Vec<usize>>) {
    let mut all: Vec<usize> = Vec::new();
    let mut strides: Vec<Vec<usize>> = vec![Vec::new(); walks.len()];
    for (axis, &dim) in dims.iter().enumerate().filter(|(_, dim)| **dim != 1) {
        let fits = |(stride, walk): (&Vec<usize>, &&[usize])| {
            stride.last().is_some_and(|&last| last == walk[axis] * dim)
        };
        match all.last_mut() {
            Some(last) if strides.iter().zip(walks).all(fits) => {
                *last *= dim;
                for (stride, walk) in strides.iter_mut().zip(walks) {
                    if let Some(last) = stride.last_mut() {
                        *last = walk[axis];
                    }
                }
            }
            _ => {
                all.push(dim);
                for (stride, walk) in strides.iter_mut().zip(walks) {
                    stride.push(walk[axis]);
                }
            }
        }
    }
    (all, strides)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The offsets of the elements, in order.
    fn offsets(view: &View) -> Vec<usize> {
        let mut all = vec![view.offset];
        for (&dim, &stride) in view.dims.iter().zip(&view.strides) {
            all = all
                .iter()
                .flat_map(|at| (0..dim).map(move |i| at + i * stride))
                .collect();
        }
        all
    }

    #[test]
    fn a_reshaped_view_has_the_same_elements() {
        let mut seen = 0;
        let x = View::whole(0, &[2, 3, 4]);
        let views = [
            x.clone(),
            x.permuted(&[2, 0, 1]),
            x.permuted(&[0, 2, 1]),
            x.part(2, 1, 2),
            x.part(0, 1, 1),
            x.repeated(&[2, 2, 3, 4], &[0, 2, 3]),
            x.repeated(&[2, 3, 4, 2], &[0, 1, 2]),
        ];
        for view in views {
            let n = view.count();
            let divisors: Vec<usize> = (1..=n).filter(|d| n.is_multiple_of(*d)).collect();
            for (&a, &b) in divisors
                .iter()
                .flat_map(|a| divisors.iter().map(move |b| (a, b)))
            {
                if !n.is_multiple_of(a * b) {
                    continue;
                }
                if let Some(other) = view.reshaped(&[a, b, n / a / b]) {
                    assert_eq!(offsets(&other), offsets(&view), "{view:?} as {other:?}");
                    seen += 1;
                }
            }
        }
        assert!(seen > 60, "{seen}");
        // What is cut cannot be one axis.
        assert_eq!(x.part(2, 1, 2).reshaped(&[12]), None);
        assert_eq!(x.permuted(&[2, 1, 0]).reshaped(&[24]), None);
    }

    #[test]
    fn axes_are_joined_for_all_walks_at_once() {
        let (dense, row): (&[usize], &[usize]) = (&[12, 4, 1], &[0, 0, 1]);
        assert_eq!(joined(&[2, 3, 4], &[dense]), (vec![24], vec![vec![1]]));
        let expected = (vec![6, 4], vec![vec![4, 1], vec![0, 1]]);
        assert_eq!(joined(&[2, 3, 4], &[dense, row]), expected);
        assert_eq!(joined(&[1, 1], &[&[1, 1]]), (vec![], vec![vec![]]));
    }
}
