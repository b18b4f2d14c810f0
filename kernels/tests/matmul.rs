//! Products against a loop in `f64`.

use cotangent_kernels::{Float, Matrix, MatrixMut, Product, ProductError, matmul};

fn numbers(len: usize, seed: usize) -> Vec<f64> {
    (0..len)
        .map(|i| ((i * 37 + seed * 101) % 64) as f64 / 8.0 - 4.0)
        .collect()
}

/// Every order of the three matrices, with room between their lines; small numbers, so that every sum is exact.
fn check<T: Float>(of: fn(f64) -> T, to: fn(T) -> f64, size: Product) {
    let Product { m, k, n } = size;
    let strides = |rows: usize, columns: usize, order: usize| match order {
        0 => (columns, 1),
        1 => (1, rows),
        2 => (columns + 3, 1),
        _ => (2, 2 * rows + 1),
    };
    for orders in 0..64 {
        let (ar, ac) = strides(m, k, orders % 4);
        let (br, bc) = strides(k, n, orders / 4 % 4);
        let (cr, cc) = strides(m, n, orders / 16);
        let len = |rows: usize, columns: usize, row: usize, column: usize| {
            rows.saturating_sub(1) * row + columns.saturating_sub(1) * column + 1
        };
        let a: Vec<T> = numbers(len(m, k, ar, ac), 1).into_iter().map(of).collect();
        let b: Vec<T> = numbers(len(k, n, br, bc), 2).into_iter().map(of).collect();
        let before: Vec<T> = numbers(len(m, n, cr, cc), 3).into_iter().map(of).collect();
        for accumulate in [false, true] {
            let mut c = before.clone();
            let of_a = Matrix {
                data: &a,
                row: ar,
                column: ac,
            };
            let of_b = Matrix {
                data: &b,
                row: br,
                column: bc,
            };
            let of_c = MatrixMut {
                data: &mut c,
                row: cr,
                column: cc,
            };
            matmul(size, of_a, of_b, of_c, accumulate).expect("they fit");
            let mut expected: Vec<f64> = before.iter().map(|&x| to(x)).collect();
            for i in 0..m {
                for j in 0..n {
                    let sum: f64 = (0..k)
                        .map(|q| to(a[i * ar + q * ac]) * to(b[q * br + j * bc]))
                        .sum();
                    let at = &mut expected[i * cr + j * cc];
                    *at = if accumulate { *at + sum } else { sum };
                }
            }
            let got: Vec<f64> = c.iter().map(|&x| to(x)).collect();
            assert_eq!(
                got, expected,
                "{size:?} orders {orders} accumulate {accumulate}"
            );
        }
    }
}

#[test]
fn every_size_and_order() {
    let sizes = [
        (1, 4, 16),
        (1, 16, 16),
        (1, 16, 2),
        (16, 1, 17),
        (5, 3, 7),
        (4, 9, 33),
        (6, 5, 150),
        (3, 0, 2),
        (0, 3, 2),
        (2, 3, 0),
        (17, 1, 1),
        (13, 40, 1),
        (1, 40, 130),
        (67, 70, 65),
        (1, 1, 1),
    ];
    for (m, k, n) in sizes {
        check::<f32>(|x| x as f32, f64::from, Product { m, k, n });
        check::<f64>(|x| x, |x| x, Product { m, k, n });
    }
}

#[test]
fn what_does_not_fit_is_refused() {
    let size = Product { m: 2, k: 3, n: 2 };
    let (a, b) = ([1.0; 6], [1.0; 6]);
    let mut c = [0.0; 4];
    let short = matmul(
        size,
        Matrix::rows(&a[..5], 3),
        Matrix::rows(&b, 2),
        MatrixMut::rows(&mut c, 2),
        false,
    );
    assert_eq!(
        short.expect_err("too short").to_string(),
        "the first factor of 2 rows and 3 columns does not fit its strides (3, 1) in 5 elements"
    );
    let short = matmul(
        size,
        Matrix::rows(&a, 3),
        Matrix::rows(&b[1..], 2),
        MatrixMut::rows(&mut c, 2),
        false,
    );
    assert!(matches!(
        short,
        Err(ProductError::Outside {
            matrix: "second factor",
            ..
        })
    ));
    let wide = Matrix {
        data: &b,
        row: usize::MAX,
        column: usize::MAX,
    };
    let far = matmul(
        size,
        Matrix::rows(&a, 3),
        wide,
        MatrixMut::rows(&mut c, 2),
        false,
    );
    assert!(matches!(far, Err(ProductError::Outside { .. })));
    let one = MatrixMut {
        data: &mut c,
        row: 1,
        column: 1,
    };
    let overlap = matmul(size, Matrix::rows(&a, 3), Matrix::rows(&b, 2), one, false);
    assert_eq!(
        overlap.expect_err("one place for two").to_string(),
        "the result of 2 rows and 2 columns has two elements in one place: its strides are (1, 1)"
    );
    let repeated = Matrix {
        data: &a[..1],
        row: 0,
        column: 0,
    };
    matmul(
        size,
        repeated,
        Matrix::rows(&b, 2),
        MatrixMut::rows(&mut c, 2),
        false,
    )
    .expect("it repeats");
    assert_eq!(c, [3.0; 4]);
}
