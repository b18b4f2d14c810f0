//! Every op at shapes with a dim of 0. (A maximum of nothing does not compile: `ui-tests/`.)
//!
//! Inputs and seed are 1 everywhere. A line is `name: |graph| value, cotangents;`: what each element is, where there is
//! one. Where nothing is summed it is 0, and that need not be said.

use cotangent::context::{Computed, Context, take_all};
use cotangent::env::EnvEntry;
use cotangent::frunk::hlist::{HCons, HNil};
use cotangent::prelude::*;
use cotangent::program::{Type, Value};
use cotangent::tensor::Indices;
use num_rational::BigRational;
use num_traits::Zero;

graph! {
    /// A product, step by step.
    fn product<D: Dim>(s: [D], x: [D]) -> ([D], [D]) where A: Semiring {
        let next = s * x;
        (next, next)
    }
}

const NAN: f64 = f64::NAN;

fn ones<A: Semiring, G: Context>() -> TList<A, G> {
    let ones = G::dims()
        .into_iter()
        .map(|dims| AnyTensor::full(dims, A::one()));
    TensorList::from_any_list(ones.collect::<Vec<_>>()).expect("the dims of the context")
}

/// Environments of at most one entry: its first value.
trait First: Environment {
    fn first<A: Semiring>() -> Self::Of<A>;
}

impl First for HNil {
    fn first<A: Semiring>() -> TensorList<HNil> {
        tlist![]
    }
}

impl<E: EnvEntry> First for HCons<E, HNil> {
    fn first<A: Semiring>() -> Self::Of<A> {
        let values = Self::types().into_iter().map(|ty| match ty {
            Type::Scalar(dims, _) => AnyTensor::full(dims, A::one()).into(),
            Type::Index { dims, below } => {
                let first = vec![0; dims.count()];
                let indices = Indices::new(&dims, below, first).expect("no labels, or first ones");
                Value::Index(indices)
            }
            Type::Key(_) => Key::new(0).into(),
        });
        tlist![take_all(values.collect(), E::take_values).expect("the types of the entry")]
    }
}

/// That the value and the cotangents run, and what each element is.
fn check<A: Semiring, D: First, G: Context, T: Shape, Ss: Computed>(
    g: &GraphData<A, D, G, HCons<T, Ss>>,
    value: f64,
    cotangents: f64,
    is: impl Fn(&A, f64) -> bool,
) {
    let x = ones::<A, G>();
    let none_or_ones = |dims: &[usize]| dims.contains(&0);
    assert!(
        G::dims().iter().any(|dims| none_or_ones(dims)) || T::SIZE == 0,
        "no dim is 0"
    );
    let d = D::first();
    let (y, dx) = g.vjp(&x, &d, &Tensor::ones());
    for y in y.as_slice() {
        assert!(is(y, value), "the value is {y}, expected {value}");
    }
    for (i, dx) in dx.to_any_list().iter().enumerate() {
        for dx in dx.as_slice() {
            assert!(
                is(dx, cotangents),
                "cotangent {i} is {dx}, expected {cotangents}"
            );
        }
    }
    // The tangents of as many elements, along the inputs.
    let (again, tangent) = g.value_and_jvp(&x, &x, &d);
    assert_eq!(
        (again.as_slice().len(), tangent.as_slice().len()),
        (T::SIZE, T::SIZE)
    );
}

fn doubles(x: &f64, expected: f64) -> bool {
    *x == expected || x.is_nan() && expected.is_nan()
}

/// The mean of nothing is 0 over rationals, which have no NaN.
fn rationals(x: &BigRational, expected: f64) -> bool {
    let expected = BigRational::from_float(expected).unwrap_or_else(BigRational::zero);
    *x == expected
}

macro_rules! empty {
    (@numbers) => { (0.0, 0.0) };
    (@numbers $value:expr) => { ($value, 0.0) };
    (@numbers $value:expr, $cotangents:expr) => { ($value, $cotangents) };
    ($scalar:ty, $is:ident; $($name:ident: ($($graph:tt)+) $($number:expr),*;)+) => {$(
        mod $name {
            #[allow(unused_imports)]
            use super::*;
            #[test]
            fn is_as_documented() {
                let (value, cotangents) = empty!(@numbers $($number),*);
                check::<$scalar, _, _, _, _>(&graph!($($graph)+), value, cotangents, $is);
            }
        }
    )+};
}

