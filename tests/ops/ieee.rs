//! NaN, infinities, signed zeros, the largest and the smallest double: values and cotangents, for a seed of 1, by the plan and by
//! the interpreter.

use crate::interpreted::{all_numbers, cotangents, seed, values};
use cotangent::env::Given;
use cotangent::graph::Computes;
use cotangent::prelude::*;

const NAN: f64 = f64::NAN;
const INF: f64 = f64::INFINITY;
const MAX: f64 = f64::MAX;
/// The smallest double.
const TINY: f64 = 5e-324;

/// Equal, with the sign of a zero, or both NaN. A libm may err in the last place: 4e-16 is two units.
fn same(x: f64, y: f64) -> bool {
    let equal = x.to_bits() == y.to_bits() || x.is_nan() && y.is_nan();
    equal || x.is_finite() && y != 0.0 && ((x - y) / y).abs() < 4e-16
}

fn all_same(what: &str, got: &[f64], expected: &[f64]) {
    let equal = got.len() == expected.len() && got.iter().zip(expected).all(|(x, y)| same(*x, *y));
    assert!(equal, "{what}: {got:?}, expected {expected:?}");
}

/// The same by the interpreter, for a value like this one.
fn interpreted<G: Context, Ss: Computes, S: Shape>(
    g: &GraphData<f64, environment![], G, Ss>,
    x: impl Given<f64, G>,
    like: &Tensor<f64, S>,
    y: &[f64],
    dx: &[f64],
) {
    let ones = like.map(|_| 1.0);
    all_same(
        "values by the interpreter",
        &all_numbers(&values(g, x, ())),
        y,
    );
    let got = all_numbers(&cotangents(g, x, (), &[&seed(&ones)]));
    all_same("cotangents by the interpreter", &got, dx);
}

/// A line is `name(graph) values, cotangents`, at the inputs `NaN, ∞, -∞, 0, -0, MAX, TINY`.
macro_rules! functions {
    ($($name:ident($($graph:tt)+) $y:expr, $dx:expr;)+) => {$(
        #[test]
        fn $name() {
            use cotangent::prelude::*;
            let x = tlist![Tensor::from([NAN, INF, -INF, 0.0, -0.0, MAX, TINY])];
            let g = graph!($($graph)+);
            let (y, tlist![dx]) = g.vjp(&x, (), &Tensor::ones());
            all_same("values", y.as_slice(), &$y);
            all_same("cotangents", dx.as_slice(), &$dx);
            interpreted(&g, &x, &y, &$y, &$dx);
        }
    )+};
}

mod of_one {
    use super::{INF, MAX, NAN, TINY, all_same, interpreted};
    const NONE: [f64; 7] = [0.0; 7];
    const ONE: [f64; 7] = [1.0; 7];
    const X: [f64; 7] = [NAN, INF, -INF, 0.0, -0.0, MAX, TINY];
    // The reciprocal of the largest double is subnormal.
    const LEAST: f64 = 1.0 / MAX;

