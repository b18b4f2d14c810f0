//! The derivative table of the scalar functions: the one thing about derivatives that proofs trust.
//!
//! Each line of it is held against differences in doubles over the whole domain of the function, extrapolated to a step
//! of zero (Ridders, *Accurate computation of F'(x) and F'(x)F''(x)*, 1982), and at its kinks against what PyTorch and JAX
//! do.

use cotangent::scalar::{Binary, Dual, Real, Semiring, Unary};
use std::collections::HashSet;

/// The table at a point, through the dual numbers that read it.
fn unary(f: Unary, x: f64) -> (f64, f64) {
    let y = Dual::<f64>::kernels()
        .unary(f, &[Dual::new(x, 1.0)])
        .expect("f64 is real")[0];
    (y.primal, y.tangent)
}

/// Both partial derivatives.
fn binary(f: Binary, x: f64, y: f64) -> [f64; 2] {
    [(1.0, 0.0), (0.0, 1.0)].map(|(dx, dy)| {
        let (x, y) = ([Dual::new(x, dx)], [Dual::new(y, dy)]);
        Dual::<f64>::kernels()
            .binary(f, &x, &y)
            .expect("f64 is real")[0]
            .tangent
    })
}

/// The derivative of a smooth function by central differences over `h`, `h / 1.4`, …, extrapolated; and what the
/// extrapolation says of its own error.
fn ridders(f: impl Fn(f64) -> f64, x: f64, h: f64) -> (f64, f64) {
    const SHRINK: f64 = 1.4;
    let mut columns: Vec<Vec<f64>> = Vec::new();
    let (mut best, mut error) = (f64::NAN, f64::INFINITY);
    let mut h = h;
    for i in 0..12 {
        let mut row = vec![(f(x + h) - f(x - h)) / (2.0 * h)];
        let mut factor = SHRINK * SHRINK;
        for j in 0..i {
            let previous: f64 = columns[i - 1][j];
            let next = (row[j] * factor - previous) / (factor - 1.0);
            let off = (next - row[j]).abs().max((next - previous).abs());
            if off <= error {
                (best, error) = (next, off);
            }
            row.push(next);
            factor *= SHRINK * SHRINK;
        }
        columns.push(row);
        h /= SHRINK;
    }
    (best, error)
}

/// Sizes from `10^from` to `10^to`, both signs if asked for, evenly by their logarithm.
fn sizes(from: i32, to: i32, negative: bool) -> Vec<f64> {
    let positive: Vec<f64> = (8 * from..=8 * to)
        .map(|i| 10f64.powf(f64::from(i) / 8.0))
        .collect();
    match negative {
        true => positive
            .iter()
            .map(|x| -x)
            .chain(positive.iter().copied())
            .collect(),
        false => positive,
    }
}

/// The table agrees with the differences as far as these can tell: nine digits, and the rounding of the values over the
/// smallest steps, which are a fortieth of `step`.
fn agrees(name: &str, table: f64, (difference, error): (f64, f64), value: f64, step: f64) {
    let noise = 40.0 * f64::EPSILON * value.abs() / step;
    let allowed = 1e-9 * difference.abs() + noise;
    assert!(
        (table - difference).abs() <= allowed && error <= 1e-6 * difference.abs() + noise,
        "{name}: the table says {table:e}, differences {difference:e} ± {error:e}"
    );
}

/// The error function as `2x/√π exp(-x²)` times the sum of `(2x²)ⁿ / (1·3·…·(2n+1))`, whose terms are all positive. (Abramowitz
/// and Stegun, *Handbook of Mathematical Functions*, 7.1.6.)
fn erf(x: f64) -> f64 {
    let square = x * x;
    let next = |term: f64, n: i32| term * 2.0 * square / f64::from(2 * n + 1);
    let terms = (1..200).scan(1.0, |term, n| {
        *term = next(*term, n);
        Some(*term)
    });
    core::f64::consts::FRAC_2_SQRT_PI * x * (-square).exp() * (1.0 + terms.sum::<f64>())
}

#[test]
fn functions_of_one_number() {
    type Case = (Unary, fn(f64) -> f64, Vec<f64>, fn(f64) -> f64);
    let relative: fn(f64) -> f64 = |x| x.abs() / 8.0;
    let within_one: fn(f64) -> f64 = |_| 0.25;
    // The function, written out; where; and over which step.
    let eighths = |end: i32| (-8 * end..=8 * end).map(|i| f64::from(i) / 8.0);
    // From near its pole at -1 on; nearer, the argument is rounded by more than the step allows.
    let log1p = |x: f64| (1.0 + x) / 8.0;
    let above_minus_1 = sizes(-2, 0, false).into_iter().map(|x| x - 1.0);
    let cases: Vec<Case> = vec![
        (Unary::Neg, |x| -x, sizes(-9, 9, true), relative),
        (Unary::Recip, |x| 1.0 / x, sizes(-9, 9, true), relative),
        (Unary::Relu, |x| x.max(0.0), sizes(-9, 9, true), relative),
        (
            Unary::Exp,
            f64::exp,
            (-690..=690).map(f64::from).collect(),
            within_one,
        ),
        (Unary::Log, f64::ln, sizes(-12, 12, false), relative),
        (Unary::Tanh, f64::tanh, eighths(20).collect(), within_one),
        (
            Unary::Sigmoid,
            |x| 1.0 / (1.0 + (-x).exp()),
            eighths(40).collect(),
            within_one,
        ),
        (Unary::Sqrt, f64::sqrt, sizes(-12, 12, false), relative),
        (
            Unary::Rsqrt,
            |x| 1.0 / x.sqrt(),
            sizes(-12, 12, false),
            relative,
        ),
        (
            Unary::Expm1,
            f64::exp_m1,
            (-40..=690)
                .map(f64::from)
                .chain(sizes(-9, -1, true))
                .collect(),
            within_one,
        ),
        (
            Unary::Log1p,
            f64::ln_1p,
            above_minus_1.chain(sizes(-12, 12, false)).collect(),
            log1p,
        ),
        (
            Unary::Softplus,
            |x| x.max(0.0) + (-x.abs()).exp().ln_1p(),
            eighths(40).collect(),
            within_one,
        ),
        (Unary::Sin, f64::sin, eighths(40).collect(), within_one),
        (Unary::Cos, f64::cos, eighths(40).collect(), within_one),
        (Unary::Atan, f64::atan, eighths(40).collect(), within_one),
        (Unary::Erf, erf, eighths(3).collect(), within_one),
    ];
    // Steps and stops have a derivative by convention: `kinks`.
    let here = cases.iter().map(|(f, ..)| *f);
    let all: HashSet<Unary> = here.chain([Unary::Step, Unary::Stop]).collect();
    assert_eq!(all, Unary::ALL.iter().copied().collect());
    for (f, written, points, step) in cases {
        for x in points {
            let (y, slope) = unary(f, x);
            let value = written(x);
            assert!(
                (y - value).abs() <= 4e-15 * value.abs(),
                "{f:?} at {x:e}: {y:e}, {value:e}"
            );
            let name = format!("{f:?} at {x:e}");
            agrees(&name, slope, ridders(written, x, step(x)), value, step(x));
        }
    }
}

