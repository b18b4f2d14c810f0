//! Products whose second factor is stored by columns, which are turned before: against a loop in `f64`.

use cotangent_kernels::{Float, Matrix, MatrixMut, Product, matmul};

/// Small numbers, so that every sum is exact.
fn number(i: usize, j: usize, seed: usize) -> f64 {
    ((i * 37 + j * 11 + seed * 101) % 64) as f64 / 8.0 - 4.0
}

/// A matrix of which two elements may be other numbers.
struct Given {
    seed: usize,
    special: [([usize; 2], f64); 2],
}

impl Given {
    fn at(&self, i: usize, j: usize) -> f64 {
        let special = self.special.iter().find(|(at, _)| *at == [i, j]);
        special.map_or_else(|| number(i, j, self.seed), |(_, x)| *x)
    }

    /// Its elements by strides; what lies between them is not a number.
    fn by<T: Float>(
        &self,
        of: fn(f64) -> T,
        sizes: [usize; 2],
        [row, column]: [usize; 2],
    ) -> Vec<T> {
        let mut data = vec![of(f64::NAN); sizes[0] * row + sizes[1] * column];
        for i in 0..sizes[0] {
            for j in 0..sizes[1] {
                data[i * row + j * column] = of(self.at(i, j));
            }
        }
        data
    }
}

fn plain(seed: usize) -> Given {
    let special = [([usize::MAX; 2], 0.0); 2];
    Given { seed, special }
}

fn check<T: Float>(of: fn(f64) -> T, to: fn(T) -> f64, size: Product, a: &Given, b: &Given) {
    let Product { m, k, n } = size;
    let sums: Vec<f64> = (0..m * n)
        .map(|at| (0..k).map(|q| a.at(at / n, q) * b.at(q, at % n)).sum())
        .collect();
    for (way, [row, column]) in [[k, 1], [k + 3, 1], [1, m], [2, 2 * m + 1]]
        .into_iter()
        .enumerate()
    {
        let of_b = [1, k + way];
        let of_c = [n + 5 * way, 1];
        let before = plain(3);
        for accumulate in [false, true] {
            let data_a = a.by(of, [m, k], [row, column]);
            let data_b = b.by(of, [k, n], of_b);
            let mut data_c = before.by(of, [m, n], of_c);
            let a = Matrix {
                data: &data_a,
                row,
                column,
            };
            let b = Matrix {
                data: &data_b,
                row: 1,
                column: of_b[1],
            };
            let c = MatrixMut {
                data: &mut data_c,
                row: of_c[0],
                column: 1,
            };
            matmul(size, a, b, c, accumulate).expect("they fit");
            for (at, sum) in sums.iter().enumerate() {
                let (i, j) = (at / n, at % n);
                let expected = if accumulate {
                    before.at(i, j) + sum
                } else {
                    *sum
                };
                let got = to(data_c[i * of_c[0] + j]);
                assert!(
                    got == expected || got.is_nan() && expected.is_nan(),
                    "{size:?} way {way} accumulate {accumulate} at ({i}, {j}): {got}, expected {expected}"
                );
            }
            let between = (0..m).flat_map(|i| &data_c[i * of_c[0] + n..(i + 1) * of_c[0]]);
            assert!(
                between.into_iter().all(|&x| to(x).is_nan()),
                "{size:?} writes between rows"
            );
        }
    }
}

fn both(size: Product, a: &Given, b: &Given) {
    check::<f32>(|x| x as f32, f64::from, size, a, b);
    check::<f64>(|x| x, |x| x, size, a, b);
}

#[test]
fn small_ones_and_those_of_several_parts() {
    let sizes = [
        (2, 7, 5),
        (4, 1, 9),
        (4, 2, 1),
        (4, 3, 3),
        (5, 8, 16),
        (9, 16, 17),
        (20, 67, 70),
        // The second factor is turned: in two parts down, and across.
        (70, 600, 9),
        (70, 9, 600),
        // The others are: with two parts across.
        (5, 130, 600),
        (8, 520, 80),
        (4, 0, 3),
        (4, 3, 0),
        (0, 3, 4),
    ];
    for (m, k, n) in sizes {
        both(Product { m, k, n }, &plain(1), &plain(2));
    }
}

#[test]
fn what_is_no_number_stays_in_its_row_and_column() {
    // The products that are turned leave nothing behind for the next one.
    for _ in 0..2 {
        for (m, k, n) in [(6, 9, 11), (70, 600, 9), (5, 130, 600)] {
            let a = Given {
                seed: 4,
                special: [([1, 2], f64::NAN), ([3, 0], f64::INFINITY)],
            };
            let b = Given {
                seed: 5,
                special: [([0, 4], 0.0), ([5, 7], f64::NEG_INFINITY)],
            };
            both(Product { m, k, n }, &a, &b);
            both(Product { m, k, n }, &plain(1), &plain(2));
        }
    }
}
