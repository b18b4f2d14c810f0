//! What parameters are at first.

use cotangent::context::Initialiser;
use cotangent::nn::init::{
    constant, kaiming_normal, kaiming_uniform, lecun_normal, lecun_uniform, normal, ones,
    orthogonal, truncated_normal, uniform, xavier_normal, xavier_uniform,
};
use cotangent::nn::{
    BasicBlock, Conv2d, ConvTranspose2d, Gru, Heads, KeyValueCache, Linear, Lstm, Mlp, ResidualMlp,
    Statistics,
};
use cotangent::prelude::*;
use cotangent::tensor::Dims;

fn variance(x: &[f64]) -> f64 {
    let mean = x.iter().sum::<f64>() / x.len() as f64;
    x.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / x.len() as f64
}

/// Variances of 20,000 numbers and more are within 5%: five deviations of such a variance.
#[test]
fn variances_are_those_of_the_fans() {
    let kernel = [50, 20, 5, 5];
    for (what, initialiser, dims, expected) in [
        ("lecun", lecun_uniform(), &[200, 100][..], 1.0 / 200.0),
        ("lecun", lecun_normal(), &[200, 100], 1.0 / 200.0),
        ("kaiming", kaiming_uniform(), &[200, 100], 2.0 / 200.0),
        ("kaiming", kaiming_normal(), &[10, 20, 100], 2.0 / 200.0),
        ("xavier", xavier_uniform(), &[200, 100], 2.0 / 300.0),
        ("xavier", xavier_normal(), &[200, 100], 2.0 / 300.0),
        ("a gain", lecun_normal().gain(3.0), &[200, 100], 9.0 / 200.0),
        ("heads", lecun_normal().first_is_in(), &[100, 10, 20], 0.01),
        ("filters", kaiming_normal().filters(), &kernel, 2.0 / 500.0),
        ("filters", xavier_normal().filters(), &kernel, 2.0 / 1750.0),
        (
            "transposed",
            kaiming_normal().transposed_filters(),
            &kernel,
            2.0 / 1250.0,
        ),
        ("uniform", uniform(0.3), &[200, 100], 0.03),
        ("normal", normal(0.3), &[200, 100], 0.09),
        ("truncated", truncated_normal(0.3), &[200, 100], 0.09),
        ("orthogonal", orthogonal(), &[200, 100], 1.0 / 200.0),
        ("orthogonal", orthogonal(), &[100, 200], 1.0 / 200.0),
    ] {
        let numbers = initialiser.numbers(&Dims::new(dims), Key::new(11));
        assert_eq!(numbers.len(), dims.iter().product::<usize>());
        let got = variance(&numbers);
        assert!(
            (got / expected - 1.0).abs() < 0.05,
            "{what}: {got} for {expected}"
        );
    }
}

/// The rows of filters are orthonormal, each over its channels and its kernel.
#[test]
fn orthogonal_filters() {
    let w = orthogonal()
        .filters()
        .numbers(&Dims::new(&[3, 2, 2, 2]), Key::new(1));
    let dot = |i: usize, j: usize| (0..8).map(|k| w[8 * i + k] * w[8 * j + k]).sum::<f64>();
    for (i, j) in [(0, 0), (0, 1), (1, 2), (2, 2)] {
        let expected = f64::from(i == j);
        assert!((dot(i, j) - expected).abs() < 1e-15);
    }
}

/// Of no element, of a vector and of a scalar there is something, too.
#[test]
fn of_any_dims() {
    let all: [fn() -> Initialiser; 4] = [kaiming_normal, xavier_uniform, orthogonal, ones];
    for initialiser in all {
        for dims in [&[][..], &[0], &[3], &[0, 3], &[3, 0], &[0, 0, 2, 2]] {
            let dims = Dims::new(dims);
            let numbers = initialiser().filters().numbers(&dims, Key::new(2));
            assert_eq!(numbers.len(), dims.count());
            assert!(numbers.iter().all(|x| x.is_finite()), "{dims}: {numbers:?}");
        }
    }
}

graph! {
    struct Cell {
        #[init(ones())]
        gain: [2],
        shift: [2],
        weight: [2, 2],
    }

    struct Outer {
        /// As it is.
        plain: Cell,
        #[init(constant(7.0))] // its weight only
        given: Cell,
        #[init(constant(8.0))]
        layers: [Cell; 2],
        #[init({ constant(EIGHTH) })]
        vectors: [[2]; 2],
        #[init(own(3.0))]
        scalar: [],
    }
}

const EIGHTH: f64 = 0.125;

/// One of the user's own, from those that there are.
fn own(c: f64) -> Initialiser {
    constant(c).gain(2.0)
}

