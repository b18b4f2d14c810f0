//! Values and VJPs against JAX: `tests/reference/jax.json`.
//!
//! A new op has one line in `cases!` for each of its cases. [tests/reference/README.md](../reference/README.md) says
//! what the cases are, and how they are made.

mod case;
mod recurrences;

use case::{Case, FromCase};
use cotangent::frunk::hlist::{HCons, HNil};
use cotangent::graph::Computes;
use cotangent::prelude::*;
use recurrences::{elman, gated, linear, lstm};
use std::collections::BTreeSet;

/// The largest difference from the file, relative to `1 + |expected|`.
///
/// Both sides round to 2⁻⁵³ = 1.1e-16, in orders of their own, and a number of the file comes from less than a hundred
/// sums and products of numbers of size 1 to 10, where errors of a few units in the last place are left.
/// 1e-13 is near 1,000 units, and far below any wrong formula.
const TOLERANCE: f64 = 1e-13;

/// Compares the value and the VJP of a graph to a case.
fn compare<D: FromCase, G: Context, T: Shape, Ss: Computes<Results = HCons<T, HNil>>>(
    case: &Case,
    g: &GraphData<f64, D, G, Ss>,
    tolerance: f64,
) -> Result<(), String> {
    let run = || {
        let x = case.typed_inputs::<G>()?;
        let d = D::from_case(case)?;
        let seed = case
            .seed
            .cast::<T>()
            .map_err(|why| format!("seed: {why}"))?;
        let (y, cotangents) = g.vjp(&x, &d, &seed);
        close("the value", &y.to_any(), &case.output, tolerance)?;
        let cotangents = cotangents.to_any_list();
        if cotangents.len() != case.cotangents.len() {
            return Err(format!("the case has {} cotangents", case.cotangents.len()));
        }
        for (i, (got, expected)) in cotangents.iter().zip(&case.cotangents).enumerate() {
            close(&format!("cotangent {i}"), got, expected, tolerance)?;
        }
        Ok(())
    };
    run().map_err(|why| format!("{}: {why}", case.name))
}

/// Compares two tensors, element by element.
fn close(
    what: &str,
    got: &AnyTensor<f64>,
    expected: &AnyTensor<f64>,
    tolerance: f64,
) -> Result<(), String> {
    let (dims, wanted) = (got.dims(), expected.dims());
    if dims != wanted {
        return Err(format!("{what} has dims {dims}, expected {wanted}"));
    }
    for (i, (x, y)) in got.as_slice().iter().zip(expected.as_slice()).enumerate() {
        let error = (x - y).abs() / (1.0 + y.abs());
        // A NaN is not.
        let near = error <= tolerance;
        if !near {
            return Err(format!(
                "{what} of dims {dims}: element {i} is {x}, expected {y}"
            ));
        }
    }
    Ok(())
}

/// One test for each line, and the list `USED` of their names. A line is `name(graph);` or, with a reason beside it,
/// `name(graph) within tolerance;`.
macro_rules! cases {
    (@tolerance) => { TOLERANCE };
    (@tolerance $tolerance:literal) => { $tolerance };
    ($($name:ident($($graph:tt)+) $(within $tolerance:literal)?;)+) => {
        const USED: &[&str] = &[$(stringify!($name)),+];
        // A module and not a function, which would hide the op of its name.
        $(mod $name {
            use super::*;
            #[test]
            fn agrees() -> Result<(), String> {
                let tolerance = cases!(@tolerance $($tolerance)?);
                compare(Case::find(stringify!($name))?, &graph!($($graph)+), tolerance)
            }
        })+
    };
}