    functions! {
        of_abs(|x: [7]| abs(x)) [NAN, INF, INF, 0.0, 0.0, MAX, TINY], [0.0, 1.0, -1.0, 0.0, 0.0, 1.0, 1.0];
        of_exp(|x: [7]| exp(x)) [NAN, INF, 0.0, 1.0, 1.0, INF, 1.0], [NAN, INF, 0.0, 1.0, 1.0, INF, 1.0];
        of_identity(|x: [7]| identity(x)) X, ONE;
        of_log(|x: [7]| log(x)) [NAN, INF, NAN, -INF, -INF, MAX.ln(), TINY.ln()], [NAN, 0.0, -0.0, INF, -INF, LEAST, INF];
        of_neg(|x: [7]| -x) X.map(|x| -x), [-1.0; 7];
        of_offset(|x: [7]| x + 1) [NAN, INF, -INF, 1.0, 1.0, MAX, 1.0], ONE;
        of_powi_0(|x: [7]| powi(x, 0)) ONE, NONE;
        of_powi_1(|x: [7]| powi(x, 1)) X, ONE;
        of_powi_2(|x: [7]| powi(x, 2)) [NAN, INF, INF, 0.0, 0.0, INF, 0.0], [NAN, INF, -INF, 0.0, -0.0, INF, 2.0 * TINY];
        of_powi_3(|x: [7]| powi(x, 3)) [NAN, INF, -INF, 0.0, -0.0, INF, 0.0], [NAN, INF, INF, 0.0, 0.0, INF, 0.0];
        of_recip(|x: [7]| recip(x)) [NAN, 0.0, -0.0, INF, -INF, LEAST, INF], [NAN, -0.0, -0.0, -INF, -INF, -0.0, -INF];
        of_relu(|x: [7]| relu(x)) [NAN, INF, 0.0, 0.0, -0.0, MAX, TINY], [0.0, 1.0, 0.0, 0.0, 0.0, 1.0, 1.0];
        of_scale(|x: [7]| scale(x, 2)) [NAN, INF, -INF, 0.0, -0.0, INF, 2.0 * TINY], [2.0; 7];
        of_scale_0(|x: [7]| scale(x, 0)) [NAN, NAN, NAN, 0.0, -0.0, 0.0, 0.0], NONE;
        of_sigmoid(|x: [7]| sigmoid(x)) [NAN, 1.0, 0.0, 0.5, 0.5, 1.0, 0.5], [NAN, 0.0, 0.0, 0.25, 0.25, 0.0, 0.25];
        of_sqrt(|x: [7]| sqrt(x)) [NAN, INF, NAN, 0.0, -0.0, MAX.sqrt(), TINY.sqrt()],
            [NAN, 0.0, NAN, INF, -INF, 0.5 / MAX.sqrt(), 0.5 / TINY.sqrt()];
        of_square(|x: [7]| square(x)) [NAN, INF, INF, 0.0, 0.0, INF, 0.0], [NAN, INF, -INF, 0.0, -0.0, INF, 2.0 * TINY];
        of_step(|x: [7]| step(x)) [0.0, 1.0, 0.0, 0.0, 0.0, 1.0, 1.0], NONE;
        of_stop_gradient(|x: [7]| stop_gradient(x)) X, NONE;
        of_tanh(|x: [7]| tanh(x)) [NAN, 1.0, -1.0, 0.0, -0.0, 1.0, TINY], [NAN, 0.0, 0.0, 1.0, 1.0, 0.0, 1.0];
    }
}

/// The same at pairs: each row is `[a, b, y, da, db]`.
macro_rules! of_two {
    ($name:ident($($graph:tt)+) $rows:expr) => {
        #[test]
        fn $name() {
            for [a, b, y, da, db] in $rows {
                let g = graph!($($graph)+);
                let x = tlist![Tensor::scalar(a), Tensor::scalar(b)];
                let (value, tlist![dx, dz]) = g.value_and_vjp(&x, ());
                let got = [value.item(), dx.item(), dz.item()];
                all_same(&format!("{a} and {b}"), &got, &[y, da, db]);
                interpreted(&g, &x, &value, &[y], &[da, db]);
            }
        }
    };
}

of_two! { sums(|a: [], b: []| a + b) [
    [NAN, 1.0, NAN, 1.0, 1.0], [INF, -INF, NAN, 1.0, 1.0], [INF, 1.0, INF, 1.0, 1.0], [MAX, MAX, INF, 1.0, 1.0],
] }
of_two! { differences(|a: [], b: []| a - b) [
    [NAN, 1.0, NAN, 1.0, -1.0], [INF, INF, NAN, 1.0, -1.0], [1.0, INF, -INF, 1.0, -1.0],
] }
of_two! { products(|a: [], b: []| a * b) [
    [NAN, 0.0, NAN, 0.0, NAN], [INF, 0.0, NAN, 0.0, INF], [INF, -INF, -INF, -INF, INF], [MAX, 2.0, INF, 2.0, MAX],
    [TINY, 0.5, 0.0, 0.5, TINY],
] }
of_two! { quotients(|a: [], b: []| a / b) [
    [NAN, 2.0, NAN, 0.5, NAN], [INF, INF, NAN, 0.0, NAN], [0.0, 0.0, NAN, INF, NAN], [2.0, 0.0, INF, INF, -INF],
    [2.0, -0.0, -INF, -INF, -INF], [2.0, INF, 0.0, 0.0, -0.0], [INF, 2.0, INF, 0.5, -INF],
] }
// Half to each where either is NaN, and where both are one infinity.
of_two! { maxima(|a: [], b: []| maximum(a, b)) [
    [NAN, 1.0, NAN, 0.5, 0.5], [1.0, NAN, NAN, 0.5, 0.5], [INF, NAN, NAN, 0.5, 0.5], [INF, INF, INF, 0.5, 0.5],
    [INF, 1.0, INF, 1.0, 0.0], [-INF, 1.0, 1.0, 0.0, 1.0], [-INF, -INF, -INF, 0.5, 0.5], [0.0, -0.0, 0.0, 0.5, 0.5],
    [MAX, INF, INF, 0.0, 1.0],
] }
of_two! { minima(|a: [], b: []| minimum(a, b)) [
    [NAN, 1.0, NAN, 0.5, 0.5], [-INF, NAN, NAN, 0.5, 0.5], [INF, INF, INF, 0.5, 0.5], [INF, 1.0, 1.0, 0.0, 1.0],
    [-INF, 1.0, -INF, 1.0, 0.0], [-INF, -INF, -INF, 0.5, 0.5],
] }
// As C's pow: anything to the 0 is 1. In the derivatives a NaN counts as 0 where they ask for one.
of_two! { powers(|a: [], b: []| pow(a, b)) [
    [NAN, 0.0, 1.0, 0.0, 0.0], [NAN, 2.0, NAN, NAN, 0.0], [2.0, NAN, NAN, 0.0, NAN], [0.0, 0.0, 1.0, 0.0, 0.0],
    [0.0, -1.0, INF, -INF, 0.0], [0.0, 0.5, 0.0, INF, 0.0], [INF, 2.0, INF, INF, INF], [INF, -INF, 0.0, NAN, NAN],
    [2.0, INF, INF, INF, INF], [-1.0, 0.5, NAN, NAN, NAN], [-2.0, 3.0, -8.0, 12.0, NAN], [MAX, 2.0, INF, INF, INF],
] }
// Its value is the mean of one square.
of_two! { squared_errors(|a: [], b: []| mse(a, b)) [
    [NAN, 1.0, NAN, NAN, NAN], [INF, 1.0, INF, INF, -INF], [INF, INF, NAN, NAN, NAN], [MAX, 0.0, INF, INF, -INF],
] }

