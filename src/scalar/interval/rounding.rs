//! Operations on bounds, rounded down or up. Rust has no rounding modes, but the sign of a rounding error can be
//! computed: a result that errs on the wrong side moves by one double.
//!
//! A lower bound is never +∞ and an upper bound never −∞: a result that overflows is the largest double there.

/// Below this, the error of a result `x` may be no double: it is a multiple of `x` times 2^-106, and those are doubles
/// down to 2^-1074.
const TINY: f64 = 1e-290;

/// `nearest` as a lower bound, when `error` is the true value minus `nearest`, exact in sign; NaN: unknown.
fn down(nearest: f64, error: f64) -> f64 {
    if error >= 0.0 {
        nearest
    } else {
        nearest.next_down()
    }
}

/// A lower bound of `a + b`; not of opposite infinities.
pub(in crate::scalar) fn add_down(a: f64, b: f64) -> f64 {
    let sum = a + b;
    if a.is_infinite() || b.is_infinite() {
        return sum;
    }
    // Knuth's TwoSum: exact, unless a step of it overflows.
    let part = sum - a;
    let error = (a - (sum - part)) + (b - part);
    down(sum, if error.is_finite() { error } else { f64::NAN })
}

/// A lower bound of `a * b`, where 0 times an infinity is 0.
pub(in crate::scalar) fn mul_down(a: f64, b: f64) -> f64 {
    let product = a * b;
    if a == 0.0 || b == 0.0 {
        0.0
    } else if a.is_infinite() || b.is_infinite() {
        product
    } else if product.abs() < TINY || product.is_infinite() {
        product.next_down()
    } else {
        down(product, a.mul_add(b, -product))
    }
}

/// A lower bound of `a / b`, for `b` not 0. The quotient of two infinities is 0: the least or greatest quotient of
/// two intervals is at another pair of bounds, or is that 0, its limit.
pub(in crate::scalar) fn div_down(a: f64, b: f64) -> f64 {
    let quotient = a / b;
    if a == 0.0 || b.is_infinite() {
        0.0
    } else if a.is_infinite() {
        quotient
    } else if quotient.abs() < TINY || a.abs() < TINY || quotient.is_infinite() {
        quotient.next_down()
    } else {
        // The remainder is exact; divided by b it is the error.
        down(quotient, (-quotient).mul_add(b, a) * b.signum())
    }
}

/// An upper bound of `a + b`.
pub(in crate::scalar) fn add_up(a: f64, b: f64) -> f64 {
    -add_down(-a, -b)
}

/// An upper bound of `a * b`.
pub(in crate::scalar) fn mul_up(a: f64, b: f64) -> f64 {
    -mul_down(-a, b)
}

/// An upper bound of `a / b`.
pub(in crate::scalar) fn div_up(a: f64, b: f64) -> f64 {
    -div_down(-a, b)
}

/// The square root of `a`, not negative, rounded to nearest, and what it lacks: exact in sign, NaN if unknown.
fn sqrt(a: f64) -> (f64, f64) {
    let root = a.sqrt();
    let error = if a == 0.0 || a.is_infinite() {
        0.0
    } else if a < TINY {
        f64::NAN
    } else {
        (-root).mul_add(root, a)
    };
    (root, error)
}

/// A lower bound of the square root of `a`.
pub(in crate::scalar) fn sqrt_down(a: f64) -> f64 {
    let (root, error) = sqrt(a);
    down(root, error)
}

/// An upper bound of the square root of `a`.
pub(in crate::scalar) fn sqrt_up(a: f64) -> f64 {
    let (root, error) = sqrt(a);
    -down(-root, -error)
}
