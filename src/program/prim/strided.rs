//! Elements at strides: what moving and joining whole tensors is made of.

use crate::tensor::{AnyTensor, Dims, Indices, Type, Value};

/// An axis of a view: how many entries it has, and how far apart they are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Axis {
    pub dim: usize,
    pub stride: usize,
}

/// Elements of a row-major tensor, in the row-major order of some axes. The axes are joined where one walk goes over
/// both, so that the innermost one is a run of memory where there is one.
#[derive(Debug)]
pub(super) struct View {
    start: usize,
    outer: Vec<Axis>,
    inner: Axis,
}

impl View {
    /// The elements from `start` on, along these axes.
    pub fn new(start: usize, axes: impl IntoIterator<Item = Axis>) -> Self {
        let mut outer: Vec<Axis> = Vec::new();
        for axis in axes.into_iter().filter(|axis| axis.dim != 1) {
            match outer.last_mut() {
                Some(last) if last.stride == axis.stride * axis.dim => {
                    *last = Axis {
                        dim: last.dim * axis.dim,
                        stride: axis.stride,
                    };
                }
                _ => outer.push(axis),
            }
        }
        let inner = outer.pop().unwrap_or(Axis { dim: 1, stride: 1 });
        View {
            start,
            outer,
            inner,
        }
    }

    /// Axes of these dims and strides.
    pub fn of(start: usize, dims: &[usize], strides: &[usize]) -> Self {
        let axes = dims.iter().zip(strides);
        View::new(start, axes.map(|(&dim, &stride)| Axis { dim, stride }))
    }

    /// The innermost axis.
    pub fn inner(&self) -> Axis {
        self.inner
    }

    /// Where each walk along the innermost axis begins.
    pub fn starts(&self) -> impl Iterator<Item = usize> {
        let count = self.outer.iter().map(|axis| axis.dim).product();
        let mut index = vec![0; self.outer.len()];
        let mut next = self.start;
        (0..count).map(move |_| {
            let here = next;
            for (index, axis) in index.iter_mut().zip(&self.outer).rev() {
                *index += 1;
                next += axis.stride;
                if *index < axis.dim {
                    break;
                }
                next -= axis.stride * axis.dim;
                *index = 0;
            }
            here
        })
    }

    /// The elements of a tensor, under these dims. It shares them where they are all of them in order.
    pub fn elements<E: Clone>(&self, x: &AnyTensor<E>, dims: &Dims) -> AnyTensor<E> {
        let data = x.as_slice();
        let all = Axis {
            dim: data.len(),
            stride: 1,
        };
        if self.start == 0 && self.outer.is_empty() && self.inner == all {
            return x.with_dims(dims.clone());
        }
        let mut out = Vec::with_capacity(dims.count());
        let Axis { dim, stride } = self.inner;
        if dims.count() > 0 {
            for start in self.starts() {
                let from = &data[start..];
                match stride {
                    0 => out.resize(out.len() + dim, from[0].clone()),
                    1 => out.extend_from_slice(&from[..dim]),
                    _ => out.extend(from.iter().step_by(stride).take(dim).cloned()),
                }
            }
        }
        AnyTensor::from_parts(dims.clone(), out)
    }

    /// The elements of a value of any kind, as a value of type `y`.
    pub fn value<A: Clone>(&self, x: &Value<A>, y: &Type) -> Value<A> {
        match x {
            Value::Scalar(x) => Value::Scalar(self.elements(x, y.dims())),
            Value::Index(x) => {
                let elements = self.elements(x.tensor(), y.dims());
                Value::Index(Indices::from_parts(x.below(), elements))
            }
            Value::Key(x) => Value::Key(self.elements(x, y.dims())),
        }
    }
}

/// Around an axis: how many outer rows, how long the axis, how many elements in one entry of it.
pub(crate) fn around(dims: &[usize], axis: usize) -> (usize, usize, usize) {
    let outer = dims[..axis].iter().product();
    let inner = dims[axis + 1..].iter().product();
    (outer, dims[axis], inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every permutation, part and repetition of small tensors, against offsets computed one by one.
    #[test]
    fn a_view_is_its_elements_one_by_one() {
        let orders = [
            [0, 1, 2],
            [0, 2, 1],
            [1, 0, 2],
            [1, 2, 0],
            [2, 0, 1],
            [2, 1, 0],
        ];
        for sizes in (0..64).map(|i| [i / 16, i / 4 % 4, i % 4]) {
            let all = Dims::new(&sizes);
            let x = AnyTensor::from_parts(all.clone(), (0..all.count()).collect());
            for (order, repeated) in orders
                .iter()
                .flat_map(|order| (0..8).map(move |i| (order, i)))
            {
                let mut dims = order.map(|axis| sizes[axis]);
                let mut strides = order.map(|axis| all.strides()[axis]);
                for axis in (0..3).filter(|axis| repeated >> axis & 1 == 1) {
                    (dims[axis], strides[axis]) = (2, 0);
                }
                // A part of the last axis, where there is one.
                let start = match (strides[2], dims[2]) {
                    (1.., 2..) => {
                        dims[2] -= 1;
                        strides[2]
                    }
                    _ => 0,
                };
                let mut expected = Vec::new();
                for i in 0..dims[0] * dims[1] * dims[2] {
                    let index = [i / dims[2] / dims[1], i / dims[2] % dims[1], i % dims[2]];
                    let offsets = index.iter().zip(strides).map(|(i, stride)| i * stride);
                    expected.push(start + offsets.sum::<usize>());
                }
                if all.count() == 0 && !expected.is_empty() {
                    continue; // there is nothing to repeat
                }
                let view = View::of(start, &dims, &strides);
                let elements = view.elements(&x, &Dims::new(&dims));
                assert_eq!(elements.as_slice(), expected, "{dims:?} {strides:?}");
            }
        }
    }

    #[test]
    fn axes_are_joined_where_one_walk_goes_over_both() {
        let inner = |dims: &[usize], strides: &[usize]| View::of(0, dims, strides).inner();
        assert_eq!(inner(&[2, 1, 3], &[3, 9, 1]), Axis { dim: 6, stride: 1 });
        assert_eq!(inner(&[2, 3], &[0, 1]), Axis { dim: 3, stride: 1 });
        assert_eq!(inner(&[2, 3, 4], &[1, 0, 0]), Axis { dim: 12, stride: 0 });
        assert_eq!(inner(&[3, 2], &[1, 3]), Axis { dim: 2, stride: 3 });
        // All elements in order are shared.
        let x = AnyTensor::from_parts(Dims::new(&[2, 3]), vec![1; 6]);
        let same = View::of(0, &[2, 3], &[3, 1]).elements(&x, &Dims::new(&[6]));
        assert!(core::ptr::eq(x.as_slice(), same.as_slice()));
    }
}
