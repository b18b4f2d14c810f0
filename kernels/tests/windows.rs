//! Windows over images against loops.

use cotangent_kernels::{Float, LengthError, Windows};

/// The element of each entry of the matrix, row after row.
fn elements(windows: &Windows) -> Vec<usize> {
    let mut all = vec![0];
    for (dim, apart) in windows.entries.into_iter().chain(windows.places) {
        let each = |at: &usize| {
            (0..dim)
                .map(move |i| *at + i * apart)
                .collect::<Vec<usize>>()
        };
        all = all.iter().flat_map(each).collect();
    }
    all
}

/// Strides of 1 to 3, dilations of 1 and 2, lines shorter and longer than a vector, images with room behind them and without; small
/// numbers, so that every sum is exact.
fn check<T: Float>(of: fn(usize) -> T) {
    let mut seen = 0;
    for (channels, kernel) in [(1, [1, 1]), (2, [3, 2]), (3, [1, 4])] {
        for (stride, dilation) in [([1, 1], 1), ([2, 2], 1), ([1, 3], 2), ([3, 1], 2)] {
            for places in [[1, 1], [3, 5], [2, 8], [4, 21]] {
                let line = (places[1] - 1) * stride[1] + (kernel[1] - 1) * dilation + 1;
                let lines = (places[0] - 1) * stride[0] + (kernel[0] - 1) * dilation + 1;
                let windows = Windows {
                    entries: [
                        (channels, line * lines),
                        (kernel[0], dilation * line),
                        (kernel[1], dilation),
                    ],
                    places: [(places[0], stride[0] * line), (places[1], stride[1])],
                };
                let elements = elements(&windows);
                let span = channels * line * lines;
                assert_eq!(
                    (windows.span(), windows.rows() * windows.columns()),
                    (span, elements.len())
                );
                for room in [0, 40] {
                    let images: Vec<T> = (0..span + room).map(|i| of(i % 61)).collect();
                    let mut matrix = vec![of(99); elements.len()];
                    assert_eq!(windows.gather(&images, &mut matrix), Ok(()));
                    let expected: Vec<T> = elements.iter().map(|&at| images[at]).collect();
                    assert_eq!(matrix, expected, "{windows:?}");

                    let mut expected = images.clone();
                    for (&at, &more) in elements.iter().zip(&matrix) {
                        expected[at] = expected[at] + more;
                    }
                    let mut sums = images;
                    assert_eq!(windows.add(&matrix, &mut sums), Ok(()));
                    assert_eq!(sums, expected, "{windows:?}");
                    seen += elements.len();
                }
            }
        }
    }
    assert!(seen > 10_000);
}

#[test]
fn against_loops() {
    check::<f32>(|i| i as f32);
    check::<f64>(|i| i as f64);
}

#[test]
fn what_does_not_fit_is_refused() {
    let windows = Windows {
        entries: [(1, 6), (1, 3), (2, 1)],
        places: [(2, 3), (2, 1)],
    };
    let refused = |expected, got| Err(LengthError { expected, got });
    assert_eq!(windows.gather(&[0.0; 5], &mut [0.0; 8]), refused(6, 5));
    assert_eq!(windows.gather(&[0.0; 6], &mut [0.0; 7]), refused(8, 7));
    assert_eq!(windows.add(&[0.0; 9], &mut [0.0; 6]), refused(8, 9));
    let none = Windows {
        entries: [(0, 6), (1, 3), (2, 1)],
        ..windows
    };
    assert_eq!((none.span(), none.gather::<f64>(&[], &mut [])), (0, Ok(())));
}
