//! A whole classifier against central differences in doubles, against its adjoint, and in singles against doubles.
//! Each op alone has its laws in its own file.

use super::common::{random_list, random_seed};
use cotangent::env::Given;
use cotangent::graph::{AllValues, Body};
use cotangent::prelude::*;
use fastrand::Rng;

/// The largest difference between two lists of tensors, relative to their size.
fn distance(x: &[AnyTensor<f64>], y: &[AnyTensor<f64>]) -> f64 {
    let pairs = x.iter().zip(y).flat_map(|(x, y)| {
        assert_eq!(x.dims(), y.dims());
        x.as_slice().iter().zip(y.as_slice())
    });
    pairs
        .map(|(x, y)| (x - y).abs() / (1.0 + x.abs() + y.abs()))
        .fold(0.0, f64::max)
}

/// Checks the rules of a graph at random points.
fn check<D: Environment, G: Context, Ss: Body>(
    name: &str,
    g: &GraphData<f64, D, G, Ss>,
    d: impl Given<f64, D>,
) {
    for seed in 0..5 {
        let rng = &mut Rng::with_seed(seed);
        let x = random_list::<f64, G>(rng);
        let dx = random_list::<f64, G>(rng);
        let tangent = g.jvp(&x, &dx, d).erased();
        let h = 1e-5;
        let (forth, back) = (x.add(&dx.scale(h)), x.sub(&dx.scale(h)));
        let (forth, back) = (g.eval(&forth, d).erased(), g.eval(&back, d).erased());
        let slope = |(forth, back): (&AnyTensor<f64>, &AnyTensor<f64>)| {
            let pairs = forth.as_slice().iter().zip(back.as_slice());
            let data = pairs.map(|(forth, back)| (forth - back) * (0.5 / h));
            AnyTensor::new(forth.dims(), data.collect()).expect("the same dims")
        };
        let difference: Vec<_> = forth.iter().zip(&back).map(slope).collect();
        // Central differences: the error is of order h² plus rounding over h.
        let error = distance(&tangent, &difference);
        assert!(error < 1e-7, "{name}: the tangent is off by {error:e}");
        let seeds = random_seed(g, &x, d, rng);
        if let Err(counterexample) = laws::backprop_correct(g, &x, &dx, d, &seeds) {
            panic!("{name}: {counterexample}");
        }
        if let Err(counterexample) =
            laws::backward_dense_from_compile_data_eq_backprop_all(g, &x, d, &seeds)
        {
            panic!("{name}: {counterexample}");
        }
    }
}

#[test]
fn a_whole_classifier() {
    let g = graph!(|x: [3, 4], w1: [4, 5], b1: [5], w2: [5, 2], b2: [2]; labels: [3] < 2| {
        let h = tanh(matmul(x, w1) + b1);
        cross_entropy(matmul(h, w2) + b2, labels)
    });
    let labels = Labels::<2, shape![3]>::new([1, 0, 1]).expect("three labels below 2");
    check("classifier", &g, &tlist![labels]);
}

/// Singles do what doubles do, up to their precision.
#[test]
fn singles_follow_doubles() {
    graph! {
        fn net(x: [4, 6], w: [6, 5], b: [5]) -> [] {
            let h = sigmoid(matmul(x, w) + b);
            let p = log_softmax(h * 3.0, 1);
            mean(p * p) - sum(tanh(x)) / 7.0
        }
    }
    type Net = context![[4, 6], [6, 5], [5]];
    let rng = &mut Rng::with_seed(4);
    let x = random_list::<f64, Net>(rng);
    let single = x.to_any_list().into_iter().map(|t| {
        let data = t.as_slice().iter().map(|x| *x as f32).collect();
        AnyTensor::new(t.dims(), data).expect("the same dims")
    });
    let single: TList<f32, Net> = TensorList::from_any_list(single).expect("the same dims");
    let (value, gradient) = net::<f64>().value_and_vjp(&x, ());
    let (value32, gradient32) = net::<f32>().value_and_vjp(&single, ());
    let widened: Vec<_> = gradient32
        .to_any_list()
        .iter()
        .map(|t| {
            let data = t.as_slice().iter().map(|x| f64::from(*x)).collect();
            AnyTensor::new(t.dims(), data).expect("the same dims")
        })
        .collect();
    assert!((value.item() - f64::from(value32.item())).abs() < 1e-5);
    assert!(distance(&gradient.to_any_list(), &widened) < 1e-5);
}