#[test]
fn functions_of_two_numbers() {
    type Case = (Binary, fn(f64, f64) -> f64, Vec<f64>, Vec<f64>);
    let anywhere = || {
        sizes(-3, 3, true)
            .into_iter()
            .step_by(5)
            .collect::<Vec<_>>()
    };
    let cases: [Case; 6] = [
        (Binary::Add, |x, y| x + y, anywhere(), anywhere()),
        (Binary::Sub, |x, y| x - y, anywhere(), anywhere()),
        (Binary::Mul, |x, y| x * y, anywhere(), anywhere()),
        (Binary::Div, |x, y| x / y, anywhere(), anywhere()),
        (
            Binary::Max,
            f64::max,
            anywhere(),
            anywhere().iter().map(|y| y * 1.7).collect(),
        ),
        (
            Binary::Pow,
            f64::powf,
            sizes(-2, 2, false),
            (-24..=24).map(|i| f64::from(i) / 4.0 + 0.1).collect(),
        ),
    ];
    for (f, written, xs, ys) in cases {
        for &x in &xs {
            for &y in &ys {
                let [by_x, by_y] = binary(f, x, y);
                // A step that stays on one side of the kink of the maximum.
                let near = if f == Binary::Max {
                    (x - y).abs() / 2.0
                } else {
                    f64::INFINITY
                };
                let (hx, hy) = (
                    (x.abs() / 8.0).min(near),
                    (y.abs() / 8.0).min(near).min(0.25),
                );
                let value = written(x, y);
                let name = format!("∂x {f:?}({x:e}, {y:e})");
                agrees(&name, by_x, ridders(|x| written(x, y), x, hx), value, hx);
                let name = format!("∂y {f:?}({x:e}, {y:e})");
                agrees(&name, by_y, ridders(|y| written(x, y), y, hy), value, hy);
            }
        }
    }
}

/// Where there is no derivative, there is a convention.
#[test]
fn kinks() {
    for x in [-0.0, 0.0] {
        assert_eq!(
            unary(Unary::Relu, x),
            (0.0, 0.0),
            "PyTorch: the derivative of relu at 0 is 0"
        );
        assert_eq!(unary(Unary::Step, x), (0.0, 0.0));
    }
    assert_eq!(unary(Unary::Step, 3.0), (1.0, 0.0));
    assert_eq!(
        unary(Unary::Stop, 3.0),
        (3.0, 0.0),
        "what is stopped counts as constant"
    );
    assert_eq!(
        binary(Binary::Max, 2.0, 2.0),
        [0.5, 0.5],
        "PyTorch, JAX: half to each"
    );
    // PyTorch, JAX: a base or an exponent of 0 has no part in the derivative.
    assert_eq!(binary(Binary::Pow, 0.0, 2.0), [0.0, 0.0]);
    assert_eq!(binary(Binary::Pow, 3.0, 0.0), [0.0, 3f64.ln()]);
    assert!(
        binary(Binary::Pow, -2.0, 3.0)[1].is_nan(),
        "the logarithm of a negative number"
    );
    assert_eq!(
        binary(Binary::Pow, 1e-200, 0.5)[1],
        1e-100 * 1e-200f64.ln(),
        "small is not 0"
    );
    // Among three that are the largest, a third each.
    let x = [(5.0, 3.0), (5.0, 6.0), (1.0, 100.0), (5.0, 9.0)].map(|(x, dx)| [Dual::new(x, dx)]);
    let all: Vec<&[Dual<f64>]> = x.iter().map(|x| x.as_slice()).collect();
    assert_eq!(
        Dual::<f64>::kernels().largest(&all),
        Some(vec![Dual::new(5.0, 6.0)])
    );
}

/// Relatives that are written by other functions are those of the table.
#[test]
fn duals_are_real() {
    let x = Dual::new(0.5, 1.0);
    assert_eq!(x.exp().tangent, 0.5f64.exp());
    assert_eq!((x * x).sqrt(), x);
    assert_eq!(x.pow(&Dual::from(2.0)), Dual::new(0.25, 1.0));
}
