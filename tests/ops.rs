//! Every op against central differences in doubles, against its adjoint, and in singles against doubles.

mod common;

use common::{random_list, random_seed};
use cotangent::context::Computed;
use cotangent::frunk::hlist::HCons;
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

/// Checks the rules of a graph at random points; `domain` moves a random number into the domain of the op.
fn check<D: Environment, G: Context, T: Shape, Ss: Computed>(
    name: &str,
    g: &GraphData<f64, D, G, HCons<T, Ss>>,
    d: &D,
    domain: fn(f64) -> f64,
) {
    for seed in 0..5 {
        let rng = &mut Rng::with_seed(seed);
        let moved = random_list::<f64, G>(rng)
            .to_any_list()
            .into_iter()
            .map(|x| {
                let data = x.as_slice().iter().map(|x| domain(*x)).collect();
                AnyTensor::new(&x.dims(), data).expect("the same dims")
            });
        let x: TList<f64, G> = TensorList::from_any_list(moved).expect("the same dims");
        let dx = random_list::<f64, G>(rng);
        let tangent = g.jvp(&x, &dx, d).to_any_list();
        let h = 1e-5;
        let (forth, back) = (x.add(&dx.scale(&h)), x.sub(&dx.scale(&h)));
        let difference = g.eval(&forth, d).sub(&g.eval(&back, d)).scale(&(0.5 / h));
        // Central differences: the error is of order h² plus rounding over h.
        let error = distance(&tangent, &difference.to_any_list());
        assert!(error < 1e-7, "{name}: the tangent is off by {error:e}");
        let seeds = random_seed(g, rng);
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

/// Everywhere.
fn anywhere(x: f64) -> f64 {
    x
}

/// Above zero.
fn positive(x: f64) -> f64 {
    x.abs()
}

macro_rules! op {
    ($name:ident on $domain:ident: $($graph:tt)+) => {
        #[test]
        fn $name() {
            check(stringify!($name), &graph!($($graph)+), &tlist![], $domain);
        }
    };
}

op!(add_equal on anywhere: |x: [2, 3], y: [2, 3]| x + y);
op!(add_row on anywhere: |x: [2, 3], y: [3]| x + y);
op!(add_row_left on anywhere: |x: [3], y: [2, 3]| x + y);
op!(add_scalar on anywhere: |x: [], y: [2, 3]| x + y);
op!(sub_row on anywhere: |x: [2, 3], y: [3]| x - y);
op!(sub_row_left on anywhere: |x: [3], y: [2, 3]| x - y);
op!(mul_equal on anywhere: |x: [2, 3], y: [2, 3]| x * y);
op!(mul_row on anywhere: |x: [2, 3], y: [3]| x * y);
op!(mul_scalar_left on anywhere: |x: [], y: [2, 3]| x * y);
op!(square on anywhere: |x: [2, 3]| x * x);
op!(div_equal on anywhere: |x: [2, 3], y: [2, 3]| x / y);
op!(div_row on anywhere: |x: [2, 3], y: [3]| x / y);
op!(div_row_left on anywhere: |x: [3], y: [2, 3]| x / y);
op!(neg_of on anywhere: |x: [2, 3]| -x);
op!(recip_of on anywhere: |x: [2, 3]| 1.0 / x);
op!(scale_by on anywhere: |x: [2, 3]| x * 0.1 - 2.5 * x);
op!(offset_by on anywhere: |x: [2, 3]| x + 0.5 - (1.0 - x));
op!(identity_of on anywhere: |x: [2, 3]| identity(x));
op!(matmul_nn on anywhere: |a: [2, 3], b: [3, 4]| matmul(a, b));
op!(einsum_of_one on anywhere: |a: [2, 3, 4]| einsum!("ijk->ki", a));
op!(einsum_of_two on anywhere: |a: [2, 3, 4], b: [4, 5, 2]| einsum!("bij,jkb->kb", a, b));
op!(matmul_nt_of on anywhere: |a: [2, 3], b: [4, 3]| matmul_nt(a, b));
op!(matmul_tn_of on anywhere: |a: [3, 2], b: [3, 4]| matmul_tn(a, b));
op!(relu_of on anywhere: |x: [2, 3]| relu(x));
op!(step_of on anywhere: |x: [2, 3]| step(x));
op!(tanh_of on anywhere: |x: [2, 3]| tanh(x));
op!(sigmoid_of on anywhere: |x: [2, 3]| sigmoid(x));
op!(exp_of on anywhere: |x: [2, 3]| exp(x));
op!(log_of on positive: |x: [2, 3]| log(x));
op!(sum_all on anywhere: |x: [2, 3]| sum(x));
op!(sum_axis_0 on anywhere: |x: [2, 3, 4]| sum_axis(x, { Axis::<0> }));
op!(sum_axis_1 on anywhere: |x: [2, 3, 4]| sum_axis(x, { Axis::<1> }));
op!(sum_axis_2 on anywhere: |x: [2, 3, 4]| sum_axis(x, { Axis::<2> }));
op!(sum_leading_2 on anywhere: |x: [2, 3, 4]| sum_leading::<shape![4], _>(x));
op!(mean_all on anywhere: |x: [2, 3]| mean(x));
op!(mean_axis_1 on anywhere: |x: [2, 3, 4]| mean_axis(x, { Axis::<1> }));
op!(broadcast_to on anywhere: |x: [3]| broadcast::<shape![4, 2, 3], _>(x));
op!(broadcast_axis_0 on anywhere: |x: [2, 3]| broadcast_axis(x, { Axis::<0> }, { N::<4> }));
op!(broadcast_axis_1 on anywhere: |x: [2, 3]| broadcast_axis(x, { Axis::<1> }, { N::<4> }));
op!(reshape_to on anywhere: |x: [2, 6]| reshape::<shape![3, 4], _>(x));
op!(flatten_of on anywhere: |x: [2, 3, 4]| flatten(x));
op!(transpose_of on anywhere: |x: [2, 3]| transpose(x));
op!(permute_by on anywhere: |x: [2, 3, 4]| permute(x, { (Axis::<2>, Axis::<0>, Axis::<1>) }));
op!(concat_0 on anywhere: |x: [2, 3], y: [4, 3]| concat(x, y, { Axis::<0> }));
op!(concat_1 on anywhere: |x: [2, 3, 2], y: [2, 1, 2]| concat(x, y, { Axis::<1> }));
op!(slice_of on anywhere: |x: [2, 5]| slice(x, { Axis::<1> }, { N::<1> }, { N::<3> }));
op!(softmax_0 on anywhere: |x: [2, 3]| softmax(x, { Axis::<0> }));
op!(softmax_1 on anywhere: |x: [2, 3]| softmax(x, { Axis::<1> }));
op!(log_softmax_0 on anywhere: |x: [2, 3]| log_softmax(x, { Axis::<0> }));
op!(log_softmax_1 on anywhere: |x: [2, 3]| log_softmax(x, { Axis::<1> }));
op!(mse_of on anywhere: |x: [2, 3], y: [2, 3]| mse(x, y));

#[test]
fn cross_entropy_of() {
    let g = graph!(|x: [3, 4]; labels: [3] < 4| cross_entropy(x, labels));
    let labels = Labels::<4, shape![3]>::new([2, 0, 3]).expect("three labels below 4");
    check("cross_entropy", &g, &tlist![labels], anywhere);
}

#[test]
fn a_whole_classifier() {
    let g = graph!(|x: [3, 4], w1: [4, 5], b1: [5], w2: [5, 2], b2: [2]; labels: [3] < 2| {
        let h = tanh(matmul(x, w1) + b1);
        cross_entropy(matmul(h, w2) + b2, labels)
    });
    let labels = Labels::<2, shape![3]>::new([1, 0, 1]).expect("three labels below 2");
    check("classifier", &g, &tlist![labels], anywhere);
}

/// Singles do what doubles do, up to their precision.
#[test]
fn singles_follow_doubles() {
    graph! {
        fn net(x: [4, 6], w: [6, 5], b: [5]) -> [] {
            let h = sigmoid(matmul(x, w) + b);
            let p = log_softmax(h * 3.0, { Axis::<1> });
            mean(p * p) - sum(tanh(x)) / 7.0
        }
    }
    type Net = context![[4, 6], [6, 5], [5]];
    let rng = &mut Rng::with_seed(4);
    let x = random_list::<f64, Net>(rng);
    let single = x.to_any_list().into_iter().map(|t| {
        let data = t.as_slice().iter().map(|x| *x as f32).collect();
        AnyTensor::new(&t.dims(), data).expect("the same dims")
    });
    let single: TList<f32, Net> = TensorList::from_any_list(single).expect("the same dims");
    let (value, gradient) = net::<f64>().value_and_vjp(&x, &tlist![]);
    let (value32, gradient32) = net::<f32>().value_and_vjp(&single, &tlist![]);
    let widened: Vec<_> = gradient32
        .to_any_list()
        .iter()
        .map(|t| {
            let data = t.as_slice().iter().map(|x| f64::from(*x)).collect();
            AnyTensor::new(&t.dims(), data).expect("the same dims")
        })
        .collect();
    assert!((value.item() - f64::from(value32.item())).abs() < 1e-5);
    assert!(distance(&gradient.to_any_list(), &widened) < 1e-5);
}