/// Rows of three: the value, and the cotangents.
macro_rules! of_rows {
    ($name:ident($($graph:tt)+) $rows:expr) => {
        #[test]
        fn $name() {
            for (x, y, expected) in $rows {
                let g = graph!($($graph)+);
                let given = Tensor::from(x);
                let (value, dx) = g.vjp(&given, (), &Tensor::ones());
                all_same(&format!("{x:?}"), value.as_slice(), &y);
                all_same(&format!("cotangents of {x:?}"), dx.as_slice(), &expected);
                interpreted(&g, &given, &value, &y, &expected);
            }
        }
    };
}

const NANS: [f64; 3] = [NAN; 3];
const THIRDS: [f64; 3] = [1.0 / 3.0; 3];

of_rows! { total(|x: [3]| sum(x)) [
    ([1.0, 2.0, NAN], [NAN], [1.0; 3]), ([1.0, 2.0, INF], [INF], [1.0; 3]), ([INF, 0.0, -INF], [NAN], [1.0; 3]),
    // In whatever order: a plan adds lane by lane.
    ([MAX, MAX, MAX], [INF], [1.0; 3]),
] }
of_rows! { average(|x: [3]| mean(x)) [
    ([1.0, 2.0, NAN], [NAN], THIRDS), ([1.0, 2.0, -INF], [-INF], THIRDS), ([INF, 0.0, -INF], [NAN], THIRDS),
] }
of_rows! { running(|x: [3]| cumsum(x, 0)) [
    ([1.0, NAN, 2.0], [1.0, NAN, NAN], [3.0, 2.0, 1.0]), ([INF, 0.0, -INF], [INF, INF, NAN], [3.0, 2.0, 1.0]),
] }
of_rows! { spread(|x: [3]| variance(x)) [
    ([1.0, 2.0, NAN], [NAN], NANS), ([1.0, 2.0, INF], [NAN], NANS), ([1.0, 1.0, -INF], [NAN], NANS),
] }
// A NaN is the largest, and then every entry has a share.
of_rows! { largest(|x: [3]| max(x)) [
    ([1.0, 2.0, NAN], [NAN], THIRDS), ([1.0, 2.0, INF], [INF], [0.0, 0.0, 1.0]), ([INF, 2.0, INF], [INF], [0.5, 0.0, 0.5]),
    ([-INF; 3], [-INF], THIRDS), ([1.0, 1.0, -INF], [1.0], [0.5, 0.5, 0.0]), ([MAX, MAX, -MAX], [MAX], [0.5, 0.5, 0.0]),
] }
// Entries of -∞ are masked: they count as nothing. A row of nothing else is NaN, as are +∞ and NaN.
of_rows! { soft(|x: [3]| softmax(x, 0)) [
    ([1.0, 1.0, -INF], [0.5, 0.5, 0.0], [0.0; 3]), ([-INF, 3.0, -INF], [0.0, 1.0, 0.0], [0.0; 3]), ([-INF; 3], NANS, NANS),
    ([1.0, 2.0, INF], NANS, NANS), ([1.0, 2.0, NAN], NANS, NANS), ([MAX, MAX, -MAX], [0.5, 0.5, 0.0], [0.0; 3]),
] }
of_rows! { log_soft(|x: [3]| log_softmax(x, 0)) [
    ([1.0, 1.0, -INF], [-0.5_f64.recip().ln(), -0.5_f64.recip().ln(), -INF], [-0.5, -0.5, 1.0]),
    ([-INF, 3.0, -INF], [-INF, 0.0, -INF], [1.0, -2.0, 1.0]),
    ([-INF; 3], NANS, NANS), ([1.0, 2.0, INF], NANS, NANS), ([1.0, 2.0, NAN], NANS, NANS),
] }
of_rows! { log_total(|x: [3]| logsumexp(x, 0)) [
    ([1.0, 1.0, -INF], [1.0 + 2.0_f64.ln()], [0.5, 0.5, 0.0]), ([-INF, 3.0, -INF], [3.0], [0.0, 1.0, 0.0]),
    ([-INF; 3], [-INF], NANS), ([1.0, 2.0, INF], [INF], NANS), ([1.0, 2.0, NAN], [NAN], NANS), ([MAX, MAX, -MAX], [MAX], [0.5, 0.5, 0.0]),
] }

