//! Functions of `f64`: those of the standard library and of `libm`, element by element.

use super::function::{Functions, Unary};

impl Functions for f64 {
    #[inline(always)]
    fn transcendental(f: Unary, x: &[f64], y: &mut [f64]) {
        let f = function(f);
        for (y, &x) in y.iter_mut().zip(x) {
            *y = f(x);
        }
    }

    #[inline(always)]
    fn transcendental_one(f: Unary, x: f64) -> f64 {
        function(f)(x)
    }

    fn power(self, y: f64) -> f64 {
        self.powf(y)
    }

    #[inline(always)]
    fn square_root(self) -> f64 {
        self.sqrt()
    }
}

fn function(f: Unary) -> fn(f64) -> f64 {
    match f {
        Unary::Exp => f64::exp,
        Unary::Log => f64::ln,
        Unary::Tanh => f64::tanh,
        Unary::Sigmoid => sigmoid,
        Unary::Expm1 => f64::exp_m1,
        Unary::Log1p => f64::ln_1p,
        Unary::Softplus => |x| x.max(0.0) + (-x.abs()).exp().ln_1p(),
        Unary::Sin => f64::sin,
        Unary::Cos => f64::cos,
        Unary::Atan => f64::atan,
        Unary::Erf => libm::erf,
        // Arithmetic, which is done elsewhere.
        Unary::Stop
        | Unary::Neg
        | Unary::Recip
        | Unary::Relu
        | Unary::Step
        | Unary::Sqrt
        | Unary::Rsqrt => |x| x,
    }
}

fn sigmoid(x: f64) -> f64 {
    let e = (-x.abs()).exp();
    (if x >= 0.0 { 1.0 } else { e }) / (1.0 + e)
}
