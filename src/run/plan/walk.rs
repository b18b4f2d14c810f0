//! Walks: the elements of a view in its order.

use super::view::joined;
use cotangent_kernels::Walk;

/// The walk over elements of these dims and strides.
pub(super) fn walk(dims: &[usize], strides: &[usize]) -> Walk {
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

pub(super) fn gcd(a: usize, b: usize) -> usize {
    if b == 0 { a } else { gcd(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::walk;
    use cotangent_kernels::Walk;

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
            let walk: Walk = super::walk(&dims, &strides);
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
        let period = |dims: &[usize], strides: &[usize]| walk(dims, strides).period();
        assert_eq!(period(&[5, 3], &[0, 1]), Some(3));
        assert_eq!(period(&[5, 3], &[0, 0]), Some(1));
        assert_eq!(period(&[5, 3], &[1, 0]), None);
        assert_eq!(period(&[5, 3], &[3, 1]), None);
    }
}