/// A masked class has probability 0: the loss is infinite if it is the label, and its cotangent finite.
#[test]
fn cross_entropy_of_a_masked_class() {
    let run = |x: [f64; 3], label| {
        let g = graph!(|x: [1, 3]; labels: [1] < 3| cross_entropy(x, labels));
        let labels = Labels::<3, shape![1]>::new([label]).expect("below 3");
        let (y, dx) = g.value_and_vjp(&Tensor::from([x]), &tlist![labels]);
        (y.item(), dx)
    };
    assert_eq!(
        run([1.0, 1.0, -INF], 0),
        (2.0_f64.ln(), Tensor::from([[-0.5, 0.5, 0.0]]))
    );
    assert_eq!(
        run([1.0, 1.0, -INF], 2),
        (INF, Tensor::from([[0.5, 0.5, -1.0]]))
    );
    for x in [[-INF; 3], [1.0, 2.0, INF], [1.0, 2.0, NAN]] {
        let (y, dx) = run(x, 0);
        assert!(
            y.is_nan() && dx.as_slice().iter().all(|dx| dx.is_nan()),
            "{x:?}"
        );
    }
}

/// One bad entry spoils its row and no other: a norm of it is NaN.
#[test]
fn a_norm_spoils_one_row() {
    let g = graph!(|x: [2, 3], gamma: [3], beta: [3]| layer_norm(x, gamma, beta, { 1e-5 }));
    let h = graph!(|x: [3, 2], gamma: [2], beta: [2]| batch_norm(x, gamma, beta, 1, { 1e-5 }));
    for bad in [NAN, INF, -INF] {
        let x = Tensor::from([[1.0, bad, 3.0], [1.0, 2.0, 3.0]]);
        let columns = Tensor::from([[1.0, 1.0], [bad, 2.0], [3.0, 3.0]]);
        let (y, tlist![dx, _, dbeta]) = g.vjp(
            &tlist![x, Tensor::ones(), Tensor::ones()],
            (),
            &Tensor::ones(),
        );
        for row in [&y, &dx] {
            assert!(
                row.as_slice()[..3].iter().all(|x| x.is_nan())
                    && row.as_slice()[3..].iter().all(|x| x.is_finite())
            );
        }
        assert_eq!(dbeta, Tensor::full(2.0));
        let y = h.value(&tlist![columns, Tensor::ones(), Tensor::ones()], ());
        assert!(
            y.as_slice()
                .iter()
                .enumerate()
                .all(|(i, y)| y.is_nan() == (i % 2 == 0))
        );
    }
}

