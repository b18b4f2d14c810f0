//! Functions in `f64` to some 35 bits, for results that are rounded to `f32`: without branches and without casts to integers.
//! Arguments are those of an `f32`. The polynomials interpolate at Chebyshev nodes.

use std::f64::consts::{FRAC_2_PI, FRAC_PI_2, FRAC_PI_4, LN_2, LOG2_E, SQRT_2};

/// `1.5 * 2^52`: added to a small number it leaves the nearest integer in the low bits.
const SHIFT: f64 = 6_755_399_441_055_744.0;

#[inline(always)]
fn polynomial<const N: usize>(x: f64, coefficients: [f64; N]) -> f64 {
    let mut sum = coefficients[N - 1];
    let mut i = N - 1;
    while i > 0 {
        i -= 1;
        sum = sum.mul_add(x, coefficients[i]);
    }
    sum
}

/// `2^n`, and `exp(x - n ln 2) - 1`, for the nearest `n`. Beyond ±200 the exponential is that of ±200; NaN stays.
#[inline(always)]
fn reduced(x: f64) -> (f64, f64) {
    let x = if x < -200.0 { -200.0 } else { x };
    let x = if x > 200.0 { 200.0 } else { x };
    let t = x.mul_add(LOG2_E, SHIFT);
    let r = (t - SHIFT).mul_add(-LN_2, x);
    let scale = f64::from_bits(t.to_bits().wrapping_add(1023) << 52);
    let p = [
        0.9999999999954646,
        0.49999999999954664,
        0.1666666678719516,
        0.04166666678715188,
        0.00833328329295277,
        0.001388883886493708,
        0.00019907732801207004,
        2.4868033588177724e-05,
    ];
    (scale, r * polynomial(r, p))
}

#[inline(always)]
fn exp(x: f64) -> f64 {
    let (scale, e) = reduced(x);
    scale.mul_add(e, scale)
}

#[inline(always)]
pub(super) fn sigmoid(x: f64) -> f64 {
    let e = exp(-x.abs());
    (if x >= 0.0 { 1.0 } else { e }) / (1.0 + e)
}

#[inline(always)]
pub(super) fn expm1(x: f64) -> f64 {
    let (scale, e) = reduced(x);
    scale.mul_add(e, scale - 1.0).copysign(x)
}

/// `log(u)` of a normal `u > 0`, where `u = 1 + x`, more exactly by `x` if that is small.
#[inline(always)]
fn log_by(u: f64, x: f64) -> f64 {
    // u = 2^n m, with m from √½ to √2.
    let n = (u.to_bits().wrapping_sub((SQRT_2 / 2.0).to_bits()) as i64) >> 52;
    let m = f64::from_bits(u.to_bits().wrapping_sub((n << 52) as u64));
    let n = f64::from_bits(SHIFT.to_bits().wrapping_add(n as u64)) - SHIFT;
    let is_small = x.abs() < 0.25;
    let over = if is_small { x } else { m - 1.0 };
    let under = if is_small { x + 2.0 } else { m + 1.0 };
    let n = if is_small { 0.0 } else { n };
    let s = over / under;
    let p = [
        0.9999999999999736,
        0.3333333333980384,
        0.19999997441404713,
        0.14286083563821822,
        0.11087103500342053,
        0.098043719065261,
    ];
    n.mul_add(LN_2, 2.0 * s * polynomial(s * s, p))
}

/// What a logarithm of `u` is at 0, below, at infinity and at NaN; else `value`.
#[inline(always)]
fn at_ends(u: f64, value: f64) -> f64 {
    let value = if u == 0.0 { f64::NEG_INFINITY } else { value };
    let value = if u < 0.0 { f64::NAN } else { value };
    let value = if u == f64::INFINITY { u } else { value };
    if u.is_nan() { u } else { value }
}

#[inline(always)]
pub(super) fn log(x: f64) -> f64 {
    at_ends(x, log_by(x, x - 1.0))
}

#[inline(always)]
pub(super) fn log1p(x: f64) -> f64 {
    let u = 1.0 + x;
    let value = at_ends(u, log_by(u, x));
    // Of -0 it is -0.
    if x == 0.0 { x } else { value }
}