cases! {
    relu(|x: [2, 3]| relu(x));
    tanh(|x: [2, 3]| tanh(x));
    sigmoid(|x: [2, 3]| sigmoid(x));
    softplus(|x: [2, 3]| softplus(x));
    exp(|x: [2, 3]| exp(x));
    log(|x: [2, 3]| log(x));
    rsqrt(|x: [2, 3]| rsqrt(x));
    expm1(|x: [2, 3]| expm1(x));
    log1p(|x: [2, 3]| log1p(x));
    sin(|x: [2, 3]| sin(x));
    cos(|x: [2, 3]| cos(x));
    atan(|x: [2, 3]| atan(x));
    erf(|x: [2, 3]| erf(x));
    add_row(|a: [2, 3], b: [3]| a + b);
    sub_row_left(|a: [3], b: [2, 3]| a - b);
    mul_row(|a: [2, 3], b: [3]| a * b);
    div(|a: [2, 3], b: [2, 3]| a / b);
    div_row(|a: [2, 3], b: [3]| a / b);
    div_row_left(|a: [3], b: [2, 3]| a / b);
    sum_axis_1(|x: [2, 3, 4]| sum_axis(x, 1));
    mean(|x: [2, 3]| mean(x));
    mean_axis_1(|x: [2, 3, 4]| mean_axis(x, 1));
    softmax_0(|x: [2, 3]| softmax(x, 0));
    softmax_1(|x: [2, 3]| softmax(x, 1));
    softmax_large(|x: [2, 3]| softmax(x, 1));
    log_softmax_0(|x: [2, 3]| log_softmax(x, 0));
    log_softmax_1(|x: [2, 3]| log_softmax(x, 1));
    cross_entropy(|x: [3, 4]; labels: [3] < 4| cross_entropy(x, labels));
    cross_entropy_large(|x: [3, 4]; labels: [3] < 4| cross_entropy(x, labels));
    cross_entropy_2d(|x: [2, 3, 4]; labels: [2, 3] < 4| cross_entropy(x, labels));
    mse(|x: [2, 3], y: [2, 3]| mse(x, y));
    classifier(|x: [3, 4], w1: [4, 5], b1: [5], w2: [5, 2], b2: [2]; labels: [3] < 2| {
        cross_entropy(matmul(tanh(matmul(x, w1) + b1), w2) + b2, labels)
    });
    matmul(|a: [2, 3], b: [3, 4]| matmul(a, b));
    transpose(|x: [2, 3]| transpose(x));
    permute(|x: [2, 3, 4]| permute(x, (2, 0, 1)));
    slice_axis_0(|x: [4, 3]| slice(x, 0, 1, 2));
    slice_axis_1(|x: [2, 5, 3]| slice(x, 1, 1, 3));
    concat_0(|a: [2, 3], b: [4, 3]| concat((a, b), 0));
    concat_1(|a: [2, 3, 2], b: [2, 1, 2]| concat((a, b), 1));
    concat_2(|a: [2, 3, 2], b: [2, 3, 4]| concat((a, b), 2));
    sqrt(|x: [2, 3]| sqrt(x));
    pow(|a: [2, 3], b: [2, 3]| pow(a, b));
    powi_3(|x: [2, 3]| powi(x, 3));
    powi_minus_2(|x: [2, 3]| recip(powi(x, 2)));
    maximum(|a: [2, 3], b: [2, 3]| maximum(a, b));
    maximum_ties(|a: [2, 3], b: [2, 3]| maximum(a, b));
    select(|c: [2, 3], a: [2, 3], b: [2, 3]| select(greater(c, 0.0), a, b));
    stop_gradient(|x: [2, 3]| sum(x * stop_gradient(exp(x))));
    max_axis_0(|x: [3, 4]| max_axis(x, 0));
    max_axis_1(|x: [2, 3, 4]| max_axis(x, 1));
    max_ties(|x: [3, 4]| max_axis(x, 1));
    variance(|x: [2, 3]| variance(x));
    variance_axis_0(|x: [3, 4]| variance_axis(x, 0));
    variance_axis_1(|x: [2, 3, 4]| variance_axis(x, 1));
    logsumexp_axis_0(|x: [3, 4]| logsumexp(x, 0));
    logsumexp_axis_1(|x: [2, 3, 4]| logsumexp(x, 1));
    logsumexp_large(|x: [3, 4]| logsumexp(x, 1));
    cumsum_axis_0(|x: [3, 4]| cumsum(x, 0));
    cumsum_axis_1(|x: [2, 3, 4]| cumsum(x, 1));
    matmul_batched(|a: [2, 3, 4], b: [2, 4, 5]| matmul(a, b));
    matmul_batched_twice(|a: [2, 3, 4, 5], b: [2, 3, 5, 6]| matmul(a, b));
    matmul_by_one(|a: [2, 3, 4], b: [4, 5]| matmul(a, b));
    matmul_by_a_vector(|a: [2, 3, 4], x: [4]| matmul(a, x));
    matmul_of_a_vector(|x: [3], b: [3, 4]| matmul(x, b));
    matmul_of_vectors(|x: [3], y: [3]| matmul(x, y));
    pad_axis_0(|x: [2, 3]| pad(x, 0, 2, 1));
    pad_axis_1(|x: [2, 3, 2]| pad(x, 1, 1, 3));
    concat_3(|a: [2, 3], b: [2, 1], c: [2, 2]| concat((a, b, c), 1));
    stack_3(|a: [3, 4], b: [3, 4], c: [3, 4]| stack((a, b, c), 1));
    split(|x: [2, 6]| {
        let (a, b, c) = split(x, 1, [2; 3]);
        a * b * c
    });
    stack_0(|a: [3, 4], b: [3, 4]| stack((a, b), 0));
    stack_1(|a: [3, 4], b: [3, 4]| stack((a, b), 1));
    stack_2(|a: [3, 4], b: [3, 4]| stack((a, b), 2));
    gather_rows(|t: [4, 3]; i: [3] < 4| gather(t, i));
    gather_rows_2d(|t: [5, 2]; i: [2, 3] < 5| gather(t, i));
    scatter_add_rows(|x: [4, 3]; i: [4] < 5| scatter_add(x, i));
    embedding(|t: [6, 3]; i: [4, 2] < 6| embedding(t, i));
    einsum_bij_bjk_bik(|a: [2, 3, 4], b: [2, 4, 5]| einsum!("bij,bjk->bik", a, b));
    einsum_bhqd_bhkd_bhqk(|a: [2, 3, 4, 2], b: [2, 3, 5, 2]| einsum!("bhqd,bhkd->bhqk", a, b));
    einsum_ij_ji(|a: [2, 3]| einsum!("ij->ji", a));
    einsum_ij_i(|a: [2, 3]| einsum!("ij->i", a));
    einsum_i_j_ij(|a: [3], b: [4]| einsum!("i,j->ij", a, b));
    einsum_bij_j_bi(|a: [2, 3, 4], b: [4]| einsum!("bij,j->bi", a, b));
    layer_norm(|x: [3, 4], gamma: [4], beta: [4]| layer_norm(x, gamma, beta, { 1e-5 }));
    layer_norm_3d(|x: [2, 3, 5], gamma: [5], beta: [5]| layer_norm(x, gamma, beta, { 1e-5 }));
    // The inputs are near 10,000, where half a unit is 1e-12, and the mean has to be rounded. A variance from the mean
    // of the squares would be off by 1e-8.
    layer_norm_offset(|x: [3, 4], gamma: [4], beta: [4]| layer_norm(x, gamma, beta, { 1e-5 })) within 1e-11;
    batch_norm(|x: [2, 3, 2, 4], gamma: [3], beta: [3]| {
        batch_norm(x, gamma, beta, 1, { 1e-5 })
    });
    causal_attention(|q: [5, 6], k: [5, 6], v: [5, 6]| {
        let q: [5, 2, 3] = split_axis(q, 1);
        let k: [5, 2, 3] = split_axis(k, 1);
        let v: [5, 2, 3] = split_axis(v, 1);
        merge_axes(causal_attention(q, k, v), 1)
    });
    causal_attention_batched(|q: [2, 4, 6], k: [2, 4, 6], v: [2, 4, 6]| {
        let q: [2, 4, 3, 2] = split_axis(q, 2);
        let k: [2, 4, 3, 2] = split_axis(k, 2);
        let v: [2, 4, 3, 2] = split_axis(v, 2);
        merge_axes(causal_attention(q, k, v), 2)
    });
    attention(|q: [4, 2, 3], k: [5, 2, 3], v: [5, 2, 3]| attention(q, k, v));
    attention_grouped(|q: [2, 4, 2, 3, 3], k: [2, 5, 2, 3], v: [2, 5, 2, 3]| attention(q, k, v));
    causal_attention_grouped(|q: [2, 4, 2, 3, 3], k: [2, 4, 2, 3], v: [2, 4, 2, 3]| causal_attention(q, k, v));
    causal_attention_cached(|q: [2, 2, 3], k: [5, 2, 3], v: [5, 2, 3]| causal_attention(q, k, v));
    masked_attention(|q: [3, 2, 3], k: [4, 2, 3], v: [4, 2, 3]; mask: [3, 4] < 2| masked_attention(q, k, v, mask));
    masked_attention_padding(|q: [2, 3, 2, 3], k: [2, 4, 2, 3], v: [2, 4, 2, 3]; mask: [2, 4] < 2| {
        masked_attention(q, k, v, mask)
    });
    masked_attention_scores(|q: [2, 3, 2, 3], k: [2, 4, 2, 3], v: [2, 4, 2, 3], s: [2, 3, 4]| {
        masked_attention(q, k, v, s)
    });
    masked_attention_all(|q: [2, 3, 2, 2, 3], k: [2, 3, 2, 3], v: [2, 3, 2, 3], s: [2, 2, 3, 3]; mask: [2, 3] < 2| {
        masked_attention(q, k, v, (Causal, mask, s))
    });
    rotary(|x: [4, 2, 6]| rotary(x, 10000, 0));
    rotary_from_label(|x: [2, 3, 2, 4]; start: [] < 100| rotary(x, 10000, start));
    rotary_interleaved(|x: [4, 2, 6]| rotary_interleaved(x, 10000, 3));
    rnn_cell(|x: [3, 4], h: [3, 2], w: [4, 2], u: [2, 2], b: [2]| rnn_cell(x, h, w, u, b));
    gru_cell(|x: [3, 4], h: [3, 2], w: [4, 6], u: [2, 6], b: [6], c: [6]| gru_cell(x, h, w, u, b, c));
    lstm_cell(|x: [3, 4], state: [2, 3, 2], w: [4, 8], u: [2, 8], b: [8]| lstm_cell(x, state, w, u, b));
    lstm_scan(|xs: [4, 3, 4], init: [2, 3, 2], w: [4, 8], u: [2, 8], b: [8]| {
        let (_, states) = scan(lstm())(init, xs, w, u, b);
        states
    });
    scan_linear(|xs: [5, 4, 3], init: [4, 2], w: [3, 2], u: [2, 2]| {
        let (_, states) = scan(linear())(init, xs, w, u);
        states
    });
    scan_tanh(|xs: [5, 4, 3], init: [4, 2], w: [3, 2], u: [2, 2], b: [2]| {
        let (_, states) = scan(elman())(init, xs, w, u, b);
        states
    });
    scan_gated(|xs: [5, 4, 3], init: [4, 2], w: [3, 2], u: [2, 2], v: [3, 2]| {
        let (_, states) = scan(gated())(init, xs, w, u, v);
        states
    });
    // A contraction forgets its roundings, but sums of 1,000 states or gradients are rounded 1,000 times on both sides:
    // by half a unit of a number below 256, which is 1.4e-14, and so by 1.7e-13 of that number at most.
    scan_1000(|xs: [1000, 1, 1], init: [1, 2], w: [1, 2], u: [2, 2], b: [2]| {
        let (_, states) = scan(elman())(init, xs, w, u, b);
        sum_axis(states, 0)
    }) within 1e-12;
    conv2d(|x: [2, 2, 4, 3], w: [3, 2, 3, 2]| conv2d(x, w, NoBias, ConvWindow::new()));
    conv2d_stride_2(|x: [1, 2, 6, 5], w: [2, 2, 2, 3]| {
        conv2d(x, w, NoBias, ConvWindow::new().stride::<2, 2>())
    });
    conv2d_stride_2_rest(|x: [1, 2, 5, 6], w: [2, 2, 2, 3]| {
        conv2d(x, w, NoBias, ConvWindow::new().stride::<2, 2>())
    });
    conv2d_padding_1(|x: [1, 2, 4, 3], w: [3, 2, 3, 2]| {
        conv2d(x, w, NoBias, ConvWindow::new().padding::<1, 1>())
    });
    conv2d_dilation_2(|x: [1, 2, 6, 5], w: [2, 2, 3, 2]| {
        conv2d(x, w, NoBias, ConvWindow::new().dilation::<2, 2>())
    });
    conv2d_groups_2(|x: [1, 4, 4, 3], w: [6, 2, 2, 2]| {
        conv2d(x, w, NoBias, ConvWindow::new().groups::<2>())
    });
    conv2d_stride_2_1_padding_1_0(|x: [2, 2, 4, 3], w: [3, 2, 2, 2]| {
        conv2d(x, w, NoBias, ConvWindow::new().stride::<2, 1>().padding::<1, 0>())
    });
    conv2d_bias(|x: [2, 2, 4, 3], w: [3, 2, 3, 2], b: [3]| conv2d(x, w, b, ConvWindow::new()));
    along(|b: [3], x: [2, 3, 2, 4]| x * along(b, x, 1));
    mean_kept(|x: [2, 3, 4]| x - mean_axis(x, keep(1)));
    conv2d_depthwise(|x: [1, 3, 4, 5], w: [3, 1, 2, 3]| {
        conv2d(x, w, NoBias, ConvWindow::new().groups::<3>())
    });
    conv1d(|x: [2, 4, 9], w: [6, 2, 3], b: [6]| {
        conv1d(x, w, b, ConvWindow1d::new().stride::<2>().padding::<1>().dilation::<2>().groups::<2>())
    });
    conv_transpose1d(|x: [2, 4, 5], w: [4, 3, 3], b: [6]| {
        conv_transpose1d(x, w, b, ConvWindow1d::new()
            .stride::<2>().padding::<1>().dilation::<2>().groups::<2>().output_padding::<1>())
    });
    conv_transpose2d(|x: [2, 3, 3, 4], w: [3, 2, 2, 3], b: [2]| conv_transpose2d(x, w, b, ConvWindow::new()));
    conv_transpose2d_all(|x: [2, 4, 3, 2], w: [4, 3, 3, 2], b: [6]| {
        conv_transpose2d(x, w, b, ConvWindow::new()
            .stride::<2, 3>().padding::<1, 0>().dilation::<1, 2>().groups::<2>().output_padding::<1, 2>())
    });
    max_pool1d(|x: [2, 3, 7]| max_pool1d(x, PoolWindow1d::of::<3>().stride::<2>()));
    avg_pool1d(|x: [2, 3, 7]| avg_pool1d(x, PoolWindow1d::of::<3>().stride::<2>()));
    adaptive_max_pool2d(|x: [1, 2, 7, 5]| adaptive_max_pool2d(x, (3, 4)));
    adaptive_max_pool2d_dividing(|x: [1, 2, 4, 6]| adaptive_max_pool2d(x, (2, 3)));
    adaptive_avg_pool2d(|x: [2, 2, 7, 5]| adaptive_avg_pool2d(x, (3, 4)));
    adaptive_avg_pool2d_dividing(|x: [2, 2, 4, 6]| adaptive_avg_pool2d(x, (2, 3)));
    global_max_pool(|x: [2, 3, 3, 4]| global_max_pool(x));
    global_avg_pool(|x: [2, 3, 3, 4]| global_avg_pool(x));
    upsample_nearest(|x: [2, 2, 3, 2]| upsample_nearest(x, 3));
    upsample_bilinear(|x: [2, 2, 3, 4]| upsample_bilinear(x, 2));
    upsample_bilinear_3(|x: [1, 2, 2, 3]| upsample_bilinear(x, 3));
    max_pool2d_2x2_stride_2(|x: [1, 2, 4, 6]| max_pool2d(x, PoolWindow::of::<2, 2>()));
    max_pool2d_3x3_stride_1(|x: [2, 1, 5, 4]| {
        max_pool2d(x, PoolWindow::of::<3, 3>().stride::<1, 1>())
    });
    avg_pool2d_2x2_stride_2(|x: [1, 2, 4, 6]| avg_pool2d(x, PoolWindow::of::<2, 2>()));
    avg_pool2d_3x2_stride_2_1(|x: [1, 2, 5, 4]| {
        avg_pool2d(x, PoolWindow::of::<3, 2>().stride::<2, 1>())
    });
}

