//! Functions of `f32`: without branches and without casts to integers, so that rustc makes vectors of a loop over them. Those
//! that need more than 24 bits on the way are computed in `f64` ([`wide`](super::wide)).

use super::function::{Functions, Unary};
use super::wide;

/// `1.5 * 2^23`: added to a small number it leaves the nearest integer in the low bits.
const SHIFT: f32 = 12_582_912.0;
const LN_2_HI: f32 = 0.693_359_4;
const LN_2_LO: f32 = -2.121_944_4e-4;

/// Within bounds; NaN stays.
#[inline(always)]
fn clamp(x: f32, lo: f32, hi: f32) -> f32 {
    let x = if x < lo { lo } else { x };
    if x > hi { hi } else { x }
}

/// The integer `n` nearest to `x / ln 2`, and `exp(x - n ln 2) - 1`.
#[inline(always)]
fn reduced(x: f32) -> (i32, f32) {
    let t = x.mul_add(std::f32::consts::LOG2_E, SHIFT);
    let n = t - SHIFT;
    let r = n.mul_add(-LN_2_LO, n.mul_add(-LN_2_HI, x));
    let p = 1.989_941_8e-4_f32.mul_add(r, 1.394_123_7e-3);
    let p = p.mul_add(r, 8.333_298e-3);
    let p = p.mul_add(r, 4.166_635e-2);
    let p = p.mul_add(r, 1.666_666_7e-1);
    let p = p.mul_add(r, 0.5);
    let integer = (t.to_bits() as i32).wrapping_sub(SHIFT.to_bits() as i32);
    (integer, p.mul_add(r * r, r))
}

/// `2^n`, for a normal one.
#[inline(always)]
fn power_of_2(n: i32) -> f32 {
    f32::from_bits((n.wrapping_add(127) as u32) << 23)
}

#[inline(always)]
pub(super) fn exp(x: f32) -> f32 {
    let (n, e) = reduced(clamp(x, -104.5, 89.0));
    // In two factors: what overflows and what has few bits is rounded once, by the last.
    let half = n >> 1;
    (e + 1.0) * power_of_2(half) * power_of_2(n.wrapping_sub(half))
}

#[inline(always)]
pub(super) fn tanh(x: f32) -> f32 {
    // By y = exp(2x) - 1: tanh(x) = y / (y + 2); near 0 by a polynomial, which is that of Cephes.
    let (n, e) = reduced(clamp(2.0 * x.abs(), 0.0, 20.0));
    let scale = power_of_2(n);
    let y = scale.mul_add(e, scale - 1.0);
    let z = x * x;
    let p = (-5.704_988_6e-3_f32).mul_add(z, 2.063_909e-2);
    let p = p.mul_add(z, -5.373_971_6e-2);
    let p = p.mul_add(z, 1.333_144_2e-1);
    let p = p.mul_add(z, -3.333_328e-1);
    let near = (p * z).mul_add(x.abs(), x.abs());
    let far = y / (y + 2.0);
    (if x.abs() < 0.625 { near } else { far }).copysign(x)
}

/// Beyond, a sine needs more bits of π; so does what is not finite.
const FAR: f32 = 1e9;

/// A sine or cosine: in blocks with no far number as vectors, else one by one.
#[inline(always)]
fn wave(x: &[f32], y: &mut [f32], near: impl Fn(f32) -> f32 + Copy, far: fn(f32) -> f32) {
    for (x, y) in x.chunks(128).zip(y.chunks_mut(128)) {
        let count: u32 = x.iter().map(|x| u32::from(x.abs() <= FAR)).sum();
        if count as usize == x.len() {
            map(x, y, near);
        } else {
            map(x, y, far);
        }
    }
}

#[inline(always)]
fn map(x: &[f32], y: &mut [f32], f: impl Fn(f32) -> f32) {
    for (y, &x) in y.iter_mut().zip(x) {
        *y = f(x);
    }
}

/// In `f32`. A function by its name alone would be called, and not be compiled for the instructions of the caller.
macro_rules! narrow {
    ($f:ident) => {
        #[inline(always)]
        |x: f32| $f(x)
    };
}

/// By `f64`, rounded once.
macro_rules! wide {
    ($f:ident) => {
        #[inline(always)]
        |x: f32| wide!($f, x)
    };
    ($f:ident, $x:expr) => {
        wide::$f(f64::from($x)) as f32
    };
}

impl Functions for f32 {
    #[inline(always)]
    fn transcendental(f: Unary, x: &[f32], y: &mut [f32]) {
        match f {
            Unary::Exp => map(x, y, narrow!(exp)),
            Unary::Tanh => map(x, y, narrow!(tanh)),
            Unary::Sigmoid => map(x, y, wide!(sigmoid)),
            Unary::Log => map(x, y, wide!(log)),
            Unary::Expm1 => map(x, y, wide!(expm1)),
            Unary::Log1p => map(x, y, wide!(log1p)),
            Unary::Softplus => map(x, y, wide!(softplus)),
            Unary::Atan => map(x, y, wide!(atan)),
            Unary::Erf => map(x, y, wide!(erf)),
            Unary::Sin => wave(x, y, wide!(sin), f32::sin),
            Unary::Cos => wave(x, y, wide!(cos), f32::cos),
            // Arithmetic, which is done elsewhere.
            Unary::Stop
            | Unary::Neg
            | Unary::Recip
            | Unary::Relu
            | Unary::Step
            | Unary::Sqrt
            | Unary::Rsqrt => {}
        }
    }

    #[inline(always)]
    fn transcendental_one(f: Unary, x: f32) -> f32 {
        match f {
            Unary::Exp => exp(x),
            Unary::Tanh => tanh(x),
            Unary::Sigmoid => wide!(sigmoid, x),
            Unary::Log => wide!(log, x),
            Unary::Expm1 => wide!(expm1, x),
            Unary::Log1p => wide!(log1p, x),
            Unary::Softplus => wide!(softplus, x),
            Unary::Atan => wide!(atan, x),
            Unary::Erf => wide!(erf, x),
            Unary::Sin if x.abs() <= FAR => wide!(sin, x),
            Unary::Cos if x.abs() <= FAR => wide!(cos, x),
            Unary::Sin => x.sin(),
            Unary::Cos => x.cos(),
            // Arithmetic, which is done elsewhere.
            Unary::Stop
            | Unary::Neg
            | Unary::Recip
            | Unary::Relu
            | Unary::Step
            | Unary::Sqrt
            | Unary::Rsqrt => x,
        }
    }

    fn power(self, y: f32) -> f32 {
        self.powf(y)
    }

    #[inline(always)]
    fn square_root(self) -> f32 {
        self.sqrt()
    }
}