// The ops that run over rationals run there too.
macro_rules! over_both {
    ($($lines:tt)+) => {
        mod over_doubles {
            use super::*;
            empty! { f64, doubles; $($lines)+ }
        }
        mod over_rationals {
            use super::*;
            empty! { BigRational, rationals; $($lines)+ }
        }
    };
}

over_both! {
    abs_of_none: (|x: [2, 0]| abs(x));
    add_of_none: (|a: [2, 0], b: [0]| a + b);
    add_rows_none: (|a: [0, 3], b: [3]| a + b);
    matmul_in_pairs_batch: (|a: [0, 2, 3], b: [0, 3, 2]| matmul(a, b));
    matmul_in_pairs_inner: (|a: [2, 3, 0], b: [2, 0, 2]| matmul(a, b));
    matmul_in_pairs_rows: (|a: [2, 0, 3], b: [2, 3, 2]| matmul(a, b));
    broadcast_to_none: (|x: [3]| broadcast::<shape![0, 3], _>(x));
    broadcast_of_none: (|x: [0]| broadcast::<shape![2, 0], _>(x));
    broadcast_axis_to_none: (|x: [3]| broadcast_axis(x, 0, 0));
    channel_mean_of_no_sample: (|x: [0, 3]| channel_mean(x, 1)) NAN;
    channel_mean_of_no_channel: (|x: [2, 0]| channel_mean(x, 1));
    channel_variance_of_no_sample: (|x: [0, 3]| channel_variance(x, 1)) NAN;
    concat_with_none: (|a: [2, 0], b: [2, 3]| concat((a, b), 1)) 1.0, 1.0;
    concat_of_none: (|a: [0, 2], b: [0, 3]| concat((a, b), 1));
    concat_of_no_rows: (|a: [0], b: [0]| concat((a, b), 0));
    conv2d_no_image: (|x: [0, 1, 3, 3], w: [2, 1, 2, 2]| conv2d(x, w, NoBias, ConvWindow::new()));
    conv2d_no_channel: (|x: [1, 0, 3, 3], w: [2, 0, 2, 2]| conv2d(x, w, NoBias, ConvWindow::new()));
    conv2d_no_filter: (|x: [1, 2, 3, 3], w: [0, 2, 2, 2]| conv2d(x, w, NoBias, ConvWindow::new()));
    conv2d_padding_only: (|x: [1, 1, 0, 0], w: [1, 1, 2, 2]| {
        conv2d(x, w, NoBias, ConvWindow::new().padding::<1, 1>())
    });
    cumsum_along_none: (|x: [2, 0]| cumsum(x, 1));
    cumsum_of_none: (|x: [0, 3]| cumsum(x, 1));
    div_of_none: (|a: [2, 0], b: [0]| a / b);
    div_rows_none: (|a: [0, 3], b: [3]| a / b);
    dropout_of_none: (|x: [0, 3]; seed| dropout(x, seed, { 0.5 }));
    einsum_one: (|a: [2, 0]| einsum!("ij->i", a));
    einsum_inner: (|a: [2, 0], b: [0, 3]| einsum!("ij,jk->ik", a, b));
    einsum_outer: (|a: [0], b: [3]| einsum!("i,j->ij", a, b));
    einsum_batch: (|a: [0, 2, 3], b: [0, 3]| einsum!("bij,bj->bi", a, b));
    embedding_of_none: (|t: [4, 3]; i: [0] < 4| embedding(t, i));
    embedding_no_columns: (|t: [4, 0]; i: [2] < 4| embedding(t, i));
    flatten_of_none: (|x: [2, 0]| flatten(x));
    gather_none: (|t: [4, 3]; i: [0, 2] < 4| gather(t, i));
    gather_no_rows: (|t: [0, 3]; i: [0] < 0| gather(t, i));
    identity_of_none: (|x: [0]| identity(x));
    matmul_inner: (|a: [2, 0], b: [0, 3]| matmul(a, b));
    matmul_rows: (|a: [0, 2], b: [2, 3]| matmul(a, b));
    matmul_columns: (|a: [2, 3], b: [3, 0]| matmul(a, b));
    matmul_nothing: (|a: [0, 0], b: [0, 0]| matmul(a, b));
    matmul_nt_inner: (|a: [2, 0], b: [3, 0]| matmul_nt(a, b));
    matmul_nt_rows: (|a: [0, 2], b: [3, 2]| matmul_nt(a, b));
    matmul_tn_inner: (|a: [0, 2], b: [0, 3]| matmul_tn(a, b));
    matmul_tn_columns: (|a: [2, 3], b: [2, 0]| matmul_tn(a, b));
    max_axis_beside_none: (|x: [0, 3]| max_axis(x, 1));
    maximum_of_none: (|a: [2, 0], b: [0]| maximum(a, b));
    minimum_rows_none: (|a: [0, 3], b: [3]| minimum(a, b));
    mean_of_none: (|x: [2, 0]| mean(x)) NAN;
    mean_axis_along_none: (|x: [2, 0]| mean_axis(x, 1)) NAN;
    mean_axis_beside_none: (|x: [2, 0]| mean_axis(x, 0));
    // Means of no loss.
    hinge_of_none: (|s: [2, 0], t: [2, 0]| hinge(s, t)) NAN;
    huber_of_none: (|a: [2, 0], b: [2, 0]| huber(a, b, { 1 })) NAN;
    mae_of_none: (|a: [2, 0], b: [2, 0]| mae(a, b)) NAN;
    nll_no_sample: (|x: [0, 3]; labels: [0] < 3| nll(x, labels)) NAN;
    uniform_of_none: (|x: [2, 0]; key| x * uniform::<shape![2, 0]>(key));
    bernoulli_of_none: (|x: [2, 0]; key| x * to_scalar(bernoulli(key, x)));
    mse_of_none: (|x: [0, 3], y: [0, 3]| mse(x, y)) NAN;
    mul_rows_none: (|a: [0, 3], b: [3]| a * b);
    neg_of_none: (|x: [0]| -x);
    offset_of_none: (|x: [2, 0]| x + 0.5);
    pad_of_none: (|x: [0, 2]| pad(x, 0, 2, 1));
    pad_beside_none: (|x: [0, 2]| pad(x, 1, 2, 1));
    max_pool2d_no_image: (|x: [0, 1, 4, 4]| max_pool2d(x, PoolWindow::of::<2, 2>()));
    max_pool2d_no_channel: (|x: [1, 0, 4, 4]| {
        max_pool2d(x, PoolWindow::of::<2, 2>().padding::<1, 1>())
    });
    avg_pool2d_no_image: (|x: [0, 1, 4, 4]| avg_pool2d(x, PoolWindow::of::<2, 2>()));
    avg_pool2d_padding_only: (|x: [1, 1, 0, 0]| {
        avg_pool2d(x, PoolWindow::of::<2, 2>().padding::<1, 1>())
    });
    permute_of_none: (|x: [2, 0, 3]| permute(x, (2, 0, 1)));
    powi_of_none: (|x: [2, 0]| powi(x, 3));
    powi_0_of_none: (|x: [0]| powi(x, 0));
    recip_of_none: (|x: [0, 2]| recip(x));
    relu_of_none: (|x: [0, 2]| relu(x));
    reshape_of_none: (|x: [2, 0]| reshape::<shape![0, 5], _>(x));
    scale_of_none: (|x: [2, 0]| x * 0.1);
    scan_no_step: (|init: [2], xs: [0, 2]| { let (last, _) = scan(product())(init, xs); last }) 1.0, 1.0;
    scan_of_none: (|init: [0], xs: [2, 0]| { let (last, _) = scan(product())(init, xs); last });
    scan_that_gives_none: (|init: [2], xs: [0, 2]| { let (_, all) = scan(product())(init, xs); all });
    scatter_add_none: (|x: [0, 2]; i: [0] < 3| scatter_add(x, i));
    scatter_add_no_columns: (|x: [2, 0]; i: [2] < 3| scatter_add(x, i));
    scatter_add_to_none: (|x: [0, 2]; i: [0] < 0| scatter_add(x, i));
    argmax_beside_none: (|t: [3, 2], x: [0, 3]| gather(t, argmax(x, 1)));
    less_of_none: (|a: [2, 0], b: [2, 0]| select(less(a, b), a * b, b));
    equal_of_none: (|x: [0]| x * to_scalar(equal(x, 0.5)));
    iota_of_none: (|x: [2, 0]| x * to_scalar(iota::<shape![2, 0], Axis<1>>()));
    one_hot_of_none: (|x: [0, 3]; labels: [0] < 3| x * one_hot(labels));
    one_hot_of_no_class: (|x: [0, 0]; labels: [0] < 0| x * one_hot(labels));
    select_of_none: (|a: [2, 0], b: [2, 0]; c: [2, 0] < 2| select(c, a, b));
    slice_to_none: (|x: [3, 2]| slice(x, 0, 3, 0));
    slice_beside_none: (|x: [0, 2]| slice(x, 1, 1, 1));
    square_of_none: (|x: [0]| square(x));
    stack_of_none: (|a: [2, 0], b: [2, 0]| stack((a, b), 1));
    step_of_none: (|x: [0]| step(x));
    stop_gradient_of_none: (|x: [0]| stop_gradient(x));
    sub_rows_none: (|a: [3], b: [0, 3]| a - b);
    sum_of_none: (|x: [0, 3]| sum(x));
    sum_axis_along_none: (|x: [2, 0]| sum_axis(x, 1));
    sum_axis_beside_none: (|x: [2, 0]| sum_axis(x, 0));
    sum_leading_none: (|x: [0, 3]| sum_leading::<shape![3], _>(x));
    transpose_of_none: (|x: [0, 3]| transpose(x));
    variance_of_none: (|x: [2, 0]| variance(x)) NAN;
    variance_axis_along_none: (|x: [2, 0]| variance_axis(x, 1)) NAN;
    variance_axis_beside_none: (|x: [2, 0]| variance_axis(x, 0));
    clamp_of_none: (|x: [2, 0]| clamp(x, -1, 1));
    leaky_relu_of_none: (|x: [0]| leaky_relu(x, 0.1));
    prelu_rows_none: (|x: [0, 3], a: [3]| prelu(x, a));
    min_axis_beside_none: (|x: [0, 3]| min_axis(x, 1));
    prod_of_none: (|x: [2, 0]| prod(x)) 1.0;
    prod_axis_along_none: (|x: [2, 0]| prod_axis(x, 1)) 1.0;
    prod_axis_beside_none: (|x: [2, 0]| prod_axis(x, 0));
    sum_axes_along_none: (|x: [2, 0, 3]| sum_axes(x, (1, 2)));
    mean_axes_along_none: (|x: [2, 0, 3]| mean_axes(x, (1, 2))) NAN;
    variance_axes_along_none: (|x: [2, 0, 3]| variance_axes(x, (1, 2))) NAN;
    max_axes_beside_none: (|x: [0, 3, 2]| max_axes(x, (1, 2)));
    min_axes_beside_none: (|x: [0, 3, 2]| min_axes(x, (1, 2)));
    topk_beside_none: (|x: [0, 3]| { let (values, _) = topk(x, 1, 2); values });
    topk_of_none: (|x: [2, 0]| { let (values, _) = topk(x, 1, 0); values });
    topk_to_none: (|x: [2, 3]| { let (values, _) = topk(x, 1, 0); values });
    triu_of_none: (|x: [0, 2]| triu(x, 0));
    tril_of_none: (|x: [2, 0]| tril(x, 1));
    flip_of_none: (|x: [2, 0]| flip(x, 1));
    roll_of_none: (|x: [2, 0]| roll(x, 1, 1));
    split_to_none: (|x: [3, 0]| { let (a, b) = split(x, 0, (1, 2)); a * sum_axis(b, 0) });
}