#[inline(always)]
pub(super) fn softplus(x: f64) -> f64 {
    let e = exp(-x.abs());
    let positive = if x > 0.0 { x } else { 0.0 };
    let sum = positive + log_by(1.0 + e, e);
    if x.is_nan() { x } else { sum }
}

#[inline(always)]
pub(super) fn sin(x: f64) -> f64 {
    wave(x, 0)
}

#[inline(always)]
pub(super) fn cos(x: f64) -> f64 {
    wave(x, 1)
}

/// The sine of `x + quarters π/2`, for |x| up to 1e9.
#[inline(always)]
fn wave(x: f64, quarters: u64) -> f64 {
    // π/2 less its double.
    const REST: f64 = 6.123233995736766e-17;
    let t = x.mul_add(FRAC_2_PI, SHIFT);
    let n = t - SHIFT;
    let r = n.mul_add(-REST, n.mul_add(-FRAC_PI_2, x));
    let z = r * r;
    let sine = [
        0.9999999999999957,
        -0.16666666666616625,
        0.008333333323868986,
        -0.00019841263293637903,
        2.7555270903015517e-06,
        -2.4756487429387385e-08,
    ];
    let cosine = [
        1.0,
        -0.4999999999999925,
        0.04166666666647207,
        -0.001388888886996033,
        2.4801578532197658e-05,
        -2.755523287606391e-07,
        2.0630394922057676e-09,
    ];
    let quadrant = t.to_bits().wrapping_add(quarters);
    let (s, c) = (r * polynomial(z, sine), polynomial(z, cosine));
    let value = if quadrant & 1 == 0 { s } else { c };
    // The second bit is the sign.
    let value = f64::from_bits(value.to_bits() ^ ((quadrant & 2) << 62));
    // Of -0 the sine is -0, which the first sum loses.
    if x == 0.0 && quarters == 0 { x } else { value }
}

#[inline(always)]
pub(super) fn atan(x: f64) -> f64 {
    // tan(π/8) and tan(3π/8).
    const LOW: f64 = SQRT_2 - 1.0;
    const HIGH: f64 = SQRT_2 + 1.0;
    let a = x.abs();
    let (is_middle, is_high) = (a > LOW, a > HIGH);
    let over = if is_middle { a - 1.0 } else { a };
    let over = if is_high { -1.0 } else { over };
    let under = if is_middle { a + 1.0 } else { 1.0 };
    let under = if is_high { a } else { under };
    let start = if is_middle { FRAC_PI_4 } else { 0.0 };
    let start = if is_high { FRAC_PI_2 } else { start };
    let s = over / under;
    let p = [
        0.9999999999999732,
        -0.3333333333080049,
        0.19999999604493085,
        -0.14285690403489937,
        0.11110384540111885,
        -0.09078385282293623,
        0.07563653341872165,
        -0.058743132097436965,
        0.030659457175384073,
    ];
    s.mul_add(polynomial(s * s, p), start).copysign(x)
}

#[inline(always)]
pub(super) fn erf(x: f64) -> f64 {
    // From 4 on it is 1 to 25 bits.
    let a = x.abs();
    let a = if a > 4.0 { 4.0 } else { a };
    let z = a * a;
    let near = [
        1.128379167095494,
        -0.37612638902808615,
        0.11283791658548713,
        -0.026866169050599326,
        0.0052239671935439,
        -0.0008547933736519633,
        0.00012046261269779797,
        -1.4795031400662045e-05,
        1.5306373163641084e-06,
        -1.0469110332151208e-07,
    ];
    // erfc(a) exp(a²), by t = (a - 2) / (a + 2).
    let t = (a - 2.0) / (a + 2.0);
    let far = [
        0.2553956763113378,
        -0.42718584741253096,
        0.24165819387201296,
        -0.07897858091778953,
        0.00373291894172121,
        0.006997443387806217,
        -0.0008478139711783337,
        -0.0009813811011030967,
        5.0595226070293805e-05,
        0.00016737046562195505,
    ];
    let far = 1.0 - polynomial(t, far) * exp(-z);
    let value = if a < 1.0 {
        a * polynomial(z, near)
    } else {
        far
    };
    value.copysign(x)
}
