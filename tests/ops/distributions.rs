//! Whether what is drawn has the distribution that it should: by one key each, so that a test does not fail by chance.

use cotangent::prelude::*;
use libm::erf;

/// As many numbers as each of these tests draws.
const COUNT: usize = 20_000;

/// The test of Kolmogorov and Smirnov: the largest distance of the share of numbers up to `x` from the distribution `F(x)`.
///
/// Times the root of their number it is above 1.63 for one key in a hundred; the keys of these tests are not that one.
fn has_distribution(mut numbers: Vec<f64>, f: impl Fn(f64) -> f64) {
    numbers.sort_by(f64::total_cmp);
    let count = numbers.len() as f64;
    let distance = numbers.iter().enumerate().map(|(i, &x)| {
        let (below, up_to) = (i as f64 / count, (i + 1) as f64 / count);
        (f(x) - below).abs().max((up_to - f(x)).abs())
    });
    let largest = distance.fold(0.0, f64::max) * count.sqrt();
    assert!(largest < 1.63, "{largest}");
}

/// The means of the numbers, of their squares and so on are those that are given, within four standard deviations.
fn has_moments(numbers: &[f64], moments: [f64; 8]) {
    let count = numbers.len() as f64;
    for power in 1..5 {
        let mean = numbers.iter().map(|x| x.powi(power)).sum::<f64>() / count;
        let [expected, of_squares] = [power, 2 * power].map(|k| moments[k as usize - 1]);
        let deviation = ((of_squares - expected * expected) / count).sqrt();
        assert!((mean - expected).abs() < 4.0 * deviation, "{power}: {mean}");
    }
}

/// Neighbours do not depend on each other: the mean of their product is that of the mean squared, likewise.
fn neighbours_are_independent(numbers: &[f64], mean: f64, variance: f64) {
    let pairs = numbers.chunks_exact(2);
    let count = pairs.len() as f64;
    let covariance = pairs
        .map(|pair| (pair[0] - mean) * (pair[1] - mean))
        .sum::<f64>()
        / count;
    assert!(
        covariance.abs() < 4.0 * variance / count.sqrt(),
        "{covariance}"
    );
}

/// What a graph without inputs draws by a key.
macro_rules! drawn {
    ($A:ty, $seed:literal, $op:ident[$($dims:tt)+]) => {{
        let g: GraphData<$A, _, _, _> = graph!(|; key| $op::<shape![$($dims)+]>(key));
        let y = g.value((), &Key::new($seed));
        Vec::from_iter(y.as_slice().iter().map(|&x| f64::from(x)))
    }};
}

fn is_uniform(numbers: Vec<f64>) {
    assert_eq!(numbers.len(), COUNT);
    assert!(numbers.iter().all(|x| (0.0..1.0).contains(x)));
    let moments = core::array::from_fn(|k| 1.0 / (k as f64 + 2.0));
    has_moments(&numbers, moments);
    neighbours_are_independent(&numbers, 0.5, 1.0 / 12.0);
    has_distribution(numbers, |x| x);
}

#[test]
fn uniform_numbers() {
    is_uniform(drawn!(f64, 1, uniform[20000]));
    is_uniform(drawn!(f32, 2, uniform[100, 200]));
}

/// Numbers of a single are those of the double, cut off after 23 bits: none is above it, and so none is 1.
#[test]
fn singles_are_doubles_cut_off() {
    let doubles = drawn!(f64, 5, uniform[1000]);
    let singles = drawn!(f32, 5, uniform[1000]);
    let cut = doubles
        .iter()
        .map(|x| (x * 8_388_608.0).floor() / 8_388_608.0);
    assert_eq!(Vec::from_iter(cut), singles);
}

fn is_normal(numbers: Vec<f64>) {
    assert_eq!(numbers.len(), COUNT);
    has_moments(&numbers, [0.0, 1.0, 0.0, 3.0, 0.0, 15.0, 0.0, 105.0]);
    neighbours_are_independent(&numbers, 0.0, 1.0);
    has_distribution(numbers, |x| 0.5 * (1.0 + erf(x / 2f64.sqrt())));
}

#[test]
fn normal_numbers() {
    is_normal(drawn!(f64, 3, normal[20000]));
    is_normal(drawn!(f32, 4, normal[100, 200]));
}

/// The share of ones is within four standard deviations of the probability.
#[test]
fn bernoulli_labels() {
    for (seed, p) in [(1, 0.5), (2, 0.1), (3, 0.999)] {
        let g: GraphData<f64, _, _, _> =
            graph!(|; key| mean(to_scalar(bernoulli::<shape![20000], _>(key, { p }))));
        let share = g.value((), &Key::new(seed)).item();
        let deviation = (p * (1.0 - p) / COUNT as f64).sqrt();
        assert!((share - p).abs() < 4.0 * deviation, "{p}: {share}");
    }
}

/// The share of each label is within four standard deviations of its softmax, and what is masked is never drawn.
#[test]
fn categorical_labels() {
    let g = graph!(|x: [20000, 4]; key| -> [20000] < 4 { categorical(key, x, 1) });
    let odds = [1.0_f64, 4.0, 0.0, 15.0];
    let x = Tensor::<f64, _>::from_fn(|[_, class]| 3.0 + odds[class].ln());
    let labels = g.value(&x, &Key::new(9));
    for (class, odds) in odds.into_iter().enumerate() {
        let p = odds / 20.0;
        let count = labels
            .as_slice()
            .iter()
            .filter(|label| **label == class)
            .count();
        let deviation = (p * (1.0 - p) / COUNT as f64).sqrt();
        let share = count as f64 / COUNT as f64;
        assert!((share - p).abs() <= 4.0 * deviation, "{class}: {share}");
    }
}