#[test]
fn every_case_is_used() {
    let used: BTreeSet<_> = USED.iter().copied().collect();
    let file: BTreeSet<_> = case::cases().keys().map(String::as_str).collect();
    let unused: Vec<_> = file.difference(&used).collect();
    assert!(unused.is_empty(), "no line of `cases!` has {unused:?}");
    let unknown: Vec<_> = used.difference(&file).collect();
    assert!(unknown.is_empty(), "the file has no {unknown:?}");
}

/// What a comparison refuses, and in which words.
#[test]
fn a_wrong_graph_is_refused() -> Result<(), String> {
    let case = |name| Case::find(name).cloned();
    let value = graph!(|a: [2, 3], b: [3]| a * b);
    let cotangent = graph!(|x: [2, 3]| transpose(x));
    let mut other = case("transpose")?;
    other.cotangents[0] = other.inputs[0].clone();
    let (inputs, dims) = (graph!(|x: [3, 2]| exp(x)), graph!(|x: [2, 3]| transpose(x)));
    let labels = graph!(|x: [3, 4]; labels: [3] < 4| cross_entropy(x, labels));
    let (fewer, more) = (graph!(|x: [3, 4]| mean(x)), labels.clone());
    let mut no_labels = case("cross_entropy")?;
    no_labels.indices.clear();
    let mut nan = case("exp")?;
    nan.output = AnyTensor::full(nan.output.dims().clone(), f64::NAN);
    let refused = [
        compare(&case("div_row")?, &value, TOLERANCE),
        compare(&other, &cotangent, TOLERANCE),
        compare(&case("exp")?, &inputs, TOLERANCE),
        compare(&case("exp")?, &dims, TOLERANCE),
        compare(&case("cross_entropy")?, &fewer, TOLERANCE),
        compare(&no_labels, &more, TOLERANCE),
        compare(&nan, &graph!(|x: [2, 3]| exp(x)), TOLERANCE),
    ];
    let words: Vec<_> = refused.into_iter().map(|r| r.unwrap_err()).collect();
    insta::assert_snapshot!(words.join("\n"), @r"
    div_row: the value of dims [2, 3]: element 0 is -2.5659359999999998, expected -0.7464940668824164
    transpose: cotangent 0 of dims [2, 3]: element 0 is -0.218, expected -1.647
    exp: the graph takes [[3, 2]], the case has [[2, 3]]
    exp: seed: expected a tensor of dims [3, 2], got [2, 3]
    cross_entropy: the case has more indices than the graph
    cross_entropy: the case has fewer indices than the graph
    exp: the value of dims [2, 3]: element 0 is 1.0778841508846315, expected NaN
    ");
    Ok(())
}

#[test]
fn a_wrong_file_is_refused() {
    let tensor = r#"{"dims": [2], "data": [1.0]}"#;
    let text = format!(
        r#"{{"cases": {{"f": {{"inputs": [], "indices": [], "cotangents": [],
        "output": {tensor}, "seed": {tensor}}}}}}}"#
    );
    let error = case::read(&text).unwrap_err();
    assert_eq!(error, "`f`: a tensor of dims [2] has 2 elements, got 1");
    let error = Case::find("matmull").unwrap_err();
    assert!(error.starts_with("there is no case `matmull` in tests/reference/jax.json; it has "));
}