#[test]
fn a_field_says_what_its_tensors_are() {
    let p: Parameters<f64, Outer> = Outer::init(Key::new(5));
    let (one, zero) = (Tensor::ones(), Tensor::zeros());
    for cell in [&p.plain, &p.given, &p.layers[0], &p.layers[1]] {
        assert_eq!((&cell.gain, &cell.shift), (&one, &zero));
    }
    let bound = 1.5_f64.sqrt(); // √(3 / 2)
    let own = p.plain.weight.iter().all(|w| w.abs() <= bound && *w != 0.0);
    assert!(own, "{:?}", p.plain.weight);
    assert_eq!(p.given.weight, Tensor::full(7.0));
    assert!(p.layers.iter().all(|cell| cell.weight == Tensor::full(8.0)));
    assert!(p.vectors.iter().all(|v| *v == Tensor::full(0.125)));
    assert_eq!(p.scalar.item(), 6.0);
}

/// A key gives the same numbers over every scalar, rounded; every tensor draws for itself, and so does every key.
#[test]
fn keys() {
    type Net = Mlp<N<3>, N<4>, N<2>, 2>;
    let singles: Parameters<f32, Net> = Mlp::init(Key::new(9));
    let doubles: Parameters<f64, Net> = Mlp::init(Key::new(9));
    let rounded = doubles.first.weight.iter().map(|&w| w as f32);
    assert!(rounded.eq(singles.first.weight.iter().copied()));
    assert_ne!(doubles.hidden[0].weight, doubles.hidden[1].weight);
    let other: Parameters<f64, Net> = Mlp::init(Key::new(10));
    assert_ne!(doubles.first.weight, other.first.weight);
}

#[test]
fn of_the_layers() {
    let linear: Parameters<f64, Linear<N<100>, N<50>>> = Linear::init(Key::new(1));
    assert!(linear.weight.iter().all(|w| w.abs() <= 0.03_f64.sqrt()));
    let conv: Parameters<f64, Conv2d<N<4>, N<8>, N<3>>> = Conv2d::init(Key::new(1));
    assert!(
        conv.weight
            .iter()
            .all(|w| w.abs() <= (6.0_f64 / 36.0).sqrt())
    );
    let lstm: Parameters<f64, Lstm<N<3>, N<5>>> = Lstm::init(Key::new(1));
    let u = &lstm.hidden;
    for i in 0..5 {
        let square: f64 = (0..20).map(|j| u[[i, j]] * u[[i, j]]).sum();
        assert!((square - 1.0).abs() < 1e-15);
    }
    let statistics: Parameters<f64, Statistics<N<3>>> = Statistics::init(Key::new(1));
    assert_eq!(statistics, Statistics::of(Tensor::zeros(), Tensor::ones()));

    let heads: Parameters<f64, Heads<N<12>, N<2>, N<3>>> = Heads::init(Key::new(1));
    let bound = (3.0_f64 / 12.0).sqrt();
    assert!(
        heads.weight.iter().all(|w| w.abs() <= bound)
            && heads.weight.iter().any(|w| w.abs() > 0.8 * bound)
    );
    assert_eq!(heads.bias, Tensor::zeros());
    let up: Parameters<f64, ConvTranspose2d<N<4>, N<8>, N<3>>> = ConvTranspose2d::init(Key::new(1));
    let bound = (6.0_f64 / 36.0).sqrt();
    assert!(
        up.weight.iter().all(|w| w.abs() <= bound)
            && up.weight.iter().any(|w| w.abs() > 0.9 * bound)
    );
    let gru: Parameters<f64, Gru<N<3>, N<5>>> = Gru::init(Key::new(1));
    let square: f64 = (0..15).map(|j| gru.hidden[[2, j]].powi(2)).sum();
    assert!((square - 1.0).abs() < 1e-15);
    let block: Parameters<f64, BasicBlock<N<40>>> = BasicBlock::init(Key::new(1));
    let got = variance(block.second.as_slice());
    assert!((got * 360.0 / 2.0 - 1.0).abs() < 0.06, "{got}"); // of 14,400 numbers: five deviations
    let residual: Parameters<f64, ResidualMlp<N<3>, N<5>>> = ResidualMlp::init(Key::new(1));
    assert_eq!(residual.down.weight, Tensor::zeros());
    assert_ne!(residual.up.weight, Tensor::zeros());
    let cache: Parameters<f64, KeyValueCache<N<1>, N<2>, N<2>, N<2>>> =
        KeyValueCache::init(Key::new(1));
    assert_eq!(cache, KeyValueCache::of(Tensor::zeros(), Tensor::zeros()));
}
