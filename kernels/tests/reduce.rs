//! Reductions of every length up to some hundreds, of numbers whose sums are exact, and their order.

use cotangent_kernels::{Float, axpy, dot, max, row_sums, sum};

fn check<T: Float>(of: fn(f64) -> T, len: usize) {
    let x: Vec<f64> = (0..len)
        .map(|i| ((i * 37) % 64) as f64 / 8.0 - 4.0)
        .collect();
    let y: Vec<f64> = (0..len).map(|i| ((i * 11) % 16) as f64 - 5.0).collect();
    let (a, b): (Vec<T>, Vec<T>) = (
        x.iter().map(|&x| of(x)).collect(),
        y.iter().map(|&y| of(y)).collect(),
    );
    assert_eq!(sum(&a), of(x.iter().sum()), "{len}");
    let products = x.iter().zip(&y).map(|(x, y)| x * y);
    assert_eq!(
        dot(&a, &b).expect("of one length"),
        of(products.sum()),
        "{len}"
    );
    assert_eq!(
        max(&a),
        of(x.iter().copied().fold(f64::NEG_INFINITY, f64::max)),
        "{len}"
    );
    let mut z = b.clone();
    axpy(of(0.5), &a, &mut z).expect("of one length");
    let expected: Vec<T> = x.iter().zip(&y).map(|(x, y)| of(0.5 * x + y)).collect();
    assert_eq!(z, expected, "{len}");
    let two = [a.clone(), b.clone()].concat();
    let mut rows = [of(9.0); 2];
    row_sums(&two, len, &mut rows).expect("two rows");
    assert_eq!(rows, [sum(&a), sum(&b)], "{len}");
}

#[test]
fn every_length() {
    for len in 0..300 {
        check::<f32>(|x| x as f32, len);
        check::<f64>(|x| x, len);
    }
}

/// Numbers whose sum depends on the order: 64 lanes, then by halves.
#[test]
fn the_order_is_that_of_the_documents() {
    let x: Vec<f32> = (0..1000).map(|i| 1.0 / (1.0 + i as f32)).collect();
    let mut lanes = [0.0f32; 64];
    for (i, x) in x.iter().enumerate() {
        lanes[i % 64] += x;
    }
    for half in [32, 16, 8, 4, 2, 1] {
        for i in 0..half {
            lanes[i] += lanes[i + half];
        }
    }
    assert_eq!(sum(&x).to_bits(), lanes[0].to_bits());
    assert_ne!(sum(&x).to_bits(), x.iter().sum::<f32>().to_bits());
}

#[test]
fn nan_is_the_largest_and_lengths_are_checked() {
    for at in [0, 5, 63, 64, 130, 149] {
        let mut x = vec![1.0; 150];
        x[at] = f64::NAN;
        assert!(max(&x).is_nan(), "{at}");
    }
    let mut y = [0.0; 2];
    let error = row_sums(&[1.0; 5], 2, &mut y).expect_err("5 are not 2 rows of 2");
    assert_eq!((error.expected, error.got), (4, 5));
    assert!(dot(&[1.0], &y).is_err() && axpy(1.0, &[1.0], &mut y).is_err());
}
