//! Sums of lines against loops.

use cotangent_kernels::{Float, LengthError, Sums};

/// All widths around those of vectors, rows that fill tiles and not, lines that overlap; small numbers, so that every sum is exact.
fn check<T: Float>(of: fn(usize) -> T) {
    for rows in [1, 2, 3, 7, 8, 9, 13] {
        for terms in [1, 2, 9] {
            for columns in (1..40).chain([63, 64, 65, 100]) {
                // Scalars one after the other, by columns, and in an order of their own.
                for (row, term) in [(terms, 1), (1, rows), (3, 2)] {
                    let begin = |i: usize| i * row;
                    let at = |q: usize| [q * term, (q * 5) % 7];
                    let apart = columns + rows % 2;
                    let a: Vec<T> = (0..(rows - 1) * row + (terms - 1) * term + 1)
                        .map(|i| of(i % 5))
                        .collect();
                    let b: Vec<T> = (0..columns + 6).map(|i| of(i % 11)).collect();
                    let mut c: Vec<T> = (0..rows * apart).map(|i| of(i % 3)).collect();
                    let before = c.clone();
                    let sums = Sums::new((0..rows).map(begin), (0..terms).map(at), columns, apart);
                    let expected = |add: bool| {
                        let mut c = before.clone();
                        for i in 0..rows {
                            for j in 0..columns {
                                let mut sum = T::ZERO;
                                for q in 0..terms {
                                    let [to, from] = at(q);
                                    sum = sum + a[begin(i) + to] * b[from + j];
                                }
                                let c = &mut c[i * apart + j];
                                *c = if add { *c + sum } else { sum };
                            }
                        }
                        c
                    };
                    assert_eq!(sums.add(&a, &b, &mut c), Ok(()));
                    assert_eq!(c, expected(true), "{sums:?}");
                    c.copy_from_slice(&before);
                    assert_eq!(sums.write(&a, &b, &mut c), Ok(()));
                    assert_eq!(c, expected(false), "{sums:?}");
                }
            }
        }
    }
}

#[test]
fn against_loops() {
    check::<f32>(|i| i as f32);
    check::<f64>(|i| i as f64);
}

/// A sum is in order, and each product rounded once: `1 - 1 + ε²` and not `ε² + 1 - 1`.
#[test]
fn in_order() {
    let small = f64::EPSILON;
    for columns in [1, 8, 33] {
        let b = vec![small; columns + 1];
        let sums = Sums::new([0], [[0, 0], [1, 1], [2, 0]], columns, columns);
        let mut c = vec![0.0; columns];
        let a = [1.0 / small, -1.0 / small, small];
        assert_eq!(sums.write(&a, &b, &mut c), Ok(()));
        assert_eq!(c, vec![small * small; columns]);
        let a = [small, 1.0 / small, -1.0 / small];
        assert_eq!(sums.write(&a, &b, &mut c), Ok(()));
        assert_eq!(c, vec![0.0; columns]);
    }
}

#[test]
fn what_does_not_fit_is_refused() {
    let sums = Sums::new([0, 3], [[0, 0], [1, 2]], 4, 5);
    let refused = |expected, got| Err(LengthError { expected, got });
    let (a, b) = ([1.0; 5], [1.0; 6]);
    assert_eq!(sums.write(&a[1..], &b, &mut [0.0; 9]), refused(5, 4));
    assert_eq!(sums.write(&a, &b[1..], &mut [0.0; 9]), refused(6, 5));
    assert_eq!(sums.add(&a, &b, &mut [0.0; 8]), refused(9, 8));
    assert_eq!(sums.add(&a, &b, &mut [0.0; 9]), Ok(()));
    // Nothing is read for no rows and for no columns, and a sum of nothing is 0.
    let terms = [[9, 9]];
    assert_eq!(
        Sums::new([], terms, 4, 4).write::<f64>(&[], &[], &mut []),
        Ok(())
    );
    assert_eq!(
        Sums::new([9], terms, 0, 4).write::<f64>(&[], &[], &mut []),
        Ok(())
    );
    let mut c = [1.0; 4];
    assert_eq!(Sums::new([0], [], 4, 4).write(&[], &[], &mut c), Ok(()));
    assert_eq!(c, [0.0; 4]);
    assert_eq!(
        Sums::new([3], [], 4, 4).write(&[], &[], &mut c),
        refused(3, 0)
    );
    let vast = Sums::new([0], [[usize::MAX, usize::MAX]], 4, 4);
    assert_eq!(vast.add(&a, &b, &mut c), refused(usize::MAX, 5));
}