mod real {
    use super::*;
    empty! {
        f64, doubles;
        batch_norm_no_sample: (|x: [0, 3], gamma: [3], beta: [3]| {
            batch_norm(x, gamma, beta, 1, { 1e-5 })
        });
        batch_norm_no_channel: (|x: [2, 0], gamma: [0], beta: [0]| {
            batch_norm(x, gamma, beta, 1, { 1e-5 })
        });
        batch_norm_inference_no_sample: (|x: [0, 3], m: [3], v: [3], gamma: [3], beta: [3]| {
            batch_norm_inference(x, m, v, gamma, beta, 1, { 1e-5 })
        });
        causal_attention_no_time: (|q: [0, 2, 2], k: [0, 2, 2], v: [0, 2, 2]| causal_attention(q, k, v));
        causal_attention_no_batch: (|q: [0, 3, 2, 2], k: [0, 3, 2, 2], v: [0, 3, 2, 2]| causal_attention(q, k, v));
        causal_attention_no_column: (|q: [3, 2, 0], k: [3, 2, 0], v: [3, 2, 0]| causal_attention(q, k, v));
        // A mean of no loss.
        cross_entropy_no_sample: (|x: [0, 3]; labels: [0] < 3| cross_entropy(x, labels)) NAN;
        cross_entropy_nothing: (|x: [0, 0]; labels: [0] < 0| cross_entropy(x, labels)) NAN;
        // Where there are weights, a sum of no weights.
        cross_entropy_with_no_sample: (|x: [0, 3]; labels: [0] < 3| {
            cross_entropy_with(x, labels, NoWeights, CrossEntropyOptions::new())
        }) NAN;
        cross_entropy_with_weights_no_sample: (|x: [0, 3], w: [3]; labels: [0] < 3| {
            cross_entropy_with(x, labels, w, CrossEntropyOptions::new().label_smoothing(0.5).ignore_index(1))
        });
        bce_with_logits_of_none: (|x: [2, 0], t: [2, 0]| bce_with_logits(x, t)) NAN;
        weighted_bce_with_logits_of_none: (|x: [2, 0], t: [2, 0], w: [0]| weighted_bce_with_logits(x, t, w)) NAN;
        kl_divergence_no_row: (|x: [0, 3], p: [0, 3]| kl_divergence(x, p)) NAN;
        kl_divergence_no_column: (|x: [2, 0], p: [2, 0]| kl_divergence(x, p));
        // A vector of no entry is a zero vector.
        cosine_similarity_along_none: (|a: [2, 0], b: [2, 0]| cosine_similarity(a, b, 1));
        cosine_similarity_of_none: (|a: [0, 3], b: [0, 3]| cosine_similarity(a, b, 1));
        cosine_loss_along_none: (|a: [2, 0], b: [2, 0]| cosine_loss(a, b, 1)) 1.0;
        cosine_loss_of_none: (|a: [0, 3], b: [0, 3]| cosine_loss(a, b, 1)) NAN;
        categorical_of_none: (|x: [0, 3]; key| to_scalar(categorical(key, x, 1)));
        normal_of_none: (|x: [2, 0]; key| x * normal::<shape![2, 0]>(key));
        exp_of_none: (|x: [2, 0]| exp(x));
        group_norm_no_sample: (|x: [0, 4, 3], gain: [4], shift: [4]| group_norm(x, 2, gain, shift, { 1e-5 }));
        group_norm_no_place: (|x: [2, 4, 0], gain: [4], shift: [4]| group_norm(x, 2, gain, shift, { 1e-5 }));
        group_norm_no_channel: (|x: [2, 0, 3], gain: [0], shift: [0]| group_norm(x, 2, gain, shift, { 1e-5 }));
        instance_norm_no_sample: (|x: [0, 4, 3], gain: [4], shift: [4]| instance_norm(x, gain, shift, { 1e-5 }));
        instance_norm_no_channel: (|x: [2, 0, 3], gain: [0], shift: [0]| instance_norm(x, gain, shift, { 1e-5 }));
        elu_of_none: (|x: [2, 0]| elu(x, 1));
        gelu_of_none: (|x: [2, 0]| gelu(x));
        gelu_tanh_of_none: (|x: [0]| gelu_tanh(x));
        glu_along_none: (|x: [2, 0]| glu(x, 1));
        glu_beside_none: (|x: [2, 0]| glu(x, 0));
        mish_of_none: (|x: [0]| mish(x));
        silu_of_none: (|x: [0]| silu(x));
        std_of_none: (|x: [2, 0]| std(x)) NAN;
        std_axis_along_none: (|x: [2, 0]| std_axis(x, 1)) NAN;
        std_axes_beside_none: (|x: [0, 2, 3]| std_axes(x, (1, 2)));
        layer_norm_no_row: (|x: [0, 3], gamma: [3], beta: [3]| layer_norm(x, gamma, beta, { 1e-5 }));
        layer_norm_no_column: (|x: [2, 0], gamma: [0], beta: [0]| {
            layer_norm(x, gamma, beta, { 1e-5 })
        });
        rms_norm_no_row: (|x: [0, 3], gain: [3]| rms_norm(x, gain, { 1e-5 }));
        rms_norm_no_column: (|x: [2, 0], gain: [0]| rms_norm(x, gain, { 1e-5 }));
        log_of_none: (|x: [2, 0]| log(x));
        log_softmax_along_none: (|x: [2, 0]| log_softmax(x, 1));
        log_softmax_of_none: (|x: [0, 3]| log_softmax(x, 1));
        logsumexp_along_none: (|x: [2, 0]| logsumexp(x, 1)) f64::NEG_INFINITY;
        logsumexp_of_none: (|x: [0, 3]| logsumexp(x, 1));
        lstm_cell_no_sample: (|x: [0, 2], s: [2, 0, 1], w: [2, 4], u: [1, 4], b: [4]| {
            lstm_cell(x, s, w, u, b)
        });
        lstm_cell_no_state: (|x: [2, 3], s: [2, 2, 0], w: [3, 0], u: [0, 0], b: [0]| {
            lstm_cell(x, s, w, u, b)
        });
        pow_rows_none: (|a: [0, 3], b: [3]| pow(a, b));
        sigmoid_of_none: (|x: [2, 0]| sigmoid(x));
        softmax_along_none: (|x: [2, 0]| softmax(x, 1));
        softmax_of_none: (|x: [0, 3]| softmax(x, 1));
        sqrt_of_none: (|x: [2, 0]| sqrt(x));
        tanh_of_none: (|x: [2, 0]| tanh(x));
    }

