//! Products of lines with lines against loops.

use cotangent_kernels::{Dots, Float, LengthError};

/// Tiles that are full and not, lines that overlap and share a place in the result; small numbers, so that every sum is exact.
fn check<T: Float>(of: fn(usize) -> T) {
    for rows in [0, 1, 2, 3, 4, 5, 9] {
        for columns in [0, 1, 2, 3, 4, 6, 11] {
            for len in [0, 1, 7, 15, 16, 17, 32, 50] {
                let row = |i: usize| [3 * i, i * columns];
                let column = |j: usize| [(j * 5) % 7, j - j % 3];
                let a: Vec<T> = (0..3 * rows + len).map(|i| of(i % 5)).collect();
                let b: Vec<T> = (0..6 + len).map(|i| of(i % 11)).collect();
                let mut c: Vec<T> = (0..rows * columns).map(|i| of(i % 3)).collect();
                let mut expected = c.clone();
                for [from, to] in (0..rows).map(row) {
                    for [at, more] in (0..columns).map(column) {
                        for i in 0..len {
                            let c = &mut expected[to + more];
                            *c = *c + a[from + i] * b[at + i];
                        }
                    }
                }
                let dots = Dots::new((0..rows).map(row), (0..columns).map(column), len);
                assert_eq!(dots.add(&a, &b, &mut c), Ok(()));
                assert_eq!(c, expected, "{dots:?}");
            }
        }
    }
}

#[test]
fn against_loops() {
    check::<f32>(|i| i as f32);
    check::<f64>(|i| i as f64);
}

/// Lane 0 has the first and the seventeenth, and halves of 16 lanes are joined: so `x` meets `-x` before what is small.
#[test]
fn the_order_is_that_of_16_lanes() {
    let dots = Dots::new([[0, 0]], [[0, 0]], 32);
    let mut a = [0.0_f32; 32];
    (a[0], a[8], a[16]) = (1e8, 1.0, -1e8);
    let mut c = [0.0];
    assert_eq!(dots.add(&a, &[1.0; 32], &mut c), Ok(()));
    assert_eq!(c, [1.0]);
    (a[16], a[4]) = (0.0, -1e8);
    assert_eq!(dots.add(&a, &[1.0; 32], &mut c), Ok(()));
    // 1 is lost to lane 8's half before lane 4 comes, and then the 1 that was there is added.
    assert_eq!(c, [1.0]);
}

#[test]
fn what_does_not_fit_is_refused() {
    let dots = Dots::new([[1, 0], [0, 3]], [[2, 1]], 3);
    let refused = |expected, got| Err(LengthError { expected, got });
    let (a, b) = ([1.0; 4], [1.0; 5]);
    assert_eq!(dots.add(&a[1..], &b, &mut [0.0; 5]), refused(4, 3));
    assert_eq!(dots.add(&a, &b[1..], &mut [0.0; 5]), refused(5, 4));
    assert_eq!(dots.add(&a, &b, &mut [0.0; 4]), refused(5, 4));
    assert_eq!(dots.add(&a, &b, &mut [0.0; 5]), Ok(()));
    assert_eq!(
        Dots::new([[9, 9]], [], 3).add::<f64>(&[], &[], &mut []),
        Ok(())
    );
    let vast = Dots::new([[usize::MAX, usize::MAX]], [[1, 1]], 3);
    assert_eq!(vast.add(&a, &b, &mut [0.0; 4]), refused(usize::MAX, 4));
}