/// What a pool does not see does not count; a NaN that it sees is its maximum, with padding too.
#[test]
fn pools() {
    let g = graph!(|x: [1, 1, 1, 4]| max_pool2d(x, PoolWindow::of::<1, 2>()));
    let h = graph!(|x: [1, 1, 1, 3]| max_pool2d(x, PoolWindow::of::<1, 2>().padding::<0, 1>()));
    let x = Tensor::from([[[[1.0, NAN, INF, -INF]]]]);
    let (y, dx) = g.vjp(&x, (), &Tensor::ones());
    all_same("the maxima", y.as_slice(), &[NAN, INF]);
    all_same("their cotangents", dx.as_slice(), &[0.5, 0.5, 1.0, 0.0]);
    for (x, y) in [
        ([-INF, 1.0, NAN], [-INF, NAN]),
        ([INF, -INF, -INF], [INF, -INF]),
        ([NAN, 1.0, 2.0], [NAN, 2.0]),
    ] {
        let value = h.value(&Tensor::from([[[x]]]), ());
        all_same(&format!("{x:?}"), value.as_slice(), &y);
    }
    let g = graph!(|x: [1, 1, 1, 4]| avg_pool2d(x, PoolWindow::of::<1, 2>()));
    let y = g.value(&Tensor::from([[[[1.0, NAN, INF, 1.0]]]]), ());
    all_same("the means", y.as_slice(), &[NAN, INF]);
}

/// Scores of later times are not read, NaN or not. A value of a later time has the weight 0, and `0 * ∞` is NaN.
#[test]
fn attention() {
    let g = graph!(|q: [3, 1, 1], k: [3, 1, 1], v: [3, 1, 1]| causal_attention(q, k, v));
    let with = |x| Tensor::from([[[1.0]], [[x]], [[1.0]]]);
    for bad in [NAN, INF] {
        let y = g.value(&tlist![with(bad), with(2.0), with(2.0)], ());
        assert_eq!((y.as_slice()[0], y.as_slice()[1].is_nan()), (1.0, true));
        let y = g.value(&tlist![with(2.0), with(bad), with(2.0)], ());
        assert_eq!((y.as_slice()[0], y.as_slice()[2].is_nan()), (1.0, true));
        let y = g.value(&tlist![with(2.0), with(2.0), with(bad)], ());
        assert!(y.as_slice()[0].is_nan());
    }
    // A key that scores -∞ is masked, in the value.
    let y = g.value(&tlist![with(1.0), with(-INF), with(5.0)], ());
    assert_eq!(y, Tensor::ones());
}

/// What is dropped does not count, whatever it is; nor does its cotangent.
#[test]
fn dropout_of_infinities() {
    let g = graph!(|x: [32]; seed| dropout(x, seed, { 0.5 }));
    let seed = || tlist![Key::new(4)];
    let kept = g.value(&tlist![Tensor::<f64, _>::ones()], &seed());
    for bad in [NAN, INF, -INF] {
        let (y, dx) = g.vjp(&Tensor::full(bad), &seed(), &Tensor::full(bad));
        for (kept, (y, dx)) in kept
            .as_slice()
            .iter()
            .zip(y.as_slice().iter().zip(dx.as_slice()))
        {
            let expected = if *kept == 0.0 { 0.0 } else { bad };
            assert!(
                same(*y, expected) && same(*dx, expected),
                "{y} and {dx}, expected {expected}"
            );
        }
    }
    assert!(kept.as_slice().contains(&0.0) && kept.as_slice().contains(&2.0));
}

/// What is not chosen does not count. No NaN is greater than 0.
#[test]
fn selections() {
    let g = graph!(|c: [5], a: [5], b: [5]| -> [5] { select(greater(c, 0.0), a, b) });
    let c = Tensor::from([NAN, INF, -INF, TINY, -0.0]);
    let (y, tlist![dc, da, db]) = g.vjp(
        &tlist![c, Tensor::full(1.0), Tensor::full(INF)],
        (),
        &Tensor::full(INF),
    );
    assert_eq!(y.as_slice(), [INF, 1.0, INF, 1.0, INF]);
    assert_eq!(dc, Tensor::zeros());
    assert_eq!(da.as_slice(), [0.0, INF, 0.0, INF, 0.0]);
    assert_eq!(db.as_slice(), [INF, 0.0, INF, 0.0, INF]);
}

/// A product of matrices has NaN where the sum of products has it, in every row and column that meets one.
#[test]
fn products_of_matrices() {
    let g = graph!(|a: [2, 2], b: [2, 2]| matmul(a, b));
    let (a, b) = (
        Tensor::from([[0.0, 1.0], [1.0, 0.0]]),
        Tensor::from([[INF, 1.0], [NAN, 2.0]]),
    );
    let (y, tlist![da, db]) = g.vjp(&tlist![a, b], (), &Tensor::ones());
    all_same("the product", y.as_slice(), &[NAN, 2.0, NAN, 1.0]);
    all_same("the left", da.as_slice(), &[INF, NAN, INF, NAN]);
    assert_eq!(db, Tensor::ones());
}