    /// An input of no columns: the state moves by the bias alone.
    #[test]
    fn lstm_cell_without_input() {
        let g = graph!(|x: [1, 0], s: [2, 1, 1], w: [0, 4], u: [1, 4], b: [4]| lstm_cell(x, s, w, u, b));
        let (y, dx) = g.vjp(
            &ones::<f64, context![[1, 0], [2, 1, 1], [0, 4], [1, 4], [4]]>(),
            (),
            &Tensor::ones(),
        );
        let wide = graph!(|x: [1, 1], s: [2, 1, 1], w: [1, 4], u: [1, 4], b: [4]| lstm_cell(x, s, w, u, b));
        let zero = tlist![
            Tensor::zeros(),
            Tensor::ones(),
            Tensor::ones(),
            Tensor::ones(),
            Tensor::ones()
        ];
        let (expected, expected_dx) = wide.vjp(&zero, (), &Tensor::ones());
        assert_eq!(y, expected);
        let tlist![_, ds, _, du, db] = dx;
        let tlist![_, expected_ds, _, expected_du, expected_db] = expected_dx;
        assert_eq!((ds, du, db), (expected_ds, expected_du, expected_db));
    }

    /// A scan of no step gives no state, and the initial one has no cotangent.
    #[test]
    fn scan_of_no_step_of_an_lstm() {
        graph! {
            fn cell(s: [2, 1, 1], x: [1, 1], w: [1, 4], u: [1, 4], b: [4]) -> ([2, 1, 1], [2, 1, 1]) {
                let next = lstm_cell(x, s, w, u, b);
                (next, next)
            }
        }
        let g = graph!(|init: [2, 1, 1], xs: [0, 1, 1], w: [1, 4], u: [1, 4], b: [4]| {
            let (_, states) = scan(cell())(init, xs, w, u, b);
            states
        });
        check::<f64, _, _, _, _>(&g, NAN, 0.0, doubles);
    }
}
